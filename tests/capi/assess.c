/* A host in strict C11: assesses a case and reads every kind of answer. Returns 0, or 1 with what failed. */
#include <cpconf/cpconf.h>
/* A second inclusion adds nothing. */
#include <cpconf/cpconf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      failures += 1;                                                          \
    }                                                                         \
  } while (0)

#define SUCCEEDS(call)                                                                              \
  do {                                                                                              \
    const cpc_status status_ = (call);                                                              \
    if (status_ != CPC_OK) {                                                                        \
      fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #call, cpc_error_message(error).data); \
      failures += 1;                                                                                \
    }                                                                                               \
    CHECK((status_ == CPC_OK) == (error == NULL));                                                  \
    cpc_error_free(error);                                                                          \
    error = NULL;                                                                                   \
  } while (0)

static const char record_json[] =
    "{\"cpconf\": 1, \"case\": \"invented-1\","
    " \"children\": [{\"child\": \"ada\", \"date_of_birth\": \"2017-05-09\"},"
    "                {\"child\": \"ben\", \"date_of_birth\": \"2021-06-17\"}],"
    " \"events\": ["
    "  {\"event\": \"strategy_discussion_held\", \"at\": \"2026-11-02\", \"section_47\": \"s1\","
    "   \"child\": [\"ada\", \"ben\"]},"
    "  {\"event\": \"section_47_started\", \"at\": \"2026-11-02\", \"section_47\": \"s1\", \"child\": [\"ada\", "
    "\"ben\"]},"
    "  {\"event\": \"conference_arranged\", \"at\": \"2026-11-04\", \"conference\": \"c1\", \"child\": [\"ada\", "
    "\"ben\"],"
    "   \"conference_type\": \"initial\", \"scheduled_for\": \"2026-11-25T10:00\", \"section_47\": \"s1\"},"
    "  {\"event\": \"conference_held\", \"id\": \"row-9\", \"at\": \"2026-11-25T10:00\", \"conference\": \"c1\","
    "   \"session_outcome\": \"completed\"},"
    "  {\"event\": \"threshold_assessed\", \"at\": \"2026-11-25\", \"child\": \"ada\", \"conference\": \"c1\","
    "   \"person\": \"chair-1\", \"role\": \"conference_chair\", \"has_suffered\": true, \"further_harm_likely\": true,"
    "   \"continuing_risk\": true, \"threshold_stage\": \"conference\"},"
    "  {\"event\": \"decision_made\", \"at\": \"2026-11-25\", \"child\": \"ada\", \"conference\": \"c1\", \"plan\": "
    "\"p1\","
    "   \"decision\": \"plan_made\", \"abuse_category\": [\"neglect\"]}]}";

static int is(cpc_text text, const char* expected) {
  return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

/* The result of a rule for a child, or the count. */
static size_t timescale(const cpc_assessment* assessment, const char* rule, const char* child) {
  size_t i = 0;
  for (; i < cpc_assessment_timescale_count(assessment); ++i)
    if (is(cpc_assessment_timescale_rule(assessment, i), rule) &&
        is(cpc_assessment_timescale_child(assessment, i), child))
      break;
  return i;
}

static int is_moment(cpc_moment moment, const char* expected) {
  char text[CPC_MOMENT_SIZE];
  if (cpc_moment_write(moment, text, sizeof text, NULL) != CPC_OK) return expected == NULL;
  return expected != NULL && strcmp(text, expected) == 0;
}

static void check_late_conference(const cpc_assessment* assessment) {
  const size_t i = timescale(assessment, "hertfordshire/initial-conference", "ben");
  cpc_error* error = NULL;
  cpc_texts* keys = NULL;
  CHECK(i < cpc_assessment_timescale_count(assessment));
  CHECK(is(cpc_assessment_timescale_duty(assessment, i), "initial_conference_timing"));
  CHECK(cpc_assessment_timescale_clause_count(assessment, i) >= 1);
  CHECK(is(cpc_assessment_timescale_clause(assessment, i, 0), "HERT-7.2.7a"));
  CHECK(is(cpc_assessment_timescale_instance_kind(assessment, i, 0), "section_47"));
  CHECK(is(cpc_assessment_timescale_instance_id(assessment, i, 0), "s1"));
  CHECK(cpc_assessment_timescale_instance_id(assessment, i, 1).size == 0);
  CHECK(cpc_assessment_timescale_cycle(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_status(assessment, i) == CPC_TIMESCALE_LATE);
  CHECK(is(cpc_timescale_status_name(cpc_assessment_timescale_status(assessment, i)), "late"));
  CHECK(is_moment(cpc_assessment_timescale_moment(assessment, i, CPC_TIMESCALE_FROM), "2026-11-02"));
  CHECK(is_moment(cpc_assessment_timescale_moment(assessment, i, CPC_TIMESCALE_DUE), "2026-11-23"));
  CHECK(is_moment(cpc_assessment_timescale_moment(assessment, i, CPC_TIMESCALE_ACT_BY), "2026-11-23"));
  CHECK(is_moment(cpc_assessment_timescale_moment(assessment, i, CPC_TIMESCALE_ENDED), "2026-11-25T10:00"));
  CHECK(is_moment(cpc_assessment_timescale_moment(assessment, i, CPC_TIMESCALE_DUE_FROM), NULL));
  CHECK(is_moment(cpc_assessment_timescale_moment(assessment, i, 99), NULL));
  CHECK((cpc_assessment_timescale_flags(assessment, i) & CPC_TIMESCALE_HAS_AMOUNT) != 0);
  CHECK((cpc_assessment_timescale_flags(assessment, i) & CPC_TIMESCALE_PROVISIONAL) == 0);
  CHECK(cpc_assessment_timescale_amount(assessment, i) == 2);
  CHECK(is(cpc_unit_name(cpc_assessment_timescale_amount_unit(assessment, i)), "working_day"));
  CHECK(cpc_assessment_timescale_amount_days(assessment, i) == 2);
  SUCCEEDS(cpc_assessment_timescale_keys(assessment, &keys, &error));
  CHECK(cpc_texts_count(keys) == cpc_assessment_timescale_count(assessment));
  CHECK(is(cpc_texts_at(keys, i), "hertfordshire/initial-conference|ben|s1"));
  CHECK(cpc_texts_at(keys, i).data[cpc_texts_at(keys, i).size] == '\0');
  CHECK(cpc_texts_at(keys, cpc_texts_count(keys)).size == 0);
  cpc_texts_free(keys);
}

static void check_states(const cpc_assessment* assessment) {
  size_t i = 0;
  while (i < cpc_assessment_state_count(assessment) &&
         !(is(cpc_assessment_state_rule(assessment, i), "hertfordshire/plan") &&
           is(cpc_assessment_state_instance_id(assessment, i, 0), "p1")))
    ++i;
  CHECK(i < cpc_assessment_state_count(assessment));
  CHECK(is(cpc_assessment_state_child(assessment, i), "ada"));
  CHECK(is(cpc_assessment_state_instance_kind(assessment, i, 0), "plan"));
  CHECK(cpc_assessment_state_duty(assessment, i).size > 0);
  CHECK(cpc_assessment_state_possible_count(assessment, i) == 1);
  CHECK(cpc_assessment_state_possible(assessment, i, 0).size > 0);
  CHECK(cpc_assessment_state_possible(assessment, i, 1).size == 0);
  CHECK(is_moment(cpc_assessment_state_since(assessment, i), "2026-11-25"));
  CHECK(cpc_assessment_state_irregular(assessment, i) == 0);
}

static void check_threshold(const cpc_assessment* assessment) {
  size_t i = 0;
  while (i < cpc_assessment_threshold_count(assessment) &&
         !is(cpc_assessment_threshold_rule(assessment, i), "hertfordshire/continuing-risk"))
    ++i;
  CHECK(i < cpc_assessment_threshold_count(assessment));
  CHECK(is(cpc_assessment_threshold_child(assessment, i), "ada"));
  CHECK(is(cpc_assessment_threshold_role(assessment, i), "conference_chair"));
  CHECK(is(cpc_assessment_threshold_person(assessment, i), "chair-1"));
  CHECK(cpc_assessment_threshold_outcome(assessment, i) == CPC_OUTCOME_MET);
  CHECK(cpc_assessment_threshold_restate(assessment, i) == 0);
  CHECK(cpc_assessment_threshold_path_count(assessment, i) >= 2);
  CHECK(is(cpc_assessment_threshold_path(assessment, i, 0), "suffered"));
}

/* The quorum of the conference, at which nobody is recorded: whoever came is not known. */
static void check_requirements(const cpc_assessment* assessment) {
  size_t i = 0;
  while (i < cpc_assessment_requirement_count(assessment) &&
         !is(cpc_assessment_requirement_rule(assessment, i), "hertfordshire/quorum"))
    ++i;
  CHECK(i < cpc_assessment_requirement_count(assessment));
  CHECK(is(cpc_assessment_requirement_duty(assessment, i), "quorum"));
  CHECK(is(cpc_assessment_requirement_instance_kind(assessment, i, 0), "conference"));
  CHECK(is(cpc_assessment_requirement_instance_id(assessment, i, 0), "c1"));
  CHECK(cpc_assessment_requirement_child(assessment, i).size == 0);
  CHECK(cpc_assessment_requirement_clause_count(assessment, i) >= 1);
  CHECK(is(cpc_assessment_requirement_clause(assessment, i, 0), "HERT-7.3.17"));
  CHECK(cpc_assessment_requirement_status(assessment, i) == CPC_REQUIREMENT_UNDETERMINED);
  CHECK(is(cpc_requirement_status_name(CPC_REQUIREMENT_UNDETERMINED), "undetermined"));
  CHECK(is(cpc_assessment_requirement_because(assessment, i), "not_recorded"));
  CHECK(cpc_assessment_requirement_explained(assessment, i) == CPC_NO);
  CHECK(is(cpc_assessment_requirement_event(assessment, i), "conference_held"));
  CHECK(is_moment(cpc_assessment_requirement_at(assessment, i), "2026-11-25T10:00"));
  CHECK(is(cpc_assessment_requirement_row_id(assessment, i), "row-9"));
}

/* The plan of ada may be continued by a review. */
static void check_next(const cpc_assessment* assessment) {
  size_t i = 0;
  while (i < cpc_assessment_next_count(assessment) &&
         !(is(cpc_assessment_next_rule(assessment, i), "hertfordshire/plan") &&
           is(cpc_assessment_next_event(assessment, i), "decision_made")))
    ++i;
  CHECK(i < cpc_assessment_next_count(assessment));
  CHECK(is(cpc_assessment_next_child(assessment, i), "ada"));
  CHECK(is(cpc_assessment_next_instance_kind(assessment, i, 0), "plan"));
  CHECK(is(cpc_assessment_next_instance_id(assessment, i, 0), "p1"));
  CHECK(is(cpc_assessment_next_to(assessment, i), "active"));
  CHECK(cpc_assessment_next_guard(assessment, i) == CPC_YES);
  CHECK(cpc_assessment_next_clause_count(assessment, i) == 2);
  CHECK(is(cpc_assessment_next_clause(assessment, i, 0), "HERT-7.2.12a"));
}

static void check_missing(const cpc_missing_facts* facts) {
  size_t i = 0;
  size_t rule = 0;
  while (i < cpc_missing_facts_count(facts) && !is(cpc_missing_facts_name(facts, i), "conference_held.covered")) ++i;
  CHECK(i < cpc_missing_facts_count(facts));
  CHECK(cpc_missing_facts_checks(facts, i) >= 1);
  CHECK(cpc_missing_facts_row_count(facts, i) == 1);
  CHECK(is(cpc_missing_facts_row(facts, i, 0), "row-9"));
  while (rule < cpc_missing_facts_rule_count(facts, i) &&
         !is(cpc_missing_facts_rule(facts, i, rule), "hertfordshire/purpose-stated"))
    ++rule;
  CHECK(rule < cpc_missing_facts_rule_count(facts, i));
}

static void check_findings(const cpc_findings* findings) {
  size_t late = cpc_findings_count(findings);
  size_t i = 0;
  for (; i < cpc_findings_count(findings); ++i) {
    CHECK(cpc_findings_says(findings, i).size > 0);
    CHECK(cpc_findings_key(findings, i).size > 0);
    CHECK(cpc_findings_severity(findings, i) >= CPC_SEVERITY_INFO);
    CHECK(cpc_findings_severity(findings, i) <= CPC_SEVERITY_BREACH);
    if (is(cpc_findings_rule(findings, i), "hertfordshire/initial-conference") &&
        is(cpc_findings_child(findings, i), "ben"))
      late = i;
  }
  CHECK(late < cpc_findings_count(findings));
  CHECK(is(cpc_findings_kind(findings, late), "late"));
  CHECK(is(cpc_findings_duty(findings, late), "initial_conference_timing"));
  CHECK(is(cpc_findings_instance_kind(findings, late, 0), "section_47"));
  CHECK(is(cpc_findings_instance_id(findings, late, 0), "s1"));
  CHECK(is(cpc_findings_clause(findings, late, 0), "HERT-7.2.7a"));
  CHECK(cpc_findings_clause_count(findings, late) >= 1);
  CHECK(cpc_findings_row_count(findings, late) >= 1);
  CHECK(cpc_findings_row(findings, late, 0).size > 0);
  CHECK(cpc_findings_place(findings, late).size == 0);
  CHECK(cpc_findings_explained(findings, late) == CPC_NO);
}

static void check_document(const cpc_assessment* assessment) {
  cpc_error* error = NULL;
  cpc_buffer* json = NULL;
  cpc_write_options options = CPC_WRITE_OPTIONS_INIT;
  size_t flat = 0;
  SUCCEEDS(cpc_assessment_write_json(assessment, NULL, &json, &error));
  flat = cpc_buffer_text(json).size;
  CHECK(flat > 0 && strchr(cpc_buffer_text(json).data, '\n') == NULL);
  CHECK(strstr(cpc_buffer_text(json).data, "\"complete\":true") != NULL);
  CHECK(strstr(cpc_buffer_text(json).data, "\"as_of\":\"2026-11-26\"") != NULL);
  cpc_buffer_free(json);
  options.flags = CPC_WRITE_INDENTED;
  SUCCEEDS(cpc_assessment_write_json(assessment, &options, &json, &error));
  CHECK(cpc_buffer_text(json).size > flat && strchr(cpc_buffer_text(json).data, '\n') != NULL);
  cpc_buffer_free(json);
}

static cpc_program* compile_hertfordshire(void) {
  cpc_error* error = NULL;
  cpc_rulebook* rulebook = NULL;
  cpc_calendar* calendar = NULL;
  cpc_program* program = NULL;
  const cpc_rulebook* layers[1];
  SUCCEEDS(cpc_rulebook_load(cpc_text_of("hertfordshire"), &rulebook, &error));
  SUCCEEDS(cpc_calendar_load(cpc_rulebook_calendar(rulebook), NULL, &calendar, &error));
  layers[0] = rulebook;
  SUCCEEDS(cpc_program_compile(layers, 1, calendar, &program, &error));
  /* What a program was made from may go before it. */
  cpc_rulebook_free(rulebook);
  cpc_calendar_free(calendar);
  return program;
}

static void check_one_case(const cpc_program* program) {
  cpc_error* error = NULL;
  cpc_record* record = NULL;
  cpc_assessment* assessment = NULL;
  cpc_findings* findings = NULL;
  cpc_missing_facts* facts = NULL;
  cpc_assess_options options = CPC_ASSESS_OPTIONS_INIT;
  cpc_moment as_of;
  cpc_verdict verdict = 0;
  SUCCEEDS(cpc_moment_from_date(2026, 11, 26, &as_of, &error));
  SUCCEEDS(cpc_record_read(cpc_text_of(record_json), NULL, &record, &error));
  CHECK(is(cpc_record_case(record), "invented-1"));
  CHECK(cpc_record_child_count(record) == 2 && is(cpc_record_child(record, 1), "ben"));
  CHECK(cpc_record_row_count(record) >= 6);
  options.flags = CPC_ASSESS_NEEDS;
  SUCCEEDS(cpc_program_assess(program, record, as_of, &options, &assessment, &error));
  cpc_record_free(record);
  check_late_conference(assessment);
  check_states(assessment);
  check_threshold(assessment);
  check_requirements(assessment);
  check_next(assessment);
  check_document(assessment);
  SUCCEEDS(cpc_assessment_verdict(assessment, &verdict, &error));
  CHECK(verdict == CPC_VERDICT_BREACH);
  SUCCEEDS(cpc_assessment_findings(assessment, &findings, &error));
  SUCCEEDS(cpc_assessment_missing_facts(assessment, &facts, &error));
  cpc_assessment_free(assessment);
  check_findings(findings);
  check_missing(facts);
  cpc_findings_free(findings);
  cpc_missing_facts_free(facts);
}

int main(void) {
  cpc_program* program = compile_hertfordshire();
  CHECK(cpc_program_rule_count(program) > 0);
  check_one_case(program);
  cpc_program_free(program);
  if (failures == 0) printf("a case was assessed in C: all as expected\n");
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
