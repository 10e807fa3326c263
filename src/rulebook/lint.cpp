#include "rulebook/lint.h"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_set>

#include "base/text.h"
#include "rulebook/formula.h"

namespace cpc {
namespace {

using Level = Diagnostic::Level;
using Diagnostics = std::vector<Diagnostic>;

void check_severity(const RuleText& rule, Diagnostics& out) {
  const auto usual = usual_severity(rule);
  if (rule.severity == usual) return;
  out.push_back(about_rule(rule, Level::note, "severity",
                           "its severity is " + std::string(word_of(rule.severity)) + "; by its modality it would be " +
                               std::string(word_of(usual)),
                           rule.place + "/severity"));
}

void check_sources(const Rulebook& book, Diagnostics& out) {
  std::unordered_set<const SourceText*> used;
  for (const auto& rule : book.rules)
    for (const auto& clause : rule.cites) {
      bool found = false;
      for (const auto& source : book.sources)
        if (of_source(clause, source)) found = true, used.insert(&source);
      if (!found)
        out.push_back(
            about_rule(rule, Level::warning, "source", "clause " + quoted(clause) + " is of none of the sources"));
    }
  for (const auto& one : book.context)
    for (const auto& source : book.sources)
      if (of_source(one.clause, source)) used.insert(&source);
  for (std::size_t i = 0; i < book.sources.size(); ++i)
    if (used.count(&book.sources[i]) == 0)
      out.push_back({Level::warning,
                     "source",
                     "no rule cites source " + quoted(book.sources[i].id),
                     "/sources/" + std::to_string(i),
                     {}});
}

/// Where a source lists its clauses, each is cited or set aside, and no other is.
void check_clauses(const Rulebook& book, Diagnostics& out) {
  for (std::size_t i = 0; i < book.sources.size(); ++i) {
    const auto& source = book.sources[i];
    if (source.clauses.empty()) continue;
    std::unordered_set<std::string> known(source.clauses.begin(), source.clauses.end()), spoken;
    for (const auto& rule : book.rules)
      for (const auto& clause : cited_by(rule)) {
        if (of_source(clause, source) && known.count(clause) == 0)
          out.push_back(
              about_rule(rule, Level::warning, "clause",
                         "clause " + quoted(clause) + " is none of those that source " + quoted(source.id) + " lists"));
        spoken.insert(clause);
      }
    for (const auto& one : book.context) spoken.insert(one.clause);
    for (std::size_t c = 0; c < source.clauses.size(); ++c)
      if (spoken.count(source.clauses[c]) == 0)
        out.push_back({Level::warning, "clause", "no rule cites clause " + quoted(source.clauses[c]),
                       "/sources/" + std::to_string(i) + "/clauses/" + std::to_string(c), source.clauses[c]});
  }
}

std::string days(Day from, Day to) {
  if (to > last_supported_day) return "from " + to_string(supported(from)) + " on";
  if (from == to) return "on " + to_string(supported(from));
  return "from " + to_string(supported(from)) + " to " + to_string(supported(to));
}

void check_days(const Rulebook& book, Diagnostics& out) {
  std::map<std::string_view, std::vector<const RuleText*>> editions;
  for (const auto& rule : book.rules) editions[rule.id].push_back(&rule);
  for (auto& [id, rules] : editions) {
    std::sort(rules.begin(), rules.end(),
              [](const RuleText* a, const RuleText* b) { return a->in_force_from < b->in_force_from; });
    Day next = book.in_force_from;
    const auto gap = [&](const RuleText& rule, Day from, Day to) {
      if (from <= to) out.push_back(about_rule(rule, Level::note, "days", "it has no edition " + days(from, to)));
    };
    for (const auto* rule : rules) {
      if (rule->in_force_to < book.in_force_from || rule->in_force_from > book.in_force_to) {
        out.push_back(
            about_rule(*rule, Level::warning, "days",
                       "it is in force on no day of the rulebook: " + days(rule->in_force_from, rule->in_force_to)));
        continue;
      }
      gap(*rule, next, rule->in_force_from - 1);
      next = rule->in_force_to + 1;
    }
    if (next > book.in_force_from) gap(*rules.back(), next, book.in_force_to);
  }
}

void check_context(const Rulebook& book, Diagnostics& out) {
  std::unordered_set<std::string_view> aside;
  for (const auto& one : book.context) aside.insert(one.clause);
  for (const auto& rule : book.rules)
    for (const auto& clause : rule.cites)
      if (aside.count(clause) != 0)
        out.push_back(about_rule(rule, Level::warning, "context",
                                 "it cites clause " + quoted(clause) + ", which is set aside as context"));
}

/// The words of the vocabulary that rules name: events, facts and their parts, values, roles.
class WordsNamed {
 public:
  explicit WordsNamed(const Rulebook& book) {
    for (const auto& rule : book.rules) take(rule);
  }
  [[nodiscard]] bool has(const std::string& word) const { return words_.count(word) != 0; }

 private:
  void take(const RuleText& rule) {
    for (const auto* conditions : {&rule.when, &rule.during, &rule.expect, &rule.core, &rule.others, &rule.may_proceed})
      take(*conditions);
    for (const auto* selectors : {&rule.until, &rule.authorised_by, &rule.at})
      for (const auto& one : *selectors) take(one);
    if (rule.from) take(*rule.from);
    for (const auto& limit : rule.limits) {
      if (limit.from) take(*limit.from);
      take(limit.when);
    }
    for (const auto& one : rule.transitions) {
      take(one.on);
      take(one.guard);
    }
    for (const auto& node : rule.nodes) take(node.question);
    words_.insert(rule.who);
    words_.insert(rule.per.begin(), rule.per.end());
  }
  void take(std::span<const Condition> conditions) {
    for (const auto& one : conditions) take(one);
  }
  void take(const Condition& condition) {
    take(condition.parts);
    take_fact(condition.fact);
    take_fact(condition.other);
    words_.insert(condition.values.begin(), condition.values.end());
    for (const auto& date : condition.date) take(date);
    for (const auto& selector : condition.selector) take(selector);
    take(condition.expect);
  }
  void take(const Selector& selector) {
    words_.insert(selector.event);
    take_fact(selector.attribute);
    take(selector.where);
    for (const auto& bound : selector.positions) take(bound.limit);
    for (const auto& [mine, theirs] : selector.same) {
      take_fact(mine);
      take_fact(theirs);
    }
  }
  void take(const DateText& date) {
    take_fact(date.fact);
    for (const auto& selector : date.selector) take(selector);
    for (const auto& inner : date.inner) take(inner);
  }
  void take_fact(const std::string& fact) {
    const auto dot = fact.find('.');
    words_.insert(fact.substr(0, dot));
    if (dot != std::string::npos) words_.insert(fact.substr(dot + 1));
  }

  std::unordered_set<std::string> words_;
};

void check_terms(const Rulebook& book, const Vocabulary& vocabulary, Diagnostics& out) {
  const auto known = [&](const std::string& word) {
    if (vocabulary.event(word) >= 0 || vocabulary.attribute(word) >= 0 || vocabulary.kind(word) >= 0) return true;
    return std::any_of(vocabulary.enumerations.begin(), vocabulary.enumerations.end(),
                       [&](const Enumeration& one) { return one.find(word) >= 0; });
  };
  const WordsNamed named(book);
  for (const auto& [word, title] : book.terms) {
    const auto place = "/terms/" + word;
    if (!known(word))
      out.push_back({Level::warning, "term", "the vocabulary has no word " + quoted(word), place, {}});
    else if (!named.has(word))
      out.push_back(
          {Level::note, "unused_term", "no rule names " + quoted(word) + ", to which it gives a title", place, {}});
  }
}

}  // namespace

const std::vector<LintCheck>& lint_checks() {
  static const std::vector<LintCheck> checks = {
      {"always_broken", "What a requirement expects cannot be"},
      {"checked", "A number that nobody saw in its source"},
      {"clause", "A clause that no rule cites, or that its source does not list"},
      {"context", "A clause both cited and set aside as context"},
      {"days", "Days on which a rule has no edition, or a rule in force on no day of its rulebook"},
      {"differs", "A duty of which a rulebook and the one below it both speak, in different words"},
      {"examples", "A rule without an example that passes and one that fails, or an example without a rule"},
      {"looser", "A rule that asks less than the one below that it replaces"},
      {"never_applies", "A rule that is judged for nothing"},
      {"never_broken", "A requirement that nothing can break"},
      {"never_fires", "A transition that can never fire"},
      {"never_holds", "A guard that no row of its transition fulfils"},
      {"never_met", "A timescale that nothing can meet"},
      {"no_end", "States without a way to a final state"},
      {"overlap", "Transitions that can both hold and lead apart"},
      {"say", "A requirement that does not say what its finding tells"},
      {"severity", "A weight other than the modality gives"},
      {"shadowed", "A rule that another one always speaks for"},
      {"source", "A clause of no source, or a source that nothing cites"},
      {"term", "A title for a word that the vocabulary does not have"},
      {"too_large", "A tree with more ways than are walked"},
      {"unreachable_branch", "A branch of a tree that no answers take"},
      {"unreachable_node", "A node of a tree to which no answers lead"},
      {"unreachable_state", "A state to which nothing leads"},
      {"unused_definition", "A definition on which nothing judged rests"},
      {"unused_fact", "A question on which no outcome turns"},
      {"unused_outcome", "An outcome in which no branch ends"},
      {"unused_term", "A title for a word that no rule names"},
  };
  return checks;
}

Diagnostic about_rule(const RuleText& rule, Level level, std::string_view check, const std::string& message,
                      const std::string& place) {
  return {level, check, "rule " + quoted(rule.id) + ": " + message, place.empty() ? rule.place : place,
          rule.cites.empty() ? std::string{} : rule.cites.front()};
}

std::vector<Diagnostic> lint_text(const Rulebook& book, const Vocabulary& vocabulary) {
  Diagnostics out;
  check_sources(book, out);
  check_clauses(book, out);
  check_terms(book, vocabulary, out);
  check_days(book, out);
  check_context(book, out);
  for (const auto& rule : book.rules) {
    check_severity(rule, out);
    if (rule.type == RuleText::Type::requirement && rule.say.empty())
      out.push_back(about_rule(rule, Level::warning, "say", "it does not say what its finding tells"));
    if (!rule.checked)
      out.push_back(
          about_rule(rule, Level::note, "checked", "nobody saw its number in a source; it is never a breach"));
  }
  return out;
}

}  // namespace cpc
