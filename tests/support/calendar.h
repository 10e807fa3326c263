#pragma once
#include <algorithm>

#include "json/calendar_reader.h"

namespace cpc::test {

/// The calendar of England and Wales up to the end of 2028, whatever is announced later: examples of limits are taken
/// from the last years that a calendar knows.
inline Calendar calendar_to_2028() {
  auto text = *embedded_calendar("england-and-wales");
  text.last = *parse_day("2028-12-31");
  const auto later = [&](const Holiday& holiday) { return holiday.date > text.last; };
  text.holidays.erase(std::remove_if(text.holidays.begin(), text.holidays.end(), later), text.holidays.end());
  return *Calendar::compile(std::move(text));
}

}  // namespace cpc::test
