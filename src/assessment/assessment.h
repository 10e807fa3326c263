#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "program/program.h"
#include "record/record.h"

namespace cpc {

enum class TimescaleStatus : std::uint8_t {
  not_applicable,
  waiting,
  undetermined,
  pending,
  met,
  late,
  overdue,
  missed,
  out_of_order
};
enum class Authorised : std::uint8_t { not_provided_for, yes, no, unknown };
enum class RequirementStatus : std::uint8_t { not_applicable, satisfied, broken, undetermined };
enum class Outcome : std::uint8_t { met, not_met, undetermined };
[[nodiscard]] const char* to_string(TimescaleStatus status);
[[nodiscard]] const char* to_string(Authorised authorised);
[[nodiscard]] const char* to_string(RequirementStatus status);
[[nodiscard]] const char* to_string(Outcome outcome);

/// Why a result is as it is, where its status alone does not tell.
enum class Because : std::uint8_t {
  nothing,
  not_recorded,      ///< Only facts that the host does not keep are missing.
  lapsed,            ///< The limit's condition turned no, or the occasion went, before the limit passed.
  no_edition,        ///< No edition of the rule was in force when the instance began.
  date_not_known,    ///< A row that counts has no date.
  several_possible,  ///< Unknown facts leave several rows possible.
  facts_missing,     ///< The rule's condition needs facts that are not given.
};
[[nodiscard]] const char* to_string(Because because);

/// What a result is judged for: a child, instances, or the whole case.
struct ScopeId {
  std::int16_t child = -1;                       ///< Number in Record::children, or -1.
  std::array<std::int16_t, 2> instance{-1, -1};  ///< Numbers in Assessment::instances.
  bool operator==(const ScopeId&) const = default;
};

/// An amount of time in the limit's own unit and in calendar days.
struct Amount {
  std::int32_t count = 0;
  Unit unit = Unit::day;
  std::int32_t days = 0;
  std::int32_t minutes = 0;  ///< For minutes and hours: the exact amount.
};

struct TimescaleResult {
  Index rule = none;
  ScopeId scope;
  std::int32_t cycle = 0;  ///< From 1 for repeating rules, else 0.
  TimescaleStatus status = TimescaleStatus::not_applicable;
  Authorised authorised = Authorised::not_provided_for;
  Because because = Because::nothing;
  bool provisional = false;
  bool unverified = false;
  bool time_not_given = false;
  bool has_amount = false;
  Truth explained = Truth::no;
  Value from = unknown_value;  ///< Date values; unknown where there is none.
  Value due = unknown_value;
  Value act_by = unknown_value;
  Value ended = unknown_value;
  Value due_from = unknown_value;  ///< Where the anchor is uncertain: the earliest and the latest limit.
  Value due_to = unknown_value;
  Amount amount;               ///< What is left (pending), by how much (late, overdue, missed), or how long it took.
  std::int32_t from_row = -1;  ///< Rows of the record, or -1.
  std::int32_t until_row = -1;
};

struct StateResult {
  Index process = none;
  ScopeId scope;
  std::uint64_t states = 0;  ///< A bit per possible state.
  Value since = unknown_value;
  std::int16_t transition = -1;  ///< The transition that led here, or -1: none was taken, or which is not sure.
  bool irregular = false;
};

struct ThresholdResult {
  Index rule = none;
  ScopeId scope;
  std::int32_t row = -1;  ///< The row of answers.
  Outcome outcome = Outcome::undetermined;
  bool restate = false;
  std::vector<std::int16_t> path;  ///< Nodes that were answered, from the root to where the answers end.
  std::vector<Index> needs;        ///< Facts that would settle it, when asked for.
};

struct RequirementResult {
  Index rule = none;
  ScopeId scope;
  std::int32_t row = -1;
  RequirementStatus status = RequirementStatus::not_applicable;
  Because because = Because::nothing;
  Truth explained = Truth::no;
  std::int16_t counted = -1;  ///< Quorum: how many different agencies or disciplines.
};

/// What a process met on a row.
enum class ProcessRemark : std::uint8_t { out_of_sequence, guard_no, guard_unknown };
struct ProcessFinding {
  Index process = none;
  ScopeId scope;
  ProcessRemark remark = ProcessRemark::out_of_sequence;
  std::int32_t row = -1;
  std::uint64_t states = 0;      ///< Where the process stood.
  std::uint64_t expected = 0;    ///< out_of_sequence: the states that expected the event.
  std::int16_t transition = -1;  ///< The transition taken, or -1.
};

/// A recorded decision, or an answerer's own view, that does not follow from the same answers.
enum class DecisionRemark : std::uint8_t { decision_differs, view_differs };
struct DecisionFinding {
  Index rule = none;  ///< The threshold tree.
  ScopeId scope;
  DecisionRemark remark = DecisionRemark::decision_differs;
  Outcome outcome = Outcome::undetermined;
  std::int32_t row = -1;      ///< The decision, or the row whose view differs.
  std::int32_t answers = -1;  ///< The row of answers.
};

struct NextStep {
  Index process = none;
  ScopeId scope;
  std::int16_t transition = -1;
  Truth guard = Truth::yes;
};

/// One fact that is missing: an attribute of a row, or rows of an event that the host does not keep.
struct Need {
  std::int32_t row = -1;  ///< -1: not about one row.
  Index fact = none;      ///< In Program::facts; none: the event itself.
  EventId event = 0;
  Index rule = none;
  ScopeId scope;
};

struct InstanceName {
  Kind kind = Kind::conference;
  std::string id;
  bool operator==(const InstanceName&) const = default;
};

/// Everything a program says of a record as of a moment. Names in it are numbers of the record and the program, which
/// must live as long. `clear()` keeps the memory.
struct Assessment {
  std::shared_ptr<const Program> program;
  const Record* record = nullptr;
  Moment as_of;
  std::optional<Moment> known_at;
  std::vector<InstanceName> instances;
  std::size_t instance_count = 0;  ///< Those of `instances` in use; the rest keep their memory.
  std::vector<TimescaleResult> timescales;
  std::vector<StateResult> states;
  std::vector<ThresholdResult> thresholds;
  std::vector<RequirementResult> requirements;
  std::vector<ProcessFinding> process_findings;
  std::vector<DecisionFinding> decision_findings;
  std::vector<NextStep> next;
  std::vector<Need> needs;
  std::vector<RecordFinding> record_findings;  ///< What assessing found about the rows themselves.
  std::int32_t left_out_later = 0;
  std::int32_t left_out_not_yet_known = 0;
  std::int32_t left_out_withdrawn = 0;
  bool asked_needs = false;

  void clear();
  /// A finding about the rows themselves, still without words.
  RecordFinding& add_record_finding(RecordRemark remark, std::int32_t row);
  /// The result of a threshold tree, as it stands before any answer.
  ThresholdResult& add_threshold();

 private:
  std::vector<RecordFinding> spare_findings_;  ///< Of earlier assessments: their texts and lists keep their memory.
  std::vector<ThresholdResult> spare_thresholds_;
};

struct AssessOptions {
  Moment as_of;
  std::optional<Moment> known_at;
  bool needs = false;  ///< Also say which missing facts would settle what is undetermined.
  bool next = true;    ///< Also say what may happen next.
};

/// The memory of one assessment after another. Belongs to one thread.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  struct Parts;
  [[nodiscard]] Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

/// Assesses `record` under `program`. The result refers to both. Safe from many threads on one program, each with its
/// own record, workspace and result.
void assess(std::shared_ptr<const Program> program, const Record& record, const AssessOptions& options,
            Workspace& workspace, Assessment& result);

/// How the result of a timescale stands to its rule's severity: what a finding of it weighs, or nothing where it is
/// none.
[[nodiscard]] std::optional<Severity> finding_severity(const Assessment& assessment, const TimescaleResult& result);
[[nodiscard]] std::optional<Severity> finding_severity(const Assessment& assessment, const RequirementResult& result);
[[nodiscard]] std::optional<Severity> finding_severity(const Assessment& assessment, const ProcessFinding& finding);
[[nodiscard]] std::optional<Severity> finding_severity(const Assessment& assessment, const DecisionFinding& finding);

}  // namespace cpc
