#include <cstdlib>
#include <new>
#include <string>

#include "json/record_cases.h"
#include "json/record_reader.h"
#include "support/catch.h"

namespace {
thread_local std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace cpc;

TEST_CASE("one record after another costs no allocation", "[json][record]") {
  const auto large = test::file(CPC_SOURCE_DIR "/bench/typical-60.json");
  const auto small = test::file(CPC_SOURCE_DIR "/bench/typical-30.json");
  REQUIRE(!large.empty());
  Record record;
  REQUIRE(read_record(large, Reading::strict, record));
  CHECK(allocations > 0);
  const auto before = allocations;
  bool read = true;
  for (int i = 0; i < 10; ++i)
    for (const auto* text : {&small, &large}) {
      const auto done = read_record(*text, Reading::strict, record);
      read = read && done;
    }
  const auto after = allocations;
  CHECK(read);
  CHECK(after == before);
}
