// Which missing facts would settle what is unknown: MEANING, algorithm 6.
#include <algorithm>
#include <bit>
#include <utility>

#include "assessment/judges.h"

namespace cpc {
namespace {

constexpr std::size_t most_completions = 4096;

/// The values that an answer may take, a bit each.
unsigned possible(Truth value) { return value == Truth::no ? 1U : value == Truth::yes ? 2U : 3U; }

}  // namespace

void Evaluator::add_need(std::int32_t row, Index fact, EventId event, Index rule, const Context& context) {
  Need need;
  need.row = row >= 0 ? history_->row(row).row : -1;
  need.fact = fact;
  need.event = event;
  need.rule = rule;
  need.scope = scope_id(context.in());
  // The needs of one rule and scope stand together.
  for (std::size_t i = result_->needs.size(); i-- > 0;) {
    const Need& other = result_->needs[i];
    if (other.rule != need.rule || other.scope != need.scope) break;
    if (other.row == need.row && other.fact == need.fact && other.event == need.event) return;
  }
  result_->needs.push_back(need);
}

void Evaluator::needs(Index root, const Context& context, Index rule) {
  if (root < 0 || condition(root, context) != Truth::unknown) return;
  if (program_->nodes[static_cast<std::size_t>(root)].table >= 0)
    needs_of_table(root, context, rule);
  else
    needs_walk(root, context, rule);
}

/// For a condition that reads each fact once: whatever is unknown in it can be made to decide.
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
    case Op::fact:
      return needs_of_fact(node, context, rule);
    case Op::occurs:
      return needs_of_selector(node.selector, context, rule);
    case Op::of:
      return needs_of_first(node, context, rule);
    case Op::every:
    case Op::count:
      return needs_of_rows(node, context, rule);
    case Op::state:
      return needs_of_state(node, context, rule);
    case Op::status:
      return needs_of_status(node, context, rule);
  }
}

/// What a table reads and is not known; at most `most_completions` ways of filling it in, else nothing of use.
std::size_t Evaluator::open_groups(const Table& table, const Context& context, std::pmr::vector<OpenGroup>& open) {
  std::size_t completions = 1;
  for (std::size_t i = 0; i < table.groups.size() && completions <= most_completions; ++i) {
    const Table::Group& group = table.groups[i];
    const bool known = group.by_value
                           ? read(program_->facts[static_cast<std::size_t>(group.fact)], context) != unknown_value
                           : walk(program_->nodes[static_cast<std::size_t>(group.leaf)], context) != Truth::unknown;
    if (known) continue;
    const std::size_t answers = group.by_value ? group.values.size() : 2;
    open.push_back({&group, static_cast<std::size_t>(table.first_group) + i, answers, completions});
    completions *= answers;
  }
  return completions;
}

/// Every way of filling in what is unknown, each with its value: a fact matters if two ways that differ in it alone
/// differ in value.
void Evaluator::needs_of_table(Index root, const Context& context, Index rule) {
  const Node& whole = program_->nodes[static_cast<std::size_t>(root)];
  const Table& table = program_->tables[static_cast<std::size_t>(whole.table)];
  Scratch<4096> scratch;
  std::pmr::vector<OpenGroup> open(scratch.memory());
  const std::size_t completions = open_groups(table, context, open);
  if (completions > most_completions) {
    // Too many to try: all that is unknown in it, which may be more than matters.
    for (Index i = 0; i < whole.count; ++i)
      needs_walk(program_->parts[static_cast<std::size_t>(whole.first + i)], context, rule);
    return;
  }
  std::pmr::vector<Truth> values(completions, Truth::unknown, scratch.memory());
  const bool outermost = !std::exchange(filling_, true);
  for (std::size_t at = 0; at < completions; ++at) {
    for (const OpenGroup& one : open) {
      const std::size_t answer = at / one.stride % one.answers;
      overrides_[one.number] = one.group->by_value ? Override{one.group->values[answer], Truth::unknown, true}
                                                   : Override{unknown_value, truth(answer == 1), true};
    }
    values[at] = walk(whole, context);
  }
  for (const OpenGroup& one : open) overrides_[one.number] = {};
  filling_ = !outermost;
  for (const OpenGroup& one : open) {
    bool matters = false;
    for (std::size_t at = 0; at < completions && !matters; ++at)
      matters = values[at] != values[at - at / one.stride % one.answers * one.stride];
    if (matters) needs_walk(one.group->leaf, context, rule);
  }
}

void Evaluator::needs_of_fact(const Node& node, const Context& context, Index rule) {
  bool added = false;
  for (const Index number : {node.fact, node.other}) {
    if (number < 0) continue;
    const Fact& fact = program_->facts[static_cast<std::size_t>(number)];
    // One that is put together of others is named as a whole, though some of it may be known.
    const bool whole = fact.checklist || fact.source == Fact::Source::derived;
    if (!whole && read(fact, context) != unknown_value) continue;
    add_need(context.row, number, context.row >= 0 ? history_->row(context.row).event : fact.event, rule, context);
    added = true;
  }
  if (node.date >= 0) needs_of_date(node.date, context, rule);
  // What is "given" though it is not there to be read: the host does not keep it.
  if (!added && node.date < 0) {
    const Fact& fact = program_->facts[static_cast<std::size_t>(node.fact)];
    add_need(context.row, node.fact, context.row >= 0 ? history_->row(context.row).event : fact.event, rule, context);
  }
}

void Evaluator::needs_of_date(Index at, const Context& context, Index rule) {
  if (date(at, context).state != DateValue::State::unknown) return;
  const DateRef& ref = program_->dates[static_cast<std::size_t>(at)];
  if (ref.inner >= 0) return needs_of_date(ref.inner, context, rule);
  if (ref.selector >= 0) return needs_of_selector(ref.selector, context, rule);
  if (ref.fact < 0) return;
  const Fact& fact = program_->facts[static_cast<std::size_t>(ref.fact)];
  add_need(context.row, ref.fact, context.row >= 0 ? history_->row(context.row).event : fact.event, rule, context);
}

/// Of a row that perhaps is meant by a selector: what would tell.
void Evaluator::needs_of_row(const Picked& picked, std::int32_t row, const Context& context, Index rule) {
  const Context inner = at_row(context, row);
  needs(picked.where, inner, rule);
  if (!picked.positions.empty() && !history_->row(row).dated) add_need(row, none, picked.event, rule, context);
  for (const auto& position : picked.positions) needs_of_date(position.date, context, rule);
  for (std::size_t i = 0; i + 1 < picked.same.size(); i += 2) {
    if (read(program_->facts[static_cast<std::size_t>(picked.same[i])], inner) == unknown_value)
      add_need(row, picked.same[i], picked.event, rule, context);
    const Fact& theirs = program_->facts[static_cast<std::size_t>(picked.same[i + 1])];
    if (context.row >= 0 && read(theirs, context) == unknown_value)
      add_need(context.row, picked.same[i + 1], history_->row(context.row).event, rule, context);
  }
}

/// `of`: a candidate matters where what is expected may differ on it, and whether it is meant where those behind it may
/// give another answer.
void Evaluator::needs_of_first(const Node& node, const Context& context, Index rule) {
  const Picked& picked = program_->selectors[static_cast<std::size_t>(node.selector)];
  Scratch<512> scratch;
  RowList found(scratch.memory());
  candidates(node.selector, context, found);
  const auto answers = [&](std::int32_t row) {
    return row == Candidates::nothing        ? possible(Truth::no)
           : row == Candidates::not_recorded ? possible(Truth::unknown)
                                             : possible(condition(node.expect, at_row(context, row)));
  };
  // A row without a date may stand before or behind any other.
  unsigned below = 0;
  const bool undated =
      std::any_of(found.begin(), found.end(), [&](std::int32_t row) { return row >= 0 && !history_->row(row).dated; });
  if (undated)
    for (const std::int32_t row : found) below |= answers(row);
  for (auto row = found.rbegin(); row != found.rend(); ++row) {
    const unsigned here = answers(*row);
    if (*row >= 0) {
      needs(node.expect, at_row(context, *row), rule);
      const Truth part = context.index->takes_part(*history_, *row, context.in());
      const bool differ = std::popcount(here | below) > 1;
      if (differ && row_counts(picked, *row, part, context) == Truth::unknown)
        needs_of_row(picked, *row, context, rule);
      if (differ && !history_->row(*row).dated && found.size() > 1) add_need(*row, none, picked.event, rule, context);
    }
    below |= here;
  }
  if (open(picked, context)) add_need(-1, none, picked.event, rule, context);
}

/// `count` and `every`: the rows of which it is not known whether they count, or whether they are as expected.
void Evaluator::needs_of_rows(const Node& node, const Context& context, Index rule) {
  const Picked& picked = program_->selectors[static_cast<std::size_t>(node.selector)];
  const bool every = node.op == Condition::Op::every;
  const Fact* key = node.other >= 0 ? &program_->facts[static_cast<std::size_t>(node.other)] : nullptr;
  // A row adds nothing to the different values of the key when it gives one that surely is among them.
  Scratch<512> scratch;
  std::pmr::vector<Value> sure(scratch.memory());
  if (key != nullptr)
    context.index->rows(*history_, context.scope, picked.event, [&](std::int32_t row, Truth part) {
      const Context inner = at_row(context, row);
      if (both(row_counts(picked, row, part, context), condition(node.expect, inner)) == Truth::yes)
        sure.push_back(read(*key, inner));
      return true;
    });
  context.index->rows(*history_, context.scope, picked.event, [&](std::int32_t row, Truth part) {
    const Context inner = at_row(context, row);
    const Truth counts = row_counts(picked, row, part, context);
    if (counts == Truth::no) return true;
    const Truth expected = condition(node.expect, inner);
    const Value value = key != nullptr ? read(*key, inner) : unknown_value;
    if (value != unknown_value && std::find(sure.begin(), sure.end(), value) != sure.end()) return true;
    if ((every ? either(!counts, expected) : both(counts, expected)) == Truth::unknown) {
      if (counts == Truth::unknown) needs_of_row(picked, row, context, rule);
      needs(node.expect, inner, rule);
    }
    if (key != nullptr && value == unknown_value && expected != Truth::no)
      add_need(row, node.other, picked.event, rule, context);
    return true;
  });
  if (open(picked, context)) add_need(-1, none, picked.event, rule, context);
}

void Evaluator::needs_of_state(const Node& node, const Context& context, Index rule) {
  const Index meant = edition(node, context).rule;
  const Rule& process = program_->rules[static_cast<std::size_t>(meant)];
  const std::int32_t scope = related_scope(scopes(meant), context);
  if (scope < 0) return;
  Context there = context;
  there.index = &scopes(meant);
  there.scope = scope;
  for (const Transition& transition : process.transitions)
    there.index->rows(*history_, scope, transition.event, [&](std::int32_t row, Truth) {
      const Context inner = at_row(there, row);
      needs(transition.where, inner, rule);
      if (condition(transition.where, inner) == Truth::yes) needs(transition.guard, inner, rule);
      return true;
    });
}

void Evaluator::needs_of_status(const Node& node, const Context& context, Index rule) {
  const Index meant = edition(node, context).rule;
  const Rule& read_rule = program_->rules[static_cast<std::size_t>(meant)];
  const std::int32_t scope = related_scope(scopes(meant), context);
  if (scope < 0) return;
  Context there;
  there.index = &scopes(meant);
  there.scope = scope;
  const Picked& at = program_->selectors[static_cast<std::size_t>(read_rule.at)];
  there.index->rows(*history_, scope, at.event, [&](std::int32_t row, Truth) {
    const Context inner = at_row(there, row);
    for (const Index part : {read_rule.when, read_rule.expect, read_rule.core, read_rule.others})
      needs(part, inner, rule);
    return true;
  });
}

/// Whether some row is meant, or which: of `first` and `last` the candidates alone.
void Evaluator::needs_of_selector(Index selector, const Context& context, Index rule) {
  const Picked& picked = program_->selectors[static_cast<std::size_t>(selector)];
  const auto note = [&](std::int32_t row, Truth part) {
    if (row_counts(picked, row, part, context) == Truth::unknown) needs_of_row(picked, row, context, rule);
    return true;
  };
  if (picked.pick == Selector::Pick::first || picked.pick == Selector::Pick::last) {
    Scratch<512> scratch;
    RowList found(scratch.memory());
    candidates(selector, context, found);
    for (const std::int32_t row : found)
      if (row >= 0) note(row, context.index->takes_part(*history_, row, context.in()));
  } else {
    context.index->rows(*history_, context.scope, picked.event, note);
  }
  if (open(picked, context)) add_need(-1, none, picked.event, rule, context);
}

}  // namespace cpc
