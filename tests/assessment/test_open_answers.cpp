// What stays open when a fact is missing, case by case: each was once answered too early.
#include "assessment/findings.h"
#include "assessment/support.h"

using namespace cpc;
using namespace cpc::test;

namespace {

std::shared_ptr<const Program> with_rules(const std::string& rules) {
  return program_of_text(R"({"cpconf":1,"rulebook":"small","edition":"1","title":"Small","nation":"england",
    "calendar":"england-and-wales","in_force":{"from":"2007-01-01"},
    "sources":[{"id":"SMALL","title":"Small","checked":"2026-11-22"}],
    "sections":[{"cpconf":1,"section":"1","title":"One","rules":[)" +
                         rules + "]}]}");
}

std::string requirement(const std::string& id, const std::string& per, const std::string& at, const std::string& more) {
  return R"({"requirement":")" + id + R"(","duty":"plan_decision","cites":["SMALL-1"],"modality":"must",)" +
         R"("severity":"breach","per":)" + per + R"(,"at":{"event":")" + at + "\"}," + more +
         R"(,"say":"It is not so."})";
}

std::string record(const std::string& events, const std::string& more = "") {
  return R"({"cpconf":1,"case":"small",)" + more + R"("children":[{"child":"ada"}],"events":[)" + events + "]}";
}

std::vector<std::string> requirements(const Assessed& assessed) {
  std::vector<std::string> out;
  for (const auto& each : assessed.result.requirements) {
    std::string line = assessed.result.program->rules[static_cast<std::size_t>(each.rule)].text->id + " ";
    line += to_string(each.status);
    if (each.because != Because::nothing) ((line += " (") += to_string(each.because)) += ")";
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> timescales(const Assessed& assessed) {
  std::vector<std::string> out;
  for (const auto& each : assessed.result.timescales) out.emplace_back(to_string(each.status));
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a row that may be of a circumstance, or without a date, leaves it open", "[assessment]") {
  const auto rules = with_rules(requirement("present", R"(["child"])", "referral_received",
                                            R"("expect":{"fact":"circumstance_present","has":"domestic_abuse"})"));
  const std::string judged = R"({"event":"referral_received","at":"2026-06-01"})";
  const auto [rows, expected] = GENERATE(table<std::string, std::string>({
      {R"({"event":"circumstance_recorded","at":"2026-05-01","circumstance":"domestic_abuse"})", "satisfied"},
      {R"({"event":"circumstance_recorded","at":"2026-05-01","circumstance":"disability"})", "broken"},
      {R"({"event":"circumstance_recorded","at":"2026-05-01","present":true})", "undetermined (facts_missing)"},
      {R"({"event":"circumstance_recorded","at":"2026-05-01","present":false})", "broken"},
      // Which of two ended is not known.
      {R"({"event":"circumstance_recorded","at":"2026-04-01","circumstance":"domestic_abuse"},
          {"event":"circumstance_recorded","at":"2026-05-01","present":false})",
       "undetermined (facts_missing)"},
      // Not dated: it may be of any day, also where a later row follows.
      {R"({"event":"circumstance_recorded","at":null,"circumstance":"domestic_abuse"},
          {"event":"circumstance_recorded","at":"2026-07-01","circumstance":"domestic_abuse"})",
       "undetermined (facts_missing)"},
      {R"({"event":"circumstance_recorded","at":"2026-07-01","circumstance":"domestic_abuse"})", "broken"},
  }));
  INFO(rows);
  CHECK(requirements(assessed(rules, record(judged + "," + rows), "2026-11-22")) == Lines{"present " + expected});
}

TEST_CASE("no session decides for sure when the outcome of a later one is not given", "[assessment]") {
  const auto rules = with_rules(requirement("decides", R"(["conference"])", "conference_held",
                                            R"("expect":{"fact":"at","same_as":"conference.deciding_session"})"));
  const auto held = [](const std::string& at, const std::string& outcome) {
    return R"({"event":"conference_held","conference":"c1","at":")" + at + "\"" +
           (outcome.empty() ? "" : R"(,"session_outcome":")" + outcome + "\"") + "}";
  };
  const auto said = [&](const std::string& second) {
    return requirements(assessed(
        rules, record(held("2026-06-01T10:00", "completed") + "," + held("2026-06-02T10:00", second)), "2026-11-22"));
  };
  CHECK(said("adjourned") == Lines{"decides satisfied", "decides broken"});
  CHECK(said("completed") == Lines{"decides broken", "decides satisfied"});
  CHECK(said("") == Lines{"decides undetermined (facts_missing)", "decides undetermined (facts_missing)"});
}

TEST_CASE("a conference that was arranged for a day not given is not waited for", "[assessment]") {
  const auto rules = with_rules(
      R"({"timescale":"notice","duty":"first_review_timing","cites":["SMALL-1"],"modality":"must","per":["conference"],
          "from":{"fact":"conference.conference_date"},"until":{"event":"invitation_sent","pick":"first"},
          "ahead":{"count":5,"unit":"working_day"}})");
  const std::string invited = R"({"event":"invitation_sent","at":"2026-05-01","conference":"c1"})";
  const std::string arranged = R"({"event":"conference_arranged","at":"2026-05-01","conference":"c1"})";
  CHECK(timescales(assessed(rules, record(invited), "2026-11-22")) == Lines{"waiting"});
  CHECK(timescales(assessed(rules, record(invited + "," + arranged), "2026-11-22")) == Lines{"undetermined"});
}

TEST_CASE("what ends a limit after its condition may have turned no leaves it open", "[assessment]") {
  const auto rules = with_rules(
      R"({"process":"plan","duty":"plan_lifecycle","cites":["SMALL-1"],"modality":"must","per":["child","plan"],
          "states":["none","active","ended"],"initial":"none","final":["ended"],"transitions":[
          {"id":"made","from":["none"],"on":{"event":"decision_made","where":{"decision":["plan_made"]}},"to":"active",
           "cites":["SMALL-1"]},
          {"id":"goes-on","from":["active"],"on":{"event":"decision_made","where":{"decision":["plan_continued"]}},
           "to":"same","cites":["SMALL-1"]},
          {"id":"ended","from":["active"],"on":{"event":"decision_made","where":{"decision":["plan_discontinued"]}},
           "to":"ended","cites":["SMALL-1"]}]},
         {"timescale":"met","duty":"first_review_timing","cites":["SMALL-1"],"modality":"must","per":["child","plan"],
          "from":{"event":"decision_made","where":{"decision":["plan_made"]},"pick":"first"},
          "until":{"event":"core_group_held","pick":"first"},"within":{"count":20,"unit":"day"},
          "while":{"state":"plan","is":["active"]}})");
  const auto said = [&](const std::string& second, const std::string& meeting) {
    const auto decided = [](const std::string& at, const std::string& decision) {
      return R"({"event":"decision_made","conference":"c1","plan":"p1","at":")" + at + "\"" +
             (decision.empty() ? "" : R"(,"decision":")" + decision + "\"") + "}";
    };
    const std::string met = R"({"event":"core_group_held","plan":"p1","at":")" + meeting + "\"}";
    return timescales(
        assessed(rules, record(decided("2026-06-01", "plan_made") + "," + decided("2026-06-08", second) + "," + met),
                 "2026-11-22"));
  };
  CHECK(said("plan_continued", "2026-06-10") == Lines{"met"});
  CHECK(said("plan_discontinued", "2026-06-10") == Lines{"not_applicable"});
  CHECK(said("", "2026-06-10") == Lines{"undetermined"});
  CHECK(said("", "2026-06-05") == Lines{"met"});  // before it may have ended
}

TEST_CASE("a decision that is not known may be any, whatever state the plan is in", "[assessment]") {
  const auto rules = program("england");
  const std::string unknown = R"({"event":"decision_made","at":"2026-06-01","conference":"c1","plan":"p1"})";
  CHECK(assessed(rules, record(unknown), "2026-11-22").state("plan", "ada, p1") == "none or active or ended");
}

TEST_CASE("what hangs on a rule that lacks only rows not kept lacks them too", "[assessment]") {
  const auto rules = with_rules(
      requirement("offered", R"(["child"])", "referral_received",
                  R"("expect":{"occurs":{"event":"support_offered"}})") +
      "," +
      requirement("else-closed", R"(["child"])", "referral_received",
                  R"("when":{"status":"offered","is":["broken"]},"expect":{"occurs":{"event":"case_closed"}})"));
  const auto said = requirements(assessed(
      rules, record(R"({"event":"referral_received","at":"2026-06-01"})", R"("not_recorded":["support_offered"],)"),
      "2026-11-22"));
  CHECK(said == Lines{"offered undetermined (not_recorded)", "else-closed undetermined (not_recorded)"});
}
