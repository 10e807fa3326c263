#include "assessment/findings.h"

#include <vector>

#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

static_assert(number(Severity::info) == CPC_SEVERITY_INFO && number(Severity::advisory) == CPC_SEVERITY_ADVISORY &&
              number(Severity::breach) == CPC_SEVERITY_BREACH);

/// A finding with its ids written out, so that it outlives the record and the assessment.
struct NamedFinding {
  Finding finding;
  const Rule* rule = nullptr;
  std::string child;
  std::array<std::pair<cpc_text, std::string>, CPC_MOST_INSTANCES> instances;
  std::vector<std::string> rows;
};

std::string owned(cpc_text text) { return {text.data, text.size}; }

NamedFinding named(const Assessment& assessment, Finding finding) {
  NamedFinding made;
  if (finding.rule != none) made.rule = &rule_of(assessment, finding.rule);
  made.child = owned(child_id(assessment, finding.scope));
  for (std::size_t i = 0; i < made.instances.size(); ++i)
    made.instances[i] = {instance_kind(assessment, finding.scope, i), owned(instance_id(assessment, finding.scope, i))};
  made.rows = row_names(assessment, finding.rows);
  finding.timescale = nullptr;
  made.finding = std::move(finding);
  return made;
}

}  // namespace

struct cpc_findings {
  std::shared_ptr<const Program> program;
  std::vector<NamedFinding> list;
};

namespace {

const NamedFinding* at(const cpc_findings* findings, std::size_t index) {
  return findings ? element(findings->list, index) : nullptr;
}

}  // namespace

extern "C" {

cpc_status cpc_assessment_findings(const cpc_assessment* assessment, cpc_findings** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    if (!assessment) return report(mistake("assessment must not be NULL"), error);
    auto made = std::make_unique<cpc_findings>();
    made->program = assessment->result.program;
    for (auto& finding : findings_of(assessment->result))
      made->list.push_back(named(assessment->result, std::move(finding)));
    *out = made.release();
    return CPC_OK;
  });
}

void cpc_findings_free(cpc_findings* findings) { delete findings; }

size_t cpc_findings_count(const cpc_findings* findings) { return findings ? findings->list.size() : 0; }

cpc_text cpc_findings_rule(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one && one->rule ? borrowed(one->rule->name) : empty_text();
}

cpc_text cpc_findings_duty(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one && one->rule ? duty_of(*findings->program, *one->rule) : empty_text();
}

cpc_text cpc_findings_child(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? borrowed(one->child) : empty_text();
}

cpc_text cpc_findings_instance_kind(const cpc_findings* findings, size_t index, size_t instance) {
  const auto* one = at(findings, index);
  const auto* found = one ? element(one->instances, instance) : nullptr;
  return found ? found->first : empty_text();
}

cpc_text cpc_findings_instance_id(const cpc_findings* findings, size_t index, size_t instance) {
  const auto* one = at(findings, index);
  const auto* found = one ? element(one->instances, instance) : nullptr;
  return found ? borrowed(found->second) : empty_text();
}

cpc_severity cpc_findings_severity(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? number(one->finding.severity) : 0;
}

cpc_text cpc_findings_kind(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? borrowed(one->finding.kind) : empty_text();
}

cpc_text cpc_findings_says(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? borrowed(one->finding.says) : empty_text();
}

cpc_text cpc_findings_key(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? borrowed(one->finding.key) : empty_text();
}

size_t cpc_findings_clause_count(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? one->finding.clauses.size() : 0;
}

cpc_text cpc_findings_clause(const cpc_findings* findings, size_t index, size_t clause) {
  const auto* one = at(findings, index);
  const auto* cited = one ? element(one->finding.clauses, clause) : nullptr;
  return cited ? borrowed(*cited) : empty_text();
}

size_t cpc_findings_row_count(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? one->rows.size() : 0;
}

cpc_text cpc_findings_row(const cpc_findings* findings, size_t index, size_t row) {
  const auto* one = at(findings, index);
  const auto* name = one ? element(one->rows, row) : nullptr;
  return name ? borrowed(*name) : empty_text();
}

cpc_text cpc_findings_place(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? borrowed(one->finding.place) : empty_text();
}

cpc_truth cpc_findings_explained(const cpc_findings* findings, size_t index) {
  const auto* one = at(findings, index);
  return one ? number(one->finding.explained) : CPC_UNKNOWN;
}

}  // extern "C"
