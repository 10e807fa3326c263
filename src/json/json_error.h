#pragma once
#include <rapidjson/error/error.h>

#include <string_view>

#include "base/result.h"

namespace cpc {

/// RapidJSON's complaint about `text` as an Error with line and column. Says so where the text merely ends too early.
[[nodiscard]] Error json_error(std::string_view text, rapidjson::ParseErrorCode code, std::size_t offset);

}  // namespace cpc
