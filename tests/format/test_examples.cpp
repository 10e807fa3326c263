// Every example beside a rulebook is a test: its record is assessed and the document has to hold what is expected.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "assessment/support.h"
#include "json/assessment_writer.h"

using namespace cpc;
using namespace cpc::test;
namespace rj = rapidjson;
namespace fs = std::filesystem;

namespace {

std::string text_of(const rj::Value& value) {
  rj::StringBuffer buffer;
  rj::Writer<rj::StringBuffer> writer(buffer);
  value.Accept(writer);
  return buffer.GetString();
}

/// A plain rule id stands for that rule of whatever rulebook.
bool names_rule(const rj::Value& actual, const rj::Value& wanted) {
  const std::string full = actual.GetString();
  const std::string short_name = wanted.GetString();
  return full == short_name ||
         (full.size() > short_name.size() &&
          full.compare(full.size() - short_name.size() - 1, std::string::npos, "/" + short_name) == 0);
}

bool contains(const rj::Value& actual, const rj::Value& wanted) {
  if (wanted.IsObject()) {
    if (!actual.IsObject()) return false;
    return std::all_of(wanted.MemberBegin(), wanted.MemberEnd(), [&](const auto& member) {
      const auto found = actual.FindMember(member.name);
      if (found == actual.MemberEnd()) return false;
      if (member.name == "rule" && member.value.IsString()) return names_rule(found->value, member.value);
      return contains(found->value, member.value);
    });
  }
  if (wanted.IsArray()) {
    if (!actual.IsArray() || actual.Size() != wanted.Size()) return false;
    for (rj::SizeType i = 0; i < wanted.Size(); ++i)
      if (!contains(actual[i], wanted[i])) return false;
    return true;
  }
  return actual == wanted;
}

/// The entries of one list wherever the document keeps them.
std::vector<const rj::Value*> entries(const rj::Document& document, const char* list) {
  std::vector<const rj::Value*> out;
  const auto take = [&](const rj::Value& holder) {
    const auto found = holder.FindMember(list);
    if (found == holder.MemberEnd()) return;
    for (const auto& each : found->value.GetArray()) out.push_back(&each);
  };
  take(document);
  take(document["whole_case"]);
  for (const auto& child : document["children"].GetArray()) take(child);
  for (const auto& conference : document["conferences"].GetArray()) take(conference);
  return out;
}

rj::Document parsed(const std::string& path) {
  rj::Document document;
  document.Parse(file_text(path).c_str());
  INFO(path);
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::string record_text(const rj::Value& example) {
  rj::Document record;
  record.CopyFrom(example["record"], record.GetAllocator());
  if (!record.HasMember("cpconf")) record.AddMember("cpconf", 1, record.GetAllocator());
  if (!record.HasMember("case")) record.AddMember("case", "example", record.GetAllocator());
  return text_of(record);
}

void run_example(const std::shared_ptr<const Program>& rules, const rj::Value& example) {
  const auto assessed = test::assessed(rules, record_text(example), example["as_of"].GetString(), true);
  std::string json;
  write_assessment_json(assessed.result, json);
  rj::Document document;
  document.Parse(json.c_str());
  REQUIRE_FALSE(document.HasParseError());
  for (const bool expected : {true, false}) {
    const char* part = expected ? "expect" : "absent";
    if (!example.HasMember(part)) continue;
    for (const auto& list : example[part].GetObject()) {
      const auto found = entries(document, list.name.GetString());
      for (const auto& wanted : list.value.GetArray()) {
        const bool there =
            std::any_of(found.begin(), found.end(), [&](const rj::Value* each) { return contains(*each, wanted); });
        std::string near;
        for (const rj::Value* each : found)
          if (!wanted.HasMember("rule") || names_rule((*each)["rule"], wanted["rule"]))
            near += "\n    " + text_of(*each);
        INFO(part << " " << list.name.GetString() << ": " << text_of(wanted) << "\n  of the same rule:" << near);
        CHECK(there == expected);
      }
    }
  }
}

std::size_t run_file(const std::string& path, const std::shared_ptr<const Program>& rules,
                     std::map<std::string, std::set<bool>>& shown) {
  const rj::Document document = parsed(path);
  std::size_t count = 0;
  for (const auto& rule : document["examples"].GetObject()) {
    for (const auto& example : rule.value.GetArray()) {
      DYNAMIC_SECTION(fs::path(path).filename().string()
                      << ": " << rule.name.GetString() << ": " << example["name"].GetString()) {
        INFO("because: " << example["because"].GetString());
        run_example(rules, example);
      }
      shown[rule.name.GetString()].insert(example["passes"].GetBool());
      ++count;
    }
  }
  return count;
}

/// Each rule that can find something has an example of both kinds.
void check_shown(const std::shared_ptr<const Program>& rules, const std::map<std::string, std::set<bool>>& shown) {
  for (const Rule& rule : rules->rules) {
    INFO("rule " << rule.name);
    const auto found = shown.find(rule.text->id);
    const bool both = found != shown.end() && found->second.size() == 2;
    CHECK(both);
  }
}

}  // namespace

TEST_CASE("every example of a shipped rulebook holds", "[format]") {
  const std::string name = GENERATE(std::string("england"), std::string("hertfordshire"));
  const auto rules = program(name);
  std::map<std::string, std::set<bool>> shown;
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(std::string(CPC_SOURCE_DIR) + "/src/data/rulebooks/" + name))
    if (entry.path().string().find(".examples.json") != std::string::npos)
      count += run_file(entry.path().string(), rules, shown);
  CHECK(count > 0);
  check_shown(rules, shown);
}

TEST_CASE("every example of the hardest clauses holds", "[format]") {
  const std::string name =
      GENERATE(std::string("hertfordshire"), std::string("devon"), std::string("dudley"), std::string("herefordshire"));
  const std::string folder = std::string(CPC_SOURCE_DIR) + "/tests/format/";
  const auto rules = program_of_text(file_text(folder + name + ".json"));
  std::map<std::string, std::set<bool>> shown;
  CHECK(run_file(folder + name + ".examples.json", rules, shown) > 0);
  check_shown(rules, shown);
}
