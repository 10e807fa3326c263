#include <algorithm>
#include <memory>
#include <string>

#include "cli/input.h"
#include "cli/rulebook.h"
#include "cli/run.h"
#include "json/reads_writer.h"
#include "json/record_reader.h"
#include "program/reads.h"
#include "report/reads.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(What a record has to hold for the rules of each duty: which events, which of their attributes, and the words that
the rules ask for; also what is read through the states and results of other rules. What is marked ? only tells
whether a rule applies.

Examples:
  cpconf rulebook facts hertfordshire
  cpconf rulebook facts hertfordshire --duty initial_conference_timing
  cpconf rulebook facts england --format json)";

struct Options {
  ProgramOptions program;
  std::string duty;
  std::string format = "text";
};

Result<Done> print_facts(const Options& options) {
  const auto& vocabulary = embedded_vocabulary();
  if (!options.duty.empty() && vocabulary.duty(options.duty) < 0)
    return unknown_word("duty", options.duty, vocabulary.duties);
  const auto program = load_program(options.program);
  if (!program) return about(options.program.rulebook, program.error());
  auto duties = reads_of(**program);
  if (!options.duty.empty()) {
    const auto other = [&](const DutyReads& one) { return one.duty != vocabulary.duty(options.duty); };
    duties.erase(std::remove_if(duties.begin(), duties.end(), other), duties.end());
  }
  if (duties.empty()) remark("no rule of it: the rulebook is silent here");
  print(options.format == "json" ? write_reads_json(**program, duties) : reads_text(**program, duties));
  return Done{};
}

}  // namespace

void add_rulebook_facts(CLI::App& rulebook, Exit& exit) {
  auto* command = rulebook.add_subcommand("facts", "What a host has to supply for each duty");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  add_rulebook_argument(*command, "rulebook", options->program.rulebook);
  command->add_option("--layer", options->program.layers, "A rulebook that lies over it; later ones lie above")
      ->type_name("NAME|FILE")
      ->allow_extra_args(false);
  command->add_option("--duty", options->duty, "Only this duty (see: cpconf vocabulary)")->type_name("NAME");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([options, &exit] {
    if (const auto done = print_facts(*options); !done) exit.status = refuse(done.error());
  });
}

}  // namespace cpc::cli
