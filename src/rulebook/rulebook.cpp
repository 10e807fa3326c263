#include "rulebook/rulebook.h"

namespace cpc {

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
