#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "cli/input.h"
#include "cli/rulebook.h"
#include "program/dot.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(What is written is DOT, the language of Graphviz: dot -Tsvg draws it, one picture for each process and threshold tree.
Final states and outcomes have double circles. A transition names its event, [where] if only some rows of the event
count, [guard] if it depends on more than that row, and its clauses; a dashed one is derived: no clause states it.

Examples:
  cpconf rulebook graph hertfordshire --rule plan | dot -Tsvg > plan.svg
  cpconf rulebook graph my-rulebook.json > graphs.dot)";

struct Options {
  std::string name;
  std::string rule;
};

std::vector<std::string> ids_of_graphs(const Rulebook& rulebook) {
  std::vector<std::string> out;
  for (const auto& rule : rulebook.rules)
    if (has_graph(rule)) out.push_back(rule.id);
  return out;
}

Error no_graph(const Options& options, const Rulebook& rulebook) {
  for (const auto& rule : rulebook.rules)
    if (rule.id == options.rule)
      return {Code::argument,
              "the rule " + cpc::quoted(rule.id) + " is no process and no threshold tree: only these have a graph",
              {},
              {}};
  return unknown_word("process or threshold tree", options.rule, ids_of_graphs(rulebook));
}

Result<Done> graph(const Options& options) {
  const auto rulebook = load_rulebook(options.name);
  if (!rulebook) return rulebook.error();
  std::string out;
  for (const auto& rule : rulebook->rules)
    if (has_graph(rule) && (options.rule.empty() || rule.id == options.rule)) out += graph_in_dot(rule, rulebook->name);
  if (out.empty() && !options.rule.empty()) return no_graph(options, *rulebook);
  if (out.empty()) remark(rulebook->name + " has no process and no threshold tree: there is nothing to draw");
  print(out);
  return Done{};
}

}  // namespace

void add_rulebook_graph(CLI::App& parent, Exit& exit) {
  auto* command = parent.add_subcommand("graph", "Draw its processes and threshold trees, as DOT for Graphviz");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  command->add_option("rulebook", options->name, "A name, a file, or a folder with rulebook.json")
      ->required()
      ->type_name("NAME|FILE");
  command->add_option("--rule", options->rule, "Only the process or threshold tree of this id")->type_name("ID");
  command->callback([options, &exit] {
    if (const auto done = graph(*options); !done) exit.status = refuse(done.error());
  });
}

}  // namespace cpc::cli
