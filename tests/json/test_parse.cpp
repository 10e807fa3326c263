#include "json/parse.h"

#include "support/catch.h"

using namespace cpc;

namespace {

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

}  // namespace

TEST_CASE("text that is not one JSON document is refused with its line and column", "[json]") {
  const auto [text, message, place] = GENERATE(table<std::string, std::string, std::string>({
      {"", "the text is empty", "line 1, column 1"},
      {" \n ", "the text is empty", "line 2, column 2"},
      {"{\"a\": 1", "a comma or } is expected here", "line 1, column 8"},
      {"{\"a\": [1, 2", "a comma or ] is expected here", "line 1, column 12"},
      {"{\"a\": \"b", "a text is not closed", "line 1, column 9"},
      {"{\"a\": ", "a value is expected here", "line 1, column 7"},
      {"{a: 1}", "a key in quotes is expected here", "line 1, column 2"},
      {"{\"a\" 1}", "a colon is expected after the key", "line 1, column 6"},
      {"{\"a\": 1,}", "a key in quotes is expected here", "line 1, column 9"},
      {"{}\n{}", "something follows the end of the document", "line 2, column 1"},
      {std::string("{}\0{}", 5), "something follows the end of the document", "line 1, column 3"},
      {"{\"a\": 1e999}", "a number is too big", "line 1, column 7"},
      {"{\"a\": 1.}", "a number is not finished", "line 1, column 9"},
      {"{\"a\": nope}", "a value is expected here", "line 1, column 8"},
      {"{\"a\": \"\xff\"}", "the text is not UTF-8", "line 1, column 8"},
      {"{\n\"\xc3\": 1}", "the text is not UTF-8", "line 2, column 2"},
      {"{\"a\": \"\\ud800\"}", "an escape is not valid text", "line 1, column 8"},
      {"{\"a\": \"\\q\"}", "an escape is not valid text", "line 1, column 8"},
      {"<xml/>", "a value is expected here", "line 1, column 1"},
  }));
  INFO(text);
  const auto read = parse_document(text);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == Code::syntax);
  CHECK(read.error().message == message);
  CHECK(read.error().place == place);
}

TEST_CASE("an escaped half of a pair is not let in as text", "[json]") {
  for (const auto* text : {R"({"a": "\udc00"})", R"({"\udc00": 1})", R"({"a": "\ud800\u0041"})"}) {
    const auto read = parse_document(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().message == "an escape is not valid text");
  }
  CHECK(parse_document(R"({"a": "\ud83d\ude00"})"));
}

TEST_CASE("nesting is bounded before it can do harm", "[json]") {
  CHECK(parse_document(nested(deepest_nesting)));
  const auto deep = parse_document(nested(deepest_nesting + 1));
  REQUIRE_FALSE(deep);
  CHECK(deep.error().message == "arrays and objects nest deeper than 64");
  CHECK(deep.error().place == "line 1, column 66");
  CHECK_FALSE(parse_document(std::string(1000000, '[')));
  std::string objects;
  for (int i = 0; i < 100000; ++i) objects += "{\"a\":";
  CHECK_FALSE(parse_document(objects));
}

TEST_CASE("a key that stands twice in one object is refused with its pointer", "[json]") {
  const auto read = parse_document(R"({"a": [{"b": 1, "c/d": 2, "b": 3}], "b": 1})");
  REQUIRE_FALSE(read);
  CHECK(read.error().text() == "the key 'b' stands twice (at /a/0/b)");
  CHECK(parse_document(R"({"a": {"b": 1}, "b": {"b": 1}})"));
}

TEST_CASE("a byte order mark is skipped", "[json]") { CHECK(parse_document("\xEF\xBB\xBF{}")); }

TEST_CASE("an object reader gives what it is asked for", "[json]") {
  const auto document = parse_document(
      R"({"name": "x", "day": "2026-11-02", "n": 3, "on": true, "list": [1], "nothing": null, "note": "free"})");
  std::optional<Error> error;
  ObjectReader reader(*document, "", Code::calendar, error);
  CHECK(reader.text("name") == "x");
  CHECK(to_string(reader.day("day")) == "2026-11-02");
  CHECK(reader.integer("n", 0, 9) == 3);
  CHECK(reader.boolean("on", false));
  CHECK_FALSE(reader.boolean("off", false));
  REQUIRE(reader.array("list"));
  CHECK(reader.array("list")->Size() == 1);
  CHECK(reader.optional_day("nothing") == std::nullopt);
  CHECK(reader.optional_text("absent") == std::nullopt);
  reader.finish();
  CHECK_FALSE(error);
}

TEST_CASE("an object reader refuses what is missing, unknown or of another kind, with its pointer", "[json]") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"[]", "an object is expected here, not an array (at /x)"},
      {R"({"day": "2026-11-02", "n": 3})", "the key 'name' is missing (at /x)"},
      {R"({"name": null, "day": "2026-11-02", "n": 3})", "the key 'name' is missing (at /x)"},
      {R"({"name": 4, "day": "2026-11-02", "n": 3})", "a text is expected here, not a number (at /x/name)"},
      {R"({"name": "x", "day": 20261102, "n": 3})", "a date is expected here, not a number (at /x/day)"},
      {R"({"name": "x", "day": "2026-02-30", "n": 3})", "there is no such day: '2026-02-30' (at /x/day)"},
      {R"({"name": "x", "day": "2026-11-02", "n": "3"})",
       "a whole number from 0 to 9 is expected here, not a text (at /x/n)"},
      {R"({"name": "x", "day": "2026-11-02", "n": 3.5})", "a whole number from 0 to 9 is expected here (at /x/n)"},
      {R"({"name": "x", "day": "2026-11-02", "n": 10})", "a whole number from 0 to 9 is expected here (at /x/n)"},
      {R"({"name": "x", "day": "2026-11-02", "n": 12345678901234567890123})",
       "a whole number from 0 to 9 is expected here (at /x/n)"},
      {R"({"name": "x", "day": "2026-11-02", "n": 3, "on": "yes"})",
       "true or false is expected here, not a text (at /x/on)"},
      {R"({"name": "x", "day": "2026-11-02", "n": 3, "list": {}})",
       "an array is expected here, not an object (at /x/list)"},
      {R"({"name": "x", "day": "2026-11-02", "n": 3, "lst": []})",
       "there is no key 'lst'; did you mean list? (at /x/lst)"},
      {R"({"name": "x", "day": "2026-11-02", "n": 3, "q/r~s": []})", "there is no key 'q/r~s' (at /x/q~1r~0s)"},
  }));
  INFO(text);
  const auto document = parse_document(text);
  REQUIRE(document);
  std::optional<Error> error;
  ObjectReader reader(*document, "/x", Code::calendar, error);
  reader.text("name");
  reader.day("day");
  reader.integer("n", 0, 9);
  reader.boolean("on", true);
  reader.optional_array("list");
  reader.finish();
  REQUIRE(error);
  CHECK(error->code == Code::calendar);
  CHECK(error->text() == expected);
}
