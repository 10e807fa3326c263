#include "date/limit.h"

#include "support/catch.h"

using namespace cpc;

namespace {

Day day(const char* text) { return parse_day(text).value(); }

Calendar short_calendar() {
  CalendarText text;
  text.name = "short";
  text.first = day("2026-01-01");
  text.last = day("2026-12-31");
  text.holidays = {{day("2026-12-25"), "Christmas Day", {}, {}, true, false}};
  return Calendar::compile(std::move(text)).value();
}

Limit after(const char* from, const char* period) {
  return limit_after(parse_moment(from).value(), parse_period(period).value(), short_calendar());
}

Limit before(const char* from, const char* period) {
  return limit_before(parse_moment(from).value(), parse_period(period).value(), short_calendar());
}

}  // namespace

TEST_CASE("a limit is provisional when a day beyond what the calendar covers took part", "[date]") {
  CHECK_FALSE(after("2026-12-21", "7 working_days").provisional);
  CHECK(to_string(after("2026-12-21", "7 working_days").at) == "2026-12-31");
  CHECK(after("2026-12-21", "8 working_days").provisional);
  CHECK(to_string(after("2026-12-21", "8 working_days").at) == "2027-01-01");
  CHECK_FALSE(after("2025-12-31", "1 working_day").provisional);
  CHECK(after("2025-12-31", "1 working_day inclusive").provisional);
  CHECK_FALSE(before("2027-01-01", "1 working_day").provisional);
  CHECK(before("2027-01-04", "1 working_day").provisional);
  CHECK(after("2030-01-01", "0 working_days").provisional);
}

TEST_CASE("limits in calendar days, weeks and months need no calendar and are never provisional", "[date]") {
  for (const auto* period : {"10 days", "6 weeks", "3 months", "1 year", "20 gestation_weeks", "48 hours", "same_day"})
    CHECK_FALSE(after("2040-01-31", period).provisional);
}

TEST_CASE("hours from a day without a time compare days and say so", "[date]") {
  CHECK(after("2026-11-20", "48 hours").time_not_given);
  CHECK(to_string(after("2026-11-20", "49 hours").at) == "2026-11-23");
  CHECK(to_string(before("2026-11-20", "49 hours").at) == "2026-11-18");
  CHECK(to_string(after("2026-11-20", "0 hours").at) == "2026-11-20");
  CHECK_FALSE(after("2026-11-20T10:00", "48 hours").time_not_given);
  CHECK_FALSE(after("2026-11-20", "2 days").time_not_given);
}

TEST_CASE("only hours and minutes give a limit with a time", "[date]") {
  CHECK(after("2026-11-20T10:00", "30 minutes").at.has_time());
  CHECK_FALSE(after("2026-11-20T10:00", "2 days").at.has_time());
  CHECK_FALSE(after("2026-11-20T10:00", "same_day").at.has_time());
  CHECK_FALSE(after("2026-11-20T10:00", "2 working_days").at.has_time());
}

TEST_CASE("a limit never leaves the supported years", "[date]") {
  const Moment from{day("2026-11-20"), 600};
  const auto calendar = short_calendar();
  for (const auto unit : {Unit::minute, Unit::hour, Unit::day, Unit::working_day, Unit::week, Unit::month, Unit::year,
                          Unit::gestation_week, Unit::same_day})
    for (const auto counting : {Counting::next_day, Counting::inclusive, Counting::clear})
      for (const int count : {INT32_MIN, -1, 0, 1, INT32_MAX})
        for (const auto& limit : {limit_after(from, {count, unit, counting}, calendar),
                                  limit_before(from, {count, unit, counting}, calendar)}) {
          CHECK(limit.at.day >= first_supported_day);
          CHECK(limit.at.day <= last_supported_day);
        }
}

TEST_CASE("a length is read in the words of the format and written back", "[date]") {
  const auto [text, count, unit, counting, written] = GENERATE(table<std::string, int, Unit, Counting, std::string>({
      {"15 working_days", 15, Unit::working_day, Counting::next_day, "15 working_days"},
      {"1 working_day", 1, Unit::working_day, Counting::next_day, "1 working_day"},
      {"3 months", 3, Unit::month, Counting::next_day, "3 months"},
      {"3 month", 3, Unit::month, Counting::next_day, "3 months"},
      {"48 hours", 48, Unit::hour, Counting::next_day, "48 hours"},
      {"20  gestation_weeks", 20, Unit::gestation_week, Counting::next_day, "20 gestation_weeks"},
      {"2 working_days clear", 2, Unit::working_day, Counting::clear, "2 working_days clear"},
      {"2 weeks inclusive", 2, Unit::week, Counting::inclusive, "2 weeks inclusive"},
      {"0 days", 0, Unit::day, Counting::next_day, "0 days"},
      {"same_day", 0, Unit::same_day, Counting::next_day, "same_day"},
  }));
  const auto period = parse_period(text);
  REQUIRE(period);
  CHECK(*period == Period{count, unit, counting});
  CHECK(to_string(*period) == written);
}

TEST_CASE("what is not a length is refused with what is wrong", "[date]") {
  const auto [text, message] = GENERATE(table<std::string, std::string>({
      {"", "a length is written as in 15 working_days or 3 months, not ''"},
      {"15", "a length is written as in 15 working_days or 3 months, not '15'"},
      {"a b c d", "a length is written as in 15 working_days or 3 months, not 'a b c d'"},
      {"fifteen days", "a length begins with a whole number, not 'fifteen'"},
      {"-3 days", "a length begins with a whole number, not '-3'"},
      {"1.5 days", "a length begins with a whole number, not '1.5'"},
      {"99999999999999999999 days", "a length is at most 100000 units, not '99999999999999999999'"},
      {"3 workingdays", "there is no unit 'workingdays'; did you mean working_day?"},
      {"3 fortnights", "there is no unit 'fortnights'"},
      {"3 days exactly", "days are counted next_day, inclusive or clear, not 'exactly'"},
      {"3 hours clear", "hour has no counting; 'clear' is for days and longer units"},
  }));
  const auto period = parse_period(text);
  REQUIRE_FALSE(period);
  CHECK(period.error().message == message);
}
