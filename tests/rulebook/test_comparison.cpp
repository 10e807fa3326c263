#include "rulebook/comparison.h"

#include <algorithm>
#include <string>

#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "support/catch.h"

using namespace cpc;

namespace {

Rulebook book(const std::string& rules, const std::string& terms = "{}") {
  auto read = read_rulebook(R"({"cpconf": 1, "rulebook": "test", "edition": "1", "title": "A test", "nation": "england",
      "calendar": "england-and-wales", "in_force": {"from": "2007-01-01"}, "terms": )" +
                                terms + R"(,
      "sources": [{"id": "T", "title": "A test", "checked": "2026-11-22"}],
      "sections": [{"section": "1", "rules": [)" +
                                rules + "]}]}",
                            embedded_vocabulary());
  INFO((read ? std::string() : read.error().text()));
  REQUIRE(read);
  return std::move(*read);
}

/// What the comparison says of one rulebook in one row; nothing where it has no such row.
std::vector<std::string> said(const Rulebook& book, const std::string& topic) {
  for (const auto& row : compare_rulebooks({&book}, embedded_vocabulary()))
    if (row.topic == topic) return row.cells.front().lines;
  return {};
}

std::string decision(const std::string& id, const std::string& duty, const std::string& rest) {
  return R"({"requirement": ")" + id + R"(", "duty": ")" + duty +
         R"(", "cites": ["T-1"], "modality": "must", "per": ["child", "plan"], "say": "Not on record.",
            "at": {"event": "decision_made", "where": {"decision": ["plan_made"]}}, )" +
         rest + "}";
}

const std::string any_of_four = R"({"any": [{"fact": "abuse_category", "has": "neglect"},
    {"fact": "abuse_category", "has": "physical"}, {"fact": "abuse_category", "has": "sexual"},
    {"fact": "abuse_category", "has": "emotional"}]})";

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the comparison reads the decider from the rules, with the title that the rulebook gives", "[rulebook]") {
  const auto by_members = book(decision("who", "decision_maker", R"("expect": {"all": [
      {"fact": "decision_maker", "is": "conference_members"}, {"fact": "covered", "has": "views_considered"}]})"),
                               R"({"conference_members": "members of the meeting"})");
  CHECK(said(by_members, "decider") ==
        Lines{"conference_members (\"members of the meeting\")", "with: covered has views_considered"});
  // Somebody who is not to decide is no decider.
  const auto not_parents = book(decision("who", "decision_maker", R"("expect": {"all": [
      {"fact": "decision_maker", "is": "conference_chair"}, {"not": {"fact": "decision_maker", "is": "parent"}}]})"));
  CHECK(said(not_parents, "decider") == Lines{"conference_chair"});
}

TEST_CASE("the comparison works out what is asked of categories", "[rulebook]") {
  const auto given = decision("given", "category", "\"expect\": " + any_of_four);
  CHECK(said(book(given), "categories") == Lines{"a plan needs one", "of: neglect, physical, sexual, emotional",
                                                 "not: multiple (breach)", "more than one: not judged"});
  const auto single = decision("single", "multiple_categories", R"("when": {"all": [
      {"fact": "abuse_category", "has": "neglect"}, {"fact": "abuse_category", "has": "physical"}]},
      "expect": {"not": {"fact": "abuse_category", "has": "neglect"}})");
  CHECK(said(book(given + "," + single), "categories").back() ==
        "some together: where not (abuse_category has neglect) (breach)");
  const auto unborn = decision("unborn", "category", R"("when": {"fact": "unborn", "is": true},
      "expect": {"fact": "abuse_category", "has": "neglect"})");
  CHECK(said(book(given + "," + unborn), "categories") ==
        Lines{"a plan needs one", "of: neglect, physical, sexual, emotional", "not: physical, when unborn (breach)",
              "not: sexual, when unborn (breach)", "not: emotional, when unborn (breach)", "not: multiple (breach)",
              "more than one: not judged"});
  const auto reasons = decision("reasons", "category", R"("expect": {"fact": "category_reason", "is": true})");
  CHECK(said(book(reasons), "categories") == Lines{"a plan without one is not found", "also: reasons"});
}

TEST_CASE("the comparison lists limits by duty, and no row where nobody has one", "[rulebook]") {
  const auto unseen = book(R"({"timescale": "conference", "duty": "initial_conference_timing", "cites": ["T-1"],
      "modality": "should", "checked": null, "per": ["child", "section_47"],
      "from": {"event": "strategy_discussion_held", "pick": "last"}, "until": {"event": "conference_held"},
      "within": {"count": 15, "unit": "working_day"}})");
  CHECK(said(unseen, "limit.initial_conference_timing") ==
        Lines{"conference: 15 working_days after last strategy_discussion_held (should, not verified)"});
  CHECK(compare_rulebooks({&unseen}, embedded_vocabulary()).size() == 1);
}

TEST_CASE("the comparison shows where a disagreement goes", "[rulebook]") {
  const auto process = [](const std::string& rest) {
    return R"({"process": "dissent", "duty": "dissent_escalation", "modality": "should", "per": ["child", "dissent"],
        "states": ["none", "noted"], "initial": "none", "transitions": [
        {"id": "noted", "from": ["none"], "on": {"event": "disagreement_recorded"}, "to": "noted", "cites": ["T-1"]})" +
           rest + "]}";
  };
  CHECK(said(book(process("")), "dissent") == Lines{"goes no further", "states: none, noted"});
  CHECK(said(book(process(R"(, {"id": "up", "from": ["noted"], "to": "same", "cites": ["T-1"],
        "on": {"event": "dissent_escalated", "where": {"escalated_to": ["team_manager", "head_of_child_protection"]}}})")),
             "dissent") == Lines{"goes to: team_manager, head_of_child_protection", "states: none, noted"});
}

TEST_CASE("the comparison tells what is asked where a plan ends from what is asked of any decision", "[rulebook]") {
  const auto asked = [](const std::string& id, const std::string& at) {
    return R"({"requirement": ")" + id + R"(", "duty": "decision_grounds", "cites": ["T-1"], "modality": "must",
        "per": ["child", "plan"], "say": "Not on record.", "at": )" +
           at + R"(, "expect": {"fact": "covered", "has": "decision_recorded"}})";
  };
  const auto ends = asked("at-end", R"({"event": "decision_made", "where": {"decision": ["plan_discontinued"]}})");
  const auto head = asked("by-head", R"({"event": "plan_ended"})");
  const auto any = asked("any", R"({"event": "decision_made"})");
  const auto goes_on = asked("on", R"({"event": "decision_made", "where": {"decision": ["plan_continued"]}})");
  CHECK(said(book(ends + "," + head + "," + any + "," + goes_on), "plan_end") ==
        Lines{"at-end: covered has decision_recorded (must)", "by-head: covered has decision_recorded (must)"});
  CHECK(said(book(any + "," + goes_on), "plan_end").empty());
}

TEST_CASE("the comparison shows what is asked of help without a plan, and when", "[rulebook]") {
  CHECK(said(book(decision("help", "further_support", R"("when": {"fact": "unborn", "is": true},
      "expect": {"fact": "covered", "has": "support_considered"})")),
             "support") == Lines{"help: covered has support_considered, when unborn (must)"});
}

TEST_CASE("the comparison gives each role the title of its own text, and none to a role the text does not name",
          "[rulebook]") {
  const auto rule = decision("who", "decision_maker", R"("expect": {"fact": "decision_maker", "is": "parent"})");
  const auto chaired = book(rule, R"({"conference_chair": "Convenor", "core_group": "Core Group"})");
  const auto silent = book(rule);
  const auto rows = compare_rulebooks({&chaired, &silent}, embedded_vocabulary());
  REQUIRE(rows.back().topic == "titles");
  CHECK(rows.back().cells[0].lines == Lines{"conference_chair: \"Convenor\""});
  CHECK(rows.back().cells[1].lines.empty());
}

TEST_CASE("the local texts differ in what ends a plan and in who is called what, as the rules show", "[rulebook]") {
  const auto cell = [](const char* name, const std::string& topic) {
    const auto read = embedded_rulebook(name, embedded_vocabulary());
    REQUIRE(read);
    for (const auto& row : compare_rulebooks({&*read}, embedded_vocabulary()))
      if (row.topic == topic) return row.cells.front();
    return ComparisonCell{};
  };
  CHECK(cell("coordinator", "plan_end").clauses == Lines{"CPCO-24"});
  CHECK(cell("herefordshire", "plan_end").lines.empty());
  CHECK(cell("devon", "plan_end").lines.empty());
  CHECK(cell("dudley", "plan_end").rules.size() == 4);
  CHECK(cell("coordinator", "support").clauses == Lines{"CPCO-25"});
  const auto hertfordshire = cell("hertfordshire", "titles").lines;
  CHECK(std::count(hertfordshire.begin(), hertfordshire.end(), "conference_chair: \"chair\"") == 1);
  for (const auto& line : cell("dudley", "titles").lines) CHECK_FALSE(line.starts_with("conference_chair"));
}

TEST_CASE("a rulebook that says nothing of a topic has no lines beside one that does", "[rulebook]") {
  const auto england = embedded_rulebook("england", embedded_vocabulary());
  const auto hertfordshire = embedded_rulebook("hertfordshire", embedded_vocabulary());
  REQUIRE(england);
  REQUIRE(hertfordshire);
  const auto rows = compare_rulebooks({&*england, &*hertfordshire}, embedded_vocabulary());
  REQUIRE(!rows.empty());
  CHECK(rows.front().topic == "test");
  CHECK(rows.front().cells[0].lines.empty());
  CHECK(rows.front().cells[1].lines.front() ==
        "(has_suffered and further_harm_likely) or (likely_to_suffer and substantiation has enquiry_findings) or "
        "(likely_to_suffer and substantiation has research_evidence)");
  CHECK(!rows.front().cells[1].clauses.empty());
}
