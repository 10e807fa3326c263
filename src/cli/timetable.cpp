#include "assessment/timetable.h"

#include <memory>
#include <string>

#include "cli/input.h"
#include "cli/run.h"
#include "json/timetable_writer.h"
#include "report/timetable.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(With --conference: what a conference on that day obliges whom to do by when, whether the day
is within every limit, and the dates on which every limit can be met. Without it: the latest safe date of every
later step, each earlier one being done on its own limit.

Examples:
  cpconf timetable case.json --rulebook hertfordshire --as-of 2026-11-04 --conference 2026-11-20T10:00
  cpconf timetable case.json --rulebook hertfordshire --as-of 2026-11-04

Exit status: 0 every limit can be met; 1 a limit cannot; 2 bad usage or input; 3 the tool failed.)";

struct Options {
  std::string input;
  ProgramOptions program;
  ReadingOptions reading;
  std::string as_of;
  std::string conference;
  std::string id;
  std::string type;
  std::string format = "text";
};

bool too_late(const std::vector<TimetableStep>& steps) {
  for (const auto& step : steps)
    if (step.standing == TimetableStep::Standing::too_late) return true;
  return false;
}

Result<Status> answer(const Options& options) {
  const auto as_of = moment_option("--as-of", options.as_of);
  if (!as_of) return as_of.error();
  const auto known_at = optional_moment_option("--known-at", options.program.known_at);
  if (!known_at) return known_at.error();
  const auto proposed = optional_moment_option("--conference", options.conference);
  if (!proposed) return proposed.error();
  const auto program = load_program(options.program);
  if (!program) return program.error();
  if (const auto understood = check(options.reading); !understood) return understood.error();
  const auto text = read_file(options.input);
  if (!text) return text.error();
  Record record;
  if (const auto done = read_case(*text, options.reading, record); !done) return about(options.input, done.error());
  const auto timetable = plan_timetable(*program, record, {*as_of, *known_at, *proposed, options.id, options.type});
  if (!timetable) return timetable.error();
  print(options.format == "json" ? timetable_json(*timetable, **program) + "\n"
                                 : timetable_text(*timetable, **program, record));
  const bool late = timetable->proposed ? !timetable->within_every_limit : too_late(timetable->latest);
  return late ? Status::breach : Status::clean;
}

}  // namespace

void add_timetable(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "timetable", "Plan ahead: what has to happen by when, and on which days a conference can be held");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  command->add_option("case", options->input, "The record")->required()->type_name("CASE.json");
  add_program_options(*command, options->program);
  add_reading_options(*command, options->reading);
  command->add_option("--as-of", options->as_of, "The day, or day and time, to plan from; never taken from a clock")
      ->required()
      ->type_name("DATE");
  command->add_option("--conference", options->conference, "The day, or day and time, proposed for the conference")
      ->type_name("DATE");
  command
      ->add_option("--id", options->id,
                   "Which conference of the record; by default the one arranged and not held, or else a new one")
      ->type_name("CONFERENCE");
  command
      ->add_option("--type", options->type,
                   "Of a new conference; by default review where a plan runs, initial where none does")
      ->type_name("CONFERENCE_TYPE");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([options, &exit] {
    const auto status = answer(*options);
    exit.status = status ? *status : refuse(status.error());
  });
}

}  // namespace cpc::cli
