#pragma once
#include <memory>
#include <string>
#include <vector>

#include "assessment/findings.h"
#include "base/result.h"
#include "cli/commands.h"
#include "program/program.h"

namespace cpc::cli {

/// What a program is made of, as options give it.
struct ProgramOptions {
  std::string rulebook;
  std::vector<std::string> layers;
  std::string calendar;  ///< Empty: the one that the topmost rulebook is written for.
  std::vector<std::string> closures;
  std::string known_at;
};

/// Adds --rulebook, --layer, --calendar, --closures and --known-at.
void add_program_options(CLI::App& command, ProgramOptions& options);
[[nodiscard]] Result<std::shared_ptr<const Program>> load_program(const ProgramOptions& options);

[[nodiscard]] Status status_of(Verdict verdict);
/// Of many: bad input before a breach before what is undetermined.
[[nodiscard]] Status worse(Status a, Status b);

/// A count on a terminal while long work runs; silent where standard error is no terminal.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void count();

 private:
  std::string what_;
  bool shown_;
  std::int64_t count_ = 0;
};

}  // namespace cpc::cli
