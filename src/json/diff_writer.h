#pragma once
#include <optional>
#include <string>
#include <vector>

#include "record/vocabulary.h"
#include "rulebook/comparison.h"
#include "rulebook/diff.h"

namespace cpc {

/// What was compared.
struct DiffHeading {
  const Rulebook* here = nullptr;
  const Rulebook* there = nullptr;
  std::optional<Day> on;
  const Calendar* calendar = nullptr;
};

/// The document of a diff (`data/schemas/diff.schema.json`).
[[nodiscard]] std::string write_diff_json(const DiffHeading& heading, const std::vector<DutyDifference>& duties,
                                          const Vocabulary& vocabulary);

/// The document that lays rulebooks side by side (`data/schemas/comparison.schema.json`).
[[nodiscard]] std::string write_comparison_json(const std::vector<const Rulebook*>& books,
                                                const std::vector<ComparisonRow>& rows);

}  // namespace cpc
