#include <string>

#include "cli/command.h"
#include "support/catch.h"

using cpc::test::run;

namespace {

const std::string holiday_files = std::string(CPC_REFERENCE_DATA) + "/data/holidays/";

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

TEST_CASE("a deadline stands alone on the first line of standard output", "[cli]") {
  const auto [arguments, date] = GENERATE(table<std::string, std::string>({
      {"--from 2026-03-19 --within '15 working_days'", "2026-04-13"},
      {"--from 2026-03-19 --within '15 working days'", "2026-04-13"},
      {"--from 2026-03-19 --within '15 working_days' --calendar scotland", "2026-04-10"},
      {"--from 2022-06-02 --within '15 working_days'", "2022-06-24"},
      {"--from 2026-11-02 --within '15 working_days'", "2026-11-23"},
      {"--from 2026-11-20T10:00 --before '48 hours'", "2026-11-18T10:00"},
      {"--from 2026-11-30 --within '3 months'", "2027-02-28"},
      {"--from 2026-11-20 --before '1 working_day'", "2026-11-19"},
      {"--from 2026-11-20 --within same_day", "2026-11-20"},
  }));
  const auto ran = run("deadline " + arguments);
  INFO(arguments);
  CHECK(ran.status == 0);
  CHECK(ran.out == date + "\n");
}

TEST_CASE("a deadline's remarks go to standard error", "[cli]") {
  const auto [arguments, remarks] = GENERATE(table<std::string, std::string>({
      {"--from 2026-11-02 --within '15 working_days'", ""},
      {"--from 2026-03-19 --within '15 working_days'",
       "cpconf: not counted: Fri 3 April 2026, Good Friday\ncpconf: not counted: Mon 6 April 2026, Easter Monday\n"},
      {"--from 2026-11-30 --within '3 months'",
       "cpconf: Sun 28 February 2027 is no working day; the last one on or before it is 2027-02-26\n"},
      {"--from 2026-11-20 --before '48 hours'", "cpconf: no time is given: the hours are counted as whole days\n"},
      {"--from 2026-10-25T01:30 --within '2 hours'",
       "cpconf: the clocks went back: that time came twice, and the first is meant\n"
       "cpconf: Sun 25 October 2026 is no working day; the last one on or before it is 2026-10-23\n"},
      {"--from 2030-11-04 --within '1 working_day'",
       "cpconf: provisional: the holidays of england-and-wales are known from 1995-01-01 to 2028-12-31; beyond that "
       "only "
       "weekends are left out\n"},
  }));
  INFO(arguments);
  CHECK(run("deadline " + arguments).error == remarks);
}

TEST_CASE("a holiday file of GOV.UK says which days of May 2020 are worked", "[cli]") {
  if (std::string(CPC_REFERENCE_DATA).empty()) {
    WARN("there are no reference data here");
    return;
  }
  const auto [file, from, date] = GENERATE(table<std::string, std::string, std::string>({
      {"bank-holidays_2019-05-08.json", "2020-05-01", "2020-05-05"},
      {"bank-holidays_2019-05-08.json", "2020-05-07", "2020-05-08"},
      {"bank-holidays_2026-02-25.json", "2020-05-01", "2020-05-04"},
      {"bank-holidays_2026-02-25.json", "2020-05-07", "2020-05-11"},
      {"bank-holidays_2026-02-25.json#scotland", "2026-04-03", "2026-04-06"},
  }));
  const auto ran =
      run("deadline --from " + from + " --within '1 working_day' --calendar '" + holiday_files + file + "'");
  INFO(file << " from " << from);
  CHECK(ran.status == 0);
  CHECK(first_line(ran.out) == date);
}

TEST_CASE("closures are counted out, and said to be", "[cli]") {
  const cpc::test::TemporaryFile closures(R"({"closures": ["2026-12-29", "2026-12-30"], "reason": "offices closed"})");
  const auto ran = run("deadline --from 2026-12-24 --within '1 working_day' --closures '" + closures.path() +
                       "' --calendar england-and-wales");
  CHECK(ran.status == 0);
  CHECK(ran.out == "2026-12-31\n");
  CHECK(ran.error.find("cpconf: closures are laid over the calendar: offices closed\n") != std::string::npos);
}

TEST_CASE("a deadline that cannot be counted says why and ends with 2", "[cli]") {
  const auto [arguments, error] = GENERATE(table<std::string, std::string>({
      {"--within '3 days'", "cpconf: --from is required\nRun with --help for what is expected.\n"},
      {"--from 2026-11-20", "cpconf: --within or --before is required: a length such as \"15 working_days\"\n"},
      {"--from 2026-11-20 --within '1 day' --before '1 day'",
       "cpconf: --within excludes --before\nRun with --help for what is expected.\n"},
      {"--from 2026-02-30 --within '1 day'", "cpconf: --from: there is no such day: '2026-02-30'\n"},
      {"--from 2026-11-20 --within '3 moons'", "cpconf: --within: there is no unit 'moons'\n"},
      {"--from 2026-11-20 --within soon",
       "cpconf: --within: a length is written as in 15 working_days or 3 months, not 'soon'\n"},
      {"--from 2026-11-20 --within '1 day' --calendar narnia",
       "cpconf: there is no calendar 'narnia'; there are: england-and-wales, northern-ireland and scotland\n"},
      {"--from 2026-11-20 --within '1 day' --calendar nowhere/holidays.json",
       "cpconf: there is no file nowhere/holidays.json that can be read\n"},
      {"--from 2026-11-20 --within '1 day' --calender=scotland",
       "cpconf: The following argument was not expected: --calender=scotland\nRun with --help for what is expected.\n"},
  }));
  INFO(arguments);
  const auto ran = run("deadline " + arguments);
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.error == error);
}
