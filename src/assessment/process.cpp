#include <algorithm>
#include <bit>

#include "assessment/judges.h"

namespace cpc {
namespace {

/// A transition that may be taken on the row.
struct Option {
  const Transition* transition;
  std::int16_t number;
  Truth where;
  Truth guard;
};

using Options = std::pmr::vector<Option>;
using Move = ProcessLists::Move;
using Touched = ProcessLists::Touched;

void take(Move& move, const Option& option) {
  move.sure = move.sure && (move.transition < 0 || move.transition == option.number);
  move.transition = option.number;
  move.irregular = move.irregular || option.transition->irregular;
}

class ProcessRunner {
 public:
  ProcessRunner(Evaluator& evaluator, ProcessLists& lists)
      : evaluator_(evaluator),
        program_(evaluator.program()),
        history_(evaluator.history()),
        touched_(lists.touched),
        moves_(lists.moves),
        findings_(lists.findings),
        silent_(lists.silent) {}

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
  void step(std::int32_t row);
  void find_touched(std::int32_t row);
  bool move_on(std::size_t number, std::int32_t row);
  [[nodiscard]] Move move(const Touched& touched, std::int32_t row);
  void find_options(const Touched& touched, std::int32_t row, Options& options);
  [[nodiscard]] ProcessFinding finding(const Touched& touched, ProcessRemark remark, std::uint64_t states,
                                       std::int32_t row) const;
  void note_guards(const Touched& touched, std::uint64_t state, const Options& options, std::int32_t row);
  static void follow(std::uint64_t before, const Options& options, const Option* perhaps, Move& move);
  void report(Index process);
  void report_scope(Index process, std::int32_t scope);
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
  Scratch<1024> scratch_;  ///< Of one move.
  std::vector<Touched>& touched_;
  std::vector<Move>& moves_;
  std::vector<ProcessFinding>& findings_;  ///< Of `moves_`, and of moves made anew since.
  std::vector<std::uint8_t>& silent_;      ///< Per scope of a process: it does not apply.
};

void ProcessRunner::find_touched(std::int32_t row) {
  touched_.clear();
  for (const auto& [process, transitions] : program_.movers[history_.row(row).event]) {
    const ScopeIndex& index = evaluator_.scopes(process);
    const bool per_child = (index.type().set & child_bit) != 0;
    for (std::size_t place = 0; place < (per_child ? history_.child_order().size() : 1); ++place) {
      const int child = per_child ? history_.child_order()[place] : -1;
      if (per_child && (history_.row(row).children >> child & 1) == 0) continue;
      if (const std::int32_t scope = index.scope_of(history_, row, child); scope >= 0) {
        if (in_force(process, index.scopes()[static_cast<std::size_t>(scope)]))
          touched_.push_back({process, &transitions, scope, Truth::yes});
        continue;
      }
      for (std::size_t scope = 0; scope < index.scopes().size(); ++scope) {
        if (index.scopes()[scope].child != child || !in_force(process, index.scopes()[scope])) continue;
        const Truth part = index.takes_part(history_, row, index.scopes()[scope]);
        if (part != Truth::no) touched_.push_back({process, &transitions, static_cast<std::int32_t>(scope), part});
      }
    }
  }
}

/// All processes move together: guards see how the others stand before the row and after it. Those that look at others
/// are moved again until nothing changes, as one may wait for another that waits for a third.
void ProcessRunner::step(std::int32_t row) {
  find_touched(row);
  const bool waiting = std::any_of(touched_.begin(), touched_.end(),
                                   [&](const Touched& touched) { return rule(touched.process).reads_others; });
  const std::size_t most_passes = touched_.size() < 2 || !waiting ? 1 : touched_.size() + 1;
  moves_.resize(touched_.size());
  findings_.clear();
  bool changed = true;
  for (std::size_t pass = 0; pass < most_passes && changed; ++pass) {
    changed = false;
    for (std::size_t i = 0; i < touched_.size(); ++i)
      if (pass == 0 || rule(touched_[i].process).reads_others) changed = move_on(i, row) || changed;
  }
  auto& found = evaluator_.result().process_findings;
  for (std::size_t i = 0; i < moves_.size(); ++i) {
    const Move& made = moves_[i];
    auto& course = evaluator_.courses(touched_[i].process)[static_cast<std::size_t>(touched_[i].scope)];
    course.irregular = course.irregular || made.irregular;
    const auto first = findings_.begin() + static_cast<std::ptrdiff_t>(made.first_finding);
    found.insert(found.end(), first, first + static_cast<std::ptrdiff_t>(made.finding_count));
  }
}

/// Moves one process by the row, in place of how it was moved by it before. Whether it stands elsewhere now.
bool ProcessRunner::move_on(std::size_t number, std::int32_t row) {
  const Touched& touched = touched_[number];
  auto& steps = evaluator_.courses(touched.process)[static_cast<std::size_t>(touched.scope)].steps;
  const std::uint64_t last = current(touched.process, touched.scope);
  if (!steps.empty() && steps.back().row == row) steps.pop_back();
  const std::size_t first = findings_.size();
  Move& made = moves_[number] = move(touched, row);
  made.first_finding = first;
  made.finding_count = findings_.size() - first;
  if (made.concerned) steps.push_back({row, made.states, made.transition});
  return current(touched.process, touched.scope) != last;
}

ProcessFinding ProcessRunner::finding(const Touched& touched, ProcessRemark remark, std::uint64_t states,
                                      std::int32_t row) const {
  ProcessFinding out;
  out.process = touched.process;
  out.scope = scope_id(evaluator_.scopes(touched.process).scopes()[static_cast<std::size_t>(touched.scope)]);
  out.remark = remark;
  out.row = history_.row(row).row;
  out.states = states;
  return out;
}

/// What the row's transitions out of one state leave to say: of guards that are not so, or not known.
void ProcessRunner::note_guards(const Touched& touched, std::uint64_t state, const Options& options, std::int32_t row) {
  const auto note = [&](ProcessRemark remark, const Option& option) {
    findings_.push_back(finding(touched, remark, state, row));
    findings_.back().transition = option.number;
  };
  const auto leaves = [&](const Option& option) { return (option.transition->from & state) != 0; };
  const bool held = std::any_of(options.begin(), options.end(),
                                [&](const Option& option) { return leaves(option) && option.guard != Truth::no; });
  for (const Option& option : options) {
    if (!leaves(option)) continue;
    if (!held)
      note(option.where == Truth::yes ? ProcessRemark::guard_no : ProcessRemark::guard_unknown, option);
    else if (option.guard == Truth::unknown && option.where == Truth::yes)
      note(ProcessRemark::guard_unknown, option);
  }
}

/// Where the process may stand after the row if it is what the sure options select and, besides, what `perhaps` does.
void ProcessRunner::follow(std::uint64_t before, const Options& options, const Option* perhaps, Move& move) {
  const auto selects = [&](const Option& option) { return option.where == Truth::yes || &option == perhaps; };
  std::uint64_t expected = 0;
  std::uint64_t targets = 0;
  for (const Option& option : options) {
    if (!selects(option)) continue;
    expected |= option.transition->from;
    if (option.transition->to >= 0)
      targets |= std::uint64_t{1} << option.transition->to;  // One that stays leads nowhere.
  }
  if ((expected & before) == 0) {
    move.states |= std::popcount(targets) == 1 ? targets : before;
    move.sure = false;
    return;
  }
  for (std::uint64_t left = before & expected; left != 0; left &= left - 1) {
    const std::uint64_t state = left & (~left + 1);
    // Those whose guard may hold; where none of them does, what happened is followed all the same.
    for (const bool unheld : {false, true}) {
      targets = 0;
      for (const Option& option : options) {
        if (!selects(option) || (option.transition->from & state) == 0 || (option.guard == Truth::no) != unheld)
          continue;
        targets |= option.transition->to < 0 ? state : std::uint64_t{1} << option.transition->to;
        take(move, option);
      }
      if (targets == 0) continue;
      move.states |= unheld && std::popcount(targets) != 1 ? state : targets;
      break;
    }
  }
}

/// The transitions that the row may be the event of. What selects it sees the other processes as the row leaves them.
void ProcessRunner::find_options(const Touched& touched, std::int32_t row, Options& options) {
  const Rule& process = rule(touched.process);
  Context selecting = context(touched.process, touched.scope, row);
  selecting.either_side = false;
  for (const std::int16_t number : *touched.transitions) {
    const Transition& transition = process.transitions[static_cast<std::size_t>(number)];
    const Truth where = evaluator_.where(program_.selectors[static_cast<std::size_t>(transition.on)], selecting);
    if (where != Truth::no) options.push_back({&transition, number, where, Truth::yes});
  }
}

Move ProcessRunner::move(const Touched& touched, std::int32_t row) {
  Move made;
  scratch_.clear();
  Options options(scratch_.memory());
  find_options(touched, row, options);
  if (options.empty()) return made;
  made.concerned = true;
  const std::uint64_t before = evaluator_.possible_states(touched.process, current(touched.process, touched.scope));
  // A guard sees the other processes before the row too.
  const Context judged = context(touched.process, touched.scope, row);
  std::uint64_t expected = 0;
  bool sure = false;
  for (Option& option : options) {
    expected |= option.transition->from;
    sure = sure || option.where == Truth::yes;
    if ((option.transition->from & before) != 0) option.guard = evaluator_.condition(option.transition->guard, judged);
  }
  if ((expected & before) == 0 && sure && touched.part == Truth::yes) {
    ProcessFinding out = finding(touched, ProcessRemark::out_of_sequence, before, row);
    out.expected = expected;
    findings_.push_back(out);
  }
  for (std::uint64_t left = before & expected; left != 0; left &= left - 1)
    note_guards(touched, left & (~left + 1), options, row);
  // What one of several transitions selects is mostly not what another does: each that is not sure is followed alone.
  if (sure) follow(before, options, nullptr, made);
  for (const Option& option : options)
    if (option.where == Truth::unknown) follow(before, options, &option, made);
  if (!sure || touched.part == Truth::unknown) {
    made.states |= before;
    made.sure = false;
  }
  made.irregular = made.irregular && made.sure;
  if (!made.sure || std::popcount(made.states) != 1) made.transition = -1;
  return made;
}

/// Where a process stands in one scope, since when, and what may happen next.
void ProcessRunner::report_scope(Index process, std::int32_t scope) {
  const Rule& judged = rule(process);
  const auto& course = evaluator_.courses(process)[static_cast<std::size_t>(scope)];
  Context now = context(process, scope, -1);
  now.state_row = -1;
  StateResult result;
  result.process = process;
  result.scope = scope_id(now.in());
  result.states = evaluator_.possible_states(process, current(process, scope));
  result.irregular = course.irregular;
  if (!course.steps.empty()) {
    std::size_t at = course.steps.size() - 1;
    while (at > 0 && course.steps[at - 1].states == result.states) --at;
    result.since = value_of(history_.row(course.steps[at].row).at);
    result.transition = course.steps[at].transition;
  }
  evaluator_.result().states.push_back(result);
  if (!evaluator_.options().next) return;
  for (std::size_t i = 0; i < judged.transitions.size(); ++i) {
    const Transition& transition = judged.transitions[i];
    if ((transition.from & result.states) == 0) continue;
    evaluator_.result().next.push_back(
        {process, result.scope, static_cast<std::int16_t>(i), evaluator_.condition(transition.guard, now)});
  }
}

void ProcessRunner::report(Index process) {
  const ScopeIndex& index = evaluator_.scopes(process);
  silent_.assign(index.scopes().size(), 0);
  bool any_silent = false;
  for (std::size_t scope = 0; scope < index.scopes().size(); ++scope) {
    if (!in_force(process, index.scopes()[scope])) continue;
    Context now = context(process, static_cast<std::int32_t>(scope), -1);
    now.state_row = -1;
    if (evaluator_.condition(rule(process).when, now) == Truth::no)
      silent_[scope] = 1, any_silent = true;
    else
      report_scope(process, static_cast<std::int32_t>(scope));
  }
  if (!any_silent) return;
  // A process that does not apply to a scope has nothing to say of it.
  std::erase_if(evaluator_.result().process_findings, [&](const ProcessFinding& finding) {
    if (finding.process != process) return false;
    const auto& [first, second] = finding.scope.instance;
    const std::int32_t scope = index.find(finding.scope.child, first, second);
    return scope >= 0 && silent_[static_cast<std::size_t>(scope)] != 0;
  });
}

}  // namespace

void run_processes(Evaluator& evaluator, ProcessLists& lists) { ProcessRunner(evaluator, lists).run(); }

}  // namespace cpc
