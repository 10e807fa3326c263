#include <bit>

#include "assessment/findings.h"
#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

const StateResult* at(const cpc_assessment* assessment, std::size_t index) {
  return assessment ? element(assessment->result.states, index) : nullptr;
}

/// Position of the n-th bit that is set, or 64.
std::size_t set_bit(std::uint64_t bits, std::size_t n) {
  for (; n > 0 && bits != 0; --n) bits &= bits - 1;
  return static_cast<std::size_t>(std::countr_zero(bits));
}

std::vector<std::string> state_keys(const Assessment& assessment) {
  std::vector<std::string> names;
  for (const auto& result : assessment.states) names.push_back(key_of(assessment, result));
  return names;
}

}  // namespace

extern "C" {

size_t cpc_assessment_state_count(const cpc_assessment* assessment) {
  return assessment ? assessment->result.states.size() : 0;
}

cpc_text cpc_assessment_state_rule(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? borrowed(rule_of(assessment->result, result->process).name) : empty_text();
}

cpc_text cpc_assessment_state_duty(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  if (!result) return empty_text();
  return duty_of(*assessment->result.program, rule_of(assessment->result, result->process));
}

cpc_text cpc_assessment_state_child(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? child_id(assessment->result, result->scope) : empty_text();
}

cpc_text cpc_assessment_state_instance_kind(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* result = at(assessment, index);
  return result ? instance_kind(assessment->result, result->scope, instance) : empty_text();
}

cpc_text cpc_assessment_state_instance_id(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* result = at(assessment, index);
  return result ? instance_id(assessment->result, result->scope, instance) : empty_text();
}

size_t cpc_assessment_state_possible_count(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? static_cast<std::size_t>(std::popcount(result->states)) : 0;
}

cpc_text cpc_assessment_state_possible(const cpc_assessment* assessment, size_t index, size_t possible) {
  const auto* result = at(assessment, index);
  if (!result) return empty_text();
  const auto& names = rule_of(assessment->result, result->process).text->states;
  const auto* name = element(names, set_bit(result->states, possible));
  return name ? borrowed(*name) : empty_text();
}

cpc_moment cpc_assessment_state_since(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? c_moment(result->since) : no_moment();
}

int32_t cpc_assessment_state_irregular(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result && result->irregular ? 1 : 0;
}

cpc_status cpc_assessment_state_keys(const cpc_assessment* assessment, cpc_texts** out, cpc_error** error) {
  return keys(assessment, out, error, state_keys);
}

}  // extern "C"
