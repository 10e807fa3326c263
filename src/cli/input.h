#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/commands.h"
#include "date/calendar.h"
#include "date/moment.h"
#include "program/program.h"
#include "rulebook/rulebook.h"

namespace cpc::cli {

/// Whether an argument means a file or folder rather than a name: names are words, and what exists is meant.
[[nodiscard]] bool looks_like_file(const std::string& text);

/// The bytes of a file. The error's message names the file.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

/// A calendar by its name, or from a file: `FILE` or `FILE#division`, with layers of closures over it.
[[nodiscard]] Result<CalendarText> load_calendar(const std::string& name_or_file,
                                                 const std::vector<std::string>& closures);

/// The one-text form of a rulebook: by its name, from a file, or from a folder that holds rulebook.json.
[[nodiscard]] Result<std::string> load_rulebook_text(const std::string& name_or_file);
[[nodiscard]] Result<Rulebook> load_rulebook(const std::string& name_or_file);

/// One rulebook compiled alone, with the calendar that it names or another one.
[[nodiscard]] Result<std::shared_ptr<const Program>> load_program(Rulebook rulebook, const std::string& calendar_name);

/// A moment given as the option `option`.
[[nodiscard]] Result<Moment> moment_option(std::string_view option, const std::string& text);
[[nodiscard]] Result<std::optional<Moment>> optional_moment_option(std::string_view option, const std::string& text);

/// "there is no event 'x'; did you mean y?"
[[nodiscard]] Error unknown_word(std::string_view what, std::string_view word, const std::vector<std::string>& known);

/// Says on standard error what went wrong, and the status for it.
[[nodiscard]] Status refuse(const Error& error);
/// A line on standard error beside the answer.
void remark(std::string_view text);
void print(std::string_view text);

/// The same error, its message beginning with the file or option it is about.
[[nodiscard]] Error about(std::string_view what, Error error);

}  // namespace cpc::cli
