#include <algorithm>
#include <map>
#include <string>

#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "support/catch.h"

using namespace cpc;

namespace {

const std::string heading = R"({"cpconf": 1, "rulebook": "x", "edition": "1", "title": "X", "nation": "england",
  "calendar": "england-and-wales", "in_force": {"from": "2020-01-01"}, "sources": [{"id": "X", "title": "X", "checked": null}],
  "note": "sections [", "sections": ["1.json", "2.json"], "terms": {"sections": "parts"}})";
const std::string first = R"({"section": "1", "rules": [{"definition": "a", "duty": "supporters", "cites": ["X-1"]}]})";
const std::string second = R"( {"section": "2", "rules": [{"definition": "b", "duty": "supporters", "cites": ["X-2"]}]}
)";

SectionFile files(std::map<std::string, std::string, std::less<>> texts) {
  return [texts = std::move(texts)](std::string_view name) -> std::optional<std::string> {
    const auto at = texts.find(name);
    if (at == texts.end()) return std::nullopt;
    return at->second;
  };
}

}  // namespace

TEST_CASE("sections in files of their own become one text", "[json][rulebook]") {
  const auto text = bundle_rulebook(heading, files({{"1.json", first}, {"2.json", second}}));
  REQUIRE(text);
  const auto book = read_rulebook(*text, embedded_vocabulary());
  INFO((book ? std::string() : book.error().text()));
  REQUIRE(book);
  REQUIRE(book->rules.size() == 2);
  CHECK(book->rules[0].id == "a");
  CHECK(book->rules[1].place == "/sections/1/rules/0");
  REQUIRE(book->terms.size() == 1);
  CHECK(book->terms[0].first == "sections");
}

TEST_CASE("byte order marks in front of the files are left out of the one text", "[json][rulebook]") {
  const std::string mark = "\xEF\xBB\xBF";
  const auto plain = bundle_rulebook(heading, files({{"1.json", first}, {"2.json", second}}));
  const auto marked = bundle_rulebook(mark + heading, files({{"1.json", mark + first}, {"2.json", second}}));
  REQUIRE((plain && marked));
  CHECK(*plain == *marked);
}

TEST_CASE("a bundle that cannot be made names the file and what is wrong", "[json][rulebook]") {
  const auto [text, one, message, place] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {heading, "", "rulebook.json: there is no file '2.json' beside it", "/sections/1"},
      {heading, "{\"section\": \"2\"", "'2.json': a comma or } is expected here", "line 1, column 16"},
      {heading, "{}, {}", "'2.json': something follows the end of the document", "line 1, column 3"},
      {"{\"sections\": [{}]}", "{}", "rulebook.json: the name of a section's file is expected here", "/sections/0"},
      {"{\"section\": []}", "{}", "rulebook.json: the array 'sections' is missing", ""},
      {"[]", "{}", "rulebook.json: an object is expected here", ""},
      {"{\"sections\": [\"../1.json\"]}", "{}", "rulebook.json: there is no file '../1.json' beside it", "/sections/0"},
      {"{", "{}", "rulebook.json: a key in quotes is expected here", "line 1, column 2"},
  }));
  std::map<std::string, std::string, std::less<>> texts{{"1.json", first}};
  if (!one.empty()) texts["2.json"] = one;
  const auto read = bundle_rulebook(text, files(texts));
  REQUIRE_FALSE(read);
  CHECK(read.error().message == message);
  CHECK(read.error().place == place);
}

TEST_CASE("every rulebook compiled into the library loads and keeps its own name", "[json][rulebook]") {
  const auto names = embedded_rulebook_names();
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(std::find(names.begin(), names.end(), "england") != names.end());
  for (const auto& name : names) {
    INFO(name);
    const auto book = embedded_rulebook(name, embedded_vocabulary());
    INFO((book ? std::string() : book.error().text()));
    REQUIRE(book);
    CHECK(book->name == name);
    CHECK_FALSE(book->rules.empty());
  }
}

TEST_CASE("an embedded rulebook read from its files is the one that its bundle reads as", "[json][rulebook]") {
  for (const auto& name : embedded_rulebook_names()) {
    INFO(name);
    const auto whole = read_rulebook(*bundle_embedded(name), embedded_vocabulary());
    const auto book = embedded_rulebook(name, embedded_vocabulary());
    REQUIRE(whole);
    REQUIRE(book);
    CHECK(book->fingerprint == whole->fingerprint);
    CHECK(book->condition_count == whole->condition_count);
    REQUIRE(book->rules.size() == whole->rules.size());
    for (std::size_t i = 0; i < book->rules.size(); ++i) {
      const auto& one = book->rules[i];
      const auto& other = whole->rules[i];
      CHECK(one.place == other.place);
      CHECK(one.id == other.id);
      CHECK(one.cites == other.cites);
      REQUIRE(one.at.size() == other.at.size());
      if (!one.at.empty()) CHECK(one.at.front().place->text() == other.at.front().place->text());
    }
  }
}

TEST_CASE("a rulebook that the library does not have is named with those it has", "[json][rulebook]") {
  const auto book = embedded_rulebook("atlantis", embedded_vocabulary());
  REQUIRE_FALSE(book);
  CHECK(book.error().code == Code::not_found);
  CHECK(book.error().message.rfind("there is no rulebook 'atlantis'; there are: ", 0) == 0);
  CHECK(book.error().message.find("england") != std::string::npos);
  CHECK_FALSE(embedded_rulebook("../vocabulary", embedded_vocabulary()));
  CHECK_FALSE(embedded_rulebook("", embedded_vocabulary()));
}
