#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "census/child.h"
#include "record/record.h"

namespace cpc {

/// Where a row of a record comes from.
struct CensusOrigin {
  CensusElement element = CensusElement::other;
  std::uint32_t line = 0;
};

/// Turns the children of a census into case records, one record a child, as the table "What a return gives" of the
/// vocabulary says. Every row is recorded on the reference date. Names of instances count the groups of the child in
/// the order of the file: `s47-1`, `initial-1`, `transfer-1`, `plan-1`, `review-1`.
///
/// What a census does not hold is declared as not recorded: whole types of event, and the attributes that no element
/// gives. `convening_decided` is not among them: whether a conference was required is what ICPCnotRequired says.
class CensusRecorder {
 public:
  /// Resolves every name once. Throws std::logic_error where the vocabulary has lost a word that a census needs.
  explicit CensusRecorder(const Vocabulary& vocabulary);

  /// Writes a child into `record`, which has to be empty or to come from an earlier call: its memory is used again.
  void write(const CensusChild& child, Day reference, Record& record);

  /// Per row of the record last written.
  [[nodiscard]] const std::vector<CensusOrigin>& origins() const { return origins_; }
  /// The plan of the child that an instance's name means, or -1.
  [[nodiscard]] static int plan_number(std::string_view instance_name);

 private:
  struct SlotOf {
    EventId event = 0;
    std::size_t slot = 0;
  };
  [[nodiscard]] EventId event(std::string_view name) const;
  [[nodiscard]] SlotOf slot(std::string_view event_name, std::string_view attribute);
  [[nodiscard]] Value word(std::string_view enumeration, std::string_view name) const;
  void declare_not_recorded();

  Row& add(Record& record, EventId event, CensusElement element, std::uint32_t line);
  static void set(Record& record, const Row& row, SlotOf slot, Value value);
  std::uint32_t name(Record& record, const char* kind, std::size_t number);
  void write_child(const CensusChild& child, Record& record);
  void write_episode(const CensusEpisode& episode, Record& record);
  void write_section(const CensusSection47& section, std::size_t number, Record& record);
  std::uint32_t write_conference(Record& record, std::uint32_t conference, Value type, Value at, CensusOrigin origin);
  void write_plan(const CensusChild& child, const CensusPlan& plan, std::size_t number, Record& record);
  [[nodiscard]] std::uint32_t conference_of_day(const CensusChild& child, Day day, Record& record);

  const Vocabulary& vocabulary_;
  std::vector<SlotOf> given_;  ///< Slots that an element gives.
  EventId referral_received_, case_closed_, assessment_completed_, section_47_started_, strategy_discussion_held_,
      section_47_concluded_, conference_arranged_, conference_held_, decision_made_, plan_ended_, plan_status_reported_,
      child_recorded_;
  SlotOf birth_, expected_birth_, death_, no_further_action_, closure_reason_, assessment_type_, not_required_,
      conference_type_, target_date_, arranged_section_47_, decision_, decision_category_, end_reason_,
      latest_category_, previous_plans_;
  Value core_assessment_, initial_, transfer_, review_, plan_made_, end_not_recorded_;
  std::array<Value, 5> categories_{};
  std::array<Value, 9> closure_reasons_{};
  std::int32_t most_previous_plans_ = 0;
  std::vector<NotRecorded> not_recorded_;
  Value recorded_at_ = unknown_value;
  std::size_t reviews_written_ = 0;
  std::vector<CensusOrigin> origins_;
};

}  // namespace cpc
