#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "assessment/assessment.h"
#include "base/result.h"
#include "cli/input.h"
#include "cli/run.h"
#include "json/assessment_writer.h"
#include "report/due_dates.h"
#include "report/html.h"
#include "report/text.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(The case is a JSON file (cpconf vocabulary lists its words); - reads one record a line from standard input
and writes one line of JSON each, {"line": n, "error": …} for a line that cannot be read.

Formats: text and html are for people and say the same; html is one page that needs nothing beside itself, with the
case along a line of dates, to open in a browser or print. json is the whole assessment. ics holds what is due or
overdue for a diary: import a later file over an earlier one, and each date takes the place of its earlier self; one
that is no longer due stays until it is deleted there.

Examples:
  cpconf assess case.json --rulebook hertfordshire --as-of 2026-11-22
  cpconf assess case.json --rulebook england --layer hertfordshire --as-of 2026-11-22 --all
  cpconf assess case.json --rulebook england --as-of 2026-11-22 --format json
  cpconf assess case.json --rulebook england --as-of 2026-11-22 --format html > case.html
  cpconf assess case.json --rulebook england --as-of 2026-11-22 --format ics > due.ics
  cpconf assess - --rulebook england --as-of 2026-11-22 < cases.ndjson
  cpconf assess case.json --rulebook england --as-of 2026-11-22 --not-recorded invitation_sent,document_sent

Exit status: 0 nothing to report; 1 a finding of the weight of a breach; 4 none, but a rule of that weight
lacks a fact that is kept; 2 bad usage or input; 3 the tool failed.)";

struct Options {
  std::string input;
  ProgramOptions program;
  std::string as_of;
  ReadingOptions reading;
  std::string format;
  bool all = false;
};

/// What is the same for every record.
struct Run {
  std::shared_ptr<const Program> program;
  AssessOptions assess;
  const Options& options;
  Workspace workspace;
  Record record;
  Assessment assessment;
  std::string out;
};

void assess_one(Run& run) { assess(run.program, run.record, run.assess, run.workspace, run.assessment); }

void write_report(Run& run) {
  const auto& format = run.options.format;
  if (format == "json") {
    write_assessment_json(run.assessment, run.out);
    run.out += '\n';
  } else if (format == "html") {
    write_assessment_html(run.assessment, run.out, {run.options.all});
  } else if (format == "ics") {
    write_due_dates(run.assessment, run.out);
  } else {
    write_assessment_text(run.assessment, run.out, {run.options.all});
  }
}

Result<Status> assess_file(Run& run) {
  const auto text = read_file(run.options.input);
  if (!text) return text.error();
  if (const auto done = read_case(*text, run.options.reading, run.record); !done)
    return about(run.options.input, done.error());
  assess_one(run);
  write_report(run);
  print(run.out);
  return status_of(verdict_of(run.assessment));
}

Status assess_line(Run& run, const Line& line) {
  run.out.clear();
  auto status = Status::bad_input;
  const auto done = read_case(line, run.options.reading, run.record);
  if (done) {
    assess_one(run);
    write_assessment_json(run.assessment, run.out);
    status = status_of(verdict_of(run.assessment));
  } else {
    write_line_error_json(line.number, done.error(), run.out);
  }
  run.out += '\n';
  print(run.out);
  return status;
}

Status assess_stream(Run& run) {
  LineReader lines(STDIN_FILENO);
  Progress progress("records");
  auto status = Status::clean;
  while (const auto* line = lines.next()) {
    status = worse(status, assess_line(run, *line));
    progress.count();
    if (!lines.more_at_hand()) std::fflush(stdout);
    if (std::ferror(stdout) != 0) break;
  }
  return lines.failed() ? Status::failed : status;
}

Result<Status> answer(Options& options) {
  const bool stream = options.input == "-";
  if (options.format.empty()) options.format = stream ? "json" : "text";
  if (stream && options.format != "json")
    return Error{Code::argument, "a stream of records gives --format json alone", {}, {}};
  const auto as_of = moment_option("--as-of", options.as_of);
  if (!as_of) return as_of.error();
  const auto known_at = optional_moment_option("--known-at", options.program.known_at);
  if (!known_at) return known_at.error();
  auto program = load_program(options.program);
  if (!program) return program.error();
  if (const auto understood = check(options.reading); !understood) return understood.error();
  Run run{std::move(*program), {*as_of, *known_at, true, true}, options, {}, {}, {}, {}};
  if (stream) return assess_stream(run);
  return assess_file(run);
}

}  // namespace

void add_assess(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("assess", "Check the record of a case: what is due, late, missing, or not known");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  command->add_option("case", options->input, "The record, or - for one record a line from standard input")
      ->required()
      ->type_name("CASE.json|-");
  add_program_options(*command, options->program);
  add_reading_options(*command, options->reading);
  command->add_option("--as-of", options->as_of, "The day, or day and time, to judge from; never taken from a clock")
      ->required()
      ->type_name("DATE");
  command->add_option("--format", options->format, "text (default), json, html or ics")
      ->check(CLI::IsMember({"text", "json", "html", "ics"}));
  command->add_flag("--all", options->all, "In text and html, list what is otherwise counted");
  command->callback([options, &exit] {
    const auto status = answer(*options);
    exit.status = status ? *status : refuse(status.error());
  });
}

}  // namespace cpc::cli
