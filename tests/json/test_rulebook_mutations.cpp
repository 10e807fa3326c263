#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "program/graph.h"
#include "support/catch.h"

using namespace cpc;

namespace {

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// One to three bytes changed, taken out or doubled, or one token put where another stood.
std::string mutated(std::string text, std::mt19937& random) {
  static const std::vector<std::string> tokens = {"null",  "{}",   "[]",       "-1", "\"\"",
                                                  "1e300", "true", "\"from\"", "[[", "\xff"};
  const auto times = 1 + random() % 3;
  for (std::size_t i = 0; i < times; ++i) {
    const auto at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[at] = static_cast<char>(random());
        break;
      case 1:
        text.erase(at, 1 + random() % 8);
        break;
      case 2:
        text.insert(at, text.substr(at, 1 + random() % 40));
        break;
      default: {
        const auto begin = text.find_first_of(":[,", at);
        if (begin == std::string::npos) break;
        const auto end = text.find_first_of(",]}", begin + 1);
        if (end != std::string::npos) text.replace(begin + 1, end - begin - 1, tokens[random() % tokens.size()]);
      }
    }
  }
  return text;
}

}  // namespace

TEST_CASE("a rulebook changed at random loads, or is refused with one line", "[json][rulebook]") {
  const auto text = file(CPC_SOURCE_DIR "/tests/json/bad-rulebooks/good.json");
  std::mt19937 random(20261122);
  int loaded = 0, refused = 0;
  for (int i = 0; i < 4000; ++i) {
    const auto read = read_rulebook(mutated(text, random), embedded_vocabulary());
    if (read) {
      ++loaded;
      for (const auto& one : lint(*read, embedded_vocabulary())) CHECK_FALSE(one.message.empty());
      continue;
    }
    ++refused;
    const auto& error = read.error();
    const bool plain =
        !error.message.empty() && error.message.find('\n') == std::string::npos && error.message.size() < 400;
    if (!plain) FAIL_CHECK(error.text());
    CHECK((error.code == Code::syntax || error.code == Code::rulebook));
  }
  CHECK(loaded > 50);
  CHECK(refused > 1000);
}
