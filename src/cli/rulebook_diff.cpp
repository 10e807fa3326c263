#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/input.h"
#include "cli/rulebook.h"
#include "json/diff_writer.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "report/diff.h"
#include "rulebook/comparison.h"
#include "rulebook/diff.h"

namespace cpc::cli {
namespace {

constexpr const char* diff_footer =
    R"(Says how the first stands to the second in meaning, duty by duty: same, stricter, looser, different, or of one
alone. Limits are counted from every day of the calendar, conditions and threshold tests by every answer to their
questions; each difference comes with a case that shows it. Two limits are stricter or looser only where both
count from the same event. A threshold test is stricter where it is met on fewer answers. Rules of one duty that
only one has make it stricter there, or different where they weigh nothing.

Examples:
  cpconf rulebook diff hertfordshire england
  cpconf rulebook diff hertfordshire england --on 2010-06-01
  cpconf rulebook diff hertfordshire my-rulebook/ --format json)";

constexpr const char* compare_footer =
    R"(Worked out from the rules: when the threshold test is met, who decides, every limit, what is asked of categories
and where a plan ends, where a disagreement goes, what is asked of help beside a plan, and what each text calls those
who take part. A rule whose text has no number, or that nobody wrote, is not guessed at: "not covered". Without names:
every local rulebook that is compiled in, which is all but those that others lie over.

Examples:
  cpconf rulebook compare
  cpconf rulebook compare england hertfordshire my-rulebook/ --format json)";

struct Options {
  std::string here;
  std::string there;
  std::vector<std::string> names;
  std::string on;
  std::string calendar;
  std::string format = "text";
};

Result<Calendar> calendar_for(const std::string& name) {
  auto text = load_calendar(name, {});
  if (!text) return text.error();
  return Calendar::compile(std::move(*text));
}

/// Every name has to mean something: only a rulebook that compiles can be compared.
Result<Rulebook> load_whole(const std::string& name) {
  auto rulebook = load_rulebook(name);
  if (!rulebook) return rulebook.error();
  if (const auto program = load_program(*rulebook, {}); !program) return about(name, program.error());
  return rulebook;
}

Result<Done> print_diff(const Options& options) {
  const auto here = load_whole(options.here);
  if (!here) return here.error();
  const auto there = load_whole(options.there);
  if (!there) return there.error();
  std::optional<Day> on;
  if (!options.on.empty()) {
    const auto day = parse_day(options.on);
    if (!day) return about("--on", day.error());
    on = *day;
  }
  const auto calendar = calendar_for(options.calendar.empty() ? here->calendar : options.calendar);
  if (!calendar) return calendar.error();
  const auto duties = diff(*here, *there, on, *calendar, embedded_vocabulary());
  if (options.format == "json")
    print(write_diff_json({&*here, &*there, on, &*calendar}, duties, embedded_vocabulary()));
  else
    print(diff_text(*here, *there, duties));
  return Done{};
}

/// Whether others lie over it.
bool lies_below(const Rulebook& below, const std::vector<Rulebook>& books) {
  return std::any_of(books.begin(), books.end(), [&](const Rulebook& book) {
    return std::any_of(book.over.begin(), book.over.end(),
                       [&](const OverText& over) { return over.rulebook == below.name; });
  });
}

Result<Done> print_comparison(const Options& options) {
  const bool all = options.names.empty();
  std::vector<Rulebook> books;
  for (const auto& name : all ? embedded_rulebook_names() : options.names) {
    auto book = load_whole(name);
    if (!book) return book.error();
    books.push_back(std::move(*book));
  }
  std::vector<const Rulebook*> each;
  for (const auto& book : books)
    if (!all || !lies_below(book, books)) each.push_back(&book);
  const auto rows = compare_rulebooks(each, embedded_vocabulary());
  print(options.format == "json" ? write_comparison_json(each, rows) : comparison_text(each, rows));
  return Done{};
}

void add_format(CLI::App& command, Options& options) {
  command.add_option("--format", options.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

}  // namespace

void add_rulebook_diff(CLI::App& rulebook, Exit& exit) {
  auto* command = rulebook.add_subcommand("diff", "How one rulebook differs from another in what it asks");
  command->footer(diff_footer);
  auto options = std::make_shared<Options>();
  add_rulebook_argument(*command, "first", options->here);
  add_rulebook_argument(*command, "second", options->there);
  command->add_option("--on", options->on, "The editions in force on this day; by default the last of each")
      ->type_name("DATE");
  command->add_option("--calendar", options->calendar, "In place of the calendar that the first rulebook names")
      ->type_name("NAME|FILE");
  add_format(*command, *options);
  command->callback([options, &exit] {
    if (const auto done = print_diff(*options); !done) exit.status = refuse(done.error());
  });
}

void add_rulebook_compare(CLI::App& rulebook, Exit& exit) {
  auto* command = rulebook.add_subcommand(
      "compare", "Rulebooks side by side: test, decider, limits, categories, end of a plan, dissent, support");
  command->footer(compare_footer);
  auto options = std::make_shared<Options>();
  command
      ->add_option("rulebooks", options->names,
                   "Names, files, or folders with rulebook.json; by default the local ones")
      ->type_name("NAME|FILE");
  add_format(*command, *options);
  command->callback([options, &exit] {
    if (const auto done = print_comparison(*options); !done) exit.status = refuse(done.error());
  });
}

}  // namespace cpc::cli
