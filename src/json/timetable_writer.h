#pragma once
#include <string>

#include "assessment/timetable.h"

namespace cpc {

/// The timetable as one JSON document (`data/schemas/timetable.schema.json`).
[[nodiscard]] std::string timetable_json(const Timetable& timetable, const Program& program);

}  // namespace cpc
