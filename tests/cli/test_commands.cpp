#include <rapidjson/document.h>

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "support/catch.h"

using namespace cpc::test;

namespace {

/// The command lines under "Examples:" in a help text, without the name of the command.
std::vector<std::string> examples_in(const std::string& help) {
  std::vector<std::string> out;
  const std::string start = "  cpconf ";
  for (const auto& line : lines_of(help))
    if (line.rfind(start, 0) == 0) out.push_back(line.substr(start.size()));
  return out;
}

/// Names that examples use, as files that are there.
std::string with_real_files(std::string example) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {" case.json", " tests/cli/samples/example-case.json"},
      {"< cases.ndjson", "< tests/cli/samples/cases.ndjson"},
      {" answers.json", " tests/cli/samples/answers.json"},
      {" my-rulebook.json", " src/data/rulebooks/hertfordshire"},
      {" my-rulebook/", " src/data/rulebooks/hertfordshire"},
      {" > case.html", ""},
      {" > due.ics", ""},
      {" | dot -Tsvg > plan.svg", ""},
      {" > graphs.dot", ""},
      {"return.xml", "tests/census/files/conferences.xml"},
      {"findings.csv", std::string(CPC_BUILD_DIR) + "/cli-test-findings.csv"},
  };
  for (const auto& [name, file] : files)
    if (const auto at = example.find(name); at != std::string::npos) example.replace(at, name.size(), file);
  return example;
}

}  // namespace

TEST_CASE("every example in the help runs", "[cli]") {
  const auto command =
      GENERATE(as<std::string>{}, "", "assess", "threshold", "deadline", "rulebook", "rulebook lint", "rulebook diff",
               "rulebook compare", "rulebook facts", "rulebook graph", "schema", "vocabulary", "census");
  const auto help = run(command + " --help");
  CHECK(help.status == 0);
  const auto examples = examples_in(help.out);
  CHECK_FALSE(examples.empty());
  for (const auto& example : examples) {
    INFO(example);
    const auto ran = run(with_real_files(example));
    CHECK((ran.status == 0 || ran.status == 1 || ran.status == 4));
    CHECK((!ran.out.empty() || example.find("--output") != std::string::npos));
  }
}

TEST_CASE("the command names its version", "[cli]") {
  const auto ran = run("--version");
  CHECK(ran.status == 0);
  CHECK(ran.out.rfind("cpconf 0.", 0) == 0);
}

TEST_CASE("answers to the threshold questions come to an outcome with its clauses", "[cli]") {
  const auto [answers, text] = GENERATE(table<std::string, std::string>({
      {R"({"role": "conference_chair", "has_suffered": true, "further_harm_likely": true})",
       "Answers of the chair: met (has suffered: yes, further harm likely: yes). [HERT-7.9.2-b1 and HERT-7.9.3]"},
      {R"({"role": "conference_chair", "has_suffered": false, "likely_to_suffer": false})",
       "Answers of the chair: not met (has suffered: no, likely to suffer: no). [HERT-7.9.2-b1, HERT-7.9.2-b2,"},
  }));
  const TemporaryFile file(answers);
  const auto ran = run("threshold '" + file.path() + "' --rulebook hertfordshire");
  INFO(answers);
  CHECK(ran.status == 0);
  INFO(ran.out);
  std::string on_one_line;
  for (const auto& line : lines_of(ran.out))
    if (!line.empty()) on_one_line += line.substr(line.find_first_not_of(' ')) + " ";
  CHECK(on_one_line.find(text) != std::string::npos);
}

TEST_CASE("what is not answered is undetermined, and named", "[cli]") {
  const TemporaryFile file(R"([{"role": "conference_chair", "has_suffered": true}, {"role": "police_officer"}])");
  const auto ran = run("threshold '" + file.path() + "' --rulebook hertfordshire --format json");
  CHECK(ran.status == 0);
  rapidjson::Document document;
  document.Parse(ran.out.c_str());
  REQUIRE_FALSE(document.HasParseError());
  REQUIRE(document.Size() == 2);
  const auto chair = document[0]["answered_by"] == "conference_chair" ? 0U : 1U;
  CHECK(document[chair]["outcome"] == "undetermined");
  REQUIRE(document[chair]["needs"].Size() >= 1);
  CHECK(std::string(document[chair]["needs"][0].GetString()).find("further_harm_likely") != std::string::npos);
  CHECK(document[1 - chair]["outcome"] == "undetermined");
  CHECK(document[1 - chair]["needs"].Size() > document[chair]["needs"].Size());
}

TEST_CASE("answers that cannot be read are refused with their place", "[cli]") {
  const auto [answers, error] = GENERATE(table<std::string, std::string>({
      {R"(7)", "answers are an object of threshold_assessed attributes"},
      {R"([{}, 7])", "answers are an object of threshold_assessed attributes (at /1)"},
      {R"({"event": "decision_made"})", "answers are of the event threshold_assessed alone (at /event)"},
      {R"([{}, {"has_sufered": true}])", "did you mean 'has_suffered'? (at /1)"},
      {R"({"has_sufered": true})", "did you mean 'has_suffered'?"},
      {R"({"has_suffered": "yes"})", "(at /has_suffered)"},
      {R"({"has_suffered": true)", "(at line 1, column 22)"},
  }));
  const TemporaryFile file(answers);
  const auto ran = run("threshold '" + file.path() + "' --rulebook hertfordshire");
  INFO(answers << " gives " << ran.error);
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.error.find(error + "\n") != std::string::npos);
}

TEST_CASE("a rulebook without a tree says so", "[cli]") {
  const TemporaryFile file(R"({"has_suffered": true})");
  const auto ran = run("threshold '" + file.path() + "' --rulebook england");
  CHECK(ran.status == 2);
  CHECK(ran.error == "cpconf: the rulebook has no threshold tree that these answers are for\n");
}

TEST_CASE("rulebooks are listed, shown and bundled", "[cli]") {
  const auto list = run("rulebook list");
  CHECK(list.status == 0);
  CHECK(list.out.find("\nhertfordshire  edition 2007, in force from 2007-01-01\n") != std::string::npos);
  // The clauses of the five texts; what is set aside is what the design lets be.
  for (const std::string_view extent :
       {"\n  377 clauses (1 set aside), ", "\n  76 clauses (0 set aside), ", "\n  51 clauses (0 set aside), ",
        "\n  30 clauses (0 set aside), ", "\n  26 clauses (2 set aside), "})
    CHECK(list.out.find(extent) != std::string::npos);
  CHECK(list.out.find(" rules, ") != std::string::npos);
  CHECK(std::string_view(list.out).ends_with(" examples\n"));
  const auto show = run("rulebook show hertfordshire");
  CHECK(show.status == 0);
  CHECK(show.out.find("  initial-conference  (timescale, should, breach)  HERT-7.2.7a and HERT-7.2.16a\n"
                      "      15 working days after the last strategy discussion held\n") != std::string::npos);
  const auto bundle = run("rulebook bundle src/data/rulebooks/hertfordshire");
  CHECK(bundle.status == 0);
  CHECK(bundle.out == run("rulebook show hertfordshire --format json").out);
  const TemporaryFile file(bundle.out);
  CHECK(run("rulebook show '" + file.path() + "'").out == show.out);
}

TEST_CASE("a rulebook that cannot be read is refused with the file and the place", "[cli]") {
  const TemporaryFile file(R"({"cpconf": 1, "rulebook": "x"})");
  const auto ran = run("rulebook show '" + file.path() + "'");
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.error.rfind("cpconf: " + file.path() + ": ", 0) == 0);
  CHECK(run("rulebook bundle tests/cli").error ==
        "cpconf: there is no file tests/cli/rulebook.json that can be read\n");
  CHECK(run("rulebook").status == 2);
}

TEST_CASE("the vocabulary is listed by event, or printed as it is", "[cli]") {
  CHECK(run("vocabulary --format json").out == read_text(CPC_SOURCE_DIR "/src/data/vocabulary/vocabulary.json"));
  const auto event = run("vocabulary --event report_shared");
  CHECK(event.status == 0);
  CHECK(event.out.find("  belongs to: conference (required) and report\n") != std::string::npos);
  CHECK(run("vocabulary").out.find(event.out) != std::string::npos);
  const auto unknown = run("vocabulary --event report_share");
  CHECK(unknown.status == 2);
  CHECK(unknown.error == "cpconf: there is no event 'report_share'; did you mean report_shared?\n");
}

TEST_CASE("the vocabulary lists the facts that rules may ask for", "[cli]") {
  const auto ran = run("vocabulary");
  for (const auto* line : {"\nunborn: true or false\n", "\nchild_age: whole number\n",
                           "\nrole_group: family, professional, support or other\n",
                           "\nconference.conference_date: date, or date and time\n", "\nchild.date_of_birth: date\n"})
    CHECK(ran.out.find(line) != std::string::npos);
}

TEST_CASE("the schemas are listed, and printed as they are", "[cli]") {
  CHECK(run("schema").out.find("\nrulebook\n") != std::string::npos);
  for (const auto& name : lines_of(run("schema").out))
    CHECK(run("schema " + name).out == read_text(CPC_SOURCE_DIR "/src/data/schemas/" + name + ".schema.json"));
  const auto unknown = run("schema rulbook");
  CHECK(unknown.status == 2);
  CHECK(unknown.error == "cpconf: there is no schema 'rulbook'; did you mean rulebook?\n");
}

TEST_CASE("output that cannot be written ends with 3", "[cli]") {
  const auto ran = run("vocabulary >/dev/full");
  CHECK(ran.status == 3);
  CHECK(ran.error == "cpconf: the output could not be written\n");
}
