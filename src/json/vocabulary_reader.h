#pragma once
#include <string_view>

#include "base/result.h"
#include "record/vocabulary.h"

namespace cpc {

/// Builds the vocabulary from the texts of `vocabulary.json` and `duties.json`, and refuses one that the model cannot
/// hold: an unknown type, kind or enumeration, a name with two types, a set over more than 63 values.
[[nodiscard]] Result<Vocabulary> read_vocabulary(std::string_view vocabulary_json, std::string_view duties_json);

}  // namespace cpc
