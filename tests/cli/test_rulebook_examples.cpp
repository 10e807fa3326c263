#include <algorithm>
#include <string>

#include "cli/command.h"
#include "support/catch.h"

using namespace cpc::test;

namespace {

const std::string heading = R"({"cpconf":1,"rulebook":"small","edition":"1","title":"Small","nation":"england",
  "calendar":"england-and-wales","in_force":{"from":"2007-01-01"},
  "sources":[{"id":"SMALL","title":"Small","checked":"2026-11-22","clauses":["SMALL-1","SMALL-2"]}],
  "sections":[{"cpconf":1,"section":"1","title":"One","rules":[
    {"requirement":"decider","duty":"decision_maker","cites":["SMALL-1"],"modality":"must","severity":"breach",
     "per":["child","conference"],"at":{"event":"decision_made"},
     "expect":{"fact":"decision_maker","is":"conference_chair"},"say":"It is not recorded that the chair decided."}]}]})";

}  // namespace

TEST_CASE("every clause of a shipped local rulebook is shown both ways or set aside", "[cli]") {
  const auto [name, clauses, aside] = GENERATE(table<std::string, int, int>({{"hertfordshire", 377, 1},
                                                                             {"devon", 76, 0},
                                                                             {"dudley", 51, 0},
                                                                             {"herefordshire", 30, 0},
                                                                             {"coordinator", 26, 2}}));
  const auto ran = run("rulebook clauses " + name + " --format tsv");
  INFO(ran.error);
  CHECK(ran.status == 0);
  const auto lines = lines_of(ran.out);
  CHECK(static_cast<int>(lines.size()) == clauses);
  const auto set_aside = std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
    return line.find("\tcontext\t") != std::string::npos;
  });
  CHECK(set_aside == aside);
}

TEST_CASE("the examples of every shipped rulebook hold when run by the command", "[cli]") {
  const std::string name = GENERATE("england", "hertfordshire", "devon", "dudley", "herefordshire", "coordinator");
  const auto ran = run("rulebook test " + name);
  CHECK(ran.status == 0);
  CHECK(ran.out.find(" 0 fail, 0 rules without both kinds\n") != std::string::npos);
}

TEST_CASE("lint of every shipped rulebook has no warning", "[cli]") {
  const std::string name = GENERATE("england", "hertfordshire", "devon", "dudley", "herefordshire", "coordinator");
  const auto ran = run("rulebook lint " + name);
  INFO(ran.out);
  CHECK(ran.status == 0);
}

TEST_CASE("a clause that no rule cites and a rule without examples are named", "[cli]") {
  const TemporaryFile file(heading);
  const auto clauses = run("rulebook clauses '" + file.path() + "'");
  CHECK(clauses.status == 1);
  CHECK(clauses.out ==
        "SMALL-1  rule  decider  (0 passing, 0 failing: NOT COVERED)\n"
        "SMALL-2  missing  (0 passing, 0 failing: NOT COVERED)\n"
        "small: 2 clauses, 0 set aside, 2 not covered\n");
  const auto test = run("rulebook test '" + file.path() + "'");
  CHECK(test.status == 1);
  CHECK(test.out ==
        "MISSING  decider: no example that passes and none that fails\n"
        "small: 0 examples hold, 0 fail, 1 rule without both kinds\n");
  CHECK(run("rulebook test '" + file.path() + "' --rule decidr").error ==
        "cpconf: there is no rule 'decidr'; did you mean decider?\n");
}
