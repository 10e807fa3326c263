#include "date/calendar.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace cpc {
namespace {

constexpr int table_days = last_supported_day.number - first_supported_day.number + 1;
constexpr int saturday = 6;

bool known(const Holiday& holiday, std::optional<Day> known_at) {
  return !known_at || !holiday.announced || *holiday.announced <= *known_at;
}

bool counts(const Holiday& holiday, std::optional<Day> known_at) {
  return known(holiday, known_at) && (!holiday.withdrawn || (known_at && *holiday.withdrawn > *known_at));
}

/// What is wrong with one holiday, given the one that stands before it; empty where nothing is.
std::string fault_of(const CalendarText& text, const Holiday& holiday, const Holiday* before) {
  const auto day = to_string(holiday.date);
  if (supported(holiday.date) != holiday.date) return "a holiday lies outside the supported years";
  if (weekday(holiday.date) >= saturday)
    return day + " is a " + (weekday(holiday.date) == saturday ? "Saturday" : "Sunday") +
           "; a holiday stands on the weekday that is kept";
  if (before && before->date == holiday.date && before->closure == holiday.closure) return day + " stands twice";
  if (before && std::pair(holiday.date, holiday.closure) < std::pair(before->date, before->closure))
    return day + " stands after " + to_string(before->date) + "; holidays are in order of date";
  if (!holiday.closure && (holiday.date < text.first || holiday.date > text.last))
    return day + " lies outside what the calendar covers, " + to_string(text.first) + " to " + to_string(text.last);
  return {};
}

}  // namespace

std::optional<CalendarFault> fault_of(const CalendarText& text) {
  if (supported(text.first) != text.first || supported(text.last) != text.last)
    return CalendarFault{"the calendar covers days outside 1900-01-01 to 2199-12-31", {}};
  if (text.last < text.first) return CalendarFault{"the calendar covers nothing: its last day is before its first", {}};
  for (std::size_t i = 0; i < text.holidays.size(); ++i)
    if (auto message = fault_of(text, text.holidays[i], i > 0 ? &text.holidays[i - 1] : nullptr); !message.empty())
      return CalendarFault{std::move(message), i};
  return std::nullopt;
}

Result<Calendar> Calendar::compile(CalendarText text, std::optional<Day> known_at) {
  if (const auto fault = fault_of(text)) {
    const auto place = fault->holiday ? "/holidays/" + std::to_string(*fault->holiday) + "/date" : "/covers";
    return Error{Code::calendar, fault->message, place, {}};
  }
  Calendar calendar;
  calendar.text_ = std::move(text);
  calendar.known_at_ = known_at;
  std::vector<Day> closed;
  for (const auto& holiday : calendar.text_.holidays) {
    if (counts(holiday, known_at)) closed.push_back(holiday.date);
    if (!known(holiday, known_at)) ++calendar.left_out_;
  }
  calendar.ordinal_.resize(table_days + 1);
  calendar.working_.reserve(table_days / 7 * 5 + 7);
  auto next_closed = closed.begin();
  int of_week = weekday(first_supported_day);
  for (int i = 0; i < table_days; ++i, of_week = of_week % 7 + 1) {
    const Day day = first_supported_day + i;
    bool open = of_week < saturday;
    for (; next_closed != closed.end() && *next_closed == day; ++next_closed) open = false;
    if (open) calendar.working_.push_back(day);
    calendar.ordinal_[i + 1] = static_cast<std::int32_t>(calendar.working_.size());
  }
  return calendar;
}

int Calendar::working_days_until(Day day) const {
  const auto before_all = first_supported_day.number - 1;
  return ordinal_[std::clamp(day.number, before_all, last_supported_day.number) - before_all];
}

Day Calendar::working_day_number(std::int64_t ordinal) const {
  if (ordinal < 0) return first_supported_day;
  if (ordinal >= static_cast<std::int64_t>(working_.size())) return last_supported_day;
  return working_[static_cast<std::size_t>(ordinal)];
}

bool Calendar::is_working_day(Day day) const {
  if (supported(day) != day) return weekday(day) < saturday;
  return working_days_until(day) > working_days_until(day - 1);
}

Day Calendar::add_working_days(Day start, int n) const {
  if (n == 0) return start;
  start = supported(start);
  return n > 0 ? working_day_number(std::int64_t{working_days_until(start)} + n - 1)
               : working_day_number(std::int64_t{working_days_until(start - 1)} + n);
}

void Calendar::add_working_days(std::span<const Day> starts, int n, std::span<Day> out) const {
  assert(starts.size() == out.size());
  if (n == 0) {
    std::copy(starts.begin(), starts.end(), out.begin());
    return;
  }
  // Between `low` and `high` no look-up can miss the tables: one comparison a day is all that safety costs.
  const auto size = static_cast<std::int32_t>(working_.size());
  const std::int32_t step = n > 0 ? std::min(n, size) - 1 : std::max(n, -size);
  const auto* first = ordinal_.data() + (n > 0 ? 1 : 0);
  const auto* low = std::partition_point(first, first + table_days, [&](auto count) { return count + step < 0; });
  const auto* high = std::partition_point(low, first + table_days, [&](auto count) { return count + step < size; });
  const auto low_day = first_supported_day.number + static_cast<std::int32_t>(low - first);
  const auto days = static_cast<std::uint32_t>(high - low);
  const Day* working = working_.data();
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto day = static_cast<std::uint32_t>(starts[i].number) - static_cast<std::uint32_t>(low_day);
    if (day < days) [[likely]]
      out[i] = working[low[day] + step];
    else
      out[i] = add_working_days(starts[i], n);
  }
}

int Calendar::working_days_between(Day from, Day to) const { return working_days_until(to) - working_days_until(from); }

void Calendar::working_days_between(std::span<const Day> from, std::span<const Day> to,
                                    std::span<std::int32_t> out) const {
  assert(from.size() == to.size() && from.size() == out.size());
  const std::int32_t* ordinal = ordinal_.data() + 1;
  const auto low = first_supported_day.number, high = last_supported_day.number;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = ordinal[std::clamp(to[i].number, low - 1, high) - low] -
             ordinal[std::clamp(from[i].number, low - 1, high) - low];
}

Day Calendar::working_day_on_or_before(Day day) const {
  return working_day_number(std::int64_t{working_days_until(day)} - 1);
}

Day Calendar::working_day_on_or_after(Day day) const {
  return working_day_number(working_days_until(supported(day) - 1));
}

const Holiday* Calendar::holiday(Day day) const {
  auto at = std::lower_bound(text_.holidays.begin(), text_.holidays.end(), day,
                             [](const Holiday& holiday, Day wanted) { return holiday.date < wanted; });
  for (; at != text_.holidays.end() && at->date == day; ++at)
    if (counts(*at, known_at_)) return &*at;
  return nullptr;
}

}  // namespace cpc
