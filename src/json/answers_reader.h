#pragma once
#include <string_view>

#include "base/result.h"
#include "date/moment.h"
#include "record/record.h"

namespace cpc {

/// Reads answers to the threshold questions without a case around them: one JSON object of the attributes of
/// `threshold_assessed`, or a list of such. `child` and `conference` may be given to tell answers apart; where they are
/// not, all are about one child and one conference. `at` is `day` where it is not given. Places of errors are those of
/// the answers.
[[nodiscard]] Result<Done> read_answers(std::string_view json, Moment day, Record& record);

}  // namespace cpc
