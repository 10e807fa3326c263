#include <map>

#include "census/support.h"
#include "support/catch.h"

using namespace cpc;
using namespace cpc::test;

namespace {

struct Read {
  std::string says;  ///< The error with its place, or empty.
  bool begun = false;
  std::vector<CensusChild> children;
};

Read read(std::string_view text, std::size_t piece = 1 << 20) {
  Collected collected;
  const auto done = read_census(in_pieces(text, piece), collected);
  return {done ? "" : done.error().text(), collected.begun, collected.children};
}

/// Everything that is in a child, as text.
std::string written(const CensusChild& child) {
  std::string out = child.id + " line " + std::to_string(child.line) + '\n';
  const auto date = [&](const char* name, const CensusDate& value) {
    out += std::string(name) + ' ' +
           (value.read    ? to_string(value.day)
            : value.given ? "unreadable"
                          : "absent") +
           " line " + std::to_string(value.line) + '\n';
  };
  date("birth", child.birth), date("expected", child.expected_birth), date("death", child.death);
  for (const auto& episode : child.episodes) date("referral", episode.referral), date("closure", episode.closure);
  for (const auto& section : child.sections) {
    date("started", section.started), date("target", section.target), date("conference", section.conference);
    out += section.not_required.read ? (section.not_required.yes ? "not required\n" : "required\n") : "not known\n";
  }
  for (const auto& transfer : child.transfers) out += "transfer " + to_string(transfer.day) + '\n';
  for (const auto& plan : child.plans) {
    date("start", plan.start), date("end", plan.end);
    for (std::uint32_t i = 0; i < plan.review_count; ++i)
      out += "review " + to_string(child.reviews[plan.first_review + i].day) + '\n';
  }
  for (const auto& remark : child.remarks)
    out += "remark " + std::string(element_name(remark.element)) + " line " + std::to_string(remark.line) + ' ' +
           remark.value + '\n';
  return out;
}

std::string written(const std::vector<CensusChild>& children) {
  std::string out;
  for (const auto& child : children) out += written(child);
  return out;
}

}  // namespace

TEST_CASE("a file that is no census is refused with what is wrong and where", "[census]") {
  const auto [file, says] = GENERATE(table<std::string, std::string>({
      {"empty.xml", "the file is empty (at line 1, column 1)"},
      {"not-xml.xml", "not well-formed XML: not well-formed (invalid token) (at line 1, column 1)"},
      {"not-a-census.xml", "not a census: the outermost element is not Message (at line 2, column 1)"},
      {"other-collection.xml", "the collection is 'SC', not CIN (at line 6, column 1)"},
      {"no-children-element.xml", "no Children in the Message (at line 3, column 1)"},
      {"entity-bomb.xml", "a census has no document type declaration: entities are not read (at line 2, column 19)"},
      {"external-entity.xml",
       "a census has no document type declaration: entities are not read (at line 2, column 19)"},
      {"declared-utf-16.xml", "the file is not in the encoding that it declares (at line 1, column 31)"},
      {"unknown-encoding.xml", "the encoding declared is not known (at line 1, column 31)"},
  }));
  INFO(file);
  const auto result = read(census_file(file));
  CHECK(result.says == says);
  CHECK_FALSE(result.begun);
  CHECK(result.children.empty());
}

TEST_CASE("a file that breaks off gives the children before the place, and the place", "[census]") {
  const auto [file, children, says] = GENERATE(table<std::string, std::size_t, std::string>({
      {"truncated.xml", 1, "the file ends before its outermost element does (at line 11, column 103)"},
      {"truncated-in-tag.xml", 1, "the file ends before its outermost element does (at line 11, column 128)"},
      {"truncated-after-child.xml", 2, "the file ends before its outermost element does (at line 13, column 1)"},
      {"truncated-in-header.xml", 0, "the file ends before its outermost element does (at line 3, column 77)"},
      {"mismatched.xml", 1, "not well-formed XML: mismatched tag (at line 11, column 130)"},
      {"after-the-end.xml", 2, "not well-formed XML: junk after document element (at line 15, column 1)"},
      {"wrong-encoding.xml", 1, "not well-formed XML: not well-formed (invalid token) (at line 10, column 38)"},
  }));
  INFO(file);
  const auto result = read(census_file(file));
  CHECK(result.says == says);
  CHECK(result.begun);
  CHECK(result.children.size() == children);
}

TEST_CASE("cut at any byte a census never looks whole", "[census]") {
  const auto text = census_file("bends.xml");
  const auto whole = read(text).children.size();
  const auto end = text.find("</Message>") + std::string("</Message>").size();
  for (std::size_t size = 0; size < end; ++size) {
    const auto result = read(std::string_view(text).substr(0, size));
    INFO("cut after byte " << size);
    CHECK_FALSE(result.says.empty());
    CHECK(result.children.size() <= whole);
  }
}

TEST_CASE("encodings give the same children", "[census]") {
  const auto plain = read(census_file("utf-8-mark.xml"));
  REQUIRE(plain.says.empty());
  REQUIRE(plain.children.size() == 2);
  CHECK(plain.children[0].id == "ZO\xc3\x8b-1");
  for (const auto* file : {"latin-1.xml", "utf-16-le.xml", "utf-16-be.xml"}) {
    INFO(file);
    const auto result = read(census_file(file));
    CHECK(result.says.empty());
    CHECK(written(result.children) == written(plain.children));
  }
}

TEST_CASE("windows-1252 is read as it is meant", "[census]") {
  const auto result = read(
      "<?xml version=\"1.0\" encoding=\"windows-1252\"?><Message><Header/><Children><Child><ChildIdentifiers>"
      "<LAchildID>Zo\xeb\x80\x99</LAchildID></ChildIdentifiers></Child></Children></Message>");
  CHECK(result.says.empty());
  REQUIRE(result.children.size() == 1);
  CHECK(result.children[0].id == "Zo\xc3\xab\xe2\x82\xac\xe2\x84\xa2");
}

TEST_CASE("the pieces in which a file arrives change nothing", "[census]") {
  for (const auto* file :
       {"bends.xml", "conferences.xml", "reviews.xml", "unreadable.xml", "namespaces.xml", "utf-16-le.xml"}) {
    INFO(file);
    const auto text = census_file(file);
    const auto whole = read(text);
    REQUIRE(whole.says.empty());
    for (const std::size_t piece : {1, 2, 3, 7, 64, 1000})
      CHECK(written(read(text, piece).children) == written(whole.children));
  }
}

TEST_CASE("one wrapper of reviews, one a date, or none are the same plan", "[census]") {
  const auto one = read_child(
      "<ChildProtectionPlans><CPPstartDate>2024-05-20</CPPstartDate><Reviews><CPPreviewDate>2025-01-20</CPPreviewDate>"
      "<CPPreviewDate>2024-08-19</CPPreviewDate><CPPreviewDate>2024-08-19</CPPreviewDate></Reviews></"
      "ChildProtectionPlans>");
  const auto each = read_child(
      "<ChildProtectionPlans><CPPstartDate>2024-05-20</CPPstartDate><Reviews><CPPreviewDate>2024-08-19</"
      "CPPreviewDate></Reviews>"
      "<Reviews><CPPreviewDate>20/01/2025</CPPreviewDate></Reviews></ChildProtectionPlans>");
  const auto without = read_child(
      "<ChildProtectionPlans><CPPreviewDate>2024-08-19</CPPreviewDate><CPPstartDate>2024-05-20</CPPstartDate>"
      "<CPPreviewDate>2025-01-20</CPPreviewDate></ChildProtectionPlans>");
  CHECK(written(one) == written(each));
  CHECK(written(one) == written(without));
  CHECK(one.plans.at(0).review_count == 2);
}

TEST_CASE("stray text, comments and elements inside a value are no part of it", "[census]") {
  const auto child = read_child(
      "x<Section47>y<S47ActualStartDate> 2024<!-- - -->-05<Note>2020-01-01</Note>-01\n</S47ActualStartDate>z"
      "<DateOfInitialCPC><![CDATA[2024-05-]]>20</DateOfInitialCPC></Section47>");
  REQUIRE(child.sections.size() == 1);
  CHECK(to_string(child.sections[0].started.day) == "2024-05-01");
  CHECK(to_string(child.sections[0].conference.day) == "2024-05-20");
  CHECK(child.remarks.empty());
}

TEST_CASE("what is not read as it stands is a remark with its line and element", "[census]") {
  const auto child = read_child(
      "\n<DateOfInitialCPC>soon</DateOfInitialCPC>\n<Section47><S47ActualStartDate>2024-02-30</S47ActualStartDate>\n"
      "<S47ActualStartDate>2024-03-01</S47ActualStartDate>\n<S47ActualStartDate>2024-03-02</S47ActualStartDate></"
      "Section47>\n"
      "<Episode><Section47><S47ActualStartDate>2024-05-01</S47ActualStartDate></Section47></Episode>\n"
      "<ReasonForClosure>RC10</ReasonForClosure>");
  using Kind = CensusRemark::Kind;
  using E = CensusElement;
  REQUIRE(child.remarks.size() == 5);
  const std::vector<std::tuple<Kind, E, std::uint32_t, std::string>> expected{
      {Kind::unreadable, E::conference_date, 3, "soon"},      {Kind::unreadable, E::section_47_start, 4, "2024-02-30"},
      {Kind::repeated, E::section_47_start, 6, "2024-03-02"}, {Kind::misplaced, E::section_47, 7, ""},
      {Kind::unreadable, E::closure_reason, 8, "RC10"},
  };
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& remark = child.remarks[i];
    INFO(i);
    CHECK(std::tuple(remark.kind, remark.element, remark.line, remark.value) == expected[i]);
  }
  CHECK(child.transfers.empty());
  REQUIRE(child.sections.size() == 1);
  CHECK(to_string(child.sections[0].started.day) == "2024-03-01");
  CHECK(child.sections[0].started.line == 5);
}

TEST_CASE("text too long for any value is unreadable and not kept whole", "[census]") {
  const auto child =
      read_child("<DateOfInitialCPC>" + std::string(100000, '7') + "</DateOfInitialCPC><CINclosureDate>" +
                 std::string(100000, ' ') + "2024-05-01" + std::string(100000, '\n') + "</CINclosureDate>" +
                 "<CINreferralDate>2024-05-01T10:00:00." + std::string(600, '0') + "</CINreferralDate>");
  REQUIRE(child.remarks.size() == 2);
  CHECK(child.remarks[0].value.size() <= 512);
  CHECK(child.remarks[1].element == CensusElement::referral_date);
  CHECK(child.episodes.at(0).closure.read);
}

TEST_CASE("an empty Child is none, and empty groups say nothing", "[census]") {
  const auto result =
      read("<Message><Header/><Children><Child/><Child>text</Child><Child><x/></Child></Children></Message>");
  CHECK(result.says.empty());
  CHECK(result.children.size() == 1);
  const auto child = read_child(
      "<Section47/><Section47><ICPCnotRequired>true</ICPCnotRequired></Section47><ChildProtectionPlans>"
      "<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews/></ChildProtectionPlans>");
  for (const auto& section : child.sections) CHECK(section.empty());
  for (const auto& plan : child.plans) CHECK(plan.empty());
}

TEST_CASE("nothing in a file makes the reader grow without bound", "[census]") {
  SECTION("depth") {
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "<x>";
    CHECK(read(with_episode(deep)).says == "more than 100 elements inside one another (at line 2, column 301)");
  }
  SECTION("one tag") {
    const std::string text = with_episode("<x y='" + std::string(3 << 20, 'z') + "'/>");
    CHECK(read(text).says.find("a tag, comment or instruction of more than 1 MB (at line 2, column ") == 0);
  }
  SECTION("the dates of one child") {
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "<DateOfInitialCPC>2024-05-01</DateOfInitialCPC>";
    CHECK(read(with_episode(many))
              .says.find("more than 4096 episodes, groups and dates in one Child (at line 2, column ") == 0);
  }
  SECTION("what cannot be read in one child") {
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "<DateOfInitialCPC>soon</DateOfInitialCPC>";
    CHECK(read(with_episode(many))
              .says.find("more than 4096 episodes, groups and dates in one Child (at line 2, column ") == 0);
  }
}

TEST_CASE("a source that fails in the middle gives the children before it", "[census]") {
  const auto text = census_file("truncated-after-child.xml");
  auto source = in_pieces(text, 100);
  Collected collected;
  int calls = 0;
  const auto read = read_census(
      [&](char* to, std::size_t size) { return ++calls > 7 ? std::ptrdiff_t{-1} : source(to, size); }, collected);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == Code::failed);
  CHECK(read.error().message == "the file could not be read on");
  CHECK(collected.children.size() == 1);
}

TEST_CASE("a header after the children is refused, for the days counted rest on it", "[census]") {
  const auto result = read(
      "<Message><Children><Child><x/></Child></Children><Header><CollectionDetails><ReferenceDate>2025-03-31</"
      "ReferenceDate>"
      "</CollectionDetails></Header></Message>");
  CHECK(result.says ==
        "a reference date after the children: the Header has to stand before them (at line 1, column 102)");
}
