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

namespace {

/// What is said of one clause for one scope: "HERT-7.5.1b | ben, review-2026-09-03".
using Said = std::set<std::pair<std::string, std::set<std::string>>>;

std::set<std::string> ids_of(const std::string& scope) {
  std::set<std::string> out;
  for (auto id : split(scope, ',')) {
    id.erase(0, id.find_first_not_of(' '));
    // A plan is one child's: a line names it, or else the conference that decided about it.
    if (!id.empty() && id.rfind("plan-", 0) != 0) out.insert(id);
  }
  return out;
}

Said expected(const std::string& kind) {
  Said out;
  std::istringstream in(file_text(std::string(CPC_SOURCE_DIR) + "/tests/assessment/example/expected.tsv"));
  for (std::string text; std::getline(in, text);) {
    const auto cells = split(text, '\t');
    if (cells.front() == kind) out.insert({cells[1], ids_of(cells[2])});
  }
  return out;
}

/// Whether one names no more than the other: a rule may be judged for less than the line written by hand says.
bool agree(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::includes(a.begin(), a.end(), b.begin(), b.end()) || std::includes(b.begin(), b.end(), a.begin(), a.end());
}

bool holds(const Said& all, const std::pair<std::string, std::set<std::string>>& one) {
  return std::any_of(all.begin(), all.end(),
                     [&](const auto& other) { return other.first == one.first && agree(other.second, one.second); });
}

std::string text_of(const std::pair<std::string, std::set<std::string>>& one) {
  std::string out = one.first + " |";
  for (const auto& id : one.second) out += " " + id;
  return out;
}

std::set<std::string> lines_of(const Said& all, const Said& without) {
  std::set<std::string> out;
  for (const auto& one : all)
    if (!holds(without, one)) out.insert(text_of(one));
  return out;
}

/// Findings (`finding`) or what is not known (`undetermined`), by clause and scope.
Said said(const Assessed& assessed, bool finding) {
  Said out;
  const auto add = [&](Index rule, const ScopeId& scope) {
    const auto& text = *assessed.result.program->rules[static_cast<std::size_t>(rule)].text;
    for (const auto& clause : text.cites) out.insert({clause, ids_of(assessed.scope(scope))});
  };
  for (const auto& each : assessed.result.timescales) {
    const bool late = finding_severity(assessed.result, each).has_value();
    if (finding ? late : each.status == TimescaleStatus::undetermined) add(each.rule, each.scope);
  }
  for (const auto& each : assessed.result.requirements) {
    const auto severity = finding_severity(assessed.result, each);
    if (finding ? severity > Severity::info : each.status == RequirementStatus::undetermined)
      add(each.rule, each.scope);
  }
  return out;
}

}  // namespace

TEST_CASE("the example case gives every finding that was worked out by hand, and no other", "[assessment]") {
  const auto assessed =
      test::assessed(program("hertfordshire"),
                     file_text(std::string(CPC_SOURCE_DIR) + "/tests/assessment/example/case.json"), "2026-11-22");
  const auto wanted = expected("finding");
  const auto found = said(assessed, true);
  REQUIRE(wanted.size() > 40);
  // The birth entry of 26 October names no conference and lists the decision in neither list: it may hold it.
  CHECK(lines_of(wanted, found) == std::set<std::string>{"HERT-7.8.9 | baby review-2026-09-03"});
  CHECK(lines_of(found, wanted) ==
        std::set<std::string>{
            // The mother's substance misuse is recorded, and nobody of such a service was invited to either conference.
            "HERT-7.3.10 | icpc-2026-06-09", "HERT-7.3.10 | review-2026-09-03",
            // The same rule as HERT-7.3.4, which is expected: the liaison officer's standing invitation.
            "HERT-7.3.3 | icpc-2026-06-09",
            // father-1 was invited and absent; he was told in writing, and nothing says by word of mouth.
            "HERT-7.8.5-b10 | icpc-2026-06-09"});
}

TEST_CASE("the example case leaves open what was worked out by hand, and nothing else", "[assessment]") {
  const auto assessed =
      test::assessed(program("hertfordshire"),
                     file_text(std::string(CPC_SOURCE_DIR) + "/tests/assessment/example/case.json"), "2026-11-22");
  const auto wanted = expected("undetermined");
  const auto found = said(assessed, false);
  REQUIRE(wanted.size() > 40);
  CHECK(lines_of(wanted, found) == std::set<std::string>{});
  CHECK(lines_of(found, wanted) ==
        std::set<std::string>{
            "HERT-7.8.9 | baby review-2026-09-03",  // see above
            // The rule on HERT-7.9.5b, which is expected: what holds of deciding holds of going on with a plan too.
            "HERT-7.9.20 | baby review-2026-09-03", "HERT-7.9.20 | ben review-2026-09-03"});
}
