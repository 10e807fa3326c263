#include "rulebook/rulebook.h"

#include <algorithm>
#include <span>

namespace cpc {
namespace {

/// Whether a condition asks for the decision to be taken by this role, and not for it not to be.
bool asks_for_decider(std::span<const Condition> conditions, std::string_view role) {
  return std::any_of(conditions.begin(), conditions.end(), [&](const Condition& one) {
    if (one.op == Condition::Op::negate) return false;
    const bool asked = one.op == Condition::Op::fact && one.fact == "decision_maker" && one.compare == Compare::is;
    return (asked && std::find(one.values.begin(), one.values.end(), role) != one.values.end()) ||
           asks_for_decider(one.parts, role);
  });
}

}  // namespace

bool decides(const Rulebook& book, std::string_view role) {
  return std::any_of(book.rules.begin(), book.rules.end(), [&](const RuleText& rule) {
    return rule.duty == "decision_maker" && asks_for_decider(rule.expect, role);
  });
}

std::string_view title_in(const Rulebook& book, std::string_view word) {
  for (const auto& [term, title] : book.terms)
    if (term == word) return title;
  return {};
}

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
