#pragma once
#include <memory>
#include <optional>

#include "assessment/assessment.h"
#include "date/calendar.h"
#include "program/program.h"
#include "record/record.h"
#include "rulebook/rulebook.h"
#include "support.h"

// What stands behind the handles. Children share what they were made from, so that a caller frees in any order.

struct cpc_calendar {
  cpc::Calendar calendar;
  std::optional<cpc::Day> known_at;
};

struct cpc_rulebook {
  cpc::Rulebook rulebook;
};

struct cpc_program {
  std::shared_ptr<const cpc::Program> program;
};

/// An assessment may share the record: it is then copied before it is changed.
struct cpc_record {
  std::shared_ptr<cpc::Record> record;
};

struct cpc_assessment {
  std::shared_ptr<const cpc::Record> record;  ///< Null in a workspace, which owns the record itself.
  cpc::Assessment result;
};

namespace cpc::capi {

/// An enumerator as the header numbers it: 0 is left for "there is none".
template <class Enumeration>
constexpr std::int32_t number(Enumeration value) {
  return static_cast<std::int32_t>(value) + 1;
}
/// The header numbers these from unknown on, so that an absent answer is never taken for one.
constexpr cpc_truth number(Truth value) {
  return value == Truth::unknown ? CPC_UNKNOWN : value == Truth::yes ? CPC_YES : CPC_NO;
}
constexpr cpc_outcome number(Outcome value) {
  return value == Outcome::undetermined ? CPC_OUTCOME_UNDETERMINED
         : value == Outcome::met        ? CPC_OUTCOME_MET
                                        : CPC_OUTCOME_NOT_MET;
}

/// Reads a record into `record`, whose memory is used again.
[[nodiscard]] Result<Done> read(cpc_text json, const cpc_record_options* options, Record& record);

[[nodiscard]] Result<AssessOptions> assess_options(cpc_moment as_of, const cpc_assess_options* options);

/// The body of the functions that name all results of a kind.
template <class Keys>
cpc_status keys(const cpc_assessment* assessment, cpc_texts** out, cpc_error** error, const Keys& of) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    if (!assessment) return report(mistake("assessment must not be NULL"), error);
    *out = new cpc_texts{of(assessment->result)};
    return CPC_OK;
  });
}

/// The kind and the id of one instance of a scope, and the id of its child; empty where there is none.
[[nodiscard]] cpc_text instance_kind(const Assessment& assessment, const ScopeId& scope, std::size_t instance);
[[nodiscard]] cpc_text instance_id(const Assessment& assessment, const ScopeId& scope, std::size_t instance);
[[nodiscard]] cpc_text child_id(const Assessment& assessment, const ScopeId& scope);

/// Rows by the names that results give them; -1 stands for none.
[[nodiscard]] std::vector<std::string> row_names(const Assessment& assessment, const std::vector<std::int32_t>& rows);

[[nodiscard]] const Rule& rule_of(const Assessment& assessment, Index rule);
[[nodiscard]] cpc_text duty_of(const Program& program, const Rule& rule);
[[nodiscard]] cpc_moment c_moment(Value value);

}  // namespace cpc::capi
