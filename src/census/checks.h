#pragma once
#include <vector>

#include "census/census.h"

namespace cpc {

/// What the dates of a child show that no rule of a rulebook speaks of: target dates, closed days, "not required"
/// beside a conference, conferences outside the year, plans without a review; and what could not be read as it stands.
void add_census_checks(const CensusChild& child, const CensusDays& days, const Calendar& calendar,
                       std::vector<CensusFinding>& out);

/// Something of the header that is not read as it stands.
[[nodiscard]] CensusFinding header_finding(const CensusRemark& remark);

/// The child's name in findings.
[[nodiscard]] std::string census_name(const CensusChild& child);

}  // namespace cpc
