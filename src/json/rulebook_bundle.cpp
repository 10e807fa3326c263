#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

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

/// Puts the texts of sections where the heading names them. `section` gives the text of a name, or an error.
template <class Section>
Result<std::string> splice(std::string_view heading, const Section& section) {
  heading = without_mark(heading);
  const auto document = parse_document(heading);
  if (!document) return in_file(document.error(), "rulebook.json");
  if (!document->IsObject()) return of_heading("an object is expected here", "");
  const auto sections = document->FindMember("sections");
  if (sections == document->MemberEnd() || !sections->value.IsArray())
    return of_heading("the array 'sections' is missing", "");

  const Place sections_place("/sections");
  std::vector<decltype(section({}, {}))> texts;
  std::size_t size = heading.size();
  for (rapidjson::SizeType i = 0; i < sections->value.Size(); ++i) {
    const auto place = Place(sections_place, i).text();
    if (!sections->value[i].IsString()) return of_heading("the name of a section's file is expected here", place);
    texts.push_back(section(text_of(sections->value[i]), place));
    if (!texts.back()) return texts.back().error();
    size += texts.back()->size() + 2;
  }
  rapidjson::MemoryStream stream(heading.data(), heading.size());
  SectionsFinder finder(stream);
  rapidjson::Reader().Parse<rapidjson::kParseStopWhenDoneFlag>(stream, finder);
  std::string out;
  out.reserve(size);
  out += heading.substr(0, finder.begin);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    out += trimmed(without_mark(*texts[i]));
  }
  out += heading.substr(finder.end - 1);
  return out;
}

Error no_file(std::string_view name, const std::string& place) {
  return of_heading("there is no file " + quoted(name) + " beside it", place);
}

}  // namespace

Result<std::string> bundle_rulebook(std::string_view heading, const SectionFile& section) {
  return splice(heading, [&](std::string_view name, const std::string& place) -> Result<std::string> {
    auto text = section(name);
    if (!text) return no_file(name, place);
    if (const auto read = parse_document(*text); !read) return in_file(read.error(), quoted(name));
    return std::move(*text);
  });
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
  const auto path = std::string(folder) + std::string(name);
  const auto heading = embedded(path + std::string(heading_name));
  if (heading.empty()) {
    std::string known;
    for (const auto& one : embedded_rulebook_names()) known += (known.empty() ? "" : ", ") + one;
    return Error{Code::not_found, "there is no rulebook " + quoted(name) + "; there are: " + known, {}, {}};
  }
  return splice(heading, [&](std::string_view file, const std::string& place) -> Result<std::string_view> {
    const auto text = embedded(path + "/" + std::string(file));
    if (text.empty()) return no_file(file, place);
    return text;
  });
}

Result<Rulebook> embedded_rulebook(std::string_view name, const Vocabulary& vocabulary) {
  const auto text = bundle_embedded(name);
  if (!text) return text.error();
  return read_rulebook(*text, vocabulary);
}

}  // namespace cpc
