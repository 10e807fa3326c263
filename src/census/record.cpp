#include "census/record.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace cpc {
namespace {

Value day_value(Day day) { return value_of(Moment{day, -1}); }
Value day_value(const CensusDate& date) { return date.read ? day_value(date.day) : unknown_value; }

}  // namespace

CensusRecorder::CensusRecorder(const Vocabulary& vocabulary)
    : vocabulary_(vocabulary),
      referral_received_(event("referral_received")),
      case_closed_(event("case_closed")),
      assessment_completed_(event("assessment_completed")),
      section_47_started_(event("section_47_started")),
      strategy_discussion_held_(event("strategy_discussion_held")),
      section_47_concluded_(event("section_47_concluded")),
      conference_arranged_(event("conference_arranged")),
      conference_held_(event("conference_held")),
      decision_made_(event("decision_made")),
      plan_ended_(event("plan_ended")),
      plan_status_reported_(event("plan_status_reported")),
      child_recorded_(event("child_recorded")),
      birth_(slot("child_recorded", "date_of_birth")),
      expected_birth_(slot("child_recorded", "expected_delivery_date")),
      death_(slot("child_recorded", "date_of_death")),
      no_further_action_(slot("referral_received", "no_further_action")),
      closure_reason_(slot("case_closed", "closure_reason")),
      assessment_type_(slot("assessment_completed", "assessment_type")),
      not_required_(slot("section_47_concluded", "conference_not_required")),
      conference_type_(slot("conference_arranged", "conference_type")),
      target_date_(slot("conference_arranged", "target_date")),
      arranged_section_47_(slot("conference_arranged", "section_47")),
      decision_(slot("decision_made", "decision")),
      decision_category_(slot("decision_made", "abuse_category")),
      end_reason_(slot("plan_ended", "plan_end_reason")),
      latest_category_(slot("plan_status_reported", "abuse_category")),
      previous_plans_(slot("plan_status_reported", "previous_plan_count")),
      core_assessment_(word("assessment_type", "core_assessment")),
      initial_(word("conference_type", "initial")),
      transfer_(word("conference_type", "transfer")),
      review_(word("conference_type", "review")),
      plan_made_(word("decision", "plan_made")),
      end_not_recorded_(word("plan_end_reason", "not_recorded")) {
  static constexpr const char* categories[] = {"neglect", "physical", "sexual", "emotional", "multiple"};
  static constexpr const char* reasons[] = {"adopted",
                                            "died",
                                            "child_arrangements_order",
                                            "special_guardianship_order",
                                            "other_authority_services",
                                            "adult_services",
                                            "services_ceased",
                                            "no_further_action",
                                            "early_help"};
  for (std::size_t i = 0; i < categories_.size(); ++i)
    categories_[i] = given_bit | Value{1} << (word("abuse_category", categories[i]) - 1);
  for (std::size_t i = 0; i < closure_reasons_.size(); ++i) closure_reasons_[i] = word("closure_reason", reasons[i]);
  most_previous_plans_ = vocabulary.events[plan_status_reported_].slots[previous_plans_.slot].max;
  declare_not_recorded();
}

EventId CensusRecorder::event(std::string_view name) const {
  const int found = vocabulary_.event(name);
  if (found < 0) throw std::logic_error("the vocabulary has no event " + std::string{name});
  return static_cast<EventId>(found);
}

CensusRecorder::SlotOf CensusRecorder::slot(std::string_view event_name, std::string_view attribute) {
  const EventId of = event(event_name);
  const int found = vocabulary_.slot(of, attribute);
  if (found < 0) throw std::logic_error(std::string{event_name} + " has no attribute " + std::string{attribute});
  return given_.emplace_back(SlotOf{of, static_cast<std::size_t>(found)});
}

Value CensusRecorder::word(std::string_view enumeration, std::string_view name) const {
  const int list = vocabulary_.enumeration(enumeration);
  const int found = list < 0 ? -1 : vocabulary_.enumerations[static_cast<std::size_t>(list)].find(name);
  if (found < 0) throw std::logic_error(std::string{enumeration} + " has no value " + std::string{name});
  return static_cast<Value>(found) + 1;
}

void CensusRecorder::declare_not_recorded() {
  const EventId held[] = {referral_received_,
                          case_closed_,
                          assessment_completed_,
                          section_47_started_,
                          strategy_discussion_held_,
                          section_47_concluded_,
                          conference_arranged_,
                          conference_held_,
                          decision_made_,
                          plan_ended_,
                          plan_status_reported_,
                          child_recorded_,
                          event("convening_decided")};
  const auto count = static_cast<EventId>(vocabulary_.events.size());
  for (EventId each = 0; each < count; ++each) {
    if (std::find(std::begin(held), std::end(held), each) == std::end(held)) {
      not_recorded_.push_back({each, -1, {}});
      continue;
    }
    for (std::size_t i = 0; i < vocabulary_.events[each].slots.size(); ++i) {
      const bool is_given =
          std::any_of(given_.begin(), given_.end(), [&](SlotOf one) { return one.event == each && one.slot == i; });
      if (!is_given) not_recorded_.push_back({each, static_cast<std::int8_t>(i), {}});
    }
  }
}

void CensusRecorder::write(const CensusChild& child, Day reference, Record& record) {
  const bool first_use = record.vocabulary == nullptr;
  record.vocabulary = &vocabulary_;
  record.ids.clear();
  record.children.clear();
  record.rows.clear();
  record.values.clear();
  record.findings.clear();
  if (first_use) record.not_recorded = not_recorded_;
  origins_.clear();
  reviews_written_ = 0;
  recorded_at_ = day_value(reference);

  record.case_id = child.id.empty() ? "line " + std::to_string(child.line) : child.id;
  record.add_child(record.ids.intern(record.case_id));
  write_child(child, record);
  for (const CensusEpisode& episode : child.episodes) write_episode(episode, record);
  for (const CensusOccasion& authorised : child.assessments) {
    Row& row = add(record, assessment_completed_, CensusElement::assessment_authorised, authorised.line);
    row.at = day_value(authorised.day);
    row.instance = name(record, "assessment-", static_cast<std::size_t>(&authorised - child.assessments.data()) + 1);
    set(record, row, assessment_type_, core_assessment_);
  }
  for (std::size_t i = 0; i < child.sections.size(); ++i)
    if (!child.sections[i].empty()) write_section(child.sections[i], i + 1, record);
  for (std::size_t i = 0; i < child.transfers.size(); ++i) {
    const CensusOrigin origin{CensusElement::conference_date, child.transfers[i].line};
    write_conference(record, name(record, "transfer-", i + 1), transfer_, day_value(child.transfers[i].day), origin);
  }
  for (std::size_t i = 0; i < child.plans.size(); ++i)
    if (!child.plans[i].empty()) write_plan(child, child.plans[i], i + 1, record);
}

int CensusRecorder::plan_number(std::string_view instance_name) {
  constexpr std::string_view prefix = "plan-";
  if (!instance_name.starts_with(prefix)) return -1;
  int number = 0;
  std::from_chars(instance_name.data() + prefix.size(), instance_name.data() + instance_name.size(), number);
  return number - 1;
}

Row& CensusRecorder::add(Record& record, EventId event, CensusElement element, std::uint32_t line) {
  Row& row = record.add_row(event);
  row.recorded_at = recorded_at_;
  row.children = 1;
  row.position = static_cast<std::uint32_t>(origins_.size());
  origins_.push_back({element, line});
  return row;
}

void CensusRecorder::set(Record& record, const Row& row, SlotOf slot, Value value) {
  record.slots(row)[slot.slot] = value;
}

std::uint32_t CensusRecorder::name(Record& record, const char* kind, std::size_t number) {
  std::array<char, 40> text{};
  const std::size_t size = std::strlen(kind);
  std::memcpy(text.data(), kind, size);
  const auto written = std::to_chars(text.data() + size, text.data() + text.size(), number);
  return record.ids.intern({text.data(), static_cast<std::size_t>(written.ptr - text.data())});
}

void CensusRecorder::write_child(const CensusChild& child, Record& record) {
  Row& row = add(record, child_recorded_, CensusElement::la_child_id, child.line);
  row.from_children = true;
  set(record, row, birth_, day_value(child.birth));
  set(record, row, expected_birth_, day_value(child.expected_birth));
  set(record, row, death_, day_value(child.death));
}

void CensusRecorder::write_episode(const CensusEpisode& episode, Record& record) {
  if (episode.referral.given || episode.no_further_action.given) {
    Row& row = add(record, referral_received_, CensusElement::referral_date, episode.referral.line);
    row.at = day_value(episode.referral);
    if (episode.no_further_action.read) set(record, row, no_further_action_, value_of(episode.no_further_action.yes));
  }
  if (episode.closure.given || episode.closure_reason.given) {
    Row& row = add(record, case_closed_, CensusElement::closure_date, episode.closure.line);
    row.at = day_value(episode.closure);
    if (episode.closure_reason.value >= 0)
      set(record, row, closure_reason_, closure_reasons_[static_cast<std::size_t>(episode.closure_reason.value)]);
  }
}

void CensusRecorder::write_section(const CensusSection47& section, std::size_t number, Record& record) {
  const std::uint32_t enquiry = name(record, "s47-", number);
  if (section.started.given) {
    for (const EventId event : {section_47_started_, strategy_discussion_held_}) {
      Row& row = add(record, event, CensusElement::section_47_start, section.started.line);
      row.at = day_value(section.started);
      row.instance = enquiry;
    }
  }
  if (section.not_required.given) {
    Row& row = add(record, section_47_concluded_, CensusElement::conference_not_required, section.not_required.line);
    row.instance = enquiry;
    if (section.not_required.read) set(record, row, not_required_, value_of(section.not_required.yes));
  }
  if (!section.target.given && !section.conference.given) return;
  const std::uint32_t conference = name(record, "initial-", number);
  const CensusElement element =
      section.target.given ? CensusElement::conference_target : CensusElement::conference_date;
  const CensusDate& named = section.target.given ? section.target : section.conference;
  Row& arranged = add(record, conference_arranged_, element, named.line);
  arranged.conference = conference;
  set(record, arranged, conference_type_, initial_);
  set(record, arranged, arranged_section_47_, static_cast<Value>(enquiry) + 1);
  set(record, arranged, target_date_, day_value(section.target));
  if (!section.conference.given) return;
  Row& held = add(record, conference_held_, CensusElement::conference_date, section.conference.line);
  held.conference = conference;
  held.at = day_value(section.conference);
}

std::uint32_t CensusRecorder::write_conference(Record& record, std::uint32_t conference, Value type, Value at,
                                               CensusOrigin origin) {
  Row& arranged = add(record, conference_arranged_, origin.element, origin.line);
  arranged.conference = conference;
  set(record, arranged, conference_type_, type);
  Row& held = add(record, conference_held_, origin.element, origin.line);
  held.conference = conference;
  held.at = at;
  return conference;
}

/// The conference of the plan's start day; where the file has none, one of which only the decision is known.
std::uint32_t CensusRecorder::conference_of_day(const CensusChild& child, Day day, Record& record) {
  for (std::size_t i = 0; i < child.sections.size(); ++i)
    if (child.sections[i].conference.read && child.sections[i].conference.day == day)
      return name(record, "initial-", i + 1);
  for (std::size_t i = 0; i < child.transfers.size(); ++i)
    if (child.transfers[i].day == day) return name(record, "transfer-", i + 1);
  return no_id;
}

void CensusRecorder::write_plan(const CensusChild& child, const CensusPlan& plan, std::size_t number, Record& record) {
  const std::uint32_t id = name(record, "plan-", number);
  const auto category = [&](const CensusCode& code) {
    return code.value < 0 ? unknown_value : categories_[static_cast<std::size_t>(code.value)];
  };
  std::uint32_t conference = plan.start.read ? conference_of_day(child, plan.start.day, record) : no_id;
  if (conference == no_id) conference = name(record, "conference-of-plan-", number);
  Row& made = add(record, decision_made_, CensusElement::plan_start, plan.start.line);
  made.at = day_value(plan.start);
  made.conference = conference;
  made.instance = id;
  set(record, made, decision_, plan_made_);
  set(record, made, decision_category_, category(plan.initial_category));

  for (std::uint32_t i = 0; i < plan.review_count; ++i) {
    const CensusOccasion& review = child.reviews[plan.first_review + i];
    if (!plan.spans(review.day)) continue;
    const CensusOrigin origin{CensusElement::review_date, review.line};
    write_conference(record, name(record, "review-", ++reviews_written_), review_, day_value(review.day), origin);
  }
  if (plan.latest_category.given || plan.previous_plans.given) {
    const bool by_category = plan.latest_category.given;
    Row& row =
        add(record, plan_status_reported_, by_category ? CensusElement::latest_category : CensusElement::previous_plans,
            by_category ? plan.latest_category.line : plan.previous_plans.line);
    row.at = recorded_at_;
    row.instance = id;
    set(record, row, latest_category_, category(plan.latest_category));
    const auto count = static_cast<std::int32_t>(plan.previous_plans.value);
    if (count >= 0 && (most_previous_plans_ < 0 || count <= most_previous_plans_))
      set(record, row, previous_plans_, static_cast<Value>(count) + 1);
  }
  if (!plan.end.given) return;
  Row& ended = add(record, plan_ended_, CensusElement::plan_end, plan.end.line);
  ended.at = day_value(plan.end);
  ended.instance = id;
  set(record, ended, end_reason_, end_not_recorded_);
}

}  // namespace cpc
