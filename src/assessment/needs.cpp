// Which missing facts would settle what is unknown: MEANING, algorithm 6.
#include <algorithm>

#include "assessment/judges.h"

namespace cpc {

void Evaluator::add_need(std::int32_t row, Index fact, EventId event, Index rule, const Context& context) {
  Need need;
  need.row = row >= 0 ? history_->row(row).row : -1;
  need.fact = fact;
  need.event = event;
  need.rule = rule;
  need.scope = scope_id(context.in());
  const bool known = std::any_of(result_->needs.begin(), result_->needs.end(), [&](const Need& other) {
    return other.row == need.row && other.fact == need.fact && other.event == need.event && other.rule == need.rule &&
           other.scope == need.scope;
  });
  if (!known) result_->needs.push_back(need);
}

void Evaluator::needs(Index root, const Context& context, Index rule) {
  if (root < 0 || condition(root, context) != Truth::unknown) return;
  needs_walk(root, context, rule);
}

void Evaluator::needs_walk(Index at, const Context& context, Index rule) {
  using Op = Condition::Op;
  const Node& node = program_->nodes[static_cast<std::size_t>(at)];
  if (walk(node, context) != Truth::unknown) return;
  switch (node.op) {
    case Op::all:
    case Op::any:
    case Op::negate:
      for (Index i = 0; i < node.count; ++i)
        needs_walk(program_->parts[static_cast<std::size_t>(node.first + i)], context, rule);
      return;
    case Op::fact: {
      const Fact& fact = program_->facts[static_cast<std::size_t>(node.fact)];
      const EventId event = context.row >= 0 ? history_->row(context.row).event : fact.event;
      add_need(context.row, node.fact, event, rule, context);
      return;
    }
    case Op::occurs:
      return needs_of_selector(node.selector, context, rule);
    case Op::of: {
      Scratch<256> scratch;
      RowList found(scratch.memory());
      candidates(node.selector, context, found);
      for (const std::int32_t row : found) {
        if (row < 0) continue;
        needs(node.expect, at_row(context, row), rule);
      }
      if (found.size() > 1) needs_of_selector(node.selector, context, rule);
      return;
    }
    case Op::every:
    case Op::count: {
      const Picked& picked = program_->selectors[static_cast<std::size_t>(node.selector)];
      context.index->rows(*history_, context.scope, picked.event, [&](std::int32_t row, Truth part) {
        const Context inner = at_row(context, row);
        const Truth counts = row_counts(picked, row, part, context);
        if (counts == Truth::no) return true;
        if (counts == Truth::unknown) needs(picked.where, inner, rule);
        needs(node.expect, inner, rule);
        if (node.other >= 0 && read(program_->facts[static_cast<std::size_t>(node.other)], inner) == unknown_value)
          add_need(row, node.other, picked.event, rule, context);
        return true;
      });
      if (open(picked, context)) add_need(-1, none, picked.event, rule, context);
      return;
    }
    case Op::state: {
      const Index meant = edition(node, context).rule;
      const Rule& process = program_->rules[static_cast<std::size_t>(meant)];
      for (const Transition& transition : process.transitions) {
        const std::int32_t scope = related_scope(scopes(meant), context);
        if (scope < 0) continue;
        Context there = context;
        there.index = &scopes(meant);
        there.scope = scope;
        there.index->rows(*history_, scope, transition.event, [&](std::int32_t row, Truth) {
          const Context inner = at_row(there, row);
          needs(transition.where, inner, rule);
          if (condition(transition.where, inner) == Truth::yes) needs(transition.guard, inner, rule);
          return true;
        });
      }
      return;
    }
    case Op::status: {
      const Index meant = edition(node, context).rule;
      const Rule& read_rule = program_->rules[static_cast<std::size_t>(meant)];
      const std::int32_t scope = related_scope(scopes(meant), context);
      if (scope < 0) return;
      Context there;
      there.index = &scopes(meant);
      there.scope = scope;
      const Picked& at_row_of = program_->selectors[static_cast<std::size_t>(read_rule.at)];
      there.index->rows(*history_, scope, at_row_of.event, [&](std::int32_t row, Truth) {
        const Context inner = at_row(there, row);
        for (const Index part : {read_rule.when, read_rule.expect, read_rule.core, read_rule.others})
          needs(part, inner, rule);
        return true;
      });
      return;
    }
  }
}

void Evaluator::needs_of_selector(Index selector, const Context& context, Index rule) {
  const Picked& picked = program_->selectors[static_cast<std::size_t>(selector)];
  context.index->rows(*history_, context.scope, picked.event, [&](std::int32_t row, Truth part) {
    if (row_counts(picked, row, part, context) != Truth::unknown) return true;
    const Context inner = at_row(context, row);
    needs(picked.where, inner, rule);
    if (!history_->row(row).dated && !picked.positions.empty()) add_need(row, none, picked.event, rule, context);
    for (std::size_t i = 0; i + 1 < picked.same.size(); i += 2)
      if (read(program_->facts[static_cast<std::size_t>(picked.same[i])], inner) == unknown_value)
        add_need(row, picked.same[i], picked.event, rule, context);
    return true;
  });
  if (open(picked, context)) add_need(-1, none, picked.event, rule, context);
}

}  // namespace cpc
