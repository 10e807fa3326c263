#pragma once
#include <CLI/CLI.hpp>

namespace cpc::cli {

/// What the process ends with (see --help).
enum class Status : int { clean = 0, breach = 1, bad_input = 2, failed = 3, undetermined = 4 };

/// Where a subcommand leaves its exit status.
struct Exit {
  Status status = Status::clean;
};

/// One file a subcommand: each adds itself to the command, and runs in the callback of its CLI::App.
void add_assess(CLI::App& app, Exit& exit);
void add_threshold(CLI::App& app, Exit& exit);
void add_deadline(CLI::App& app, Exit& exit);
void add_census(CLI::App& app, Exit& exit);
void add_timetable(CLI::App& app, Exit& exit);
void add_plans(CLI::App& app, Exit& exit);
void add_rulebook(CLI::App& app, Exit& exit);
void add_schema(CLI::App& app, Exit& exit);
void add_vocabulary(CLI::App& app, Exit& exit);

}  // namespace cpc::cli
