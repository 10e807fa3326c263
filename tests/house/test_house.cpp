#include "house/rules.h"
#include "support/catch.h"

using namespace cpc::house;

namespace {

const std::vector<File>& files() {
  static const std::vector<File> all = project_files(CPC_SOURCE_DIR);
  return all;
}

/// Runs one check over every file of the project and shows each fault.
void check_all(Faults (*check)(const File&)) {
  for (const auto& file : files())
    for (const auto& fault : check(file)) FAIL_CHECK(fault);
}

std::size_t count(const std::string& folder) {
  std::size_t found = 0;
  for (const auto& file : files()) found += file.path.starts_with(folder) ? 1U : 0U;
  return found;
}

}  // namespace

TEST_CASE("the checks see the project's files", "[house]") {
  for (const auto* folder : {"src/base/", "src/data/", "src/date/", "tests/house/", "cmake/", ".ci/"}) {
    INFO(folder);
    CHECK(count(folder) > 0);
  }
  CHECK(count("build/") == 0);
  CHECK(count(".git/") == 0);
}

TEST_CASE("a file includes only its own stage and those before it", "[house]") { check_all(wrong_stage_includes); }

TEST_CASE("an include of a later stage is found", "[house]") {
  const auto including = [](const char* path, const char* header) {
    return wrong_stage_includes({path, std::string("#include <vector>\n#include \"") + header + "\"\n"});
  };
  CHECK(including("src/date/day.cpp", "record/record.h") == Faults{"src/date/day.cpp:2: date must not include record"});
  CHECK(including("src/rulebook/model.h", "json/reader.h").size() == 1);
  CHECK(including("src/report/text.cpp", "census/census.h").size() == 1);
  CHECK(including("capi/assessment.cpp", "census/census.h").size() == 1);
  CHECK(including("capi/assessment.cpp", "cli/main.h").size() == 1);
  CHECK(including("src/date/day.cpp", "day.h") ==
        Faults{"src/date/day.cpp:2: \"day.h\" does not begin with a stage of src/"});
  CHECK(including("src/extra/day.cpp", "base/text.h") == Faults{"src/extra/day.cpp: src/ has no stage 'extra'"});

  CHECK(including("src/record/record.cpp", "date/day.h").empty());
  CHECK(including("src/record/record.cpp", "record/record.h").empty());
  CHECK(including("src/cli/main.cpp", "census/census.h").empty());
  CHECK(including("capi/assessment.cpp", "report/text.h").empty());
  CHECK(including("capi/assessment.cpp", "handles.h").empty());
}

TEST_CASE("each dependency has one home", "[house]") { check_all(strayed_dependencies); }

TEST_CASE("a dependency outside its home is found", "[house]") {
  const auto including = [](const char* path, const char* header) {
    return strayed_dependencies({path, std::string("#include <") + header + ">\n"});
  };
  const auto [header, home, elsewhere] = GENERATE(table<const char*, const char*, const char*>({
      {"xxhash.h", "src/base/hash.cpp", "src/json/hash.cpp"},
      {"boost/date_time/gregorian/gregorian.hpp", "src/date/day.cpp", "src/record/record.cpp"},
      {"boost/graph/adjacency_list.hpp", "src/program/graph.cpp", "src/rulebook/lint.cpp"},
      {"rapidjson/reader.h", "src/json/reader.cpp", "capi/record.cpp"},
      {"expat.h", "src/census/stream.cpp", "src/cli/census.cpp"},
      {"CLI/CLI.hpp", "src/cli/main.cpp", "src/report/text.cpp"},
      {"catch2/catch.hpp", "tests/support/catch.h", "tests/date/test_day.cpp"},
      {"benchmark/benchmark.h", "bench/census.cpp", "src/base/text.cpp"},
  }));
  CHECK(including(home, header).empty());
  CHECK(including(elsewhere, header).size() == 1);
  CHECK(including("src/program/program.h", "boost/dynamic_bitset.hpp").size() == 1);
  CHECK(including("tests/date/test_day.cpp", "boost/date_time/gregorian/gregorian.hpp").empty());
  CHECK(including("bench/read.cpp", "rapidjson/document.h").empty());
  CHECK(including("bench/read.cpp", "catch2/catch.hpp").size() == 1);
  CHECK(strayed_dependencies({"src/cli/a.cpp", "#if __has_include(<expat.h>)\n"}).size() == 1);
}

TEST_CASE("the library is standard C++ and reads no clock, locale, environment or thread", "[house]") {
  check_all(not_standard);
}

TEST_CASE("a header or a name of the operating system is found", "[house]") {
  const auto bad = [](const char* path, const char* text) { return !not_standard({path, text}).empty(); };
  for (const auto* path : {"src/base/text.cpp", "src/json/reader.h", "src/report/text.cpp", "capi/record.cpp"}) {
    INFO(path);
    for (const auto* header : {"unistd.h", "sys/stat.h", "fcntl.h", "pthread.h", "thread", "future"}) {
      INFO(header);
      CHECK(bad(path, (std::string("#include <") + header + ">\n").c_str()));
    }
    CHECK(bad(path, "auto home = std::getenv(\"HOME\");\n"));
    CHECK(bad(path, "auto now = std::chrono::system_clock::now();\n"));
    CHECK(bad(path, "auto today = day_clock::local_day();\n"));
    CHECK_FALSE(bad(path, "#include <vector>\n#include <memory_resource>\n// not getenv\n"));
  }
  CHECK(bad("src/base/text.cpp", "#include <stdint.h>\n"));
  CHECK_FALSE(bad("include/cpconf/cpconf.h", "#include <stdint.h>\n"));
  CHECK_FALSE(bad("src/cli/main.cpp", "#include <unistd.h>\n"));
  CHECK_FALSE(bad("src/json/reader.cpp", "#include <rapidjson/reader.h>\n"));
}

TEST_CASE("every header has its guard", "[house]") { check_all(unguarded_header); }

TEST_CASE("a header without its guard is found", "[house]") {
  CHECK(unguarded_header({"src/date/day.h", "#include <vector>\n"}).size() == 1);
  CHECK(unguarded_header({"src/date/day.h", "#ifndef CPCONF_H\n"}).size() == 1);
  CHECK(unguarded_header({"src/date/day.h", "#pragma once\n"}).empty());
  CHECK(unguarded_header({"include/cpconf/cpconf.h", "#ifndef CPCONF_H\n"}).empty());
  CHECK(unguarded_header({"src/date/day.cpp", ""}).empty());
}

TEST_CASE("no file names a path of one machine or the host of a registry", "[house]") { check_all(machine_words); }

TEST_CASE("a path of one machine or the host of a registry is found", "[house]") {
  const auto bad = [](const std::string& text) { return machine_words({"a.md", "first\n" + text + "\n"}); };
  CHECK(bad(std::string("see /wo") + "rk/main").size() == 1);
  CHECK(bad(std::string("cd /ho") + "me/someone").size() == 1);
  CHECK(bad(std::string("out = '/t") + "mp/out'").size() == 1);
  CHECK(bad(std::string("https://py") + "pi.org/simple").size() == 1);
  CHECK(bad(std::string("URIs: http://deb.deb") + "ian.org").size() == 1);
  CHECK(bad("https://www.gov.uk/bank-holidays.json, framework/ and homework/").empty());
  CHECK(bad(std::string("at /ro") + "ot/x").front().starts_with("a.md:2: "));
}

TEST_CASE("the project's folder holds only what belongs there", "[house]") {
  for (const auto& fault : stray_entries(project_entries(CPC_SOURCE_DIR))) FAIL_CHECK(fault);
}

TEST_CASE("an entry that has no place in the project's folder is found", "[house]") {
  CHECK(stray_entries({"src", "notes.txt", "build", "build-asan", "buildings"}) ==
        Faults{"notes.txt: the project's folder has no place for it",
               "buildings: the project's folder has no place for it"});
}
