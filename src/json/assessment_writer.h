#pragma once
#include <cstdint>
#include <string>

#include "assessment/assessment.h"
#include "base/result.h"

namespace cpc {

struct AssessmentWriting {
  bool indented = false;  ///< Over several lines, for people; else on one line without its end.
};

/// Appends the assessment document (`data/schemas/assessment.schema.json`) to `out`. The same assessment gives the same
/// bytes. `undetermined` and `needs` are filled where the assessment was asked for needs; a status says without them
/// that a result is undetermined.
void write_assessment_json(const Assessment& assessment, std::string& out, AssessmentWriting writing = {});

/// Appends only what the threshold trees say: an array of the entries that `children[].threshold` holds.
void write_thresholds_json(const Assessment& assessment, std::string& out, AssessmentWriting writing = {});

/// Appends `{"line": n, "error": {"code", "message", "place"}}`: what stands for a record of a stream that cannot be
/// read.
void write_line_error_json(std::int64_t line, const Error& error, std::string& out);

}  // namespace cpc
