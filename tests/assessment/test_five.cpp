// One case under the five local rulebooks, each alone and each over the baseline: the results differ as the texts do,
// and none speaks for another. The differences are data: five/differences.json.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <map>
#include <set>

#include "assessment/support.h"
#include "json/assessment_writer.h"
#include "json/examples.h"

using namespace cpc;
using namespace cpc::test;

namespace {

const std::string folder = std::string(CPC_SOURCE_DIR) + "/tests/assessment/five/";
const std::vector<std::string> local = {"hertfordshire", "herefordshire", "devon", "dudley", "coordinator"};

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, by);)
    if (!part.empty()) out.push_back(part);
  return out;
}

/// "devon", or "england+devon": the lowest first. Compiled once.
std::shared_ptr<const Program> program_of(const std::string& layers) {
  static std::map<std::string, std::shared_ptr<const Program>> known;
  auto& out = known[layers];
  if (out) return out;
  std::vector<Rulebook> books;
  for (const auto& name : split(layers, '+')) {
    auto book = embedded_rulebook(name, embedded_vocabulary());
    if (!book) FAIL(book.error().text());
    books.push_back(std::move(*book));
  }
  return out = program(std::move(books));
}

rapidjson::Document parsed(const std::string& json) {
  rapidjson::Document document;
  document.Parse(json.c_str());
  REQUIRE_FALSE(document.HasParseError());
  return document;
}

std::string text_of(const rapidjson::Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return buffer.GetString();
}

void add_parts(const rapidjson::Value& under, const char* key, Example& example) {
  if (!under.HasMember(key)) return;
  for (const auto& list : under[key].GetObject())
    for (const auto& entry : list.value.GetArray())
      example.parts.push_back({std::string(key) == "expect", list.name.GetString(), text_of(entry)});
}

rapidjson::Document document_of(const std::string& layers, const std::string& name = "case") {
  const auto assessed = test::assessed(program_of(layers), file_text(folder + name + ".json"), "2027-01-20");
  std::string json;
  write_assessment_json(assessed.result, json);
  return parsed(json);
}

/// Every entry of the document that is of one rulebook, by its list and key.
std::map<std::string, std::string> entries_of(const rapidjson::Document& document, const std::string& rulebook) {
  std::map<std::string, std::string> out;
  const auto take = [&](const rapidjson::Value& holder) {
    for (const auto* list : {"timescales", "states", "threshold", "findings"}) {
      if (!holder.HasMember(list)) continue;
      for (const auto& entry : holder[list].GetArray())
        if (entry.HasMember("rule") && split(entry["rule"].GetString(), '/').front() == rulebook)
          out[std::string(list) + " " + entry["key"].GetString()] = text_of(entry);
    }
  };
  take(document);
  take(document["whole_case"]);
  for (const auto& child : document["children"].GetArray()) take(child);
  for (const auto& conference : document["conferences"].GetArray()) take(conference);
  return out;
}

std::set<std::string> not_covered(const rapidjson::Document& document) {
  std::set<std::string> out;
  for (const auto& duty : document["not_covered"].GetArray()) out.insert(duty.GetString());
  return out;
}

}  // namespace

TEST_CASE("each rulebook says of one case what its text demands", "[assessment]") {
  const auto file = parsed(file_text(folder + "differences.json"));
  REQUIRE(file["differences"].Size() > 15);
  for (const auto& difference : file["differences"].GetArray()) {
    const auto record = file_text(folder + difference["case"].GetString() + ".json");
    for (const auto& under : difference["under"].GetObject()) {
      for (const auto& layers : split(under.name.GetString(), ' ')) {
        Example example;
        example.rule = "plan";  // Every rulebook has the course of a plan.
        example.as_of = moment(file["as_of"].GetString());
        example.record = record;
        add_parts(under.value, "expect", example);
        add_parts(under.value, "absent", example);
        INFO(difference["name"].GetString() << "\n  because: " << difference["because"].GetString());
        INFO("under " << layers);
        REQUIRE_FALSE(example.parts.empty());
        for (const auto& problem : check_example(program_of(layers), example)) FAIL_CHECK(problem);
      }
    }
  }
}

TEST_CASE("every text is held to something, alone and over the baseline", "[assessment]") {
  const auto file = parsed(file_text(folder + "differences.json"));
  std::map<std::string, int> times;
  for (const auto& difference : file["differences"].GetArray())
    for (const auto& under : difference["under"].GetObject())
      for (const auto& layers : split(under.name.GetString(), ' ')) ++times[layers];
  for (const auto& name : local) {
    CHECK(times[name] > 10);
    CHECK(times["england+" + name] > 10);
  }
}

TEST_CASE("a rulebook says over the baseline what it says alone, word for word", "[assessment]") {
  const auto name = GENERATE(from_range(local));
  const auto record = GENERATE(std::string("case"), std::string("transfer"));
  INFO(name << ", " << record);
  const auto alone = document_of(name, record);
  const auto layered = document_of("england+" + name, record);
  const auto own = entries_of(alone, name);
  CHECK(own.size() > 2);
  CHECK(own == entries_of(layered, name));
  CHECK(entries_of(alone, "england").empty());
}

TEST_CASE("the baseline says under a local rulebook what it says alone, or nothing", "[assessment]") {
  const auto name = GENERATE(from_range(local));
  const auto record = GENERATE(std::string("case"), std::string("transfer"));
  const auto alone = entries_of(document_of("england", record), "england");
  for (const auto& [key, entry] : entries_of(document_of("england+" + name, record), "england")) {
    INFO(name << ", " << record << ": " << key);
    const auto found = alone.find(key);
    REQUIRE(found != alone.end());
    // Where it is replaced in this case alone it says that it does not apply.
    const bool replaced = entry.find(R"("status":"not_applicable")") != std::string::npos;
    if (!replaced) CHECK(found->second == entry);
  }
}

TEST_CASE("what neither layer covers is not covered, and the layers are named", "[assessment]") {
  const auto name = GENERATE(from_range(local));
  const auto baseline = not_covered(document_of("england"));
  const auto alone = not_covered(document_of(name));
  const auto document = document_of("england+" + name);
  std::set<std::string> both;
  std::set_intersection(baseline.begin(), baseline.end(), alone.begin(), alone.end(), std::inserter(both, both.end()));
  INFO(name);
  CHECK(not_covered(document) == both);
  CHECK_FALSE(both.empty());
  REQUIRE(document["rulebooks"].Size() == 2);
  CHECK(document["rulebooks"][0]["name"] == "england");
  CHECK(document["rulebooks"][1]["name"].GetString() == name);
}

TEST_CASE("nothing is said of a duty that is not covered", "[assessment]") {
  const auto name = GENERATE(from_range(local));
  const auto layers = GENERATE(std::string(), std::string("england+"));
  const auto document = document_of(layers + name);
  const auto silent = not_covered(document);
  for (const auto* rulebook : {"england", name.c_str()})
    for (const auto& [key, entry] : entries_of(document, rulebook)) {
      INFO(layers << name << ": " << entry);
      CHECK(silent.count(parsed(entry)["duty"].GetString()) == 0);
    }
}

TEST_CASE("every finding cites clauses of the rulebook that speaks", "[assessment]") {
  const auto name = GENERATE(from_range(local));
  const auto rules = program_of("england+" + name);
  for (const auto& book : rules->rulebooks)
    for (const auto& [key, text] : entries_of(document_of("england+" + name), book->name)) {
      const auto entry = parsed(text);
      if (!entry.HasMember("clauses")) continue;
      INFO(text);
      CHECK(entry["clauses"].Size() > 0);
      for (const auto& clause : entry["clauses"].GetArray())
        CHECK(std::any_of(book->sources.begin(), book->sources.end(),
                          [&](const SourceText& source) { return of_source(clause.GetString(), source); }));
    }
}

namespace {

/// A plan, how it came to be and how it went on.
struct Course {
  std::string type;  ///< Of the conference that made it; empty: not given.
  std::string end;   ///< Decision of a review, or plan_ended, or nothing.
  bool unborn = false;
  bool made = true;  ///< The decision that made it is in the record.
  std::string more;  ///< Rows beside these.
};

std::string record_of(const Course& course) {
  std::string text = R"({"cpconf":1,"case":"x","children":[{"child":"a",)";
  text += course.unborn ? R"("expected_delivery_date":"2026-08-01"}],)" : R"("date_of_birth":"2017-05-09"}],)";
  text += R"("events":[{"event":"strategy_discussion_held","at":"2026-03-02","section_47":"s"},
    {"event":"section_47_started","at":"2026-03-02","section_47":"s"},
    {"event":"move_notified","at":"2026-03-02","direction":"into_area","permanent":true,"on_plan":true},
    {"event":"conference_arranged","at":"2026-03-03","conference":"c")";
  if (!course.type.empty()) text += R"(,"conference_type":")" + course.type + '"';
  text += R"(},{"event":"conference_held","at":"2026-03-16","conference":"c","session_outcome":"completed"})";
  if (course.made)
    text += R"(,{"event":"decision_made","at":"2026-03-16","conference":"c","plan":"p","decision":"plan_made"})";
  if (course.end == "plan_ended")
    text += R"(,{"event":"plan_ended","at":"2026-05-20","plan":"p","plan_end_reason":"moved_out",
      "decided_by":"head_of_child_protection","covered":["new_area_conference"]})";
  else if (!course.end.empty())
    text += R"(,{"event":"conference_arranged","at":"2026-05-03","conference":"r","conference_type":"review"},
      {"event":"conference_held","at":"2026-06-10","conference":"r","session_outcome":"completed"},
      {"event":"decision_made","at":"2026-06-10","conference":"r","plan":"p","decision":")" +
            course.end + "\"}";
  return text + course.more + "]}";
}

/// The duties with a limit that runs, ran or may run.
std::set<std::string> limits_of(const std::string& layers, const Course& course) {
  const auto assessed = test::assessed(program_of(layers), record_of(course), "2026-12-01");
  std::set<std::string> out;
  for (const auto& each : assessed.result.timescales)
    if (each.status != TimescaleStatus::not_applicable && each.status != TimescaleStatus::waiting)
      out.insert(assessed.rule(each).text->duty);
  return out;
}

}  // namespace

TEST_CASE("no national limit is lost under a local rulebook, however a plan came about", "[assessment]") {
  const std::string outlined = R"(,{"event":"plan_outlined","at":"2026-03-16","conference":"c","plan":"p",
    "plan_kind":"safety_plan"})";
  const std::string born = R"(,{"event":"child_recorded","at":"2026-05-30","date_of_birth":"2026-05-29"})";
  for (const auto* type : {"initial", "transfer", "reconvened", "review", ""})
    for (const auto* end : {"", "plan_continued", "plan_discontinued", "plan_ended"})
      for (const bool unborn : {false, true})
        for (const bool made : {false, true})
          for (const auto& more : {std::string(), outlined, unborn ? born : std::string()}) {
            const Course course{type, end, unborn, made, more};
            const auto baseline = limits_of("england", course);
            CHECK_FALSE(baseline.empty());
            for (const auto& name : local) {
              auto lost = baseline;
              for (const auto& duty : limits_of("england+" + name, course)) lost.erase(duty);
              INFO(name << ", by a conference of type '" << type << "', then '" << end << "'"
                        << (unborn ? ", unborn" : "") << (made ? "" : ", its making not recorded") << more);
              CHECK(lost == std::set<std::string>{});
            }
          }
}
