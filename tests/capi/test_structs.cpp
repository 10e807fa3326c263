#include <cstddef>
#include <cstring>
#include <vector>

#include "capi/support.h"

using namespace cpc::test;

// What callers were compiled against: these never change.
static_assert(sizeof(cpc_moment) == 8 && offsetof(cpc_moment, minute) == 4);
static_assert(sizeof(cpc_calendar_options) == 16 && offsetof(cpc_calendar_options, known_at) == 8);
static_assert(sizeof(cpc_record_options) == 8);
static_assert(sizeof(cpc_assess_options) == 16 && offsetof(cpc_assess_options, known_at) == 8);
static_assert(sizeof(cpc_write_options) == 8);
static_assert(CPC_OK == 0 && CPC_E_ARGUMENT == 10 && CPC_E_SYNTAX == 20 && CPC_E_INPUT == 21 && CPC_E_RULEBOOK == 30 &&
              CPC_E_CALENDAR == 31 && CPC_E_NOT_FOUND == 40 && CPC_E_NO_MEMORY == 50 && CPC_E_FAILED == 90);

namespace {

/// Options of another age: `size` bytes on the heap and not one more, all 0 but what `Options` begins with.
template <class Options>
class Aged {
 public:
  Aged(Options options, std::uint32_t size) : bytes_(new unsigned char[size < 4 ? 4 : size]) {
    options.struct_size = size;
    std::memset(bytes_.get(), 0, size < 4 ? 4 : size);
    std::memcpy(bytes_.get(), &options, std::min<std::size_t>(std::max(size, 4U), sizeof options));
  }
  [[nodiscard]] const Options* get() const { return reinterpret_cast<const Options*>(bytes_.get()); }
  unsigned char& operator[](std::size_t i) { return bytes_[i]; }

 private:
  std::unique_ptr<unsigned char[]> bytes_;
};

std::string assessed_with(const cpc_assess_options* options) {
  static const auto rules = program();
  static const auto rows = record(small_case);
  cpc_assessment* made = nullptr;
  auto answer = said([&](cpc_error** error) {
    const auto status = cpc_program_assess(rules.get(), rows.get(), moment("2026-11-30"), options, &made, error);
    if (status != CPC_OK) return status;
    cpc_assessment_free(made);
    made = nullptr;
    return status;
  });
  CHECK(made == nullptr);
  return answer;
}

}  // namespace

TEST_CASE("options of every age are taken", "[capi]") {
  const auto size = GENERATE(4U, 8U, 16U, 20U, 64U, 1024U);
  const Aged<cpc_assess_options> options(CPC_ASSESS_OPTIONS_INIT, size);
  CHECK(assessed_with(options.get()) == "ok");
}

TEST_CASE("a newer field that is set is refused, not passed over", "[capi]") {
  const auto at = GENERATE(16U, 19U);
  Aged<cpc_assess_options> options(CPC_ASSESS_OPTIONS_INIT, 20);
  options[at] = 1;
  CHECK(assessed_with(options.get()) ==
        "argument: options has a field that this version does not know, and it is not 0");
}

TEST_CASE("a size that no version had is refused", "[capi]") {
  const auto [size, message] = GENERATE(table<std::uint32_t, const char*>({
      {0, "argument: options.struct_size is 0; set it to the size of the struct"},
      {3, "argument: options.struct_size is 3; set it to the size of the struct"},
      {12, "argument: options.struct_size is 12, which ends within a field"},
      {1025, "argument: options.struct_size is 1025; set it to the size of the struct"},
  }));
  const Aged<cpc_assess_options> options(CPC_ASSESS_OPTIONS_INIT, size);
  CHECK(assessed_with(options.get()) == message);
}

TEST_CASE("an older struct without a field gets the default, not a zero", "[capi]") {
  // With known_at taken for 1970-01-01 every row would be left out as not yet known.
  const Aged<cpc_assess_options> options(CPC_ASSESS_OPTIONS_INIT, 8);
  const auto rules = program();
  const auto rows = record(small_case);
  cpc_assessment* made = nullptr;
  REQUIRE(cpc_program_assess(rules.get(), rows.get(), moment("2026-11-30"), options.get(), &made, nullptr) == CPC_OK);
  const Assessment owned(made);
  CHECK(cpc_assessment_left_out(made, CPC_LEFT_OUT_NOT_YET_KNOWN) == 0);
}

TEST_CASE("a flag that is not known is refused", "[capi]") {
  cpc_assess_options options = CPC_ASSESS_OPTIONS_INIT;
  options.flags = 1U << 31;
  CHECK(assessed_with(&options) == "argument: options.flags has a bit that this version does not know");
  cpc_record_options reading = CPC_RECORD_OPTIONS_INIT;
  reading.flags = 2;
  cpc_record* made = nullptr;
  CHECK(said([&](cpc_error** error) { return cpc_record_read(cpc_text_of(small_case), &reading, &made, error); }) ==
        "argument: options.flags has a bit that this version does not know");
  CHECK(made == nullptr);
}
