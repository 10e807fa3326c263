#include "rulebook/rulebook.h"

#include <algorithm>

namespace cpc {

bool of_source(std::string_view clause, const SourceText& source) {
  return clause.size() > source.id.size() && clause.starts_with(source.id) && clause[source.id.size()] == '-';
}

std::vector<std::string> cited_by(const RuleText& rule) {
  auto out = rule.cites;
  const auto add = [&](const std::vector<std::string>& clauses) {
    for (const auto& clause : clauses)
      if (std::find(out.begin(), out.end(), clause) == out.end()) out.push_back(clause);
  };
  for (const auto& transition : rule.transitions) add(transition.cites);
  for (const auto& node : rule.nodes) add(node.cites);
  for (const auto& outcome : rule.outcomes) add(outcome.cites);
  return out;
}

Severity usual_severity(const RuleText& rule) {
  if (rule.type == RuleText::Type::definition || rule.type == RuleText::Type::threshold) return Severity::info;
  switch (rule.modality) {
    case Modality::must:
    case Modality::must_not:
      return Severity::breach;
    case Modality::should:
      return rule.type == RuleText::Type::timescale && !rule.limits.empty() ? Severity::breach : Severity::advisory;
    case Modality::normally:
      return Severity::advisory;
    case Modality::may:
      break;
  }
  return Severity::info;
}

}  // namespace cpc
