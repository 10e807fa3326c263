#include <algorithm>

#include "assessment/random_record.h"
#include "json/assessment_writer.h"

using namespace cpc;
using namespace cpc::test;

namespace {

std::string document(const std::shared_ptr<const Program>& rules, const std::string& record, Workspace& workspace,
                     Record& read, Assessment& result) {
  const auto done = read_record(record, Reading::strict, read);
  if (!done) FAIL(done.error().text() << "\n" << record);
  AssessOptions options;
  options.as_of = moment("2026-11-22");
  options.needs = true;
  assess(rules, read, options, workspace, result);
  std::string json;
  write_assessment_json(result, json);
  return json;
}

}  // namespace

TEST_CASE("the same rows in any order give the same bytes", "[assessment]") {
  const auto rules = program(GENERATE(std::string("england"), std::string("hertfordshire")));
  Workspace workspace;
  Record record;
  Assessment result;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    RandomRecord random(seed);
    auto rows = random.rows(5 + static_cast<int>(seed % 40));
    const std::string first = document(rules, RandomRecord::record(rows), workspace, record, result);
    for (int again = 0; again < 3; ++again) {
      std::shuffle(rows.begin(), rows.end(), random.random());
      const std::string text = RandomRecord::record(rows);
      const std::string other = document(rules, text, workspace, record, result);
      INFO("seed " << seed << "\n" << text);
      REQUIRE(other == first);
    }
  }
}

TEST_CASE("a reused workspace gives what a new one gives", "[assessment]") {
  const auto rules = program("hertfordshire");
  Workspace workspace;
  Record record;
  Assessment result;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    const std::string text = RandomRecord::record(RandomRecord(seed).rows(static_cast<int>(seed % 50)));
    Workspace fresh_workspace;
    Record fresh_record;
    Assessment fresh;
    INFO("seed " << seed);
    REQUIRE(document(rules, text, workspace, record, result) ==
            document(rules, text, fresh_workspace, fresh_record, fresh));
  }
}

TEST_CASE("declaring a type not recorded never turns a requirement or tree into another determined answer",
          "[assessment]") {
  const auto rules = program("hertfordshire");
  const Vocabulary& vocabulary = embedded_vocabulary();
  int changed_to_unknown = 0;
  for (unsigned seed = 1; seed <= 150; ++seed) {
    RandomRecord random(seed);
    const std::string text = RandomRecord::record(random.rows(30));
    Workspace workspace;
    Record closed_record;
    Record open_record;
    Assessment closed;
    Assessment opened;
    document(rules, text, workspace, closed_record, closed);
    // Attendance is what the quorum counts; the rest are drawn at random.
    const std::string event =
        seed % 2 == 0 ? "attendance_recorded" : vocabulary.events[random.random()() % vocabulary.events.size()].name;
    const std::string open_text = R"({"not_recorded":[")" + event + "\"]," + text.substr(1);
    document(rules, open_text, workspace, open_record, opened);
    INFO("seed " << seed << ", not recorded: " << event);
    REQUIRE(closed.requirements.size() == opened.requirements.size());
    for (std::size_t i = 0; i < closed.requirements.size(); ++i) {
      const auto before = closed.requirements[i].status;
      const auto after = opened.requirements[i].status;
      if (before == after) continue;
      INFO("rule " << closed.program->rule_name(closed.requirements[i].rule));
      // What is met whether or not it applies is satisfied: nothing is wrong either way.
      if (before == RequirementStatus::not_applicable && after == RequirementStatus::satisfied) continue;
      REQUIRE(after == RequirementStatus::undetermined);
      ++changed_to_unknown;
    }
    for (std::size_t i = 0; i < closed.thresholds.size(); ++i)
      REQUIRE(closed.thresholds[i].outcome == opened.thresholds[i].outcome);
  }
  CHECK(changed_to_unknown > 0);  // else the test would show nothing
}

TEST_CASE("a record with more instances than can be told apart says so and is assessed", "[assessment]") {
  std::vector<std::string> rows;
  for (int i = 0; i < 32100; ++i)
    rows.push_back(R"({"event":"section_47_started","child":"ada","at":"2026-03-19","section_47":"s)" +
                   std::to_string(i) + "\"}");
  Workspace workspace;
  Record record;
  Assessment result;
  document(program("england"), RandomRecord::record(rows), workspace, record, result);
  REQUIRE(result.record_findings.size() == 1);
  CHECK(result.record_findings.front().says ==
        "the record names more than 32000 conferences, plans and the like; those beyond are taken as not known");
}
