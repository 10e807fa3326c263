#pragma once
#include <vector>

#include "assessment/judges.h"

namespace cpc {

/// What a Workspace keeps from one assessment to the next; that of the last one can still be read.
struct Workspace::Parts {
  History history;
  std::vector<ScopeIndex> scopes;
  Evaluator evaluator;
  ProcessLists processes;
};

}  // namespace cpc
