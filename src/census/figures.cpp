#include "census/figures.h"

#include <algorithm>
#include <numeric>

namespace cpc {
namespace {

constexpr int conference_working_days = 15;
constexpr int first_review_months = 3;
constexpr int later_review_months = 6;

Day months_after(Day day, int months) { return *add_months(day, months, MonthEnd::clamp); }

bool begun(const CensusPlan& plan, Day at) { return plan.start.read && plan.start.day <= at; }

bool open(const CensusPlan& plan, Day at) {
  return begun(plan, at) && !plan.end.unreadable() && (!plan.end.read || plan.end.day > at);
}

bool can_be_judged(const CensusPlan& plan, Day at) {
  return begun(plan, at) && !plan.end.unreadable() && !(plan.end.read && plan.end.day < plan.start.day);
}

std::optional<Day> end_by(const CensusPlan& plan, Day at) {
  return plan.end.read && plan.end.day <= at ? std::optional(plan.end.day) : std::nullopt;
}

/// The status of a cycle as COUNTS.md lists them: the first line that fits.
ReviewStatus cycle_status(Day limit, std::optional<Day> review, std::optional<Day> end, const CensusDays& days,
                          Day at) {
  if (review) {
    if (limit < days.first && days.first <= *review) return ReviewStatus::undetermined;
    return *review <= limit ? ReviewStatus::met : ReviewStatus::late;
  }
  if (end && *end <= limit) return ReviewStatus::not_applicable;
  if (limit < days.first) return ReviewStatus::undetermined;
  if (end) return ReviewStatus::missed;
  return limit >= at ? ReviewStatus::pending : ReviewStatus::overdue;
}

/// Calls f(status, limit, whether it is the first) for each cycle of a plan that can be judged.
template <class F>
void each_cycle(const CensusChild& child, const CensusPlan& plan, const CensusDays& days, Day at, F f) {
  const std::optional<Day> end = end_by(plan, at);
  const Day last = end.value_or(at);
  Day begin = plan.start.day;
  bool first = true;
  const auto cycle = [&](std::optional<Day> review) {
    const Day limit = months_after(begin, first ? first_review_months : later_review_months);
    ReviewStatus status = cycle_status(limit, review, end, days, at);
    const bool failed =
        status == ReviewStatus::late || status == ReviewStatus::missed || status == ReviewStatus::overdue;
    if (failed && plan.review_unreadable) status = ReviewStatus::undetermined;
    f(status, limit, first);
    first = false;
  };
  for (std::uint32_t i = 0; i < plan.review_count; ++i) {
    const Day review = child.reviews[plan.first_review + i].day;
    if (review <= plan.start.day || review > last) continue;
    cycle(review);
    begin = review;
  }
  cycle(std::nullopt);
}

}  // namespace

CensusDays census_days(Day reference, Day as_of) {
  return {reference, months_after(reference, -12) + 1, reference, as_of};
}

std::string_view to_string(ReviewStatus status) {
  constexpr std::array<std::string_view, review_status_count> names{
      "met", "late", "overdue", "missed", "pending", "not_applicable", "undetermined"};
  return names[static_cast<std::size_t>(status)];
}

std::optional<Day> conference_limit(const CensusSection47& section, const Calendar& calendar) {
  if (!section.started.read || !calendar.covers(section.started.day)) return std::nullopt;
  const Day limit = calendar.add_working_days(section.started.day, conference_working_days);
  return calendar.covers(limit) ? std::optional(limit) : std::nullopt;
}

std::optional<int> conference_duration(const CensusSection47& section, const Calendar& calendar) {
  const Day from = section.started.day;
  const Day to = section.conference.day;
  if (!section.started.read || !section.conference.read || from > to || !calendar.covers(from, to)) return std::nullopt;
  return calendar.working_days_between(from, to);
}

std::optional<bool> target_differs(const CensusSection47& section, const Calendar& calendar) {
  if (!section.target.read) return std::nullopt;
  const std::optional<Day> limit = conference_limit(section, calendar);
  return limit ? std::optional(*limit != section.target.day) : std::nullopt;
}

bool in_census_year(Day conference, const CensusDays& days) {
  return days.first <= conference && conference <= std::min(days.last, days.as_of);
}

bool conference_on(const CensusChild& child, Day day) {
  const auto same = [day](const CensusOccasion& transfer) { return transfer.day == day; };
  return std::any_of(child.sections.begin(), child.sections.end(),
                     [day](const auto& section) { return section.conference.read && section.conference.day == day; }) ||
         std::any_of(child.transfers.begin(), child.transfers.end(), same);
}

bool lacks_review(const CensusChild& child, const CensusPlan& plan, Day as_of) {
  if (!can_be_judged(plan, as_of) || plan.review_unreadable) return false;
  const Day last = end_by(plan, as_of).value_or(as_of);
  for (std::uint32_t i = 0; i < plan.review_count; ++i) {
    const Day review = child.reviews[plan.first_review + i].day;
    if (plan.start.day < review && review <= last) return false;
  }
  return months_after(plan.start.day, first_review_months) < last;
}

FigureCounter::FigureCounter(const Calendar& calendar, CensusDays days)
    : calendar_(calendar), days_(days), on_day_(static_cast<std::size_t>(days.last - days.first + 1)) {}

void FigureCounter::add(const CensusChild& child) {
  ++counted_.children;
  for (const CensusSection47& section : child.sections)
    if (!section.empty()) add_section(section);
  for (const CensusOccasion& transfer : child.transfers) {
    ++counted_.transfer_in_conferences;
    if (!calendar_.is_working_day(transfer.day)) ++counted_.conference_on_closed_day;
  }
  if (child.plans.empty()) return;
  for (const CensusPlan& plan : child.plans)
    if (!plan.empty()) add_plan(child, plan);
  add_children_on_plan(child);
}

void FigureCounter::add_section(const CensusSection47& section) {
  ++counted_.section_47_groups;
  if (const std::optional<bool> differs = target_differs(section, calendar_))
    ++(*differs ? counted_.target_differs : counted_.target_agrees);
  if (section.conference.read) add_conference(section);

  const bool held = section.conference.read && section.conference.day <= days_.as_of;
  if (!section.started.read || section.started.day > days_.as_of || held || section.conference.unreadable()) return;
  if (section.not_required.unreadable() || section.not_required.yes) return;
  if (const std::optional<Day> limit = conference_limit(section, calendar_))
    ++(*limit >= days_.as_of ? counted_.no_conference_pending : counted_.no_conference_overdue);
}

void FigureCounter::add_conference(const CensusSection47& section) {
  const Day day = section.conference.day;
  if (section.not_required.yes) ++counted_.not_required_beside_conference;
  if (!calendar_.is_working_day(day)) ++counted_.conference_on_closed_day;
  if (!in_census_year(day, days_)) {
    ++counted_.initial_conferences_outside_year;
    return;
  }
  ++counted_.initial_conferences_in_year;
  ++on_day_[static_cast<std::size_t>(day - days_.first)];
  const std::optional<int> duration = conference_duration(section, calendar_);
  if (!duration) {
    ++counted_.without_duration;
    return;
  }
  ++counted_.bands[*duration <= 10 ? 0 : *duration <= 15 ? 1 : *duration <= 20 ? 2 : 3];
  const auto at = static_cast<std::size_t>(*duration);
  if (at >= durations_.size()) durations_.resize(at + 1);
  ++durations_[at];
}

void FigureCounter::add_plan(const CensusChild& child, const CensusPlan& plan) {
  const Day at = days_.as_of;
  ++counted_.plans;
  if (open(plan, at)) ++counted_.plans_open;
  if (begun(plan, at))
    ++(conference_on(child, plan.start.day) ? counted_.first_review_from_conference
                                            : counted_.first_review_from_plan_start);
  if (lacks_review(child, plan, at)) ++counted_.plans_without_review;
  if (!can_be_judged(plan, at)) {
    if (!plan.start.read || begun(plan, at))
      ++counted_.first_reviews[static_cast<std::size_t>(ReviewStatus::undetermined)];
    return;
  }
  each_cycle(child, plan, days_, at, [&](ReviewStatus status, Day limit, bool first) {
    ++(first ? counted_.first_reviews : counted_.later_reviews)[static_cast<std::size_t>(status)];
    if (status > ReviewStatus::missed || limit < days_.first || limit > days_.last) return;
    ++counted_.reviews_due_in_year;
    if (status == ReviewStatus::met) ++counted_.reviews_due_in_year_in_time;
  });
}

void FigureCounter::add_children_on_plan(const CensusChild& child) {
  const Day at = std::min(days_.reference, days_.as_of);
  bool on_plan = false;
  bool failed = false;
  bool undetermined = false;
  for (const CensusPlan& plan : child.plans) {
    if (!open(plan, at) || months_after(plan.start.day, first_review_months) > at) continue;
    on_plan = true;
    each_cycle(child, plan, days_, at, [&](ReviewStatus status, Day, bool) {
      failed = failed || (status > ReviewStatus::met && status <= ReviewStatus::missed);
      undetermined = undetermined || status == ReviewStatus::undetermined;
    });
  }
  if (!on_plan) return;
  ++counted_.children_on_plan_three_months;
  if (failed) return;
  ++(undetermined ? counted_.children_on_plan_reviews_undetermined : counted_.children_on_plan_all_reviews_in_time);
}

CensusFigures FigureCounter::figures() const {
  CensusFigures result = counted_;
  for (const std::uint32_t number : on_day_)
    if (number > 1) result.sharing_a_date += number;
  const std::uint64_t total = std::accumulate(durations_.begin(), durations_.end(), std::uint64_t{0});
  if (total == 0) return result;
  result.in_time_per_mille = static_cast<int>((2000 * (result.bands[0] + result.bands[1]) + total) / (2 * total));
  result.quartiles.emplace();
  for (std::uint64_t quarter = 1; quarter <= 3; ++quarter) {
    const std::uint64_t place = (total * quarter + 3) / 4;
    std::uint64_t so_far = 0;
    int days = 0;
    while ((so_far += durations_[static_cast<std::size_t>(days)]) < place) ++days;
    (*result.quartiles)[quarter - 1] = days;
  }
  return result;
}

}  // namespace cpc
