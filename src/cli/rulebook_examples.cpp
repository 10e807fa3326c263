#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "assessment/wording.h"
#include "cli/input.h"
#include "cli/rulebook.h"
#include "data/embedded.h"
#include "json/examples.h"

namespace cpc::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view examples_end = ".examples.json";

Result<Done> take(std::string name, std::string_view text, std::vector<ExamplesFile>& out) {
  auto read = read_examples(text);
  if (!read) return about(name, read.error());
  out.push_back({std::move(name), std::move(*read)});
  return Done{};
}

Result<Done> take_folder(const fs::path& folder, std::vector<ExamplesFile>& out) {
  std::vector<std::string> paths;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.path().string().ends_with(examples_end)) paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    const auto text = read_file(path);
    if (!text) return text.error();
    if (const auto done = take(fs::path(path).filename().string(), *text, out); !done) return done.error();
  }
  return Done{};
}

}  // namespace

Result<std::vector<ExamplesFile>> load_examples(const std::string& name) {
  std::vector<ExamplesFile> out;
  fs::path path(name);
  std::error_code failed;
  if (path.filename() == "rulebook.json") path = path.parent_path();
  if (fs::is_directory(path, failed)) {
    if (const auto done = take_folder(path, out); !done) return done.error();
    return out;
  }
  if (!looks_like_file(name)) {
    const auto folder = "rulebooks/" + name + "/";
    for (const auto& file : embedded_examples())
      if (file.name.starts_with(folder))
        if (const auto done = take(std::string(file.name.substr(folder.size())), file.text, out); !done)
          return done.error();
    return out;
  }
  const auto beside = fs::path(path).replace_extension().string() + std::string(examples_end);
  if (!fs::exists(beside, failed)) return out;
  const auto text = read_file(beside);
  if (!text) return text.error();
  if (const auto done = take(fs::path(beside).filename().string(), *text, out); !done) return done.error();
  return out;
}

namespace {

struct Options {
  std::string name;
  std::string rule;
  std::string calendar;
  std::string format = "text";
};

std::vector<std::string> ids_of(const Rulebook& rulebook) {
  std::vector<std::string> out;
  for (const auto& rule : rulebook.rules) out.push_back(rule.id);
  return out;
}

/// Runs the examples; prints those that do not hold. One that does not makes the status 1.
Result<Status> test_rulebook(const Options& options) {
  auto rulebook = load_rulebook(options.name);
  if (!rulebook) return rulebook.error();
  const auto program = load_program(*rulebook, options.calendar);
  if (!program) return about(options.name, program.error());
  const auto files = load_examples(options.name);
  if (!files) return files.error();
  std::int64_t held = 0, failed = 0;
  std::map<std::string_view, std::array<int, 2>> of_rule;
  for (const auto& rule : rulebook->rules)
    if (options.rule.empty() || rule.id == options.rule) of_rule[rule.id];
  if (of_rule.empty() && !options.rule.empty()) return unknown_word("rule", options.rule, ids_of(*rulebook));
  for (const auto& file : *files)
    for (const auto& example : file.examples) {
      if (!options.rule.empty() && example.rule != options.rule) continue;
      if (const auto rule = of_rule.find(example.rule); rule != of_rule.end()) ++rule->second[example.passes ? 0 : 1];
      const auto problems = check_example(*program, example);
      ++(problems.empty() ? held : failed);
      if (problems.empty()) continue;
      print("FAILED  " + example.rule + ": " + example.name + "\n    at " + file.name + " " + example.place +
            "\n    because: " + example.because + "\n");
      for (const auto& problem : problems) print("  " + problem + "\n");
    }
  std::int64_t bare = 0;
  for (const auto& [rule, count] : of_rule) {
    if (count[0] > 0 && count[1] > 0) continue;
    ++bare;
    const auto missing = count[0] + count[1] == 0 ? "no example that passes and none that fails"
                         : count[0] > 0           ? "no example that fails"
                                                  : "no example that passes";
    print("MISSING  " + std::string(rule) + ": " + missing + "\n");
  }
  print(rulebook->name + ": " + std::to_string(held) + " examples hold, " + std::to_string(failed) + " fail, " +
        counted(bare, "rule", "rules") + " without both kinds\n");
  return failed > 0 || bare > 0 ? Status::breach : Status::clean;
}

/// What is known of one clause of a source.
struct Coverage {
  std::vector<std::string> rules;
  std::string context;
  int passing = 0;
  int failing = 0;
  [[nodiscard]] bool covered() const { return !context.empty() || (!rules.empty() && passing > 0 && failing > 0); }
};

struct Clauses {
  std::vector<std::string> order;
  std::map<std::string, Coverage, std::less<>> of;
  Coverage& operator[](const std::string& clause) {
    const auto [at, added] = of.try_emplace(clause);
    if (added) order.push_back(clause);
    return at->second;
  }
};

Clauses clauses_of(const Rulebook& rulebook, const std::vector<ExamplesFile>& files) {
  Clauses out;
  for (const auto& source : rulebook.sources)
    for (const auto& clause : source.clauses) out[clause];
  for (const auto& rule : rulebook.rules)
    for (const auto& clause : cited_by(rule)) {
      auto& rules = out[clause].rules;
      if (std::find(rules.begin(), rules.end(), rule.id) == rules.end()) rules.push_back(rule.id);
    }
  for (const auto& context : rulebook.context) out[context.clause].context = context.reason;
  for (const auto& file : files)
    for (const auto& example : file.examples)
      for (const auto& clause : example.shows) {
        auto& coverage = out[clause];
        ++(example.passes ? coverage.passing : coverage.failing);
      }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

std::string_view word_of(const Coverage& one) {
  return !one.context.empty() ? "context" : one.rules.empty() ? "missing" : "rule";
}

/// The fields of one clause: id, word, rules or reason, passing and failing examples.
std::string tsv_line(const std::string& clause, const Coverage& one) {
  std::string out = clause;
  out.append("\t").append(word_of(one)).append("\t");
  out.append(one.context.empty() ? joined(one.rules) : one.context);
  out.append("\t").append(std::to_string(one.passing)).append("\t").append(std::to_string(one.failing));
  return out.append("\n");
}

std::string text_line(const std::string& clause, const Coverage& one) {
  std::string out = clause;
  out.append("  ").append(word_of(one));
  if (!one.context.empty()) return out.append("  ").append(one.context).append("\n");
  if (!one.rules.empty()) out.append("  ").append(joined(one.rules));
  out.append("  (").append(std::to_string(one.passing)).append(" passing, ");
  out.append(std::to_string(one.failing)).append(" failing");
  return out.append(one.covered() ? ")\n" : ": NOT COVERED)\n");
}

/// Prints a line each clause. One that is neither shown both ways nor set aside makes the status 1.
Result<Status> list_clauses(const Options& options) {
  const auto rulebook = load_rulebook(options.name);
  if (!rulebook) return rulebook.error();
  const auto files = load_examples(options.name);
  if (!files) return files.error();
  const auto clauses = clauses_of(*rulebook, *files);
  for (const auto& clause : clauses.order) {
    const auto& one = clauses.of.find(clause)->second;
    print(options.format == "tsv" ? tsv_line(clause, one) : text_line(clause, one));
  }
  const auto extent = extent_of(*rulebook, *files);
  if (options.format == "text")
    print(rulebook->name + ": " + counted(extent.clauses, "clause", "clauses") + ", " +
          std::to_string(extent.set_aside) + " set aside, " + std::to_string(extent.not_covered) + " not covered\n");
  return extent.not_covered > 0 ? Status::breach : Status::clean;
}

void add_test(CLI::App& parent, Exit& exit) {
  auto* command = parent.add_subcommand(
      "test", "Run the examples beside a rulebook; status 1 where one does not hold or a rule lacks one");
  auto options = std::make_shared<Options>();
  add_rulebook_argument(*command, "rulebook", options->name);
  command->add_option("--rule", options->rule, "Only those of this rule")->type_name("ID");
  command->add_option("--calendar", options->calendar, "In place of the calendar that the rulebook names")
      ->type_name("NAME|FILE");
  command->callback([options, &exit] {
    const auto status = test_rulebook(*options);
    exit.status = status ? *status : refuse(status.error());
  });
}

void add_clauses(CLI::App& parent, Exit& exit) {
  auto* command = parent.add_subcommand(
      "clauses", "Every clause, the rules that cite it and the examples that show it; status 1 where one has none");
  auto options = std::make_shared<Options>();
  add_rulebook_argument(*command, "rulebook", options->name);
  command->add_option("--format", options->format, "text or tsv")
      ->check(CLI::IsMember({"text", "tsv"}))
      ->capture_default_str();
  command->callback([options, &exit] {
    const auto status = list_clauses(*options);
    exit.status = status ? *status : refuse(status.error());
  });
}

}  // namespace

Extent extent_of(const Rulebook& rulebook, const std::vector<ExamplesFile>& files) {
  const auto clauses = clauses_of(rulebook, files);
  Extent out;
  out.clauses = static_cast<std::int64_t>(clauses.order.size());
  for (const auto& [clause, coverage] : clauses.of) {
    out.not_covered += coverage.covered() ? 0 : 1;
    out.set_aside += coverage.context.empty() ? 0 : 1;
  }
  for (const auto& file : files) out.examples += static_cast<std::int64_t>(file.examples.size());
  return out;
}

void add_rulebook_examples(CLI::App& rulebook, Exit& exit) {
  add_test(rulebook, exit);
  add_clauses(rulebook, exit);
}

}  // namespace cpc::cli
