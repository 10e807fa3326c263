#pragma once
#include <memory>
#include <vector>

#include "base/result.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// One rule as a stack of rulebooks leaves it, with the days on which it speaks (within its own `in_force`).
/// A rule that is replaced in the middle of its days appears once for each range left.
struct LayeredRule {
  int rulebook = 0;                ///< Position in the stack.
  const RuleText* rule = nullptr;  ///< Lives as long as the stack.
  Day from{-100000};
  Day to{100000};                        ///< Inclusive.
  std::vector<const Condition*> except;  ///< Where one of these holds, a layer above speaks in its place.
};

/// Applies what each rulebook's `over` says of those below it, the lowest first. A rule that is replaced or disabled
/// falls silent for the layer's own days in force, and where `when` holds if that is given; otherwise it stands. The
/// order is that of the rulebooks and their rules. A rulebook at the bottom of the stack stands alone: an `over` for
/// rulebooks that are not there does nothing. Fails when `over` of a higher one names a rulebook that does not lie
/// below, or a rule that it does not have, or gives a `when` for a rule that is no timescale.
[[nodiscard]] Result<std::vector<LayeredRule>> layer(const std::vector<std::unique_ptr<const Rulebook>>& stack);

}  // namespace cpc
