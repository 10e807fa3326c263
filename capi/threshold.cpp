#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

const ThresholdResult* at(const cpc_assessment* assessment, std::size_t index) {
  return assessment ? element(assessment->result.thresholds, index) : nullptr;
}

/// What the row of answers says under an attribute: a word of the vocabulary or an id; empty where it is not given.
cpc_text answer_of(const Assessment& assessment, const ThresholdResult& result, std::string_view attribute) {
  const auto& record = *assessment.record;
  const auto* row = result.row < 0 ? nullptr : element(record.rows, static_cast<std::size_t>(result.row));
  const int slot = row ? record.vocabulary->slot(row->event, attribute) : -1;
  if (slot < 0) return empty_text();
  const auto value = record.slots(*row)[static_cast<std::size_t>(slot)];
  if (value == unknown_value) return empty_text();
  const auto& about = record.vocabulary->events[row->event].slots[static_cast<std::size_t>(slot)];
  if (about.type == AttributeType::id) return borrowed(record.ids.text(static_cast<std::uint32_t>(value - 1)));
  if (about.type != AttributeType::enumeration) return empty_text();
  return borrowed(record.vocabulary->enumerations[static_cast<std::size_t>(about.enumeration)].values[value - 1]);
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
  return result ? answer_of(assessment->result, *result, "role") : empty_text();
}

cpc_text cpc_assessment_threshold_person(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? answer_of(assessment->result, *result, "person") : empty_text();
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

}  // extern "C"
