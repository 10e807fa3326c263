#include <thread>
#include <vector>

#include "capi/support.h"

using namespace cpc::test;

namespace {

constexpr const char* small_rulebook = R"({"cpconf": 1, "rulebook": "tiny", "edition": "1", "title": "Tiny",
  "nation": "england", "calendar": "england-and-wales", "in_force": {"from": "2020-01-01"},
  "sources": [{"id": "T", "title": "T", "checked": "2026-11-22"}],
  "sections": [{"cpconf": 1, "section": "1", "title": "One", "rules": [
    {"timescale": "conference", "duty": "initial_conference_timing", "cites": ["T-1"], "modality": "should",
     "severity": "breach", "per": ["child", "section_47"],
     "from": {"event": "strategy_discussion_held", "pick": "last"}, "until": {"event": "conference_held"},
     "within": {"count": 15, "unit": "working_day"}}]}]})";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string read_rulebook(std::string_view json) {
  const Exact exact(json);
  cpc_rulebook* made = nullptr;
  auto answer = said([&](cpc_error** error) { return cpc_rulebook_read(exact.text(), &made, error); });
  const Rulebook owned(made);
  CHECK((made != nullptr) == (answer == "ok"));
  return answer;
}

std::string read_record(std::string_view json, std::uint32_t flags = 0) {
  const Exact exact(json);
  cpc_record_options options = CPC_RECORD_OPTIONS_INIT;
  options.flags = flags;
  cpc_record* made = nullptr;
  auto answer = said([&](cpc_error** error) { return cpc_record_read(exact.text(), &options, &made, error); });
  const Record owned(made);
  CHECK((made != nullptr) == (answer == "ok"));
  return answer;
}

}  // namespace

TEST_CASE("the library names the rulebooks it holds and loads each", "[capi]") {
  REQUIRE(cpc_rulebook_embedded_count() >= 2);
  for (std::size_t i = 0; i < cpc_rulebook_embedded_count(); ++i) {
    const auto name = str(cpc_rulebook_embedded_name(i));
    const auto loaded = rulebook(name.c_str());
    CHECK(str(cpc_rulebook_name(loaded.get())) == name);
    CHECK(str(cpc_rulebook_edition(loaded.get())) != "");
    CHECK(str(cpc_rulebook_title(loaded.get())) != "");
    CHECK(str(cpc_rulebook_calendar(loaded.get())) == "england-and-wales");
    CHECK(str(cpc_rulebook_fingerprint(loaded.get())).size() == 32);
    CHECK(cpc_rulebook_rule_count(loaded.get()) > 0);
  }
  CHECK(cpc_rulebook_embedded_name(cpc_rulebook_embedded_count()).size == 0);
}

TEST_CASE("a rulebook of the caller's own is read and judged by", "[capi]") {
  CHECK(read_rulebook(small_rulebook) == "ok");
  cpc_rulebook* layer = nullptr;
  REQUIRE(cpc_rulebook_read(cpc_text_of(small_rulebook), &layer, nullptr) == CPC_OK);
  const Rulebook owned(layer);
  const auto days = calendar();
  const cpc_rulebook* layers[] = {layer};
  cpc_program* made = nullptr;
  REQUIRE(cpc_program_compile(layers, 1, days.get(), &made, nullptr) == CPC_OK);
  const Program rules(made);
  REQUIRE(cpc_program_rule_count(made) == 1);
  CHECK(str(cpc_program_rule_name(made, 0)) == "tiny/conference");
  CHECK(str(cpc_program_rule_duty(made, 0)) == "initial_conference_timing");
  CHECK(cpc_program_rule_name(made, 1).size == 0);
  REQUIRE(cpc_program_not_covered_count(made) > 10);
  CHECK(cpc_program_not_covered(made, 0).size > 0);
  const auto rows = record(small_case);
  const auto assessment = assess(made, rows.get(), "2026-11-23");
  REQUIRE(cpc_assessment_timescale_count(assessment.get()) == 2);
  CHECK(cpc_assessment_timescale_status(assessment.get(), 0) == CPC_TIMESCALE_PENDING);
  CHECK(written(cpc_assessment_timescale_moment(assessment.get(), 0, CPC_TIMESCALE_DUE)) == "2026-11-23");
  CHECK(cpc_assessment_timescale_amount(assessment.get(), 0) == 0);
}

TEST_CASE("a rulebook that is wrong is refused with its place", "[capi]") {
  CHECK(read_rulebook(replaced(small_rulebook, R"("cites": ["T-1"], )", "")).find("(at /sections/0/rules/0") !=
        std::string::npos);
  CHECK(read_rulebook("{").starts_with("syntax: "));
  CHECK(read_rulebook("").starts_with("syntax: "));
}

TEST_CASE("a name that no vocabulary knows is refused when the rulebook is compiled", "[capi]") {
  cpc_rulebook* layer = nullptr;
  const auto json = replaced(small_rulebook, "conference_held", "conference_hald");
  REQUIRE(cpc_rulebook_read(cpc_text_of(json.c_str()), &layer, nullptr) == CPC_OK);
  const Rulebook owned(layer);
  const auto days = calendar();
  const cpc_rulebook* layers[] = {layer};
  cpc_program* made = nullptr;
  const auto answer = said([&](cpc_error** error) { return cpc_program_compile(layers, 1, days.get(), &made, error); });
  CHECK(answer.starts_with("rulebook: "));
  CHECK(answer.find("'conference_hald'") != std::string::npos);
  CHECK(made == nullptr);
}

TEST_CASE("an unknown event is refused however deep it stands in the condition on a row", "[capi]") {
  cpc_rulebook* layer = nullptr;
  const auto json = replaced(small_rulebook, R"("event": "conference_held")",
                             R"("event": "conference_held", "where": {"all": [
                               {"not": {"occurs": {"event": "lunch_held"}}}, {"fact": "session_outcome", "is": "completed"}]})");
  REQUIRE(cpc_rulebook_read(cpc_text_of(json.c_str()), &layer, nullptr) == CPC_OK);
  const Rulebook owned(layer);
  const auto days = calendar();
  const cpc_rulebook* layers[] = {layer};
  cpc_program* made = nullptr;
  const auto answer = said([&](cpc_error** error) { return cpc_program_compile(layers, 1, days.get(), &made, error); });
  CHECK(answer ==
        "rulebook: rule 'conference': unknown event 'lunch_held' (at "
        "/sections/0/rules/0/until/where/all/0/not/occurs)");
  CHECK(made == nullptr);
}

TEST_CASE("a record that is wrong is refused with its place", "[capi]") {
  CHECK(read_record(replaced(small_case, "2026-11-02", "2026-02-30")).find("(at /events/0/at)") != std::string::npos);
  CHECK(read_record(R"({"cpconf": 1, "case": "c", "children": [], "events": [{"event": "lunch_held"}]})")
            .find("(at /events/0)") != std::string::npos);
  CHECK(read_record("").starts_with("syntax: "));
  CHECK(read_record("\xff").starts_with("syntax: "));
  CHECK(read_record(std::string(small_case).substr(0, 100)).starts_with("syntax: "));
}

TEST_CASE("a lenient record says what it left out", "[capi]") {
  const auto json = replaced(small_case, R"("event": "section_47_started")", R"("event": "lunch_held")");
  CHECK(read_record(json) != "ok");
  CHECK(read_record(json, CPC_RECORD_LENIENT) == "ok");
  cpc_record_options options = CPC_RECORD_OPTIONS_INIT;
  options.flags = CPC_RECORD_LENIENT;
  cpc_record* made = nullptr;
  REQUIRE(cpc_record_read(cpc_text_of(json.c_str()), &options, &made, nullptr) == CPC_OK);
  const Record owned(made);
  REQUIRE(cpc_record_finding_count(made) == 1);
  CHECK(str(cpc_record_finding_text(made, 0)).find("'lunch_held'") != std::string::npos);
  CHECK(str(cpc_record_finding_place(made, 0)) == "/events/1");
  CHECK(cpc_record_finding_text(made, 1).size == 0);
}

TEST_CASE("every pointer that is needed is missed when it is NULL", "[capi]") {
  const auto rules = program();
  const auto days = calendar();
  const auto layer = rulebook("england");
  const auto rows = record(small_case);
  const auto done = assess(rules.get(), rows.get(), "2026-11-30");
  const auto as_of = moment("2026-11-30");
  const auto json = cpc_text_of(small_case);
  const cpc_rulebook* layers[] = {layer.get()};
  const cpc_rulebook* holes[] = {layer.get(), nullptr};
  cpc_calendar* out_calendar = nullptr;
  cpc_program* out_program = nullptr;
  cpc_assessment* out_assessment = nullptr;
  cpc_buffer* out_buffer = nullptr;
  cpc_texts* out_texts = nullptr;
  cpc_missing_facts* out_facts = nullptr;
  cpc_findings* out_findings = nullptr;
  const cpc_assessment* lent = nullptr;
  cpc_verdict verdict = 0;
  const auto missing = [](const auto& call) { return said(call).substr(0, 10); };
  CHECK(missing([&](auto** e) { return cpc_calendar_load(json, nullptr, nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_calendar_read(json, json, nullptr, nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_calendar_with_closures(nullptr, json, &out_calendar, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_calendar_with_closures(days.get(), json, nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_rulebook_load(json, nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_rulebook_read(json, nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_program_compile(nullptr, 1, days.get(), &out_program, e); }) ==
        "argument: ");
  CHECK(missing([&](auto** e) { return cpc_program_compile(layers, 0, days.get(), &out_program, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_program_compile(layers, 1, nullptr, &out_program, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_program_compile(layers, 1, days.get(), nullptr, e); }) == "argument: ");
  CHECK(said([&](auto** e) { return cpc_program_compile(holes, 2, days.get(), &out_program, e); }) ==
        "argument: rulebooks[1] must not be NULL");
  CHECK(missing([&](auto** e) { return cpc_record_read(json, nullptr, nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_record_add_not_recorded(nullptr, json, e); }) == "argument: ");
  CHECK(missing([&](auto** e) {
          return cpc_program_assess(nullptr, rows.get(), as_of, nullptr, &out_assessment, e);
        }) == "argument: ");
  CHECK(missing([&](auto** e) {
          return cpc_program_assess(rules.get(), nullptr, as_of, nullptr, &out_assessment, e);
        }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_program_assess(rules.get(), rows.get(), as_of, nullptr, nullptr, e); }) ==
        "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_verdict(nullptr, &verdict, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_verdict(done.get(), nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_write_json(nullptr, nullptr, &out_buffer, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_write_json(done.get(), nullptr, nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_timescale_keys(nullptr, &out_texts, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_timescale_keys(done.get(), nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_state_keys(nullptr, &out_texts, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_threshold_keys(nullptr, &out_texts, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_findings(nullptr, &out_findings, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_findings(done.get(), nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_missing_facts(nullptr, &out_facts, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_assessment_missing_facts(done.get(), nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_workspace_new(nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_workspace_read(nullptr, json, nullptr, nullptr, e); }) == "argument: ");
  CHECK(missing([&](auto** e) { return cpc_workspace_assess(nullptr, rules.get(), as_of, nullptr, &lent, e); }) ==
        "argument: ");
}

TEST_CASE("freeing nothing does nothing", "[capi]") {
  cpc_buffer_free(nullptr);
  cpc_texts_free(nullptr);
  cpc_error_free(nullptr);
  cpc_calendar_free(nullptr);
  cpc_rulebook_free(nullptr);
  cpc_program_free(nullptr);
  cpc_record_free(nullptr);
  cpc_assessment_free(nullptr);
  cpc_findings_free(nullptr);
  cpc_missing_facts_free(nullptr);
  cpc_workspace_free(nullptr);
  SUCCEED();
}

TEST_CASE("getters of nothing, and beyond the end, give nothing", "[capi]") {
  const auto rules = program();
  const auto rows = record(small_case);
  const auto done = assess(rules.get(), rows.get(), "2026-11-30");
  const cpc_assessment* assessment = GENERATE(false, true) ? done.get() : nullptr;
  const std::size_t i = 100000;
  CHECK(cpc_assessment_timescale_rule(assessment, i).size == 0);
  CHECK(cpc_assessment_timescale_duty(assessment, i).size == 0);
  CHECK(cpc_assessment_timescale_clause_count(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_clause(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_timescale_child(assessment, i).size == 0);
  CHECK(cpc_assessment_timescale_instance_kind(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_timescale_instance_id(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_timescale_cycle(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_status(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_because(assessment, i).size == 0);
  CHECK(cpc_assessment_timescale_authorised(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_explained(assessment, i) == CPC_UNKNOWN);
  CHECK(cpc_assessment_timescale_flags(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_moment(assessment, i, CPC_TIMESCALE_DUE).day == CPC_NO_DAY);
  CHECK(cpc_assessment_timescale_amount(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_amount_unit(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_amount_days(assessment, i) == 0);
  CHECK(cpc_assessment_timescale_amount_minutes(assessment, i) == 0);
  CHECK(cpc_assessment_state_rule(assessment, i).size == 0);
  CHECK(cpc_assessment_state_duty(assessment, i).size == 0);
  CHECK(cpc_assessment_state_child(assessment, i).size == 0);
  CHECK(cpc_assessment_state_instance_kind(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_state_instance_id(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_state_possible_count(assessment, i) == 0);
  CHECK(cpc_assessment_state_possible(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_state_since(assessment, i).day == CPC_NO_DAY);
  CHECK(cpc_assessment_state_irregular(assessment, i) == 0);
  CHECK(cpc_assessment_threshold_rule(assessment, i).size == 0);
  CHECK(cpc_assessment_threshold_child(assessment, i).size == 0);
  CHECK(cpc_assessment_threshold_instance_kind(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_threshold_instance_id(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_threshold_role(assessment, i).size == 0);
  CHECK(cpc_assessment_threshold_person(assessment, i).size == 0);
  CHECK(cpc_assessment_threshold_outcome(assessment, i) == CPC_OUTCOME_UNDETERMINED);
  CHECK(cpc_assessment_threshold_restate(assessment, i) == 0);
  CHECK(cpc_assessment_threshold_path_count(assessment, i) == 0);
  CHECK(cpc_assessment_threshold_path(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_requirement_rule(assessment, i).size == 0);
  CHECK(cpc_assessment_requirement_duty(assessment, i).size == 0);
  CHECK(cpc_assessment_requirement_clause_count(assessment, i) == 0);
  CHECK(cpc_assessment_requirement_clause(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_requirement_child(assessment, i).size == 0);
  CHECK(cpc_assessment_requirement_instance_kind(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_requirement_instance_id(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_requirement_status(assessment, i) == 0);
  CHECK(cpc_assessment_requirement_because(assessment, i).size == 0);
  CHECK(cpc_assessment_requirement_explained(assessment, i) == CPC_UNKNOWN);
  CHECK(cpc_assessment_requirement_event(assessment, i).size == 0);
  CHECK(cpc_assessment_requirement_at(assessment, i).day == CPC_NO_DAY);
  CHECK(cpc_assessment_requirement_row_id(assessment, i).size == 0);
  CHECK(cpc_assessment_next_rule(assessment, i).size == 0);
  CHECK(cpc_assessment_next_child(assessment, i).size == 0);
  CHECK(cpc_assessment_next_instance_kind(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_next_instance_id(assessment, i, 0).size == 0);
  CHECK(cpc_assessment_next_event(assessment, i).size == 0);
  CHECK(cpc_assessment_next_to(assessment, i).size == 0);
  CHECK(cpc_assessment_next_guard(assessment, i) == CPC_UNKNOWN);
  CHECK(cpc_assessment_next_clause_count(assessment, i) == 0);
  CHECK(cpc_assessment_next_clause(assessment, i, 0).size == 0);
  CHECK(cpc_missing_facts_count(nullptr) == 0);
  CHECK(cpc_missing_facts_name(nullptr, 0).size == 0);
  CHECK(cpc_missing_facts_checks(nullptr, 0) == 0);
  CHECK(cpc_missing_facts_row_count(nullptr, 0) == 0);
  CHECK(cpc_missing_facts_row(nullptr, 0, 0).size == 0);
  CHECK(cpc_missing_facts_rule_count(nullptr, 0) == 0);
  CHECK(cpc_missing_facts_rule(nullptr, 0, 0).size == 0);
  CHECK(cpc_requirement_status_name(0).size == 0);
  CHECK(cpc_requirement_status_name(5).size == 0);
  CHECK(cpc_assessment_left_out(assessment, 77) == 0);
  CHECK(cpc_findings_count(nullptr) == 0);
  CHECK(cpc_findings_says(nullptr, 0).size == 0);
  CHECK(cpc_findings_explained(nullptr, 0) == CPC_UNKNOWN);
  CHECK(cpc_timescale_status_name(0).size == 0);
  CHECK(cpc_timescale_status_name(10).size == 0);
  CHECK(cpc_unit_name(0).size == 0);
  CHECK(str(cpc_status_name(12345)) == "failed");
  CHECK(cpc_record_case(nullptr).size == 0);
  CHECK(cpc_program_rule_count(nullptr) == 0);
  CHECK(cpc_calendar_first_day(nullptr) == CPC_NO_DAY);
  CHECK(cpc_error_message(nullptr).size == 0);
}

TEST_CASE("missing facts that were not asked for are not taken for none", "[capi]") {
  const auto rules = program();
  const auto rows = record(small_case);
  const auto done = assess(rules.get(), rows.get(), "2026-11-30");
  cpc_missing_facts* made = nullptr;
  CHECK(said([&](auto** e) { return cpc_assessment_missing_facts(done.get(), &made, e); }) ==
        "argument: the assessment was made without CPC_ASSESS_NEEDS");
  CHECK(made == nullptr);
}

TEST_CASE("a moment of judgement that is not one is refused", "[capi]") {
  const auto rules = program();
  const auto rows = record(small_case);
  cpc_assessment* made = nullptr;
  CHECK(said([&](auto** e) { return cpc_program_assess(rules.get(), rows.get(), CPC_NO_MOMENT, nullptr, &made, e); }) ==
        "argument: as_of.day is day -2147483648, which lies outside 1900-01-01 to 2199-12-31");
  cpc_assess_options options = CPC_ASSESS_OPTIONS_INIT;
  options.known_at = {20000, 2000};
  CHECK(said([&](auto** e) {
          return cpc_program_assess(rules.get(), rows.get(), moment("2026-11-30"), &options, &made, e);
        }) == "argument: options.known_at.minute is 2000; it lies between 0 and 1439, or is CPC_NO_MINUTE");
}

TEST_CASE("an assessment outlives what it was made from", "[capi]") {
  auto rules = program();
  auto rows = record(small_case);
  const auto first = assess(rules.get(), rows.get(), "2026-11-30");
  const auto before = json(first.get());
  cpc_findings* made = nullptr;
  rows.reset();
  rules.reset();
  CHECK(json(first.get()) == before);
  REQUIRE(cpc_assessment_findings(first.get(), &made, nullptr) == CPC_OK);
  const Findings findings(made);
  REQUIRE(cpc_findings_count(made) > 0);
  CHECK(str(cpc_findings_rule(made, 0)).starts_with("england/"));
}

TEST_CASE("an assessment stays as it is when its record is changed", "[capi]") {
  const auto rules = program();
  const auto rows = record(small_case);
  const auto first = assess(rules.get(), rows.get(), "2026-11-30");
  const auto before = json(first.get());
  const Exact list("conference_held");
  REQUIRE(cpc_record_add_not_recorded(rows.get(), list.text(), nullptr) == CPC_OK);
  CHECK(json(first.get()) == before);
  CHECK(json(assess(rules.get(), rows.get(), "2026-11-30").get()) != before);
}

TEST_CASE("a not_recorded list that is wrong leaves the record as it was", "[capi]") {
  const auto rules = program();
  const auto rows = record(small_case);
  const auto before = json(assess(rules.get(), rows.get(), "2026-11-30").get());
  const Exact list("conference_held,lunch_held");
  CHECK(said([&](auto** e) { return cpc_record_add_not_recorded(rows.get(), list.text(), e); }).starts_with("input: "));
  CHECK(json(assess(rules.get(), rows.get(), "2026-11-30").get()) == before);
}

TEST_CASE("a workspace gives what separate objects give, record after record", "[capi]") {
  const auto rules = program();
  cpc_workspace* made = nullptr;
  REQUIRE(cpc_workspace_new(&made, nullptr) == CPC_OK);
  const Workspace workspace(made);
  const cpc_assessment* lent = nullptr;
  CHECK(said([&](auto** e) {
          return cpc_workspace_assess(made, rules.get(), moment("2026-11-30"), nullptr, &lent, e);
        }) == "argument: the workspace holds no record: read one first");
  for (const std::string& text : {std::string(small_case), replaced(small_case, "2026-11-02", "2026-11-10"),
                                  std::string("{"), std::string(small_case)}) {
    const Exact exact(text);
    cpc_record* read = nullptr;
    const auto answer = said([&](auto** e) { return cpc_workspace_read(made, exact.text(), nullptr, &read, e); });
    if (answer != "ok") {
      CHECK(answer.starts_with("syntax: "));
      CHECK(read == nullptr);
      CHECK(cpc_workspace_assess(made, rules.get(), moment("2026-11-30"), nullptr, &lent, nullptr) == CPC_E_ARGUMENT);
      CHECK(lent == nullptr);
      continue;
    }
    CHECK(str(cpc_record_case(read)) == "c");
    REQUIRE(cpc_workspace_assess(made, rules.get(), moment("2026-11-30"), nullptr, &lent, nullptr) == CPC_OK);
    CHECK(json(lent) == json(assess(rules.get(), record(text).get(), "2026-11-30").get()));
  }
}

TEST_CASE("findings outlive the workspace they came from", "[capi]") {
  auto rules = program();
  cpc_workspace* made = nullptr;
  REQUIRE(cpc_workspace_new(&made, nullptr) == CPC_OK);
  const cpc_assessment* lent = nullptr;
  cpc_findings* findings = nullptr;
  REQUIRE(cpc_workspace_read(made, cpc_text_of(small_case), nullptr, nullptr, nullptr) == CPC_OK);
  REQUIRE(cpc_workspace_assess(made, rules.get(), moment("2026-11-30"), nullptr, &lent, nullptr) == CPC_OK);
  REQUIRE(cpc_assessment_findings(lent, &findings, nullptr) == CPC_OK);
  const Findings owned(findings);
  cpc_workspace_free(made);
  rules.reset();
  REQUIRE(cpc_findings_count(findings) > 0);
  CHECK(str(cpc_findings_child(findings, 0)) == "ada");
  CHECK(str(cpc_findings_instance_id(findings, 0, 0)) == "s1");
  CHECK(str(cpc_findings_duty(findings, 0)) != "");
}

TEST_CASE("threads share a program and get the same answers", "[capi]") {
  const auto rules = program("hertfordshire");
  const auto expected = json(assess(rules.get(), record(small_case).get(), "2026-11-30").get());
  std::vector<std::string> answers(4);
  std::vector<std::thread> threads;
  for (auto& answer : answers)
    threads.emplace_back([&] {
      for (int i = 0; i < 3; ++i) {
        cpc_record* rows = nullptr;
        cpc_assessment* made = nullptr;
        cpc_buffer* text = nullptr;
        if (cpc_record_read(cpc_text_of(small_case), nullptr, &rows, nullptr) == CPC_OK &&
            cpc_program_assess(rules.get(), rows, cpc_moment{20787, CPC_NO_MINUTE}, nullptr, &made, nullptr) ==
                CPC_OK &&
            cpc_assessment_write_json(made, nullptr, &text, nullptr) == CPC_OK)
          answer = str(cpc_buffer_text(text));
        cpc_record_free(rows);
        cpc_assessment_free(made);
        cpc_buffer_free(text);
      }
    });
  for (auto& thread : threads) thread.join();
  REQUIRE(day("2026-11-30") == 20787);
  for (const auto& answer : answers) CHECK(answer == expected);
}
