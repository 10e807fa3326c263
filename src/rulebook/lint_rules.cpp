#include <algorithm>
#include <set>
#include <span>

#include "base/text.h"
#include "rulebook/lint.h"
#include "rulebook/logic.h"
#include "rulebook/tree.h"

namespace cpc {
namespace {

using Level = Diagnostic::Level;
using Diagnostics = std::vector<Diagnostic>;
using Type = RuleText::Type;

// ---- What can never be

std::vector<Wanted> wanted(std::initializer_list<const Box<Condition>*> parts) {
  std::vector<Wanted> out;
  for (const auto* part : parts)
    for (const auto& one : *part) out.push_back({&one, true});
  return out;
}

void check_judged(const RuleText& rule, Diagnostics& out) {
  if (rule.at.empty()) return;
  const auto& where = rule.at.front().where;
  const auto say = [&](std::string_view check, const std::string& message, const char* part) {
    out.push_back(about_rule(rule, Level::warning, check, message, rule.place + part));
  };
  if (!can_hold(wanted({&where})))
    return say("never_applies", "it is judged for no row: the 'where' of its 'at' contradicts itself", "/at/where");
  if (!can_hold(wanted({&where, &rule.when})))
    return say("never_applies", "it is judged for no row: its 'when' contradicts itself or the 'where' of its 'at'",
               "/when");
  if (rule.type != Type::requirement || rule.expect.empty()) return;
  auto broken = wanted({&where, &rule.when});
  broken.push_back({&rule.expect.front(), false});
  if (!can_hold(broken)) return say("never_broken", "no row can break it: its 'expect' holds by itself", "/expect");
  if (!can_hold(wanted({&where, &rule.when, &rule.expect})))
    say("always_broken", "every row breaks it: its 'expect' contradicts itself or what it is judged for", "/expect");
}

void check_timescale(const RuleText& rule, Diagnostics& out) {
  const auto say = [&](std::string_view check, const std::string& message, const char* part) {
    out.push_back(about_rule(rule, Level::warning, check, message, rule.place + part));
  };
  if (!can_hold(wanted({&rule.when})))
    say("never_applies", "it never runs: its 'when' contradicts itself", "/when");
  else if (!can_hold(wanted({&rule.during})))
    say("never_applies", "it lapses at once: its 'while' contradicts itself", "/while");
  else if (rule.from && !rule.from->selector.empty() && !can_hold(wanted({&rule.from->selector.front().where})))
    say("never_applies", "it never begins: the 'where' of its 'from' contradicts itself", "/from/where");
  else if (!rule.until.empty() && !can_hold(wanted({&rule.until.front().where})))
    say("never_met", "nothing can meet it: the 'where' of its 'until' contradicts itself", "/until/where");
}

// ---- Rules that another one always speaks for

std::string written(std::span<const Condition> conditions) {
  return conditions.empty() ? std::string() : cpc::written(conditions.front());
}
std::string written(std::span<const Selector> selectors) {
  return selectors.empty() ? std::string() : cpc::written(selectors.front());
}

/// Whether every row that the first picks is one that the second picks.
bool within(const Selector& first, const Selector& second) {
  auto a = first;
  auto b = second;
  a.where.clear();
  b.where.clear();
  if (cpc::written(a) != cpc::written(b)) return false;
  const bool one_row = first.pick == Selector::Pick::first || first.pick == Selector::Pick::last;
  return one_row ? written(first.where) == written(second.where) : implies(first.where, second.where);
}

bool same_scope(const RuleText& a, const RuleText& b) {
  return std::set<std::string>(a.per.begin(), a.per.end()) == std::set<std::string>(b.per.begin(), b.per.end());
}

/// Whether a limit of the second is never later than the one of the first.
bool no_later(const RuleText& first, const RuleText& second) {
  if (first.limits.size() != second.limits.size() || first.take_latest != second.take_latest) return false;
  for (std::size_t i = 0; i < first.limits.size(); ++i) {
    const auto& a = first.limits[i];
    const auto& b = second.limits[i];
    const auto from = [](const LimitText& limit) { return limit.from ? cpc::written(*limit.from) : std::string(); };
    if (from(a) != from(b) || written(a.when) != written(b.when)) return false;
    if (a.ahead != b.ahead || a.period.unit != b.period.unit || a.period.counting != b.period.counting) return false;
    if (a.ahead ? b.period.count < a.period.count : b.period.count > a.period.count) return false;
  }
  return true;
}

/// Whether the second speaks wherever the first does, and asks as much or more.
bool asks_no_more(const RuleText& first, const RuleText& second) {
  if (!implies(first.when, second.when)) return false;
  switch (first.type) {
    case Type::requirement:
      return within(first.at.front(), second.at.front()) && implies(second.expect, first.expect);
    case Type::quorum:
      return within(first.at.front(), second.at.front()) && implies(second.core, first.core) &&
             implies(second.others, first.others) && written(first.may_proceed) == written(second.may_proceed);
    case Type::timescale:
      return cpc::written(*first.from) == cpc::written(*second.from) && written(first.until) == written(second.until) &&
             written(first.during) == written(second.during) && first.repeats == second.repeats &&
             written(first.authorised_by) == written(second.authorised_by) && no_later(first, second);
    default:
      return false;
  }
}

bool shadows(const RuleText& above, const RuleText& rule) {
  return above.type == rule.type && above.duty == rule.duty && same_scope(above, rule) &&
         above.severity >= rule.severity && above.checked >= rule.checked &&
         above.in_force_from <= rule.in_force_from && above.in_force_to >= rule.in_force_to &&
         asks_no_more(rule, above);
}

void check_shadowed(const Rulebook& book, std::size_t at, Diagnostics& out) {
  const auto& rule = book.rules[at];
  for (std::size_t i = 0; i < book.rules.size(); ++i) {
    const auto& above = book.rules[i];
    if (i == at || !shadows(above, rule)) continue;
    const bool alike = shadows(rule, above);
    if (alike && i > at) continue;  // of two that say the same the later is named
    out.push_back(about_rule(rule, Level::note, "shadowed",
                             (alike ? "it says the same as rule " + quoted(above.id)
                                    : "whatever it finds is found by rule " + quoted(above.id) + " too") +
                                 "; its clauses can be cited there"));
    return;
  }
}

// ---- Definitions

/// A definition has no finding of its own: it works by the rules that are written in its sense and cite its clauses.
void check_definition(const Rulebook& book, const RuleText& definition, Diagnostics& out) {
  for (const auto& rule : book.rules) {
    if (rule.type == Type::definition) continue;
    const auto cited = cited_by(rule);
    for (const auto& clause : definition.cites)
      if (std::find(cited.begin(), cited.end(), clause) != cited.end()) return;
  }
  out.push_back(about_rule(definition, Level::warning, "unused_definition",
                           "no other rule cites its clauses: nothing that is judged rests on it"));
}

/// The closed lists of the facts on the rows that a tree is judged for.
Domains domains_of(const RuleText& tree, const Vocabulary& vocabulary) {
  return [&vocabulary, event = tree.at.empty() ? -1 : vocabulary.event(tree.at.front().event)](
             const std::string& fact) { return values_of(vocabulary, event, fact); };
}

void check_tree(const RuleText& tree, const Vocabulary& vocabulary, Diagnostics& out) {
  for (const auto* node : idle_questions(tree, domains_of(tree, vocabulary)))
    out.push_back(about_rule(tree, Level::warning, "unused_fact",
                             "no outcome turns on what node " + quoted(node->node) + " asks", node->place));
}

}  // namespace

std::vector<std::string> values_of(const Vocabulary& vocabulary, int event, const std::string& fact) {
  if (const auto dot = fact.find('.'); dot != std::string::npos) {
    const int kind = vocabulary.kind(fact.substr(0, dot));
    for (std::size_t e = 0; e < vocabulary.events.size() && kind >= 0; ++e)
      if (vocabulary.events[e].instance == kind)
        if (auto found = values_of(vocabulary, static_cast<int>(e), fact.substr(dot + 1)); !found.empty()) return found;
    return {};
  }
  if (event < 0) return {};
  const int slot = vocabulary.slot(static_cast<EventId>(event), fact);
  if (slot < 0) return {};
  const auto& found = vocabulary.events[static_cast<std::size_t>(event)].slots[static_cast<std::size_t>(slot)];
  if (found.type != AttributeType::enumeration) return {};
  return vocabulary.enumerations[static_cast<std::size_t>(found.enumeration)].values;
}

std::vector<Diagnostic> lint_rules(const Rulebook& book, const Vocabulary& vocabulary) {
  Diagnostics out;
  for (std::size_t i = 0; i < book.rules.size(); ++i) {
    const auto& rule = book.rules[i];
    if (rule.type == Type::timescale)
      check_timescale(rule, out);
    else if (rule.type == Type::definition)
      check_definition(book, rule, out);
    else if (rule.type == Type::threshold)
      check_tree(rule, vocabulary, out);
    else
      check_judged(rule, out);
    check_shadowed(book, i, out);
  }
  return out;
}

std::vector<Diagnostic> lint_examples(const Rulebook& book, const std::vector<ExampleMark>& examples) {
  Diagnostics out;
  std::set<std::string_view> known, passing, failing;
  for (const auto& rule : book.rules) known.insert(rule.id);
  for (const auto& one : examples) {
    (one.passes ? passing : failing).insert(one.rule);
    if (known.insert(one.rule).second)
      out.push_back({Level::warning,
                     "examples",
                     "an example belongs to rule " + quoted(one.rule) + ", which is not there",
                     one.place,
                     {}});
  }
  known.clear();
  for (const auto& rule : book.rules) {
    if (!known.insert(rule.id).second) continue;  // editions share their examples
    const bool passes = passing.count(rule.id) != 0;
    const bool fails = failing.count(rule.id) != 0;
    if (passes && fails) continue;
    out.push_back(about_rule(rule, Level::warning, "examples",
                             passes  ? "no example fails it"
                             : fails ? "no example passes it"
                                     : "it has no example"));
  }
  return out;
}

}  // namespace cpc
