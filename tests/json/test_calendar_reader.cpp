#include "json/calendar_reader.h"

#include <algorithm>

#include "support/catch.h"

using namespace cpc;

namespace {

Day day(const char* text) { return parse_day(text).value(); }

/// A calendar of ours with one part replaced.
std::string ours(const std::string& holidays, const std::string& more = "") {
  return R"({"cpconf": 1, "calendar": "test", "version": "1", "covers": ["2020-01-01", "2021-12-31"], "source": "made up", )" +
         more + R"("holidays": )" + holidays + "}";
}

std::string gov_uk(const std::string& events) {
  return R"({"england-and-wales": {"division": "england-and-wales", "events": )" + events +
         R"(}, "scotland": {"division": "scotland", "events": [{"title": "x", "date": "2020-08-03", "notes": "", "bunting": true}]}})";
}

std::string refusal(const std::string& json, std::string_view division = {}) {
  const auto read = read_calendar(json, division);
  return read ? "accepted" : read.error().text();
}

}  // namespace

TEST_CASE("a calendar of ours is read whole", "[json]") {
  const auto text = read_calendar(ours(R"([
    {"date": "2020-05-04", "title": "Early May", "withdrawn": "2019-06-07"},
    {"date": "2020-05-08", "title": "VE day", "announced": "2019-06-07", "checked": null, "note": "free"},
    {"date": "2020-12-25", "title": "Christmas Day", "announced": null, "checked": "2026-02-25"}])",
                                       R"("title": "Test days", "weekend": ["saturday", "sunday"], )"));
  REQUIRE(text);
  CHECK(text->name == "test");
  CHECK(text->title == "Test days");
  CHECK(text->version == "1");
  CHECK(text->source == "made up");
  CHECK(to_string(text->first) == "2020-01-01");
  CHECK(to_string(text->last) == "2021-12-31");
  REQUIRE(text->holidays.size() == 3);
  CHECK(text->holidays[0].withdrawn == day("2019-06-07"));
  CHECK(text->holidays[1].announced == day("2019-06-07"));
  CHECK_FALSE(text->holidays[1].checked);
  CHECK(text->holidays[2].checked);
  CHECK(text->holidays[2].announced == std::nullopt);
  CHECK(text->fingerprint.size() == 32);
}

TEST_CASE("GOV.UK's file is read by division and covers its first to its last year", "[json]") {
  const auto json = gov_uk(R"([{"title": "Good Friday", "date": "2019-04-19", "notes": "", "bunting": false},
                               {"title": "Christmas Day", "date": "2020-12-25", "notes": "", "bunting": true, "more": 1}])");
  const auto england = read_calendar(json), scotland = read_calendar(json, "scotland");
  REQUIRE(england);
  REQUIRE(scotland);
  CHECK(england->name == "england-and-wales");
  CHECK(england->holidays.size() == 2);
  CHECK(to_string(england->first) == "2019-01-01");
  CHECK(to_string(england->last) == "2020-12-31");
  CHECK(scotland->name == "scotland");
  CHECK(to_string(scotland->first) == "2020-01-01");
  CHECK(scotland->holidays.front().title == "x");
  CHECK(refusal(json, "wales") == "the file has no division 'wales'; it has 'england-and-wales', 'scotland'");
}

TEST_CASE("a calendar of ours is refused with the place of what is wrong", "[json]") {
  const auto [holidays, expected] = GENERATE(table<std::string, std::string>({
      {R"([{"date": "2020-05-10", "title": "x"}])",
       "2020-05-10 is a Sunday; a holiday stands on the weekday that is kept (at /holidays/0/date)"},
      {R"([{"date": "2020-05-08", "title": "x"}, {"date": "2020-12-26", "title": "x"}])",
       "2020-12-26 is a Saturday; a holiday stands on the weekday that is kept (at /holidays/1/date)"},
      {R"([{"date": "2020-12-25", "title": "x"}, {"date": "2020-05-08", "title": "x"}])",
       "2020-05-08 stands after 2020-12-25; holidays are in order of date (at /holidays/1/date)"},
      {R"([{"date": "2020-05-08", "title": "x"}, {"date": "2020-05-08", "title": "y"}])",
       "2020-05-08 stands twice (at /holidays/1/date)"},
      {R"([{"date": "2022-05-09", "title": "x"}])",
       "2022-05-09 lies outside what the calendar covers, 2020-01-01 to 2021-12-31 (at /holidays/0/date)"},
      {R"([{"date": "2020-02-30", "title": "x"}])", "there is no such day: '2020-02-30' (at /holidays/0/date)"},
      {R"([{"date": "08/05/2020", "title": "x"}])",
       "a date is written YYYY-MM-DD, not '08/05/2020' (at /holidays/0/date)"},
      {R"([{"date": 20200508, "title": "x"}])", "a date is expected here, not a number (at /holidays/0/date)"},
      {R"([{"date": "2020-05-08"}])", "the key 'title' is missing (at /holidays/0)"},
      {R"([{"date": "2020-05-08", "title": "x", "anounced": "2019-06-07"}])",
       "there is no key 'anounced'; did you mean announced? (at /holidays/0/anounced)"},
      {R"([{"date": "2020-05-08", "title": "x", "bunting": true}])",
       "there is no key 'bunting' (at /holidays/0/bunting)"},
      {R"([{"date": "2020-05-08", "title": "x", "announced": "2019-06-07", "withdrawn": "2019-06-06"}])",
       "the holiday is withdrawn before it is announced (at /holidays/0/withdrawn)"},
      {R"([{"date": "2020-05-08", "date": "2020-05-08", "title": "x"}])",
       "the key 'date' stands twice (at /holidays/0/date)"},
      {R"(["2020-05-08"])", "an object is expected here, not a text (at /holidays/0)"},
      {R"({"2020-05-08": "x"})", "an array is expected here, not an object (at /holidays)"},
  }));
  CHECK(refusal(ours(holidays)) == expected);
}

TEST_CASE("a calendar's heading is refused with the place of what is wrong", "[json]") {
  CHECK(refusal(R"({"cpconf": 2})") == "this library reads format version 1, not 2 (at /cpconf)");
  CHECK(refusal(R"({"cpconf": 1, "calendar": "t"})") == "the key 'version' is missing");
  CHECK(refusal(ours("[]", R"("weekend": ["friday"], )")) == "the weekend is [\"saturday\", \"sunday\"] (at /weekend)");
  CHECK(refusal(ours("[]", R"("holiday": [], )")) == "there is no key 'holiday'; did you mean holidays? (at /holiday)");
  CHECK(
      refusal(
          R"({"cpconf": 1, "calendar": "t", "version": "1", "source": "s", "covers": ["2020-01-01"], "holidays": []})") ==
      "covers names a first and a last day (at /covers)");
  CHECK(
      refusal(
          R"({"cpconf": 1, "calendar": "t", "version": "1", "source": "s", "covers": ["2021-01-01", "2020-01-01"], "holidays": []})") ==
      "the calendar covers nothing: its last day is before its first (at /covers)");
  CHECK(refusal(ours("[]"), "scotland") == "this is the calendar 'test', not 'scotland'");
  CHECK(refusal(ours("[]"), "test") == "accepted");
}

TEST_CASE("another schema under the name of GOV.UK's file is refused", "[json]") {
  const auto neither = "this is neither a cpconf calendar nor GOV.UK's file of bank holidays by division";
  CHECK(refusal(R"({"divisions": {"england-and-wales": {"2012": [{"title": "x", "date": "02/01/2012"}]}}})") ==
        neither);
  CHECK(refusal(R"([{"date": "2020-05-08", "title": "x"}])") == neither);
  CHECK(refusal(R"({})") == neither);
  CHECK(refusal(R"("2020-05-08")") == neither);
  CHECK(refusal(R"({"england-and-wales": {"division": "england-and-wales", "2020": []}})") ==
        "the key 'events' is missing (at /england-and-wales)");
  CHECK(refusal(R"({"england-and-wales": {"division": "scotland", "events": []}})") ==
        "the division names itself 'scotland' (at /england-and-wales/division)");
  CHECK(refusal(gov_uk("[]")) == "the division has no events (at /england-and-wales/events)");
  CHECK(refusal(gov_uk(R"([{"title": "x", "date": "02/01/2012"}])")) ==
        "a date is written YYYY-MM-DD, not '02/01/2012' (at /england-and-wales/events/0/date)");
  CHECK(refusal(gov_uk(R"([{"title": "x", "date": "2020-05-10"}])")) ==
        "2020-05-10 is a Sunday; a holiday stands on the weekday that is kept (at /england-and-wales/events/0/date)");
  CHECK(refusal(gov_uk(R"([{"title": "x", "date": "2020-05-08"}, {"title": "x", "date": "2019-05-06"}])")) ==
        "2019-05-06 stands after 2020-05-08; holidays are in order of date (at /england-and-wales/events/1/date)");
  CHECK(refusal(gov_uk(R"([{"title": "x", "date": "2020-05-08"}, {"title": "y", "date": "2020-05-08"}])")) ==
        "2020-05-08 stands twice (at /england-and-wales/events/1/date)");
}

TEST_CASE("text that is not JSON is refused with line and column", "[json]") {
  CHECK(refusal("") == "the text is empty (at line 1, column 1)");
  CHECK(refusal(R"({"cpconf": 1,)"
                "\n"
                R"("calendar": "t)") == "a text is not closed (at line 2, column 15)");
  CHECK(refusal("{\"cpconf\": \"\xff\"}") == "the text is not UTF-8 (at line 1, column 13)");
  CHECK(refusal(ours(std::string(100, '['))) == "arrays and objects nest deeper than 64 (at line 1, column 188)");
}

TEST_CASE("every truncation of a shipped calendar is refused and none crashes", "[json]") {
  const auto whole = ours(R"([{"date": "2020-05-08", "title": "VE day", "announced": "2019-06-07"}])");
  REQUIRE(read_calendar(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    CHECK_FALSE(read_calendar(whole.substr(0, size)));
  }
}

TEST_CASE("no mutation of a calendar crashes its reader, and what is read compiles", "[json]") {
  const auto whole = ours(R"([{"date": "2020-05-08", "title": "VE day", "announced": "2019-06-07"}])");
  const auto theirs = gov_uk(R"([{"title": "Christmas Day", "date": "2020-12-25", "notes": "", "bunting": true}])");
  std::uint32_t seed = 1;
  const auto next = [&](std::size_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
  };
  for (int round = 0; round < 4000; ++round) {
    auto text = round % 2 == 0 ? whole : theirs;
    for (std::size_t edits = 1 + next(4); edits > 0; --edits) {
      const auto at = next(text.size());
      if (next(2) == 0)
        text[at] = static_cast<char>(next(256));
      else
        text.erase(at, 1 + next(3));
    }
    const auto read = read_calendar(text);
    if (read)
      CHECK(Calendar::compile(*read));
    else
      CHECK_FALSE(read.error().message.empty());
  }
}

TEST_CASE("closures lie over a calendar and are named", "[json]") {
  const auto base = read_calendar(ours(R"([{"date": "2020-12-25", "title": "Christmas Day"}])"));
  REQUIRE(base);
  const auto closed =
      with_closures(*base, R"({"closures": ["2020-12-24", "2020-12-25", "2020-12-28"], "reason": "office closed"})");
  REQUIRE(closed);
  CHECK(closed->closures == std::vector<std::string>{"office closed"});
  CHECK(closed->fingerprint != base->fingerprint);
  const auto calendar = Calendar::compile(*closed);
  REQUIRE(calendar);
  CHECK(to_string(calendar->add_working_days(day("2020-12-23"), 1)) == "2020-12-29");
  CHECK(calendar->holiday(day("2020-12-24"))->title == "office closed");
  CHECK(calendar->holiday(day("2020-12-25"))->title == "Christmas Day");
  const auto twice =
      with_closures(*closed, R"({"cpconf": 1, "closures": ["2020-12-24", "2020-12-30"], "reason": "flood"})");
  REQUIRE(twice);
  CHECK(twice->closures.size() == 2);
  CHECK(Calendar::compile(*twice));
}

TEST_CASE("a layer of closures is refused with the place of what is wrong", "[json]") {
  const auto base = read_calendar(ours("[]"));
  REQUIRE(base);
  const auto refused = [&](const char* json) {
    const auto laid = with_closures(*base, json);
    return laid ? std::string("accepted") : laid.error().text();
  };
  CHECK(refused(R"({"closures": ["2020-12-24"]})") == "the key 'reason' is missing");
  CHECK(refused(R"({"reason": "x"})") == "the key 'closures' is missing");
  CHECK(refused(R"({"closures": ["2020-12-26"], "reason": "x"})") ==
        "2020-12-26 is a Saturday; a holiday stands on the weekday that is kept (at /closures/0)");
  CHECK(refused(R"({"closures": ["2020-12-24", "2020-12-24"], "reason": "x"})") ==
        "2020-12-24 stands twice (at /closures/1)");
  CHECK(refused(R"({"closures": ["2020-12-24", "2020-12-23"], "reason": "x"})") ==
        "2020-12-23 stands after 2020-12-24; holidays are in order of date (at /closures/1)");
  CHECK(refused(R"({"closures": ["24 December"], "reason": "x"})") ==
        "a date is written YYYY-MM-DD, not '24 December' (at /closures/0)");
  CHECK(refused(R"({"closures": [24], "reason": "x"})") == "a date is expected here, not a number (at /closures/0)");
  CHECK(refused(R"({"closures": [], "reason": "x", "from": 1})") == "there is no key 'from' (at /from)");
  CHECK(refused(R"({"cpconf": 9, "closures": [], "reason": "x"})") ==
        "this library reads format version 1, not 9 (at /cpconf)");
}

TEST_CASE("the three calendars are compiled in and cover 1995 to 2028", "[json]") {
  CHECK(embedded_calendar_names() == std::vector<std::string>{"england-and-wales", "northern-ireland", "scotland"});
  for (const auto& name : embedded_calendar_names()) {
    const auto text = embedded_calendar(name);
    REQUIRE(text);
    CHECK(text->name == name);
    CHECK(to_string(text->first) == "1995-01-01");
    CHECK(to_string(text->last) == "2028-12-31");
    CHECK_FALSE(text->source.empty());
    CHECK(Calendar::compile(*text));
  }
  CHECK(embedded_calendar("scotlnd").error().text() == "there is no calendar 'scotlnd'; did you mean scotland?");
  CHECK(embedded_calendar("../secrets").error().code == Code::not_found);
}
