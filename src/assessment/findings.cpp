#include "assessment/findings.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "assessment/missing_items.h"
#include "assessment/wording.h"

namespace cpc {
namespace {

const Rule& rule_of(const Assessment& assessment, Index rule) {
  return assessment.program->rules[static_cast<std::size_t>(rule)];
}

std::string row_name(const Assessment& assessment, std::int32_t row) {
  return assessment.record->row_name(assessment.record->rows[static_cast<std::size_t>(row)]);
}

std::string scope_key(const Assessment& assessment, Index rule, const ScopeId& scope) {
  auto key = rule_of(assessment, rule).name;
  if (scope.child >= 0) (key += '|') += child_name(assessment, scope.child);
  for (const auto number : scope.instance)
    if (number >= 0) (key += '|') += instance_name(assessment, number).id;
  return key;
}

std::string key_with_row(const Assessment& assessment, Index rule, const ScopeId& scope, std::int32_t row) {
  auto key = scope_key(assessment, rule, scope);
  return row < 0 ? key : key + '|' + row_name(assessment, row);
}

/// Rules that give one entry a row need the row in the key.
bool entry_per_row(const RuleText& rule) {
  return rule.from && !rule.from->selector.empty() && rule.from->selector.front().pick == Selector::Pick::each;
}

std::string key_of(const Assessment& assessment, const TimescaleResult& result) {
  auto key = scope_key(assessment, result.rule, result.scope);
  if (result.cycle > 0) (key += '|') += std::to_string(result.cycle);
  if (result.from_row >= 0 && entry_per_row(*rule_of(assessment, result.rule).text))
    (key += '|') += row_name(assessment, result.from_row);
  return key;
}

/// Two rows may have one name (two attendances of one day): the second of a key is numbered.
void make_different(std::vector<std::string>& keys) {
  std::unordered_map<std::string, int> seen;
  for (auto& key : keys)
    if (const int times = ++seen[key]; times > 1) key += '#' + std::to_string(times);
}

void add_new(std::vector<std::string>& list, const std::vector<std::string>& more) {
  for (const auto& one : more)
    if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
}

std::vector<std::string> clauses_of(const Assessment& assessment, const ProcessFinding& finding) {
  const auto& rule = *rule_of(assessment, finding.process).text;
  std::vector<std::string> clauses;
  if (finding.transition >= 0) {
    clauses = rule.transitions[static_cast<std::size_t>(finding.transition)].cites;
  } else if (finding.row >= 0) {
    const auto& event =
        assessment.record->vocabulary->events[assessment.record->rows[static_cast<std::size_t>(finding.row)].event]
            .name;
    for (const auto& transition : rule.transitions)
      if (transition.on.event == event) add_new(clauses, transition.cites);
  }
  return clauses.empty() ? rule.cites : clauses;
}

std::string_view kind_of(ProcessRemark remark) {
  switch (remark) {
    case ProcessRemark::out_of_sequence:
      return "out_of_sequence";
    case ProcessRemark::guard_no:
      return "guard";
    case ProcessRemark::guard_unknown:
      break;
  }
  return "guard_unknown";
}

Finding finding_of(const Assessment& assessment, const TimescaleResult& result, std::string key, Severity severity) {
  Finding out;
  out.rule = result.rule, out.scope = result.scope, out.cycle = result.cycle, out.severity = severity;
  out.kind = to_string(result.status);
  out.key = std::move(key);
  out.says = says(assessment, result);
  out.clauses = rule_of(assessment, result.rule).text->cites;
  for (const auto row : {result.from_row, result.until_row})
    if (row >= 0) out.rows.push_back(row);
  out.explained = result.explained, out.can_be_explained = true;
  out.unverified = result.unverified;
  out.timescale = &result;
  return out;
}

Finding provisional_finding(const Assessment& assessment, const TimescaleResult& result, std::string key) {
  auto out = finding_of(assessment, result, std::move(key), Severity::info);
  const auto& calendar = assessment.program->calendar.text();
  out.kind = "provisional";
  out.key += "|provisional";
  out.says = title_of(*rule_of(assessment, result.rule).text) + ": the limit" +
             (result.due == unknown_value ? "" : " of " + long_moment(moment_of(result.due))) +
             " is provisional; the holidays of the calendar are known from " + long_day(calendar.first) + " to " +
             long_day(calendar.last);
  out.can_be_explained = false;
  return out;
}

Finding finding_of(const Assessment& assessment, const RequirementResult& result, Severity severity) {
  Finding out;
  out.rule = result.rule, out.scope = result.scope, out.severity = severity;
  out.kind = to_string(result.status);
  out.key = key_with_row(assessment, result.rule, result.scope, result.row);
  out.says = says(assessment, result);
  out.clauses = rule_of(assessment, result.rule).text->cites;
  if (result.row >= 0) out.rows.push_back(result.row);
  out.explained = result.explained, out.can_be_explained = true;
  out.unverified = rule_of(assessment, result.rule).unverified;
  return out;
}

Finding finding_of(const Assessment& assessment, const ProcessFinding& finding, Severity severity) {
  Finding out;
  out.rule = finding.process, out.scope = finding.scope, out.severity = severity;
  out.kind = kind_of(finding.remark);
  out.key = key_with_row(assessment, finding.process, finding.scope, finding.row) + '|' +
            std::string(kind_of(finding.remark));
  out.says = says(assessment, finding);
  out.clauses = clauses_of(assessment, finding);
  if (finding.row >= 0) out.rows.push_back(finding.row);
  return out;
}

Finding finding_of(const Assessment& assessment, const DecisionFinding& finding, Severity severity) {
  const auto& rule = *rule_of(assessment, finding.rule).text;
  Finding out;
  out.rule = finding.rule, out.scope = finding.scope, out.severity = severity;
  out.kind = finding.remark == DecisionRemark::decision_differs ? "decision_differs" : "view_differs";
  out.key = key_with_row(assessment, finding.rule, finding.scope, finding.row) + '|' + std::string(out.kind);
  out.says = says(assessment, finding);
  for (const auto& outcome : rule.outcomes)
    if (outcome.name == to_string(finding.outcome)) out.clauses = outcome.cites;
  if (out.clauses.empty()) out.clauses = rule.cites;
  for (const auto row : {finding.row, finding.answers})
    if (row >= 0 && (out.rows.empty() || out.rows.front() != row)) out.rows.push_back(row);
  return out;
}

Finding finding_of(const Assessment& assessment, const RecordFinding& remark) {
  Finding out;
  out.kind = "record";
  out.key = "record|" + std::string(to_string(remark.remark));
  out.says = remark.says;
  if (remark.row >= 0)
    out.key += '|' + row_name(assessment, remark.row), out.rows.push_back(remark.row);
  else
    out.place = remark.place;
  return out;
}

/// Whatever the order of the input: by date, then by name.
std::vector<std::int32_t> in_canonical_order(const Assessment& assessment, const std::set<std::int32_t>& rows) {
  std::vector<std::tuple<Value, std::string, std::int32_t>> keyed;
  for (const auto row : rows)
    keyed.emplace_back(assessment.record->rows[static_cast<std::size_t>(row)].at, row_name(assessment, row), row);
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::int32_t> out;
  for (const auto& [at, name, row] : keyed) out.push_back(row);
  return out;
}

using ScopeKey = std::tuple<Index, std::int16_t, std::int16_t, std::int16_t>;
ScopeKey key(Index rule, const ScopeId& scope) { return {rule, scope.child, scope.instance[0], scope.instance[1]}; }

/// Rules and scopes that are undetermined for want of more than what the host does not keep.
std::set<ScopeKey> waiting_for_kept_facts(const Assessment& assessment) {
  std::set<ScopeKey> out;
  for (const auto& result : assessment.timescales)
    if (result.status == TimescaleStatus::undetermined && result.because != Because::not_recorded)
      out.insert(key(result.rule, result.scope));
  for (const auto& result : assessment.requirements)
    if (result.status == RequirementStatus::undetermined && result.because != Because::not_recorded)
      out.insert(key(result.rule, result.scope));
  for (const auto& result : assessment.thresholds)
    if (result.outcome == Outcome::undetermined) out.insert(key(result.rule, result.scope));
  for (const auto& finding : assessment.process_findings)
    if (finding.remark == ProcessRemark::guard_unknown) out.insert(key(finding.process, finding.scope));
  for (const auto& result : assessment.states) out.insert(key(result.process, result.scope));
  return out;
}

bool weighs(const Assessment& assessment, Index rule) {
  const auto& one = rule_of(assessment, rule);
  return one.severity == Severity::breach && !one.unverified;
}

bool undetermined_breach(const Assessment& assessment) {
  for (const auto& result : assessment.timescales)
    if (result.status == TimescaleStatus::undetermined && result.because != Because::not_recorded &&
        result.because != Because::no_edition && weighs(assessment, result.rule))
      return true;
  for (const auto& result : assessment.requirements)
    if (result.status == RequirementStatus::undetermined && result.because != Because::not_recorded &&
        result.because != Because::no_edition && weighs(assessment, result.rule))
      return true;
  return std::any_of(assessment.process_findings.begin(), assessment.process_findings.end(), [&](const auto& finding) {
    return finding.remark == ProcessRemark::guard_unknown && weighs(assessment, finding.process);
  });
}

template <class Results>
bool has_breach(const Assessment& assessment, const Results& results) {
  return std::any_of(results.begin(), results.end(),
                     [&](const auto& result) { return finding_severity(assessment, result) == Severity::breach; });
}

}  // namespace

std::vector<Finding> findings_of(const Assessment& assessment) {
  std::vector<Finding> out;
  const auto keys = timescale_keys(assessment);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto& result = assessment.timescales[i];
    if (const auto severity = finding_severity(assessment, result))
      out.push_back(finding_of(assessment, result, keys[i], *severity));
    if (result.provisional) out.push_back(provisional_finding(assessment, result, keys[i]));
  }
  const auto add = [&](const auto& results) {
    for (const auto& result : results)
      if (const auto severity = finding_severity(assessment, result))
        out.push_back(finding_of(assessment, result, *severity));
  };
  add(assessment.requirements);
  add(assessment.process_findings);
  add(assessment.decision_findings);

  std::vector<std::int16_t> place(assessment.record->children.size());
  const auto order = children_in_order(assessment);
  for (std::size_t i = 0; i < order.size(); ++i)
    place[static_cast<std::size_t>(order[i])] = static_cast<std::int16_t>(i);
  const auto child = [&](const Finding& finding) {
    return finding.scope.child < 0 ? -1 : int{place[static_cast<std::size_t>(finding.scope.child)]};
  };
  std::stable_sort(out.begin(), out.end(), [&](const Finding& a, const Finding& b) {
    return std::pair(a.rule, child(a)) < std::pair(b.rule, child(b));
  });
  const auto judged = static_cast<std::ptrdiff_t>(out.size());
  for (const auto& remark : assessment.record->findings) out.push_back(finding_of(assessment, remark));
  for (const auto& remark : assessment.record_findings) out.push_back(finding_of(assessment, remark));
  std::stable_sort(out.begin() + judged, out.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.key, a.place, a.says) < std::tie(b.key, b.place, b.says);
  });
  std::vector<std::string> all_keys;
  for (const auto& finding : out) all_keys.push_back(finding.key);
  make_different(all_keys);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].key = std::move(all_keys[i]);
  return out;
}

std::string fact_name(const Program& program, Index fact) {
  const auto& one = program.facts[static_cast<std::size_t>(fact)];
  if (one.source != Fact::Source::slot) return one.name;
  return program.vocabulary->events[one.event].name + '.' + one.name;
}

std::string need_name(const Assessment& assessment, const Need& need) {
  return need.fact == none ? assessment.program->vocabulary->events[need.event].name
                           : fact_name(*assessment.program, need.fact);
}

std::vector<MissingFact> missing_facts(const Assessment& assessment) {
  struct Gathered {
    MissingFact fact;
    std::set<std::int32_t> rows;
    std::set<Index> rules;
    std::set<ScopeKey> checks;
    Index checklist = none;
    std::uint64_t items = 0;
  };
  std::map<std::string, Gathered> by_name;
  MissingItems missing_items(assessment);
  const auto waiting = waiting_for_kept_facts(assessment);
  for (const auto& need : assessment.needs) {
    auto& one = by_name[need_name(assessment, need)];
    one.fact.event_itself = need.fact == none;
    if (need.row >= 0) one.rows.insert(need.row);
    if (const auto items = missing_items.of(need)) one.checklist = need.fact, one.items |= items;
    one.rules.insert(need.rule);
    const auto check = key(need.rule, need.scope);
    one.checks.insert(check);
    if (waiting.contains(check)) one.fact.kept = true;
  }
  std::vector<MissingFact> out;
  for (auto& [name, one] : by_name) {
    one.fact.fact = name;
    one.fact.rows = in_canonical_order(assessment, one.rows);
    one.fact.rules.assign(one.rules.begin(), one.rules.end());
    one.fact.checks = static_cast<std::int32_t>(one.checks.size());
    if (one.checklist != none) one.fact.items = missing_items.words(one.checklist, one.items);
    out.push_back(std::move(one.fact));
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.checks > b.checks; });
  return out;
}

std::vector<std::string> timescale_keys(const Assessment& assessment) {
  std::vector<std::string> keys;
  for (const auto& result : assessment.timescales) keys.push_back(key_of(assessment, result));
  make_different(keys);
  return keys;
}

std::vector<std::string> threshold_keys(const Assessment& assessment) {
  std::vector<std::string> keys;
  for (const auto& result : assessment.thresholds) {
    auto key = key_with_row(assessment, result.rule, result.scope, result.row);
    if (const auto person = value_at(assessment, result.row, "person"))
      (key += '|') += assessment.record->ids.text(static_cast<std::uint32_t>(*person - 1));
    else
      (key += '|') += role_at(assessment, result.row);
    keys.push_back(std::move(key));
  }
  make_different(keys);
  return keys;
}

std::vector<std::string> clauses_of(const Assessment& assessment, const StateResult& result) {
  const Rule& rule = assessment.program->rules[static_cast<std::size_t>(result.process)];
  if (result.transition >= 0) {
    const auto& cites = rule.text->transitions[static_cast<std::size_t>(result.transition)].cites;
    if (!cites.empty()) return cites;
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < rule.transitions.size(); ++i) {
    const auto to = rule.transitions[i].to;
    if (to < 0 || (result.states >> to & 1) == 0) continue;
    for (const auto& clause : rule.text->transitions[i].cites)
      if (std::find(out.begin(), out.end(), clause) == out.end()) out.push_back(clause);
  }
  return out.empty() ? rule.text->cites : out;
}

std::string key_of(const Assessment& assessment, const StateResult& result) {
  return scope_key(assessment, result.process, result.scope);
}

std::optional<Value> value_at(const Assessment& assessment, std::int32_t row, std::string_view attribute) {
  if (row < 0) return std::nullopt;
  const auto& record = *assessment.record;
  const auto& one = record.rows[static_cast<std::size_t>(row)];
  const int slot = record.vocabulary->slot(one.event, attribute);
  if (slot < 0) return std::nullopt;
  const auto value = record.slots(one)[static_cast<std::size_t>(slot)];
  return value == unknown_value ? std::nullopt : std::optional(value);
}

std::string_view role_at(const Assessment& assessment, std::int32_t row) {
  const auto role = value_at(assessment, row, "role");
  if (!role) return {};
  const auto& roles =
      assessment.record->vocabulary->enumerations[static_cast<std::size_t>(assessment.program->known.role_enumeration)];
  return roles.values[static_cast<std::size_t>(*role - 1)];
}

std::string_view child_name(const Assessment& assessment, std::int16_t child) {
  return assessment.record->ids.text(assessment.record->children[static_cast<std::size_t>(child)]);
}

const InstanceName& instance_name(const Assessment& assessment, std::int16_t instance) {
  return assessment.instances[static_cast<std::size_t>(instance)];
}

std::int16_t conference_of(const Assessment& assessment, const ScopeId& scope) {
  for (const auto number : scope.instance)
    if (number >= 0 && instance_name(assessment, number).kind == Kind::conference) return number;
  return -1;
}

std::vector<std::int16_t> children_in_order(const Assessment& assessment) {
  std::vector<std::int16_t> order(assessment.record->children.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int16_t>(i);
  std::sort(order.begin(), order.end(),
            [&](auto a, auto b) { return child_name(assessment, a) < child_name(assessment, b); });
  return order;
}

std::string_view to_string(Severity severity) {
  constexpr std::array<std::string_view, 3> words = {"info", "advisory", "breach"};
  return words[static_cast<std::size_t>(severity)];
}

std::string_view to_string(Modality modality) {
  constexpr std::array<std::string_view, 5> words = {"must", "must_not", "should", "normally", "may"};
  return words[static_cast<std::size_t>(modality)];
}

std::string_view to_string(Truth truth) {
  constexpr std::array<std::string_view, 3> words = {"no", "unknown", "yes"};
  return words[static_cast<std::size_t>(truth)];
}

std::string_view to_string(RecordRemark remark) {
  constexpr std::array<std::string_view, 14> words = {"unknown_event",      "unknown_attribute",      "unlisted_value",
                                                      "bad_value",          "missing_conference",     "repeated_hour",
                                                      "two_dates_of_birth", "long_before_birth",      "after_death",
                                                      "same_row_twice",     "duplicate_key",          "link_not_given",
                                                      "unknown_child",      "attendance_not_recorded"};
  return words[static_cast<std::size_t>(remark)];
}

Verdict verdict_of(const Assessment& assessment) {
  if (has_breach(assessment, assessment.timescales) || has_breach(assessment, assessment.requirements) ||
      has_breach(assessment, assessment.process_findings) || has_breach(assessment, assessment.decision_findings))
    return Verdict::breach;
  return undetermined_breach(assessment) ? Verdict::undetermined : Verdict::clean;
}

}  // namespace cpc
