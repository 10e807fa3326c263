#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "assessment/wording.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "date/limit.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(Units: minutes, hours, days, working_days, weeks, months, years, gestation_weeks (from the expected date of
delivery), same_day. After the unit of days and longer ones: inclusive (the day itself is the first) or clear.
The date stands alone on the first line of standard output; remarks go to standard error.

Examples:
  cpconf deadline --from 2026-03-19 --within "15 working_days"
  cpconf deadline --from 2026-03-19 --within "15 working_days" --calendar scotland
  cpconf deadline --from 2026-11-20T10:00 --before "48 hours"
  cpconf deadline --from 2026-11-30 --within "3 months"
A holiday file as GOV.UK publishes it serves too: --calendar bank-holidays.json#scotland)";

struct Options {
  std::string from;
  std::string within;
  std::string before;
  std::string calendar = "england-and-wales";
  std::vector<std::string> closures;
  std::string known_at;
};

/// "15 working days" as people write it.
std::string with_underscores(std::string text) {
  for (const std::string_view words : {"working day", "gestation week", "same day"})
    if (const auto at = text.find(words); at != std::string::npos) text[at + words.find(' ')] = '_';
  return text;
}

void remark_on_day(const Calendar& calendar, Day day, std::string_view what) {
  const auto* holiday = calendar.holiday(day);
  if (!holiday) return;
  remark(std::string(what) + weekday_day(day) + ", " + holiday->title +
         (holiday->checked ? "" : " (not checked: from one source alone)"));
}

void remark_on(const Limit& limit, Moment from, Period period, const Calendar& calendar) {
  const auto& text = calendar.text();
  const Day low = std::min(from.day, limit.at.day), high = std::max(from.day, limit.at.day);
  if (period.unit == Unit::working_day) {
    for (const auto& holiday : text.holidays)
      if (low <= holiday.date && holiday.date <= high && calendar.holiday(holiday.date) == &holiday)
        remark_on_day(calendar, holiday.date, "not counted: ");
    for (const auto& reason : text.closures) remark("closures are laid over the calendar: " + reason);
  }
  if (limit.provisional)
    remark("provisional: the holidays of " + text.name + " are known from " + to_string(text.first) + " to " +
           to_string(text.last) + "; beyond that only weekends are left out");
  if (limit.time_not_given) remark("no time is given: the hours are counted as whole days");
  if (local_time_kind(from) == LocalTime::repeated)
    remark("the clocks went back: that time came twice, and the first is meant");
  if (!calendar.is_working_day(limit.at.day)) {
    const auto* holiday = calendar.holiday(limit.at.day);
    remark(weekday_day(limit.at.day) + " is no working day" + (holiday ? " (" + holiday->title + ")" : "") +
           "; the last one on or before it is " + to_string(calendar.working_day_on_or_before(limit.at.day)));
  }
  if (calendar.left_out() > 0)
    remark(counted(calendar.left_out(), "holiday", "holidays") + " announced after the day of --known-at left out");
}

Result<Done> answer(const Options& options) {
  const auto from = moment_option("--from", options.from);
  if (!from) return from.error();
  const bool after = !options.within.empty();
  if (!after && options.before.empty())
    return Error{Code::argument, "--within or --before is required: a length such as \"15 working_days\"", {}, {}};
  const auto period = parse_period(with_underscores(after ? options.within : options.before));
  if (!period) return about(after ? "--within" : "--before", period.error());
  const auto known_at = optional_moment_option("--known-at", options.known_at);
  if (!known_at) return known_at.error();
  auto text = load_calendar(options.calendar, options.closures);
  if (!text) return text.error();
  const auto calendar = Calendar::compile(std::move(*text), *known_at ? std::optional((*known_at)->day) : std::nullopt);
  if (!calendar) return calendar.error();
  const auto limit = after ? limit_after(*from, *period, *calendar) : limit_before(*from, *period, *calendar);
  print(to_string(limit.at) + "\n");
  remark_on(limit, *from, *period, *calendar);
  return Done{};
}

}  // namespace

void add_deadline(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("deadline", "Count a limit from a date");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  command
      ->add_option("--from", options->from,
                   "The day, or day and time, from which to count: 2026-03-19, 2026-11-20T10:00")
      ->required()
      ->type_name("DATE");
  auto* within = command
                     ->add_option("--within", options->within,
                                  "The last day that is still within this length after it; this or --before")
                     ->type_name("LENGTH");
  command->add_option("--before", options->before, "The last day that is still this length ahead of it")
      ->type_name("LENGTH")
      ->excludes(within);
  command
      ->add_option("--calendar", options->calendar,
                   "Whose working days: england-and-wales, scotland, northern-ireland, or a file")
      ->type_name("NAME|FILE[#DIVISION]")
      ->capture_default_str();
  command->add_option("--closures", options->closures, "Days on which the office was closed, laid over the calendar")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--known-at", options->known_at, "Leave out holidays that were announced after this day")
      ->type_name("DATE");
  command->callback([options, &exit] {
    if (const auto done = answer(*options); !done) exit.status = refuse(done.error());
  });
}

}  // namespace cpc::cli
