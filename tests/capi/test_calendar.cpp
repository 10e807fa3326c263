#include <vector>

#include "capi/support.h"

using namespace cpc::test;

TEST_CASE("a moment is read and written", "[capi]") {
  const auto* text = GENERATE("2026-11-20", "2026-11-20T10:00", "1900-01-01", "2199-12-31T23:59");
  CHECK(written(moment(text)) == text);
}

TEST_CASE("a moment that is not one is refused", "[capi]") {
  cpc_moment out{7, 8};
  const auto refused = [&](const char* text) {
    const Exact exact(text);
    return said([&](cpc_error** error) { return cpc_moment_read(exact.text(), &out, error); });
  };
  CHECK(refused("2026-02-30") == "input: there is no such day: '2026-02-30'");
  CHECK(refused("2026-03-29T01:30") ==
        "input: the clocks went forward: there was no such local time: '2026-03-29T01:30'");
  CHECK(refused("20 November") == "syntax: a local time is written YYYY-MM-DDThh:mm, not '20 November'");
  CHECK(refused("").starts_with("syntax: "));
  CHECK(out.day == 7);
  CHECK(out.minute == 8);
  CHECK(said([&](cpc_error** error) {
          return cpc_moment_read({nullptr, 3}, &out, error);
        }) == "argument: text.data must not be NULL where its size is not 0");
  CHECK(said([&](cpc_error** error) { return cpc_moment_read(cpc_text_of("2026-01-01"), nullptr, error); }) ==
        "argument: out must not be NULL");
}

TEST_CASE("a moment is written only where it fits and exists", "[capi]") {
  const std::unique_ptr<char[]> exact(new char[11]);
  CHECK(cpc_moment_write(moment("2026-11-20"), exact.get(), 11, nullptr) == CPC_OK);
  CHECK(std::string(exact.get()) == "2026-11-20");
  const auto refused = [&](cpc_moment moment, std::size_t capacity) {
    return said([&](cpc_error** error) { return cpc_moment_write(moment, exact.get(), capacity, error); });
  };
  CHECK(refused(moment("2026-11-20"), 10) == "argument: capacity is too small: CPC_MOMENT_SIZE is enough");
  CHECK(refused(CPC_NO_MOMENT, 11) ==
        "argument: moment.day is day -2147483648, which lies outside 1900-01-01 to 2199-12-31");
  CHECK(refused({20000, 1440}, 11) ==
        "argument: moment.minute is 1440; it lies between 0 and 1439, or is CPC_NO_MINUTE");
  CHECK(refused({day("2026-03-29"), 90}, 11) ==
        "argument: moment is 2026-03-29T01:30, in the hour that the clocks skip in Europe/London");
}

TEST_CASE("a moment is made of year, month and day", "[capi]") {
  cpc_moment out = CPC_NO_MOMENT;
  CHECK(cpc_moment_from_date(2024, 2, 29, &out, nullptr) == CPC_OK);
  CHECK(written(out) == "2024-02-29");
  CHECK(said([&](cpc_error** error) { return cpc_moment_from_date(2026, 2, 29, &out, error); }) ==
        "argument: there is no day 2026-2-29 from 1900 to 2199");
}

TEST_CASE("the library names the calendars it holds and loads each", "[capi]") {
  REQUIRE(cpc_calendar_embedded_count() == 3);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < 3; ++i) {
    names.push_back(str(cpc_calendar_embedded_name(i)));
    const auto loaded = calendar(names.back().c_str());
    CHECK(str(cpc_calendar_name(loaded.get())) == names.back());
    CHECK(str(cpc_calendar_version(loaded.get())) != "");
    CHECK(str(cpc_calendar_fingerprint(loaded.get())).size() == 32);
    CHECK(cpc_calendar_first_day(loaded.get()) <= day("1995-01-01"));
    CHECK(cpc_calendar_last_day(loaded.get()) >= day("2027-12-31"));
  }
  CHECK(names == std::vector<std::string>{"england-and-wales", "northern-ireland", "scotland"});
  CHECK(cpc_calendar_embedded_name(3).size == 0);
}

TEST_CASE("a limit of fifteen working days knows Easter and the division", "[capi]") {
  const auto [name, expected] =
      GENERATE(table<const char*, const char*>({{"england-and-wales", "2026-04-13"}, {"scotland", "2026-04-10"}}));
  const auto days = calendar(name);
  cpc_moment due = CPC_NO_MOMENT;
  std::uint32_t remarks = 99;
  REQUIRE(cpc_calendar_limit_after(days.get(), moment("2026-03-19"), cpc_text_of("15 working_days"), &due, &remarks,
                                   nullptr) == CPC_OK);
  CHECK(written(due) == expected);
  CHECK(remarks == 0);
}

TEST_CASE("remarks say that a limit is provisional or counted in whole days", "[capi]") {
  const auto days = calendar();
  const auto remarks_of = [&](const char* from, const char* length) {
    cpc_moment due = CPC_NO_MOMENT;
    std::uint32_t remarks = 99;
    REQUIRE(cpc_calendar_limit_before(days.get(), moment(from), cpc_text_of(length), &due, &remarks, nullptr) ==
            CPC_OK);
    return written(due) + " " + std::to_string(remarks);
  };
  CHECK(remarks_of("2026-11-20T10:00", "48 hours") == "2026-11-18T10:00 0");
  CHECK(remarks_of("2026-11-20", "48 hours") == "2026-11-18 " + std::to_string(CPC_LIMIT_TIME_NOT_GIVEN));
  CHECK(remarks_of("2150-06-05", "1 working_day") == "2150-06-04 " + std::to_string(CPC_LIMIT_PROVISIONAL));
}

TEST_CASE("a length that is not one is refused", "[capi]") {
  const auto days = calendar();
  cpc_moment due = CPC_NO_MOMENT;
  const Exact length("15 wrking_days");
  CHECK(said([&](cpc_error** error) {
          return cpc_calendar_limit_after(days.get(), moment("2026-03-19"), length.text(), &due, nullptr, error);
        }) == "syntax: there is no unit 'wrking_days'; did you mean working_day?");
  CHECK(due.day == CPC_NO_DAY);
}

TEST_CASE("an unknown calendar is not found", "[capi]") {
  cpc_calendar* out = nullptr;
  const Exact name("englnd-and-wales");
  CHECK(said([&](cpc_error** error) {
          return cpc_calendar_load(name.text(), nullptr, &out, error);
        }).starts_with("not_found: there is no calendar 'englnd-and-wales'"));
  CHECK(out == nullptr);
}

TEST_CASE("days are asked about one by one", "[capi]") {
  const auto days = calendar();
  CHECK(cpc_calendar_is_working_day(days.get(), day("2026-12-24")) == 1);
  CHECK(cpc_calendar_is_working_day(days.get(), day("2026-12-25")) == 0);
  CHECK(cpc_calendar_is_working_day(days.get(), day("2026-12-26")) == 0);
  CHECK(cpc_calendar_is_working_day(days.get(), INT32_MIN) == 0);
  CHECK(cpc_calendar_is_working_day(days.get(), INT32_MAX) == 0);
  CHECK(str(cpc_calendar_holiday(days.get(), day("2026-12-25"))) != "");
  CHECK(str(cpc_calendar_holiday(days.get(), day("2026-12-24"))) == "");
  CHECK(cpc_calendar_covers(days.get(), day("2026-01-01"), day("2026-12-31")) == 1);
  CHECK(cpc_calendar_covers(days.get(), day("2026-01-01"), day("2190-12-31")) == 0);
  std::int32_t out = 0;
  CHECK(cpc_calendar_working_day_on_or_before(days.get(), day("2026-12-28"), &out, nullptr) == CPC_OK);
  CHECK(written({out, -1}) == "2026-12-24");
  CHECK(cpc_calendar_working_day_on_or_after(days.get(), day("2026-12-25"), &out, nullptr) == CPC_OK);
  CHECK(written({out, -1}) == "2026-12-29");
}

TEST_CASE("arrays of days give what one day after another gives", "[capi]") {
  const auto days = calendar();
  const auto size = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{511}, std::size_t{512}, std::size_t{1300});
  const auto count = GENERATE(-60, -1, 0, 1, 15, 100000);
  std::vector<std::int32_t> from(size), to(size), added(size), counted(size);
  for (std::size_t i = 0; i < size; ++i) {
    from[i] = i % 7 == 3 ? CPC_NO_DAY : static_cast<std::int32_t>(9000 + 9 * i);
    to[i] = i % 11 == 5 ? CPC_NO_DAY : static_cast<std::int32_t>(15000 - 5 * i);
  }
  REQUIRE(cpc_calendar_add_working_days_array(days.get(), from.data(), size, count, added.data(), nullptr) == CPC_OK);
  REQUIRE(cpc_calendar_count_working_days_array(days.get(), from.data(), to.data(), size, counted.data(), nullptr) ==
          CPC_OK);
  for (std::size_t i = 0; i < size; ++i) {
    std::int32_t one = CPC_NO_DAY, between = INT32_MIN;
    if (from[i] != CPC_NO_DAY)
      REQUIRE(cpc_calendar_add_working_days(days.get(), from[i], count, &one, nullptr) == CPC_OK);
    if (from[i] != CPC_NO_DAY && to[i] != CPC_NO_DAY)
      REQUIRE(cpc_calendar_count_working_days(days.get(), from[i], to[i], &between, nullptr) == CPC_OK);
    REQUIRE(added[i] == one);
    REQUIRE(counted[i] == between);
  }
  auto in_place = from;
  REQUIRE(cpc_calendar_add_working_days_array(days.get(), in_place.data(), size, count, in_place.data(), nullptr) ==
          CPC_OK);
  CHECK(in_place == added);
}

TEST_CASE("an array with a day that is not accepted is refused as a whole", "[capi]") {
  const auto days = calendar();
  const std::vector<std::int32_t> from{20000, CPC_NO_DAY, 84006};
  std::vector<std::int32_t> out{1, 2, 3};
  CHECK(said([&](cpc_error** error) {
          return cpc_calendar_add_working_days_array(days.get(), from.data(), 3, 1, out.data(), error);
        }) == "argument: days[2] is day 84006, which lies outside 1900-01-01 to 2199-12-31");
  CHECK(out == std::vector<std::int32_t>{1, 2, 3});
  CHECK(said([&](cpc_error** error) {
          return cpc_calendar_add_working_days_array(days.get(), nullptr, 3, 1, out.data(), error);
        }) == "argument: calendar, days and out must not be NULL");
}

TEST_CASE("closures lie over a calendar and leave it as it is", "[capi]") {
  auto below = calendar();
  const Exact closures(R"({"closures": ["2026-12-29"], "reason": "office closed"})");
  cpc_calendar* made = nullptr;
  REQUIRE(cpc_calendar_with_closures(below.get(), closures.text(), &made, nullptr) == CPC_OK);
  const Calendar above(made);
  CHECK(cpc_calendar_is_working_day(below.get(), day("2026-12-29")) == 1);
  CHECK(cpc_calendar_is_working_day(above.get(), day("2026-12-29")) == 0);
  CHECK(str(cpc_calendar_holiday(above.get(), day("2026-12-29"))) == "office closed");
  CHECK(str(cpc_calendar_fingerprint(above.get())) != str(cpc_calendar_fingerprint(below.get())));
  below.reset();
  REQUIRE(cpc_calendar_closure_count(above.get()) == 1);
  CHECK(str(cpc_calendar_closure_reason(above.get(), 0)) == "office closed");
  CHECK(cpc_calendar_closure_reason(above.get(), 1).size == 0);
}

TEST_CASE("a calendar is read from text, as it was known on a day", "[capi]") {
  const Exact json(R"({"cpconf": 1, "calendar": "invented", "version": "1", "source": "nowhere",
    "covers": ["2022-01-01", "2022-12-31"], "holidays": [
      {"date": "2022-09-19", "title": "Funeral", "announced": "2022-09-10"}]})");
  const auto closed = [&](cpc_moment known_at) {
    cpc_calendar_options options = CPC_CALENDAR_OPTIONS_INIT;
    options.known_at = known_at;
    cpc_calendar* made = nullptr;
    REQUIRE(said([&](cpc_error** error) {
              return cpc_calendar_read(json.text(), {nullptr, 0}, &options, &made, error);
            }) == "ok");
    const Calendar owned(made);
    return cpc_calendar_is_working_day(made, day("2022-09-19")) == 0;
  };
  CHECK(closed(CPC_NO_MOMENT));
  CHECK(closed(moment("2022-09-10")));
  CHECK_FALSE(closed(moment("2022-09-09")));
}

TEST_CASE("a calendar that is wrong is refused with its place", "[capi]") {
  const auto refused = [](std::string_view json, const char* division) {
    const Exact exact(json);
    cpc_calendar* made = nullptr;
    auto text = said([&](cpc_error** error) {
      return cpc_calendar_read(exact.text(), cpc_text_of(division), nullptr, &made, error);
    });
    CHECK(made == nullptr);
    return text;
  };
  CHECK(refused("{", "").find("(at line 1, column 2)") != std::string::npos);
  CHECK(refused(R"({"cpconf": 1, "calendar": "invented", "version": "1", "source": "nowhere",
    "covers": ["2022-01-01", "2022-12-31"], "holidays": [{"date": "2022-09-18", "title": "A Sunday"}]})",
                "")
            .starts_with("calendar: 2022-09-18 is a Sunday"));
}
