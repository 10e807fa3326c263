#include "date/limit.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "base/text.h"

namespace cpc {
namespace {

constexpr int week_days = 7;
constexpr int year_months = 12;
constexpr int pregnancy_days = 280;
constexpr int hour_minutes = 60;
constexpr int day_minutes = 24 * hour_minutes;
constexpr int longest_count = 100000;

constexpr std::array<std::string_view, 9> unit_words = {
    "minute", "hour", "day", "working_day", "week", "month", "year", "gestation_week", "same_day"};
constexpr std::array<std::string_view, 3> counting_words = {"next_day", "inclusive", "clear"};

enum class Way : int { before = -1, after = 1 };

Day moved(Day from, std::int64_t days) {
  const auto low = std::int64_t{first_supported_day.number}, high = std::int64_t{last_supported_day.number};
  return Day{static_cast<std::int32_t>(std::clamp(from.number + days, low, high))};
}

Day moved_months(Day from, std::int64_t months) {
  constexpr std::int64_t ages = 12 * 1000;
  return *add_months(from, static_cast<int>(std::clamp(months, -ages, ages)), MonthEnd::clamp);
}

/// Calendar days to add to a limit: one less where the day itself is day 1, one more where the days are clear.
int correction(Period period) {
  if (period.counting == Counting::inclusive) return period.count > 0 ? -1 : 0;
  return period.counting == Counting::clear ? 1 : 0;
}

Limit elapsed_limit(Moment from, std::int64_t minutes, Way way) {
  if (from.has_time()) return {add_elapsed(from, minutes * static_cast<int>(way)), false, false};
  const auto days = way == Way::after ? (minutes + day_minutes - 1) / day_minutes : -(minutes / day_minutes);
  return {{moved(from.day, days), -1}, false, true};
}

Day working_limit(Day from, Period period, const Calendar& calendar, Way way) {
  const int sign = static_cast<int>(way);
  const int n = std::clamp(period.count, -longest_count, longest_count) * sign;
  switch (period.counting) {
    case Counting::next_day:
      break;
    case Counting::inclusive: {
      if (period.count <= 0) return from;
      const Day first =
          way == Way::after ? calendar.working_day_on_or_after(from) : calendar.working_day_on_or_before(from);
      return calendar.add_working_days(first, n - sign);
    }
    case Counting::clear:
      // After: the next working day ends the clear ones. Before: any day ahead of them will do.
      return way == Way::after ? calendar.add_working_days(from, n + 1) : moved(calendar.add_working_days(from, n), -1);
  }
  return calendar.add_working_days(from, n);
}

Limit limit(Moment from, Period period, const Calendar& calendar, Way way) {
  const int sign = static_cast<int>(way);
  const auto count = std::int64_t{period.count};
  const auto day_limit = [](Day day) { return Limit{{day, -1}, false, false}; };
  const auto corrected = [&](Day day) { return day_limit(moved(day, correction(period) * sign)); };
  switch (period.unit) {
    case Unit::minute:
      return elapsed_limit(from, count, way);
    case Unit::hour:
      return elapsed_limit(from, count * hour_minutes, way);
    case Unit::day:
      return corrected(moved(from.day, count * sign));
    case Unit::week:
      return corrected(moved(from.day, count * week_days * sign));
    case Unit::month:
      return corrected(moved_months(from.day, count * sign));
    case Unit::year:
      return corrected(moved_months(from.day, count * year_months * sign));
    case Unit::gestation_week:
      return day_limit(moved(from.day, count * week_days - pregnancy_days));
    case Unit::same_day:
      return day_limit(from.day);
    case Unit::working_day:
      break;
  }
  const Day due = working_limit(from.day, period, calendar, way);
  const bool inclusive = period.counting == Counting::inclusive;
  const Day nearest = inclusive || due == from.day ? from.day : moved(from.day, sign);
  return {{due, -1}, !calendar.covers(nearest, due), false};
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = text.find(' ');
    if (end != 0) words.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return words;
}

Error bad_period(const std::string& message) { return {Code::syntax, message, {}, {}}; }

Result<int> parse_count(std::string_view text) {
  int count = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return bad_period("a length begins with a whole number, not " + quoted(text));
    count = std::min(count * 10 + (c - '0'), longest_count + 1);
  }
  if (count > longest_count)
    return bad_period("a length is at most " + std::to_string(longest_count) + " units, not " + quoted(text));
  return count;
}

Result<Counting> parse_counting(std::string_view text, Unit unit) {
  const auto at = std::find(counting_words.begin(), counting_words.end(), text);
  if (at == counting_words.end())
    return bad_period("days are counted next_day, inclusive or clear, not " + quoted(text));
  const auto counting = static_cast<Counting>(at - counting_words.begin());
  const bool counted =
      unit != Unit::minute && unit != Unit::hour && unit != Unit::gestation_week && unit != Unit::same_day;
  if (!counted && counting != Counting::next_day)
    return bad_period(std::string(to_string(unit)) + " has no counting; " + quoted(text) +
                      " is for days and longer units");
  return counting;
}

}  // namespace

Limit limit_after(Moment from, Period period, const Calendar& calendar) {
  return limit(from, period, calendar, Way::after);
}

Limit limit_before(Moment from, Period period, const Calendar& calendar) {
  return limit(from, period, calendar, Way::before);
}

std::string_view to_string(Unit unit) { return unit_words[static_cast<std::size_t>(unit)]; }

Result<Unit> parse_unit(std::string_view text) {
  const auto singular = text.size() > 1 && text.back() == 's' ? text.substr(0, text.size() - 1) : text;
  for (std::size_t i = 0; i < unit_words.size(); ++i)
    if (text == unit_words[i] || (singular == unit_words[i] && static_cast<Unit>(i) != Unit::same_day))
      return static_cast<Unit>(i);
  const auto near = nearest(text, unit_words);
  return bad_period("there is no unit " + quoted(text) +
                    (near.empty() ? "" : "; did you mean " + std::string(near) + "?"));
}

Result<Period> parse_period(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() == 1 && words[0] == "same_day") return Period{0, Unit::same_day, Counting::next_day};
  if (words.size() < 2 || words.size() > 3)
    return bad_period("a length is written as in 15 working_days or 3 months, not " + quoted(text));
  const auto count = parse_count(words[0]);
  if (!count) return count.error();
  const auto unit = parse_unit(words[1]);
  if (!unit) return unit.error();
  Period period{*count, *unit, Counting::next_day};
  if (words.size() == 3) {
    const auto counting = parse_counting(words[2], *unit);
    if (!counting) return counting.error();
    period.counting = *counting;
  }
  return period;
}

std::string to_string(Period period) {
  if (period.unit == Unit::same_day) return std::string(to_string(period.unit));
  auto text = std::to_string(period.count) + ' ' + std::string(to_string(period.unit)) + (period.count == 1 ? "" : "s");
  if (period.counting != Counting::next_day)
    text += ' ' + std::string(counting_words[static_cast<std::size_t>(period.counting)]);
  return text;
}

}  // namespace cpc
