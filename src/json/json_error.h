#pragma once
#include <rapidjson/error/error.h>

#include <string_view>

#include "base/result.h"

namespace cpc {

/// What a complaint of RapidJSON means, in our words.
[[nodiscard]] std::string_view syntax_meaning(rapidjson::ParseErrorCode code);

/// RapidJSON's complaint about `text` as an Error with line and column. Says so where the text merely ends too early.
[[nodiscard]] Error json_error(std::string_view text, rapidjson::ParseErrorCode code, std::size_t offset);

}  // namespace cpc
