#pragma once
#include <string>

#include "report/case_lines.h"
#include "report/recorded_days.h"

namespace cpc {

/// Appends the case along a line of dates as inline SVG: a mark for each day with something recorded, and for each
/// limit a span to its last day. What became of a limit is shown by shapes and said in words. Its classes are styled by
/// `page_style`; its `desc` says all of it in sentences.
void write_timeline(const Assessment& assessment, const CaseLines& lines, const std::vector<RecordedDay>& days,
                    bool all, std::string& out);

/// Appends the shapes of the timeline with their words, as a list in HTML.
void write_timeline_key(bool all, std::string& out);

}  // namespace cpc
