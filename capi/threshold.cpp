#include "assessment/findings.h"
#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

const ThresholdResult* at(const cpc_assessment* assessment, std::size_t index) {
  return assessment ? element(assessment->result.thresholds, index) : nullptr;
}

}  // namespace

extern "C" {

size_t cpc_assessment_threshold_count(const cpc_assessment* assessment) {
  return assessment ? assessment->result.thresholds.size() : 0;
}

cpc_text cpc_assessment_threshold_rule(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? borrowed(rule_of(assessment->result, result->rule).name) : empty_text();
}

cpc_text cpc_assessment_threshold_child(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? child_id(assessment->result, result->scope) : empty_text();
}

cpc_text cpc_assessment_threshold_instance_kind(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* result = at(assessment, index);
  return result ? instance_kind(assessment->result, result->scope, instance) : empty_text();
}

cpc_text cpc_assessment_threshold_instance_id(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* result = at(assessment, index);
  return result ? instance_id(assessment->result, result->scope, instance) : empty_text();
}

cpc_text cpc_assessment_threshold_role(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? borrowed(role_at(assessment->result, result->row)) : empty_text();
}

cpc_text cpc_assessment_threshold_person(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  const auto person = result ? value_at(assessment->result, result->row, "person") : std::nullopt;
  return person ? borrowed(assessment->result.record->ids.text(static_cast<std::uint32_t>(*person - 1))) : empty_text();
}

cpc_outcome cpc_assessment_threshold_outcome(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? number(result->outcome) : CPC_OUTCOME_UNDETERMINED;
}

int32_t cpc_assessment_threshold_restate(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result && result->restate ? 1 : 0;
}

size_t cpc_assessment_threshold_path_count(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? result->path.size() : 0;
}

cpc_text cpc_assessment_threshold_path(const cpc_assessment* assessment, size_t index, size_t node) {
  const auto* result = at(assessment, index);
  const auto* number = result ? element(result->path, node) : nullptr;
  if (!number) return empty_text();
  const auto& nodes = rule_of(assessment->result, result->rule).text->nodes;
  const auto* text = element(nodes, static_cast<std::size_t>(*number));
  return text ? borrowed(text->node) : empty_text();
}

cpc_status cpc_assessment_threshold_keys(const cpc_assessment* assessment, cpc_texts** out, cpc_error** error) {
  return keys(assessment, out, error, threshold_keys);
}

}  // extern "C"
