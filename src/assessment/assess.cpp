#include "assessment/assessment.h"
#include "assessment/judges.h"
#include "assessment/workspace.h"

namespace cpc {

Workspace::Workspace() : parts_(std::make_unique<Parts>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

namespace {

/// Moves what is no longer used to the spare ones. The first is taken first again, so that each place keeps its memory.
template <class T>
void spare(std::vector<T>& used, std::vector<T>& spares) {
  for (; !used.empty(); used.pop_back()) spares.push_back(std::move(used.back()));
}

template <class T>
T& take(std::vector<T>& used, std::vector<T>& spares) {
  if (spares.empty()) return used.emplace_back();
  used.push_back(std::move(spares.back()));
  spares.pop_back();
  return used.back();
}

}  // namespace

RecordFinding& Assessment::add_record_finding(RecordRemark remark, std::int32_t row) {
  RecordFinding& finding = take(record_findings, spare_findings_);
  finding.remark = remark;
  finding.row = row;
  finding.says.clear();
  finding.place.clear();
  return finding;
}

ThresholdResult& Assessment::add_threshold() {
  ThresholdResult& result = take(thresholds, spare_thresholds_);
  auto path = std::move(result.path);
  auto missing = std::move(result.needs);
  path.clear();
  missing.clear();
  result = {};
  result.path = std::move(path);
  result.needs = std::move(missing);
  return result;
}

void Assessment::clear() {
  record = nullptr;
  instance_count = 0;
  timescales.clear();
  states.clear();
  spare(thresholds, spare_thresholds_);
  requirements.clear();
  process_findings.clear();
  decision_findings.clear();
  next.clear();
  needs.clear();
  spare(record_findings, spare_findings_);
  left_out_later = 0;
  left_out_not_yet_known = 0;
  left_out_withdrawn = 0;
}

namespace {

/// A conference that was held and has no attendance at all: whether anybody came is then not known, and that is said
/// once.
void report_missing_attendance(const Evaluator& evaluator, Assessment& result) {
  const History& history = evaluator.history();
  if (!evaluator.program().reads_attendance || history.open_event(evaluator.program().known.attendance_recorded))
    return;
  for (std::size_t i = 0; i < history.instances().size(); ++i) {
    const InstanceState& state = history.instances()[i];
    if (state.kind != Kind::conference || !evaluator.attendance_missing(static_cast<std::int16_t>(i))) continue;
    auto& says = result.add_record_finding(RecordRemark::attendance_not_recorded, history.row(state.last).row).says;
    history.append_name(says += "no attendance is recorded for conference '", static_cast<std::int16_t>(i));
    says += "', so who came is taken as not known";
  }
}

void name_instances(const History& history, Assessment& result) {
  const auto& instances = history.instances();
  result.instance_count = instances.size();
  if (result.instances.size() < instances.size()) result.instances.resize(instances.size());
  for (std::size_t i = 0; i < instances.size(); ++i) {
    result.instances[i].kind = instances[i].kind;
    result.instances[i].id.clear();
    history.append_name(result.instances[i].id, static_cast<std::int16_t>(i));
  }
}

}  // namespace

void assess(std::shared_ptr<const Program> program, const Record& record, const AssessOptions& options,
            Workspace& workspace, Assessment& result) {
  auto& parts = workspace.parts();
  const Program& rules = *program;
  result.clear();
  result.record = &record;
  result.as_of = options.as_of;
  result.known_at = options.known_at;
  result.asked_needs = options.needs;
  parts.history.build(rules, record, options, result);
  if (parts.scopes.size() < rules.scope_sets.size()) parts.scopes.resize(rules.scope_sets.size());
  for (std::size_t i = 0; i < rules.scope_sets.size(); ++i) parts.scopes[i].build(rules.scope_sets[i], parts.history);
  Evaluator& evaluator = parts.evaluator;
  evaluator.begin(rules, parts.history, parts.scopes, options, result);
  report_missing_attendance(evaluator, result);
  run_processes(evaluator, parts.processes);
  evaluator.remember_answers();
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const auto rule = static_cast<Index>(i);
    switch (rules.rules[i].type) {
      case RuleText::Type::timescale:
        judge_timescale(evaluator, rule);
        break;
      case RuleText::Type::threshold:
        judge_threshold(evaluator, rule);
        compare_decisions(evaluator, rule);
        break;
      case RuleText::Type::requirement:
      case RuleText::Type::quorum:
        judge_requirement(evaluator, rule);
        break;
      case RuleText::Type::process:
      case RuleText::Type::definition:
        break;
    }
  }
  name_instances(parts.history, result);
  result.program = std::move(program);
}

const char* to_string(TimescaleStatus status) {
  static constexpr const char* words[] = {"not_applicable", "waiting", "undetermined", "pending",     "met",
                                          "late",           "overdue", "missed",       "out_of_order"};
  return words[static_cast<int>(status)];
}
const char* to_string(Authorised authorised) {
  static constexpr const char* words[] = {"not_provided_for", "yes", "no", "unknown"};
  return words[static_cast<int>(authorised)];
}
const char* to_string(RequirementStatus status) {
  static constexpr const char* words[] = {"not_applicable", "satisfied", "broken", "undetermined"};
  return words[static_cast<int>(status)];
}
const char* to_string(Outcome outcome) {
  static constexpr const char* words[] = {"met", "not_met", "undetermined"};
  return words[static_cast<int>(outcome)];
}
const char* to_string(Because because) {
  static constexpr const char* words[] = {
      "", "not_recorded", "lapsed", "no_edition", "date_not_known", "several_possible", "facts_missing"};
  return words[static_cast<int>(because)];
}

namespace {
const Rule& rule_of(const Assessment& assessment, Index rule) {
  return assessment.program->rules[static_cast<std::size_t>(rule)];
}

/// A number that nobody saw in a source never weighs as a breach.
Severity weighed(const Rule& rule) {
  return rule.unverified && rule.severity == Severity::breach ? Severity::advisory : rule.severity;
}
}  // namespace

std::optional<Severity> finding_severity(const Assessment& assessment, const TimescaleResult& result) {
  switch (result.status) {
    case TimescaleStatus::late:
    case TimescaleStatus::overdue:
    case TimescaleStatus::missed:
    case TimescaleStatus::out_of_order:
      return weighed(rule_of(assessment, result.rule));
    default:
      return std::nullopt;
  }
}

std::optional<Severity> finding_severity(const Assessment& assessment, const RequirementResult& result) {
  if (result.status != RequirementStatus::broken) return std::nullopt;
  return weighed(rule_of(assessment, result.rule));
}

/// A guard whose answer is not known weighs nothing: it is undetermined, and named so that it can be settled.
std::optional<Severity> finding_severity(const Assessment& assessment, const ProcessFinding& finding) {
  if (finding.remark == ProcessRemark::guard_unknown) return Severity::info;
  return std::min(weighed(rule_of(assessment, finding.process)), Severity::advisory);
}

std::optional<Severity> finding_severity(const Assessment&, const DecisionFinding&) { return Severity::advisory; }

}  // namespace cpc
