#include <algorithm>

#include "assessment/judges.h"

namespace cpc {
namespace {

std::uint64_t bit(RequirementStatus status) { return std::uint64_t{1} << static_cast<int>(status); }

/// `when` no: not applicable. `expect` yes: satisfied, whatever `when` is. An unknown in either otherwise:
/// undetermined.
RequirementStatus status_of(Truth when, Truth expect) {
  if (when == Truth::no) return RequirementStatus::not_applicable;
  if (expect == Truth::yes) return RequirementStatus::satisfied;
  if (when == Truth::unknown || expect == Truth::unknown) return RequirementStatus::undetermined;
  return RequirementStatus::broken;
}

class RequirementJudge {
 public:
  RequirementJudge(Evaluator& evaluator, Index rule)
      : evaluator_(evaluator),
        number_(rule),
        rule_(evaluator.program().rules[static_cast<std::size_t>(rule)]),
        at_(evaluator.program().selectors[static_cast<std::size_t>(rule_.at)]) {
    context_.index = &evaluator.scopes(rule);
  }

  /// Most rules have no row to be judged by in most records and scopes: those cost next to nothing.
  void judge_everywhere() {
    if (!evaluator_.history().present(at_.event)) return;
    if (picks_one()) {
      const auto count = static_cast<std::int32_t>(context_.index->scopes().size());
      for (std::int32_t scope = 0; scope < count; ++scope)
        if (context_.index->any_row(scope, at_.event)) judge(scope, true);
      return;
    }
    for (const JudgedRow& each : evaluator_.rows_judged(number_)) {
      context_.scope = each.scope;
      if (in_force()) judge_row(each.row, each.counts, true);
    }
  }

  std::uint64_t judge(std::int32_t scope, bool record) {
    context_.scope = scope;
    if (!in_force()) return bit(RequirementStatus::not_applicable);
    if (picks_one()) return judge_picked(record);
    std::uint64_t all = 0;
    context_.index->rows(evaluator_.history(), scope, at_.event, [&](std::int32_t row, Truth part) {
      const Truth counts = evaluator_.row_counts(at_, row, part, context_);
      if (counts != Truth::no) all |= judge_row(row, counts, record);
      return true;
    });
    return all == 0 ? bit(RequirementStatus::not_applicable) : all;
  }

 private:
  [[nodiscard]] bool picks_one() const { return at_.pick == Selector::Pick::first || at_.pick == Selector::Pick::last; }
  [[nodiscard]] bool in_force() const {
    const Scope& scope = context_.in();
    return !scope.dated || (rule_.in_force_from <= scope.begin && scope.begin <= rule_.in_force_to);
  }
  /// The first or last row that counts; with it those that may be it.
  std::uint64_t judge_picked(bool record) {
    Scratch<256> scratch;
    RowList found(scratch.memory());
    evaluator_.candidates(rule_.at, context_, found);
    std::uint64_t all = 0;
    for (const std::int32_t row : found) {
      if (row < 0) continue;
      const Truth part = context_.index->takes_part(evaluator_.history(), row, context_.in());
      const Truth counts = evaluator_.row_counts(at_, row, part, context_);
      all |= judge_row(row, found.size() == 1 ? counts : both(counts, Truth::unknown), record);
    }
    return all == 0 ? bit(RequirementStatus::not_applicable) : all;
  }

  std::uint64_t judge_row(std::int32_t row, Truth counts, bool record) {
    Context here = context_;
    here.row = row;
    here.state_row = row;
    RequirementResult result;
    const Truth when = both(counts, evaluator_.condition(rule_.when, here));
    // Of no account where the rule does not apply, which is most often so.
    const Truth expect = when == Truth::no ? Truth::unknown : expected(here, result);
    result.status = status_of(when, expect);
    if (record) {
      result.rule = number_;
      result.scope = scope_id(context_.in());
      result.row = evaluator_.history().row(row).row;
      if (result.status == RequirementStatus::broken)
        result.explained = explained(evaluator_, number_, context_.in(), *context_.index);
      if (result.status == RequirementStatus::undetermined) {
        result.because = only_not_kept(here, counts) ? Because::not_recorded : Because::facts_missing;
        if (evaluator_.options().needs) needs(here, counts, when, expect);
      }
      evaluator_.result().requirements.push_back(result);
    }
    return bit(result.status);
  }

  /// What would settle it: each part that is not known, where another does not settle it alone.
  void needs(const Context& here, Truth counts, Truth when, Truth expect) {
    if (counts == Truth::unknown) evaluator_.needs(at_.where, here, number_);
    if (when == Truth::unknown) evaluator_.needs(rule_.when, here, number_);
    if (expect != Truth::unknown) return;
    for (const Index part : {rule_.expect, rule_.core, rule_.others}) evaluator_.needs(part, here, number_);
  }

  /// Whether it would be determined if the host kept every type of row.
  bool only_not_kept(const Context& here, Truth counts) {
    if (!evaluator_.keeps_less()) return false;
    RequirementResult ignored;
    evaluator_.take_as_kept(true);
    const Truth when = both(counts, evaluator_.condition(rule_.when, here));
    const Truth expect = expected(here, ignored);
    evaluator_.take_as_kept(false);
    return status_of(when, expect) != RequirementStatus::undetermined;
  }

  Truth expected(const Context& here, RequirementResult& result) {
    return rule_.type == RuleText::Type::quorum ? quorum(here, result) : evaluator_.condition(rule_.expect, here);
  }

  /// Core and others together; the host's own answer speaks where no attendance was recorded at all.
  Truth quorum(const Context& here, RequirementResult& result) {
    const auto& known = evaluator_.program().known;
    const HistoryRow& row = evaluator_.history().row(here.row);
    const std::int16_t conference = row.instance[static_cast<std::size_t>(Kind::conference)];
    if (row.event == known.conference_held && conference >= 0 && evaluator_.attendance_missing(conference)) {
      const Value recorded = row.slots[known.recorded_quorate];
      if (recorded != unknown_value) return truth(recorded == yes_value);
    }
    const Truth present = both(evaluator_.condition(rule_.core, here), evaluator_.condition(rule_.others, here));
    result.counted = -1;
    return present;
  }

  Evaluator& evaluator_;
  Index number_;
  const Rule& rule_;
  const Picked& at_;
  Context context_;
};

}  // namespace

void judge_requirement(Evaluator& evaluator, Index rule) { RequirementJudge(evaluator, rule).judge_everywhere(); }

std::uint64_t requirement_status(Evaluator& evaluator, Index rule, std::int32_t scope) {
  return RequirementJudge(evaluator, rule).judge(scope, false);
}

Truth explained(const Evaluator& evaluator, Index rule, const Scope& scope, const ScopeIndex& index) {
  const Program& program = evaluator.program();
  const auto& known = program.known;
  const Index duty = program.rules[static_cast<std::size_t>(rule)].duty;
  Truth found = Truth::no;
  for (const std::int32_t at : evaluator.history().rows_of(known.variance_explained)) {
    const HistoryRow& row = evaluator.history().row(at);
    if (row.slots[known.explained_duty] != static_cast<Value>(duty) + 1) continue;
    if (scope.child >= 0 && (row.children >> scope.child & 1) == 0) continue;
    bool agrees = true;
    for (int kind = 0; kind < kind_count && agrees; ++kind) {
      const std::int16_t given = evaluator.history().instance_of(at, kind, scope.child);
      if (given < 0) continue;
      for (int place = 0; place < index.kinds(); ++place)
        if (index.kind(place) == kind) agrees = scope.instance[static_cast<std::size_t>(place)] == given;
    }
    if (!agrees) continue;
    found = either(found, row.slots[known.explained_reason] == yes_value       ? Truth::yes
                          : row.slots[known.explained_reason] == unknown_value ? Truth::unknown
                                                                               : Truth::no);
  }
  return found;
}

ScopeId scope_id(const Scope& scope) {
  ScopeId id;
  id.child = scope.child;
  id.instance = scope.instance;
  return id;
}

}  // namespace cpc
