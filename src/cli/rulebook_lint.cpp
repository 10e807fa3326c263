#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "assessment/wording.h"
#include "cli/input.h"
#include "cli/rulebook.h"
#include "cli/run.h"
#include "json/lint_writer.h"
#include "json/record_reader.h"
#include "program/graph.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(Looks for what loads and yet is hardly meant: states, transitions and branches that nothing reaches, rules that
can never be broken or that another one always speaks for, clauses that nothing cites, days without an edition,
rules without examples. With --over it is compiled over that rulebook, and what asks less than the rule that it
replaces is shown with a case.

A warning wants to be mended, a note wants to be known. The place is a JSON pointer into the one-text form
(cpconf rulebook bundle). --format sarif is SARIF 2.1.0, which code hosts show beside the file.

Examples:
  cpconf rulebook lint my-rulebook/
  cpconf rulebook lint hertfordshire --over england
  cpconf rulebook lint my-rulebook/ --format sarif)";

struct Options {
  std::string name;
  std::string over;
  std::string calendar;
  std::string format = "text";
};

/// Rules read each other's events, facts and states only when compiled: then every name has to mean something.
Result<Done> compiles(const Options& options) {
  ProgramOptions program;
  program.rulebook = options.over.empty() ? options.name : options.over;
  if (!options.over.empty()) program.layers.push_back(options.name);
  program.calendar = options.calendar;
  if (const auto compiled = load_program(program); !compiled) return about(options.name, compiled.error());
  return Done{};
}

std::vector<ExampleMark> marks_of(const std::vector<ExamplesFile>& files) {
  std::vector<ExampleMark> out;
  for (const auto& file : files)
    for (const auto& one : file.examples) out.push_back({one.rule, one.passes, file.name + "#" + one.place});
  return out;
}

Result<std::vector<Diagnostic>> look_at(const Options& options, const Rulebook& rulebook,
                                        const std::optional<Rulebook>& over) {
  const auto& vocabulary = embedded_vocabulary();
  auto out = lint(rulebook, vocabulary);
  const auto append = [&](const std::vector<Diagnostic>& found) { out.insert(out.end(), found.begin(), found.end()); };
  const auto files = load_examples(options.name);
  if (!files) return files.error();
  if (!files->empty()) append(lint_examples(rulebook, marks_of(*files)));
  if (over) {
    auto text = load_calendar(options.calendar.empty() ? rulebook.calendar : options.calendar, {});
    if (!text) return text.error();
    const auto calendar = Calendar::compile(std::move(*text));
    if (!calendar) return calendar.error();
    append(lint_layer(rulebook, *over, *calendar, vocabulary));
  }
  std::stable_sort(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) { return a.level > b.level; });
  return out;
}

std::string text_of(const Rulebook& rulebook, const std::vector<Diagnostic>& found) {
  std::string text;
  std::int64_t warnings = 0;
  for (const auto& one : found) {
    const bool warning = one.level == Diagnostic::Level::warning;
    warnings += warning ? 1 : 0;
    text.append(warning ? "warning" : "note").append("  ").append(one.check).append("  ").append(one.message);
    if (!one.clause.empty()) text.append("  [").append(one.clause).append("]");
    text.append("\n    at ").append(one.place).append("\n");
  }
  const auto notes = static_cast<std::int64_t>(found.size()) - warnings;
  return text + rulebook.name + ": " + counted(static_cast<std::int64_t>(rulebook.rules.size()), "rule", "rules") +
         ", " + counted(warnings, "warning", "warnings") + ", " + counted(notes, "note", "notes") + "\n";
}

/// The path under which a tool finds the rulebook's heading; empty for one that is compiled in.
std::string file_of(const std::string& name) {
  if (!looks_like_file(name)) return {};
  std::error_code failed;
  const std::filesystem::path path(name);
  return std::filesystem::is_directory(path, failed) ? (path / "rulebook.json").generic_string()
                                                     : path.generic_string();
}

/// Prints what lint has to say, the warnings first. A warning makes the status 1.
Result<Status> lint_rulebook(const Options& options) {
  const auto rulebook = load_rulebook(options.name);
  if (!rulebook) return rulebook.error();
  std::optional<Rulebook> over;
  if (!options.over.empty()) {
    auto below = load_rulebook(options.over);
    if (!below) return below.error();
    over = std::move(*below);
  }
  if (const auto done = compiles(options); !done) return done.error();
  const auto found = look_at(options, *rulebook, over);
  if (!found) return found.error();
  const Linted linted{&*rulebook, over ? &*over : nullptr, file_of(options.name)};
  if (options.format == "json")
    print(write_lint_json(linted, *found));
  else if (options.format == "sarif")
    print(write_lint_sarif(linted, *found));
  else
    print(text_of(*rulebook, *found));
  const bool warned = !found->empty() && found->front().level == Diagnostic::Level::warning;
  return warned ? Status::breach : Status::clean;
}

}  // namespace

void add_rulebook_lint(CLI::App& rulebook, Exit& exit) {
  auto* command =
      rulebook.add_subcommand("lint", "What the author of a rulebook may want to mend; status 1 for a warning");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  add_rulebook_argument(*command, "rulebook", options->name);
  command->add_option("--over", options->over, "The rulebook that it is to lie over: what it asks less is shown")
      ->type_name("NAME|FILE");
  command->add_option("--calendar", options->calendar, "In place of the calendar that the rulebook names")
      ->type_name("NAME|FILE");
  command->add_option("--format", options->format, "text, json or sarif")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  command->callback([options, &exit] {
    const auto status = lint_rulebook(*options);
    exit.status = status ? *status : refuse(status.error());
  });
}

}  // namespace cpc::cli
