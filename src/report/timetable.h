#pragma once
#include <string>

#include "assessment/timetable.h"

namespace cpc {

/// The timetable for people: what has to happen by when, soonest first, each line with its clause. What is one step to
/// those who take it is one line, with all that it is of; things that are only to come are not named in it.
[[nodiscard]] std::string timetable_text(const Timetable& timetable, const Program& program, const Record& record);

}  // namespace cpc
