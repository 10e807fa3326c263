#pragma once
#include <string>

#include "assessment/plan_list.h"

namespace cpc {

/// The line of names that a list of children on plans begins with, as CSV.
[[nodiscard]] std::string plan_list_csv_heading();

/// Appends one line of CSV for each plan of one record. The first cell names the section: on_plan, ended_irregularly,
/// not_known. An empty cell is not known.
void write_plan_list_csv(const Assessment& assessment, const std::vector<PlanEntry>& plans, std::string& out);

}  // namespace cpc
