#pragma once
#include <string>
#include <vector>

#include "program/reads.h"

namespace cpc {

/// The document of what the duties of a program read (`data/schemas/facts.schema.json`).
[[nodiscard]] std::string write_reads_json(const Program& program, const std::vector<DutyReads>& duties);

}  // namespace cpc
