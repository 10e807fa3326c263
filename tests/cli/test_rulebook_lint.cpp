#include <filesystem>
#include <fstream>
#include <string>

#include "cli/command.h"
#include "support/catch.h"

using cpc::test::read_text;
using cpc::test::run;
using cpc::test::TemporaryFile;

namespace {

const std::string clean = "tests/program/lint/clean.json";

}  // namespace

TEST_CASE("lint of a clean rulebook counts nothing and ends well", "[cli]") {
  const auto ran = run("rulebook lint " + clean);
  CHECK(ran.error.empty());
  CHECK(ran.out == "clean: 5 rules, 0 warnings, 0 notes\n");
  CHECK(ran.status == 0);
}

TEST_CASE("lint prints each warning with its clause and place, and ends with status 1", "[cli]") {
  const TemporaryFile file(cpc::test::with(
      read_text(CPC_SOURCE_DIR "/" + clean), R"("title": "Clean procedures", "checked": "2026-11-22")",
      R"("title": "Clean procedures", "checked": "2026-11-22" }, { "id": "OLD", "title": "Old", "checked": null)"));
  const auto ran = run("rulebook lint '" + file.path() + "'");
  CHECK(ran.error.empty());
  CHECK(ran.out ==
        "warning  source  no rule cites source 'OLD'\n    at /sources/1\n"
        "clean: 5 rules, 1 warning, 0 notes\n");
  CHECK(ran.status == 1);
}

TEST_CASE("lint refuses a rulebook that names what is not there", "[cli]") {
  const TemporaryFile file(cpc::test::with(read_text(CPC_SOURCE_DIR "/" + clean), "plan_continued", "plan_went_on"));
  const auto ran = run("rulebook lint '" + file.path() + "'");
  CHECK(ran.out.empty());
  CHECK(ran.error.find("'plan_went_on' is no value of 'decision'") != std::string::npos);
  CHECK(ran.error.find("/sections/0/rules/2/transitions/1/on/where/decision") != std::string::npos);
  CHECK(ran.status == 2);
}

TEST_CASE("lint over another rulebook shows what asks less, with a case", "[cli]") {
  const auto ran = run("rulebook lint hertfordshire --over england");
  CHECK(ran.error.empty());
  CHECK(
      ran.out.find("note  looser  rule 'initial-conference': it asks less than rule 'england/initial-conference' from "
                   "2013-04-15, which it replaces: from: last strategy_discussion_held not after its until, below: "
                   "first strategy_discussion_held; counted from ") != std::string::npos);
  CHECK(ran.out.find("    at /over/england/0\n") != std::string::npos);
  CHECK(ran.status == 0);
  const auto nowhere = run("rulebook lint hertfordshire --over nowhere");
  CHECK(nowhere.error ==
        "cpconf: there is no rulebook 'nowhere'; there are: coordinator, devon, dudley, england, herefordshire, "
        "hertfordshire\n");
  CHECK(nowhere.status == 2);
}

TEST_CASE("lint names rules that the examples beside them leave out", "[cli]") {
  const TemporaryFile file(read_text(CPC_SOURCE_DIR "/" + clean));
  const auto renamed = file.path() + ".json";
  std::filesystem::copy_file(file.path(), renamed);
  std::ofstream(file.path() + ".examples.json")
      << R"({"cpconf": 1, "examples": {"quorums": [{"name": "x", "shows": [], "passes": true, "as_of": "2026-01-01",
             "record": {"children": [], "events": []}, "because": "y"}]}})";
  const auto ran = run("rulebook lint '" + renamed + "'");
  std::filesystem::remove(renamed);
  std::filesystem::remove(file.path() + ".examples.json");
  CHECK(ran.error.empty());
  CHECK(ran.out.find("warning  examples  an example belongs to rule 'quorums', which is not there\n") !=
        std::string::npos);
  CHECK(ran.out.find("warning  examples  rule 'reasons': it has no example  [CLE-2]\n    at /sections/0/rules/1\n") !=
        std::string::npos);
  CHECK(ran.status == 1);
}

TEST_CASE("lint writes JSON and SARIF, and the status is the same", "[cli]") {
  const TemporaryFile file(
      cpc::test::with(read_text(CPC_SOURCE_DIR "/" + clean), R"("terms": {)", R"("terms": { "nobody": "x",)"));
  const auto json = run("rulebook lint '" + file.path() + "' --format json");
  CHECK(json.out.find("\"check\": \"term\",\n      \"severity\": \"warning\"") != std::string::npos);
  CHECK(json.status == 1);
  const auto sarif = run("rulebook lint '" + file.path() + "' --format sarif");
  CHECK(sarif.out.find("\"ruleId\": \"term\"") != std::string::npos);
  CHECK(sarif.out.find("\"uri\": \"" + file.path() + "\"") != std::string::npos);
  CHECK(sarif.status == 1);
  CHECK(run("rulebook lint england --format xml").status == 2);
}

TEST_CASE("lint finds no warning in the rulebooks compiled in", "[cli]") {
  const auto name = GENERATE("england", "hertfordshire");
  const auto ran = run(std::string("rulebook lint ") + name);
  INFO(ran.out + ran.error);
  CHECK(ran.status == 0);
}
