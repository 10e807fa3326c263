#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/assessment.h"
#include "assessment/findings.h"
#include "census/figures.h"
#include "census/reader.h"
#include "census/record.h"
#include "program/program.h"

namespace cpc {

/// One thing about one child that is late, missing, out of order, not readable or worth a look.
struct CensusFinding {
  std::string child;       ///< As the file names it; "line 12" where it does not.
  std::uint32_t line = 0;  ///< Of the element; 0 where there is none.
  std::string rule;        ///< `england/initial-conference`, or a check of this library: `census/target-date`.
  Severity severity = Severity::info;
  std::string_view kind;     ///< As cpc::Finding::kind; `census` for this library's own checks.
  std::string key;           ///< The same in every run.
  std::string_view element;  ///< The element it is about, or empty.
  std::string value;         ///< What stands in it: a date, or a word cut and escaped; empty where it is missing.
  std::optional<Day> due;
  std::optional<Day> actual;
  std::optional<int> working_days;  ///< From where the limit is counted to `actual`, else to the as-of day.
  std::string explanation;
  std::vector<std::string> clauses;
};

/// What is known before the first child.
struct CensusHeading {
  CensusDays days;
  std::optional<Day> reference_date;  ///< Of the header.
  const Program* program = nullptr;
  bool summary = false;
};

inline constexpr int timescale_status_count = 9;
/// How often a timescale had each status, over its editions.
struct CensusRuleCount {
  Index rule = none;
  std::array<std::uint64_t, timescale_status_count> statuses{};
};

struct CensusTotals {
  CensusFigures figures;
  std::vector<CensusRuleCount> rules;       ///< The program's timescales, in its order.
  std::array<std::uint64_t, 3> findings{};  ///< By Severity; none are counted in a summary.
  Verdict verdict = Verdict::clean;
  bool complete = false;
  std::optional<Error> stopped;  ///< Why the file was not read to its end.
};

/// Takes what is said of a census, in the order of the file.
class CensusWriter {
 public:
  virtual ~CensusWriter() = default;
  virtual void begin(const CensusHeading& heading) = 0;
  virtual void finding(const CensusFinding& finding) = 0;
  virtual void end(const CensusTotals& totals) = 0;
};

struct CensusOptions {
  std::optional<Day> as_of;        ///< Nothing: the header's reference date.
  bool summary = false;            ///< Figures and counts alone.
  std::function<void()> progress;  ///< Called for each child; may be empty.
};

/// Reads a census, assesses each child under a program, and says what there is to say to `writer`, in constant memory.
/// A file that breaks off gives totals that are not complete: those of the children before the place. An error: the
/// file is refused, and nothing was written.
///
/// A review due before the census year is undetermined unless the file holds a review before the year that ends it:
/// returns need not reach back.
[[nodiscard]] Result<CensusTotals> run_census(const CensusSource& source, std::shared_ptr<const Program> program,
                                              const CensusOptions& options, CensusWriter& writer);

}  // namespace cpc
