#include "assessment/assessment.h"

#include "assessment/findings.h"
#include "handles.h"
#include "json/assessment_writer.h"

using namespace cpc;
using namespace cpc::capi;

namespace cpc::capi {
namespace {

constexpr std::array<std::uint32_t, 3> option_ends{4, 8, sizeof(cpc_assess_options)};
static_assert(sizeof(cpc_assess_options) == 16);
constexpr std::array<std::uint32_t, 2> write_option_ends{4, sizeof(cpc_write_options)};
static_assert(sizeof(cpc_write_options) == 8);
static_assert(CPC_MOST_INSTANCES == std::tuple_size_v<decltype(ScopeId::instance)>);

const InstanceName* instance_of(const Assessment& assessment, const ScopeId& scope, std::size_t instance) {
  if (instance >= scope.instance.size() || scope.instance[instance] < 0) return nullptr;
  return element(assessment.instances, static_cast<std::size_t>(scope.instance[instance]));
}

}  // namespace

Result<AssessOptions> assess_options(cpc_moment as_of, const cpc_assess_options* options) {
  const auto settings = read_options(options, cpc_assess_options CPC_ASSESS_OPTIONS_INIT, option_ends,
                                     CPC_ASSESS_NEEDS | CPC_ASSESS_NO_NEXT);
  if (!settings) return settings.error();
  const auto moment = given_moment(as_of, "as_of");
  if (!moment) return moment.error();
  const auto known_at = optional_moment(settings->known_at, "options.known_at");
  if (!known_at) return known_at.error();
  AssessOptions made;
  made.as_of = *moment;
  made.known_at = *known_at;
  made.needs = (settings->flags & CPC_ASSESS_NEEDS) != 0;
  made.next = (settings->flags & CPC_ASSESS_NO_NEXT) == 0;
  return made;
}

cpc_text instance_kind(const Assessment& assessment, const ScopeId& scope, std::size_t instance) {
  const auto* found = instance_of(assessment, scope, instance);
  if (!found) return empty_text();
  return borrowed(assessment.program->vocabulary->instances[static_cast<std::size_t>(found->kind)].name);
}

cpc_text instance_id(const Assessment& assessment, const ScopeId& scope, std::size_t instance) {
  const auto* found = instance_of(assessment, scope, instance);
  return found ? borrowed(found->id) : empty_text();
}

cpc_text child_id(const Assessment& assessment, const ScopeId& scope) {
  return scope.child < 0 ? empty_text() : borrowed(child_name(assessment, scope.child));
}

std::vector<std::string> row_names(const Assessment& assessment, const std::vector<std::int32_t>& rows) {
  std::vector<std::string> names;
  for (const auto row : rows)
    if (row >= 0) names.push_back(assessment.record->row_name(assessment.record->rows[static_cast<std::size_t>(row)]));
  return names;
}

const Rule& rule_of(const Assessment& assessment, Index rule) {
  return assessment.program->rules[static_cast<std::size_t>(rule)];
}

cpc_text duty_of(const Program& program, const Rule& rule) {
  return rule.duty < 0 ? empty_text() : borrowed(program.vocabulary->duties[static_cast<std::size_t>(rule.duty)]);
}

cpc_moment c_moment(Value value) { return value == unknown_value ? no_moment() : c_moment(moment_of(value)); }

}  // namespace cpc::capi

extern "C" {

cpc_status cpc_program_assess(const cpc_program* program, const cpc_record* record, cpc_moment as_of,
                              const cpc_assess_options* options, cpc_assessment** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    if (!program || !record) return report(mistake("program and record must not be NULL"), error);
    const auto settings = assess_options(as_of, options);
    if (!settings) return report(settings.error(), error);
    auto made = std::make_unique<cpc_assessment>();
    made->record = record->record;
    Workspace workspace;
    assess(program->program, *made->record, *settings, workspace, made->result);
    *out = made.release();
    return CPC_OK;
  });
}

void cpc_assessment_free(cpc_assessment* assessment) { delete assessment; }

cpc_status cpc_assessment_verdict(const cpc_assessment* assessment, cpc_verdict* out, cpc_error** error) {
  static_assert(number(Verdict::clean) == CPC_VERDICT_CLEAN && number(Verdict::breach) == CPC_VERDICT_BREACH &&
                number(Verdict::undetermined) == CPC_VERDICT_UNDETERMINED);
  return guard(error, [&]() -> cpc_status {
    if (!assessment || !out) return report(mistake("assessment and out must not be NULL"), error);
    *out = number(verdict_of(assessment->result));
    return CPC_OK;
  });
}

cpc_status cpc_assessment_write_json(const cpc_assessment* assessment, const cpc_write_options* options,
                                     cpc_buffer** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    if (!assessment) return report(mistake("assessment must not be NULL"), error);
    const auto settings =
        read_options(options, cpc_write_options CPC_WRITE_OPTIONS_INIT, write_option_ends, CPC_WRITE_INDENTED);
    if (!settings) return report(settings.error(), error);
    auto made = std::make_unique<cpc_buffer>();
    write_assessment_json(assessment->result, made->text, {(settings->flags & CPC_WRITE_INDENTED) != 0});
    *out = made.release();
    return CPC_OK;
  });
}

int32_t cpc_assessment_left_out(const cpc_assessment* assessment, int32_t kind) {
  if (!assessment) return 0;
  const auto& result = assessment->result;
  switch (kind) {
    case CPC_LEFT_OUT_LATER:
      return result.left_out_later;
    case CPC_LEFT_OUT_NOT_YET_KNOWN:
      return result.left_out_not_yet_known;
    case CPC_LEFT_OUT_WITHDRAWN:
      return result.left_out_withdrawn;
    case CPC_LEFT_OUT_HOLIDAYS:
      return result.program->calendar.left_out();
    default:
      return 0;
  }
}

}  // extern "C"
