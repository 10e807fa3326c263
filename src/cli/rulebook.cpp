#include <memory>
#include <string>
#include <vector>

#include "assessment/findings.h"
#include "assessment/wording.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/rulebook.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "rulebook/formula.h"

namespace cpc::cli {
namespace {

constexpr const char* footer = R"(A rulebook is one of those compiled in, by its name, or a file of your own.

Examples:
  cpconf rulebook list
  cpconf rulebook show hertfordshire
  cpconf rulebook lint my-rulebook.json --over england
  cpconf rulebook diff hertfordshire england
  cpconf rulebook compare england hertfordshire
  cpconf rulebook facts hertfordshire)";

std::string days_in_force(Day from, Day to) {
  const bool begins = first_supported_day <= from, ends = to <= last_supported_day;
  if (!begins && !ends) return "always";
  return (begins ? "from " + to_string(from) : std::string()) + (begins && ends ? " " : "") +
         (ends ? "to " + to_string(to) : std::string());
}

std::string gist(const RuleText& rule) {
  switch (rule.type) {
    case RuleText::Type::timescale: {
      const auto limit = limit_text(rule);
      return limit.empty() ? "no limit: the days taken are reported" : limit + (rule.repeats ? "; repeats" : "");
    }
    case RuleText::Type::process: {
      std::vector<std::string> states;
      for (const auto& state : rule.states) states.push_back(spelled(state));
      return listed(states);
    }
    case RuleText::Type::threshold:
      return counted(static_cast<std::int64_t>(rule.nodes.size()), "question", "questions");
    default:
      return rule.say;
  }
}

std::string rule_line(const RuleText& rule, const Rulebook& rulebook) {
  auto text = "  " + rule.id + "  (" + std::string(word_of(rule.type)) + ", " + std::string(to_string(rule.modality)) +
              ", " + std::string(to_string(rule.severity)) + ")  " + listed(rule.cites) + "\n";
  if (const auto what = gist(rule); !what.empty()) text += "      " + what + "\n";
  const auto days = days_in_force(rule.in_force_from, rule.in_force_to);
  if (days != "always" && days != days_in_force(rulebook.in_force_from, rulebook.in_force_to))
    text += "      in force " + days + "\n";
  return text + "      duty: " + rule.duty + (rule.checked ? "" : "; not verified") + "\n";
}

std::string show_text(const Rulebook& rulebook) {
  auto text = rulebook.title + "\n" + rulebook.name + ", edition " + rulebook.edition + ", in force " +
              days_in_force(rulebook.in_force_from, rulebook.in_force_to) + ", calendar " + rulebook.calendar + "\n";
  for (const auto& source : rulebook.sources)
    text += "source " + source.id + ": " + source.title +
            (source.checked.empty() ? ", not checked" : ", checked " + source.checked) + "\n";
  for (const auto& over : rulebook.over)
    text += "over " + over.rulebook + "/" + over.rule + ": " +
            (over.by.empty() ? "disabled" : "replaced by " + over.by) + " (" + over.reason + ")\n";
  const std::string* section = nullptr;
  for (const auto& rule : rulebook.rules) {
    if (!section || *section != rule.section) text += "\nSection " + rule.section + "\n";
    section = &rule.section;
    text += rule_line(rule, rulebook);
  }
  if (!rulebook.context.empty()) text += "\nClauses that nothing recorded depends on\n";
  for (const auto& context : rulebook.context) text += "  " + context.clause + ": " + context.reason + "\n";
  return text;
}

Result<Done> list() {
  for (const auto& name : embedded_rulebook_names()) {
    const auto rulebook = embedded_rulebook(name, embedded_vocabulary());
    if (!rulebook) return about(name, rulebook.error());
    const auto files = load_examples(name);
    if (!files) return files.error();
    const auto extent = extent_of(*rulebook, *files);
    print(name + "  edition " + rulebook->edition + ", in force " +
          days_in_force(rulebook->in_force_from, rulebook->in_force_to) + "\n  " + rulebook->title + "\n  " +
          counted(extent.clauses, "clause", "clauses") + " (" + std::to_string(extent.set_aside) + " set aside), " +
          counted(static_cast<std::int64_t>(rulebook->rules.size()), "rule", "rules") + ", " +
          counted(extent.examples, "example", "examples") + "\n");
  }
  return Done{};
}

Result<Done> show(const std::string& name, const std::string& format) {
  if (format == "json") {
    const auto text = load_rulebook_text(name);
    if (!text) return text.error();
    print(*text);
    return Done{};
  }
  const auto rulebook = load_rulebook(name);
  if (!rulebook) return rulebook.error();
  print(show_text(*rulebook));
  return Done{};
}

Result<Done> bundle(const std::string& folder) {
  const auto text = load_rulebook_text(folder);
  if (!text) return text.error();
  if (const auto read = read_rulebook(*text, embedded_vocabulary()); !read) return about(folder, read.error());
  print(*text);
  return Done{};
}

struct Options {
  std::string name;
  std::string format = "text";
};

void add_list(CLI::App& parent, Exit& exit) {
  auto* command = parent.add_subcommand("list", "The rulebooks compiled in");
  command->callback([&exit] {
    if (const auto done = list(); !done) exit.status = refuse(done.error());
  });
}

void add_show(CLI::App& parent, Exit& exit) {
  auto* command = parent.add_subcommand("show", "The rules of one rulebook, each with its clauses");
  auto options = std::make_shared<Options>();
  add_rulebook_argument(*command, "rulebook", options->name);
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([options, &exit] {
    if (const auto done = show(options->name, options->format); !done) exit.status = refuse(done.error());
  });
}

void add_bundle(CLI::App& parent, Exit& exit) {
  auto* command = parent.add_subcommand("bundle", "Write a rulebook of several files as one text");
  auto options = std::make_shared<Options>();
  command->add_option("folder", options->name, "The folder with rulebook.json and its sections")
      ->required()
      ->type_name("DIR");
  command->callback([options, &exit] {
    if (const auto done = bundle(options->name); !done) exit.status = refuse(done.error());
  });
}

}  // namespace

void add_rulebook_argument(CLI::App& command, const std::string& name, std::string& value) {
  command.add_option(name, value, "A name, a file, or a folder with rulebook.json")->required()->type_name("NAME|FILE");
}

void add_rulebook(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("rulebook", "List, show, check, test, compare and bundle rulebooks");
  command->footer(footer);
  command->require_subcommand(1);
  add_list(*command, exit);
  add_show(*command, exit);
  add_rulebook_lint(*command, exit);
  add_rulebook_examples(*command, exit);
  add_rulebook_facts(*command, exit);
  add_rulebook_diff(*command, exit);
  add_rulebook_compare(*command, exit);
  add_rulebook_graph(*command, exit);
  add_bundle(*command, exit);
}

}  // namespace cpc::cli
