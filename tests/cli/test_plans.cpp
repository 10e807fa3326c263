#include <rapidjson/document.h>

#include <string>

#include "cli/command.h"
#include "support/catch.h"

using namespace cpc::test;

namespace {

/// One record on one line: a child `ada` of case `name`, with rows.
std::string line(const std::string& name, const std::string& rows) {
  return R"({"cpconf":1,"case":")" + name +
         R"(","children":[{"child":"ada","date_of_birth":"2017-05-09"}],"events":[)" + rows + "]}\n";
}

const std::string made =
    R"({"event":"conference_arranged","at":"2026-06-01","conference":"c1","conference_type":"initial"},)"
    R"({"event":"conference_held","at":"2026-06-09","conference":"c1","session_outcome":"completed"},)"
    R"({"event":"decision_made","at":"2026-06-09","conference":"c1","decision":"plan_made","plan":"p1",)"
    R"("abuse_category":["neglect","emotional"],"main_category":"neglect"},)"
    R"({"event":"core_group_formed","at":"2026-06-09","conference":"c1","plan":"p1","key_worker":"sw-1"})";
const std::string ended_by_review =
    R"(,{"event":"conference_arranged","at":"2026-08-01","conference":"r1","conference_type":"review"},)"
    R"({"event":"conference_held","at":"2026-09-01","conference":"r1","session_outcome":"completed"},)"
    R"({"event":"decision_made","at":"2026-09-01","conference":"r1","decision":"plan_discontinued","plan":"p1"})";
const std::string as_of = " --rulebook england --as-of 2026-11-22";

rapidjson::Document listed(const std::string& input, int status = 0, const std::string& options = as_of) {
  const auto ran = run("plans -" + options, input);
  CHECK(ran.status == status);
  rapidjson::Document document;
  document.Parse(ran.out.c_str());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

}  // namespace

TEST_CASE("the list says who is subject of a plan, since when, in which category and with whom", "[cli]") {
  const auto document = listed(line("a", made) + line("b", made + ended_by_review) + line("c", ""));
  CHECK(document["records"].GetInt() == 3);
  CHECK(document["complete"].GetBool());
  REQUIRE(document["on_plan"].Size() == 1);
  const auto& entry = document["on_plan"][0];
  CHECK(std::string(entry["case"].GetString()) == "a");
  CHECK(std::string(entry["child"].GetString()) == "ada");
  CHECK(std::string(entry["plan"].GetString()) == "p1");
  CHECK(std::string(entry["since"].GetString()) == "2026-06-09");
  CHECK(entry["categories"].Size() == 2);
  CHECK(std::string(entry["main_category"].GetString()) == "neglect");
  CHECK(std::string(entry["key_worker"].GetString()) == "sw-1");
  CHECK(std::string(entry["authority"].GetString()) == "own");
  CHECK(document["ended_irregularly"].Empty());
}

TEST_CASE("the list is of its day", "[cli]") {
  const auto input = line("b", made + ended_by_review);
  CHECK(listed(input, 0, " --rulebook england --as-of 2026-06-08")["on_plan"].Empty());
  CHECK(listed(input, 0, " --rulebook england --as-of 2026-06-09")["on_plan"].Size() == 1);
  CHECK(listed(input, 0, " --rulebook england --as-of 2026-08-31")["on_plan"].Size() == 1);
  CHECK(listed(input, 0, " --rulebook england --as-of 2026-09-01")["on_plan"].Empty());
}

TEST_CASE("a plan that ended without a ground stands in a section of its own", "[cli]") {
  const auto document = listed(
      line("d", made + R"(,{"event":"plan_ended","at":"2026-08-03","plan":"p1","plan_end_reason":"risk_ended"})"), 0,
      " --rulebook hertfordshire --as-of 2026-11-22");
  CHECK(document["on_plan"].Empty());
  REQUIRE(document["ended_irregularly"].Size() == 1);
  CHECK(std::string(document["ended_irregularly"][0]["ended"].GetString()) == "2026-08-03");
}

TEST_CASE("a plan that may have ended is listed as not known", "[cli]") {
  const auto document = listed(line("e", made), 0, as_of + " --not-recorded plan_ended");
  CHECK(document["on_plan"].Empty());
  REQUIRE(document["not_known"].Size() == 1);
  CHECK(document["not_known"][0]["state"].Size() > 1);
}

TEST_CASE("another authority's plan is listed and says so, until a conference here has decided", "[cli]") {
  const auto authority = [](const rapidjson::Document& document) {
    return document["on_plan"].Size() == 1 ? std::string(document["on_plan"][0]["authority"].GetString()) : "none";
  };
  const std::string reported =
      R"({"event":"plan_status_reported","at":"2026-05-01","plan":"x1","other_authority":true,"abuse_category":["physical"]})";
  const std::string moved =
      R"({"event":"move_notified","at":"2026-05-01","direction":"into_area","permanent":true,"on_plan":true})";
  CHECK(authority(listed(line("f", reported))) == "other");
  CHECK(authority(listed(line("g", moved))) == "other");
  CHECK(authority(listed(line("h", moved + "," + made))) == "own");
  CHECK(authority(listed(line("i", moved + "," + made + ended_by_review))) == "none");
  const auto open = listed(line("j", with(reported, R"("other_authority":true,)", "")));
  CHECK(open["on_plan"].Empty());
  CHECK(open["not_known"].Size() == 1);
}

TEST_CASE("a line that cannot be read is named, and the list is not complete", "[cli]") {
  const auto ran = run("plans -" + as_of, line("a", made) + "{bad\n" + line("b", made));
  CHECK(ran.status == 2);
  CHECK(ran.error == "cpconf: line 2: a key in quotes is expected here (at line 1, column 2)\n");
  rapidjson::Document document;
  document.Parse(ran.out.c_str());
  REQUIRE_FALSE(document.HasParseError());
  CHECK(document["on_plan"].Size() == 2);
  CHECK_FALSE(document["complete"].GetBool());
  CHECK(document["errors"][0]["line"].GetInt() == 2);
  const auto csv = run("plans - --format csv" + as_of, line("a", made) + "{bad\n");
  CHECK(csv.status == 2);
  CHECK(csv.error ==
        "cpconf: line 2: a key in quotes is expected here (at line 1, column 2)\n"
        "cpconf: the list is not complete: see the lines named above\n");
}

TEST_CASE("the list as CSV has a line for each plan", "[cli]") {
  const auto ran = run("plans - --format csv" + as_of, line("=a", made));
  CHECK(ran.status == 0);
  CHECK(ran.out ==
        "section,case,child,plan,state,since,ended,categories,main_category,key_worker,authority\r\n"
        "on_plan,'=a,ada,p1,active,2026-06-09,,neglect emotional,neglect,sw-1,own\r\n");
}

TEST_CASE("what the list cannot be made from is refused", "[cli]") {
  CHECK(run("plans /nowhere.ndjson" + as_of).error == "cpconf: there is no file /nowhere.ndjson that can be read\n");
  CHECK(run("plans - --rulebook tests/format/devon.json --as-of 2026-11-22").error ==
        "cpconf: no rulebook given has the process 'plan', which says who is subject of one\n");
}
