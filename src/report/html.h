#pragma once
#include <string>

#include "assessment/assessment.h"

namespace cpc {

struct HtmlReport {
  bool all = false;  ///< Also list what is otherwise counted, as in the text report.
};

/// Appends an assessment as one page of HTML for a social worker, in the words of the text report: what is due or
/// overdue as a table, the case along a line of dates, findings by child and conference, the way through the test of
/// significant harm, what is not known, and the record day by day. The page needs nothing beside itself, runs no
/// script, and holds what the record says as text alone. Shows at its best where the assessment was asked for needs.
void write_assessment_html(const Assessment& assessment, std::string& out, HtmlReport report = {});

}  // namespace cpc
