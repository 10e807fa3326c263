#include "cli/run.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "cli/input.h"
#include "json/record_reader.h"

namespace cpc::cli {

void add_program_options(CLI::App& command, ProgramOptions& options) {
  command
      .add_option("--rulebook", options.rulebook,
                  "The rulebook: a name (see: cpconf rulebook list), a file or a folder")
      ->required()
      ->type_name("NAME|FILE");
  command.add_option("--layer", options.layers, "A rulebook that lies over it; later ones lie above")
      ->type_name("NAME|FILE")
      ->allow_extra_args(false);
  command
      .add_option("--calendar", options.calendar,
                  "Whose working days; by default those that the topmost rulebook is written for")
      ->type_name("NAME|FILE[#DIVISION]");
  command.add_option("--closures", options.closures, "Days on which the office was closed, laid over the calendar")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--known-at", options.known_at,
                  "Judge by what was recorded, and which holidays were announced, by then")
      ->type_name("DATE");
}

Result<std::shared_ptr<const Program>> load_program(const ProgramOptions& options) {
  const auto known_at = optional_moment_option("--known-at", options.known_at);
  if (!known_at) return known_at.error();
  std::vector<Rulebook> rulebooks;
  auto names = options.layers;
  names.insert(names.begin(), options.rulebook);
  for (const auto& name : names) {
    auto rulebook = load_rulebook(name);
    if (!rulebook) return rulebook.error();
    rulebooks.push_back(std::move(*rulebook));
  }
  auto text = load_calendar(options.calendar.empty() ? rulebooks.back().calendar : options.calendar, options.closures);
  if (!text) return text.error();
  const auto calendar = Calendar::compile(std::move(*text), *known_at ? std::optional((*known_at)->day) : std::nullopt);
  if (!calendar) return calendar.error();
  return compile(std::move(rulebooks), *calendar, embedded_vocabulary());
}

void add_reading_options(CLI::App& command, ReadingOptions& options) {
  command
      .add_option("--not-recorded", options.not_recorded,
                  "Events that this host does not keep: names with commas, or the JSON list of a record")
      ->type_name("LIST");
  command.add_flag("--lenient", options.lenient, "Take unknown words as findings, not as errors");
}

Result<Done> check(const ReadingOptions& options) {
  if (options.not_recorded.empty()) return Done{};
  Record probe;
  probe.vocabulary = &embedded_vocabulary();
  if (const auto added = add_not_recorded(options.not_recorded, probe); !added)
    return about("--not-recorded", added.error());
  return Done{};
}

Result<Done> read_case(std::string_view text, const ReadingOptions& options, Record& record) {
  record.clear();
  const auto reading = options.lenient ? Reading::lenient : Reading::strict;
  if (const auto done = read_record(text, reading, record); !done) return done;
  if (options.not_recorded.empty()) return Done{};
  return add_not_recorded(options.not_recorded, record);
}

Result<Done> read_case(const Line& line, const ReadingOptions& options, Record& record) {
  if (line.too_long) return Error{Code::input, "a line is at most " + std::to_string(longest_line) + " bytes", {}, {}};
  return read_case(line.text, options, record);
}

Status status_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::breach:
      return Status::breach;
    case Verdict::undetermined:
      return Status::undetermined;
    case Verdict::clean:
      break;
  }
  return Status::clean;
}

Status worse(Status a, Status b) {
  constexpr std::array order{Status::clean, Status::undetermined, Status::breach, Status::bad_input, Status::failed};
  return *std::max_element(order.begin(), order.end(), [&](Status x, Status y) {
    const auto weight = [&](Status s) {
      return s == a || s == b ? std::find(order.begin(), order.end(), s) - order.begin() : -1;
    };
    return weight(x) < weight(y);
  });
}

Progress::Progress(std::string what) : what_(std::move(what)), shown_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_ && count_ > 0) std::fputs("\r\033[K", stderr);
}

void Progress::count() {
  constexpr std::int64_t step = 500;
  if (++count_ % step == 0 && shown_) std::fprintf(stderr, "\r%lld %s", static_cast<long long>(count_), what_.c_str());
}

}  // namespace cpc::cli
