// What an assessment costs in memory. Includes the counting operators for the whole binary.
#include "assessment/random_record.h"
#include "assessment/walk.h"
#include "support/allocations.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// Records of every shape: the walks, the example, the typical cases of the benchmarks, random ones.
std::vector<std::string> records() {
  const std::string root = CPC_SOURCE_DIR;
  std::vector<std::string> out{file_text(root + "/bench/typical-60.json"), file_text(root + "/bench/typical-30.json"),
                               file_text(root + "/tests/assessment/example/case.json")};
  for (const Walk& walk : read_walks(root + "/tests/assessment/walks/hertfordshire.json")) out.push_back(walk.record);
  for (unsigned seed = 1; seed <= 100; ++seed)
    out.push_back(RandomRecord::record(RandomRecord(seed).rows(static_cast<int>(seed % 50))));
  return out;
}

}  // namespace

TEST_CASE("one record after another is read and assessed without an allocation", "[assessment]") {
  const bool needs = GENERATE(false, true);
  const auto rules = program("hertfordshire");
  const auto texts = records();
  Record record;
  Workspace workspace;
  Assessment result;
  AssessOptions options;
  options.as_of = moment("2027-12-31");
  options.needs = needs;
  // Once to grow to what the largest needs; from then on nothing is asked for.
  long made_before = 0;
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < texts.size(); ++i) {
      INFO((needs ? "with needs, record " : "record ") << i);
      made_before = made;
      if (!read_record(texts[i], Reading::strict, record)) FAIL("not read");
      const long read = made - made_before;
      made_before = made;
      assess(rules, record, options, workspace, result);
      const long assessed = made - made_before;
      if (round == 0) continue;
      CHECK(read == 0);
      CHECK(assessed == 0);
    }
}

TEST_CASE("an assessment of a typical record of sixty events takes less than 256 KiB", "[assessment]") {
  const auto rules = program("hertfordshire");
  const std::string text = file_text(std::string(CPC_SOURCE_DIR) + "/bench/typical-60.json");
  Record record;
  if (!read_record(text, Reading::strict, record)) FAIL("not read");
  AssessOptions options;
  options.as_of = moment("2026-11-22");
  const long before = bytes;
  most_bytes = before;
  {
    Workspace workspace;
    Assessment result;
    assess(rules, record, options, workspace, result);
    CHECK(result.timescales.size() > 20);
  }
  const long most = most_bytes - before;
  const long kept = bytes - before;
  CHECK(most < 256 * 1024);
  CHECK(kept == 0);
}
