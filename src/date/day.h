#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace cpc {

/// A calendar day, as days since 1970-01-01. Supported: 1900-01-01 to 2199-12-31.
struct Day {
  std::int32_t number = 0;
  auto operator<=>(const Day&) const = default;
};

inline Day operator+(Day day, int days) { return Day{day.number + days}; }
inline Day operator-(Day day, int days) { return Day{day.number - days}; }
inline int operator-(Day a, Day b) { return a.number - b.number; }

inline constexpr Day first_supported_day{-25567};  ///< 1900-01-01
inline constexpr Day last_supported_day{84005};    ///< 2199-12-31
/// The day itself, or the nearest supported one: sums never leave the supported years.
[[nodiscard]] Day supported(Day day);

/// Year, month (1 to 12) and day of the month (1 to 31) of a Day.
struct Civil {
  int year = 1970;
  int month = 1;
  int day = 1;
  auto operator<=>(const Civil&) const = default;
};

/// Nothing where there is no such day (2026-02-30) or it lies outside the supported years.
[[nodiscard]] std::optional<Day> day_of(Civil civil);
[[nodiscard]] Civil civil_of(Day day);

/// 1 Monday to 7 Sunday.
[[nodiscard]] int weekday(Day day);

/// What "three months after 30 November" means. Every caller has to say.
enum class MonthEnd { clamp, carry, reject };
/// The same day of the month, `months` later (negative: earlier); nothing where `MonthEnd::reject` forbids it.
/// A month outside the supported years gives the nearest supported day, or nothing under `MonthEnd::reject`.
[[nodiscard]] std::optional<Day> add_months(Day start, int months, MonthEnd rule);

/// The day on which somebody born on `birth` reaches `years`; 29 February gives 1 March in other years.
[[nodiscard]] Day birthday(Day birth, int years);

/// `YYYY-MM-DD` and nothing else. The error says what was wrong, without a place.
[[nodiscard]] Result<Day> parse_day(std::string_view text);
/// As parse_day, for hot readers: false where the text is not a day; the error is then parse_day's.
[[nodiscard]] bool read_day(const char* text, std::size_t size, Day& out);
[[nodiscard]] std::string to_string(Day day);

}  // namespace cpc
