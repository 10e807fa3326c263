#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <span>

#include "date/limit.h"
#include "rulebook/diff.h"
#include "rulebook/formula.h"
#include "rulebook/lint.h"
#include "rulebook/logic.h"
#include "rulebook/tree.h"

namespace cpc {
namespace {

using Type = RuleText::Type;

/// What two verdicts on parts of one whole come to.
Compared joined(Compared a, Compared b) {
  if (a == Compared::same) return b;
  if (b == Compared::same || a == b) return a;
  return Compared::different;
}

Compared opposite(Compared one) {
  if (one == Compared::stricter) return Compared::looser;
  return one == Compared::looser ? Compared::stricter : one;
}

std::string text_of(std::span<const Condition> conditions) {
  return conditions.empty() ? std::string() : formula(conditions.front());
}
std::string text_of(std::span<const Selector> selectors) {
  return selectors.empty() ? std::string() : formula(selectors.front());
}

class RulePair {
 public:
  RulePair(const RuleText& here, const RuleText& there, const Calendar& calendar, const Vocabulary& vocabulary)
      : here_(here), there_(there), calendar_(calendar), vocabulary_(vocabulary) {
    out_.here = &here;
    out_.there = &there;
  }

  RuleDifference compare();

 private:
  void add(std::string_view part, std::string here, std::string there, Compared compared) {
    out_.aspects.push_back({part, std::move(here), std::move(there), compared});
    out_.compared = joined(out_.compared, compared);
  }

  void compare_weight();
  void compare_scope();
  /// What differs, with answers that show it; `yes` and `no` say what a condition that holds, or not, means.
  struct Words {
    std::string_view part;
    const char* yes;
    const char* no;
  };
  void compare_conditions(const Words& words, std::span<const Condition> here, std::span<const Condition> there,
                          Compared where_here_alone, int event = -1);
  void compare_rows(const Words& words, const std::string& here, const std::string& there, const Selector& a,
                    const Selector& b, Compared where_here_alone);
  void show(const Words& words, std::span<const Condition> here, std::span<const Condition> there, int event);

  void compare_timescale();
  void compare_from();
  void compare_until();
  void compare_limits();
  void compare_due();
  void compare_anchor_days(bool last_here);

  void compare_may_proceed();
  void compare_judged();
  void compare_process();
  void compare_tree();
  [[nodiscard]] Domains domains() const {
    return domains(here_.at.empty() ? -1 : vocabulary_.event(here_.at.front().event));
  }
  [[nodiscard]] Domains domains(int event) const {
    return [this, event](const std::string& fact) { return values_of(vocabulary_, event, fact); };
  }

  const RuleText& here_;
  const RuleText& there_;
  const Calendar& calendar_;
  const Vocabulary& vocabulary_;
  RuleDifference out_;
  bool same_anchor_ = true;  ///< Both count from rows of one event, so that their limits can be laid side by side.
  bool same_day_ = true;     ///< And from the same one of them.
};

RuleDifference RulePair::compare() {
  compare_scope();
  switch (here_.type) {
    case Type::timescale:
      compare_timescale();
      break;
    case Type::requirement:
    case Type::quorum:
      compare_judged();
      break;
    case Type::process:
      compare_process();
      break;
    case Type::threshold:
      compare_tree();
      break;
    case Type::definition:
      compare_conditions({"means", "holds", "does not hold"}, here_.expect, there_.expect, Compared::different);
      break;
  }
  compare_weight();
  return std::move(out_);
}

int rank(Modality modality) {
  constexpr std::array<int, 5> ranks = {3, 3, 2, 1, 0};  // must and must_not bind alike
  return ranks[static_cast<std::size_t>(modality)];
}

void RulePair::compare_weight() {
  const auto by = [](int here, int there) { return here > there ? Compared::stricter : Compared::looser; };
  if (rank(here_.modality) != rank(there_.modality))
    add("modality", std::string(word_of(here_.modality)), std::string(word_of(there_.modality)),
        by(rank(here_.modality), rank(there_.modality)));
  if (here_.severity != there_.severity)
    add("severity", std::string(word_of(here_.severity)), std::string(word_of(there_.severity)),
        by(static_cast<int>(here_.severity), static_cast<int>(there_.severity)));
  if (here_.checked != there_.checked)
    add("checked", here_.checked ? "seen in its source" : "not seen in its source",
        there_.checked ? "seen in its source" : "not seen in its source",
        by(here_.checked ? 1 : 0, there_.checked ? 1 : 0));
}

void RulePair::compare_scope() {
  const std::set<std::string> here(here_.per.begin(), here_.per.end()), there(there_.per.begin(), there_.per.end());
  if (here != there) add("per", comma_list(here_.per), comma_list(there_.per), Compared::different);
}

/// `where_here_alone`: how here stands to there where a condition holds more often here.
void RulePair::compare_conditions(const Words& words, std::span<const Condition> here, std::span<const Condition> there,
                                  Compared where_here_alone, int event) {
  const bool more = !implies(here, there);
  const bool fewer = !implies(there, here);
  if (!more && !fewer) return;
  const auto compared = more && fewer ? Compared::different : more ? where_here_alone : opposite(where_here_alone);
  add(words.part, text_of(here), text_of(there), compared);
  show(words, here, there, event);
}

AnswersExample example_of(const Model& model, std::string here, std::string there) {
  AnswersExample out{{}, std::move(here), std::move(there)};
  for (const auto& answer : model.answers) out.answers.emplace_back(question_of(answer), word_of(answer));
  return out;
}

/// Answers under which a condition holds on one side alone.
void RulePair::show(const Words& words, std::span<const Condition> here, std::span<const Condition> there, int event) {
  const auto alone = [&](std::span<const Condition> holds, std::span<const Condition> fails) {
    std::vector<Wanted> wanted;
    if (fails.empty()) return Model{};
    if (!holds.empty()) wanted.push_back({&holds.front(), true});
    wanted.push_back({&fails.front(), false});
    return model_of(wanted, domains(event), States::of_one_moment);
  };
  if (const auto found = alone(here, there); found.can == Model::Can::yes)
    out_.answers.push_back(example_of(found, words.yes, words.no));
  if (const auto found = alone(there, here); found.can == Model::Can::yes)
    out_.answers.push_back(example_of(found, words.no, words.yes));
}

// ---- Timescales

void RulePair::compare_timescale() {
  compare_from();
  compare_until();
  if (here_.repeats != there_.repeats)
    add("repeats", here_.repeats ? "again and again" : "once", there_.repeats ? "again and again" : "once",
        here_.repeats ? Compared::stricter : Compared::looser);
  compare_limits();
  compare_conditions({"when", "runs", "does not run"}, here_.when, there_.when, Compared::stricter);
  compare_conditions({"while", "runs on", "lapses"}, here_.during, there_.during, Compared::stricter);
  // It never changes a status, so it weighs nothing.
  if (text_of(here_.authorised_by) != text_of(there_.authorised_by))
    add("authorised_by", text_of(here_.authorised_by), text_of(there_.authorised_by), Compared::same);
}

/// What a date reads beside which rows of its event count: two that agree in it can be laid side by side.
std::string anchor_of(const DateText& date, bool with_pick) {
  auto bare = date;
  for (auto& selector : bare.selector) {
    selector.where.clear();
    selector.positions.clear();
    if (!with_pick) selector.pick = Selector::Pick::any;
  }
  return written(bare);
}

/// Positions but those that only keep the beginning from lying after the end.
std::string positions_of(const Selector& selector) {
  auto bare = selector;
  bare.where.clear();
  bare.positions.clear();
  for (const auto& bound : selector.positions)
    if (bound.limit.source != DateText::Source::until) bare.positions.push_back(bound);
  return written(bare);
}

void RulePair::compare_from() {
  const auto& here = *here_.from;
  const auto& there = *there_.from;
  same_anchor_ = anchor_of(here, true) == anchor_of(there, true);
  if (!same_anchor_) {
    const bool by_pick = anchor_of(here, false) == anchor_of(there, false);
    const auto pick = [](const DateText& date) { return date.selector.front().pick; };
    const bool ends = by_pick && pick(here) != Selector::Pick::each && pick(there) != Selector::Pick::each;
    same_day_ = false;
    if (!ends) return add("from", formula(here), formula(there), Compared::different);
    same_anchor_ = true;
    const bool last_here = pick(here) == Selector::Pick::last;
    // The last row of an event is never earlier than the first.
    add("from", formula(here), formula(there), last_here ? Compared::looser : Compared::stricter);
    return compare_anchor_days(last_here);
  }
  if (here.selector.empty()) return;
  compare_rows({"from", "begins", "does not begin"}, formula(here), formula(there), here.selector.front(),
               there.selector.front(), Compared::stricter);
}

/// Selectors of one event: which rows they mean.
void RulePair::compare_rows(const Words& words, const std::string& here, const std::string& there, const Selector& a,
                            const Selector& b, Compared where_here_alone) {
  const bool more = !implies(a.where, b.where);
  const bool fewer = !implies(b.where, a.where);
  const bool elsewhere = positions_of(a) != positions_of(b);
  if (!more && !fewer && !elsewhere) return;
  const bool one_way = more != fewer && !elsewhere;
  add(words.part, here, there, !one_way ? Compared::different : more ? where_here_alone : opposite(where_here_alone));
  show(words, a.where, b.where, vocabulary_.event(a.event));
}

void RulePair::compare_until() {
  if (here_.until.empty() || there_.until.empty()) return;
  const auto& here = here_.until.front();
  const auto& there = there_.until.front();
  if (here.event != there.event || here.attribute != there.attribute)
    return add("until", formula(here), formula(there), Compared::different);
  compare_rows({"until", "ends it", "does not end it"}, formula(here), formula(there), here, there, Compared::looser);
}

/// Whether every limit counts from the rule's own `from`, always: then a due date follows from one day.
bool plain(const RuleText& rule) {
  return std::all_of(rule.limits.begin(), rule.limits.end(),
                     [](const LimitText& limit) { return !limit.from && limit.when.empty(); });
}

std::string limits_of(const RuleText& rule) {
  std::string out;
  for (const auto& limit : rule.limits) {
    out.append(out.empty() ? "" : "; ").append(period_formula(limit.period));
    out.append(limit.ahead ? " before" : " after");
    if (limit.from) out.append(" ").append(formula(*limit.from));
    for (const auto& when : limit.when) out.append(" when ").append(formula(when));
  }
  if (rule.limits.size() > 1) out += rule.take_latest ? " (the latest)" : " (the earliest)";
  return rule.limits.empty() ? "no number" : out;
}

/// Moments in their order; a day without a time ends with the day.
std::pair<Day, int> ending(Moment moment) {
  constexpr int end_of_day = 24 * 60;
  return {moment.day, moment.has_time() ? moment.minute : end_of_day};
}

Moment due(const RuleText& rule, Moment from, const Calendar& calendar) {
  std::optional<Moment> out;
  for (const auto& limit : rule.limits) {
    const auto at =
        limit.ahead ? limit_before(from, limit.period, calendar).at : limit_after(from, limit.period, calendar).at;
    const bool better = out && (rule.take_latest ? ending(*out) < ending(at) : ending(at) < ending(*out));
    if (!out || better) out = at;
  }
  return *out;
}

void RulePair::compare_limits() {
  if (limits_of(here_) == limits_of(there_)) return;
  if (here_.limits.empty() || there_.limits.empty())
    return add("limit", limits_of(here_), limits_of(there_),
               !same_anchor_          ? Compared::different
               : here_.limits.empty() ? Compared::looser
                                      : Compared::stricter);
  if (!plain(here_) || !plain(there_)) return add("limit", limits_of(here_), limits_of(there_), Compared::different);
  compare_due();
}

/// The days that limits are counted from: all that the calendar knows, but for the year before its end.
std::pair<Day, Day> days_counted(const Calendar& calendar) {
  constexpr int ahead = 400;
  return {calendar.text().first + ahead, calendar.text().last - ahead};
}

/// A day that examples begin to look at: of the last years that the calendar knows.
Day recent(const Calendar& calendar) {
  constexpr int years = 3 * 366;
  const auto [first, last] = days_counted(calendar);
  return std::max(first, last - years);
}

bool in_hours(const RuleText& rule) {
  return std::any_of(rule.limits.begin(), rule.limits.end(), [](const LimitText& limit) {
    return limit.period.unit == Unit::hour || limit.period.unit == Unit::minute;
  });
}

void RulePair::compare_due() {
  constexpr int ten = 10 * 60;
  const int minute = in_hours(here_) || in_hours(there_) ? ten : -1;
  const auto [first, last] = days_counted(calendar_);
  std::optional<LimitExample> earlier, later;
  // The first day that reads best: of the recent years, and then a working day.
  const auto worth = [&](const LimitExample& one) {
    const auto day = one.from_here.day;
    return (day >= recent(calendar_) ? 2 : 0) + (calendar_.is_working_day(day) ? 1 : 0);
  };
  const auto keep = [&](std::optional<LimitExample>& kept, const LimitExample& found) {
    if (!kept || worth(found) > worth(*kept)) kept = found;
  };
  for (Day day = first; day <= last; day = day + 1) {
    const Moment from{day, minute};
    const LimitExample found{from, from, due(here_, from, calendar_), due(there_, from, calendar_)};
    if (ending(found.due_here) < ending(found.due_there)) keep(earlier, found);
    if (ending(found.due_there) < ending(found.due_here)) keep(later, found);
  }
  if (!earlier && !later) return;  // "7 days" and "1 week"
  const bool one_way = same_anchor_ && !(earlier && later);
  add("limit", limits_of(here_), limits_of(there_),
      !one_way  ? Compared::different
      : earlier ? Compared::stricter
                : Compared::looser);
  if (!same_day_) return;  // no day is that of both
  for (const auto& example : {earlier, later})
    if (example) out_.limits.push_back(*example);
}

/// Two rows of one event a week apart, each counted from.
void RulePair::compare_anchor_days(bool last_here) {
  if (here_.limits.empty() || there_.limits.empty() || !plain(here_) || !plain(there_)) return;
  const Moment first{calendar_.working_day_on_or_after(recent(calendar_)), -1};
  const Moment last{calendar_.working_day_on_or_after(first.day + 7), -1};
  const auto& from_here = last_here ? last : first;
  const auto& from_there = last_here ? first : last;
  out_.limits.push_back({from_here, from_there, due(here_, from_here, calendar_), due(there_, from_there, calendar_)});
}

// ---- Requirements and quorums

/// When a row breaks the rule. What is not judged is not broken.
Condition broken_where(const RuleText& rule) {
  std::vector<Condition> parts;
  for (const auto& where : rule.at.front().where) parts.push_back(where);
  for (const auto& when : rule.when) parts.push_back(when);
  std::vector<Condition> expected;
  for (const auto* list : {&rule.expect, &rule.core, &rule.others})
    expected.insert(expected.end(), list->begin(), list->end());
  parts.push_back(none_of({all_of(std::move(expected))}));
  return all_of(std::move(parts));
}

/// A quorum that may do without: none is stricter than any.
void RulePair::compare_may_proceed() {
  const auto& here = here_.may_proceed;
  const auto& there = there_.may_proceed;
  if (here.empty() == there.empty())
    return compare_conditions({"may_proceed", "may proceed", "may not proceed"}, here, there, Compared::looser);
  add("may_proceed", text_of(here), text_of(there), here.empty() ? Compared::stricter : Compared::looser);
}

void RulePair::compare_judged() {
  auto here_at = here_.at.front();
  auto there_at = there_.at.front();
  here_at.where.clear();
  there_at.where.clear();
  if (written(here_at) != written(there_at))
    return add("at", text_of(here_.at), text_of(there_.at), Compared::different);
  const auto here = broken_where(here_);
  const auto there = broken_where(there_);
  const auto here_alone = model_of({{&here, true}, {&there, false}}, domains(), States::of_one_moment);
  const auto there_alone = model_of({{&there, true}, {&here, false}}, domains(), States::of_one_moment);
  const bool more = here_alone.can != Model::Can::no;
  const bool fewer = there_alone.can != Model::Can::no;
  compare_may_proceed();
  if (!more && !fewer) return;
  const auto compared = more && fewer ? Compared::different : more ? Compared::stricter : Compared::looser;
  // The parts only say how; together they settle which.
  const auto part = [&](std::string_view name, const std::string& a, const std::string& b) {
    if (a != b) add(name, a, b, compared);
  };
  part("at", text_of(here_.at), text_of(there_.at));
  part("when", text_of(here_.when), text_of(there_.when));
  part("expect", text_of(here_.expect), text_of(there_.expect));
  part("core", text_of(here_.core), text_of(there_.core));
  part("others", text_of(here_.others), text_of(there_.others));
  if (here_alone.can == Model::Can::yes) out_.answers.push_back(example_of(here_alone, "broken", "not broken"));
  if (there_alone.can == Model::Can::yes) out_.answers.push_back(example_of(there_alone, "not broken", "broken"));
}

// ---- Processes

/// Every step from one state to the next, with what it takes.
std::set<std::string> steps_of(const RuleText& process) {
  std::set<std::string> out;
  for (const auto& one : process.transitions)
    for (const auto& from : one.from) {
      auto text = from + " -> " + (one.to == "same" ? from : one.to) + " on " + formula(one.on);
      for (const auto& guard : one.guard) text.append(", expected: ").append(formula(guard));
      out.insert(std::move(text));
    }
  return out;
}

void RulePair::compare_process() {
  const auto here = steps_of(here_);
  const auto there = steps_of(there_);
  for (const auto& step : here)
    if (there.count(step) == 0) add("transitions", step, {}, Compared::different);
  for (const auto& step : there)
    if (here.count(step) == 0) add("transitions", {}, step, Compared::different);
  if (here_.initial != there_.initial) add("initial", here_.initial, there_.initial, Compared::different);
  const auto finals = [](const RuleText& rule) {
    return std::set<std::string>(rule.final_states.begin(), rule.final_states.end());
  };
  if (finals(here_) != finals(there_))
    add("final", comma_list(here_.final_states), comma_list(there_.final_states), Compared::different);
}

// ---- Trees

void RulePair::compare_tree() {
  if (written(here_.at.front()) != written(there_.at.front()))
    add("at", text_of(here_.at), text_of(there_.at), Compared::different);
  const auto found = compare_trees(here_, there_, domains());
  const bool more = found.met_here_alone.has_value();
  const bool fewer = found.met_there_alone.has_value();
  if (!more && !fewer && !found.other && !found.too_many) return;
  const bool one_way = more != fewer && !found.other && !found.too_many;
  const auto compared = !one_way ? Compared::different : fewer ? Compared::stricter : Compared::looser;
  const auto met = [](const RuleText& rule) {
    return formula_of_outcome(rule, "met").value_or(std::to_string(rule.nodes.size()) + " questions");
  };
  add("met", met(here_), met(there_), compared);
  for (const auto* one : {&found.met_here_alone, &found.met_there_alone, &found.other}) {
    if (!*one) continue;
    AnswersExample example{{}, (*one)->here, (*one)->there};
    for (const auto& answer : (*one)->answers) example.answers.emplace_back(question_of(answer), word_of(answer));
    out_.answers.push_back(std::move(example));
  }
}

}  // namespace

RuleDifference compare_rules(const RuleText& here, const RuleText& there, const Calendar& calendar,
                             const Vocabulary& vocabulary) {
  return RulePair(here, there, calendar, vocabulary).compare();
}

}  // namespace cpc
