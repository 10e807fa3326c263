#pragma once
#include <string>
#include <vector>

#include "report/case_lines.h"
#include "report/recorded_days.h"

namespace cpc {

/// Appends the case along a line of dates as inline SVG: a mark for each day with something recorded, and for each
/// limit a span to its last day. What became of a limit is shown by shapes and said in words. Its classes are styled by
/// `page_style`; its `desc` says all of it in sentences. Below stands what the shapes mean.
void write_timeline(const Assessment& assessment, const CaseLines& lines, const std::vector<RecordedDay>& days,
                    bool all, std::string& out);

}  // namespace cpc
