#pragma once
#include <optional>
#include <string_view>

#include "date/day.h"

namespace cpc {

/// The day that a census file writes: `yyyy-mm-dd`, also followed by `T` or a space and a time, by a zone or by both;
/// or `dd/mm/yyyy`, also followed by a space and a time. Times and zones are checked for form and not used: the day is
/// the one written. False for anything else, 30 February too. `text` has no white space around it.
[[nodiscard]] bool read_census_day(std::string_view text, Day& out);

/// `true`, `false` in any letters, `1`, `0`.
[[nodiscard]] std::optional<bool> read_census_flag(std::string_view text);

/// A whole number of at most four digits.
[[nodiscard]] std::optional<int> read_census_count(std::string_view text);

}  // namespace cpc
