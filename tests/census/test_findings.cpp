#include <rapidjson/document.h>

#include <algorithm>

#include "base/text.h"
#include "census/output.h"
#include "census/support.h"
#include "support/catch.h"

using namespace cpc;
using namespace cpc::test;

namespace {

std::vector<CensusFinding> findings_of_file(const std::string& text) {
  Kept kept;
  const auto totals = run_text(text, kept);
  if (!totals) throw std::runtime_error(totals.error().text());
  return kept.findings;
}

std::vector<CensusFinding> findings_in(const std::string& episode) { return findings_of_file(with_episode(episode)); }

std::string section(const std::string& start, const std::string& conference, const std::string& more = {}) {
  return "<Section47><S47ActualStartDate>" + start + "</S47ActualStartDate>" +
         (conference.empty() ? "" : "<DateOfInitialCPC>" + conference + "</DateOfInitialCPC>") + more + "</Section47>";
}

std::string plan(const std::string& start, const std::vector<std::string>& reviews, const std::string& more = {}) {
  std::string out = "<ChildProtectionPlans><CPPstartDate>" + start + "</CPPstartDate>" + more + "<Reviews>";
  for (const auto& review : reviews) out += "<CPPreviewDate>" + review + "</CPPreviewDate>";
  return out + "</Reviews></ChildProtectionPlans>";
}

std::string written(CensusFormat format, std::string_view text, const CensusOptions& options = {}) {
  std::string out;
  const auto writer = census_writer(
      format, [&](std::string_view bytes) { out += bytes; }, "test");
  const auto totals = run_text(text, *writer, options);
  return totals ? out : "refused: " + totals.error().text();
}

std::string day_text(const std::optional<Day>& day) { return day ? to_string(*day) : "-"; }

}  // namespace

TEST_CASE("a conference later than 15 working days is a finding with its limit, day and clause", "[census]") {
  const auto found = of_rule(findings_in(section("2024-06-03", "2024-06-25")), "england/initial-conference");
  REQUIRE(found.size() == 1);
  const auto& finding = found[0];
  CHECK(finding.child == "ONE");
  CHECK(finding.kind == "late");
  CHECK(finding.severity == Severity::breach);
  CHECK(finding.element == "DateOfInitialCPC");
  CHECK(finding.value == "2024-06-25");
  CHECK(day_text(finding.due) == "2024-06-24");
  CHECK(day_text(finding.actual) == "2024-06-25");
  CHECK(finding.working_days == 16);
  CHECK(finding.line == 2);
  CHECK(finding.clauses == std::vector<std::string>{"ENG-04"});
  CHECK(findings_in(section("2024-06-03", "2024-06-24")).empty());
}

TEST_CASE("a conference that is still awaited is overdue after its limit and not on it", "[census]") {
  CHECK(of_rule(findings_in(section("2025-03-10", "")), "england/initial-conference").empty());
  const auto found = of_rule(findings_in(section("2025-03-07", "")), "england/initial-conference");
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "overdue");
  CHECK(found[0].element == "DateOfInitialCPC");
  CHECK(found[0].value.empty());
  CHECK(day_text(found[0].due) == "2025-03-28");
  CHECK(found[0].working_days == 16);
  CHECK(findings_in(section("2025-03-07", "", "<ICPCnotRequired>true</ICPCnotRequired>")).empty());
}

TEST_CASE("an older section 47 is judged by the edition of its day", "[census]") {
  const auto found = of_rule(findings_in(section("2012-06-01", "2012-07-02")), "england/initial-conference");
  REQUIRE(found.size() == 1);
  CHECK(found[0].clauses == std::vector<std::string>{"ENG-03"});
}

TEST_CASE("each check of dates that no rulebook speaks of finds its case and only that", "[census]") {
  struct Case {
    const char* rule;
    std::string bad;
    std::string good;
    const char* element;
    const char* value;
  };
  const auto target = [](const char* day) { return "<InitialCPCtarget>" + std::string(day) + "</InitialCPCtarget>"; };
  const std::vector<Case> cases{
      {"census/target-date", section("2024-12-16", "2025-01-09", target("2025-01-06")),
       section("2024-12-16", "2025-01-09", target("2025-01-09")), "InitialCPCtarget", "2025-01-06"},
      {"census/conference-on-closed-day", section("2024-08-19", "2024-08-26"), section("2024-08-19", "2024-08-27"),
       "DateOfInitialCPC", "2024-08-26"},
      {"census/conference-on-closed-day", "<DateOfInitialCPC>2024-11-16</DateOfInitialCPC>",
       "<DateOfInitialCPC>2024-11-15</DateOfInitialCPC>", "DateOfInitialCPC", "2024-11-16"},
      {"census/not-required", section("2024-09-02", "2024-09-12", "<ICPCnotRequired>1</ICPCnotRequired>"),
       section("2024-09-02", "2024-09-12", "<ICPCnotRequired>0</ICPCnotRequired>"), "ICPCnotRequired", "true"},
      {"census/outside-year", section("2024-03-11", "2024-03-28"), section("2024-03-11", "2024-04-02"),
       "DateOfInitialCPC", "2024-03-28"},
      {"census/no-start", "<Section47><DateOfInitialCPC>2024-09-12</DateOfInitialCPC></Section47>",
       section("2024-09-02", "2024-09-12"), "S47ActualStartDate", ""},
      {"census/plan-without-review", plan("2024-12-30", {}), plan("2024-12-31", {}), "CPPreviewDate", ""},
      {"census/plan-dates", plan("2024-07-03", {}, "<CPPendDate>2024-07-01</CPPendDate>"),
       plan("2024-07-03", {}, "<CPPendDate>2024-07-03</CPPendDate>"), "CPPendDate", "2024-07-01"},
      {"census/review-outside-plan", plan("2025-02-10", {"2025-02-10"}), plan("2025-02-10", {"2025-02-11"}),
       "CPPreviewDate", "2025-02-10"},
      {"census/plans-overlap", plan("2024-07-03", {}) + plan("2024-07-10", {}),
       plan("2024-07-03", {}, "<CPPendDate>2024-07-10</CPPendDate>") + plan("2024-07-10", {}), "CPPstartDate",
       "2024-07-10"},
      {"census/unreadable", section("2024-06-31", ""), section("2025-03-28", ""), "S47ActualStartDate", "'2024-06-31'"},
      {"census/misplaced", "<Section47><CPPstartDate>2024-06-03</CPPstartDate></Section47>", "<Section47/>",
       "CPPstartDate", ""},
  };
  for (const auto& one : cases) {
    INFO(one.rule << " in " << one.bad);
    const auto found = of_rule(findings_in(one.bad), one.rule);
    REQUIRE(found.size() == 1);
    CHECK(found[0].element == one.element);
    CHECK(found[0].value == one.value);
    CHECK(found[0].line == 2);
    CHECK(of_rule(findings_in(one.good), one.rule).empty());
  }
}

TEST_CASE("a review says from which day its limit was counted", "[census]") {
  const auto says = [](const std::string& episode, const char* rule) {
    const auto found = of_rule(findings_in(episode), rule);
    return found.size() == 1 ? found[0].explanation : std::to_string(found.size()) + " findings";
  };
  const std::string first = "england/first-review";
  CHECK_THAT(says(section("2024-05-01", "2024-05-20") + plan("2024-05-20", {"2024-08-21"}), "england/first-review"),
             Catch::Matchers::Contains("Counted from the conference of 20 May 2024, the day the plan began."));
  CHECK_THAT(says(plan("2024-05-20", {"2024-08-21"}), "england/first-review"),
             Catch::Matchers::Contains(
                 "Counted from the plan's start on 20 May 2024: the file has no conference of that day."));
  CHECK_THAT(says(plan("2024-05-20", {"2024-08-20", "2025-02-21"}), "england/later-review"),
             Catch::Matchers::Contains("Counted from the review of 20 August 2024."));
  CHECK(says(plan("2024-05-20", {"2024-08-20", "2025-02-20"}), "england/later-review") == "0 findings");
}

TEST_CASE("a review due before the year is not known unless the file holds it", "[census]") {
  // Due on 1 August 2023, before the year that begins on 1 April 2024.
  CHECK(of_rule(findings_in(plan("2023-05-01", {})), "england/first-review").empty());
  CHECK(of_rule(findings_in(plan("2023-05-01", {"2024-04-02"})), "england/first-review").empty());
  const auto found = of_rule(findings_in(plan("2023-05-01", {"2023-08-02", "2024-02-01"})), "england/first-review");
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "late");
}

TEST_CASE("a plan whose dates cannot be read has no late review", "[census]") {
  CHECK(of_rule(findings_in(plan("2024-05-20", {"2024-13-01"})), "england/first-review").empty());
  CHECK(
      of_rule(findings_in(plan("2024-05-20", {}, "<CPPendDate>unknown</CPPendDate>")), "england/first-review").empty());
  CHECK_FALSE(of_rule(findings_in(plan("2024-05-20", {})), "england/first-review").empty());
}

TEST_CASE("findings of a whole file name lines and children, and repeat no free text", "[census]") {
  const auto found = of_rule(findings_of_file(census_file("unreadable.xml")), "census/unreadable");
  REQUIRE(found.size() == 18);
  for (const auto& finding : found) {
    CHECK(finding.line > 0);
    CHECK((finding.child == "NO-SUCH-DAY" || finding.child == "NO-SUCH-FORM"));
    CHECK(finding.value.size() < 60);
  }
}

TEST_CASE("another rulebook speaks of the same census", "[census]") {
  Kept kept;
  const auto text = census_file("conferences.xml");
  const auto totals = run_census(in_pieces(text), program_of("hertfordshire"), {}, kept);
  REQUIRE(totals);
  CHECK(totals->complete);
  CHECK_FALSE(of_rule(kept.findings, "hertfordshire/initial-conference").empty());
  CHECK(of_rule(kept.findings, "england/initial-conference").empty());
}

TEST_CASE("JSON ends in whether it is complete", "[census]") {
  for (const auto& [file, complete] : {std::pair{"conferences.xml", true}, {"truncated.xml", false}}) {
    INFO(file);
    const auto out = written(CensusFormat::json, census_file(file));
    rapidjson::Document document;
    document.Parse(out.c_str());
    REQUIRE_FALSE(document.HasParseError());
    CHECK(document["complete"].GetBool() == complete);
    CHECK(document.HasMember("stopped") == !complete);
    const std::string last = complete ? "  \"complete\": true\n}\n" : "  \"complete\": false\n}\n";
    CHECK(out.substr(out.size() - last.size()) == last);
    CHECK(document["figures"]["children"].GetInt() == (complete ? 7 : 1));
  }
}

TEST_CASE("text begins with the day, the rulebook and the calendar, and says when it is not complete", "[census]") {
  const auto whole = written(CensusFormat::text, census_file("conferences.xml"));
  CHECK(whole.rfind(
            "Census as of 31 March 2025 (the reference date), rulebook england 2013, calendar england-and-wales ", 0) ==
        0);
  CHECK(whole.find("NOT COMPLETE") == std::string::npos);
  CensusOptions later;
  later.as_of = *day_of({2025, 6, 30});
  CHECK(written(CensusFormat::text, census_file("conferences.xml"), later)
            .rfind("Census as of 30 June 2025 (reference date 31 March 2025)", 0) == 0);
  CHECK(written(CensusFormat::text, census_file("truncated.xml"))
            .find("NOT COMPLETE: the file was not read to its end: the file ends before its outermost element does") !=
        std::string::npos);
}

TEST_CASE("CSV has one line a finding, and says when it is not complete", "[census]") {
  const auto out = written(CensusFormat::csv, with_episode(section("2024-06-03", "2024-06-25")));
  const std::string names = "child,rule,element,value,due,actual,working_days,explanation,severity,line,clauses\r\n";
  const std::string cells =
      "ONE,england/initial-conference,DateOfInitialCPC,2024-06-25,2024-06-24,2024-06-25,16,\"Initial ";
  const std::string last = "\",breach,2,ENG-04\r\n";
  CHECK(out.substr(0, names.size()) == names);
  CHECK(out.substr(names.size(), cells.size()) == cells);
  CHECK(out.substr(out.size() - last.size()) == last);
  CHECK(std::count(out.begin(), out.end(), '\n') == 2);
  CHECK(written(CensusFormat::csv, census_file("truncated.xml"))
            .find(",census/incomplete,,,,,,\"The file was not read to its end") != std::string::npos);
}

TEST_CASE("a cell that a spreadsheet would run does not run", "[census]") {
  CHECK(csv_cell("=1+1") == "'=1+1");
  CHECK(csv_cell("+44") == "'+44");
  CHECK(csv_cell("-1") == "'-1");
  CHECK(csv_cell("@x") == "'@x");
  CHECK(csv_cell("\tx") == "'\tx");
  CHECK(csv_cell("\rx") == "\"'\rx\"");
  CHECK(csv_cell("=HYPERLINK(\"x\",\"y\")") == "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  CHECK(csv_cell("a,b") == "\"a,b\"");
  CHECK(csv_cell("plain") == "plain");
  CHECK(csv_cell("") == "");
  auto text = with_episode("<DateOfInitialCPC>=HYPERLINK(1)</DateOfInitialCPC>");
  text.replace(text.find("ONE"), 3, "=ONE");
  const auto out = written(CensusFormat::csv, text);
  CHECK(out.find("\n'=ONE,census/unreadable,") != std::string::npos);
  CHECK(out.find("\n=") == std::string::npos);
  CHECK(out.find(",=") == std::string::npos);
}

TEST_CASE("an identifier cannot break out of JSON or reach the terminal", "[census]") {
  auto text = with_episode("<DateOfInitialCPC>2024-11-16</DateOfInitialCPC>");
  text.replace(text.find("ONE"), 3, "A\"B\\C&#9;D&#127;");
  const auto json = written(CensusFormat::json, text);
  rapidjson::Document document;
  document.Parse(json.c_str());
  REQUIRE_FALSE(document.HasParseError());
  REQUIRE(document["findings"].Size() == 1);
  CHECK(std::string(document["findings"][0]["child"].GetString()) == "A\"B\\C\tD\x7f");
  CHECK(written(CensusFormat::text, text).find("A\"B\\C?D?") != std::string::npos);
}

TEST_CASE("the verdict is that of the worst child, and a summary has the same", "[census]") {
  const auto verdict = [](const std::string& episode, bool summary) {
    Kept kept;
    CensusOptions options;
    options.summary = summary;
    return run_text(with_episode(episode), kept, options)->verdict;
  };
  for (const bool summary : {false, true}) {
    CHECK(verdict(section("2024-06-03", "2024-06-25"), summary) == Verdict::breach);
    CHECK(verdict(section("2024-06-03", "2024-06-24"), summary) == Verdict::clean);
    CHECK(verdict(section("2024-06-31", "2024-06-24"), summary) == Verdict::undetermined);
  }
}
