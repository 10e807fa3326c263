#include "assessment/timetable.h"

#include <algorithm>

#include "assessment/support.h"
#include "program/steps.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// Ada's enquiry began on Thursday 19 March 2026; more rows may follow.
Record concern(const std::string& more = {}) {
  Record record;
  const auto read = read_record(
      R"({"cpconf":1,"case":"c","children":[{"child":"ada","date_of_birth":"2017-05-09"},
        {"child":"ben","date_of_birth":"2019-05-09"}],"events":[
        {"event":"strategy_discussion_held","at":"2026-03-19","section_47":"s1"},
        {"event":"section_47_started","at":"2026-03-19","section_47":"s1"})" +
          more + "]}",
      Reading::strict, record);
  if (!read) FAIL(read.error().text());
  return record;
}

const std::string arranged =
    R"(,{"event":"conference_arranged","at":"2026-03-23","conference":"c1","conference_type":"initial",)"
    R"("scheduled_for":"2026-04-09T10:00","section_47":"s1"})";

TimetableRequest request(const std::string& as_of, const std::string& proposed = {}) {
  TimetableRequest out;
  out.as_of = moment(as_of);
  if (!proposed.empty()) out.proposed = moment(proposed);
  return out;
}

Timetable planned(const std::string& rulebook, const Record& record, const TimetableRequest& asked) {
  auto made = plan_timetable(program(rulebook), record, asked);
  if (!made) FAIL(made.error().text());
  return std::move(*made);
}

std::string due(const std::vector<TimetableStep>& steps, const std::string& rule, const std::string& child = {}) {
  for (const auto& step : steps)
    if (step.rule.ends_with("/" + rule) && (child.empty() || step.child == child)) return date_text(step.due);
  return "none";
}

}  // namespace

TEST_CASE("a conference on the last day of its limit is within it, a day later is not", "[assessment][timetable]") {
  const auto on_time = planned("england", concern(), request("2026-03-20", "2026-04-13"));
  CHECK(due(on_time.ends_with, "initial-conference", "ada") == "2026-04-13");
  CHECK(on_time.within_every_limit);
  CHECK(on_time.type == "initial");
  CHECK(on_time.conference.empty());
  const auto late = planned("england", concern(), request("2026-03-20", "2026-04-14"));
  CHECK_FALSE(late.within_every_limit);
  CHECK(late.ends_with.front().standing == TimetableStep::Standing::too_late);
}

TEST_CASE("the window reaches from the first day that reports can be ready for to the last of the limit",
          "[assessment][timetable]") {
  // Good Friday 3 April and Easter Monday 6 April 2026 are closed.
  const auto plan = planned("hertfordshire", concern(arranged), request("2026-03-25", "2026-04-09T10:00"));
  REQUIRE(plan.window.first);
  REQUIRE(plan.window.last);
  CHECK(to_string(*plan.window.first) == "2026-03-26");  // one working day for the chair, a day for the family
  CHECK(to_string(*plan.window.last) == "2026-04-13");
  CHECK_FALSE(plan.window.open_ended);
  CHECK(plan.conference == "c1");
  CHECK(due(plan.before, "social-work-report-to-chair-initial", "ada") == "2026-04-08");
}

TEST_CASE("every day of the window is within every limit, and the working days beside it are not",
          "[assessment][timetable]") {
  const auto record = concern(arranged);
  const auto plan = planned("hertfordshire", record, request("2026-03-25", "2026-04-09T10:00"));
  const auto cal = calendar();
  for (Day day = *plan.window.first - 4; day <= *plan.window.last + 4; day = day + 1) {
    if (!cal.is_working_day(day) || day < moment("2026-03-25").day) continue;
    auto asked = request("2026-03-25", to_string(day) + "T10:00");
    const bool inside = *plan.window.first <= day && day <= *plan.window.last;
    INFO(to_string(day));
    CHECK(planned("hertfordshire", record, asked).within_every_limit == inside);
  }
}

TEST_CASE("what a conference obliges to counts from its own day", "[assessment][timetable]") {
  const auto plan = planned("hertfordshire", concern(arranged), request("2026-03-25", "2026-04-09T10:00"));
  CHECK(due(plan.then, "first-core-group", "ben") == "2026-04-23");  // ten working days
  CHECK(due(plan.then, "first-review", "ben") == "2026-07-09");      // three months
  CHECK(due(plan.then, "decision-notice") == "2026-04-10");          // one working day
}

TEST_CASE("without a date each later step is counted from the limit of the earlier", "[assessment][timetable]") {
  const auto plan = planned("hertfordshire", concern(), request("2026-03-25"));
  CHECK(due(plan.latest, "initial-conference", "ada") == "2026-04-13");
  CHECK(due(plan.latest, "first-core-group", "ada") == "2026-04-27");
  CHECK(due(plan.latest, "first-review", "ada") == "2026-07-13");
  CHECK(due(plan.latest, "later-review", "ada") == "2027-01-13");
  CHECK(due(plan.latest, "social-work-report-to-chair-initial", "ada") == "2026-04-10");
  for (std::size_t i = 0; i < plan.latest.size(); ++i)
    for (const auto cause : plan.latest[i].after) CHECK(cause < i);
}

TEST_CASE("rows later than the day of the plan do not take part", "[assessment][timetable]") {
  const std::string held = arranged + R"(,{"event":"conference_held","at":"2026-04-09T10:00","conference":"c1",
    "session_outcome":"completed"})";
  const auto with = planned("hertfordshire", concern(held), request("2026-03-25"));
  const auto without = planned("hertfordshire", concern(arranged), request("2026-03-25"));
  CHECK(due(with.latest, "initial-conference", "ada") == due(without.latest, "initial-conference", "ada"));
  CHECK(with.latest.size() == without.latest.size());
}

TEST_CASE("a timetable that cannot be made says why", "[assessment][timetable]") {
  const auto rules = program("england");
  const std::string held = arranged + R"(,{"event":"conference_held","at":"2026-04-09T10:00","conference":"c1",
    "session_outcome":"completed"})";
  const auto refused = [&](const Record& record, TimetableRequest asked) {
    const auto made = plan_timetable(rules, record, asked);
    return made ? std::string("made") : made.error().text();
  };
  auto asked = request("2026-05-01", "2026-05-05");
  asked.conference = "c1";
  CHECK(refused(concern(held), asked) == "conference 'c1' was held or cancelled");
  asked.conference = "c9";
  CHECK(refused(concern(held), asked) == "the record has no conference 'c9'");
  asked.conference.clear();
  asked.type = "reviwe";
  CHECK(refused(concern(held), asked) == "there is no conference type 'reviwe'; did you mean review?");
  CHECK(refused(concern(), request("2026-05-01", "2026-04-30")) ==
        "the conference is to be held on or after the day of the plan");
}

TEST_CASE("steps stand after those they wait for", "[program]") {
  const auto by_number = [](std::size_t a, std::size_t b) { return a < b; };
  using Order = std::vector<std::size_t>;
  CHECK(order_of_steps(3, {}, by_number) == Order{0, 1, 2});
  CHECK(order_of_steps(3, {{0, 2}, {0, 1}}, by_number) == Order{1, 2, 0});
  CHECK(order_of_steps(4, {{0, 1}, {1, 2}, {2, 3}}, by_number) == Order{3, 2, 1, 0});
  CHECK(order_of_steps(3, {{0, 1}, {1, 0}}, by_number) == Order{2, 0, 1});
}
