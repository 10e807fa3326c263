#include <boost/date_time/gregorian/gregorian.hpp>

#include "date/day.h"
#include "support/catch.h"

using namespace cpc;

namespace {

Day day(const char* text) { return parse_day(text).value(); }

}  // namespace

TEST_CASE("every day from 1900 to 2199 agrees with Boost in year, month, day and weekday", "[date]") {
  const boost::gregorian::date epoch(1970, 1, 1);
  boost::gregorian::date peer(1900, 1, 1);
  int wrong = 0;
  for (Day d = first_supported_day; d <= last_supported_day; d = d + 1, peer += boost::gregorian::days(1)) {
    const Civil civil{peer.year(), peer.month(), peer.day()};
    const int peer_weekday = peer.day_of_week() == 0 ? 7 : static_cast<int>(peer.day_of_week());
    Day read;
    const auto text = boost::gregorian::to_iso_extended_string(peer);
    const bool same = (peer - epoch).days() == d.number && day_of(civil) == d && civil_of(d) == civil &&
                      weekday(d) == peer_weekday && to_string(d) == text && read_day(text.data(), text.size(), read) &&
                      read == d;
    wrong += same ? 0 : 1;
  }
  CHECK(wrong == 0);
  CHECK(peer == boost::gregorian::date(2200, 1, 1));
}

TEST_CASE("three months after 30 November follows the month-end rule", "[date]") {
  const auto [rule, expected] = GENERATE(table<MonthEnd, std::optional<Day>>(
      {{MonthEnd::clamp, day("2027-02-28")}, {MonthEnd::carry, day("2027-03-02")}, {MonthEnd::reject, std::nullopt}}));
  CHECK(add_months(day("2026-11-30"), 3, rule) == expected);
}

TEST_CASE("a month after 29 February is 29 March, and a year after it 28 February", "[date]") {
  for (const auto rule : {MonthEnd::clamp, MonthEnd::carry, MonthEnd::reject})
    CHECK(add_months(day("2024-02-29"), 1, rule) == day("2024-03-29"));
  CHECK(add_months(day("2024-02-29"), 12, MonthEnd::clamp) == day("2025-02-28"));
  CHECK(add_months(day("2024-02-29"), -12, MonthEnd::clamp) == day("2023-02-28"));
}

TEST_CASE("months outside the supported years give the nearest supported day or nothing", "[date]") {
  CHECK(add_months(day("2199-12-01"), 1, MonthEnd::clamp) == last_supported_day);
  CHECK(add_months(day("1900-01-31"), -1, MonthEnd::carry) == first_supported_day);
  CHECK(add_months(day("2199-12-01"), 1, MonthEnd::reject) == std::nullopt);
  CHECK(add_months(day("2026-01-01"), INT32_MAX, MonthEnd::clamp) == last_supported_day);
  CHECK(add_months(day("2026-01-01"), INT32_MIN, MonthEnd::clamp) == first_supported_day);
}

TEST_CASE("a birthday of 29 February falls on 1 March in other years", "[date]") {
  CHECK(birthday(day("2008-02-29"), 18) == day("2026-03-01"));
  CHECK(birthday(day("2008-02-29"), 16) == day("2024-02-29"));
  CHECK(birthday(day("2008-02-28"), 18) == day("2026-02-28"));
  CHECK(birthday(day("2008-12-31"), 1) == day("2009-12-31"));
}

TEST_CASE("a date that is not written YYYY-MM-DD or does not exist is refused with what is wrong", "[date]") {
  const auto [text, code, message] = GENERATE(table<std::string, Code, std::string>({
      {"", Code::syntax, "a date is written YYYY-MM-DD, not ''"},
      {"2026-2-3", Code::syntax, "a date is written YYYY-MM-DD, not '2026-2-3'"},
      {"02/11/2026", Code::syntax, "a date is written YYYY-MM-DD, not '02/11/2026'"},
      {"2026-1 -03", Code::syntax, "a date is written YYYY-MM-DD, not '2026-1 -03'"},
      {"2026-11-02 ", Code::syntax, "a date is written YYYY-MM-DD, not '2026-11-02 '"},
      {"+026-11-02", Code::syntax, "a date is written YYYY-MM-DD, not '+026-11-02'"},
      {"2026-02-30", Code::input, "there is no such day: '2026-02-30'"},
      {"2026-02-29", Code::input, "there is no such day: '2026-02-29'"},
      {"1900-02-29", Code::input, "there is no such day: '1900-02-29'"},
      {"2026-13-01", Code::input, "there is no such day: '2026-13-01'"},
      {"2026-00-01", Code::input, "there is no such day: '2026-00-01'"},
      {"2026-11-00", Code::input, "there is no such day: '2026-11-00'"},
      {"1899-12-31", Code::input, "dates lie between 1900-01-01 and 2199-12-31, not '1899-12-31'"},
      {"2200-01-01", Code::input, "dates lie between 1900-01-01 and 2199-12-31, not '2200-01-01'"},
  }));
  const auto read = parse_day(text);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == code);
  CHECK(read.error().message == message);
  CHECK(read.error().place.empty());
  Day out;
  CHECK_FALSE(read_day(text.data(), text.size(), out));
}

TEST_CASE("no byte in place of a digit or a dash is read as a date", "[date]") {
  const std::string good = "2026-11-02";
  int accepted = 0;
  for (std::size_t at = 0; at < good.size(); ++at)
    for (int byte = 0; byte < 256; ++byte) {
      auto text = good;
      text[at] = static_cast<char>(byte);
      Day out;
      const bool digit = byte >= '0' && byte <= '9', fits = good[at] == '-' ? byte == '-' : digit;
      if (read_day(text.data(), text.size(), out) && !fits) ++accepted;
    }
  CHECK(accepted == 0);
}

TEST_CASE("days that are not civil days have no number", "[date]") {
  CHECK(day_of({2026, 2, 30}) == std::nullopt);
  CHECK(day_of({2026, 0, 1}) == std::nullopt);
  CHECK(day_of({2026, 13, 1}) == std::nullopt);
  CHECK(day_of({1899, 12, 31}) == std::nullopt);
  CHECK(day_of({2200, 1, 1}) == std::nullopt);
  CHECK(weekday(Day{INT32_MIN}) >= 1);
  CHECK(weekday(Day{INT32_MAX}) <= 7);
}
