#include "rulebook/comparison.h"

#include <algorithm>
#include <optional>
#include <set>
#include <span>

#include "rulebook/diff.h"
#include "rulebook/formula.h"
#include "rulebook/logic.h"
#include "rulebook/tree.h"

namespace cpc {
namespace {

using Type = RuleText::Type;
using Rules = std::vector<const RuleText*>;

/// `conference_chair ("Chair")`: with the title that the rulebook gives it.
std::string named(const Rulebook& book, std::string word) {
  if (const auto title = title_in(book, word); !title.empty()) word.append(" (\"").append(title).append("\")");
  return word;
}

void cite(ComparisonCell& cell, const RuleText& rule) {
  const auto add = [](std::vector<std::string>& list, const std::string& one) {
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
  };
  add(cell.rules, rule.id);
  for (const auto& clause : cited_by(rule)) add(cell.clauses, clause);
}

Rules of_duty(const Rulebook& book, std::initializer_list<std::string_view> duties) {
  Rules out;
  for (const auto* rule : rules_on(book, std::nullopt))
    if (std::find(duties.begin(), duties.end(), rule->duty) != duties.end()) out.push_back(rule);
  return out;
}

/// Every leaf of conditions that is not asked for to be false, those on selected rows too.
void collect(std::span<const Condition> conditions, std::vector<const Condition*>& leaves) {
  for (const auto& one : conditions) {
    if (one.op == Condition::Op::negate) continue;
    collect(one.parts, leaves);
    if (one.op == Condition::Op::fact) leaves.push_back(&one);
    for (const auto& selector : one.selector) collect(selector.where, leaves);
    collect(one.expect, leaves);
  }
}

void add_line(std::vector<std::string>& lines, std::string line) {
  if (!line.empty() && std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
}

// ---- The test

ComparisonCell test_of(const Rulebook& book) {
  ComparisonCell cell;
  for (const auto* rule : of_duty(book, {"threshold"})) {
    if (rule->type != Type::threshold) continue;
    cite(cell, *rule);
    const auto many = std::to_string(rule->nodes.size()) + " questions, too many for a formula";
    cell.lines.push_back(formula_of_outcome(*rule, "met").value_or(many));
    for (const auto& outcome : rule->outcomes)
      if (outcome.name == "restate")
        cell.lines.push_back("to be restated where " + formula_of_outcome(*rule, outcome.name).value_or(many));
  }
  return cell;
}

// ---- The decider

ComparisonCell decider_of(const Rulebook& book) {
  ComparisonCell cell;
  std::vector<std::string> more;
  for (const auto* rule : of_duty(book, {"decision_maker"})) {
    std::vector<const Condition*> leaves;
    collect(rule->expect, leaves);
    const auto decides = [](const Condition* leaf) { return leaf->fact == "decision_maker"; };
    if (std::none_of(leaves.begin(), leaves.end(), decides)) continue;
    cite(cell, *rule);
    for (const auto* leaf : leaves) {
      if (!decides(leaf)) add_line(more, "with: " + formula(*leaf));
      if (!decides(leaf) || leaf->compare != Compare::is) continue;
      std::vector<std::string> words;
      for (const auto& value : leaf->values) words.push_back(named(book, value));
      add_line(cell.lines, comma_list(words));
    }
  }
  for (auto& line : more) add_line(cell.lines, std::move(line));
  return cell;
}

// ---- Limits

ComparisonCell limits_of(const Rulebook& book, const std::string& duty) {
  ComparisonCell cell;
  for (const auto* rule : of_duty(book, {duty})) {
    if (rule->type != Type::timescale) continue;
    cite(cell, *rule);
    auto bare = *rule;
    bare.until.clear();
    auto line = rule->id + ": " + limit_formula(bare);
    line.append(" (").append(word_of(rule->modality)).append(rule->checked ? ")" : ", not verified)");
    cell.lines.push_back(std::move(line));
  }
  return cell;
}

// ---- Categories

const std::string category_fact = "abuse_category";

Condition leaf_of(const std::string& fact, Compare compare, std::vector<std::string> values) {
  Condition out;
  out.op = Condition::Op::fact;
  out.compare = compare;
  out.fact = fact;
  out.values = std::move(values);
  return out;
}

/// What the rules of a rulebook make of a plan that is made with some categories.
class Categories {
 public:
  Categories(const Rulebook& book, const std::vector<std::string>& all) : all_(all) {
    for (const auto* rule : of_duty(book, {"category", "multiple_categories"}))
      if (rule->type == Type::requirement) rules_.push_back(rule);
  }

  ComparisonCell cell();

 private:
  enum class Verdict : std::uint8_t { not_judged, fine, depends, broken };
  [[nodiscard]] std::vector<Condition> facts() const;
  [[nodiscard]] Verdict verdict(const RuleText& rule, const std::set<std::string>& given) const;
  /// ", when …" where the rule is not judged of every such plan.
  [[nodiscard]] std::string condition_of(const RuleText& rule, const std::set<std::string>& given) const;
  [[nodiscard]] const RuleText* breaker(const std::set<std::string>& given) const {
    const auto at = std::find_if(rules_.begin(), rules_.end(),
                                 [&](const RuleText* rule) { return verdict(*rule, given) == Verdict::broken; });
    return at == rules_.end() ? nullptr : *at;
  }
  void add_several(ComparisonCell& cell, const std::vector<std::string>& allowed);
  void add_others(ComparisonCell& cell);

  const std::vector<std::string>& all_;
  Rules rules_;
  std::set<const RuleText*> told_;
};

/// What is known of the plan's decision: that it makes a plan, and of each category whether it is given.
std::vector<Condition> Categories::facts() const {
  std::vector<Condition> out{leaf_of("decision", Compare::is, {"plan_made"}),
                             leaf_of(category_fact, Compare::given, {"true"})};
  for (const auto& category : all_) out.push_back(leaf_of(category_fact, Compare::has, {category}));
  return out;
}

std::vector<Wanted> wanted_of(std::span<const Condition> facts, const std::set<std::string>& given) {
  std::vector<Wanted> out;
  for (const auto& leaf : facts)
    out.push_back({&leaf, leaf.compare != Compare::has || given.count(leaf.values.front()) != 0});
  return out;
}

std::string Categories::condition_of(const RuleText& rule, const std::set<std::string>& given) const {
  if (rule.when.empty()) return {};
  const auto known = facts();
  auto wanted = wanted_of(known, given);
  wanted.push_back({&rule.when.front(), false});
  return can_hold(wanted) ? ", when " + formula(rule.when.front()) : std::string();
}

Categories::Verdict Categories::verdict(const RuleText& rule, const std::set<std::string>& given) const {
  if (rule.at.front().event != "decision_made") return Verdict::not_judged;
  const auto known = facts();
  auto wanted = wanted_of(known, given);
  for (const auto& where : rule.at.front().where) wanted.push_back({&where, true});
  for (const auto& when : rule.when) wanted.push_back({&when, true});
  if (!can_hold(wanted)) return Verdict::not_judged;
  wanted.push_back({&rule.expect.front(), true});
  const bool kept = can_hold(wanted);
  wanted.back().holds = false;
  if (!kept) return Verdict::broken;
  return can_hold(wanted) ? Verdict::depends : Verdict::fine;
}

/// What any two of the allowed categories together bring, that each alone does not.
void Categories::add_several(ComparisonCell& cell, const std::vector<std::string>& allowed) {
  std::vector<std::string> real;
  for (const auto& one : allowed)
    if (one != "multiple") real.push_back(one);
  bool any = false;
  for (const auto* rule : rules_) {
    std::set<Verdict> found;
    bool of_one = false;
    for (std::size_t i = 0; i < real.size(); ++i) {
      of_one = of_one || verdict(*rule, {real[i]}) > Verdict::fine;
      for (std::size_t j = i + 1; j < real.size(); ++j) found.insert(verdict(*rule, {real[i], real[j]}));
    }
    if (of_one || found.empty() || *found.rbegin() <= Verdict::fine) continue;
    any = true;
    told_.insert(rule);
    cite(cell, *rule);
    const bool every = found.size() == 1;
    std::string line = every ? "more than one: " : "some together: ";
    line += *found.rbegin() == Verdict::broken && every ? "not provided for" : "where " + formula(rule->expect.front());
    cell.lines.push_back(line.append(" (").append(word_of(rule->severity)).append(")"));
  }
  if (!any) cell.lines.emplace_back("more than one: not judged");
}

void Categories::add_others(ComparisonCell& cell) {
  for (const auto* rule : rules_) {
    if (told_.count(rule) != 0) continue;
    cite(cell, *rule);
    cell.lines.push_back("also: " + rule->id);
  }
}

ComparisonCell Categories::cell() {
  ComparisonCell cell;
  if (rules_.empty()) return cell;
  const auto* asks = breaker({});
  cell.lines.emplace_back(asks ? "a plan needs one" + condition_of(*asks, {}) : "a plan without one is not found");
  if (asks) {
    told_.insert(asks);
    cite(cell, *asks);
    std::vector<std::string> allowed, refused;
    for (const auto& category : all_) {
      const auto* rule = breaker({category});
      if (!rule || !condition_of(*rule, {category}).empty()) allowed.push_back(category);
      if (!rule) continue;
      told_.insert(rule);
      cite(cell, *rule);
      auto line = "not: " + category + condition_of(*rule, {category});
      refused.push_back(line.append(" (").append(word_of(rule->severity)).append(")"));
    }
    cell.lines.push_back("of: " + comma_list(allowed));
    for (auto& line : refused) cell.lines.push_back(std::move(line));
    add_several(cell, allowed);
  }
  add_others(cell);
  return cell;
}

// ---- The end of a plan, and what there is without one

/// `id: what is expected, when it is asked (modality)`.
std::string requirement_line(const RuleText& rule) {
  auto line = rule.id + ": " + formula(rule.expect.front());
  if (!rule.when.empty()) line.append(", when ").append(formula(rule.when.front()));
  return line.append(" (").append(word_of(rule.modality)).append(")");
}

/// Whether a requirement is judged where a plan ends, and not where one is made or goes on.
bool judged_at_end_of_plan(const RuleText& rule) {
  if (rule.type != Type::requirement) return false;
  if (rule.at.front().event == "plan_ended") return true;
  if (rule.at.front().event != "decision_made") return false;
  const auto judged_of = [&](const char* decision) {
    const auto made = leaf_of("decision", Compare::is, {decision});
    std::vector<Wanted> wanted{{&made, true}};
    for (const auto& where : rule.at.front().where) wanted.push_back({&where, true});
    for (const auto& when : rule.when) wanted.push_back({&when, true});
    return can_hold(wanted);
  };
  return judged_of("plan_discontinued") && !judged_of("plan_made") && !judged_of("plan_continued");
}

ComparisonCell plan_end_of(const Rulebook& book) {
  ComparisonCell cell;
  for (const auto* rule : of_duty(book, {"plan_lifecycle", "decision_grounds"})) {
    if (!judged_at_end_of_plan(*rule)) continue;
    cite(cell, *rule);
    cell.lines.push_back(requirement_line(*rule));
  }
  return cell;
}

ComparisonCell support_of(const Rulebook& book) {
  ComparisonCell cell;
  for (const auto* rule : of_duty(book, {"further_support"})) {
    if (rule->type != Type::requirement) continue;
    cite(cell, *rule);
    cell.lines.push_back(requirement_line(*rule));
  }
  return cell;
}

// ---- Titles

/// The titles of roles, in the order of the vocabulary: a role without one is not named by the text.
ComparisonCell titles_of(const Rulebook& book, const std::vector<std::string>& roles) {
  ComparisonCell cell;
  for (const auto& role : roles)
    if (const auto title = title_in(book, role); !title.empty())
      cell.lines.emplace_back(role).append(": \"").append(title).append("\"");
  return cell;
}

// ---- Dissent

/// The values that selectors on an event look for in one of its facts, in the order of the rules.
void collect_values(const Selector& selector, const std::string& fact, std::vector<std::string>& out) {
  std::vector<const Condition*> leaves;
  collect(selector.where, leaves);
  for (const auto* leaf : leaves)
    if (leaf->fact == fact && leaf->compare == Compare::is)
      for (const auto& value : leaf->values) add_line(out, value);
}

ComparisonCell dissent_of(const Rulebook& book) {
  ComparisonCell cell;
  std::vector<std::string> goes_to;
  for (const auto* rule : of_duty(book, {"dissent_escalation", "dissent_record"})) {
    cite(cell, *rule);
    for (const auto& one : rule->transitions) collect_values(one.on, "escalated_to", goes_to);
    for (const auto* selectors : {&rule->at, &rule->until})
      for (const auto& one : *selectors) collect_values(one, "escalated_to", goes_to);
    switch (rule->type) {
      case Type::process:
        cell.lines.push_back("states: " + comma_list(rule->states));
        break;
      case Type::timescale: {
        auto bare = *rule;
        bare.until.clear();
        cell.lines.push_back(rule->id + ": " + limit_formula(bare));
        break;
      }
      default:
        cell.lines.push_back("asked: " + rule->id);
    }
  }
  if (cell.rules.empty()) return cell;
  for (auto& word : goes_to) word = named(book, word);
  cell.lines.insert(cell.lines.begin(), goes_to.empty() ? "goes no further" : "goes to: " + comma_list(goes_to));
  return cell;
}

}  // namespace

std::vector<ComparisonRow> compare_rulebooks(const std::vector<const Rulebook*>& books, const Vocabulary& vocabulary) {
  std::vector<ComparisonRow> out;
  const auto row = [&](std::string topic, std::string title, const auto& cell_of) {
    ComparisonRow made{std::move(topic), std::move(title), {}};
    bool any = false;
    for (const auto* book : books) {
      made.cells.push_back(cell_of(*book));
      any = any || !made.cells.back().lines.empty();
    }
    if (any) out.push_back(std::move(made));
  };
  const auto values_of = [&](const std::string& enumeration) -> const auto& {
    return vocabulary.enumerations[static_cast<std::size_t>(vocabulary.enumeration(enumeration))].values;
  };
  const auto& categories = values_of(category_fact);
  row("test", "The test of significant harm is met", test_of);
  row("decider", "Who takes the decision", decider_of);
  for (std::size_t i = 0; i < vocabulary.duties.size(); ++i)
    if (vocabulary.duties[i] != "dissent_escalation")
      row("limit." + vocabulary.duties[i], vocabulary.duty_titles[i],
          [&](const Rulebook& book) { return limits_of(book, vocabulary.duties[i]); });
  row("categories", "Categories of abuse and neglect",
      [&](const Rulebook& book) { return Categories(book, categories).cell(); });
  row("plan_end", "What is asked where a plan ends", plan_end_of);
  row("dissent", "Disagreement", dissent_of);
  row("support", "What is asked of help beside a plan or without one", support_of);
  row("titles", "What the texts call those who take part",
      [&](const Rulebook& book) { return titles_of(book, values_of("role")); });
  return out;
}

}  // namespace cpc
