#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "date/calendar.h"

namespace cpc {

/// Reads a calendar of ours (FORMAT, section 3) or GOV.UK's own bank holiday file, which holds one calendar a division.
/// @param division  The division of a GOV.UK file; empty means england-and-wales. For a calendar of ours: empty, or
///                  its name.
/// A GOV.UK file covers the whole of its first year to the whole of its last. The place of an error is a JSON pointer;
/// of text that is not JSON, line and column.
[[nodiscard]] Result<CalendarText> read_calendar(std::string_view json, std::string_view division = {});

/// The names of the calendars compiled into the library, in alphabetical order.
[[nodiscard]] std::vector<std::string> embedded_calendar_names();
/// One of them.
[[nodiscard]] Result<CalendarText> embedded_calendar(std::string_view name);

/// Lays a layer of closures, `{"closures": [days], "reason": text}`, over a calendar: days on which one office was
/// closed. A day that is a holiday anyhow is allowed; one on a weekend, out of order or twice is refused.
[[nodiscard]] Result<CalendarText> with_closures(CalendarText calendar, std::string_view json);

}  // namespace cpc
