#include "record/vocabulary.h"

#include <set>
#include <string>

#include "json/record_reader.h"
#include "json/vocabulary_reader.h"
#include "support/catch.h"

using namespace cpc;

TEST_CASE("a word table finds its own words and no others", "[record]") {
  WordTable table;
  CHECK(table.find("at") == WordTable::none);
  const std::vector<std::string> words = {"",
                                          "a",
                                          "at",
                                          "child",
                                          "eight_ch",
                                          "nine_char",
                                          "sixteen_long_wor",
                                          "seventeen_long_wo",
                                          "seventeen_long_wp",
                                          "a\xc3\xa9"};
  table.build(words);
  for (std::uint16_t i = 0; i < words.size(); ++i) {
    CHECK(table.find(words[i]) == i);
    const auto padded = words[i] + std::string(WordTable::padding, '"');
    CHECK(table.find_padded(std::string_view(padded).substr(0, words[i].size())) == i);
  }
  for (const std::string near : {"b", "At", "at ", "eight_cg", "nine_chaR", "sixteen_long_wos", "seventeen_long_wq",
                                 "seventeen_long_w", "seventeen_long_woo"})
    CHECK(table.find(near) == WordTable::none);
  CHECK(table.find(std::string_view("at\0", 3)) == WordTable::none);
  CHECK(table.find(std::string_view("\0", 1)) == WordTable::none);
}

TEST_CASE("a word table holds thousands of words that differ in one place", "[record]") {
  std::vector<std::string> words;
  for (int i = 0; i < 3000; ++i) words.push_back("the_same_beginning_" + std::to_string(i) + "_the_same_end");
  WordTable table;
  table.build(words);
  for (std::uint16_t i = 0; i < words.size(); ++i) REQUIRE(table.find(words[i]) == i);
}

TEST_CASE("a list of more than 63 values has no sets, and its bits do not overflow", "[record]") {
  std::vector<std::string> values;
  Enumeration list;
  for (int i = 0; i < 63; ++i) values.push_back("v" + std::to_string(i));
  list.build("whole", values);
  CHECK(list.has_sets());
  CHECK(list.all() == ~(std::uint64_t{1} << 63));
  values.push_back("one_more");
  list.build("too_long", values);
  CHECK_FALSE(list.has_sets());
  CHECK(list.all() == ~(std::uint64_t{1} << 63));
  CHECK(list.find("one_more") == 63);
  list.build("short", {"a", "b"});
  CHECK(list.all() == 3);
  CHECK(list.find("one_more") == -1);
}

TEST_CASE("the vocabulary of the library holds all its words", "[record]") {
  const auto& words = embedded_vocabulary();
  CHECK(words.events.size() >= 58);
  CHECK(words.enumerations.size() >= 73);  // the duties, from a file of their own, among them
  CHECK(words.duties.size() >= 89);
  CHECK(words.duty_titles.size() == words.duties.size());
  std::set<std::string> names;
  for (const auto& event : words.events)
    for (const auto& slot : event.slots) names.insert(words.attribute_names.word(slot.attribute));
  CHECK(names.size() >= 189);
}

TEST_CASE("the kinds of instance stand in the vocabulary's order", "[record]") {
  const auto& words = embedded_vocabulary();
  const std::pair<Kind, std::string> kinds[] = {{Kind::conference, "conference"},
                                                {Kind::section_47, "section_47"},
                                                {Kind::assessment, "assessment"},
                                                {Kind::request, "request"},
                                                {Kind::report, "report"},
                                                {Kind::exclusion, "exclusion"},
                                                {Kind::plan, "plan"},
                                                {Kind::task, "task"},
                                                {Kind::dissent, "dissent"},
                                                {Kind::complaint, "complaint"},
                                                {Kind::enquiry, "enquiry"}};
  for (const auto& [kind, name] : kinds) {
    CHECK(words.instances[static_cast<std::size_t>(kind)].name == name);
    CHECK(words.kind(name) == static_cast<int>(kind));
    CHECK_FALSE(words.instances[static_cast<std::size_t>(kind)].begins.empty());
    CHECK_FALSE(words.instances[static_cast<std::size_t>(kind)].ends.empty());
  }
  CHECK(words.kind("child") == no_kind);
}

TEST_CASE("names lead to numbers and back", "[record]") {
  const auto& words = embedded_vocabulary();
  for (std::size_t i = 0; i < words.events.size(); ++i) CHECK(words.event(words.events[i].name) == static_cast<int>(i));
  for (std::size_t i = 0; i < words.duties.size(); ++i) CHECK(words.duty(words.duties[i]) == static_cast<int>(i));
  for (std::size_t i = 0; i < words.enumerations.size(); ++i)
    CHECK(words.enumeration(words.enumerations[i].name) == static_cast<int>(i));
  CHECK(words.enumerations[static_cast<std::size_t>(words.enumeration("duty"))].values == words.duties);
  CHECK(words.event("conference_hold") == -1);
  CHECK(words.enumeration("roles") == -1);
  CHECK(words.duty("") == -1);
  for (const auto* column :
       {"event", "id", "at", "recorded_at", "withdrawn_at", "child", "conference", "note", "report"})
    CHECK(words.attribute(column) >= 0);
}

TEST_CASE("slots, references and checklists of an event", "[record]") {
  const auto& words = embedded_vocabulary();
  const auto arranged = static_cast<EventId>(words.event("conference_arranged"));
  const auto& event = words.events[arranged];
  CHECK(event.instance == static_cast<int>(Kind::conference));
  CHECK(event.conference == ConferenceColumn::required);
  CHECK(event.per_child);
  const int link = words.slot(arranged, "section_47");
  REQUIRE(link >= 0);
  CHECK(event.reference_slot[static_cast<std::size_t>(Kind::section_47)] == link);
  CHECK(event.slots[static_cast<std::size_t>(link)].reference == static_cast<int>(Kind::section_47));
  CHECK(event.reference_slot[static_cast<std::size_t>(Kind::plan)] == -1);
  CHECK(words.slot(arranged, "at") == -1);
  const auto report = static_cast<EventId>(words.event("report_completed"));
  CHECK(words.events[report].covered == words.slot(report, "covered"));
  CHECK(words.events[report].not_covered == words.slot(report, "not_covered"));
  const auto scaled = static_cast<EventId>(words.event("risk_scaled"));
  CHECK(words.events[scaled].slots[static_cast<std::size_t>(words.slot(scaled, "score"))].max == 10);
}

TEST_CASE("what begins and ends an instance keeps its values", "[record]") {
  const auto& words = embedded_vocabulary();
  const auto& enquiry = words.instances[static_cast<std::size_t>(Kind::section_47)];
  REQUIRE(enquiry.ends.size() == 4);
  CHECK(enquiry.ends[0].event == words.event("section_47_concluded"));
  REQUIRE(enquiry.ends[0].where.size() == 1);
  CHECK(enquiry.ends[0].where[0].values == 2);
  CHECK(enquiry.ends[2].where[0].of_conference);
  const auto& types = words.enumerations[static_cast<std::size_t>(words.enumeration("conference_type"))];
  CHECK(enquiry.ends[2].where[0].values == std::uint64_t{1} << types.find("initial"));
  CHECK(words.instances[static_cast<std::size_t>(Kind::dissent)].key == std::vector<std::string>{"person"});
}

TEST_CASE("a vocabulary that the model cannot hold is refused with its place", "[record]") {
  const std::string duties = R"({"duties":{"quorum":{"title":"t"}}})";
  const auto error = [&](const std::string& enums, const std::string& attributes) {
    const auto text = R"({"enums":{)" + enums + R"(},"enum_files":{"duty":"duties.json"},"events":{"e":{"title":"t",
      "instance":null,"conference":"none","per_child":false,"attributes":{)" +
                      attributes + R"(}}},"instances":{}})";
    const auto read = read_vocabulary(text, duties);
    REQUIRE_FALSE(read);
    return read.error().text();
  };
  std::string many;
  for (int i = 0; i < 64; ++i) many += (i ? ",\"v" : "\"v") + std::to_string(i) + "\":\"m\"";
  CHECK(error("\"long\":{" + many + "}", R"("a":{"type":"enum_set","enum":"long"})") ==
        "a set over more than 63 values (at /events/e/attributes/a)");
  CHECK(error("", R"("a":{"type":"enum","enum":"long"})") == "unknown enumeration 'long' (at /events/e/attributes/a)");
  CHECK(error("", R"("a":{"type":"word"})") == "unknown type 'word' (at /events/e/attributes/a)");
  CHECK(error("", R"("at":{"type":"date"})") == "the name of a column of the row (at /events/e/attributes/at)");
  CHECK(error("", R"("a":{"type":"date","max":3})") == "max is a whole number, on a count (at /events/e/attributes/a)");
  CHECK(error("", R"("covered":{"type":"enum_set","enum":"duty"})") ==
        "covered and not_covered go together (at /events/e)");
  CHECK(error("", "") == "kinds of instance are missing (at /instances)");
  CHECK(read_vocabulary("[]", duties).error().text() == "vocabulary.json is not a JSON object (at line 1, column 1)");
}
