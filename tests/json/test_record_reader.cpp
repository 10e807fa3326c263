#include <fstream>
#include <iterator>
#include <string>

#include "json/record_reader.h"
#include "support/catch.h"

using namespace cpc;

namespace {

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("the sample case is read in full", "[json]") {
  const auto text = file(CPC_SOURCE_DIR "/tests/samples/case.json");
  REQUIRE(!text.empty());
  Record record;
  const auto read = read_record(text, Reading::strict, record);
  INFO((read ? std::string() : read.error().text()));
  REQUIRE(read);
  CHECK(record.findings.empty());
  CHECK(record.children.size() == 2);
}
