#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/assessment.h"

namespace cpc {

/// One thing that is late, missing, out of order or worth a look, as reports and writers show it.
struct Finding {
  Index rule = none;  ///< none: about the input itself.
  ScopeId scope;
  std::int32_t cycle = 0;
  Severity severity = Severity::info;
  std::string_view kind;  ///< late, overdue, missed, out_of_order, provisional, broken, out_of_sequence, guard,
                          ///< guard_unknown, record.
  std::string key;        ///< The same in every run, and no two alike.
  std::string says;
  std::string place;  ///< For a row that was left out while reading: its JSON pointer.
  std::vector<std::string> clauses;
  std::vector<std::int32_t> rows;
  Truth explained = Truth::no;
  bool can_be_explained = false;
  bool unverified = false;
  const TimescaleResult* timescale = nullptr;  ///< Where it is of one. Lives as long as the assessment.
};

/// Every finding: in the order of the rules, within a rule by child and as they were judged, those about the input
/// last.
[[nodiscard]] std::vector<Finding> findings_of(const Assessment& assessment);

/// One fact that is missing, with all the checks that wait for it.
struct MissingFact {
  std::string fact;                ///< `event.attribute`, a fact as rules write it, or an event.
  bool event_itself = false;       ///< Rows of an event that the host does not keep.
  std::vector<std::int32_t> rows;  ///< Whose attribute it is; ascending.
  std::vector<Index> rules;        ///< Ascending.
  std::int32_t checks = 0;         ///< Different rules and scopes that it would help to settle.
  std::vector<std::string> items;  ///< Of a checklist: those that the rules ask about and no row tells of.
  bool kept = false;               ///< At least one check lacks a fact that the host does keep.
};
/// Those that settle most first, then by name. Empty unless the assessment was asked for needs.
[[nodiscard]] std::vector<MissingFact> missing_facts(const Assessment& assessment);
/// How a missing fact is named: `report_shared.translation_needed`.
[[nodiscard]] std::string fact_name(const Program& program, Index fact);
[[nodiscard]] std::string need_name(const Assessment& assessment, const Need& need);

/// The names of results, one for each in their order: rule, ids of the scope, then cycle, row or who answered. The same
/// in every run, and no two of one list alike.
[[nodiscard]] std::vector<std::string> timescale_keys(const Assessment& assessment);
[[nodiscard]] std::vector<std::string> threshold_keys(const Assessment& assessment);
[[nodiscard]] std::string key_of(const Assessment& assessment, const StateResult& result);
/// The clauses of the step that led to a state; where that is not sure or cites none, of all that lead to one of its
/// states, else of the process.
[[nodiscard]] std::vector<std::string> clauses_of(const Assessment& assessment, const StateResult& result);

/// The id of a child, and of an instance of the scope.
[[nodiscard]] std::string_view child_name(const Assessment& assessment, std::int16_t child);
[[nodiscard]] const InstanceName& instance_name(const Assessment& assessment, std::int16_t instance);
/// Of the conference of a scope, or -1: its number in Assessment::instances.
[[nodiscard]] std::int16_t conference_of(const Assessment& assessment, const ScopeId& scope);
/// The numbers of the children in the order of their ids: whatever the order of the input, results stand in this one.
[[nodiscard]] std::vector<std::int16_t> children_in_order(const Assessment& assessment);

/// The value of one attribute of a row, or nothing where it is not given.
[[nodiscard]] std::optional<Value> value_at(const Assessment& assessment, std::int32_t row, std::string_view attribute);
/// The role that the row names, or empty.
[[nodiscard]] std::string_view role_at(const Assessment& assessment, std::int32_t row);

[[nodiscard]] std::string_view to_string(Severity severity);
[[nodiscard]] std::string_view to_string(Modality modality);
[[nodiscard]] std::string_view to_string(Truth truth);
[[nodiscard]] std::string_view to_string(RecordRemark remark);

/// What an assessment comes to as a whole; the exit status of the command says the same.
enum class Verdict : std::uint8_t { clean, breach, undetermined };
/// `breach`: a finding weighs so much. Else `undetermined`: a rule of that weight lacks a fact that the host does keep.
[[nodiscard]] Verdict verdict_of(const Assessment& assessment);

}  // namespace cpc
