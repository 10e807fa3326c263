// Every example beside a rulebook is a test: its record is assessed and the result has to hold what is expected.
#include <filesystem>
#include <map>
#include <set>

#include "assessment/support.h"
#include "json/examples.h"

using namespace cpc;
using namespace cpc::test;
namespace fs = std::filesystem;

namespace {

std::size_t run_file(const std::string& path, const std::shared_ptr<const Program>& rules,
                     std::map<std::string, std::set<bool>>& shown) {
  const auto examples = read_examples(file_text(path));
  if (!examples) FAIL(path << ": " << examples.error().text());
  const auto file = fs::path(path).filename().string();
  for (const auto& example : *examples) {
    INFO(file << ": " << example.rule << ": " << example.name << "\n  because: " << example.because);
    for (const auto& problem : check_example(rules, example)) FAIL_CHECK(problem);
    shown[example.rule].insert(example.passes);
  }
  return examples->size();
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

/// A rulebook of one rule, and a record that keeps it; `changes` are laid over the example's own keys.
std::shared_ptr<const Program> small_program() {
  return program_of_text(R"({"cpconf":1,"rulebook":"small","edition":"1","title":"Small","nation":"england",
    "calendar":"england-and-wales","in_force":{"from":"2007-01-01"},
    "sources":[{"id":"SMALL","title":"Small","checked":"2026-11-22"}],
    "sections":[{"cpconf":1,"section":"1","title":"One","rules":[
      {"requirement":"reasons","duty":"plan_decision","cites":["SMALL-1"],"modality":"must","severity":"breach",
       "per":["child","conference"],"at":{"event":"decision_made"},
       "expect":{"all":[{"fact":"covered","has":"reasons_recorded"},{"fact":"covered","has":"views_considered"}]},
       "say":"The reasons are not recorded."}]}]})");
}

std::string small_examples(const std::string& covered, const std::string& more) {
  return R"({"cpconf":1,"examples":{"reasons":[{"name":"One.","shows":["SMALL-1"],"as_of":"2026-11-30",
    "because":"so",)" +
         more + R"(,"record":{"children":[{"child":"ada"}],"events":[
      {"event":"decision_made","at":"2026-11-20","conference":"c1","decision":"plan_made")" +
         covered + "}]}}]}}";
}

std::vector<std::string> problems(const std::string& covered, const std::string& more) {
  const auto examples = read_examples(small_examples(covered, more));
  if (!examples) FAIL(examples.error().text());
  std::vector<std::string> out;
  for (const auto& example : *examples)
    for (const auto& problem : check_example(small_program(), example)) out.push_back(problem);
  return out;
}

const std::string all_given = R"(,"covered":["reasons_recorded","views_considered"])";

}  // namespace

TEST_CASE("every example of a shipped rulebook holds", "[format]") {
  for (const auto& name : embedded_rulebook_names()) {
    const auto rules = program(name);
    std::map<std::string, std::set<bool>> shown;
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(std::string(CPC_SOURCE_DIR) + "/src/data/rulebooks/" + name))
      if (entry.path().string().ends_with(".examples.json")) count += run_file(entry.path().string(), rules, shown);
    INFO(name);
    CHECK(count > 0);
    check_shown(rules, shown);
  }
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

TEST_CASE("an example that does not hold says how", "[format][json]") {
  using Lines = std::vector<std::string>;
  CHECK(problems(all_given, R"("passes":true)").empty());
  CHECK(problems(all_given, R"("passes":false)") == Lines{"the rule should be broken but is satisfied"});
  CHECK(problems("", R"("passes":true)") == Lines{"the rule should be satisfied but is undetermined"});
  CHECK(problems("", R"("passes":true,"status":"undetermined")").empty());
  CHECK(problems(all_given, R"("passes":true,"expect":{"findings":[{"rule":"other"}]})") ==
        Lines{R"(no entry of 'findings' holds {"rule":"other"}; there is none of that rule)"});
  CHECK(problems(R"(,"not_covered":["reasons_recorded"])",
                 R"("passes":false,"absent":{"findings":[{"severity":"breach"}]})")
            .size() == 1);
}

TEST_CASE("an example without each item becomes one for every item of the checklist", "[format][json]") {
  const auto text = small_examples(all_given, R"("passes":false,"without_each":0)");
  const auto examples = read_examples(text);
  REQUIRE(examples);
  REQUIRE(examples->size() == 2);
  CHECK(examples->front().name == "One. (without reasons_recorded)");
  CHECK(examples->back().name == "One. (without views_considered)");
  CHECK(problems(all_given, R"("passes":false,"without_each":0)").empty());
  const auto bad = read_examples(small_examples("", R"("passes":false,"without_each":0)"));
  REQUIRE_FALSE(bad);
  CHECK(bad.error().text() ==
        "the number of a row with 'covered' is expected here (at /examples/reasons/0/without_each)");
}

TEST_CASE("a file of examples that is wrong is refused with its place", "[format][json]") {
  const auto [more, expected] = GENERATE(table<std::string, std::string>({
      {R"("passes":1)", "true or false is expected here, not a number (at /examples/reasons/0/passes)"},
      {R"("passes":true,"status":"broken")",
       "not_applicable or undetermined is expected here (at /examples/reasons/0/status)"},
      {R"("passes":true,"expect":{"finding":[]})",
       "no list of the assessment is named 'finding' (at /examples/reasons/0/expect)"},
      {R"("passes":true,"known_at":"2026-02-30")",
       "there is no such day: '2026-02-30' (at /examples/reasons/0/known_at)"},
      {R"("passes":true,"shown":[])", "there is no key 'shown'; did you mean shows? (at /examples/reasons/0/shown)"},
  }));
  const auto read = read_examples(small_examples("", more));
  REQUIRE_FALSE(read);
  CHECK(read.error().text() == expected);
}
