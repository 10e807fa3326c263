#pragma once
#include <vector>

#include "assessment/evaluator.h"

namespace cpc {

/// What a Workspace keeps from one assessment to the next; that of the last one can still be read.
struct Workspace::Parts {
  History history;
  std::vector<ScopeIndex> scopes;
  Evaluator evaluator;
};

}  // namespace cpc
