#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

const NextStep* at(const cpc_assessment* assessment, std::size_t index) {
  return assessment ? element(assessment->result.next, index) : nullptr;
}

const TransitionText& text_of(const cpc_assessment* assessment, const NextStep& step) {
  return rule_of(assessment->result, step.process).text->transitions[static_cast<std::size_t>(step.transition)];
}

}  // namespace

extern "C" {

size_t cpc_assessment_next_count(const cpc_assessment* assessment) {
  return assessment ? assessment->result.next.size() : 0;
}

cpc_text cpc_assessment_next_rule(const cpc_assessment* assessment, size_t index) {
  const auto* step = at(assessment, index);
  return step ? borrowed(rule_of(assessment->result, step->process).name) : empty_text();
}

cpc_text cpc_assessment_next_child(const cpc_assessment* assessment, size_t index) {
  const auto* step = at(assessment, index);
  return step ? child_id(assessment->result, step->scope) : empty_text();
}

cpc_text cpc_assessment_next_instance_kind(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* step = at(assessment, index);
  return step ? instance_kind(assessment->result, step->scope, instance) : empty_text();
}

cpc_text cpc_assessment_next_instance_id(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* step = at(assessment, index);
  return step ? instance_id(assessment->result, step->scope, instance) : empty_text();
}

cpc_text cpc_assessment_next_event(const cpc_assessment* assessment, size_t index) {
  const auto* step = at(assessment, index);
  return step ? borrowed(text_of(assessment, *step).on.event) : empty_text();
}

cpc_text cpc_assessment_next_to(const cpc_assessment* assessment, size_t index) {
  const auto* step = at(assessment, index);
  return step ? borrowed(text_of(assessment, *step).to) : empty_text();
}

cpc_truth cpc_assessment_next_guard(const cpc_assessment* assessment, size_t index) {
  const auto* step = at(assessment, index);
  return step ? number(step->guard) : CPC_UNKNOWN;
}

size_t cpc_assessment_next_clause_count(const cpc_assessment* assessment, size_t index) {
  const auto* step = at(assessment, index);
  return step ? text_of(assessment, *step).cites.size() : 0;
}

cpc_text cpc_assessment_next_clause(const cpc_assessment* assessment, size_t index, size_t clause) {
  const auto* step = at(assessment, index);
  const auto* cited = step ? element(text_of(assessment, *step).cites, clause) : nullptr;
  return cited ? borrowed(*cited) : empty_text();
}

}  // extern "C"
