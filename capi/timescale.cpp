#include "assessment/findings.h"
#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

static_assert(number(TimescaleStatus::not_applicable) == CPC_TIMESCALE_NOT_APPLICABLE &&
              number(TimescaleStatus::waiting) == CPC_TIMESCALE_WAITING &&
              number(TimescaleStatus::undetermined) == CPC_TIMESCALE_UNDETERMINED &&
              number(TimescaleStatus::pending) == CPC_TIMESCALE_PENDING &&
              number(TimescaleStatus::met) == CPC_TIMESCALE_MET &&
              number(TimescaleStatus::late) == CPC_TIMESCALE_LATE &&
              number(TimescaleStatus::overdue) == CPC_TIMESCALE_OVERDUE &&
              number(TimescaleStatus::missed) == CPC_TIMESCALE_MISSED &&
              number(TimescaleStatus::out_of_order) == CPC_TIMESCALE_OUT_OF_ORDER);
static_assert(number(Authorised::not_provided_for) == CPC_AUTHORISED_NOT_PROVIDED_FOR &&
              number(Authorised::yes) == CPC_AUTHORISED_YES && number(Authorised::no) == CPC_AUTHORISED_NO &&
              number(Authorised::unknown) == CPC_AUTHORISED_UNKNOWN);
static_assert(number(Unit::minute) == CPC_UNIT_MINUTE && number(Unit::hour) == CPC_UNIT_HOUR &&
              number(Unit::day) == CPC_UNIT_DAY && number(Unit::working_day) == CPC_UNIT_WORKING_DAY &&
              number(Unit::week) == CPC_UNIT_WEEK && number(Unit::month) == CPC_UNIT_MONTH &&
              number(Unit::year) == CPC_UNIT_YEAR && number(Unit::gestation_week) == CPC_UNIT_GESTATION_WEEK &&
              number(Unit::same_day) == CPC_UNIT_SAME_DAY);

const TimescaleResult* at(const cpc_assessment* assessment, std::size_t index) {
  return assessment ? element(assessment->result.timescales, index) : nullptr;
}

std::uint32_t flags_of(const TimescaleResult& result) {
  std::uint32_t flags = 0;
  if (result.provisional) flags |= CPC_TIMESCALE_PROVISIONAL;
  if (result.unverified) flags |= CPC_TIMESCALE_UNVERIFIED;
  if (result.time_not_given) flags |= CPC_TIMESCALE_TIME_NOT_GIVEN;
  if (result.has_amount) flags |= CPC_TIMESCALE_HAS_AMOUNT;
  return flags;
}

Value moment_value(const TimescaleResult& result, std::int32_t which) {
  switch (which) {
    case CPC_TIMESCALE_FROM:
      return result.from;
    case CPC_TIMESCALE_DUE:
      return result.due;
    case CPC_TIMESCALE_ACT_BY:
      return result.act_by;
    case CPC_TIMESCALE_ENDED:
      return result.ended;
    case CPC_TIMESCALE_DUE_FROM:
      return result.due_from;
    case CPC_TIMESCALE_DUE_TO:
      return result.due_to;
    default:
      return unknown_value;
  }
}

}  // namespace

extern "C" {

cpc_text cpc_timescale_status_name(cpc_timescale_status status) {
  if (status < CPC_TIMESCALE_NOT_APPLICABLE || status > CPC_TIMESCALE_OUT_OF_ORDER) return empty_text();
  return borrowed(to_string(static_cast<TimescaleStatus>(status - 1)));
}

cpc_text cpc_unit_name(cpc_unit unit) {
  if (unit < CPC_UNIT_MINUTE || unit > CPC_UNIT_SAME_DAY) return empty_text();
  return borrowed(to_string(static_cast<Unit>(unit - 1)));
}

size_t cpc_assessment_timescale_count(const cpc_assessment* assessment) {
  return assessment ? assessment->result.timescales.size() : 0;
}

cpc_text cpc_assessment_timescale_rule(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? borrowed(rule_of(assessment->result, result->rule).name) : empty_text();
}

cpc_text cpc_assessment_timescale_duty(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  if (!result) return empty_text();
  return duty_of(*assessment->result.program, rule_of(assessment->result, result->rule));
}

size_t cpc_assessment_timescale_clause_count(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? rule_of(assessment->result, result->rule).text->cites.size() : 0;
}

cpc_text cpc_assessment_timescale_clause(const cpc_assessment* assessment, size_t index, size_t clause) {
  const auto* result = at(assessment, index);
  const auto* cited = result ? element(rule_of(assessment->result, result->rule).text->cites, clause) : nullptr;
  return cited ? borrowed(*cited) : empty_text();
}

cpc_text cpc_assessment_timescale_child(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? child_id(assessment->result, result->scope) : empty_text();
}

cpc_text cpc_assessment_timescale_instance_kind(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* result = at(assessment, index);
  return result ? instance_kind(assessment->result, result->scope, instance) : empty_text();
}

cpc_text cpc_assessment_timescale_instance_id(const cpc_assessment* assessment, size_t index, size_t instance) {
  const auto* result = at(assessment, index);
  return result ? instance_id(assessment->result, result->scope, instance) : empty_text();
}

int32_t cpc_assessment_timescale_cycle(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? result->cycle : 0;
}

cpc_timescale_status cpc_assessment_timescale_status(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? number(result->status) : 0;
}

cpc_text cpc_assessment_timescale_because(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? borrowed(to_string(result->because)) : empty_text();
}

cpc_authorised cpc_assessment_timescale_authorised(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? number(result->authorised) : 0;
}

cpc_truth cpc_assessment_timescale_explained(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? number(result->explained) : CPC_UNKNOWN;
}

uint32_t cpc_assessment_timescale_flags(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? flags_of(*result) : 0;
}

cpc_moment cpc_assessment_timescale_moment(const cpc_assessment* assessment, size_t index, int32_t which) {
  const auto* result = at(assessment, index);
  return result ? c_moment(moment_value(*result, which)) : no_moment();
}

int32_t cpc_assessment_timescale_amount(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? result->amount.count : 0;
}

cpc_unit cpc_assessment_timescale_amount_unit(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? number(result->amount.unit) : 0;
}

int32_t cpc_assessment_timescale_amount_days(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? result->amount.days : 0;
}

int32_t cpc_assessment_timescale_amount_minutes(const cpc_assessment* assessment, size_t index) {
  const auto* result = at(assessment, index);
  return result ? result->amount.minutes : 0;
}

cpc_status cpc_assessment_timescale_keys(const cpc_assessment* assessment, cpc_texts** out, cpc_error** error) {
  return keys(assessment, out, error, timescale_keys);
}

}  // extern "C"
