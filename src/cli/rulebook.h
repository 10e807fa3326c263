#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/commands.h"
#include "json/examples.h"
#include "rulebook/rulebook.h"

namespace cpc::cli {

/// The subcommands of `rulebook`, a file each; list, show and bundle are in rulebook.cpp.
void add_rulebook_lint(CLI::App& rulebook, Exit& exit);
/// `test` and `clauses`: what the examples beside a rulebook show.
void add_rulebook_examples(CLI::App& rulebook, Exit& exit);
void add_rulebook_facts(CLI::App& rulebook, Exit& exit);
void add_rulebook_diff(CLI::App& rulebook, Exit& exit);
void add_rulebook_compare(CLI::App& rulebook, Exit& exit);
/// Its processes and threshold trees in DOT.
void add_rulebook_graph(CLI::App& rulebook, Exit& exit);

/// A positional argument that means a rulebook.
void add_rulebook_argument(CLI::App& command, const std::string& name, std::string& value);

/// A file of examples: the name that messages give it, and what is in it.
struct ExamplesFile {
  std::string name;
  std::vector<Example> examples;
};
/// The examples beside a rulebook: of one compiled in, by its name; of a folder; of a file `x.json`, `x.examples.json`.
[[nodiscard]] Result<std::vector<ExamplesFile>> load_examples(const std::string& name);

/// How much there is to a rulebook.
struct Extent {
  std::int64_t clauses = 0;      ///< Of its sources, as far as they are listed or cited.
  std::int64_t set_aside = 0;    ///< Nothing recorded depends on them: `context`.
  std::int64_t not_covered = 0;  ///< Neither set aside nor shown both ways.
  std::int64_t examples = 0;
};
[[nodiscard]] Extent extent_of(const Rulebook& rulebook, const std::vector<ExamplesFile>& files);

}  // namespace cpc::cli
