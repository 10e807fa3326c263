#pragma once
#include <string>

#include "assessment/timetable.h"

namespace cpc {

/// The timetable for people: what has to happen by when, soonest first, each line with its clause.
[[nodiscard]] std::string timetable_text(const Timetable& timetable, const Program& program);

}  // namespace cpc
