#pragma once
#include <string>

#include "assessment/assessment.h"

namespace cpc {

struct TextReport {
  bool all = false;  ///< Also list what is otherwise counted: limits that were met, every state, what may come next.
};

/// Appends an assessment as text for a social worker: what is overdue first, then what is due next, what was late or is
/// missing, what is not known, and what was met. The same line for several children stands once; each has its clause.
/// Shows at its best where the assessment was asked for needs.
void write_assessment_text(const Assessment& assessment, std::string& out, TextReport report = {});

/// Appends what the threshold trees say of each row of answers.
void write_thresholds_text(const Assessment& assessment, std::string& out);

}  // namespace cpc
