// Records that contradict themselves are followed as they are, and what is odd about them is said, row by row.
#include "assessment/walk.h"
#include "json/assessment_writer.h"

using namespace cpc;
using namespace cpc::test;

namespace {

rapidjson::Document cases() {
  rapidjson::Document document;
  document.Parse(file_text(std::string(CPC_SOURCE_DIR) + "/tests/assessment/contradictory.json").c_str());
  REQUIRE(document.IsObject());
  return document;
}

bool of_order(const Finding& finding) {
  return finding.kind == "out_of_sequence" || finding.kind == "guard" || finding.kind == "guard_unknown" ||
         finding.kind == "record";
}

/// "key: what is said (rows)".
std::string line(const std::string& key, const std::string& says, const std::vector<std::string>& rows) {
  std::string out = key + ": " + says + " (";
  for (std::size_t i = 0; i < rows.size(); ++i) (out += i == 0 ? "" : ", ") += rows[i];
  return out + ")";
}

std::vector<std::string> said(const Assessment& assessment) {
  std::vector<std::string> out;
  for (const Finding& finding : findings_of(assessment)) {
    if (!of_order(finding)) continue;
    std::vector<std::string> rows;
    for (const std::int32_t row : finding.rows)
      rows.push_back(assessment.record->row_name(assessment.record->rows[static_cast<std::size_t>(row)]));
    out.push_back(line(finding.key, finding.says, rows));
  }
  return out;
}

std::vector<std::string> expected(const rapidjson::Value& one) {
  std::vector<std::string> out;
  for (const auto& finding : one["findings"].GetArray())
    out.push_back(line(finding["key"].GetString(), finding["says"].GetString(), texts_of(finding["rows"])));
  return out;
}

}  // namespace

TEST_CASE("a record that contradicts itself has each finding of its order, with the rows named", "[assessment]") {
  const auto document = cases();
  const auto rules = program("hertfordshire");
  for (const auto& one : document["cases"].GetArray()) {
    INFO(one["name"].GetString() << ": " << one["because"].GetString());
    if (one.HasMember("error")) {
      Record record;
      const auto read = read_record(text_of(one["record"]), Reading::strict, record);
      REQUIRE(!read);
      CHECK(read.error().text() == one["error"].GetString());
      continue;
    }
    const auto assessed = test::assessed(rules, text_of(one["record"]), one["as_of"].GetString(), true);
    CHECK(said(assessed.result) == expected(one));
  }
}

TEST_CASE("a record that contradicts itself is assessed to the end under every rulebook", "[assessment]") {
  const auto document = cases();
  const auto name = GENERATE(std::string("england"), std::string("hertfordshire"), std::string("devon"),
                             std::string("dudley"), std::string("herefordshire"), std::string("coordinator"));
  const auto rules = program(name);
  for (const auto& one : document["cases"].GetArray()) {
    INFO(name << ", " << one["name"].GetString());
    Record record;
    if (!read_record(text_of(one["record"]), Reading::strict, record)) continue;
    // Whatever day it is seen from.
    for (const char* as_of : {"2015-01-01", "2026-11-04", "2026-11-19", "2026-11-20", "2027-12-31"}) {
      Workspace workspace;
      Assessment result;
      AssessOptions options;
      options.as_of = moment(as_of);
      options.needs = true;
      assess(rules, record, options, workspace, result);
      std::string json;
      write_assessment_json(result, json);
      CHECK(json.find("\"complete\":true") != std::string::npos);
    }
  }
}
