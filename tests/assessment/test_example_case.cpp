#include <algorithm>
#include <set>

#include "assessment/support.h"

using namespace cpc;
using namespace cpc::test;

namespace {

struct Line {
  std::string clause, scope, from, due, ended, status;
};

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == by)
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

std::vector<Line> expected_timescales() {
  std::vector<Line> lines;
  std::istringstream in(file_text(std::string(CPC_SOURCE_DIR) + "/tests/assessment/example/expected.tsv"));
  for (std::string text; std::getline(in, text);) {
    const auto cells = split(text, '\t');
    if (cells.front() == "timescale") lines.push_back({cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]});
  }
  return lines;
}

std::string shown(const Assessed& assessed, const TimescaleResult& each) {
  std::string scope = assessed.scope(each.scope);
  if (each.cycle > 0) scope += ", cycle " + std::to_string(each.cycle);
  return scope + " | " + date_text(each.from) + " | " + date_text(each.due) + " | " + date_text(each.ended) + " | " +
         to_string(each.status);
}

}  // namespace

TEST_CASE("the example case gives every timescale line that was worked out by hand", "[assessment]") {
  const auto assessed =
      test::assessed(program("hertfordshire"),
                     file_text(std::string(CPC_SOURCE_DIR) + "/tests/assessment/example/case.json"), "2026-11-22");
  const auto lines = expected_timescales();
  REQUIRE(lines.size() == 49);
  for (const Line& line : lines) {
    std::string found;
    bool matched = false;
    bool other_status = false;
    for (const auto& each : assessed.result.timescales) {
      const auto& cites = assessed.rule(each).text->cites;
      if (std::find(cites.begin(), cites.end(), line.clause) == cites.end()) continue;
      found += "\n  " + shown(assessed, each);
      other_status = other_status || to_string(each.status) != line.status;
      matched = matched || shown(assessed, each) == line.scope + " | " + line.from + " | " + line.due + " | " +
                                                        line.ended + " | " + line.status;
    }
    INFO(line.clause << " expected " << line.scope << " | " << line.from << " | " << line.due << " | " << line.ended
                     << " | " << line.status << "; got" << found);
    CHECK((line.scope == "all" ? !other_status : matched));
  }
}
