#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/findings.h"
#include "base/result.h"
#include "cli/commands.h"
#include "cli/lines.h"
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

/// How records are read, as options give it.
struct ReadingOptions {
  bool lenient = false;
  std::string not_recorded;
};

/// Adds --not-recorded and --lenient.
void add_reading_options(CLI::App& command, ReadingOptions& options);
/// Whether --not-recorded can be understood.
[[nodiscard]] Result<Done> check(const ReadingOptions& options);
[[nodiscard]] Result<Done> read_case(std::string_view text, const ReadingOptions& options, Record& record);
[[nodiscard]] Result<Done> read_case(const Line& line, const ReadingOptions& options, Record& record);

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
