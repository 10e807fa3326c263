#include <cstdlib>
#include <string>

#include "cli/command.h"
#include "support/catch.h"

using namespace cpc::test;

namespace {

const std::string small = "tests/program/dot/small.json";

std::size_t times(const std::string& text, const std::string& piece) {
  std::size_t count = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + piece.size())) ++count;
  return count;
}

}  // namespace

TEST_CASE("the graphs of a rulebook are written one after another, or one alone", "[cli]") {
  const auto all = run("rulebook graph " + small);
  CHECK(all.status == 0);
  CHECK(all.error.empty());
  CHECK(all.out == read_text(CPC_SOURCE_DIR "/tests/program/dot/small.dot"));
  const auto one = run("rulebook graph " + small + " --rule continuing-risk");
  CHECK(times(all.out, "digraph") == 2);
  CHECK(times(one.out, "digraph") == 1);
  CHECK(all.out.ends_with(one.out));
}

TEST_CASE("a rule that has no graph is refused with what would be right", "[cli]") {
  const auto [rule, error] = GENERATE(table<std::string, std::string>({
      {"plam", "cpconf: there is no process or threshold tree 'plam'; did you mean plan?\n"},
      {"initial-conference",
       "cpconf: the rule 'initial-conference' is no process and no threshold tree: only these have a graph\n"},
  }));
  const auto ran = run("rulebook graph " + small + " --rule " + rule);
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.error == error);
}

TEST_CASE("a rulebook without processes and trees has nothing to draw, and says so", "[cli]") {
  auto text = read_text(CPC_SOURCE_DIR "/" + small);
  const auto process = text.find("        {\n          \"process\""), end = text.find("      ]\n    }\n  ]\n}");
  REQUIRE(process != std::string::npos);
  REQUIRE(end != std::string::npos);
  text.erase(process, end - process);
  const TemporaryFile file(with(text, "        },\n      ]", "        }\n      ]"));
  const auto ran = run("rulebook graph '" + file.path() + "'");
  CHECK(ran.status == 0);
  CHECK(ran.out.empty());
  CHECK(ran.error.find("small has no process and no threshold tree") != std::string::npos);
}

TEST_CASE("Graphviz draws the graphs of every rulebook, where it is installed", "[cli]") {
  if (std::system("command -v dot >/dev/null 2>&1") != 0) {
    WARN("Graphviz is not installed: what it would say of the graphs is not known here");
    return;
  }
  const auto list = run("rulebook list");
  for (const auto& line : lines_of(list.out)) {
    if (line.empty() || line.front() == ' ') continue;
    const auto name = line.substr(0, line.find(' '));
    INFO(name);
    const auto graphs = run("rulebook graph " + name).out;
    CHECK(graphs.find("digraph") != std::string::npos);
    const TemporaryFile file(graphs);
    const auto command = "dot -Tcanon '" + file.path() + "' >/dev/null";
    CHECK(std::system(command.c_str()) == 0);
  }
}
