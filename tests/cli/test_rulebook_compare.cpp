#include <algorithm>
#include <chrono>
#include <string>

#include "cli/command.h"
#include "support/catch.h"

using cpc::test::lines_of;
using cpc::test::run;

namespace {

const std::string clean = "tests/program/lint/clean.json";
const std::string below = "tests/program/lint/below.json";

bool has_line(const std::string& text, const std::string& line) {
  const auto lines = lines_of(text);
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace

TEST_CASE("diff prints each duty in which two rulebooks differ, with a case, and lists the rest", "[cli]") {
  const auto ran = run("rulebook diff " + clean + " " + below);
  CHECK(ran.error.empty());
  CHECK(ran.status == 0);
  CHECK(ran.out.starts_with(
      "clean (edition 1) beside below (edition 1). Stricter, looser: clean asks more or less than below.\n"
      "\n"
      "convening_reasons: looser\n"
      "  looser: reasons [CLE-2] beside reasons [BEL-2]\n"
      "    expect (looser)\n"
      "      clean: covered has reasons_recorded\n"
      "      below: covered has reasons_recorded and decided_by is team_manager\n"
      "    for example covered has reasons_recorded: true and decided_by: parent: clean not broken, below\n"
      "      broken\n"
      "\n"
      "initial_conference_timing: looser\n"
      "  looser: initial-conference [CLE-1] beside conference [BEL-1]\n"
      "    from (looser)\n"
      "      clean: last strategy_discussion_held\n"
      "      below: first strategy_discussion_held\n"
      "    limit (looser)\n"
      "      clean: 15 working_days after\n"
      "      below: 10 working_days after\n"
      "    for example clean from "));
  CHECK(ran.out.ends_with("\nsame: quorum\nonly in clean: threshold and plan_lifecycle\n"));
}

TEST_CASE("diff as JSON names both sides, the day and the calendar", "[cli]") {
  const auto ran = run("rulebook diff hertfordshire england --on 2010-06-01 --format json");
  CHECK(ran.status == 0);
  CHECK(has_line(ran.out, R"(  "on": "2010-06-01",)"));
  CHECK(has_line(ran.out, R"(    "name": "england-and-wales",)"));
  CHECK(ran.out.find(R"("duty": "initial_conference_timing")") != std::string::npos);
}

TEST_CASE("diff refuses what it cannot compare", "[cli]") {
  const auto nowhere = run("rulebook diff england nowhere");
  CHECK(nowhere.error ==
        "cpconf: there is no rulebook 'nowhere'; there are: coordinator, devon, dudley, england, herefordshire, "
        "hertfordshire\n");
  CHECK(nowhere.status == 2);
  const auto day = run("rulebook diff england hertfordshire --on 2013");
  CHECK(day.error == "cpconf: --on: a date is written YYYY-MM-DD, not '2013'\n");
  CHECK(day.status == 2);
  CHECK(run("rulebook diff england").status == 2);
}

TEST_CASE("two rulebooks are compared in under five seconds", "[cli]") {
  const auto begin = std::chrono::steady_clock::now();
  CHECK(run("rulebook diff hertfordshire england").status == 0);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("compare lays rulebooks side by side and says what one does not cover", "[cli]") {
  const auto ran = run("rulebook compare " + clean + " " + below);
  CHECK(ran.error.empty());
  CHECK(ran.status == 0);
  CHECK(ran.out ==
        "clean (edition 1): Clean procedures\n"
        "below (edition 1): What lies below\n"
        "\n"
        "test\n"
        "  The test of significant harm is met\n"
        "    clean [CLE-4]\n"
        "      has_suffered or likelihood_basis is real_substantial_risk\n"
        "    below: not covered\n"
        "\n"
        "limit.initial_conference_timing\n"
        "  When the initial conference is held\n"
        "    clean [CLE-1]\n"
        "      initial-conference: 15 working_days after last strategy_discussion_held (should)\n"
        "    below [BEL-1]\n"
        "      conference: 10 working_days after first strategy_discussion_held (should)\n"
        "\n"
        "titles\n"
        "  What the texts call those who take part\n"
        "    clean\n"
        "      social_worker: \"key worker\"\n"
        "    below: not covered\n");
}

TEST_CASE("compare takes every local rulebook that is compiled in where none is named", "[cli]") {
  const auto ran = run("rulebook compare --format json");
  CHECK(ran.status == 0);
  for (const std::string name : {"coordinator", "devon", "dudley", "herefordshire", "hertfordshire"})
    CHECK(has_line(ran.out, "      \"name\": \"" + name + "\","));
  CHECK_FALSE(has_line(ran.out, R"(      "name": "england",)"));
  CHECK(has_line(run("rulebook compare england --format json").out, R"(      "name": "england",)"));
  CHECK(run("rulebook compare nowhere").status == 2);
}

TEST_CASE("facts lists what the rules of a duty read, with its meaning", "[cli]") {
  const auto ran = run("rulebook facts " + below + " --duty quorum");
  CHECK(ran.error.empty());
  CHECK(ran.status == 0);
  CHECK(ran.out.starts_with(
      "quorum\n"
      "  Enough agencies are there for safe decisions\n"
      "  rules: below/quorum\n"
      "  conference_held: A session of a conference was held; at is its start (with: at, child and\n"
      "    conference)\n"
      "  attendance_recorded: One person's attendance or absence was recorded (with: at, conference)\n"
      "    - role [social_worker]: role\n"));
}

TEST_CASE("facts marks what only a when reads", "[cli]") {
  const auto ran = run("rulebook facts hertfordshire --duty initial_conference_timing");
  CHECK(ran.status == 0);
  CHECK(ran.out.find("  section_47_started ?: ") != std::string::npos);
  CHECK(ran.out.find("  strategy_discussion_held: ") != std::string::npos);
}

TEST_CASE("facts says that a rulebook is silent of a duty, and refuses what is none", "[cli]") {
  const auto silent = run("rulebook facts england --duty quorum");
  CHECK(silent.out.empty());
  CHECK(silent.error == "cpconf: no rule of it: the rulebook is silent here\n");
  CHECK(silent.status == 0);
  const auto none = run("rulebook facts england --duty quorums");
  CHECK(none.error == "cpconf: there is no duty 'quorums'; did you mean quorum?\n");
  CHECK(none.status == 2);
}
