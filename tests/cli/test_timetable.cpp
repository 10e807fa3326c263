#include <rapidjson/document.h>

#include <string>
#include <vector>

#include "cli/command.h"
#include "support/catch.h"

using namespace cpc::test;

namespace {

const std::string record =
    R"({"cpconf":1,"case":"c","children":[{"child":"ada","date_of_birth":"2017-05-09"}],"events":[
  {"event":"strategy_discussion_held","at":"2026-03-19","section_47":"s1"},
  {"event":"section_47_started","at":"2026-03-19","section_47":"s1"}]})";

}  // namespace

TEST_CASE("a timetable towards a date reads as a plan", "[cli]") {
  const TemporaryFile file(record);
  const auto ran =
      run("timetable '" + file.path() + "' --rulebook england --as-of 2026-03-20 --conference 2026-04-14T10:00");
  CHECK(ran.status == 1);
  CHECK(ran.error.empty());
  CHECK(ran.out.find("A conference (initial) on 14 April 2026, 10:00, as of 20 March 2026\n") == 0);
  CHECK(ran.out.find("NOT within every limit: see below.\n"
                     "Every limit can be met: From Fri 20 March 2026 to Mon 13 April 2026.\n") != std::string::npos);
  CHECK(ran.out.find("Mon 13 April 2026: Initial conference, for ada.") != std::string::npos);
  CHECK(ran.out.find("TOO LATE: this limit cannot be met. [ENG-04]") != std::string::npos);
}

TEST_CASE("a timetable is written as JSON too", "[cli]") {
  const TemporaryFile file(record);
  const auto ran = run("timetable '" + file.path() +
                       "' --rulebook england --as-of 2026-03-20 --conference 2026-04-13 --format json");
  CHECK(ran.status == 0);
  rapidjson::Document document;
  document.Parse(ran.out.c_str());
  REQUIRE_FALSE(document.HasParseError());
  CHECK(document["within_every_limit"].GetBool());
  CHECK(std::string(document["window"]["last"].GetString()) == "2026-04-13");
  const auto latest = run("timetable '" + file.path() + "' --rulebook england --as-of 2026-03-20 --format json");
  document.Parse(latest.out.c_str());
  REQUIRE_FALSE(document.HasParseError());
  CHECK(document["latest"].Size() > 2);
}

TEST_CASE("a step for which one rule stands in for another is one line, with all that it is of", "[cli]") {
  const auto lines = [](const std::string& more, const std::string& options) {
    const TemporaryFile file(R"({"cpconf":1,"case":"c","children":[{"child":"ada"},{"child":"ben"}],"events":[
      {"event":"conference_arranged","at":"2026-03-20","conference":"c1","conference_type":"initial",
        "scheduled_for":"2026-04-14T10:00"})" +
                             more + "]}");
    const auto ran = run("timetable '" + file.path() + "' --rulebook dudley --as-of 2026-03-20" + options);
    std::vector<std::string> out;
    for (const auto& line : lines_of(ran.out))
      if (line.find("ocial work report to the family") != std::string::npos) out.push_back(line);
    return out;
  };
  using Lines = std::vector<std::string>;
  // That no report is there yet is a rule of its own until the report is; both have one limit.
  CHECK(lines("", "") ==
        Lines{"  Tue 7 April 2026: Social work report to the family, for ada and ben; by the allocated social"});
  CHECK(lines("", " --conference 2026-04-14T10:00") ==
        Lines{"  Tue 7 April 2026: Social work report to the family (no report yet), for ada and ben; by the"});
  const auto of_ada = R"(,{"event":"report_completed","at":"2026-03-20","conference":"c1","report":"r1",
    "report_type":"social_work","child":["ada"]})";
  for (const std::string options : {"", " --conference 2026-04-14T10:00"})
    CHECK(
        lines(of_ada, options) ==
        Lines{"  Tue 7 April 2026: Social work report to the family, for ben and report r1; by the allocated social"});
}

TEST_CASE("what a timetable cannot be made from is refused", "[cli]") {
  const TemporaryFile file(record);
  const auto error = [&](const std::string& options) {
    const auto ran = run("timetable '" + file.path() + "' --rulebook england " + options);
    CHECK(ran.status == 2);
    return ran.error;
  };
  CHECK(error("--as-of 2026-03-20 --conference 2026-02-30") ==
        "cpconf: --conference: there is no such day: '2026-02-30'\n");
  CHECK(error("--as-of 2026-03-20 --conference 2026-03-19") ==
        "cpconf: the conference is to be held on or after the day of the plan\n");
  CHECK(error("--as-of 2026-03-20 --conference 2026-04-01 --id x") == "cpconf: the record has no conference 'x'\n");
}
