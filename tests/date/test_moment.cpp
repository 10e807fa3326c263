#include "date/moment.h"

#include "date/clock_changes.h"
#include "support/catch.h"

using namespace cpc;

namespace {

Moment moment(const char* text) { return parse_moment(text).value(); }

}  // namespace

TEST_CASE("a moment is a day or a local time, and is written as it was read", "[date]") {
  CHECK(moment("2026-11-20").minute == -1);
  CHECK(moment("2026-11-20T10:00").minute == 600);
  CHECK(moment("2026-11-20T23:59:59").minute == 1439);
  CHECK(to_string(moment("2026-11-20")) == "2026-11-20");
  CHECK(to_string(moment("2026-11-20T09:05:30")) == "2026-11-20T09:05");
  CHECK(to_string(moment("2026-11-20T00:00")) == "2026-11-20T00:00");
}

TEST_CASE("what is not a local time is refused with what is wrong", "[date]") {
  const auto [text, code, message] = GENERATE(table<std::string, Code, std::string>({
      {"2026-11-20 10:00", Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not '2026-11-20 10:00'"},
      {"2026-11-20t10:00", Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not '2026-11-20t10:00'"},
      {"2026-11-20T", Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not '2026-11-20T'"},
      {"2026-11-20T24:00", Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not '2026-11-20T24:00'"},
      {"2026-11-20T10:60", Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not '2026-11-20T10:60'"},
      {"2026-11-20T10.00", Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not '2026-11-20T10.00'"},
      {"2026-11-20T10:00:60", Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not '2026-11-20T10:00:60'"},
      {"2026-11-20T10:00Z", Code::syntax,
       "times are local to Europe/London, without a zone or offset: '2026-11-20T10:00Z'"},
      {"2026-11-20T10:00:00+01:00", Code::syntax,
       "times are local to Europe/London, without a zone or offset: '2026-11-20T10:00:00+01:00'"},
      {"2026-02-30T10:00", Code::input, "there is no such day: '2026-02-30'"},
      {"2026-11-2", Code::syntax, "a date is written YYYY-MM-DD, not '2026-11-2'"},
      {"2026-03-29T01:00", Code::input, "the clocks went forward: there was no such local time: '2026-03-29T01:00'"},
      {"2026-03-29T01:59:59", Code::input,
       "the clocks went forward: there was no such local time: '2026-03-29T01:59:59'"},
  }));
  const auto read = parse_moment(text);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == code);
  CHECK(read.error().message == message);
}

TEST_CASE("a local time stands to the clock changes as ordinary, skipped or repeated", "[date]") {
  CHECK(local_time_kind({moment("2026-03-29").day, 59}) == LocalTime::ordinary);
  CHECK(local_time_kind({moment("2026-03-29").day, 60}) == LocalTime::skipped);
  CHECK(local_time_kind({moment("2026-03-29").day, 119}) == LocalTime::skipped);
  CHECK(local_time_kind({moment("2026-03-29").day, 120}) == LocalTime::ordinary);
  CHECK(local_time_kind(moment("2026-10-25T00:59")) == LocalTime::ordinary);
  CHECK(local_time_kind(moment("2026-10-25T01:00")) == LocalTime::repeated);
  CHECK(local_time_kind(moment("2026-10-25T01:59")) == LocalTime::repeated);
  CHECK(local_time_kind(moment("2026-10-25T02:00")) == LocalTime::ordinary);
  CHECK(local_time_kind(moment("2026-10-25")) == LocalTime::ordinary);
  CHECK(local_time_kind({moment("1994-03-27").day, 90}) == LocalTime::ordinary);
  CHECK(local_time_kind({moment("2038-03-28").day, 90}) == LocalTime::ordinary);
}

TEST_CASE("elapsed time counts the hour that a clock change takes or gives", "[date]") {
  CHECK(elapsed_minutes(moment("2026-03-28T12:00"), moment("2026-03-29T12:00")) == 23 * 60);
  CHECK(elapsed_minutes(moment("2026-10-24T12:00"), moment("2026-10-25T12:00")) == 25 * 60);
  CHECK(elapsed_minutes(moment("2026-10-25T12:00"), moment("2026-10-24T12:00")) == -25 * 60);
  CHECK(elapsed_minutes(moment("2026-10-25T01:30"), moment("2026-10-25T02:00")) == 90);
  CHECK(elapsed_minutes(moment("2026-06-01T00:00"), moment("2026-12-01T00:00")) == 183 * 1440 + 60);
  CHECK(elapsed_minutes(moment("1994-03-26T12:00"), moment("1994-03-27T12:00")) == 24 * 60);
  CHECK(elapsed_minutes(moment("2037-10-24T12:00"), moment("2037-10-25T12:00")) == 25 * 60);
  CHECK(elapsed_minutes(moment("2038-10-30T12:00"), moment("2038-10-31T12:00")) == 24 * 60);
}

TEST_CASE("adding elapsed time crosses clock changes and undoes itself", "[date]") {
  CHECK(to_string(add_elapsed(moment("2026-03-28T10:00"), 48 * 60)) == "2026-03-30T11:00");
  CHECK(to_string(add_elapsed(moment("2026-03-30T10:00"), -48 * 60)) == "2026-03-28T09:00");
  CHECK(to_string(add_elapsed(moment("2026-10-26T10:00"), -48 * 60)) == "2026-10-24T11:00");
  CHECK(to_string(add_elapsed(moment("2026-11-20T10:00"), -48 * 60)) == "2026-11-18T10:00");
  CHECK(to_string(add_elapsed(moment("2026-03-29T00:59"), 1)) == "2026-03-29T02:00");
  CHECK(to_string(add_elapsed(moment("2199-12-31T23:00"), INT64_MAX)) == "2199-12-31T23:59");
  CHECK(to_string(add_elapsed(moment("1900-01-01T01:00"), INT64_MIN)) == "1900-01-01T00:00");
  int wrong = 0;
  const auto [first, last] = clock_changes_cover();
  for (Day d = first; d <= last; d = d + 1)
    for (const int minute : {0, 59, 60, 90, 119, 120, 721, 1439}) {
      const Moment start{d, minute};
      if (local_time_kind(start) == LocalTime::skipped) continue;
      for (const int step : {1, 61, 1440, 2880, 20000})
        if (elapsed_minutes(start, add_elapsed(start, step)) != step) {
          // The second of two repeated times reads as the first: an hour is lost, and nowhere else.
          wrong += local_time_kind(add_elapsed(start, step)) == LocalTime::repeated ? 0 : 1;
        }
    }
  CHECK(wrong == 0);
}

TEST_CASE("the clock changes are Sundays of March and October, one pair a year", "[date]") {
  int year = first_summer_time;
  for (const auto& [begins, ends] : summer_times) {
    CHECK(civil_of(begins) >= Civil{year, 3, 25});
    CHECK(civil_of(begins) <= Civil{year, 3, 31});
    CHECK(civil_of(ends) >= Civil{year, 10, 22});
    CHECK(civil_of(ends) <= Civil{year, 10, 31});
    CHECK(weekday(begins) == 7);
    CHECK(weekday(ends) == 7);
    ++year;
  }
  CHECK(to_string(clock_changes_cover().second) == "2037-12-31");
}
