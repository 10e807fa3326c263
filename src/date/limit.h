#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "date/calendar.h"
#include "date/moment.h"

namespace cpc {

enum class Unit : std::uint8_t { minute, hour, day, working_day, week, month, year, gestation_week, same_day };
enum class Counting : std::uint8_t { next_day, inclusive, clear };

/// "15 working days", "three months", "48 hours": a length with its unit and way of counting.
struct Period {
  std::int32_t count = 0;
  Unit unit = Unit::day;
  Counting counting = Counting::next_day;
  bool operator==(const Period&) const = default;
};

/// Where a limit lies. `at` has a time only for minutes and hours counted from a moment that has one.
struct Limit {
  Moment at;
  bool provisional = false;     ///< A day beyond what the calendar covers took part.
  bool time_not_given = false;  ///< Hours or minutes counted from a day without a time: whole days were compared.
};

/// The last moment allowed by `period` after `from`. Months clamp to the month's end; nothing rolls off closed days.
/// `inclusive`: the day itself (or, for working days, the next working day where it is closed) is day 1.
/// `clear`: that many whole units lie between, so one day more. For `gestation_week` `from` is the expected date.
/// Counting concerns days and longer units alone: minutes and hours are elapsed time, `same_day` is the day.
/// Minutes and hours from a day without a time are made up to whole days: 48 hours are two, 4 hours one.
[[nodiscard]] Limit limit_after(Moment from, Period period, const Calendar& calendar);
/// The last moment that is still `period` ahead of `from`; `clear` working days: that many lie between.
/// For `gestation_week` the same as limit_after. Minutes and hours ahead of a day without a time are cut to whole days.
[[nodiscard]] Limit limit_before(Moment from, Period period, const Calendar& calendar);

/// "15 working_days", "3 months", "48 hours", "same_day": singular or plural of the units of FORMAT,
/// with an optional third word inclusive or clear.
[[nodiscard]] Result<Period> parse_period(std::string_view text);
[[nodiscard]] std::string to_string(Period period);
[[nodiscard]] std::string_view to_string(Unit unit);
[[nodiscard]] Result<Unit> parse_unit(std::string_view text);

}  // namespace cpc
