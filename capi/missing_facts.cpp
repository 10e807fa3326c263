#include <vector>

#include "assessment/findings.h"
#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

/// A missing fact with its names written out, so that it outlives the record and the assessment.
struct NamedFact {
  std::string name;
  std::int32_t checks = 0;
  std::vector<std::string> rows;
  std::vector<std::string> rules;
};

NamedFact named(const Assessment& assessment, const MissingFact& fact) {
  NamedFact made;
  made.name = fact.fact;
  made.checks = fact.checks;
  made.rows = row_names(assessment, fact.rows);
  for (const auto rule : fact.rules) made.rules.push_back(rule_of(assessment, rule).name);
  return made;
}

}  // namespace

struct cpc_missing_facts {
  std::vector<NamedFact> list;
};

namespace {

const NamedFact* at(const cpc_missing_facts* facts, std::size_t index) {
  return facts ? element(facts->list, index) : nullptr;
}

}  // namespace

extern "C" {

cpc_status cpc_assessment_missing_facts(const cpc_assessment* assessment, cpc_missing_facts** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    if (!assessment) return report(mistake("assessment must not be NULL"), error);
    if (!assessment->result.asked_needs)
      return report(mistake("the assessment was made without CPC_ASSESS_NEEDS"), error);
    auto made = std::make_unique<cpc_missing_facts>();
    for (const auto& fact : missing_facts(assessment->result)) made->list.push_back(named(assessment->result, fact));
    *out = made.release();
    return CPC_OK;
  });
}

void cpc_missing_facts_free(cpc_missing_facts* facts) { delete facts; }

size_t cpc_missing_facts_count(const cpc_missing_facts* facts) { return facts ? facts->list.size() : 0; }

cpc_text cpc_missing_facts_name(const cpc_missing_facts* facts, size_t index) {
  const auto* one = at(facts, index);
  return one ? borrowed(one->name) : empty_text();
}

int32_t cpc_missing_facts_checks(const cpc_missing_facts* facts, size_t index) {
  const auto* one = at(facts, index);
  return one ? one->checks : 0;
}

size_t cpc_missing_facts_row_count(const cpc_missing_facts* facts, size_t index) {
  const auto* one = at(facts, index);
  return one ? one->rows.size() : 0;
}

cpc_text cpc_missing_facts_row(const cpc_missing_facts* facts, size_t index, size_t row) {
  const auto* one = at(facts, index);
  const auto* name = one ? element(one->rows, row) : nullptr;
  return name ? borrowed(*name) : empty_text();
}

size_t cpc_missing_facts_rule_count(const cpc_missing_facts* facts, size_t index) {
  const auto* one = at(facts, index);
  return one ? one->rules.size() : 0;
}

cpc_text cpc_missing_facts_rule(const cpc_missing_facts* facts, size_t index, size_t rule) {
  const auto* one = at(facts, index);
  const auto* name = one ? element(one->rules, rule) : nullptr;
  return name ? borrowed(*name) : empty_text();
}

}  // extern "C"
