#include "json/lint_writer.h"

#include <rapidjson/document.h>

#include <set>
#include <string>

#include "support/catch.h"

using namespace cpc;

namespace {

Rulebook book(const std::string& name) {
  Rulebook out;
  out.name = name;
  out.edition = "1";
  out.fingerprint = "0123";
  return out;
}

const std::vector<Diagnostic> found = {
    {Diagnostic::Level::warning, "no_end", "rule 'plan': state 'lost' has no way to a final state",
     "/sections/0/rules/2/states/4", "CLE-3"},
    {Diagnostic::Level::note, "unused_term", "no rule names 'parent', to which it gives a title", "/terms/parent", ""}};

rapidjson::Document parsed(const std::string& text) {
  rapidjson::Document out;
  out.Parse(text.c_str());
  REQUIRE(!out.HasParseError());
  return out;
}

std::string text(const rapidjson::Value& value) { return value.GetString(); }

}  // namespace

TEST_CASE("the lint document names the rulebook and each diagnostic with its check, severity, place and clause",
          "[json]") {
  const auto rulebook = book("clean"), over = book("below");
  const auto document = parsed(write_lint_json({&rulebook, &over, "clean.json"}, found));
  CHECK(document["cpconf"].GetInt() == 1);
  CHECK(text(document["rulebook"]["name"]) == "clean");
  CHECK(text(document["over"]["name"]) == "below");
  CHECK(document["warnings"].GetInt() == 1);
  CHECK(document["notes"].GetInt() == 1);
  const auto& first = document["diagnostics"][0];
  CHECK(text(first["check"]) == "no_end");
  CHECK(text(first["severity"]) == "warning");
  CHECK(text(first["message"]) == found[0].message);
  CHECK(text(first["place"]) == found[0].place);
  CHECK(text(first["clause"]) == "CLE-3");
  CHECK(document["diagnostics"][1]["clause"].IsNull());
  CHECK(parsed(write_lint_json({&rulebook, nullptr, ""}, {}))["over"].IsNull());
}

TEST_CASE("the SARIF of lint has what SARIF 2.1.0 requires", "[json]") {
  const auto rulebook = book("clean");
  const auto document = parsed(write_lint_sarif({&rulebook, nullptr, "my rules/clean#1.json"}, found));
  CHECK(text(document["version"]) == "2.1.0");
  CHECK(text(document["$schema"]).ends_with("/sarif-2.1.0.json"));
  REQUIRE(document["runs"].Size() == 1);
  const auto& run = document["runs"][0];
  const auto& driver = run["tool"]["driver"];
  CHECK(text(driver["name"]) == "cpconf");
  CHECK(text(driver["semanticVersion"]).find_first_not_of("0123456789.") == std::string::npos);
  // Every rule that a result may name is there once, with a text.
  std::set<std::string> ids;
  for (const auto& rule : driver["rules"].GetArray()) {
    CHECK(ids.insert(text(rule["id"])).second);
    CHECK(!text(rule["shortDescription"]["text"]).empty());
  }
  CHECK(ids.size() == lint_checks().size());
  REQUIRE(run["results"].Size() == found.size());
  for (rapidjson::SizeType i = 0; i < run["results"].Size(); ++i) {
    const auto& result = run["results"][i];
    const auto& diagnostic = found[i];
    CHECK(text(result["ruleId"]) == diagnostic.check);
    CHECK(text(driver["rules"][static_cast<rapidjson::SizeType>(result["ruleIndex"].GetInt())]["id"]) ==
          diagnostic.check);
    CHECK(std::set<std::string>{"none", "note", "warning", "error"}.count(text(result["level"])) == 1);
    CHECK(text(result["message"]["text"]) == diagnostic.message);
    REQUIRE(result["locations"].Size() == 1);
    const auto& location = result["locations"][0];
    // A URI reference: what may not stand in one is escaped.
    CHECK(text(location["physicalLocation"]["artifactLocation"]["uri"]) == "my%20rules/clean%231.json");
    CHECK(text(location["logicalLocations"][0]["fullyQualifiedName"]) == "clean#" + diagnostic.place);
  }
  CHECK(text(run["results"][0]["level"]) == "warning");
  CHECK(text(run["results"][0]["properties"]["clause"]) == "CLE-3");
  CHECK(!run["results"][1].HasMember("properties"));
}

TEST_CASE("a rulebook that is compiled in has no physical place in SARIF", "[json]") {
  const auto rulebook = book("england");
  const auto document = parsed(write_lint_sarif({&rulebook, nullptr, ""}, found));
  CHECK(!document["runs"][0]["results"][0]["locations"][0].HasMember("physicalLocation"));
}

TEST_CASE("the checks of lint stand in alphabetical order, each once", "[json]") {
  const auto& checks = lint_checks();
  for (std::size_t i = 1; i < checks.size(); ++i) CHECK(checks[i - 1].check < checks[i].check);
}
