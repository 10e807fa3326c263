#include <cstdio>
#include <exception>
#include <string>

#include "cli/commands.h"

namespace {

constexpr const char* footer = R"(Examples:
  cpconf assess case.json --rulebook hertfordshire --as-of 2026-11-22
  cpconf deadline --from 2026-03-19 --within "15 working_days"
  cpconf rulebook list

Exit status: 0 nothing to report; 1 a finding of the weight of a breach; 4 none, but a rule of that weight
lacks a fact that is kept; 2 bad usage or input; 3 the tool failed.
What it prints are checks of the record, not of anyone's practice; the decision is the chair's.)";

int run(int count, char** arguments) {
  CLI::App app{
      "Checks the record of a child protection case against a rulebook: what is due when, what was late,\n"
      "what is missing or out of order, each with the clause it rests on.",
      "cpconf"};
  app.footer(footer);
  app.set_version_flag("--version", "cpconf " CPC_VERSION);
  app.require_subcommand(1);
  cpc::cli::Exit exit;
  cpc::cli::add_assess(app, exit);
  cpc::cli::add_threshold(app, exit);
  cpc::cli::add_deadline(app, exit);
  cpc::cli::add_census(app, exit);
  cpc::cli::add_timetable(app, exit);
  cpc::cli::add_plans(app, exit);
  cpc::cli::add_rulebook(app, exit);
  cpc::cli::add_schema(app, exit);
  cpc::cli::add_vocabulary(app, exit);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::fprintf(stderr, "cpconf: %s\nRun with --help for what is expected.\n", error.what());
    return static_cast<int>(cpc::cli::Status::bad_input);
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    std::fputs("cpconf: the output could not be written\n", stderr);
    return static_cast<int>(cpc::cli::Status::failed);
  }
  return static_cast<int>(exit.status);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::bad_alloc&) {
    std::fputs("cpconf: out of memory\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cpconf: a bug: %s\n", error.what());
  }
  return static_cast<int>(cpc::cli::Status::failed);
}
