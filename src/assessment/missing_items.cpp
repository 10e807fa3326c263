#include "assessment/missing_items.h"

#include <algorithm>

namespace cpc {

std::uint64_t MissingItems::of(const Need& need) {
  if (need.fact == none || need.row < 0 || !program_.facts[static_cast<std::size_t>(need.fact)].checklist) return 0;
  return asked(need.rule, need.fact) & ~told(need.row);
}

std::vector<std::string> MissingItems::words(Index fact, std::uint64_t items) const {
  std::vector<std::string> out;
  const auto enumeration = program_.facts[static_cast<std::size_t>(fact)].enumeration;
  if (enumeration < 0) return out;
  const auto& values = program_.vocabulary->enumerations[static_cast<std::size_t>(enumeration)].values;
  for (std::size_t i = 0; i < values.size() && i < Enumeration::most_in_sets; ++i)
    if ((items >> i & 1) != 0) out.push_back(values[i]);
  return out;
}

/// What the row names, in `covered` or `not_covered`, or an earlier one does that is read with it: of the same event,
/// instance and children.
std::uint64_t MissingItems::told(std::int32_t number) const {
  const auto& record = *a_.record;
  const Row& judged = record.rows[static_cast<std::size_t>(number)];
  const EventType& event = record.vocabulary->events[judged.event];
  const auto& telling = program_.known.telling_slots[judged.event];
  std::uint64_t out = 0;
  for (const Row& row : record.rows) {
    const bool itself = &row == &judged;
    const bool earlier = event.instance >= 0 && row.at != unknown_value && judged.at != unknown_value &&
                         row.at <= judged.at && row.event == judged.event && row.conference == judged.conference &&
                         row.instance == judged.instance && row.children == judged.children;
    if (!itself && !earlier) continue;
    const auto slots = record.slots(row);
    const auto own = record.slots(judged);
    const bool alike = std::all_of(telling.begin(), telling.end(), [&](std::int8_t slot) {
      return slots[static_cast<std::size_t>(slot)] == own[static_cast<std::size_t>(slot)];
    });
    if (!alike) continue;
    for (const auto slot : {event.covered, event.not_covered})
      if (slot >= 0 && slots[static_cast<std::size_t>(slot)] != unknown_value)
        out |= members_of(slots[static_cast<std::size_t>(slot)]);
  }
  return out;
}

std::uint64_t MissingItems::asked(Index rule, Index fact) {
  const auto [at, added] = asked_.try_emplace({rule, fact}, 0);
  if (!added) return at->second;
  fact_ = &program_.facts[static_cast<std::size_t>(fact)];
  found_ = 0;
  walked_.clear();
  walk_rule(rule);
  return at->second = found_;
}

void MissingItems::walk_rule(Index number) {
  if (number < 0 || !walked_.insert(number).second) return;
  const Rule& rule = program_.rules[static_cast<std::size_t>(number)];
  for (const Index node : {rule.when, rule.during, rule.expect, rule.core, rule.others, rule.may_proceed})
    walk_node(node);
  for (const Index selector : {rule.until, rule.authorised_by, rule.at}) walk_selector(selector);
  walk_date(rule.from);
  for (const auto& limit : rule.limits) walk_node(limit.when), walk_date(limit.from);
  for (const auto& transition : rule.transitions) walk_node(transition.where), walk_node(transition.guard);
  for (const auto& node : rule.nodes) walk_node(node.question);
}

void MissingItems::walk_node(Index at) {
  if (at < 0) return;
  const Node& node = program_.nodes[static_cast<std::size_t>(at)];
  switch (node.op) {
    case Condition::Op::all:
    case Condition::Op::any:
    case Condition::Op::negate:
      for (Index i = 0; i < node.count; ++i) walk_node(program_.parts[static_cast<std::size_t>(node.first + i)]);
      return;
    case Condition::Op::fact:
      if (node.compare == Compare::has && node.fact >= 0 &&
          program_.facts[static_cast<std::size_t>(node.fact)] == *fact_)
        found_ |= node.mask;
      return walk_date(node.date);
    case Condition::Op::state:
    case Condition::Op::status:
      // What another rule lacks to say where it stands is lacking here.
      walk_rule(node.target);
      if (node.editions >= 0)
        for (const auto& edition : program_.editions[static_cast<std::size_t>(node.editions)]) walk_rule(edition.rule);
      return;
    default:
      walk_selector(node.selector);
      walk_node(node.expect);
  }
}

void MissingItems::walk_selector(Index at) {
  if (at < 0) return;
  const Picked& selector = program_.selectors[static_cast<std::size_t>(at)];
  walk_node(selector.where);
  for (const auto& position : selector.positions) walk_date(position.date);
}

void MissingItems::walk_date(Index at) {
  if (at < 0) return;
  const DateRef& date = program_.dates[static_cast<std::size_t>(at)];
  walk_selector(date.selector);
  walk_date(date.inner);
}

}  // namespace cpc
