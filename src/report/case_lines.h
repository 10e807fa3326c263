#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assessment/findings.h"
#include "report/lines.h"

namespace cpc {

/// Ends every report of an assessment.
inline constexpr std::string_view report_closing =
    "These are checks of the record, not of anyone's practice. Whether the test of significant harm is met, and what "
    "follows, is for the conference: the decision is the chair's.";

/// The text with a full stop at its end.
[[nodiscard]] std::string ended(std::string text);
/// The texts without those that were there before.
[[nodiscard]] std::vector<std::string> unique(const std::vector<std::string>& texts);

struct CaseLineOptions {
  bool all = false;           ///< Also what is otherwise counted, as every state and what the host does not keep.
  bool every_clause = false;  ///< Else a line names the first few of its clauses and how many more there are.
};

/// A question that a row of answers came by, and its answer: "yes", "no", or empty where the row does not hold it.
struct AnsweredQuestion {
  std::string question;
  std::string answer;
  std::string cites;
};

/// What an assessment says, line by line, before it is laid out: text, page and calendar speak in the same words.
/// Refers to the assessment.
class CaseLines {
 public:
  CaseLines(const Assessment& assessment, CaseLineOptions options);

  // ---- What stands at the top and the bottom
  /// "hertfordshire, edition 2007 over england, edition 2023": the topmost layer first.
  [[nodiscard]] std::string rulebooks() const;
  [[nodiscard]] std::string calendar() const;
  /// "3 rows later than that day and 1 withdrawn row", or empty.
  [[nodiscard]] std::string left_out() const;
  /// "28 kept in time and 2 found as expected", or empty: what is counted rather than listed.
  [[nodiscard]] std::string other_checks() const;
  /// Of how many duties the rulebook says nothing, as a sentence; empty where there is none.
  [[nodiscard]] std::string silent_duties() const;

  // ---- Lines; `source` of those of one kind is their place in the assessment's own list
  [[nodiscard]] std::vector<ReportLine> overdue() const;      ///< Of timescales.
  [[nodiscard]] std::vector<ReportLine> pending() const;      ///< Of timescales.
  [[nodiscard]] std::vector<ReportLine> untimely() const;     ///< Of timescales: late, missed or out of order.
  [[nodiscard]] std::vector<ReportLine> met() const;          ///< Of timescales.
  [[nodiscard]] std::vector<ReportLine> waiting() const;      ///< Of timescales.
  [[nodiscard]] std::vector<ReportLine> unexpected() const;   ///< Findings that are not of a limit.
  [[nodiscard]] std::vector<ReportLine> thresholds() const;   ///< Of thresholds.
  [[nodiscard]] std::vector<ReportLine> differing() const;    ///< Views and decisions unlike the answers.
  [[nodiscard]] std::vector<ReportLine> states() const;       ///< Of states.
  [[nodiscard]] std::vector<ReportLine> missing() const;      ///< One for each missing fact; about no child.
  [[nodiscard]] std::vector<ReportLine> not_settled() const;  ///< Limits and steps that are not determined.
  [[nodiscard]] std::vector<std::string> about_record() const;
  [[nodiscard]] std::vector<ReportLine> next() const;  ///< What may come next.

  // ---- Words for parts of a line
  /// "ada and ben, initial conference of 9 June 2026 (c1)"; "The case" where it is neither a child's nor a
  /// conference's.
  [[nodiscard]] std::string group_title(const std::set<int>& children, int conference) const;
  [[nodiscard]] std::string child_list(const std::set<int>& children) const;
  /// The type of a conference, "initial", or empty where it is not known.
  [[nodiscard]] std::string conference_type(std::string_view id) const;
  /// "Later review (cycle 1)", with the instances that tell it from others.
  [[nodiscard]] std::string timescale_title(const TimescaleResult& result) const;
  /// "15 working days after the conference, 9 June 2026", or empty.
  [[nodiscard]] std::string limit(const TimescaleResult& result) const;
  /// What a reader should know of how a limit was reckoned: sentences, each after a space.
  [[nodiscard]] std::string marks(const TimescaleResult& result) const;
  /// "; that is no working day, …" where the limit falls on a closed day.
  [[nodiscard]] std::string act_by(const TimescaleResult& result) const;
  /// " [A and B]", with the rulebook's name where there are several.
  [[nodiscard]] std::string citation(Index rule, const std::vector<std::string>& clauses) const;
  [[nodiscard]] std::string answered_by(const ThresholdResult& result) const;
  [[nodiscard]] std::vector<AnsweredQuestion> answers(const ThresholdResult& result) const;
  /// What follows the outcome: that it is to be restated, or what would settle it.
  [[nodiscard]] std::string threshold_remark(const ThresholdResult& result) const;
  /// The clauses of the outcome alone.
  [[nodiscard]] std::vector<std::string> outcome_clauses(const ThresholdResult& result) const;

 private:
  [[nodiscard]] const Rule& rule_of(Index rule) const { return program_.rules[static_cast<std::size_t>(rule)]; }
  void note_instances(const ScopeId& scope);
  [[nodiscard]] ReportLine line_for(const ScopeId& scope, Value when) const;
  [[nodiscard]] ReportLine line_of(const Finding& finding) const;
  template <class Wanted>
  [[nodiscard]] std::vector<ReportLine> lines_of(const Wanted& wanted) const;
  [[nodiscard]] std::vector<ReportLine> timescales(TimescaleStatus status) const;
  [[nodiscard]] std::string clauses_text(std::vector<std::string> clauses) const;
  [[nodiscard]] std::string conference_title(int number) const;
  [[nodiscard]] std::string instances_text(const ScopeId& scope) const;
  [[nodiscard]] std::string with_instances(const Finding& finding) const;
  [[nodiscard]] std::string limit_suffix(const TimescaleResult& result) const;
  [[nodiscard]] std::string term(std::string_view word) const;
  [[nodiscard]] std::string answer_text(std::int32_t row, const Condition& question) const;
  [[nodiscard]] bool under_way(const StateResult& result) const;
  [[nodiscard]] std::string why_undetermined(const TimescaleResult& result) const;
  [[nodiscard]] std::string missing_text(const MissingFact& missing) const;
  [[nodiscard]] std::string taken_text(const TimescaleResult& result) const;

  const Assessment& a_;
  const Program& program_;
  const Record& record_;
  CaseLineOptions options_;
  std::vector<Finding> findings_;
  std::vector<int> place_;              ///< Of each child in the order of names.
  std::vector<std::int16_t> children_;  ///< The children in that order.
  std::map<std::pair<std::int16_t, Kind>, std::set<std::int16_t>> instances_;
};

}  // namespace cpc
