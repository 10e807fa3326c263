#include <algorithm>
#include <optional>

#include "assessment/judges.h"
#include "date/limit.h"

namespace cpc {
namespace {

constexpr std::size_t most_pairs = 16;  ///< More candidates of `from` and `until` than this leave a limit undetermined.

/// Where the limits of a rule lie for one anchor.
struct Due {
  bool any = false;      ///< The rule has limits that apply.
  bool waiting = false;  ///< An anchor has not happened.
  bool unknown = false;  ///< An anchor's date, or whether a limit applies, is not known.
  Limit limit;
  Period period;
  bool ahead = false;
};

/// The day on which the occasion went, or the rule's condition turned no.
struct Gone {
  bool gone = false;
  bool unknown = false;  ///< It may have gone from `since` on, before `day`.
  Day day;
  Day since;
};

/// One verdict for one pair of candidates.
struct Verdict {
  TimescaleStatus status = TimescaleStatus::waiting;
  Because because = Because::nothing;
  DateValue from;
  DateValue until;
  Due due;
  Amount amount;
  bool has_amount = false;
  bool time_not_given = false;
};

using Dates = std::pmr::vector<DateValue>;
using Verdicts = std::pmr::vector<Verdict>;

bool counts_hours(Unit unit) { return unit == Unit::minute || unit == Unit::hour; }

class TimescaleJudge {
 public:
  TimescaleJudge(Evaluator& evaluator, Index rule)
      : evaluator_(evaluator),
        program_(evaluator.program()),
        history_(evaluator.history()),
        index_(evaluator.scopes(rule)),
        number_(rule),
        rule_(program_.rules[static_cast<std::size_t>(rule)]),
        until_(program_.selectors[static_cast<std::size_t>(rule_.until)]) {}

  void judge_all() {
    for (std::size_t scope = 0; scope < index_.scopes().size(); ++scope) {
      context_ = Context{};
      context_.index = &index_;
      context_.scope = static_cast<std::int32_t>(scope);
      judge_scope();
    }
  }

 private:
  void judge_scope();
  void judge_each(bool of_from);
  void judge_cycles();
  void judge_once(std::int32_t cycle);
  void judge_pairs(const Dates& froms, std::int32_t cycle);
  [[nodiscard]] Verdict judge_pair(const DateValue& from, const DateValue& until);
  void judge_missing(Verdict& verdict, const Gone& gone);
  [[nodiscard]] Due due_after(const DateValue& from);
  [[nodiscard]] Gone gone_after(Moment from);
  [[nodiscard]] Gone condition_ends(Moment from);
  void collect_processes(Index node, RowList& found) const;
  [[nodiscard]] Dates one(const DateValue& value) { return Dates(1, value, scratch_.memory()); }
  [[nodiscard]] Dates from_candidates();
  [[nodiscard]] Dates until_candidates();
  void combine(const Verdicts& verdicts, std::int32_t cycle);
  void emit(TimescaleResult result);
  void emit_plain(TimescaleStatus status, Because because, std::int32_t cycle = 0);
  [[nodiscard]] Amount amount_between(Moment a, Moment b, Unit unit) const;
  [[nodiscard]] bool in_force(Day day) const { return rule_.in_force_from <= day && day <= rule_.in_force_to; }
  [[nodiscard]] DateValue as_of() const { return {DateValue::State::known, evaluator_.options().as_of, -1}; }

  Evaluator& evaluator_;
  const Program& program_;
  const History& history_;
  const ScopeIndex& index_;
  Index number_;
  const Rule& rule_;
  const Picked& until_;
  Context context_;
  Scratch<4096> scratch_;
};

Amount TimescaleJudge::amount_between(Moment a, Moment b, Unit unit) const {
  Amount amount;
  amount.unit = counts_hours(unit) || unit == Unit::working_day ? unit : Unit::day;
  amount.days = b.day - a.day;
  if (unit == Unit::working_day) {
    amount.count = program_.calendar.working_days_between(a.day, b.day);
  } else if (counts_hours(unit) && a.has_time() && b.has_time()) {
    amount.minutes = static_cast<std::int32_t>(elapsed_minutes(a, b));
    amount.count = unit == Unit::hour ? amount.minutes / 60 : amount.minutes;
  } else {
    amount.unit = Unit::day;
    amount.count = amount.days;
  }
  return amount;
}

void TimescaleJudge::emit(TimescaleResult result) {
  result.rule = number_;
  result.scope = scope_id(context_.in());
  result.unverified = rule_.unverified;
  if (rule_.authorised_by >= 0 && result.status != TimescaleStatus::not_applicable) {
    const Truth authorised = evaluator_.occurs(rule_.authorised_by, context_);
    result.authorised = authorised == Truth::yes  ? Authorised::yes
                        : authorised == Truth::no ? Authorised::no
                                                  : Authorised::unknown;
  }
  const auto status = result.status;
  if (status == TimescaleStatus::late || status == TimescaleStatus::overdue || status == TimescaleStatus::missed ||
      status == TimescaleStatus::out_of_order)
    result.explained = explained(evaluator_, number_, context_.in(), index_);
  evaluator_.result().timescales.push_back(result);
}

void TimescaleJudge::emit_plain(TimescaleStatus status, Because because, std::int32_t cycle) {
  // Nothing dates it, nor a cycle that has not begun: the edition of the day of the judgement speaks.
  const bool dated = context_.in().dated && !rule_.text->repeats;
  if (!dated && !in_force(evaluator_.options().as_of.day)) return;
  TimescaleResult result;
  result.status = status;
  result.because = because;
  result.cycle = cycle;
  emit(result);
}

void TimescaleJudge::judge_scope() {
  scratch_.clear();
  const Scope& scope = context_.in();
  const bool by_instance = scope.dated && !rule_.text->repeats;
  if (by_instance && !in_force(scope.begin)) return;
  const Truth applies = evaluator_.condition(rule_.when, context_);
  if (applies == Truth::no) return emit_plain(TimescaleStatus::not_applicable, Because::nothing);
  if (applies == Truth::unknown) {
    if (evaluator_.options().needs) evaluator_.needs(rule_.when, context_, number_);
    evaluator_.take_as_kept(true);
    const bool only_not_kept = evaluator_.condition(rule_.when, context_) != Truth::unknown;
    evaluator_.take_as_kept(false);
    return emit_plain(TimescaleStatus::undetermined, only_not_kept ? Because::not_recorded : Because::facts_missing);
  }
  if (rule_.text->repeats) return judge_cycles();
  const DateRef& from = program_.dates[static_cast<std::size_t>(rule_.from)];
  if (from.source == DateText::Source::selector &&
      program_.selectors[static_cast<std::size_t>(from.selector)].pick == Selector::Pick::each)
    return judge_each(true);
  if (until_.pick == Selector::Pick::each) return judge_each(false);
  judge_once(0);
}

/// One entry for each row of `from`, or of `until`, that counts.
void TimescaleJudge::judge_each(bool of_from) {
  const Index selector = of_from ? program_.dates[static_cast<std::size_t>(rule_.from)].selector : rule_.until;
  const Picked& picked = program_.selectors[static_cast<std::size_t>(selector)];
  const auto& offset = program_.dates[static_cast<std::size_t>(rule_.from)].offset;
  RowList chosen(scratch_.memory());
  bool perhaps = false;
  index_.rows(history_, context_.scope, picked.event, [&](std::int32_t row, Truth part) {
    const Truth counts = evaluator_.row_counts(picked, row, part, context_);
    if (counts == Truth::yes) chosen.push_back(row);
    perhaps = perhaps || counts == Truth::unknown;
    return true;
  });
  const bool is_open = evaluator_.open(picked, context_);
  if (chosen.empty() && !perhaps)
    return emit_plain(is_open ? TimescaleStatus::undetermined : TimescaleStatus::not_applicable,
                      is_open ? Because::not_recorded : Because::nothing);
  for (const std::int32_t row : chosen) {
    const DateValue date = evaluator_.date_of_row(picked, row, context_);
    if (of_from) {
      judge_pairs(one(evaluator_.moved(date, offset)), 0);
    } else {
      Verdicts verdicts(scratch_.memory());
      for (const DateValue& from : from_candidates()) verdicts.push_back(judge_pair(from, date));
      combine(verdicts, 0);
    }
  }
  if (perhaps) {
    if (evaluator_.options().needs) evaluator_.needs_of_selector(selector, context_, number_);
    emit_plain(TimescaleStatus::undetermined, Because::facts_missing);
  }
}

Dates TimescaleJudge::from_candidates() {
  const DateRef& from = program_.dates[static_cast<std::size_t>(rule_.from)];
  if (from.source != DateText::Source::selector) {
    DateValue value = evaluator_.date(rule_.from, context_);
    // A dated fact that nothing gives yet: its anchor has not happened.
    if (value.state == DateValue::State::unknown && from.source == DateText::Source::fact) {
      const Fact& fact = program_.facts[static_cast<std::size_t>(from.fact)];
      const std::int16_t conference = fact.kind >= 0 ? evaluator_.instance(fact.kind, context_) : no_instance;
      // A conference that sat or was arranged has a date, though it is not given.
      const bool has_date = fact.derived == Derived::conference_date && conference >= 0 &&
                            (history_.instance(conference).sitting || history_.instance(conference).arranged_row >= 0);
      if (!has_date) value.state = DateValue::State::absent;
    }
    return one(value);
  }
  Dates values(scratch_.memory());
  const Picked& picked = program_.selectors[static_cast<std::size_t>(from.selector)];
  evaluator_.each_candidate(from.selector, context_, [&](std::int32_t row) {
    values.push_back(evaluator_.moved(evaluator_.date_of_row(picked, row, context_), from.offset));
  });
  return values;
}

Dates TimescaleJudge::until_candidates() {
  Dates values(scratch_.memory());
  evaluator_.each_candidate(rule_.until, context_,
                            [&](std::int32_t row) { values.push_back(evaluator_.date_of_row(until_, row, context_)); });
  return values;
}

void TimescaleJudge::judge_once(std::int32_t cycle) {
  const DateRef& from = program_.dates[static_cast<std::size_t>(rule_.from)];
  if (!from.uses_until) return judge_pairs(from_candidates(), cycle);
  // `from` looks back from `until`: what ended it is found first.
  Verdicts verdicts(scratch_.memory());
  for (const DateValue& until : until_candidates()) {
    context_.until = until.state == DateValue::State::absent ? as_of() : until;
    for (const DateValue& anchor : from_candidates()) verdicts.push_back(judge_pair(anchor, until));
  }
  context_.until = {};
  combine(verdicts, cycle);
}

void TimescaleJudge::judge_pairs(const Dates& froms, std::int32_t cycle) {
  Verdicts verdicts(scratch_.memory());
  for (const DateValue& from : froms) {
    context_.from = from;
    for (const DateValue& until : until_candidates()) verdicts.push_back(judge_pair(from, until));
  }
  context_.from = {};
  combine(verdicts, cycle);
}

Due TimescaleJudge::due_after(const DateValue& from) {
  Due due;
  for (const LimitRef& ref : rule_.limits) {
    const Truth applies = evaluator_.condition(ref.when, context_);
    if (applies == Truth::no) continue;
    if (applies == Truth::unknown) {
      due.unknown = true;
      continue;
    }
    const DateValue anchor = ref.from >= 0 ? evaluator_.date(ref.from, context_) : from;
    if (anchor.state == DateValue::State::absent) {
      due.waiting = true;
      continue;
    }
    if (anchor.state == DateValue::State::unknown) {
      due.unknown = true;
      continue;
    }
    const Limit limit = ref.ahead ? limit_before(anchor.at, ref.period, program_.calendar)
                                  : limit_after(anchor.at, ref.period, program_.calendar);
    const bool later = due.any && compare_moments(limit.at, due.limit.at) > 0;
    if (!due.any || later == rule_.text->take_latest) {
      due.limit = limit;
      due.period = ref.period;
      due.ahead = ref.ahead;
    }
    due.any = true;
  }
  return due;
}

void TimescaleJudge::collect_processes(Index at, RowList& found) const {
  if (at < 0) return;
  const Node& node = program_.nodes[static_cast<std::size_t>(at)];
  if (node.op == Condition::Op::state) found.push_back(evaluator_.edition(node, context_).rule);
  for (Index i = 0; i < node.count; ++i)
    collect_processes(program_.parts[static_cast<std::size_t>(node.first + i)], found);
}

/// The first day, from the anchor's day on, at whose end `while` is no.
Gone TimescaleJudge::condition_ends(Moment from) {
  Gone gone;
  RowList processes(scratch_.memory());
  collect_processes(rule_.during, processes);
  RowList changes(scratch_.memory());
  for (const Index process : processes) {
    const std::int32_t scope = evaluator_.related_scope(evaluator_.scopes(process), context_);
    const auto& courses = evaluator_.courses(process);
    if (scope < 0 || static_cast<std::size_t>(scope) >= courses.size()) continue;
    for (const auto& step : courses[static_cast<std::size_t>(scope)].steps) changes.push_back(step.row);
  }
  std::sort(changes.begin(), changes.end());
  // The last change on or before the anchor's day tells how it stood at that day's end.
  std::int32_t start = -1;
  for (const std::int32_t row : changes)
    if (row >= 0 && history_.row(row).at.day <= from.day) start = row;
  Context context = context_;
  const auto holds = [&](std::int32_t row) {
    context.state_row = std::max(row, 0);
    return evaluator_.condition(rule_.during, context);
  };
  const auto note = [&](Truth truth, Day day) {
    if (truth == Truth::yes) gone.unknown = false;
    if (truth == Truth::unknown && !gone.unknown) gone.unknown = true, gone.since = day;
    if (truth == Truth::no) gone.gone = true, gone.day = day;
    return gone.gone;
  };
  if (note(holds(start), from.day)) return gone;
  for (const std::int32_t row : changes) {
    if (row <= start || row < 0) continue;
    if (note(holds(row), history_.row(row).at.day)) return gone;
  }
  return gone;
}

Gone TimescaleJudge::gone_after(Moment from) {
  Gone gone;
  if (rule_.during >= 0) gone = condition_ends(from);
  const auto sooner = [&](Day day) {
    if (!gone.gone || day < gone.day) gone.gone = true, gone.day = day;
    gone.unknown = gone.unknown && gone.since < gone.day;
  };
  const Scope& scope = context_.in();
  if (scope.child >= 0) {
    const Value died = history_.children()[static_cast<std::size_t>(scope.child)].date_of_death;
    if (died != unknown_value && moment_of(died).day <= evaluator_.options().as_of.day) sooner(moment_of(died).day);
  }
  if (rule_.about_conference) {
    const std::int16_t conference = evaluator_.instance(static_cast<int>(Kind::conference), context_);
    if (conference >= 0) {
      const InstanceState& state = history_.instance(conference);
      if (state.first_session != unknown_value) sooner(moment_of(state.first_session).day);
      if (state.cancelled != unknown_value) sooner(moment_of(state.cancelled).day);
    }
  }
  return gone;
}

/// What is to be said where nothing has ended the limit.
void TimescaleJudge::judge_missing(Verdict& verdict, const Gone& gone) {
  const Moment now = evaluator_.options().as_of;
  const Moment due = verdict.due.limit.at;
  if (!verdict.due.any) {
    verdict.status = gone.gone ? TimescaleStatus::not_applicable : TimescaleStatus::pending;
    verdict.because = gone.gone ? Because::lapsed : Because::nothing;
    verdict.amount = amount_between(verdict.from.at, now, Unit::day);
    verdict.has_amount = !gone.gone;
    return;
  }
  const bool passed = compare_moments(now, due) > 0;
  // The conference itself ends a limit that lies ahead of it, whatever the time of day.
  const bool held =
      rule_.about_conference && gone.gone && evaluator_.instance(static_cast<int>(Kind::conference), context_) >= 0 &&
      history_.instance(evaluator_.instance(static_cast<int>(Kind::conference), context_)).first_session !=
          unknown_value;
  const bool missed = gone.gone && (held || gone.day > due.day);
  if (gone.unknown && (!gone.gone || (missed && !held && gone.since <= due.day))) {
    verdict.status = TimescaleStatus::undetermined;
    verdict.because = Because::facts_missing;
    return;
  }
  if (gone.gone) {
    verdict.status = missed ? TimescaleStatus::missed : TimescaleStatus::not_applicable;
    verdict.because = missed ? Because::nothing : Because::lapsed;
    return;
  }
  verdict.status = passed ? TimescaleStatus::overdue : TimescaleStatus::pending;
  verdict.amount =
      passed ? amount_between(due, now, verdict.due.period.unit) : amount_between(now, due, verdict.due.period.unit);
  verdict.has_amount = true;
}

Verdict TimescaleJudge::judge_pair(const DateValue& from, const DateValue& until) {
  Verdict verdict;
  verdict.from = from;
  verdict.until = until;
  if (from.state == DateValue::State::absent) return verdict;
  if (from.state == DateValue::State::unknown) {
    verdict.status = TimescaleStatus::undetermined;
    const bool of_rows = program_.dates[static_cast<std::size_t>(rule_.from)].source == DateText::Source::selector;
    verdict.because = of_rows && from.row < 0 ? Because::not_recorded : Because::date_not_known;
    return verdict;
  }
  verdict.due = due_after(from);
  const Gone gone = gone_after(from.at);
  const bool happened = until.state != DateValue::State::absent;
  if (verdict.due.unknown || (verdict.due.waiting && !verdict.due.any)) {
    verdict.status = verdict.due.unknown ? TimescaleStatus::undetermined : TimescaleStatus::waiting;
    verdict.because = verdict.due.unknown ? Because::facts_missing : Because::nothing;
    return verdict;
  }
  if (happened && until.state == DateValue::State::unknown) {
    verdict.status = TimescaleStatus::undetermined;
    verdict.because = until.row >= 0 ? Because::date_not_known : Because::not_recorded;
    return verdict;
  }
  const bool too_late_to_count = happened && gone.gone && !rule_.about_conference && until.at.day > gone.day;
  if (!happened || too_late_to_count) {
    if (too_late_to_count) verdict.until = {};
    judge_missing(verdict, gone);
    return verdict;
  }
  if (gone.unknown && !rule_.about_conference && until.at.day > gone.since) {
    verdict.status = TimescaleStatus::undetermined;
    verdict.because = Because::facts_missing;
    return verdict;
  }
  const Unit unit = verdict.due.any ? verdict.due.period.unit : Unit::day;
  if (!verdict.due.ahead && unit != Unit::gestation_week && compare_moments(until.at, from.at) < 0) {
    verdict.status = TimescaleStatus::out_of_order;
    return verdict;
  }
  verdict.has_amount = true;
  if (!verdict.due.any) {
    verdict.status = TimescaleStatus::met;
    verdict.amount = amount_between(from.at, until.at, Unit::day);
    return verdict;
  }
  const Moment due = verdict.due.limit.at;
  verdict.time_not_given = verdict.due.limit.time_not_given || (counts_hours(unit) && !until.at.has_time());
  const bool late = compare_moments(until.at, due) > 0;
  verdict.status = late ? TimescaleStatus::late : TimescaleStatus::met;
  verdict.amount = late                ? amount_between(due, until.at, unit)
                   : verdict.due.ahead ? amount_between(until.at, from.at, unit)
                                       : amount_between(from.at, until.at, unit);
  return verdict;
}

void TimescaleJudge::combine(const Verdicts& verdicts, std::int32_t cycle) {
  TimescaleResult result;
  result.cycle = cycle;
  if (verdicts.empty()) return;
  const Verdict* first = &verdicts.front();
  bool same = verdicts.size() <= most_pairs;
  for (const Verdict& verdict : verdicts) {
    same = same && verdict.status == first->status;
    if (verdict.due.any && first->due.any && compare_moments(verdict.due.limit.at, first->due.limit.at) < 0)
      first = &verdict;
  }
  const auto& scope = context_.in();
  const Day edition_day =
      rule_.text->repeats || !scope.dated
          ? (first->from.state == DateValue::State::known ? first->from.at.day : evaluator_.options().as_of.day)
          : scope.begin;
  if (!in_force(edition_day)) return;
  result.status = same ? first->status : TimescaleStatus::undetermined;
  // Where the rows that are there all say the same, only those that the host does not keep leave it open.
  const Verdict* kept = nullptr;
  bool kept_same = true;
  for (const Verdict& verdict : verdicts) {
    if (verdict.because == Because::not_recorded) continue;
    kept_same = kept_same && (kept == nullptr || kept->status == verdict.status);
    kept = &verdict;
  }
  const bool not_kept_alone = kept != nullptr && kept_same && kept->status != TimescaleStatus::undetermined;
  result.because = same ? first->because : not_kept_alone ? Because::not_recorded : Because::several_possible;
  const auto row_of = [&](const DateValue& value) { return value.row >= 0 ? history_.row(value.row).row : -1; };
  const auto stored = [](const DateValue& value) {
    return value.state == DateValue::State::known ? value_of(value.at) : unknown_value;
  };
  if (same) {
    result.from = stored(first->from);
    result.ended = stored(first->until);
    result.from_row = row_of(first->from);
    result.until_row = row_of(first->until);
    result.amount = first->amount;
    result.has_amount = first->has_amount;
  }
  for (const Verdict& verdict : verdicts) {
    if (!verdict.due.any) continue;
    const Value at = value_of(verdict.due.limit.at);
    result.provisional = result.provisional || verdict.due.limit.provisional;
    result.time_not_given = result.time_not_given || verdict.time_not_given;
    if (result.due_from == unknown_value || at < result.due_from) result.due_from = at;
    if (result.due_to == unknown_value || at > result.due_to) result.due_to = at;
  }
  if (result.due_from != unknown_value) {
    if (same) result.due = value_of(first->due.limit.at);
    const Day act_by = program_.calendar.working_day_on_or_before(moment_of(same ? result.due : result.due_from).day);
    result.act_by = value_of(Moment{act_by, -1});
  }
  if (same && result.due_from == result.due_to) result.due_from = result.due_to = unknown_value;
  if (result.status == TimescaleStatus::undetermined && evaluator_.options().needs) {
    const DateRef& from = program_.dates[static_cast<std::size_t>(rule_.from)];
    if (from.source == DateText::Source::selector) evaluator_.needs_of_selector(from.selector, context_, number_);
    evaluator_.needs_of_selector(rule_.until, context_, number_);
    for (const LimitRef& limit : rule_.limits) evaluator_.needs(limit.when, context_, number_);
  }
  emit(result);
}

/// A rule that repeats: each cycle runs from the deciding session of the conference that ended the one before.
void TimescaleJudge::judge_cycles() {
  Dates froms = from_candidates();
  if (froms.size() != 1 || froms.front().state != DateValue::State::known) {
    if (froms.size() == 1 && froms.front().state == DateValue::State::absent)
      return emit_plain(TimescaleStatus::waiting, Because::nothing);
    if (evaluator_.options().needs)
      evaluator_.needs_of_selector(program_.dates[static_cast<std::size_t>(rule_.from)].selector, context_, number_);
    return emit_plain(TimescaleStatus::undetermined, Because::several_possible);
  }
  DateValue from = froms.front();
  for (std::int32_t cycle = 1;; ++cycle) {
    if (rule_.during >= 0) {
      const Gone gone = condition_ends(from.at);
      if (gone.gone && gone.day <= from.at.day) {
        if (cycle == 1) emit_plain(TimescaleStatus::not_applicable, Because::lapsed);
        return;
      }
    }
    judge_pairs(one(from), cycle);
    context_.from = from;
    const Dates ends = until_candidates();
    context_.from = {};
    if (ends.size() != 1 || ends.front().state != DateValue::State::known || ends.front().row < 0) return;
    DateValue next = ends.front();
    const std::int16_t conference = history_.row(next.row).instance[static_cast<std::size_t>(Kind::conference)];
    if (conference >= 0) {
      const Value decided = history_.deciding_session(conference, context_.in().child);
      if (decided != unknown_value && compare_moments(moment_of(decided), next.at) > 0) next.at = moment_of(decided);
    }
    if (compare_moments(next.at, from.at) <= 0) return;
    from = next;
  }
}

}  // namespace

void judge_timescale(Evaluator& evaluator, Index rule) {
  if (!evaluator.scopes(rule).scopes().empty()) TimescaleJudge(evaluator, rule).judge_all();
}

}  // namespace cpc
