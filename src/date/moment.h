#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "date/day.h"

namespace cpc {

/// A day, or a local time in Europe/London. `minute` counts from local midnight (0 to 1439); -1: no time given.
struct Moment {
  Day day;
  std::int32_t minute = -1;
  [[nodiscard]] bool has_time() const { return minute >= 0; }
  bool operator==(const Moment&) const = default;
};

/// The first and the last day for which the clock changes are data.
[[nodiscard]] std::pair<Day, Day> clock_changes_cover();

/// How a local time stands to the clock changes of Europe/London.
enum class LocalTime { ordinary, skipped, repeated };
/// `ordinary` for a moment without a time. Clock changes are data from 1995 to `clock_changes_cover().second`;
/// beyond them every time is ordinary and elapsed time is counted without changes.
[[nodiscard]] LocalTime local_time_kind(Moment moment);

/// Minutes that really passed from `from` to `to`, clock changes counted; both must have a time.
/// A time in the repeated hour is the first of the two.
[[nodiscard]] std::int64_t elapsed_minutes(Moment from, Moment to);
/// The local time `minutes` of elapsed time after `start` (negative: before); `start` must have a time.
[[nodiscard]] Moment add_elapsed(Moment start, std::int64_t minutes);

/// `YYYY-MM-DD` or `YYYY-MM-DDThh:mm[:ss]` (a space for the T is not accepted; seconds are read and dropped).
/// A zone or offset, an impossible date or a time in the skipped hour is an error.
[[nodiscard]] Result<Moment> parse_moment(std::string_view text);
/// As parse_moment, for hot readers: false where the text is not accepted.
[[nodiscard]] bool read_moment(const char* text, std::size_t size, Moment& out);
/// `2026-11-20T10:00`, or the day alone.
[[nodiscard]] std::string to_string(Moment moment);
void append(std::string& text, Moment moment);

}  // namespace cpc
