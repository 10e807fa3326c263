#include "assessment/wording.h"

#include <map>

#include "date/calendar.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "support/catch.h"

using namespace cpc;

namespace {

const RuleText& rule_of(const Rulebook& rulebook, const std::string& id) {
  for (const auto& rule : rulebook.rules)
    if (rule.id == id) return rule;
  FAIL("there is no rule " << id);
  throw;
}

}  // namespace

TEST_CASE("amounts are said in the limit's unit and in calendar days", "[report]") {
  const auto [amount, text] = GENERATE(table<Amount, std::string>({
      {{3, Unit::working_day, 5, 0}, "3 working days (5 calendar days)"},
      {{1, Unit::working_day, 1, 0}, "1 working day (1 calendar day)"},
      {{3, Unit::month, 101, 0}, "101 days"},
      {{29, Unit::hour, 1, 1780}, "29 hours 40 minutes"},
      {{1, Unit::hour, 0, 60}, "1 hour"},
      {{0, Unit::hour, 0, 1}, "1 minute"},
  }));
  CHECK(amount_text(amount) == text);
}

TEST_CASE("days and times are said as people write them", "[report]") {
  CHECK(long_day(*parse_day("2026-06-09")) == "9 June 2026");
  CHECK(weekday_day(*parse_day("2026-06-09")) == "Tue 9 June 2026");
  CHECK(long_moment(*parse_moment("2026-06-09T09:05")) == "9 June 2026, 09:05");
  CHECK(long_moment(*parse_moment("2026-06-09")) == "9 June 2026");
}

TEST_CASE("lists read as sentences do", "[report]") {
  CHECK(listed({}).empty());
  CHECK(listed({"a"}) == "a");
  CHECK(listed({"a", "b"}) == "a and b");
  CHECK(listed({"a", "b", "c"}, "or") == "a, b or c");
}

TEST_CASE("limits are said from what they count", "[report]") {
  const auto rulebook = embedded_rulebook("hertfordshire", embedded_vocabulary());
  REQUIRE(rulebook);
  const auto [id, text] = GENERATE(table<std::string, std::string>({
      {"initial-conference", "15 working days after the last strategy discussion held"},
      {"conference-before-order-expires", "no later than 'expires on' of the last legal action recorded"},
      {"conference-after-ordered-assessment", "on the day of the last assessment completed"},
      {"later-review", "6 months after the latest review conference held"},
      {"prebirth-conference-by-24-weeks", "by 24 weeks of pregnancy"},
      {"agency-report-to-family-initial", "48 hours before the conference's date"},
      {"core-group-before-birth", "no later than the child's date of birth"},
      {"agency-views-received",
       "20 working days after the conference's deciding session or 10 working days after the first agency views "
       "sought, "
       "whichever is later"},
      {"prebirth-conference-after-discussion", ""},
  }));
  CHECK(limit_text(rule_of(*rulebook, id)) == text);
}

TEST_CASE("a timescale is called by its title, or else by its id in words", "[report]") {
  const auto rulebook = embedded_rulebook("hertfordshire", embedded_vocabulary());
  REQUIRE(rulebook);
  CHECK(title_of(rule_of(*rulebook, "social-work-report-to-chair-review")) ==
        "Social work report to the chair, for a review");
  CHECK(title_of(rule_of(*rulebook, "first-review")) == "First review");
}

TEST_CASE("the timescales of a rulebook have short names, no two alike", "[report]") {
  for (const auto& name : embedded_rulebook_names()) {
    const auto rulebook = embedded_rulebook(name, embedded_vocabulary());
    REQUIRE(rulebook);
    std::map<std::string, std::string> ids;
    for (const auto& rule : rulebook->rules) {
      if (rule.type != RuleText::Type::timescale) continue;
      const auto title = title_of(rule);
      INFO(name << ": " << title);
      CHECK(title.size() <= 80);
      CHECK((title.front() >= 'A' && title.front() <= 'Z' && title.back() != '.'));
      CHECK(ids.emplace(title, rule.id).first->second == rule.id);
    }
  }
}
