#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "cli/input.h"
#include "data/embedded.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(What the documents look like that cpconf reads and writes, as JSON Schema (draft 7). An editor that is given one
completes keys, explains them and marks mistakes as you write. Most editors take it from the document: print it into a
file beside that, and name the file there: "$schema": "rulebook.schema.json".

Examples:
  cpconf schema
  cpconf schema rulebook
  cpconf schema examples)";

constexpr std::string_view folder = "schemas/";
constexpr std::string_view ending = ".schema.json";

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& file : embedded_files())
    if (file.name.starts_with(folder) && file.name.ends_with(ending))
      out.emplace_back(file.name.substr(folder.size(), file.name.size() - folder.size() - ending.size()));
  return out;
}

}  // namespace

void add_schema(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("schema", "Print a JSON Schema, for an editor that checks as you write");
  command->footer(footer);
  auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "Which document; without it they are listed")->type_name("NAME");
  command->callback([name, &exit] {
    if (name->empty()) {
      std::string text;
      for (const auto& one : names()) text += one + '\n';
      return print(text);
    }
    const auto text = embedded(std::string(folder).append(*name).append(ending));
    if (text.empty())
      exit.status = refuse(unknown_word("schema", *name, names()));
    else
      print(text);
  });
}

}  // namespace cpc::cli
