#include "json/assessment_writer.h"

#include <rapidjson/document.h>

#include <string>
#include <utility>
#include <vector>

#include "date/calendar.h"
#include "json/calendar_reader.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "support/catch.h"

using namespace cpc;

namespace {

std::shared_ptr<const Program> program_of(const std::string& name) {
  auto rulebook = embedded_rulebook(name, embedded_vocabulary());
  REQUIRE(rulebook);
  auto text = embedded_calendar(rulebook->calendar);
  REQUIRE(text);
  const auto calendar = Calendar::compile(std::move(*text));
  REQUIRE(calendar);
  std::vector<Rulebook> rulebooks;
  rulebooks.push_back(std::move(*rulebook));
  auto program = compile(std::move(rulebooks), *calendar, embedded_vocabulary());
  REQUIRE(program);
  return *program;
}

const std::string strategy_alone = R"({"cpconf":1,"case":"c","children":[{"child":"ada","date_of_birth":"2017-05-09"}],
  "events":[{"event":"strategy_discussion_held","at":"2026-03-19","section_47":"s1","id":"form-7"},
            {"event":"section_47_started","at":"2026-03-19","section_47":"s1"}]})";

std::string written(const std::string& json, const std::string& as_of, AssessmentWriting writing = {}) {
  Record record;
  REQUIRE(read_record(json, Reading::strict, record));
  Workspace workspace;
  Assessment assessment;
  assess(program_of("england"), record, {*parse_moment(as_of), std::nullopt, true, true}, workspace, assessment);
  std::string out;
  write_assessment_json(assessment, out, writing);
  return out;
}

rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.c_str());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

const rapidjson::Value& timescale(const rapidjson::Document& document, const std::string& rule) {
  for (const auto& one : document["children"][0]["timescales"].GetArray())
    if (one["rule"] == rule.c_str()) return one;
  FAIL("there is no timescale " << rule);
  throw;
}

}  // namespace

TEST_CASE("a pending limit says when, how long is left, and from which row", "[json]") {
  const auto document = parsed(written(strategy_alone, "2026-04-09"));
  const auto& one = timescale(document, "england/initial-conference");
  CHECK(one["key"] == "england/initial-conference|ada|s1");
  CHECK(one["status"] == "pending");
  CHECK(one["child"] == "ada");
  CHECK(one["section_47"] == "s1");
  CHECK(one["from"] == "2026-03-19");
  CHECK(one["due"] == "2026-04-13");
  CHECK(one["left"]["count"].GetInt() == 2);
  CHECK(one["left"]["unit"] == "working_day");
  CHECK(one["left"]["days"].GetInt() == 4);
  CHECK(one["rows"][0] == "form-7");
  CHECK_FALSE(one.HasMember("by"));
  CHECK(document["findings"].Empty());
  CHECK(document["known_at"].IsNull());
  CHECK(document["complete"].IsTrue());
}

TEST_CASE("an overdue limit is a finding with the key of its timescale", "[json]") {
  const auto document = parsed(written(strategy_alone, "2026-04-20"));
  const auto& one = timescale(document, "england/initial-conference");
  CHECK(one["status"] == "overdue");
  CHECK(one["by"]["count"].GetInt() == 5);
  CHECK(one["by"]["days"].GetInt() == 7);
  REQUIRE(document["findings"].Size() == 1);
  const auto& finding = document["findings"][0];
  CHECK(std::string(finding["key"].GetString()) == one["key"].GetString());
  CHECK(finding["kind"] == "overdue");
  CHECK(finding["severity"] == "breach");
  CHECK(finding["clauses"][0] == "ENG-04");
  CHECK(std::string(finding["says"].GetString())
            .find("5 working days (7 calendar days) after the limit of 13 April 2026 (15 "
                  "working days after the") != std::string::npos);
}

TEST_CASE("the document is the same bytes each time, on one line or over several", "[json]") {
  const auto once = written(strategy_alone, "2026-04-20");
  CHECK(once == written(strategy_alone, "2026-04-20"));
  CHECK(once.find('\n') == std::string::npos);
  const auto indented = written(strategy_alone, "2026-04-20", {true});
  CHECK(indented.find("\n  \"case\": \"c\"") != std::string::npos);
  CHECK(parsed(indented) == parsed(once));
}

TEST_CASE("what was left out and what the answer rests on is named in the document", "[json]") {
  const auto document = parsed(written(strategy_alone, "2026-03-18"));
  CHECK(document["left_out"]["later"].GetInt() == 2);
  CHECK(document["calendar"]["name"] == "england-and-wales");
  CHECK(document["calendar"]["covers"].Size() == 2);
  CHECK(std::string(document["rulebooks"][0]["fingerprint"].GetString()).size() == 32);
}

TEST_CASE("an id with a quote in it stays one text", "[json]") {
  auto json = strategy_alone;
  json.replace(json.find("form-7"), 6, "a\\\"b\\\\");
  const auto document = parsed(written(json, "2026-04-09"));
  CHECK(timescale(document, "england/initial-conference")["rows"][0] == "a\"b\\");
}

TEST_CASE("a line that cannot be read is a line of JSON with its number", "[json]") {
  std::string out;
  write_line_error_json(3, {Code::input, "there is no event \"x\"", "/events/0", {}}, out);
  CHECK(out == R"({"line":3,"error":{"code":"input","message":"there is no event \"x\"","place":"/events/0"}})");
}
