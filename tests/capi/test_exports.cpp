#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cpconf/cpconf.h"
#include "support/catch.h"

namespace {

using Names = std::set<std::string>;

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  INFO(path);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> printed_by(const std::string& command) {
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  INFO(command);
  REQUIRE(pipe);
  std::string text;
  std::array<char, 4096> block;
  while (const auto size = fread(block.data(), 1, block.size(), pipe.get())) text.append(block.data(), size);
  REQUIRE(pclose(pipe.release()) == 0);
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The names of global symbols that nm lists as defined, without their versions.
Names defined(const std::string& options, const std::string& library) {
  Names names;
  for (const auto& line : printed_by(std::string(CPC_NM) + " --defined-only " + options + " '" + library + "'")) {
    std::istringstream in(line);
    std::string address, type, name;
    if (in >> address >> type >> name && type != "A") names.insert(name.substr(0, name.find('@')));
  }
  return names;
}

/// The words of a text that begin with `cpc_` on lines for which `wanted` holds, each up to `end`.
template <class Wanted>
Names names_in(const std::string& text, char end, const Wanted& wanted) {
  Names names;
  std::istringstream in(text);
  bool open = false;
  for (std::string line; std::getline(in, line);) {
    open = open || wanted(line);
    const auto at = line.find("cpc_");
    for (auto from = at; open && from != std::string::npos; from = line.find("cpc_", from + 1)) {
      const auto to = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", from);
      if (to != std::string::npos && line[to] == end) {
        names.insert(line.substr(from, to - from));
        open = false;
      }
    }
  }
  return names;
}

Names declared() {
  const auto text = file(CPC_SOURCE_DIR "/include/cpconf/cpconf.h");
  return names_in(text, '(', [](const std::string& line) { return line.starts_with("CPC_API"); });
}

Names listed() {
  const auto text = file(CPC_SOURCE_DIR "/capi/exports.map");
  return names_in(text, ';', [](const std::string& line) { return line.starts_with("    cpc_"); });
}

}  // namespace

TEST_CASE("the list of exports names what the header declares", "[capi]") {
  CHECK(declared().size() > 100);
  CHECK(listed() == declared());
}

TEST_CASE("the shared library exports the listed names and nothing else", "[capi]") {
  CHECK(defined("--dynamic", CPC_SHARED_LIBRARY) == listed());
}

TEST_CASE("the static library has the listed names global and no others", "[capi]") {
  CHECK(defined("--extern-only", CPC_STATIC_LIBRARY) == listed());
}

TEST_CASE("the shared library needs nothing but the C++ and the C library", "[capi]") {
  if (std::string_view(CPC_SANITIZE).empty()) {
    for (const auto& line : printed_by(std::string(CPC_READELF) + " --dynamic '" CPC_SHARED_LIBRARY "'")) {
      if (line.find("(NEEDED)") == std::string::npos) continue;
      INFO(line);
      const bool allowed = line.find("[libstdc++.so") != std::string::npos ||
                           line.find("[libgcc_s.so") != std::string::npos ||
                           line.find("[libm.so") != std::string::npos || line.find("[libc.so") != std::string::npos ||
                           line.find("[ld-linux") != std::string::npos;
      CHECK(allowed);
    }
  } else {
    SUCCEED("under a sanitizer its own library is needed too");
  }
}

TEST_CASE("every function of the header says since when it is there", "[capi]") {
  std::istringstream in(file(CPC_SOURCE_DIR "/include/cpconf/cpconf.h"));
  std::string comment;
  bool in_comment = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("/**")) comment.clear(), in_comment = true;
    if (in_comment) comment += line;
    if (line.ends_with("*/")) in_comment = false;
    if (!line.starts_with("CPC_API")) continue;
    INFO(line);
    CHECK(comment.find("@since 0.") != std::string::npos);
    comment.clear();
  }
}

TEST_CASE("the version of the header's package is the library's", "[capi]") {
  const auto version = cpc_version();
  int major = 0, minor = 0, patch = 0;
  REQUIRE(std::sscanf(version.data, "%d.%d.%d", &major, &minor, &patch) == 3);
  CHECK(cpc_version_number() == major * 1000000 + minor * 1000 + patch);
  CHECK(file(CPC_SOURCE_DIR "/CMakeLists.txt").find("VERSION " + std::string(version.data, version.size)) !=
        std::string::npos);
}

TEST_CASE("the example in the header compiles in strict C11", "[capi]") {
  constexpr std::string_view margin = " *      ";
  std::istringstream in(file(CPC_SOURCE_DIR "/include/cpconf/cpconf.h"));
  std::string program = "#include <cpconf/cpconf.h>\nint example(cpc_text json);\nint example(cpc_text json) {\n";
  int lines = 0;
  for (std::string line; std::getline(in, line) && line != " */" && !line.starts_with("#");) {
    if (!line.starts_with(margin)) continue;
    program += line.substr(margin.size()) + "\n";
    ++lines;
  }
  REQUIRE(lines > 10);
  const std::string path = CPC_BUILD_DIR "/header_example.c";
  std::ofstream(path) << program << "return done;\n}\n";
  const auto said = printed_by(
      std::string(CPC_C_COMPILER) +
      " -std=c11 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I'" CPC_SOURCE_DIR "/include' '" + path + "' 2>&1");
  CHECK(said.empty());
}
