#include "rulebook/diff.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "rulebook/logic.h"

namespace cpc {
namespace {

using Type = RuleText::Type;
using Rules = std::vector<const RuleText*>;

// ---- Which rules speak of the same

/// What conditions ask about, each a word: facts with the values they look for, and events.
void collect(std::span<const Condition> conditions, std::set<std::string>& topics) {
  for (const auto& condition : conditions) {
    collect(condition.parts, topics);
    if (condition.op == Condition::Op::fact) {
      topics.insert(condition.fact);
      for (const auto& value : condition.values) topics.insert(condition.fact + "=" + value);
    }
    for (const auto& selector : condition.selector) {
      topics.insert("on " + selector.event);
      collect(selector.where, topics);
    }
    collect(condition.expect, topics);
  }
}

/// From 0, nothing, to 100, all.
int shared(const std::set<std::string>& a, const std::set<std::string>& b) {
  constexpr int all = 100;
  int both = 0;
  for (const auto& topic : a) both += b.count(topic) != 0 ? 1 : 0;
  const int different = static_cast<int>(a.size() + b.size()) - both;
  return different == 0 ? 0 : both * all / different;
}

std::string event_of(const DateText& date) {
  if (!date.selector.empty()) return date.selector.front().event;
  return date.inner.empty() ? date.fact : event_of(date.inner.front());
}

std::string written(std::span<const Condition> conditions) {
  return conditions.empty() ? std::string() : cpc::written(conditions.front());
}

int likeness_of_timescales(const RuleText& a, const RuleText& b) {
  std::set<std::string> ends_a, ends_b, when_a, when_b;
  collect(a.until.front().where, ends_a);
  collect(b.until.front().where, ends_b);
  collect(a.when, when_a);
  collect(b.when, when_b);
  const bool same_end = a.until.front().event == b.until.front().event;
  const bool same_start = event_of(*a.from) == event_of(*b.from);
  if (!same_end) return 0;
  return (same_start ? 80 : 0) + (same_end ? 60 : 0) + shared(ends_a, ends_b) + shared(when_a, when_b) +
         (written(a.when) == written(b.when) ? 30 : 0) + (a.repeats == b.repeats ? 20 : 0);
}

int likeness_of_conditions(const RuleText& a, const RuleText& b) {
  std::set<std::string> topics_a, topics_b, when_a, when_b;
  for (const auto* part : {&a.expect, &a.core, &a.others}) collect(*part, topics_a);
  for (const auto* part : {&b.expect, &b.core, &b.others}) collect(*part, topics_b);
  collect(a.when, when_a);
  collect(b.when, when_b);
  const int likeness = shared(topics_a, topics_b);
  if (likeness == 0) return 0;
  const bool same_row = !a.at.empty() && !b.at.empty() && a.at.front().event == b.at.front().event;
  return 2 * likeness + shared(when_a, when_b) + (same_row ? 60 : 0);
}

/// How surely two rules of a duty speak of the same; 0: not at all.
int likeness(const RuleText& a, const RuleText& b) {
  constexpr int named_alike = 150;
  if (a.type != b.type) return 0;
  const int alike = a.id == b.id ? named_alike : 0;
  switch (a.type) {
    case Type::timescale:
      return alike + likeness_of_timescales(a, b);
    case Type::process:
    case Type::threshold:
      return alike + 1;
    case Type::requirement:
    case Type::quorum:
    case Type::definition:
      break;
  }
  return alike + likeness_of_conditions(a, b);
}

struct Pair {
  int likeness = 0;
  std::size_t here = 0;
  std::size_t there = 0;
};

/// The likeliest pairs, no rule in two of them, in the order of the rules here.
std::vector<Pair> pairs_of(const Rules& here, const Rules& there) {
  std::vector<Pair> all, out;
  for (std::size_t i = 0; i < here.size(); ++i)
    for (std::size_t j = 0; j < there.size(); ++j)
      if (const int found = likeness(*here[i], *there[j]); found > 0) all.push_back({found, i, j});
  std::stable_sort(all.begin(), all.end(), [](const Pair& a, const Pair& b) { return a.likeness > b.likeness; });
  std::set<std::size_t> taken_here, taken_there;
  for (const auto& pair : all) {
    if (taken_here.count(pair.here) != 0 || taken_there.count(pair.there) != 0) continue;
    taken_here.insert(pair.here);
    taken_there.insert(pair.there);
    out.push_back(pair);
  }
  std::sort(out.begin(), out.end(), [](const Pair& a, const Pair& b) { return a.here < b.here; });
  return out;
}

/// How a rule that only one has weighs in the duty: a demand that only one makes is stricter.
Compared weight_of(const RuleDifference& one) {
  const auto& rule = one.here ? *one.here : *one.there;
  const bool demands = rule.type == Type::timescale || rule.type == Type::requirement || rule.type == Type::quorum;
  if (!demands || rule.severity == Severity::info) return Compared::different;
  return one.here ? Compared::stricter : Compared::looser;
}

Compared joined(Compared a, Compared b) {
  if (a == Compared::same) return b;
  if (b == Compared::same || a == b) return a;
  return Compared::different;
}

DutyDifference compare_duty(const std::string& duty, const Rules& here, const Rules& there, const Calendar& calendar,
                            const Vocabulary& vocabulary) {
  DutyDifference out{duty, Compared::same, {}};
  const auto pairs = pairs_of(here, there);
  std::set<std::size_t> paired_there;
  auto pair = pairs.begin();
  for (std::size_t i = 0; i < here.size(); ++i) {
    if (pair != pairs.end() && pair->here == i) {
      paired_there.insert(pair->there);
      out.rules.push_back(compare_rules(*here[i], *there[pair->there], calendar, vocabulary));
      ++pair;
    } else {
      out.rules.push_back({Compared::only_here, here[i], nullptr, {}, {}, {}});
    }
  }
  for (std::size_t j = 0; j < there.size(); ++j)
    if (paired_there.count(j) == 0) out.rules.push_back({Compared::only_there, nullptr, there[j], {}, {}, {}});
  if (there.empty() || here.empty()) {
    out.compared = there.empty() ? Compared::only_here : Compared::only_there;
    return out;
  }
  for (const auto& rule : out.rules)
    out.compared = joined(out.compared, rule.here && rule.there ? rule.compared : weight_of(rule));
  return out;
}

}  // namespace

std::string_view word_of(Compared compared) {
  constexpr std::array<std::string_view, 6> words = {"same",      "stricter",  "looser",
                                                     "different", "only_here", "only_there"};
  return words[static_cast<std::size_t>(compared)];
}

std::vector<const RuleText*> rules_on(const Rulebook& book, std::optional<Day> day) {
  const Day on = day.value_or(std::min(book.in_force_to, last_supported_day));
  Rules out;
  for (const auto& rule : book.rules)
    if (rule.in_force_from <= on && on <= rule.in_force_to) out.push_back(&rule);
  return out;
}

std::vector<DutyDifference> diff(const Rulebook& here, const Rulebook& there, std::optional<Day> on,
                                 const Calendar& calendar, const Vocabulary& vocabulary) {
  const auto rules_here = rules_on(here, on);
  const auto rules_there = rules_on(there, on);
  std::vector<DutyDifference> out;
  for (const auto& duty : vocabulary.duties) {
    const auto of_duty = [&](const Rules& rules) {
      Rules found;
      std::copy_if(rules.begin(), rules.end(), std::back_inserter(found),
                   [&](const RuleText* rule) { return rule->duty == duty; });
      return found;
    };
    const auto mine = of_duty(rules_here), theirs = of_duty(rules_there);
    if (!mine.empty() || !theirs.empty()) out.push_back(compare_duty(duty, mine, theirs, calendar, vocabulary));
  }
  return out;
}

}  // namespace cpc
