#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <deque>
#include <utility>

#include "base/text.h"
#include "data/embedded.h"
#include "json/parse.h"
#include "json/rulebook_reader.h"

namespace cpc {
namespace {

constexpr std::string_view folder = "rulebooks/";
constexpr std::string_view heading_name = "/rulebook.json";

/// Finds where the array `sections` of the root object begins and ends.
struct SectionsFinder : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, SectionsFinder> {
  explicit SectionsFinder(const rapidjson::MemoryStream& from) : stream(from) {}
  const rapidjson::MemoryStream& stream;
  int depth = 0;
  bool next = false;
  bool inside = false;
  std::size_t begin = 0;
  std::size_t end = 0;

  bool Key(const char* text, rapidjson::SizeType size, bool) {
    next = depth == 1 && std::string_view(text, size) == "sections";
    return true;
  }
  bool StartObject() { return ++depth, true; }
  bool EndObject(rapidjson::SizeType) { return --depth, true; }
  bool StartArray() {
    if (next && depth == 1) begin = stream.Tell(), inside = true;
    next = false;
    return ++depth, true;
  }
  bool EndArray(rapidjson::SizeType) {
    if (--depth == 1 && inside) end = stream.Tell(), inside = false;
    return true;
  }
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

Error in_file(Error error, std::string_view file) {
  error.message = std::string(file) + ": " + error.message;
  return error;
}

Error of_heading(std::string message, std::string place) {
  return in_file(Error{Code::rulebook, std::move(message), std::move(place), {}}, "rulebook.json");
}

/// Finds the sections that the heading names. `section` gives the text of a name, or an error.
template <class Section>
Result<RulebookFiles> files_of(std::string_view heading, const Section& section) {
  RulebookFiles files;
  files.heading = without_mark(heading);
  const auto document = parse_document(files.heading);
  if (!document) return in_file(document.error(), "rulebook.json");
  if (!document->IsObject()) return of_heading("an object is expected here", "");
  const auto sections = document->FindMember("sections");
  if (sections == document->MemberEnd() || !sections->value.IsArray())
    return of_heading("the array 'sections' is missing", "");

  const Place sections_place("/sections");
  for (rapidjson::SizeType i = 0; i < sections->value.Size(); ++i) {
    const auto place = Place(sections_place, i).text();
    if (!sections->value[i].IsString()) return of_heading("the name of a section's file is expected here", place);
    const Result<std::string_view> text = section(text_of(sections->value[i]), place);
    if (!text) return text.error();
    files.sections.push_back(trimmed(without_mark(*text)));
  }
  rapidjson::MemoryStream stream(files.heading.data(), files.heading.size());
  SectionsFinder finder(stream);
  rapidjson::Reader().Parse<rapidjson::kParseStopWhenDoneFlag>(stream, finder);
  files.before = files.heading.substr(0, finder.begin);
  files.after = files.heading.substr(finder.end - 1);
  return files;
}

std::string joined(const RulebookFiles& files) {
  const auto pieces = files.pieces();
  std::size_t size = 0;
  for (const auto piece : pieces) size += piece.size();
  std::string out;
  out.reserve(size);
  for (const auto piece : pieces) out += piece;
  return out;
}

Error no_file(std::string_view name, const std::string& place) {
  return of_heading("there is no file " + quoted(name) + " beside it", place);
}

Result<RulebookFiles> embedded_rulebook_files(std::string_view name) {
  const auto path = std::string(folder) + std::string(name);
  const auto heading = embedded(path + std::string(heading_name));
  if (heading.empty()) {
    std::string known;
    for (const auto& one : embedded_rulebook_names()) known += (known.empty() ? "" : ", ") + one;
    return Error{Code::not_found, "there is no rulebook " + quoted(name) + "; there are: " + known, {}, {}};
  }
  return files_of(heading, [&](std::string_view file, const std::string& place) -> Result<std::string_view> {
    const auto text = embedded(path + "/" + std::string(file));
    if (text.empty()) return no_file(file, place);
    return text;
  });
}

}  // namespace

std::vector<std::string_view> RulebookFiles::pieces() const {
  std::vector<std::string_view> out{before};
  for (const auto section : sections) {
    out.emplace_back(out.size() == 1 ? "\n" : ",\n");
    out.push_back(section);
  }
  out.push_back(after);
  return out;
}

Result<std::string> bundle_rulebook(std::string_view heading, const SectionFile& section) {
  std::deque<std::string> texts;
  const auto files =
      files_of(heading, [&](std::string_view name, const std::string& place) -> Result<std::string_view> {
        auto text = section(name);
        if (!text) return no_file(name, place);
        if (const auto read = parse_document(*text); !read) return in_file(read.error(), quoted(name));
        return std::string_view(texts.emplace_back(std::move(*text)));
      });
  if (!files) return files.error();
  return joined(*files);
}

std::vector<std::string> embedded_rulebook_names() {
  std::vector<std::string> out;
  for (const auto& file : embedded_files()) {
    if (file.name.substr(0, folder.size()) != folder || !file.name.ends_with(heading_name)) continue;
    out.emplace_back(file.name.substr(folder.size(), file.name.size() - folder.size() - heading_name.size()));
  }
  return out;
}

Result<std::string> bundle_embedded(std::string_view name) {
  const auto files = embedded_rulebook_files(name);
  if (!files) return files.error();
  return joined(*files);
}

Result<Rulebook> embedded_rulebook(std::string_view name, const Vocabulary& vocabulary) {
  const auto files = embedded_rulebook_files(name);
  if (!files) return files.error();
  return read_rulebook_files(*files, vocabulary);
}

}  // namespace cpc
