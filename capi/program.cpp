#include "program/program.h"

#include <vector>

#include "handles.h"
#include "json/record_reader.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

const Rule* rule_at(const cpc_program* program, std::size_t index) {
  return program ? element(program->program->rules, index) : nullptr;
}

}  // namespace

extern "C" {

cpc_status cpc_program_compile(const cpc_rulebook* const* rulebooks, size_t count, const cpc_calendar* calendar,
                               cpc_program** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    if (!rulebooks || !calendar) return report(mistake("rulebooks and calendar must not be NULL"), error);
    if (count == 0) return report(mistake("count is 0; a program has at least one rulebook"), error);
    std::vector<Rulebook> stack;
    for (std::size_t i = 0; i < count; ++i) {
      if (!rulebooks[i]) return report(mistake("rulebooks[" + std::to_string(i) + "] must not be NULL"), error);
      stack.push_back(rulebooks[i]->rulebook);
    }
    const auto program = compile(std::move(stack), calendar->calendar, embedded_vocabulary());
    if (!program) return report(program.error(), error);
    *out = new cpc_program{*program};
    return CPC_OK;
  });
}

void cpc_program_free(cpc_program* program) { delete program; }

size_t cpc_program_rule_count(const cpc_program* program) { return program ? program->program->rules.size() : 0; }

cpc_text cpc_program_rule_name(const cpc_program* program, size_t index) {
  const auto* rule = rule_at(program, index);
  return rule ? borrowed(rule->name) : empty_text();
}

cpc_text cpc_program_rule_duty(const cpc_program* program, size_t index) {
  const auto* rule = rule_at(program, index);
  return rule ? duty_of(*program->program, *rule) : empty_text();
}

size_t cpc_program_not_covered_count(const cpc_program* program) {
  return program ? program->program->not_covered.size() : 0;
}

cpc_text cpc_program_not_covered(const cpc_program* program, size_t index) {
  const auto* duty = program ? element(program->program->not_covered, index) : nullptr;
  return duty ? borrowed(*duty) : empty_text();
}

}  // extern "C"
