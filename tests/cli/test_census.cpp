#include <dirent.h>

#include <string>

#include "cli/command.h"
#include "support/catch.h"

using namespace cpc::test;

namespace {

const std::string files = "tests/census/files/";

/// How many entries of the build folder begin with a name.
int entries(const std::string& name) {
  int count = 0;
  DIR* folder = opendir(CPC_BUILD_DIR);
  for (const dirent* entry = readdir(folder); entry != nullptr; entry = readdir(folder))
    count += std::string(entry->d_name).rfind(name, 0) == 0 ? 1 : 0;
  closedir(folder);
  return count;
}

/// A path in the build folder at which nothing is left behind.
struct Target {
  std::string name = "census-output-test";
  std::string path = std::string(CPC_BUILD_DIR) + '/' + name;
  Target() { std::remove(path.c_str()); }
  ~Target() { std::remove(path.c_str()); }
};

}  // namespace

TEST_CASE("a census that was read ends with the weight of its findings", "[cli]") {
  CHECK(run("census " + files + "conferences.xml").status == 1);
  CHECK(run("census " + files + "no-children.xml").status == 0);
  CHECK(run("census " + files + "conferences.xml --summary").status == 1);
}

TEST_CASE("a census that breaks off ends with 2, a message and the children before it", "[cli]") {
  const auto ran = run("census " + files + "truncated.xml --format json");
  CHECK(ran.status == 2);
  CHECK(ran.error ==
        "cpconf: tests/census/files/truncated.xml: the file ends before its outermost element does (at line 11, column "
        "103); the children before that were read\n");
  CHECK(ran.out.find("\"children\": 1,") != std::string::npos);
  CHECK(ran.out.find("\"complete\": false\n}\n") != std::string::npos);
}

TEST_CASE("a file that is refused ends with 2, a message and no report", "[cli]") {
  for (const auto* file :
       {"empty.xml", "not-xml.xml", "entity-bomb.xml", "no-reference-date.xml", "no-such-file.xml"}) {
    INFO(file);
    const auto ran = run("census " + files + file + " --format json");
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.error.find(file) != std::string::npos);
  }
}

TEST_CASE("a census is read from standard input too", "[cli]") {
  const auto from_file = run("census " + files + "reviews.xml --format json");
  const auto piped =
      run("census - --format json", read_text(std::string(CPC_SOURCE_DIR) + '/' + files + "reviews.xml"));
  CHECK(piped.status == from_file.status);
  CHECK(piped.out == from_file.out);
}

TEST_CASE("with --output the report appears whole, and nothing else is left", "[cli]") {
  const Target target;
  const auto to_file = run("census " + files + "conferences.xml --format csv --output '" + target.path + "'");
  CHECK(to_file.status == 1);
  CHECK(to_file.out.empty());
  CHECK(read_text(target.path) == run("census " + files + "conferences.xml --format csv").out);
  CHECK(entries(target.name) == 1);
}

TEST_CASE("a refused file leaves what stood at --output as it was", "[cli]") {
  const Target target;
  CHECK(run("census " + files + "reviews.xml --output '" + target.path + "'").status == 1);
  const auto before = read_text(target.path);
  CHECK(run("census " + files + "entity-bomb.xml --output '" + target.path + "'").status == 2);
  CHECK(read_text(target.path) == before);
  CHECK(entries(target.name) == 1);
}

TEST_CASE("an option that cannot be is refused before the file is read", "[cli]") {
  const auto with_time = run("census " + files + "reviews.xml --as-of 2025-03-31T10:00");
  CHECK(with_time.status == 2);
  CHECK(with_time.error == "cpconf: --as-of: a census is judged as of a day, without a time\n");
  const auto no_findings = run("census " + files + "reviews.xml --summary --format csv");
  CHECK(no_findings.status == 2);
  CHECK(no_findings.error == "cpconf: --summary has no findings, which is all that csv holds: choose text or json\n");
  CHECK(run("census " + files + "reviews.xml --rulebook no-such-rulebook").status == 2);
  CHECK(run("census " + files + "reviews.xml --known-at 2025-01-01").status == 2);
  CHECK(run("census " + files + "reviews.xml --output /no-such-folder/report").status == 2);
}
