#include "cli/input.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "assessment/wording.h"
#include "base/text.h"
#include "json/calendar_reader.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"

namespace cpc::cli {
namespace {

Result<CalendarText> named_calendar(const std::string& name) {
  auto calendar = embedded_calendar(name);
  if (calendar) return calendar;
  auto error = calendar.error();
  error.message += "; there are: " + listed(embedded_calendar_names());
  return error;
}

Result<std::string> bundle_folder(const std::filesystem::path& folder) {
  const auto heading = read_file((folder / "rulebook.json").string());
  if (!heading) return heading.error();
  return bundle_rulebook(*heading, [&](std::string_view name) -> std::optional<std::string> {
    if (name.find_first_of("/\\") != std::string_view::npos) return std::nullopt;
    auto text = read_file((folder / name).string());
    if (!text) return std::nullopt;
    return std::move(*text);
  });
}

}  // namespace

bool looks_like_file(const std::string& text) {
  return text.find_first_of("/\\.") != std::string::npos || std::filesystem::exists(text);
}

Result<std::string> read_file(const std::string& path) {
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed))
    return Error{Code::not_found, path + " is a folder; a file is expected", {}, {}};
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{Code::not_found, "there is no file " + path + " that can be read", {}, {}};
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return Error{Code::not_found, path + " could not be read to its end", {}, {}};
  return text;
}

Result<CalendarText> load_calendar(const std::string& name_or_file, const std::vector<std::string>& closures) {
  const auto hash = name_or_file.rfind('#');
  const auto file = name_or_file.substr(0, hash);
  const auto division = hash == std::string::npos ? std::string() : name_or_file.substr(hash + 1);
  auto calendar = [&]() -> Result<CalendarText> {
    if (hash == std::string::npos && !looks_like_file(file)) return named_calendar(name_or_file);
    const auto text = read_file(file);
    if (!text) return text.error();
    auto read = read_calendar(*text, division);
    if (!read) return about(file, read.error());
    return read;
  }();
  for (const auto& path : closures) {
    if (!calendar) return calendar;
    const auto text = read_file(path);
    if (!text) return text.error();
    calendar = with_closures(std::move(*calendar), *text);
    if (!calendar) return about(path, calendar.error());
  }
  return calendar;
}

Result<std::string> load_rulebook_text(const std::string& name_or_file) {
  if (!looks_like_file(name_or_file)) return bundle_embedded(name_or_file);
  const std::filesystem::path path(name_or_file);
  std::error_code failed;
  if (std::filesystem::is_directory(path, failed)) return bundle_folder(path);
  if (path.filename() != "rulebook.json") return read_file(name_or_file);
  auto bundle = bundle_folder(path.parent_path());
  // The one-text form may bear that name too: its sections are no names of files.
  return bundle ? bundle : read_file(name_or_file);
}

Result<Rulebook> load_rulebook(const std::string& name_or_file) {
  const auto text = load_rulebook_text(name_or_file);
  if (!text) return text.error();
  auto rulebook = read_rulebook(*text, embedded_vocabulary());
  if (!rulebook) return about(name_or_file, rulebook.error());
  return rulebook;
}

Result<std::shared_ptr<const Program>> load_program(Rulebook rulebook, const std::string& calendar_name) {
  auto text = load_calendar(calendar_name.empty() ? rulebook.calendar : calendar_name, {});
  if (!text) return text.error();
  const auto calendar = Calendar::compile(std::move(*text), std::nullopt);
  if (!calendar) return calendar.error();
  std::vector<Rulebook> alone;
  alone.push_back(std::move(rulebook));
  return compile(std::move(alone), *calendar, embedded_vocabulary());
}

Result<Moment> moment_option(std::string_view option, const std::string& text) {
  auto moment = parse_moment(text);
  if (!moment) return about(option, moment.error());
  return moment;
}

Result<std::optional<Moment>> optional_moment_option(std::string_view option, const std::string& text) {
  if (text.empty()) return std::optional<Moment>();
  const auto moment = moment_option(option, text);
  if (!moment) return moment.error();
  return std::optional<Moment>(*moment);
}

Error unknown_word(std::string_view what, std::string_view word, const std::vector<std::string>& known) {
  const auto near = nearest(word, known);
  return {Code::argument,
          "there is no " + std::string(what) + " " + quoted(word) +
              (near.empty() ? std::string() : "; did you mean " + std::string(near) + "?"),
          {},
          {}};
}

Status refuse(const Error& error) {
  remark(error.text());
  return error.code == Code::failed || error.code == Code::no_memory ? Status::failed : Status::bad_input;
}

void remark(std::string_view text) {
  std::fprintf(stderr, "cpconf: %.*s\n", static_cast<int>(text.size()), text.data());
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

Error about(std::string_view what, Error error) {
  error.message = std::string(what) + ": " + error.message;
  return error;
}

}  // namespace cpc::cli
