#include <rapidjson/document.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>

#include "census/output.h"
#include "census/support.h"
#include "support/catch.h"
#include "support/census_text.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// The same child again and again, made while it is read.
class Endless {
 public:
  Endless(std::string head, std::string child, std::string tail, int children)
      : parts_{std::move(head), std::move(child), std::move(tail)}, left_(children) {}

  std::ptrdiff_t read(char* to, std::size_t size) {
    std::size_t got = 0;
    while (got < size && part_ < 3) {
      const std::string& part = parts_[part_];
      const std::size_t some = std::min(size - got, part.size() - at_);
      std::memcpy(to + got, part.data() + at_, some);
      got += some;
      at_ += some;
      if (at_ < part.size()) continue;
      at_ = 0;
      if (part_ != 1 || --left_ == 0) ++part_;
    }
    return static_cast<std::ptrdiff_t>(got);
  }

 private:
  std::array<std::string, 3> parts_;
  std::size_t part_ = 0;
  std::size_t at_ = 0;
  int left_;
};

// The address sanitizer holds back what was freed, up to 256 MB.
#if defined(__SANITIZE_ADDRESS__)
constexpr long allowed_kilobytes = (256 + 16) * 1024;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr long allowed_kilobytes = (256 + 16) * 1024;
#else
constexpr long allowed_kilobytes = 16 * 1024;
#endif
#else
constexpr long allowed_kilobytes = 16 * 1024;
#endif

long peak_kilobytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

}  // namespace

TEST_CASE("a census takes the same memory whatever its length", "[census]") {
  const auto whole = CensusGenerator(5).write(40).xml;
  const auto first = whole.find("<Child>");
  const auto last = whole.find("</Children>");
  Endless file(whole.substr(0, first), whole.substr(first, last - first), whole.substr(last), 500);
  std::uint64_t written = 0;
  const auto writer = census_writer(
      CensusFormat::csv, [&](std::string_view bytes) { written += bytes.size(); }, "test");
  const auto program = program_of("england");
  const long before = peak_kilobytes();
  const auto totals =
      run_census([&](char* to, std::size_t size) { return file.read(to, size); }, program, CensusOptions{}, *writer);
  REQUIRE(totals);
  CHECK(totals->complete);
  CHECK(totals->figures.children == 20000);
  CHECK(written > 2'000'000);
  CHECK(peak_kilobytes() - before < allowed_kilobytes);
}

TEST_CASE("a damaged census gives a document that says whether it is whole", "[census]") {
  std::mt19937 random(20250331);
  for (const auto* name : {"bends.xml", "conferences.xml", "reviews.xml", "unreadable.xml"}) {
    const auto text = census_file(name);
    for (int round = 0; round < 250; ++round) {
      auto damaged = text;
      for (int times = 1 + static_cast<int>(random() % 3); times > 0; --times) {
        const auto at = random() % damaged.size();
        switch (random() % 4) {
          case 0:
            damaged[at] = static_cast<char>(random() % 256);
            break;
          case 1:
            damaged.erase(at, 1 + random() % 20);
            break;
          case 2:
            damaged.insert(at, damaged.substr(random() % damaged.size(), 1 + random() % 200));
            break;
          default:
            damaged.resize(at + 1);
            break;
        }
      }
      std::string out;
      const auto writer = census_writer(
          CensusFormat::json, [&](std::string_view bytes) { out += bytes; }, "test");
      const auto totals = run_text(damaged, *writer);
      INFO(name << " round " << round);
      if (!totals) {
        CHECK(out.empty());
        CHECK_FALSE(totals.error().message.empty());
        continue;
      }
      rapidjson::Document document;
      document.Parse<rapidjson::kParseValidateEncodingFlag>(out.data(), out.size());
      REQUIRE_FALSE(document.HasParseError());
      CHECK(document["complete"].GetBool() == totals->complete);
      CHECK(document["figures"]["children"].GetUint64() == totals->figures.children);
    }
  }
}
