#pragma once
#include <string>
#include <vector>

#include "program/reads.h"

namespace cpc {

/// What a host has to supply, duty by duty, in plain text.
[[nodiscard]] std::string reads_text(const Program& program, const std::vector<DutyReads>& duties);

}  // namespace cpc
