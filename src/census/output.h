#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "census/census.h"

namespace cpc {

enum class CensusFormat : std::uint8_t { text, json, csv };

/// Takes the bytes of a report, in order.
using CensusText = std::function<void(std::string_view bytes)>;

/// Writes a report as it comes, in constant memory.
///
/// Text: a first line with the as-of day, the rulebook and the calendar, the findings by child, then the figures.
/// JSON: one document that ends in `"complete"`. CSV: a line of names, then one line a finding; cells that a
/// spreadsheet would run begin with an apostrophe; where the file breaks off the last line says so.
/// @param engine  The version to name in JSON.
[[nodiscard]] std::unique_ptr<CensusWriter> census_writer(CensusFormat format, CensusText out, std::string engine);

}  // namespace cpc
