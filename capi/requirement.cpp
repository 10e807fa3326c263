#include "assessment/findings.h"
#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

static_assert(number(RequirementStatus::not_applicable) == CPC_REQUIREMENT_NOT_APPLICABLE &&
              number(RequirementStatus::satisfied) == CPC_REQUIREMENT_SATISFIED &&
              number(RequirementStatus::broken) == CPC_REQUIREMENT_BROKEN &&
              number(RequirementStatus::undetermined) == CPC_REQUIREMENT_UNDETERMINED);

const RequirementResult* at(const cpc_assessment* assessment, std::size_t index) {
  return assessment ? element(assessment->result.requirements, index) : nullptr;
}

/// The row that a result is judged by.
const Row* row_of(const cpc_assessment* assessment, std::size_t index) {
  const auto* result = at(assessment, index);
  return result && result->row >= 0 ? element(assessment->result.record->rows, static_cast<std::size_t>(result->row))
                                    : nullptr;
}

const std::vector<std::string>& clauses(const cpc_assessment* assessment, const RequirementResult& result) {
  return rule_of(assessment->result, result.rule).text->cites;
}

}  // namespace

extern "C" {

cpc_text cpc_requirement_status_name(cpc_requirement_status status) {
  if (status < CPC_REQUIREMENT_NOT_APPLICABLE || status > CPC_REQUIREMENT_UNDETERMINED) return empty_text();
  return borrowed(to_string(static_cast<RequirementStatus>(status - 1)));
}

size_t cpc_assessment_requirement_count(const cpc_assessment* assessment) {
  return assessment ? assessment->result.requirements.size() : 0;
}

cpc_text cpc_assessment_requirement_rule(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? borrowed(rule_of(assessment->result, result->rule).name) : empty_text();
}

cpc_text cpc_assessment_requirement_duty(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  if (!result) return empty_text();
  return duty_of(*assessment->result.program, rule_of(assessment->result, result->rule));
}

size_t cpc_assessment_requirement_clause_count(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? clauses(assessment, *result).size() : 0;
}

cpc_text cpc_assessment_requirement_clause(const cpc_assessment* assessment, size_t index, size_t clause) {
  const auto* result = at(assessment, index);
  const auto* cited = result ? element(clauses(assessment, *result), clause) : nullptr;
  return cited ? borrowed(*cited) : empty_text();
}

cpc_text cpc_assessment_requirement_child(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? child_id(assessment->result, result->scope) : empty_text();
}

cpc_text cpc_assessment_requirement_instance_kind(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* result = at(assessment, index);
  return result ? instance_kind(assessment->result, result->scope, instance) : empty_text();
}

cpc_text cpc_assessment_requirement_instance_id(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* result = at(assessment, index);
  return result ? instance_id(assessment->result, result->scope, instance) : empty_text();
}

cpc_requirement_status cpc_assessment_requirement_status(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? number(result->status) : 0;
}

cpc_text cpc_assessment_requirement_because(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? borrowed(to_string(result->because)) : empty_text();
}

cpc_truth cpc_assessment_requirement_explained(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? number(result->explained) : CPC_UNKNOWN;
}

cpc_text cpc_assessment_requirement_event(const cpc_assessment* assessment, size_t index) {
  const auto* row = row_of(assessment, index);
  return row ? borrowed(assessment->result.record->vocabulary->events[row->event].name) : empty_text();
}

cpc_moment cpc_assessment_requirement_at(const cpc_assessment* assessment, size_t index) {
  const auto* row = row_of(assessment, index);
  return row ? c_moment(row->at) : no_moment();
}

cpc_text cpc_assessment_requirement_row_id(const cpc_assessment* assessment, size_t index) {
  const auto* row = row_of(assessment, index);
  return row && row->id != no_id ? borrowed(assessment->result.record->ids.text(row->id)) : empty_text();
}

}  // extern "C"
