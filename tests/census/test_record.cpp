#include "census/record.h"

#include "census/support.h"
#include "json/record_reader.h"
#include "support/catch.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// The rows of a record, each as "event date conference instance attribute=value".
std::vector<std::string> rows_of(const Record& record) {
  std::vector<std::string> out;
  for (const Row& row : record.rows) {
    const EventType& type = record.vocabulary->events[row.event];
    std::string text = type.name;
    if (row.at != unknown_value) text += ' ' + to_string(moment_of(row.at));
    if (row.conference != no_id) text += ' ' + std::string(record.ids.text(row.conference));
    if (row.instance != no_id) text += ' ' + std::string(record.ids.text(row.instance));
    for (std::size_t i = 0; i < type.slots.size(); ++i) {
      const Value value = record.slots(row)[i];
      if (value == unknown_value) continue;
      const Slot& slot = type.slots[i];
      text += ' ' + record.vocabulary->attribute_names.word(slot.attribute) + '=';
      const auto word = [&](std::size_t at) {
        return record.vocabulary->enumerations[static_cast<std::size_t>(slot.enumeration)].values[at];
      };
      if (slot.type == AttributeType::date) text += to_string(moment_of(value));
      if (slot.type == AttributeType::yes_no) text += value == yes_value ? "yes" : "no";
      if (slot.type == AttributeType::count) text += std::to_string(value - 1);
      if (slot.type == AttributeType::id) text += record.ids.text(static_cast<std::uint32_t>(value - 1));
      if (slot.type == AttributeType::enumeration) text += word(value - 1);
      if (slot.type == AttributeType::enumeration_set)
        for (std::size_t at = 0; at < 63; ++at)
          if ((value >> at & 1) != 0) text += word(at);
    }
    out.push_back(text);
  }
  return out;
}

std::vector<std::string> rows_of(const CensusChild& child) {
  CensusRecorder recorder(embedded_vocabulary());
  Record record;
  recorder.write(child, *day_of({2025, 3, 31}), record);
  for (const Row& row : record.rows) CHECK(to_string(moment_of(row.recorded_at)) == "2025-03-31");
  CHECK(recorder.origins().size() == record.rows.size());
  return rows_of(record);
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("every element that is read becomes the rows that the vocabulary's table names", "[census]") {
  const auto child = read_child(
      "<CINreferralDate>2024-04-02</CINreferralDate><CINclosureDate>2025-01-10</CINclosureDate>"
      "<ReasonForClosure>RC8</ReasonForClosure><DateOfInitialCPC>2024-04-20</DateOfInitialCPC>"
      "<Assessments><AssessmentAuthorisationDate>2024-05-01</AssessmentAuthorisationDate></Assessments>"
      "<Section47><S47ActualStartDate>2024-05-01</S47ActualStartDate><InitialCPCtarget>2024-05-23</InitialCPCtarget>"
      "<DateOfInitialCPC>2024-05-20</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>"
      "<ReferralNFA>false</ReferralNFA>"
      "<ChildProtectionPlans><CPPstartDate>2024-05-20</CPPstartDate><CPPendDate>2025-01-05</CPPendDate>"
      "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>MUL</LatestCategoryOfAbuse>"
      "<NumberOfPreviousCPP>2</NumberOfPreviousCPP><Reviews><CPPreviewDate>2024-08-19</CPPreviewDate></Reviews>"
      "</ChildProtectionPlans>");
  CHECK(rows_of(child) ==
        Rows{"child_recorded date_of_birth=2015-02-03", "referral_received 2024-04-02 no_further_action=no",
             "case_closed 2025-01-10 closure_reason=no_further_action",
             "assessment_completed 2024-05-01 assessment-1 assessment_type=core_assessment",
             "section_47_started 2024-05-01 s47-1", "strategy_discussion_held 2024-05-01 s47-1",
             "section_47_concluded s47-1 conference_not_required=no",
             "conference_arranged initial-1 conference_type=initial target_date=2024-05-23 section_47=s47-1",
             "conference_held 2024-05-20 initial-1", "conference_arranged transfer-1 conference_type=transfer",
             "conference_held 2024-04-20 transfer-1",
             "decision_made 2024-05-20 initial-1 plan-1 decision=plan_made abuse_category=neglect",
             "conference_arranged review-1 conference_type=review", "conference_held 2024-08-19 review-1",
             "plan_status_reported 2025-03-31 plan-1 abuse_category=multiple previous_plan_count=2",
             "plan_ended 2025-01-05 plan-1 plan_end_reason=not_recorded"});
}

TEST_CASE("a plan that begins on no conference's day has one of which only the decision is known", "[census]") {
  const auto child = read_child("<ChildProtectionPlans><CPPstartDate>2024-05-20</CPPstartDate></ChildProtectionPlans>");
  CHECK(rows_of(child) == Rows{"child_recorded date_of_birth=2015-02-03",
                               "decision_made 2024-05-20 conference-of-plan-1 plan-1 decision=plan_made"});
}

TEST_CASE("a date that cannot be read is a row without a date, and an empty group is no row", "[census]") {
  const auto child = read_child(
      "<Section47/><Section47><S47ActualStartDate>soon</S47ActualStartDate><ICPCnotRequired>Y</ICPCnotRequired></"
      "Section47>");
  CHECK(rows_of(child) == Rows{"child_recorded date_of_birth=2015-02-03", "section_47_started s47-2",
                               "strategy_discussion_held s47-2", "section_47_concluded s47-2"});
}

TEST_CASE("a record is written into the memory of the last one without a trace of it", "[census]") {
  CensusRecorder recorder(embedded_vocabulary());
  Record record;
  const auto large = read_child("<Section47><S47ActualStartDate>2024-05-01</S47ActualStartDate></Section47>");
  const auto small = read_child("<CINreferralDate>2024-04-02</CINreferralDate>");
  recorder.write(small, *day_of({2025, 3, 31}), record);
  const auto alone = rows_of(record);
  const auto not_recorded = record.not_recorded.size();
  recorder.write(large, *day_of({2025, 3, 31}), record);
  recorder.write(small, *day_of({2025, 3, 31}), record);
  CHECK(rows_of(record) == alone);
  CHECK(record.not_recorded.size() == not_recorded);
  CHECK(record.children.size() == 1);
}

TEST_CASE("what no element of a census gives is declared as not recorded", "[census]") {
  CensusRecorder recorder(embedded_vocabulary());
  Record record;
  recorder.write(read_child(""), *day_of({2025, 3, 31}), record);
  const auto& words = *record.vocabulary;
  const auto open = [&](std::string_view event, std::string_view attribute) {
    const auto id = static_cast<EventId>(words.event(event));
    const int slot = attribute.empty() ? -1 : words.slot(id, attribute);
    for (const NotRecorded& entry : record.not_recorded)
      if (entry.event == id && entry.attribute_slot == slot) return true;
    return false;
  };
  for (const auto* event :
       {"core_group_held", "attendance_recorded", "move_notified", "conference_cancelled", "report_shared"})
    CHECK(open(event, ""));
  for (const auto* event : {"conference_held", "section_47_started", "strategy_discussion_held", "decision_made",
                            "plan_ended", "convening_decided", "child_recorded"})
    CHECK_FALSE(open(event, ""));
  CHECK(open("conference_held", "chair"));
  CHECK(open("conference_arranged", "scheduled_for"));
  CHECK_FALSE(open("conference_arranged", "target_date"));
  CHECK_FALSE(open("decision_made", "decision"));
}

TEST_CASE("the number of a plan is read from its name alone", "[census]") {
  CHECK(CensusRecorder::plan_number("plan-1") == 0);
  CHECK(CensusRecorder::plan_number("plan-12") == 11);
  CHECK(CensusRecorder::plan_number("initial-1") == -1);
  CHECK(CensusRecorder::plan_number("plan-") == -1);
}
