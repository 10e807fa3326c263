#include "house/rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace cpc::house {
namespace {

struct Include {
  std::string name;
  bool angled = false;
  int line = 0;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The name in a line that includes or asks for a header: `#include "x"`, `# include <x>`, `__has_include(<x>)`.
std::optional<Include> include_of(std::string_view line, int number) {
  auto rest = trimmed(line);
  if (rest.empty() || rest.front() != '#') return std::nullopt;
  rest = trimmed(rest.substr(1));
  const auto word = rest.find("include");
  if (word == std::string_view::npos) return std::nullopt;
  const auto open = rest.find_first_of("\"<", word);
  if (open == std::string_view::npos) return std::nullopt;
  const bool angled = rest[open] == '<';
  const auto close = rest.find(angled ? '>' : '"', open + 1);
  if (close == std::string_view::npos) return std::nullopt;
  return Include{std::string(rest.substr(open + 1, close - open - 1)), angled, number};
}

std::vector<Include> includes_of(const File& file) {
  std::vector<Include> found;
  int number = 0;
  for (const auto& line : lines_of(file.text))
    if (auto include = include_of(line, ++number)) found.push_back(std::move(*include));
  return found;
}

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](auto ending) { return path.ends_with(ending); });
}

bool is_source(const File& file) { return ends_with_any(file.path, {".h", ".cpp", ".c"}); }

std::string first_folder(std::string_view path) {
  const auto slash = path.find('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

/// The stage of a file of src/, or empty.
std::string stage_of(const File& file) {
  return file.path.starts_with("src/") ? first_folder(std::string_view(file.path).substr(4)) : std::string();
}

std::string at(const File& file, int line) { return file.path + ":" + std::to_string(line) + ": "; }

std::size_t position(std::string_view stage) {
  return static_cast<std::size_t>(std::find(stages().begin(), stages().end(), stage) - stages().begin());
}

struct Dependency {
  std::string_view header;  ///< What the included name begins with.
  std::string_view home;    ///< What the path of the including file begins with.
};

constexpr std::array dependencies{
    Dependency{"xxhash.h", "src/base/"},
    Dependency{"boost/date_time", "src/date/"},
    Dependency{"boost/graph/", "src/program/"},
    Dependency{"boost/property_map/", "src/program/"},
    Dependency{"rapidjson/", "src/json/"},
    Dependency{"expat.h", "src/census/"},
    Dependency{"CLI/", "src/cli/"},
    Dependency{"benchmark/", "bench/"},
    Dependency{"catch2/", "tests/support/"},
    Dependency{"boost/", "nothing: no other part of Boost is used"},
};

const Dependency* dependency_of(std::string_view header) {
  const auto* found = std::find_if(dependencies.begin(), dependencies.end(),
                                   [&](const Dependency& d) { return header.starts_with(d.header); });
  return found == dependencies.end() ? nullptr : found;
}

/// The C standard's headers that a C header, and the C++ that implements it, may use.
constexpr std::array<std::string_view, 6> c_headers{"stdint.h", "stddef.h", "stdbool.h",
                                                    "string.h", "limits.h", "assert.h"};
constexpr std::array<std::string_view, 5> thread_headers{"thread", "future", "stop_token", "barrier", "latch"};

bool is_library(const File& file) {
  const auto stage = stage_of(file);
  return is_source(file) && ((!stage.empty() && stage != "census" && stage != "cli") ||
                             file.path.starts_with("capi/") || file.path.starts_with("include/"));
}

/// Names that read what an answer must not depend on.
constexpr std::array<std::string_view, 14> ambient_names{
    "getenv",        "setlocale",    "system_clock", "steady_clock", "high_resolution_clock",
    "random_device", "std::thread",  "std::jthread", "std::async",   "localtime",
    "gmtime",        "std::locale(", "day_clock",    "second_clock"};

/// A line without its comment.
std::string_view code_of(std::string_view line) {
  const auto comment = line.find("//");
  return comment == std::string_view::npos ? line : line.substr(0, comment);
}

/// Spelled in two halves, so that this file holds none of them.
const std::vector<std::string>& forbidden_words() {
  static const std::vector<std::string> words{std::string("/wo") + "rk/",
                                              std::string("/ro") + "ot/",
                                              std::string("/ho") + "me/",
                                              std::string("/t") + "mp/",
                                              std::string("deb.deb") + "ian",
                                              std::string("snapshot.deb") + "ian",
                                              std::string("py") + "pi.org",
                                              std::string("pythonho") + "sted",
                                              std::string("crat") + "es.io",
                                              std::string("proxy.gol") + "ang",
                                              std::string("registry.np") + "m",
                                              std::string("npm") + "js.",
                                              std::string("repo.maven.apa") + "che",
                                              std::string("repo1.ma") + "ven"};
  return words;
}

constexpr std::array<std::string_view, 21> allowed_entries{".ci",
                                                           ".clang-format",
                                                           ".clang-tidy",
                                                           ".git",
                                                           ".gitattributes",
                                                           ".gitignore",
                                                           "CHANGELOG.md",
                                                           "CMakeLists.txt",
                                                           "CMakePresets.json",
                                                           "CMakeUserPresets.json",
                                                           "LICENSE",
                                                           "README.md",
                                                           "bench",
                                                           "bindings",
                                                           "capi",
                                                           "cmake",
                                                           "include",
                                                           "src",
                                                           "tests",
                                                           ".cache",
                                                           "compile_commands.json"};

bool is_build_folder(std::string_view name) { return name == "build" || name.starts_with("build-"); }

bool is_left_out(const std::filesystem::path& path) {
  const auto name = path.filename().string();
  return name == ".git" || name == ".cache" || name == "__pycache__" || is_build_folder(name);
}

bool is_text(std::string_view text) { return text.find('\0') == std::string_view::npos; }

}  // namespace

const std::vector<std::string>& stages() {
  static const std::vector<std::string> names{"base",       "data", "date",   "record", "rulebook", "program",
                                              "assessment", "json", "report", "census", "cli"};
  return names;
}

Faults wrong_stage_includes(const File& file) {
  Faults faults;
  const auto stage = stage_of(file);
  const bool binding = file.path.starts_with("capi/");
  if (!is_source(file) || (stage.empty() && !binding)) return faults;
  const auto own = binding ? position("census") : position(stage);
  if (own == stages().size() && !binding) return {file.path + ": src/ has no stage '" + stage + "'"};
  for (const auto& include : includes_of(file)) {
    if (include.angled) continue;
    const auto folder = first_folder(include.name);
    if (binding && (folder.empty() || folder == "cpconf")) continue;
    const auto other = position(folder);
    if (other == stages().size())
      faults.push_back(at(file, include.line) + "\"" + include.name + "\" does not begin with a stage of src/");
    else if (other > own || (binding && other == own))
      faults.push_back(at(file, include.line) + (binding ? "capi" : stage) + " must not include " + folder);
  }
  return faults;
}

Faults strayed_dependencies(const File& file) {
  Faults faults;
  if (!is_source(file)) return faults;
  for (const auto& include : includes_of(file)) {
    const auto* dependency = dependency_of(include.name);
    if (!dependency || file.path.starts_with(dependency->home)) continue;
    const bool peer = file.path.starts_with("tests/") || file.path.starts_with("bench/");
    if (peer && dependency->header != "catch2/" && dependency->header != "benchmark/") continue;
    faults.push_back(at(file, include.line) + "<" + include.name + "> has one home, " + std::string(dependency->home));
  }
  return faults;
}

Faults not_standard(const File& file) {
  Faults faults;
  if (!is_library(file)) return faults;
  const bool speaks_c = file.path.starts_with("capi/") || file.path.starts_with("include/");
  for (const auto& include : includes_of(file)) {
    const std::string_view name = include.name;
    if (!include.angled || dependency_of(name)) continue;
    const bool c_header = std::find(c_headers.begin(), c_headers.end(), name) != c_headers.end();
    if (name.find_first_of("./") != std::string_view::npos && !(speaks_c && c_header))
      faults.push_back(at(file, include.line) + "<" + include.name + "> is not of the C++ standard library");
    if (std::find(thread_headers.begin(), thread_headers.end(), name) != thread_headers.end())
      faults.push_back(at(file, include.line) + "<" + include.name + ">: the library owns no thread");
  }
  int number = 0;
  for (const auto& line : lines_of(file.text)) {
    ++number;
    for (const auto name : ambient_names)
      if (code_of(line).find(name) != std::string_view::npos)
        faults.push_back(at(file, number) + "'" + std::string(name) + "': no answer may depend on it");
  }
  return faults;
}

Faults unguarded_header(const File& file) {
  if (!file.path.ends_with(".h")) return {};
  const auto lines = lines_of(file.text);
  const bool once = std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line == "#pragma once"; });
  const bool guard = file.path.starts_with("include/") && file.text.find("#ifndef CPC") != std::string::npos;
  if (once || guard) return {};
  return {file.path + ":1: a header begins with #pragma once"};
}

Faults machine_words(const File& file) {
  Faults faults;
  int number = 0;
  for (const auto& line : lines_of(file.text)) {
    ++number;
    for (const auto& word : forbidden_words())
      if (line.find(word) != std::string::npos)
        faults.push_back(at(file, number) + "'" + word + "' holds for one machine or workplace only");
  }
  return faults;
}

Faults stray_entries(const std::vector<std::string>& names) {
  Faults faults;
  for (const auto& name : names)
    if (!is_build_folder(name) &&
        std::find(allowed_entries.begin(), allowed_entries.end(), name) == allowed_entries.end())
      faults.push_back(name + ": the project's folder has no place for it");
  return faults;
}

std::vector<File> project_files(const std::filesystem::path& root) {
  std::vector<File> files;
  auto entry = std::filesystem::recursive_directory_iterator(root);
  for (const auto end = std::filesystem::recursive_directory_iterator(); entry != end; ++entry) {
    if (is_left_out(entry->path())) {
      if (entry->is_directory()) entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    std::ifstream in(entry->path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (is_text(text)) files.push_back({entry->path().lexically_relative(root).generic_string(), std::move(text)});
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

std::vector<std::string> project_entries(const std::filesystem::path& root) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(root)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace cpc::house
