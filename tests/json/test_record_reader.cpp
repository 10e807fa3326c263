#include "json/record_reader.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "json/record_cases.h"
#include "support/catch.h"

using namespace cpc;

namespace {

const Vocabulary& words() { return embedded_vocabulary(); }

Record read(const std::string& text, Reading reading = Reading::strict) {
  Record record;
  const auto done = read_record(text, reading, record);
  INFO(text);
  INFO((done ? std::string() : done.error().text()));
  REQUIRE(done);
  return record;
}

/// A record of one row, about the children ada, ben and baby.
Record read_row(const std::string& row, Reading reading = Reading::strict) {
  return read(test::record_of(row), reading);
}

const Row& last(const Record& record) { return record.rows.back(); }

Value value(const Record& record, std::string_view attribute) {
  const int slot = words().slot(last(record).event, attribute);
  REQUIRE(slot >= 0);
  return record.slots(last(record))[static_cast<std::size_t>(slot)];
}

std::string date(Value at) { return at == unknown_value ? "unknown" : to_string(moment_of(at)); }

std::uint64_t bits(const char* enumeration, std::initializer_list<const char*> values) {
  const auto& list = words().enumerations[static_cast<std::size_t>(words().enumeration(enumeration))];
  std::uint64_t out = 0;
  for (const auto* word : values) {
    REQUIRE(list.find(word) >= 0);
    out |= std::uint64_t{1} << list.find(word);
  }
  return out;
}

using Out = rapidjson::Writer<rapidjson::StringBuffer>;

void text(Out& out, std::string_view word) { out.String(word.data(), static_cast<rapidjson::SizeType>(word.size())); }
void key(Out& out, std::string_view word) { out.Key(word.data(), static_cast<rapidjson::SizeType>(word.size())); }

void write_value(Out& out, const Record& record, const Slot& slot, Value at) {
  const auto* list =
      slot.enumeration < 0 ? nullptr : &words().enumerations[static_cast<std::size_t>(slot.enumeration)].values;
  switch (slot.type) {
    case AttributeType::yes_no:
    case AttributeType::present:
      out.Bool(at == yes_value);
      break;
    case AttributeType::enumeration:
      text(out, (*list)[at - 1]);
      break;
    case AttributeType::enumeration_set:
      out.StartArray();
      for (std::size_t i = 0; i < list->size(); ++i)
        if (at >> i & 1) text(out, (*list)[i]);
      out.EndArray();
      break;
    case AttributeType::date:
    case AttributeType::datetime:
      text(out, to_string(moment_of(at)));
      break;
    case AttributeType::count:
      out.Uint64(at - 1);
      break;
    case AttributeType::id:
      text(out, record.ids.text(static_cast<std::uint32_t>(at - 1)));
      break;
  }
}

void write_row(Out& out, const Record& record, const Row& row) {
  const auto& event = words().events[row.event];
  const auto id = [&](std::string_view name, std::uint32_t number) {
    if (number != no_id) key(out, name), text(out, record.ids.text(number));
  };
  const auto at = [&](std::string_view name, Value when) {
    if (when != unknown_value) key(out, name), text(out, to_string(moment_of(when)));
  };
  out.StartObject();
  if (!row.from_children) key(out, "event"), text(out, event.name);
  id("id", row.id);
  at("at", row.at);
  at("recorded_at", row.recorded_at);
  at("withdrawn_at", row.withdrawn_at);
  id("conference", row.conference);
  if (event.instance != no_kind) id(words().instances[static_cast<std::size_t>(event.instance)].name, row.instance);
  std::vector<std::uint32_t> named;
  for (std::size_t i = 0; i < record.children.size(); ++i)
    if (row.children >> i & 1) named.push_back(record.children[i]);
  if (named.size() == 1) id("child", named.front());
  if (named.size() > 1) {
    key(out, "child");
    out.StartArray();
    for (const auto child : named) text(out, record.ids.text(child));
    out.EndArray();
  }
  const auto slots = record.slots(row);
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (slots[i] != unknown_value) {
      key(out, words().attribute_names.word(event.slots[i].attribute));
      write_value(out, record, event.slots[i], slots[i]);
    }
  out.EndObject();
}

/// The record as JSON again: what reading kept is what was written.
std::string write(const Record& record) {
  rapidjson::StringBuffer buffer;
  Out out(buffer);
  out.StartObject();
  key(out, "cpconf"), out.Int(1);
  if (!record.case_id.empty()) key(out, "case"), text(out, record.case_id);
  for (const bool children : {true, false}) {
    key(out, children ? "children" : "events");
    out.StartArray();
    for (const auto& row : record.rows)
      if (row.from_children == children) write_row(out, record, row);
    out.EndArray();
  }
  out.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

/// The same JSON with the members of its record and of each of its rows in another order.
std::string shuffled(const std::string& json, std::mt19937& random, bool rows_too) {
  rapidjson::Document document;
  document.Parse(json.c_str());
  REQUIRE(!document.HasParseError());
  auto& allocator = document.GetAllocator();
  const auto shuffle_members = [&](rapidjson::Value& object) {
    std::vector<rapidjson::Value::Member*> order;
    for (rapidjson::SizeType i = 0; i < object.MemberCount(); ++i) order.push_back(&*(object.MemberBegin() + i));
    std::shuffle(order.begin(), order.end(), random);
    rapidjson::Value out(rapidjson::kObjectType);
    for (auto* member : order) out.AddMember(member->name, member->value, allocator);
    object = out;
  };
  for (const auto* list : {"children", "events"}) {
    if (!document.HasMember(list)) continue;
    std::vector<rapidjson::Value> rows;
    for (auto& row : document[list].GetArray()) {
      shuffle_members(row);
      rows.push_back(std::move(row));
    }
    if (rows_too && std::string(list) == "events") std::shuffle(rows.begin(), rows.end(), random);
    document[list].Clear();
    for (auto& row : rows) document[list].PushBack(row, allocator);
  }
  shuffle_members(document);
  return test::text_of(document);
}

const char* value_of(const Slot& slot) {
  static std::string held;
  const auto first = [&] { return words().enumerations[static_cast<std::size_t>(slot.enumeration)].values.back(); };
  switch (slot.type) {
    case AttributeType::yes_no:
      return "false";
    case AttributeType::present:
      return "\"x\"";
    case AttributeType::enumeration:
      held = "\"" + first() + "\"";
      return held.c_str();
    case AttributeType::enumeration_set:
      held = "[\"" + first() + "\"]";
      return held.c_str();
    case AttributeType::date:
      return "\"2026-11-02\"";
    case AttributeType::datetime:
      return "\"2026-11-02T10:30\"";
    case AttributeType::count:
      return "0";
    case AttributeType::id:
      return "\"x-1\"";
  }
  return "";
}

}  // namespace

TEST_CASE("the sample case is read in full", "[json][record]") {
  const auto record = read(test::file(CPC_SOURCE_DIR "/tests/samples/case.json"));
  CHECK(record.findings.empty());
  CHECK(record.children.size() == 2);
}

TEST_CASE("the columns of a row are read", "[json][record]") {
  const auto record = read_row(
      R"({"event":"conference_arranged","id":"form-8812","at":"2026-11-04","recorded_at":"2026-11-05T09:15",
          "withdrawn_at":"2026-12-01","child":["ben","baby"],"conference":"c1","conference_type":"initial",
          "scheduled_for":"2026-11-20T10:00:30","section_47":"s1","note":{"anything":[1,{"at":"all"}]}})");
  const auto& row = last(record);
  CHECK(words().events[row.event].name == "conference_arranged");
  CHECK(record.ids.text(row.id) == "form-8812");
  CHECK(date(row.at) == "2026-11-04");
  CHECK(date(row.recorded_at) == "2026-11-05T09:15");
  CHECK(date(row.withdrawn_at) == "2026-12-01");
  CHECK(row.children == 0b110);
  CHECK(record.ids.text(row.conference) == "c1");
  CHECK(row.instance == no_id);
  CHECK(row.position == 0);
  CHECK_FALSE(row.from_children);
  CHECK(date(value(record, "scheduled_for")) == "2026-11-20T10:00");
  CHECK(record.ids.text(static_cast<std::uint32_t>(value(record, "section_47") - 1)) == "s1");
  CHECK(record.rows.size() == 4);
  CHECK(record.case_id == "t");
  CHECK(record.row_name(row) == "form-8812");
}

TEST_CASE("the column named for the event's own instance is that instance", "[json][record]") {
  const auto record = read_row(R"({"event":"report_completed","at":"2026-11-18","conference":"c1","report":"r1"})");
  CHECK(record.ids.text(last(record).instance) == "r1");
  CHECK(record.ids.text(last(record).conference) == "c1");
  CHECK(record.row_name(last(record)) == "report_completed 2026-11-18 r1");
}

TEST_CASE("a row of children is an undated child_recorded row", "[json][record]") {
  const auto record = read(R"({"cpconf":1,"children":[{"child":"ada","date_of_birth":"2017-05-09","family_name":"",
                              "note":"x"},{"child":"baby","expected_delivery_date":"2027-02-20","subject":false}]})");
  REQUIRE(record.rows.size() == 2);
  CHECK(words().events[record.rows[0].event].name == "child_recorded");
  CHECK(record.rows[0].from_children);
  CHECK(record.rows[0].at == unknown_value);
  CHECK(record.rows[0].children == 1);
  CHECK(record.rows[1].children == 2);
  CHECK(record.rows[1].position == 1);
  CHECK(value(record, "subject") == no_value);
  CHECK(value(record, "in_household") == unknown_value);
  CHECK(record.row_name(record.rows[1]) == "child_recorded baby");
  CHECK(record.ids.text(record.children[1]) == "baby");
}

TEST_CASE("a child listed in two rows is one child", "[json][record]") {
  const auto record = read(R"({"cpconf":1,"children":[{"child":"ada","date_of_birth":"2017-05-09"},
                              {"child":"ada","date_of_birth":"2017-05-10"}]})");
  CHECK(record.children.size() == 1);
  CHECK(record.rows.size() == 2);
  CHECK(record.rows[1].children == 1);
}

TEST_CASE("without a list of children the child_recorded rows name them, in any order of rows", "[json][record]") {
  const std::string ben = R"({"event":"child_recorded","child":"ben"})";
  const std::string ada = R"({"event":"child_recorded","child":"ada"})";
  const std::string closed = R"({"event":"case_closed","child":["ben","ada"]})";
  for (const auto& rows : {ben + "," + ada + "," + closed, closed + "," + ada + "," + ben}) {
    const auto record = read(R"({"cpconf":1,"events":[)" + rows + "]}");
    REQUIRE(record.children.size() == 2);
    CHECK(record.ids.text(record.children[0]) == "ada");
    for (const auto& row : record.rows)
      if (words().events[row.event].name == "case_closed") CHECK(row.children == 0b11);
  }
}

TEST_CASE("children may be listed after the rows that name them", "[json][record]") {
  const auto record = read(R"({"events":[{"event":"case_closed","child":"ben"}],
                              "children":[{"child":"ada"},{"child":"ben"}],"cpconf":1})");
  CHECK(record.rows[0].children == 0b10);
}

TEST_CASE("what is not given or null is unknown, never no", "[json][record]") {
  const auto record = read_row(R"({"event":"referral_received","at":null,"no_further_action":null,"child":null,
                                  "id":null,"recorded_at":null})");
  CHECK(last(record).at == unknown_value);
  CHECK(last(record).recorded_at == unknown_value);
  CHECK(last(record).children == 0);
  CHECK(last(record).id == no_id);
  CHECK(value(record, "no_further_action") == unknown_value);
  CHECK(value(read_row(R"({"event":"referral_received"})"), "no_further_action") == unknown_value);
  CHECK(value(read_row(R"({"event":"assessment_completed"})"), "jointly_with") == unknown_value);
  CHECK(read(R"({"cpconf":1,"case":null})").case_id.empty());
}

TEST_CASE("each type of value is kept apart from unknown", "[json][record]") {
  CHECK(value(read_row(R"({"event":"referral_received","no_further_action":true})"), "no_further_action") == yes_value);
  CHECK(value(read_row(R"({"event":"referral_received","no_further_action":false})"), "no_further_action") == no_value);
  CHECK(value(read_row(R"({"event":"child_recorded","family_name":"Smith"})"), "family_name") == yes_value);
  CHECK(value(read_row(R"({"event":"child_recorded","family_name":true})"), "family_name") == yes_value);
  CHECK(value(read_row(R"({"event":"child_recorded","family_name":""})"), "family_name") == no_value);
  CHECK(value(read_row(R"({"event":"child_recorded","family_name":false})"), "family_name") == no_value);
  CHECK(value(read_row(R"({"event":"risk_scaled","conference":"c","score":0})"), "score") == 1);
  CHECK(value(read_row(R"({"event":"risk_scaled","conference":"c","score":10})"), "score") == 11);
  CHECK(value(read_row(R"({"event":"assessment_completed","jointly_with":[]})"), "jointly_with") == given_bit);
  const auto health = value(read_row(R"({"event":"assessment_completed","jointly_with":["health"]})"), "jointly_with");
  CHECK(members_of(health) == bits("agency", {"health"}));
  CHECK(date(value(read_row(R"({"event":"child_recorded","date_of_birth":"1900-01-01"})"), "date_of_birth")) ==
        "1900-01-01");
  const auto duty = words().enumeration("duty");
  REQUIRE(duty >= 0);
  for (const auto& name : words().duties) {
    const auto record = read_row(R"({"event":"variance_explained","duty":")" + name + "\"}");
    CHECK(value(record, "duty") == static_cast<Value>(words().duty(name) + 1));
  }
}

TEST_CASE("a datetime without a time is a day", "[json][record]") {
  const auto record = read_row(R"({"event":"conference_arranged","conference":"c","scheduled_for":"2026-11-20"})");
  CHECK_FALSE(moment_of(value(record, "scheduled_for")).has_time());
  CHECK(moment_of(value(record, "scheduled_for")).day == *day_of({2026, 11, 20}));
}

TEST_CASE("every attribute of every event can be read", "[json][record]") {
  int attributes = 0;
  for (const auto& event : words().events) {
    std::string row = "{\"event\":\"" + event.name + "\",\"at\":\"2026-11-02\"";
    if (event.conference != ConferenceColumn::none) row += ",\"conference\":\"c-1\"";
    const bool own = event.instance != no_kind && event.instance != static_cast<int>(Kind::conference);
    if (own) row += ",\"" + words().instances[static_cast<std::size_t>(event.instance)].name + "\":\"own-1\"";
    std::vector<bool> given(event.slots.size(), true);
    for (std::size_t i = 0; i < event.slots.size(); ++i) {
      given[i] = static_cast<int>(i) != event.not_covered;  // the same item as in `covered` would be an error
      if (!given[i]) continue;
      row += ",\"" + words().attribute_names.word(event.slots[i].attribute) + "\":" + value_of(event.slots[i]);
      ++attributes;
    }
    const auto record = read_row(row + "}");
    INFO(row);
    CHECK(words().events[last(record).event].name == event.name);
    for (std::size_t i = 0; i < given.size(); ++i) CHECK((record.slots(last(record))[i] != unknown_value) == given[i]);
    CHECK((last(record).instance != no_id) == own);
    CHECK((last(record).conference != no_id) == (event.conference != ConferenceColumn::none));
    const auto again = read(write(record));
    CHECK(again.values == record.values);
  }
  CHECK(attributes > 250);
}

TEST_CASE("every value of every enumeration can be read", "[json][record]") {
  for (const auto& event : words().events)
    for (const auto& slot : event.slots) {
      if (slot.enumeration < 0) continue;
      const auto& list = words().enumerations[static_cast<std::size_t>(slot.enumeration)].values;
      for (std::size_t i = 0; i < list.size(); ++i) {
        const bool set = slot.type == AttributeType::enumeration_set;
        const auto name = words().attribute_names.word(slot.attribute);
        const auto conference = event.conference == ConferenceColumn::required ? R"(,"conference":"c")" : "";
        const auto record = read_row("{\"event\":\"" + event.name + "\"" + conference + ",\"" + name +
                                     "\":" + (set ? "[\"" : "\"") + list[i] + (set ? "\"]}" : "\"}"));
        CHECK(value(record, name) == (set ? given_bit | std::uint64_t{1} << i : i + 1));
      }
    }
}

TEST_CASE("a record written out again reads the same", "[json][record]") {
  for (const auto* name : {"/bench/typical-30.json", "/bench/typical-60.json", "/tests/samples/case.json"}) {
    const auto record = read(test::file(std::string(CPC_SOURCE_DIR) + name));
    REQUIRE(record.rows.size() > 10);
    const auto written = write(record);
    const auto again = read(written);
    CHECK(write(again) == written);
    REQUIRE(again.rows.size() == record.rows.size());
    CHECK(again.children.size() == record.children.size());
    for (std::size_t i = 0; i < record.rows.size(); ++i) {
      CHECK(again.rows[i].event == record.rows[i].event);
      CHECK(again.rows[i].at == record.rows[i].at);
      CHECK(again.rows[i].children == record.rows[i].children);
      CHECK(again.row_name(again.rows[i]) == record.row_name(record.rows[i]));
    }
  }
}

TEST_CASE("the order of members never matters, and that of rows only for their places", "[json][record]") {
  const auto original = test::file(CPC_SOURCE_DIR "/bench/typical-60.json");
  const auto expected = write(read(original));
  const auto rows_of = [](const Record& record) {
    std::vector<std::string> rows;
    for (const auto& row : record.rows) {
      rapidjson::StringBuffer buffer;
      Out out(buffer);
      write_row(out, record, row);
      rows.emplace_back(buffer.GetString());
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  };
  const auto expected_rows = rows_of(read(original));
  std::mt19937 random(7);
  for (int i = 0; i < 50; ++i) {
    CHECK(write(read(shuffled(original, random, false))) == expected);
    CHECK(rows_of(read(shuffled(original, random, true))) == expected_rows);
  }
}

TEST_CASE("escapes are decoded, in ids and in words", "[json][record]") {
  const auto record =
      read_row(R"({"\u0065vent":"conference\u005fheld","conference":"caf\u00e9 \"\ud83d\ude00\"","note":"\\\/\b"})");
  CHECK(words().events[last(record).event].name == "conference_held");
  CHECK(record.ids.text(last(record).conference) == "caf\xc3\xa9 \"\xf0\x9f\x98\x80\"");
  const auto plain = read_row("{\"event\":\"conference_held\",\"conference\":\"caf\xc3\xa9\"}");
  CHECK(plain.ids.text(last(plain).conference) == "caf\xc3\xa9");
}

TEST_CASE("an id has up to 64 characters, whatever their bytes", "[json][record]") {
  std::string id;
  for (int i = 0; i < 64; ++i) id += "\xc3\xa9";
  const auto record = read_row("{\"event\":\"conference_held\",\"conference\":\"" + id + "\"}");
  CHECK(record.ids.text(last(record).conference) == id);
}

TEST_CASE("a byte order mark, $schema and notes are passed over", "[json][record]") {
  const auto record = read(
      "\xef\xbb\xbf"
      R"({"$schema":"record.json","note":["x"],"cpconf":1,
    "children":[{"child":"ada","$schema":{"a":1}}],"not_recorded":[{"event":"decision_made","note":{"a":[1]}}],
    "events":[{"event":"case_closed","$schema":["x"],"note":null}]})");
  CHECK(record.rows.size() == 2);
  CHECK(record.not_recorded.size() == 1);
}

TEST_CASE("lenient reading keeps all of a row but what it cannot read", "[json][record]") {
  const auto record = read_row(
      R"({"event":"decision_made","at":"2026-06-09","conference":"c1","decision":"plan_mad","plan":"p1","colour":1,
          "covered":["sgned"],"child":"ada"})",
      Reading::lenient);
  CHECK(record.findings.size() == 3);
  CHECK(value(record, "decision") == unknown_value);
  CHECK(value(record, "covered") == given_bit);
  CHECK(date(last(record).at) == "2026-06-09");
  CHECK(last(record).children == 1);
  CHECK(record.findings[0].remark == RecordRemark::unlisted_value);
  CHECK(record.findings[1].remark == RecordRemark::unknown_attribute);
}

TEST_CASE("a plain set with an unknown item says nothing, for it might have been the one asked about",
          "[json][record]") {
  const auto record =
      read_row(R"({"event":"assessment_completed","jointly_with":["health","educatoin"]})", Reading::lenient);
  CHECK(value(record, "jointly_with") == unknown_value);
  const auto list =
      read_row(R"({"event":"report_completed","conference":"c","covered":["sgned","dated"]})", Reading::lenient);
  CHECK(members_of(value(list, "covered")) == bits("report_item", {"dated"}));
}

TEST_CASE("items both covered and not covered are unknown in lenient reading", "[json][record]") {
  const auto record =
      read_row(R"({"event":"report_completed","conference":"c","covered":["signed","dated"],"not_covered":["dated"]})",
               Reading::lenient);
  CHECK(members_of(value(record, "covered")) == bits("report_item", {"signed"}));
  CHECK(members_of(value(record, "not_covered")) == 0);
}

TEST_CASE("what a host does not record is read in its three forms", "[json][record]") {
  auto record = read(R"({"cpconf":1,"not_recorded":["invitation_sent","report_completed.covered",
      {"where":{"role":["parent","carer"],"direct_contact":[false,true]},"event":"attendance_recorded"}]})");
  REQUIRE(record.not_recorded.size() == 3);
  CHECK(record.not_recorded[0].event == words().event("invitation_sent"));
  CHECK(record.not_recorded[0].attribute_slot == -1);
  CHECK(record.not_recorded[1].attribute_slot == words().events[record.not_recorded[1].event].covered);
  const auto& narrowed = record.not_recorded[2];
  CHECK(narrowed.event == words().event("attendance_recorded"));
  REQUIRE(narrowed.where.size() == 2);
  CHECK(narrowed.where[0].values == bits("role", {"parent", "carer"}));
  CHECK(narrowed.where[1].slot == words().slot(narrowed.event, "direct_contact"));
  CHECK(narrowed.where[1].values == 3);

  CHECK(add_not_recorded("decision_made, decision_made.decision", record));
  CHECK(add_not_recorded(R"( [{"event":"complaint_received"}])", record));
  CHECK(add_not_recorded("", record));
  REQUIRE(record.not_recorded.size() == 6);
  CHECK(record.not_recorded[4].attribute_slot == words().slot(record.not_recorded[4].event, "decision"));
  CHECK(record.not_recorded[5].event == words().event("complaint_received"));
}

TEST_CASE("a list of what is not recorded is added whole or not at all", "[json][record]") {
  Record record;
  const auto error = [&](std::string_view list) {
    const auto added = add_not_recorded(list, record);
    REQUIRE_FALSE(added);
    CHECK(record.not_recorded.empty());
    return added.error().text();
  };
  CHECK(error("decision_made,decison_made") ==
        "unknown event 'decison_made'; did you mean 'decision_made'? (at /not_recorded/1)");
  CHECK(error("[\"decision_made\", 7]") ==
        "an entry of not_recorded is text or an object, not a whole number (at /not_recorded/1)");
  CHECK(error("[\"decision_made\"") == "the text ends in the middle of the document (at line 1, column 17)");
  CHECK(error("[\"decision_made\"] x") == "something follows the end of the document (at line 1, column 19)");
}

TEST_CASE("a record that is used again holds nothing of the one before", "[json][record]") {
  const auto large = test::file(CPC_SOURCE_DIR "/bench/typical-60.json");
  const auto small = test::record_of(R"({"event":"case_closed","at":"2026-11-02","child":"ben"})");
  Record record;
  REQUIRE(read_record(large, Reading::strict, record));
  REQUIRE(read_record(small, Reading::strict, record));
  CHECK(write(record) == write(read(small)));
  CHECK(record.not_recorded.empty());
  REQUIRE_FALSE(read_record("{", Reading::strict, record));
  REQUIRE(read_record(large, Reading::strict, record));
  CHECK(write(record) == write(read(large)));
}

TEST_CASE("a record changed at random is read or refused, and never crashes", "[json][record]") {
  const auto original = test::file(CPC_SOURCE_DIR "/bench/typical-30.json");
  const auto sample = test::file(CPC_SOURCE_DIR "/tests/samples/case.json");
  const std::string pieces[] = {"{",
                                "}",
                                "[",
                                "]",
                                ",",
                                ":",
                                "\"",
                                "\\",
                                "null",
                                "true",
                                "0",
                                "-1",
                                "1e999",
                                "\"at\":",
                                "\\u0000",
                                "\\udc00",
                                "\xff",
                                "\"event\"",
                                "{}",
                                "[[]]",
                                "\"\":",
                                "\"note\"",
                                "2026-03-29T01:30",
                                "\xef\xbb\xbf"};
  std::mt19937 random(20261122);
  const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  Record record;
  int accepted = 0, refused = 0;
  for (int i = 0; i < 6000; ++i) {
    auto changed = i % 2 ? original : sample;
    for (auto edits = below(3) + 1; edits > 0 && !changed.empty(); --edits) {
      const auto at = below(changed.size());
      switch (below(5)) {
        case 0:
          changed[at] = static_cast<char>(below(256));
          break;
        case 1:
          changed.erase(at, below(12) + 1);
          break;
        case 2:
          changed.insert(at, pieces[below(std::size(pieces))]);
          break;
        case 3: {  // a piece of the text elsewhere again
          const auto piece = changed.substr(below(changed.size()), below(60));
          changed.insert(at, piece);
          break;
        }
        default:
          changed.replace(at, below(8), pieces[below(std::size(pieces))]);
      }
    }
    const auto done = read_record(changed, i % 3 ? Reading::lenient : Reading::strict, record);
    (done ? accepted : refused) += 1;
    if (done) {
      for (const auto& row : record.rows) REQUIRE(record.row_name(row).size() > 0);
      REQUIRE(read_record(write(record), Reading::lenient, record));
    } else {
      REQUIRE(!done.error().message.empty());
      REQUIRE(done.error().message.find('\n') == std::string::npos);
      REQUIRE(record.rows.empty());
    }
  }
  CHECK(accepted > 200);
  CHECK(refused > 2000);
}
