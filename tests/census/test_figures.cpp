#include <rapidjson/document.h>

#include "census/figures.h"
#include "census/output.h"
#include "census/support.h"
#include "support/catch.h"
#include "support/census_text.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// The document that a run writes.
rapidjson::Document json_of(std::string_view text, const CensusOptions& options = {}) {
  std::string out;
  const auto writer = census_writer(
      CensusFormat::json, [&](std::string_view bytes) { out += bytes; }, "test");
  const auto totals = run_text(text, *writer, options);
  if (!totals) throw std::runtime_error(totals.error().text());
  rapidjson::Document document;
  document.Parse(out.c_str());
  if (document.HasParseError()) throw std::runtime_error("not JSON: " + out);
  return document;
}

std::uint64_t count(const rapidjson::Document& document, const char* name) {
  return document["figures"][name].GetUint64();
}

}  // namespace

TEST_CASE("the figures are those that were counted by hand", "[census]") {
  const std::string name = GENERATE("conferences", "reviews");
  INFO(name);
  rapidjson::Document expected;
  expected.Parse(census_file(name + ".counts.json").c_str());
  REQUIRE_FALSE(expected.HasParseError());
  const auto document = json_of(census_file(name + ".xml"));
  for (const auto* key : {"as_of", "reference_date", "year", "figures", "complete"}) {
    INFO(key);
    CHECK(document[key] == expected[key]);
  }
}

TEST_CASE("a summary gives the same figures and the same counts of limits", "[census]") {
  for (const auto* name : {"conferences.xml", "reviews.xml", "bends.xml", "unreadable.xml"}) {
    CensusOptions summary;
    summary.summary = true;
    const auto text = census_file(name);
    const auto full = json_of(text);
    const auto brief = json_of(text, summary);
    CHECK(brief["figures"] == full["figures"]);
    CHECK(brief["timescales"] == full["timescales"]);
    CHECK_FALSE(brief.HasMember("findings"));
  }
}

TEST_CASE("what is written into a census is counted", "[census]") {
  const auto made = CensusGenerator(11).write(500);
  const auto document = json_of(made.xml);
  CHECK(count(document, "children") == 500);
  CHECK(count(document, "section_47_groups") == made.sections);
  CHECK(count(document, "initial_conferences_in_year") == made.sections);
  CHECK(count(document, "plans") == made.plans);
  CHECK(count(document, "target_agrees") + count(document, "target_differs") == made.sections);
}

TEST_CASE("the rulebook says of a census what its figures say", "[census]") {
  // Plans that lie apart: where they overlap, the record cannot tell whose review one is.
  const auto made = CensusGenerator(3).write(3000);
  const auto document = json_of(made.xml);
  const auto status = [&](const char* rule, const char* name) {
    return document["timescales"][rule][name].GetUint64();
  };
  for (const auto* name : {"met", "late", "overdue", "missed", "pending", "not_applicable"}) {
    INFO(name);
    CHECK(status("england/first-review", name) == document["figures"]["first_reviews"][name].GetUint64());
  }
  CHECK(status("england/first-review", "late") > 0);
  for (const auto* name : {"met", "late", "overdue", "missed"}) {
    INFO(name);
    CHECK(status("england/later-review", name) == document["figures"]["later_reviews"][name].GetUint64());
  }
  const auto& bands = document["figures"]["bands"];
  const auto beyond = bands["16-20"].GetUint64() + bands["21+"].GetUint64();
  // A conference at the weekend after the limit is late, and still in the band of 15 working days.
  CHECK(status("england/initial-conference", "late") >= beyond);
  CHECK(status("england/initial-conference", "late") + status("england/initial-conference", "met") == made.sections);
}

TEST_CASE("the year is the twelve months to the reference date, whatever day it is judged from", "[census]") {
  const auto days = census_days(*day_of({2024, 2, 29}), *day_of({2024, 6, 1}));
  CHECK(to_string(days.first) == "2023-03-01");
  CHECK(to_string(days.last) == "2024-02-29");
  CHECK(to_string(census_days(*day_of({2025, 3, 31}), *day_of({2025, 3, 31})).first) == "2024-04-01");
  CHECK(to_string(census_days(*day_of({2025, 2, 28}), *day_of({2025, 2, 28})).first) == "2024-02-29");
}

TEST_CASE("a file without a reference date needs a day to be judged from", "[census]") {
  Kept kept;
  const auto text = census_file("no-reference-date.xml");
  const auto refused = run_text(text, kept);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().text() == "the header gives no reference date that can be read: say the day with --as-of");
  CHECK_FALSE(kept.ended);
  CensusOptions options;
  options.as_of = *day_of({2025, 3, 31});
  const auto totals = run_text(text, kept, options);
  REQUIRE(totals);
  CHECK(totals->complete);
  CHECK(totals->figures.children == 1);
  CHECK_FALSE(kept.heading_.reference_date);
  REQUIRE(of_rule(kept.findings, "census/unreadable").size() == 1);
  CHECK(of_rule(kept.findings, "census/unreadable")[0].value == "'31 March 2025'");
}
