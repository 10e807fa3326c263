#pragma once
#include "program/program.h"

namespace cpc {

/// Numbers the conditions and selectors of rows that several rules ask alike for the same scopes (`Node::alike`,
/// `Rule::rows`), so that one assessment need answer each but once.
void number_alike(Program& program);

}  // namespace cpc
