#include <memory>
#include <string>
#include <utility>

#include "assessment/assessment.h"
#include "cli/input.h"
#include "cli/run.h"
#include "json/answers_reader.h"
#include "json/assessment_writer.h"
#include "report/text.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(The answers are a JSON object of the attributes of threshold_assessed (cpconf vocabulary --event
threshold_assessed lists them), or a list of such, one for each professional. What is left out is not known; the
answer then names the questions that would settle it.

Examples:
  cpconf threshold answers.json --rulebook hertfordshire
  cpconf threshold answers.json --rulebook hertfordshire --format json
where answers.json holds, for example, {"role": "conference_chair", "has_suffered": true, "further_harm_likely": true}.

It says what the answers come to under the rulebook; the decision is the chair's.)";

struct Options {
  std::string input;
  ProgramOptions program;
  std::string as_of;
  std::string format = "text";
};

/// Where no day is given the newest edition answers.
Result<Moment> day_of_answers(const Options& options, const Program& program) {
  if (!options.as_of.empty()) return moment_option("--as-of", options.as_of);
  auto last = last_supported_day;
  for (const auto& rulebook : program.rulebooks) last = std::min(last, rulebook->in_force_to);
  return Moment{last, -1};
}

/// The test alone counts here: other rules look at a case, and answers are none.
Status status_of(const Assessment& assessment) {
  for (const auto& result : assessment.thresholds)
    if (result.outcome == Outcome::undetermined &&
        assessment.program->rules[static_cast<std::size_t>(result.rule)].severity == Severity::breach)
      return Status::undetermined;
  return Status::clean;
}

Result<Status> answer(const Options& options) {
  const auto program = load_program(options.program);
  if (!program) return program.error();
  const auto day = day_of_answers(options, **program);
  if (!day) return day.error();
  const auto text = read_file(options.input);
  if (!text) return text.error();
  Record record;
  if (const auto done = read_answers(*text, *day, record); !done) return about(options.input, done.error());
  Workspace workspace;
  Assessment assessment;
  assess(*program, record, {*day, std::nullopt, true, false}, workspace, assessment);
  if (assessment.thresholds.empty())
    return Error{Code::input, "the rulebook has no threshold tree that these answers are for", {}, {}};
  std::string out;
  if (options.format == "json") {
    write_thresholds_json(assessment, out);
    out += '\n';
  } else {
    write_thresholds_text(assessment, out);
  }
  print(out);
  return status_of(assessment);
}

}  // namespace

void add_threshold(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("threshold", "Say what answers to the questions of significant harm come to");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  command->add_option("answers", options->input, "The answers")->required()->type_name("ANSWERS.json");
  add_program_options(*command, options->program);
  command->add_option("--as-of", options->as_of, "The day of the answers, where the test has changed; else the newest")
      ->type_name("DATE");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([options, &exit] {
    const auto status = answer(*options);
    exit.status = status ? *status : refuse(status.error());
  });
}

}  // namespace cpc::cli
