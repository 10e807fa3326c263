#include "census/elements.h"
#include "census/values.h"
#include "support/catch.h"

namespace {

std::string read(std::string_view text) {
  cpc::Day day;
  return cpc::read_census_day(text, day) ? cpc::to_string(day) : "unreadable";
}

}  // namespace

TEST_CASE("every form in which files write a day gives the day that is written", "[census]") {
  for (const auto* text : {"2024-05-20", "2024-05-20T00:00:00", "2024-05-20T23:30:00-05:00", "2024-05-20T10:00:00.000",
                           "2024-05-20T10:00:00.123Z", "2024-05-20 10:15", "2024-05-20T10:15Z", "2024-05-20Z",
                           "2024-05-20+01:00", "20/05/2024", "20/05/2024 00:00:00", "20/05/2024 10:15"}) {
    INFO(text);
    CHECK(read(text) == "2024-05-20");
  }
}

TEST_CASE("what is no day of the calendar, or in no form that files use, is unreadable", "[census]") {
  for (const auto* text : {"",
                           "2024-02-30",
                           "2023-02-29",
                           "0000-00-00",
                           "2024-13-01",
                           "31/09/2024",
                           "12/31/2024",
                           "20240520",
                           "2024-5-20",
                           "20.05.2024",
                           "20-05-2024",
                           "20/05/24",
                           "2024-05-20T",
                           "2024-05-20T10",
                           "2024-05-20T24:00:00",
                           "2024-05-20T10:60",
                           "2024-05-20T10:00:00.",
                           "2024-05-20T10:00:00 later",
                           "2024-05-20+15:00",
                           "2024-05-20+1",
                           "20/05/2024Z",
                           "20/05/2024T10:00",
                           "20/05/2024 ",
                           "+2024-05-20",
                           "2024-05-20x",
                           "1899-12-31",
                           "2200-01-01",
                           "today"}) {
    INFO(text);
    CHECK(read(text) == "unreadable");
  }
}

TEST_CASE("yes and no are read in any letters and as digits, and nothing else is", "[census]") {
  for (const auto* text : {"true", "TRUE", "True", "tRuE", "1"}) CHECK(cpc::read_census_flag(text) == true);
  for (const auto* text : {"false", "FALSE", "False", "0"}) CHECK(cpc::read_census_flag(text) == false);
  for (const auto* text : {"", "yes", "Y", "no", "2", "01", "truee", "tru"}) CHECK(!cpc::read_census_flag(text));
}

TEST_CASE("a number of plans is a whole number of at most four digits", "[census]") {
  CHECK(cpc::read_census_count("0") == 0);
  CHECK(cpc::read_census_count("10") == 10);
  for (const auto* text : {"", "-1", "1.0", "12345", "one", " 1"}) CHECK(!cpc::read_census_count(text));
}

TEST_CASE("an element is known by its local name in whatever namespace, and letters matter", "[census]") {
  using cpc::CensusElement;
  for (int i = 0; i < cpc::census_element_count; ++i) {
    const auto element = static_cast<CensusElement>(i);
    const std::string name{cpc::element_name(element)};
    CHECK(cpc::element_of(name) == element);
    CHECK(cpc::element_of("cin:" + name) == element);
    CHECK(cpc::element_of("a:b:" + name) == element);
    CHECK(cpc::element_of(name + "x") == CensusElement::other);
    CHECK(cpc::element_of(name.substr(1)) == CensusElement::other);
    std::string other = name;
    for (char& letter : other) {
      letter = letter == 'z' ? 'y' : 'z';
      CHECK(cpc::element_of(other) == CensusElement::other);
    }
  }
  for (const auto* name : {"", ":", "child", "CHILD", "Child:", "Sex", "UPNunknown"})
    CHECK(cpc::element_of(name) == CensusElement::other);
}
