#include "program/facts.h"

#include <algorithm>
#include <array>

namespace cpc {

const std::vector<DerivedName>& derived_names() {
  using T = AttributeType;
  using D = Derived;
  constexpr int conference = static_cast<int>(Kind::conference);
  constexpr int section_47 = static_cast<int>(Kind::section_47);
  constexpr int plan = static_cast<int>(Kind::plan);
  static const std::vector<DerivedName> names = {
      {"unborn", D::unborn, T::yes_no, "", no_kind},
      {"child_age", D::child_age, T::count, "", no_kind},
      {"school_age", D::school_age, T::yes_no, "", no_kind},
      {"gestation_weeks", D::gestation_weeks, T::count, "", no_kind},
      {"role_group", D::role_group, T::enumeration, "role_group", no_kind},
      {"agency_of_role", D::agency_of_role, T::enumeration, "agency", no_kind},
      {"prebirth_conference", D::prebirth_conference, T::yes_no, "", no_kind},
      {"category_changed", D::category_changed, T::yes_no, "", no_kind},
      {"case_state", D::case_state, T::enumeration, "case_state", no_kind},
      {"review_number", D::review_number, T::count, "", no_kind},
      {"previous_plans", D::previous_plans, T::count, "", no_kind},
      {"enquiry_number", D::enquiry_number, T::count, "", no_kind},
      {"child_attended", D::child_attended, T::yes_no, "", no_kind},
      {"parents_absent", D::parents_absent, T::yes_no, "", no_kind},
      {"children_count", D::children_count, T::count, "", no_kind},
      {"circumstance_present", D::circumstance_present, T::enumeration_set, "circumstance", no_kind},
      {"conference_date", D::conference_date, T::datetime, "", conference},
      {"deciding_session", D::deciding_session, T::datetime, "", conference},
      {"subject_count", D::subject_count, T::count, "", conference},
      {"section_47_start", D::section_47_start, T::date, "", section_47},
      {"last_strategy_discussion", D::last_strategy_discussion, T::date, "", section_47},
      {"plan_start", D::plan_start, T::date, "", plan},
      {"date_of_birth", D::date_of_birth, T::date, "", no_kind, true},
      {"expected_delivery_date", D::expected_delivery_date, T::date, "", no_kind, true},
      {"date_of_death", D::date_of_death, T::date, "", no_kind, true},
      {"hospital_discharge_date", D::hospital_discharge_date, T::date, "", no_kind, true},
      {"eighteenth_birthday", D::eighteenth_birthday, T::date, "", no_kind, true},
      {"subject", D::subject, T::yes_no, "", no_kind, true},
      {"in_household", D::in_household, T::yes_no, "", no_kind, true},
  };
  return names;
}

const std::vector<std::string>& derived_values(std::int16_t enumeration) {
  static const std::vector<std::string> groups = {"family", "professional", "support", "other"};
  static const std::vector<std::string> states = {"open", "closed", "not_known"};
  return enumeration == role_group_enumeration ? groups : states;
}

namespace {

struct RoleRow {
  std::string_view role;
  std::int8_t group;  ///< 0 family, 1 professional, 2 support, 3 other.
  std::string_view agency;
};

/// The fixed table behind `role_group` and `agency_of_role`; an agency is left out where the role does not settle it.
constexpr std::array<RoleRow, 55> role_table = {{
    {"parent", 0, ""},
    {"carer", 0, ""},
    {"child", 0, ""},
    {"other_family_member", 0, ""},
    {"supporter", 2, ""},
    {"advocate", 2, ""},
    {"friend", 2, ""},
    {"solicitor", 2, "legal"},
    {"social_worker", 1, "childrens_social_care"},
    {"receiving_social_worker", 1, "childrens_social_care"},
    {"originating_key_worker", 1, "other_authority"},
    {"team_manager", 1, "childrens_social_care"},
    {"childrens_service_manager", 1, "childrens_social_care"},
    {"head_of_child_protection", 1, "childrens_social_care"},
    {"conference_service_manager", 1, "childrens_social_care"},
    {"conference_chair", 1, "childrens_social_care"},
    {"independent_reviewing_officer", 1, "childrens_social_care"},
    {"duty_chair", 1, "childrens_social_care"},
    {"child_protection_coordinator", 1, "childrens_social_care"},
    {"designated_manager", 1, "childrens_social_care"},
    {"note_taker", 1, "childrens_social_care"},
    {"la_legal_adviser", 1, "legal"},
    {"childcare_litigation_officer", 1, "legal"},
    {"foster_carer", 1, "childrens_social_care"},
    {"supervising_social_worker", 1, "childrens_social_care"},
    {"police_officer", 1, "police"},
    {"child_protection_nurse", 1, "health"},
    {"school_liaison_officer", 1, "education"},
    {"community_paediatrician", 1, "health"},
    {"health_visitor", 1, "health"},
    {"school_nurse", 1, "health"},
    {"gp", 1, "health"},
    {"midwife", 1, "health"},
    {"neonatal_nurse", 1, "health"},
    {"mental_health_professional", 1, "health"},
    {"substance_misuse_worker", 1, "substance_misuse"},
    {"other_health_professional", 1, "health"},
    {"school_staff", 1, "education"},
    {"education_welfare_officer", 1, "education"},
    {"probation_officer", 1, "probation"},
    {"youth_offending_worker", 1, "youth_justice"},
    {"prison_staff", 1, "prison"},
    {"housing_officer", 1, "housing"},
    {"domestic_violence_adviser", 1, "domestic_abuse_service"},
    {"armed_services_representative", 1, "armed_services"},
    {"voluntary_worker", 1, "voluntary"},
    {"childrens_guardian", 1, "court"},
    {"other_professional", 1, ""},
    {"agency_manager", 1, ""},
    {"designated_doctor", 1, "health"},
    {"designated_nurse", 1, "health"},
    {"designated_teacher", 1, "education"},
    {"safeguarding_board_chair", 1, ""},
    {"complaints_service", 1, "childrens_social_care"},
    {"complaint_panel", 3, ""},
}};

/// Looks words up and remembers the first that is missing.
struct Finder {
  const Vocabulary& vocabulary;
  std::string missing;

  EventId event(std::string_view name) {
    const int found = vocabulary.event(name);
    if (found < 0 && missing.empty()) missing = name;
    return static_cast<EventId>(std::max(found, 0));
  }
  std::int16_t slot(EventId event, std::string_view name) {
    const int found = vocabulary.slot(event, name);
    if (found < 0 && missing.empty()) missing = vocabulary.events[event].name + "." + std::string(name);
    return static_cast<std::int16_t>(found);
  }
  std::int16_t enumeration(std::string_view name) {
    const int found = vocabulary.enumeration(name);
    if (found < 0 && missing.empty()) missing = name;
    return static_cast<std::int16_t>(found);
  }
  std::uint64_t bit(std::string_view enumeration_name, std::string_view value) {
    const auto list = enumeration(enumeration_name);
    const int found = list < 0 ? -1 : vocabulary.enumerations[static_cast<std::size_t>(list)].find(value);
    if (found < 0 && missing.empty()) missing = value;
    return found < 0 ? 0 : std::uint64_t{1} << found;
  }
};

void find_events(Finder& find, Program::Known& known) {
  known.child_recorded = find.event("child_recorded");
  known.conference_arranged = find.event("conference_arranged");
  known.conference_held = find.event("conference_held");
  known.conference_cancelled = find.event("conference_cancelled");
  known.decision_made = find.event("decision_made");
  known.disagreement_recorded = find.event("disagreement_recorded");
  known.strategy_discussion_held = find.event("strategy_discussion_held");
  known.section_47_started = find.event("section_47_started");
  known.section_47_concluded = find.event("section_47_concluded");
  known.attendance_recorded = find.event("attendance_recorded");
  known.variance_explained = find.event("variance_explained");
  known.referral_received = find.event("referral_received");
  known.case_closed = find.event("case_closed");
  known.plan_ended = find.event("plan_ended");
  known.move_notified = find.event("move_notified");
  known.circumstance_recorded = find.event("circumstance_recorded");
  known.complaint_stage_ended = find.event("complaint_stage_ended");
  known.complaint_received = find.event("complaint_received");
  known.threshold_assessed = find.event("threshold_assessed");
  known.agency_views_sought = find.event("agency_views_sought");
  known.agency_view_received = find.event("agency_view_received");
}

void find_slots(Finder& find, Program::Known& known) {
  known.date_of_birth = find.slot(known.child_recorded, "date_of_birth");
  known.expected_delivery_date = find.slot(known.child_recorded, "expected_delivery_date");
  known.date_of_death = find.slot(known.child_recorded, "date_of_death");
  known.hospital_discharge_date = find.slot(known.child_recorded, "hospital_discharge_date");
  known.subject = find.slot(known.child_recorded, "subject");
  known.in_household = find.slot(known.child_recorded, "in_household");
  known.arranged_type = find.slot(known.conference_arranged, "conference_type");
  known.type_attribute = static_cast<AttributeId>(std::max(find.vocabulary.attribute("conference_type"), 0));
  known.scheduled_for = find.slot(known.conference_arranged, "scheduled_for");
  known.arranged_section_47 = find.slot(known.conference_arranged, "section_47");
  known.session_outcome = find.slot(known.conference_held, "session_outcome");
  known.recorded_quorate = find.slot(known.conference_held, "recorded_quorate");
  known.decision = find.slot(known.decision_made, "decision");
  known.decision_category = find.slot(known.decision_made, "abuse_category");
  known.extent = find.slot(known.attendance_recorded, "extent");
  known.attendance_role = find.slot(known.attendance_recorded, "role");
  known.explained_duty = find.slot(known.variance_explained, "duty");
  known.explained_reason = find.slot(known.variance_explained, "reason");
  known.answers_role = find.slot(known.threshold_assessed, "role");
  known.answers_view = find.slot(known.threshold_assessed, "threshold_view");
  known.circumstance = find.slot(known.circumstance_recorded, "circumstance");
  known.circumstance_present = find.slot(known.circumstance_recorded, "present");
  known.circumstance_person = find.slot(known.circumstance_recorded, "person");
  known.agencies_asked = find.slot(known.agency_views_sought, "asked");
  known.agency_of_view = find.slot(known.agency_view_received, "agency");
  known.agency_agrees = find.slot(known.agency_view_received, "agrees");
  known.complaint_outcome = find.slot(known.complaint_stage_ended, "complaint_outcome");
  known.upheld = find.bit("complaint_outcome", "upheld");
  known.type_initial = find.bit("conference_type", "initial");
  known.type_review = find.bit("conference_type", "review");
  known.type_transfer = find.bit("conference_type", "transfer");
  known.type_reconvened = find.bit("conference_type", "reconvened");
  known.completed = find.bit("session_outcome", "completed");
  known.plan_made = find.bit("decision", "plan_made");
  known.plan_continued = find.bit("decision", "plan_continued");
  known.plan_discontinued = find.bit("decision", "plan_discontinued");
  known.no_plan = find.bit("decision", "no_plan");
}

void find_roles(Finder& find, const Vocabulary& vocabulary, Program::Known& known) {
  for (std::size_t e = 0; e < vocabulary.events.size(); ++e) {
    const auto slot = [&](std::string_view name) {
      return static_cast<std::int8_t>(vocabulary.slot(static_cast<EventId>(e), name));
    };
    auto& telling = known.telling_slots.emplace_back();
    for (const char* name : {"person", "role", "agency", "contact_whose", "document", "plan_kind", "complaint_stage"})
      if (slot(name) >= 0) telling.push_back(slot(name));
    known.role_slot.push_back(slot("role") >= 0 ? slot("role") : slot("author_role"));
    known.agency_slot.push_back(slot("agency"));
  }
  known.role_enumeration = find.enumeration("role");
  known.agency_enumeration = find.enumeration("agency");
  if (!find.missing.empty()) return;
  const auto& roles = vocabulary.enumerations[static_cast<std::size_t>(known.role_enumeration)];
  const auto& agencies = vocabulary.enumerations[static_cast<std::size_t>(known.agency_enumeration)];
  for (const auto& role : roles.values) {
    const auto* row =
        std::find_if(role_table.begin(), role_table.end(), [&](const RoleRow& r) { return r.role == role; });
    if (row == role_table.end()) {
      find.missing = role;
      return;
    }
    known.group_of_role.push_back(row->group);
    known.agency_of_role.push_back(row->agency.empty() ? std::int8_t{-1}
                                                       : static_cast<std::int8_t>(agencies.find(row->agency)));
  }
}

}  // namespace

Result<Program::Known> known_words(const Vocabulary& vocabulary) {
  Program::Known known{};
  Finder find{vocabulary, {}};
  find_events(find, known);
  find_slots(find, known);
  find_roles(find, vocabulary, known);
  if (!find.missing.empty())
    return Error{Code::failed, "the vocabulary lacks a word that the engine reads: '" + find.missing + "'", {}, {}};
  return known;
}

}  // namespace cpc
