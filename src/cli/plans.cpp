#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "assessment/plan_list.h"
#include "cli/input.h"
#include "cli/run.h"
#include "json/plan_list_writer.h"
#include "report/plan_list.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(CASES is a file with one record a line; - reads standard input. What is printed has three
sections: children who are subject of a plan on the day; those whose plan ended in a way that the rules do not provide
for; and those of whom the record does not settle it. "authority" says whose plan it is.

Examples:
  cpconf plans cases.ndjson --rulebook hertfordshire --as-of 2026-11-22
  cpconf plans - --rulebook england --as-of 2026-11-22 --format csv < cases.ndjson

Exit status: 0 all lines were read; 2 bad usage, or a line that cannot be read (the list then says that it is not
complete); 3 the tool failed.)";

struct Options {
  std::string input;
  ProgramOptions program;
  ReadingOptions reading;
  std::string as_of;
  std::string format = "json";
};

/// The lines of a file, or of standard input.
class Input {
 public:
  explicit Input(const std::string& name)
      : file_(name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Input() {
    if (file_ > STDIN_FILENO) ::close(file_);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  [[nodiscard]] int file() const { return file_; }

 private:
  int file_;
};

Result<Status> list(const Options& options) {
  const auto as_of = moment_option("--as-of", options.as_of);
  if (!as_of) return as_of.error();
  const auto known_at = optional_moment_option("--known-at", options.program.known_at);
  if (!known_at) return known_at.error();
  const auto program = load_program(options.program);
  if (!program) return program.error();
  if (!knows_plans(**program))
    return Error{Code::argument, "no rulebook given has the process 'plan', which says who is subject of one", {}, {}};
  if (const auto understood = check(options.reading); !understood) return understood.error();
  const Input input(options.input);
  if (input.file() < 0)
    return Error{Code::not_found, "there is no file " + options.input + " that can be read", {}, {}};

  const bool csv = options.format == "csv";
  AssessOptions assess_options;
  assess_options.as_of = *as_of;
  assess_options.known_at = *known_at;
  assess_options.next = false;
  Workspace workspace;
  Record record;
  Assessment assessment;
  PlanListWriter json;
  LineReader lines(input.file());
  Progress progress("records");
  auto status = Status::clean;
  if (csv) print(plan_list_csv_heading());
  while (const auto* line = lines.next()) {
    progress.count();
    if (const auto done = read_case(*line, options.reading, record); !done) {
      status = Status::bad_input;
      remark("line " + std::to_string(line->number) + ": " + done.error().text());
      json.add_error(line->number, done.error());
      continue;
    }
    assess(*program, record, assess_options, workspace, assessment);
    const auto plans = list_plans(assessment, workspace);
    if (csv) {
      std::string out;
      write_plan_list_csv(assessment, plans, out);
      print(out);
    } else {
      json.add(assessment, plans);
    }
  }
  if (lines.failed()) return Status::failed;
  if (csv && status == Status::bad_input) remark("the list is not complete: see the lines named above");
  if (!csv) print(json.finish(**program, *as_of, *known_at) + "\n");
  return status;
}

}  // namespace

void add_plans(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("plans", "List the children who are subject of a plan, from many records");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  command->add_option("cases", options->input, "One record a line, or - for standard input")
      ->required()
      ->type_name("CASES.ndjson|-");
  add_program_options(*command, options->program);
  add_reading_options(*command, options->reading);
  command->add_option("--as-of", options->as_of, "The day of the list; never taken from a clock")
      ->required()
      ->type_name("DATE");
  command->add_option("--format", options->format, "json or csv")
      ->check(CLI::IsMember({"json", "csv"}))
      ->capture_default_str();
  command->callback([options, &exit] {
    const auto status = list(*options);
    exit.status = status ? *status : refuse(status.error());
  });
}

}  // namespace cpc::cli
