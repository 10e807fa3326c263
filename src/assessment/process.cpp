#include <algorithm>
#include <bit>

#include "assessment/judges.h"

namespace cpc {
namespace {

/// One move of one process on one row.
struct Move {
  std::uint64_t states = 0;
  bool concerned = false;
  bool irregular = false;
  std::int16_t transition = -1;
  std::vector<ProcessFinding> findings;
};

/// A transition that may be taken on the row.
struct Option {
  const Transition* transition;
  std::int16_t number;
  Truth where;
  Truth guard;
};

using Options = std::pmr::vector<Option>;

class ProcessRunner {
 public:
  explicit ProcessRunner(Evaluator& evaluator)
      : evaluator_(evaluator), program_(evaluator.program()), history_(evaluator.history()) {}

  void run() {
    for (const Index process : program_.processes) {
      auto& courses = evaluator_.courses(process);
      // Never made smaller: the memory of one record serves the next.
      courses.resize(std::max(courses.size(), evaluator_.scopes(process).scopes().size()));
      for (auto& course : courses) {
        course.steps.clear();
        course.irregular = false;
      }
    }
    for (std::size_t row = 0; row < history_.rows().size(); ++row)
      if (history_.rows()[row].dated) step(static_cast<std::int32_t>(row));
    for (const Index process : program_.processes) report(process);
    // What was judged while processes were still on their way may read otherwise now.
    evaluator_.forget_statuses();
  }

 private:
  struct Touched {
    Index process;
    std::int32_t scope;
    Truth part;
  };
  void step(std::int32_t row);
  void find_touched(std::int32_t row);
  [[nodiscard]] Move move(const Touched& touched, std::int32_t row);
  void leave(const Touched& touched, std::uint64_t state, const Options& options, Move& move, std::int32_t row);
  void report(Index process);
  [[nodiscard]] std::uint64_t current(Index process, std::int32_t scope) {
    const auto& steps = evaluator_.courses(process)[static_cast<std::size_t>(scope)].steps;
    return steps.empty() ? std::uint64_t{1} << rule(process).initial : steps.back().states;
  }
  [[nodiscard]] const Rule& rule(Index process) const { return program_.rules[static_cast<std::size_t>(process)]; }
  /// Whether the edition of a process that holds for a scope is this one.
  [[nodiscard]] bool in_force(Index process, const Scope& scope) const {
    const Day day = scope.dated ? scope.begin : evaluator_.options().as_of.day;
    return rule(process).in_force_from <= day && day <= rule(process).in_force_to;
  }
  [[nodiscard]] Context context(Index process, std::int32_t scope, std::int32_t row) const {
    Context out;
    out.index = &evaluator_.scopes(process);
    out.scope = scope;
    out.row = row;
    out.state_row = row;
    out.either_side = true;
    return out;
  }

  Evaluator& evaluator_;
  const Program& program_;
  const History& history_;
  Scratch<2048> lists_;    ///< The two lists below.
  Scratch<1024> scratch_;  ///< Those of one move.
  std::pmr::vector<Touched> touched_{lists_.memory()};
  std::pmr::vector<Move> moves_{lists_.memory()};
};

void ProcessRunner::find_touched(std::int32_t row) {
  touched_.clear();
  const EventId event = history_.row(row).event;
  for (const Index process : program_.processes) {
    if (!rule(process).events[event]) continue;
    const ScopeIndex& index = evaluator_.scopes(process);
    const bool per_child = (index.type().set & child_bit) != 0;
    for (std::size_t place = 0; place < (per_child ? history_.child_order().size() : 1); ++place) {
      const int child = per_child ? history_.child_order()[place] : -1;
      if (per_child && (history_.row(row).children >> child & 1) == 0) continue;
      if (const std::int32_t scope = index.scope_of(history_, row, child); scope >= 0) {
        if (in_force(process, index.scopes()[static_cast<std::size_t>(scope)]))
          touched_.push_back({process, scope, Truth::yes});
        continue;
      }
      for (std::size_t scope = 0; scope < index.scopes().size(); ++scope) {
        if (index.scopes()[scope].child != child || !in_force(process, index.scopes()[scope])) continue;
        const Truth part = index.takes_part(history_, row, index.scopes()[scope]);
        if (part != Truth::no) touched_.push_back({process, static_cast<std::int32_t>(scope), part});
      }
    }
  }
}

/// All processes move together: guards see how the others stand before the row and after it. They are moved again until
/// nothing changes, as one may wait for another that waits for a third.
void ProcessRunner::step(std::int32_t row) {
  find_touched(row);
  const bool waiting = std::any_of(touched_.begin(), touched_.end(),
                                   [&](const Touched& touched) { return rule(touched.process).reads_others; });
  const std::size_t most_passes = touched_.size() < 2 || !waiting ? 1 : touched_.size() + 1;
  bool changed = true;
  for (std::size_t pass = 0; pass < most_passes && changed; ++pass) {
    changed = false;
    moves_.clear();
    for (const Touched& touched : touched_) {
      auto& steps = evaluator_.courses(touched.process)[static_cast<std::size_t>(touched.scope)].steps;
      const std::uint64_t last = current(touched.process, touched.scope);
      if (!steps.empty() && steps.back().row == row) steps.pop_back();
      moves_.push_back(move(touched, row));
      if (moves_.back().concerned) steps.push_back({row, moves_.back().states});
      changed = changed || current(touched.process, touched.scope) != last;
    }
  }
  for (std::size_t i = 0; i < moves_.size(); ++i) {
    auto& course = evaluator_.courses(touched_[i].process)[static_cast<std::size_t>(touched_[i].scope)];
    course.irregular = course.irregular || moves_[i].irregular;
    for (const auto& finding : moves_[i].findings) evaluator_.result().process_findings.push_back(finding);
  }
}

/// Where transitions lead that cannot be taken as they are meant: to the target that they share, if they do, or
/// nowhere. Of some it may not be known whether the row is about them; then each way of that is possible.
std::uint64_t shared_target(std::uint64_t certain, std::uint64_t possible, std::uint64_t here) {
  if (certain == 0) return possible | here;
  if (std::popcount(certain) > 1) return here;
  return (possible & ~certain) == 0 ? certain : certain | here;
}

void ProcessRunner::leave(const Touched& touched, std::uint64_t state, const Options& options, Move& move,
                          std::int32_t row) {
  const auto target = [&](const Option& option) {
    return option.transition->to < 0 ? state : std::uint64_t{1} << option.transition->to;
  };
  const auto finding = [&](ProcessRemark remark, const Option& option) {
    ProcessFinding out;
    out.process = touched.process;
    out.scope = scope_id(evaluator_.scopes(touched.process).scopes()[static_cast<std::size_t>(touched.scope)]);
    out.remark = remark;
    out.row = history_.row(row).row;
    out.states = state;
    out.transition = option.number;
    move.findings.push_back(out);
  };
  std::pmr::vector<const Option*> held(scratch_.memory());
  bool sure = false;
  for (const Option& option : options) {
    if ((option.transition->from & state) == 0 || option.guard == Truth::no) continue;
    held.push_back(&option);
    sure = sure || option.where == Truth::yes;
  }
  if (held.empty()) {
    std::uint64_t certain = 0, possible = 0;
    for (const Option& option : options) {
      if ((option.transition->from & state) == 0) continue;
      finding(option.where == Truth::yes ? ProcessRemark::guard_no : ProcessRemark::guard_unknown, option);
      (option.where == Truth::yes ? certain : possible) |= target(option);
      move.irregular = move.irregular || option.transition->irregular;
    }
    move.states |= shared_target(certain, possible, state);
    return;
  }
  for (const Option* option : held) {
    move.states |= target(*option);
    move.transition = option->number;
    move.irregular = move.irregular || (option->transition->irregular && held.size() == 1);
    if (option->guard == Truth::unknown && option->where == Truth::yes) finding(ProcessRemark::guard_unknown, *option);
  }
  if (!sure) move.states |= state;
}

Move ProcessRunner::move(const Touched& touched, std::int32_t row) {
  Move made;
  const Rule& process = rule(touched.process);
  // What selects the row sees the others as the row leaves them; a guard sees them before it too.
  const Context judged = context(touched.process, touched.scope, row);
  Context selecting = judged;
  selecting.either_side = false;
  scratch_.clear();
  Options options(scratch_.memory());
  const EventId event = history_.row(row).event;
  for (std::size_t i = 0; i < process.transitions.size(); ++i) {
    const Transition& transition = process.transitions[i];
    if (transition.event != event) continue;
    const Truth where = evaluator_.where(program_.selectors[static_cast<std::size_t>(transition.on)], selecting);
    if (where != Truth::no) options.push_back({&transition, static_cast<std::int16_t>(i), where, Truth::yes});
  }
  if (options.empty()) return made;
  made.concerned = true;
  const std::uint64_t before = evaluator_.possible_states(touched.process, current(touched.process, touched.scope));
  std::uint64_t expected = 0;
  for (Option& option : options) {
    expected |= option.transition->from;
    if ((option.transition->from & before) != 0) option.guard = evaluator_.condition(option.transition->guard, judged);
  }
  if ((expected & before) == 0) {
    std::uint64_t certain = 0, possible = 0;
    for (const Option& option : options)  // One that stays leads nowhere.
      if (option.transition->to >= 0)
        (option.where == Truth::yes ? certain : possible) |= std::uint64_t{1} << option.transition->to;
    made.states = shared_target(certain, possible, before);
    const bool sure =
        std::any_of(options.begin(), options.end(), [](const Option& o) { return o.where == Truth::yes; });
    if (sure && touched.part == Truth::yes) {
      ProcessFinding finding;
      finding.process = touched.process;
      finding.scope = scope_id(evaluator_.scopes(touched.process).scopes()[static_cast<std::size_t>(touched.scope)]);
      finding.row = history_.row(row).row;
      finding.states = before;
      finding.expected = expected;
      made.findings.push_back(finding);
    }
  } else {
    for (std::uint64_t left = before & expected; left != 0; left &= left - 1)
      leave(touched, left & (~left + 1), options, made, row);
  }
  if (touched.part == Truth::unknown) made.states |= before;
  if (std::popcount(made.states) != 1) made.transition = -1;
  return made;
}

void ProcessRunner::report(Index process) {
  const ScopeIndex& index = evaluator_.scopes(process);
  const Rule& judged = rule(process);
  for (std::size_t scope = 0; scope < index.scopes().size(); ++scope) {
    if (!in_force(process, index.scopes()[scope])) continue;
    const auto& course = evaluator_.courses(process)[scope];
    Context now = context(process, static_cast<std::int32_t>(scope), -1);
    now.state_row = -1;
    if (evaluator_.condition(judged.when, now) == Truth::no) {
      std::erase_if(evaluator_.result().process_findings, [&](const ProcessFinding& finding) {
        return finding.process == process && finding.scope == scope_id(index.scopes()[scope]);
      });
      continue;
    }
    StateResult result;
    result.process = process;
    result.scope = scope_id(index.scopes()[scope]);
    result.states = evaluator_.possible_states(process, current(process, static_cast<std::int32_t>(scope)));
    result.irregular = course.irregular;
    if (!course.steps.empty()) {
      std::size_t at = course.steps.size() - 1;
      while (at > 0 && course.steps[at - 1].states == result.states) --at;
      result.since = value_of(history_.row(course.steps[at].row).at);
      result.transition = course.steps[at].transition;
    }
    evaluator_.result().states.push_back(result);
    if (!evaluator_.options().next) continue;
    for (std::size_t i = 0; i < judged.transitions.size(); ++i) {
      const Transition& transition = judged.transitions[i];
      if ((transition.from & result.states) == 0) continue;
      evaluator_.result().next.push_back(
          {process, result.scope, static_cast<std::int16_t>(i), evaluator_.condition(transition.guard, now)});
    }
  }
}

}  // namespace

void run_processes(Evaluator& evaluator) { ProcessRunner(evaluator).run(); }

}  // namespace cpc
