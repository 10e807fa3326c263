#include <string>

#include "json/record_cases.h"
#include "json/record_reader.h"
#include "support/allocations.h"
#include "support/catch.h"

using namespace cpc;

TEST_CASE("one record after another costs no allocation", "[json][record]") {
  const auto large = test::file(CPC_SOURCE_DIR "/bench/typical-60.json");
  const auto small = test::file(CPC_SOURCE_DIR "/bench/typical-30.json");
  REQUIRE(!large.empty());
  Record record;
  REQUIRE(read_record(large, Reading::strict, record));
  CHECK(test::made > 0);
  const long before = test::made;
  bool read = true;
  for (int i = 0; i < 10; ++i)
    for (const auto* text : {&small, &large}) {
      const auto done = read_record(*text, Reading::strict, record);
      read = read && done;
    }
  const long after = test::made;
  CHECK(read);
  CHECK(after == before);
}
