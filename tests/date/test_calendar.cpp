#include "date/calendar.h"

#include <algorithm>

#include "support/catch.h"

using namespace cpc;

namespace {

Day day(const char* text) { return parse_day(text).value(); }

CalendarText text_of_two_years() {
  CalendarText text;
  text.name = "test";
  text.first = day("2020-01-01");
  text.last = day("2021-12-31");
  text.holidays = {{day("2020-05-04"), "Early May", {}, day("2019-06-07"), true, false},
                   {day("2020-05-08"), "VE day", day("2019-06-07"), {}, true, false},
                   {day("2020-12-25"), "Christmas Day", {}, {}, true, false},
                   {day("2020-12-25"), "Office closed", {}, {}, true, true},
                   {day("2020-12-29"), "Office closed", {}, {}, true, true}};
  return text;
}

Calendar calendar_at(const char* known_at) {
  return Calendar::compile(text_of_two_years(), known_at ? std::optional(day(known_at)) : std::nullopt).value();
}

/// Counts day by day, as a person would.
Day walk(const Calendar& calendar, Day start, int n) {
  const int step = n > 0 ? 1 : -1;
  for (int left = n * step; left > 0;) left -= calendar.is_working_day(start = start + step) ? 1 : 0;
  return start;
}

}  // namespace

TEST_CASE("known_at decides which of a moved holiday's two days counts", "[date]") {
  const auto now = calendar_at(nullptr), before = calendar_at("2019-06-06"), after = calendar_at("2019-06-07");
  CHECK(now.is_working_day(day("2020-05-04")));
  CHECK_FALSE(now.is_working_day(day("2020-05-08")));
  CHECK_FALSE(before.is_working_day(day("2020-05-04")));
  CHECK(before.is_working_day(day("2020-05-08")));
  CHECK(after.is_working_day(day("2020-05-04")));
  CHECK_FALSE(after.is_working_day(day("2020-05-08")));
  CHECK(now.left_out() == 0);
  CHECK(before.left_out() == 1);
  CHECK(after.left_out() == 0);
}

TEST_CASE("a closed weekday names the holiday or closure that closes it", "[date]") {
  const auto calendar = calendar_at(nullptr);
  REQUIRE(calendar.holiday(day("2020-12-25")));
  CHECK(calendar.holiday(day("2020-12-25"))->title == "Christmas Day");
  REQUIRE(calendar.holiday(day("2020-12-29")));
  CHECK(calendar.holiday(day("2020-12-29"))->closure);
  CHECK(calendar.holiday(day("2020-05-04")) == nullptr);
  CHECK(calendar.holiday(day("2020-12-26")) == nullptr);
  CHECK(calendar.holiday(day("2020-12-28")) == nullptr);
  CHECK(calendar_at("2019-01-01").holiday(day("2020-05-04"))->title == "Early May");
}

TEST_CASE("adding working days agrees with walking day by day, and arrays with single days", "[date]") {
  const auto calendar = calendar_at(nullptr);
  std::vector<Day> starts;
  for (Day d = day("2020-01-01"); d <= day("2021-12-31"); d = d + 1) starts.push_back(d);
  std::vector<Day> out(starts.size());
  int wrong = 0;
  for (int n = -70; n <= 70; ++n) {
    calendar.add_working_days(starts, n, out);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const Day walked = n == 0 ? starts[i] : walk(calendar, starts[i], n);
      wrong += out[i] == walked && calendar.add_working_days(starts[i], n) == walked ? 0 : 1;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("the array of starts may be overwritten by the results", "[date]") {
  const auto calendar = calendar_at(nullptr);
  std::vector<Day> days = {day("2020-12-24"), day("2020-05-07")};
  calendar.add_working_days(days, 1, days);
  CHECK(to_string(days[0]) == "2020-12-28");
  CHECK(to_string(days[1]) == "2020-05-11");
}

TEST_CASE("working days between are counted after the first day up to the last, negative backwards", "[date]") {
  const auto calendar = calendar_at(nullptr);
  CHECK(calendar.working_days_between(day("2020-12-24"), day("2020-12-28")) == 1);
  CHECK(calendar.working_days_between(day("2020-12-28"), day("2020-12-24")) == -1);
  CHECK(calendar.working_days_between(day("2020-12-26"), day("2020-12-27")) == 0);
  CHECK(calendar.working_days_between(day("2020-11-02"), day("2020-11-02")) == 0);
  std::vector<Day> from, to;
  for (Day d = day("2020-04-01"); d <= day("2020-06-30"); d = d + 1) from.push_back(d), to.push_back(day("2020-05-15"));
  std::vector<std::int32_t> out(from.size());
  calendar.working_days_between(from, to, out);
  int wrong = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    int counted = 0;
    for (Day d = std::min(from[i], to[i]) + 1; d <= std::max(from[i], to[i]); d = d + 1)
      counted += calendar.is_working_day(d) ? 1 : 0;
    wrong += out[i] == (from[i] <= to[i] ? counted : -counted) ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("the nearest working day is the day itself or the next one that is open", "[date]") {
  const auto calendar = calendar_at(nullptr);
  CHECK(calendar.working_day_on_or_before(day("2020-12-27")) == day("2020-12-24"));
  CHECK(calendar.working_day_on_or_after(day("2020-12-25")) == day("2020-12-28"));
  CHECK(calendar.working_day_on_or_after(day("2020-12-24")) == day("2020-12-24"));
  CHECK(calendar.working_day_on_or_before(day("2020-12-24")) == day("2020-12-24"));
}

TEST_CASE("beyond what a calendar covers only weekends are closed", "[date]") {
  const auto calendar = calendar_at(nullptr);
  CHECK(calendar.is_working_day(day("2022-12-26")));
  CHECK_FALSE(calendar.is_working_day(day("2022-12-25")));
  CHECK(calendar.covers(day("2021-12-31")));
  CHECK_FALSE(calendar.covers(day("2022-01-01")));
  CHECK_FALSE(calendar.covers(day("2021-12-01"), day("2022-01-01")));
  CHECK_FALSE(calendar.covers(day("2022-01-01"), day("2021-12-01")));
}

TEST_CASE("no day and no count leads outside the supported years or the table", "[date]") {
  const auto calendar = calendar_at(nullptr);
  const std::vector<Day> edges = {Day{INT32_MIN},     first_supported_day - 1, first_supported_day, day("2020-12-25"),
                                  last_supported_day, last_supported_day + 1,  Day{INT32_MAX}};
  for (const int n : {INT32_MIN, -100000, -1, 1, 100000, INT32_MAX}) {
    std::vector<Day> out(edges.size());
    calendar.add_working_days(edges, n, out);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      CHECK(out[i] == calendar.add_working_days(edges[i], n));
      CHECK(out[i] >= first_supported_day);
      CHECK(out[i] <= last_supported_day);
    }
  }
  for (const Day edge : edges) {
    CHECK((calendar.is_working_day(edge) == false || weekday(edge) <= 5));
    CHECK(calendar.holiday(edge) == (edge == day("2020-12-25") ? &calendar.text().holidays[2] : nullptr));
    CHECK(calendar.working_day_on_or_before(edge) <= last_supported_day);
    CHECK(calendar.working_day_on_or_after(edge) >= first_supported_day);
    CHECK(calendar.working_days_between(edge, edge) == 0);
  }
}

TEST_CASE("a calendar with a holiday that cannot stand is refused", "[date]") {
  const auto refusal = [](std::vector<Holiday> holidays) {
    auto text = text_of_two_years();
    text.holidays = std::move(holidays);
    const auto made = Calendar::compile(std::move(text));
    return made ? std::string("accepted") : made.error().text();
  };
  const auto holiday = [](const char* date) { return Holiday{day(date), "x", {}, {}, true, false}; };
  CHECK(refusal({holiday("2020-05-08"), holiday("2020-05-10")}) ==
        "2020-05-10 is a Sunday; a holiday stands on the weekday that is kept (at /holidays/1/date)");
  CHECK(refusal({holiday("2020-05-09")}) ==
        "2020-05-09 is a Saturday; a holiday stands on the weekday that is kept (at /holidays/0/date)");
  CHECK(refusal({holiday("2020-05-08"), holiday("2020-05-08")}) == "2020-05-08 stands twice (at /holidays/1/date)");
  CHECK(refusal({holiday("2020-05-08"), holiday("2020-05-07")}) ==
        "2020-05-07 stands after 2020-05-08; holidays are in order of date (at /holidays/1/date)");
  CHECK(refusal({holiday("2022-05-09")}) ==
        "2022-05-09 lies outside what the calendar covers, 2020-01-01 to 2021-12-31 (at /holidays/0/date)");
  auto backwards = text_of_two_years();
  std::swap(backwards.first, backwards.last);
  CHECK(Calendar::compile(backwards).error().text() ==
        "the calendar covers nothing: its last day is before its first (at /covers)");
}
