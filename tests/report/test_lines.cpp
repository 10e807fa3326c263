#include "report/lines.h"

#include <algorithm>
#include <string>

#include "support/catch.h"

using namespace cpc;

namespace {

ReportLine line(std::set<int> children, int conference, std::uint64_t when, const std::string& text) {
  return {std::move(children), conference, when, text, {}};
}

}  // namespace

TEST_CASE("a line that is the same for siblings stands once, another conference's beside it", "[report]") {
  const auto out =
      merged({line({2}, 1, 5, "late"), line({0}, 1, 4, "late"), line({0}, 3, 4, "late"), line({1}, 1, 4, "early")});
  REQUIRE(out.size() == 3);
  CHECK(out[0].children == std::set<int>{0, 2});
  CHECK(out[0].when == 4);
  CHECK(out[1].conference == 3);
  CHECK(out[2].children == std::set<int>{1});
}

TEST_CASE("lines that rest on different clauses stay apart", "[report]") {
  auto first = line({0}, 1, 4, "late"), second = line({1}, 1, 4, "late");
  first.cites = " [A-1]", second.cites = " [A-2]";
  CHECK(merged({first, second}).size() == 2);
}

TEST_CASE("a line about the whole case is no child's", "[report]") {
  CHECK(merged({line({}, -1, 0, "said"), line({0}, -1, 0, "said")}).size() == 2);
}

TEST_CASE("groups stand by the first thing in them", "[report]") {
  const auto out = grouped(
      {line({0}, -1, 9, "later"), line({1}, -1, 3, "sooner"), line({0}, -1, 5, "between"), line({1}, -1, 12, "last")});
  REQUIRE(out.size() == 2);
  CHECK(out[0].children == std::set<int>{1});
  CHECK(out[0].lines[1].text == "last");
  CHECK(out[1].lines[0].text == "between");
  CHECK(out[1].lines[1].text == "later");
}

TEST_CASE("no line is wider than the report unless one word is", "[report]") {
  std::string text;
  for (int i = 0; i < 90; ++i) text += (i ? " word" : "word") + std::to_string(i);
  const auto out = wrapped(text, 4);
  std::size_t begin = 0, lines = 0;
  while (begin < out.size()) {
    const auto end = out.find('\n', begin);
    REQUIRE(end != std::string::npos);
    CHECK(end - begin <= report_width);
    CHECK(out.find_first_not_of(' ', begin) - begin == (lines == 0 ? 4 : 6));
    begin = end + 1;
    ++lines;
  }
  CHECK(lines > 5);
  CHECK(wrapped(std::string(150, 'x'), 0) == std::string(150, 'x') + "\n");
  CHECK(wrapped("one two", 2, 0) == "  one two\n");
}
