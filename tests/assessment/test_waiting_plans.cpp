// A plan that a conference without a quorum ended goes on until the agencies have agreed: rows that do not name it are
// still of it, and none of a plan that is over.
#include "assessment/support.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// A plan of earlier years that is over, and one made in November and ended in February by a review without a quorum,
/// about which agencies may be asked. No row names its plan.
std::string record_of(const std::string& views, const std::string& later) {
  return R"({"cpconf":1,"case":"t","children":[{"child":"ada","date_of_birth":"2017-05-09"}],"events":[
    {"event":"conference_arranged","at":"2024-11-09","conference":"c0","conference_type":"initial"},
    {"event":"conference_held","at":"2024-11-23","conference":"c0","session_outcome":"completed"},
    {"event":"decision_made","at":"2024-11-23","conference":"c0","decision":"plan_made"},
    {"event":"conference_arranged","at":"2024-12-03","conference":"r0","conference_type":"review"},
    {"event":"conference_held","at":"2025-02-15","conference":"r0","session_outcome":"completed","recorded_quorate":true},
    {"event":"decision_made","at":"2025-02-15","conference":"r0","decision":"plan_discontinued"},
    {"event":"conference_arranged","at":"2026-11-09","conference":"c1","conference_type":"initial"},
    {"event":"conference_held","at":"2026-11-23","conference":"c1","session_outcome":"completed"},
    {"event":"decision_made","at":"2026-11-23","conference":"c1","decision":"plan_made"},
    {"event":"conference_arranged","at":"2026-12-03","conference":"r1","conference_type":"review"},
    {"event":"conference_held","at":"2027-02-15","conference":"r1","session_outcome":"completed","recorded_quorate":false},
    {"event":"decision_made","at":"2027-02-15","conference":"r1","decision":"plan_discontinued"})" +
         views + later + "]}";
}

const std::string asked = R"(,{"event":"agency_views_sought","at":"2027-02-17","conference":"r1","in_writing":true,
    "asked":["education","health"]})";
std::string reply(const std::string& agency, bool agrees) {
  return R"(,{"event":"agency_view_received","at":"2027-02-24","conference":"r1","in_writing":true,"agency":")" +
         agency + R"(","agrees":)" + (agrees ? "true}" : "false}");
}
const std::string plan_ended = R"(,{"event":"plan_ended","at":"2027-03-10","plan_end_reason":"left_uk",
    "decided_by":"head_of_child_protection","covered":["decision_recorded","consultation_recorded"]})";
const std::string continued =
    R"(,{"event":"conference_arranged","at":"2027-02-20","conference":"r2","conference_type":"review"},
    {"event":"conference_held","at":"2027-03-10","conference":"r2","session_outcome":"completed","recorded_quorate":true},
    {"event":"decision_made","at":"2027-03-10","conference":"r2","decision":"plan_continued"})";
const std::string made_again =
    R"(,{"event":"conference_arranged","at":"2027-05-03","conference":"c2","conference_type":"initial"},
    {"event":"conference_held","at":"2027-05-10","conference":"c2","session_outcome":"completed","recorded_quorate":true},
    {"event":"decision_made","at":"2027-05-10","conference":"c2","decision":"plan_made"})";

/// Where each plan of the record stands, in the order of the plans.
std::vector<std::string> plans_of(const std::string& views, const std::string& later) {
  const auto judged = assessed(program("hertfordshire"), record_of(views, later), "2027-06-01");
  std::vector<std::string> out;
  for (const auto& result : judged.result.states) {
    const auto& rule = *judged.result.program->rules[static_cast<std::size_t>(result.process)].text;
    if (rule.id != "plan") continue;
    std::string names;
    for (std::size_t i = 0; i < rule.states.size(); ++i)
      if ((result.states >> i & 1) != 0) names.append(names.empty() ? "" : " or ").append(rule.states[i]);
    out.push_back(names);
  }
  return out;
}

using Plans = std::vector<std::string>;
const std::string over = "ended_by_review";

}  // namespace

TEST_CASE("rows without a plan are of the plan whose end still waits for replies, and of no other", "[assessment]") {
  CHECK(plans_of(asked, "") == Plans{over, "discontinue_pending"});
  CHECK(plans_of(asked, plan_ended) == Plans{over, "ended_by_head"});
  CHECK(plans_of(asked, continued) == Plans{over, "active"});
  CHECK(plans_of(asked + reply("education", true), continued) == Plans{over, "active"});
}

TEST_CASE("rows without a plan are of the plan that goes on because an agency refused", "[assessment]") {
  CHECK(plans_of(asked + reply("education", false), "") == Plans{over, "active"});
  CHECK(plans_of(asked + reply("education", false), plan_ended) == Plans{over, "ended_by_head"});
  CHECK(plans_of(asked + reply("education", false), continued) == Plans{over, "active"});
}

TEST_CASE("a plan is over when every agency that was asked has agreed, and a new one is never it", "[assessment]") {
  const auto agreed = asked + reply("education", true) + reply("health", true);
  CHECK(plans_of(agreed, "") == Plans{over, over});
  CHECK(plans_of(agreed, made_again) == Plans{over, over, "active"});
  CHECK(plans_of(asked, made_again) == Plans{over, "discontinue_pending", "active"});
}
