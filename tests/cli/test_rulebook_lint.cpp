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

TEST_CASE("lint finds no warning in the rulebooks compiled in", "[cli]") {
  const auto name = GENERATE("england", "hertfordshire");
  const auto ran = run(std::string("rulebook lint ") + name);
  INFO(ran.out + ran.error);
  CHECK(ran.status == 0);
}
