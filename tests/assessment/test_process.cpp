#include "assessment/support.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// A child whose plan is continued by a review; that it was made is not in the record.
std::string continued_plan_of(const std::string& child) {
  return R"({"cpconf":1,"case":"x","children":[{"child":"a")" + child + R"(}],"events":[
    {"event":"conference_arranged","at":"2026-05-03","conference":"r","conference_type":"review"},
    {"event":"conference_held","at":"2026-06-10","conference":"r","session_outcome":"completed"},
    {"event":"decision_made","at":"2026-06-10","conference":"r","plan":"p","decision":"plan_continued"}]})";
}

std::string later_review(const Assessed& assessed) {
  for (const auto& each : assessed.result.timescales)
    if (assessed.rule(each).text->id == "later-review") return to_string(each.status);
  return "none";
}

}  // namespace

TEST_CASE("a plan that is continued out of the blue runs, so that its reviews are looked for", "[assessment]") {
  const auto rulebook = GENERATE(std::string("england"), std::string("hertfordshire"), std::string("herefordshire"),
                                 std::string("devon"), std::string("dudley"), std::string("coordinator"));
  const auto [child, unborn] = GENERATE(table<std::string, bool>(
      {{R"(,"date_of_birth":"2017-05-09")", false}, {R"(,"expected_delivery_date":"2026-08-01")", true}}));
  INFO(rulebook << child);
  const auto judged = assessed(program(rulebook), continued_plan_of(child), "2026-11-22");
  const bool told_apart = rulebook == "england" || rulebook == "hertfordshire";
  CHECK(judged.state("plan", "a, p") == (told_apart && unborn ? "active_unborn" : "active"));
  CHECK(judged.result.process_findings.size() >= 1);
  if (rulebook == "england" || rulebook == "hertfordshire" || rulebook == "coordinator")
    CHECK(later_review(judged) == "pending");
}

TEST_CASE("where a missing fact chooses the state that a row out of sequence leads to, each is possible",
          "[assessment]") {
  const auto judged = assessed(program("hertfordshire"), continued_plan_of(""), "2026-11-22");
  CHECK(judged.state("plan", "a, p") == "none or active_unborn or active");
  CHECK(later_review(judged) == "undetermined");
}
