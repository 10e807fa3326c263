// Every way in which a record can be wrong, with the full text of what is said about it.
#include <set>
#include <string>

#include "json/record_cases.h"
#include "json/record_reader.h"
#include "support/catch.h"

using namespace cpc;

namespace {

Reading reading_of(const rapidjson::Value& one) {
  return std::string(one["reading"].GetString()) == "lenient" ? Reading::lenient : Reading::strict;
}

void check_findings(const rapidjson::Value& expected, const Record& record) {
  REQUIRE(record.findings.size() == expected.Size());
  for (rapidjson::SizeType i = 0; i < expected.Size(); ++i) {
    CHECK(record.findings[i].says == expected[i]["says"].GetString());
    CHECK(record.findings[i].place == expected[i]["place"].GetString());
    CHECK(record.findings[i].row == expected[i]["row"].GetInt());
  }
}

}  // namespace

TEST_CASE("each broken record is told with its place, in full", "[json][record]") {
  rapidjson::Document document;
  document.Parse(test::file(CPC_SOURCE_DIR "/tests/json/bad/records.json").c_str());
  REQUIRE(!document.HasParseError());
  const auto& cases = document["cases"];
  REQUIRE(cases.Size() > 150);
  std::set<std::string> names;
  Record record;
  for (const auto& one : cases.GetArray()) {
    const std::string name = std::string(one["name"].GetString()) + ", " + one["reading"].GetString();
    INFO(name);
    CHECK(names.insert(name).second);
    const auto read = read_record(test::input_of(one), reading_of(one), record);
    if (one.HasMember("error")) {
      REQUIRE_FALSE(read);
      CHECK(read.error().text() == one["error"].GetString());
      CHECK(read.error().code == (std::string(one["code"].GetString()) == "syntax" ? Code::syntax : Code::input));
      CHECK((record.rows.empty() && record.children.empty() && record.findings.empty()));
    } else {
      INFO((read ? std::string() : read.error().text()));
      REQUIRE(read);
      check_findings(one["findings"], record);
    }
  }
}

TEST_CASE("bytes that are not UTF-8, and NUL bytes, are refused with line and column", "[json][record]") {
  const auto error = [](const std::string& text) {
    Record record;
    const auto read = read_record(text, Reading::lenient, record);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Code::syntax);
    return read.error().text();
  };
  const std::string start = "{\"cpconf\": 1,\n \"case\": \"";
  CHECK(error(start + "caf\xe9\"}") == "the text is not UTF-8 (at line 2, column 14)");
  CHECK(error(start + "\xc0\xaf\"}") == "the text is not UTF-8 (at line 2, column 11)");
  CHECK(error(start + "\xed\xa0\x80\"}") == "the text is not UTF-8 (at line 2, column 11)");
  CHECK(error(start + "\xf4\x90\x80\x80\"}") == "the text is not UTF-8 (at line 2, column 11)");
  CHECK(error(start + "\xe2\x82") == "the text is not UTF-8 (at line 2, column 11)");
  CHECK(error(std::string("\xff\xfe{\0", 4)) == "the text is not UTF-8 (at line 1, column 1)");
  CHECK(error(std::string("{\"cpconf\": 1}\0", 14)) == "a NUL byte is not JSON (at line 1, column 14)");
  CHECK(error(std::string("{\"cpconf\": 1, \"case\": \"a\0b\"}", 28)) ==
        "a NUL byte is not JSON (at line 1, column 25)");
  CHECK(error("\xef\xbb\xbf{\"cpconf\" 1}") == "a colon is expected after the key (at line 1, column 14)");
  CHECK(error("\xef\xbb\xbf") == "the text is empty (at line 1, column 4)");
}

TEST_CASE("every prefix of a record is refused, never read as a shorter one", "[json][record]") {
  const auto text = test::file(CPC_SOURCE_DIR "/bench/typical-30.json");
  Record record;
  REQUIRE(read_record(text, Reading::strict, record));
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto read = read_record(std::string_view(text).substr(0, size), Reading::lenient, record);
    INFO("cut off after " << size << " bytes");
    REQUIRE_FALSE(read);
    REQUIRE(read.error().code == Code::syntax);
    REQUIRE(record.rows.empty());
  }
}

TEST_CASE("hostile nesting and length end in an error, not in a crash", "[json][record]") {
  Record record;
  for (const auto* open : {"[", "{\"a\":", "{\"note\":", "{\"events\":[{\"note\":", "{\"not_recorded\":[{\"where\":"}) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += open;
    CHECK_FALSE(read_record(text, Reading::lenient, record));
    CHECK_FALSE(read_record("{\"cpconf\":1,\"note\":" + text, Reading::lenient, record));
    CHECK_FALSE(read_record("{\"cpconf\":1,\"events\":[{\"note\":" + text, Reading::lenient, record));
  }
  const std::string digits(1'000'000, '9');
  const auto huge = read_record("{\"cpconf\":" + digits + "}", Reading::strict, record);
  REQUIRE_FALSE(huge);
  CHECK(huge.error().message == "a number is too big");
  const auto long_word = read_record("{\"" + std::string(1'000'000, 'x') + "\":1}", Reading::strict, record);
  REQUIRE_FALSE(long_word);
  CHECK(long_word.error().text() == "a record has no key '" + std::string(40, 'x') + "...'");
  std::string members;
  for (int i = 0; i < 100'000; ++i) members += ",\"x" + std::to_string(i) + "\":1";
  const auto many =
      read_record(test::record_of("{\"event\":\"case_closed\"" + members + "}"), Reading::lenient, record);
  REQUIRE(many);
  CHECK(record.findings.size() == 100'000);
}
