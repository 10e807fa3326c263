#include "census/census.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>

#include "census/output.h"
#include "cli/input.h"
#include "cli/run.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(Reads a children-in-need census as a stream: files of any size, a child at a time. Every child becomes a record
and is assessed under the rulebook; the figures are counted by the dates of the file alone.
  england/initial-conference  a limit of the rulebook that was not met, by how much, and its clause
  census/...                  a check of dates that no rulebook speaks of; clauses CIN-8875 and the like are the numbers
                              of the census's own rules
A review due before the census year is undetermined unless the file holds it. With --output the file appears, whole,
when all is done.

Examples:
  cpconf census return.xml
  cpconf census return.xml --summary
  cpconf census return.xml --format csv --output findings.csv
  cpconf census return.xml --rulebook hertfordshire --as-of 2025-03-31 --format json

Exit status: 0 nothing to report; 1 a finding of the weight of a breach; 4 none, but a rule of that weight
lacks a fact that a census holds; 2 bad usage, or a file that could not be read to its end; 3 the tool failed.)";

struct Options {
  std::string input;
  ProgramOptions program;
  std::string as_of;
  std::string format = "text";
  std::string output;
  bool summary = false;
};

/// A file that is there whole or not at all: written beside its name and renamed at the end.
class Output {
 public:
  explicit Output(std::string path)
      : path_(std::move(path)),
        part_(path_ + ".part-" + std::to_string(getpid())),
        file_(std::fopen(part_.c_str(), "wb")) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() {
    if (file_ == nullptr) return;
    std::fclose(file_);
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
  }
  [[nodiscard]] std::FILE* file() const { return file_; }
  [[nodiscard]] bool keep() {
    const bool written = std::ferror(file_) == 0;
    const bool closed = std::fclose(file_) == 0;
    file_ = nullptr;
    std::error_code error;
    if (written && closed) std::filesystem::rename(part_, path_, error);
    if (written && closed && !error) return true;
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
    return false;
  }

 private:
  std::string path_;
  std::string part_;
  std::FILE* file_;
};

struct Close {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using Input = std::unique_ptr<std::FILE, Close>;

CensusFormat format_of(const std::string& name) {
  return name == "json" ? CensusFormat::json : name == "csv" ? CensusFormat::csv : CensusFormat::text;
}

CensusSource source_of(std::FILE* file) {
  return [file](char* to, std::size_t size) -> std::ptrdiff_t {
    const std::size_t got = std::fread(to, 1, size, file);
    return got == 0 && std::ferror(file) != 0 ? -1 : static_cast<std::ptrdiff_t>(got);
  };
}

Result<CensusTotals> report(const Options& options, std::FILE* in, std::FILE* out) {
  CensusOptions census;
  census.summary = options.summary;
  if (!options.as_of.empty()) {
    const auto as_of = moment_option("--as-of", options.as_of);
    if (!as_of) return as_of.error();
    if (as_of->has_time())
      return Error{Code::argument, "--as-of: a census is judged as of a day, without a time", {}, {}};
    census.as_of = as_of->day;
  }
  auto program = load_program(options.program);
  if (!program) return program.error();
  Progress progress("children");
  census.progress = [&] { progress.count(); };
  const auto writer = census_writer(
      format_of(options.format), [out](std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), out); },
      CPC_VERSION);
  auto totals = run_census(source_of(in), std::move(*program), census, *writer);
  return totals ? std::move(totals) : about(options.input, totals.error());
}

Result<Status> answer(const Options& options) {
  if (options.summary && options.format == "csv")
    return Error{Code::argument, "--summary has no findings, which is all that csv holds: choose text or json", {}, {}};
  const Input in{options.input == "-" ? stdin : std::fopen(options.input.c_str(), "rb")};
  if (!in) return Error{Code::not_found, options.input + ": cannot be read: " + std::strerror(errno), {}, {}};
  std::optional<Output> output;
  if (!options.output.empty()) {
    output.emplace(options.output);
    if (output->file() == nullptr)
      return Error{Code::argument, options.output + ": cannot be written: " + std::strerror(errno), {}, {}};
  }
  const auto totals = report(options, in.get(), output ? output->file() : stdout);
  if (!totals) return totals.error();
  if (output && !output->keep()) return Error{Code::failed, options.output + ": could not be written", {}, {}};
  if (!totals->complete) {
    remark(options.input + ": " + totals->stopped->text() + "; the children before that were read");
    return Status::bad_input;
  }
  return status_of(totals->verdict);
}

}  // namespace

void add_census(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("census", "Check a children-in-need census: figures, and findings by child");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  options->program.rulebook = "england";
  command->add_option("file", options->input, "The census file, or - for standard input")
      ->required()
      ->type_name("FILE.xml|-");
  add_program_options(*command, options->program);
  command->get_option("--rulebook")->required(false)->capture_default_str();
  command->remove_option(command->get_option("--known-at"));
  command->add_option("--as-of", options->as_of, "The day to judge from; by default the reference date of the file")
      ->type_name("DATE");
  command->add_option("--format", options->format, "text, json or csv")
      ->check(CLI::IsMember({"text", "json", "csv"}))
      ->capture_default_str();
  command->add_flag("--summary", options->summary, "Figures and counts alone, without findings");
  command->add_option("--output", options->output, "Write to this file; it appears when all is done")
      ->type_name("FILE");
  command->callback([options, &exit] {
    const auto status = answer(*options);
    exit.status = status ? *status : refuse(status.error());
  });
}

}  // namespace cpc::cli
