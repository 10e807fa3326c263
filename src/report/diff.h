#pragma once
#include <string>
#include <vector>

#include "rulebook/comparison.h"
#include "rulebook/diff.h"

namespace cpc {

/// How the first rulebook stands to the second, duty by duty; duties on which they agree, and those of one alone, are
/// listed at the end.
[[nodiscard]] std::string diff_text(const Rulebook& here, const Rulebook& there,
                                    const std::vector<DutyDifference>& duties);

/// Rulebooks side by side, by topic; what one does not cover is said.
[[nodiscard]] std::string comparison_text(const std::vector<const Rulebook*>& books,
                                          const std::vector<ComparisonRow>& rows);

}  // namespace cpc
