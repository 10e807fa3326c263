#include "record/record.h"

#include <algorithm>
#include <string>

#include "json/record_reader.h"
#include "support/catch.h"

using namespace cpc;

TEST_CASE("an id table gives each text one number", "[record]") {
  IdTable ids;
  CHECK(ids.find("ada") == -1);
  CHECK(ids.intern("ada") == 0);
  CHECK(ids.intern("ben") == 1);
  CHECK(ids.intern("ada") == 0);
  CHECK(ids.intern("") == 2);
  CHECK(ids.find("ben") == 1);
  CHECK(ids.find("adam") == -1);
  CHECK(ids.text(0) == "ada");
  CHECK(ids.text(2).empty());
  CHECK(ids.size() == 3);
}

TEST_CASE("an id table grows, and forgets all when it is cleared", "[record]") {
  IdTable ids;
  for (int round = 0; round < 3; ++round) {
    for (std::uint32_t i = 0; i < 5000; ++i) REQUIRE(ids.intern("id-" + std::to_string(i)) == i);
    for (std::uint32_t i = 0; i < 5000; ++i) REQUIRE(ids.find("id-" + std::to_string(i)) == i);
    ids.clear();
    CHECK(ids.size() == 0);
    CHECK(ids.find("id-7") == -1);
    REQUIRE(ids.intern("one") == 0);
    ids.clear();
    CHECK(ids.find("one") == -1);
  }
}

TEST_CASE("a child added twice is one, and the sixty-fifth is refused", "[record]") {
  Record record;
  record.vocabulary = &embedded_vocabulary();
  for (int i = 0; i < most_children; ++i) {
    CHECK(record.add_child(record.ids.intern("c" + std::to_string(i))) == i);
    CHECK(record.add_child(record.ids.intern("c" + std::to_string(i))) == i);
  }
  CHECK(record.add_child(record.ids.intern("one more")) == -1);
  CHECK(record.child(record.ids.intern("c7")) == 7);
  CHECK(record.child(record.ids.intern("one more")) == -1);
}

TEST_CASE("a new row knows nothing", "[record]") {
  Record record;
  record.vocabulary = &embedded_vocabulary();
  const auto& words = embedded_vocabulary();
  for (EventId event = 0; event < words.events.size(); ++event) {
    const Row& row = record.add_row(event);
    CHECK(row.at == unknown_value);
    CHECK(row.children == 0);
    CHECK(record.slots(row).size() == words.events[event].slots.size());
    for (const auto value : record.slots(row)) CHECK(value == unknown_value);
  }
}

TEST_CASE("a row is named by its own id, else by event, date and instance", "[record]") {
  Record record;
  record.vocabulary = &embedded_vocabulary();
  Row& row = record.add_row(static_cast<EventId>(embedded_vocabulary().event("report_completed")));
  CHECK(record.row_name(row) == "report_completed");
  row.at = value_of(Moment{*day_of({2026, 11, 18}), 9 * 60 + 30});
  CHECK(record.row_name(row) == "report_completed 2026-11-18T09:30");
  row.conference = record.ids.intern("c1");
  CHECK(record.row_name(row) == "report_completed 2026-11-18T09:30 c1");
  row.instance = record.ids.intern("r1");
  CHECK(record.row_name(row) == "report_completed 2026-11-18T09:30 r1");
  row.id = record.ids.intern("form-1");
  CHECK(record.row_name(row) == "form-1");
}

TEST_CASE("a date goes into a value and comes out the same", "[record]") {
  for (auto day = first_supported_day; day <= last_supported_day; day = day + 97)
    for (const int minute : {-1, 0, 59, 1439}) {
      const Moment moment{day, minute};
      REQUIRE(value_of(moment) != unknown_value);
      REQUIRE(moment_of(value_of(moment)) == moment);
    }
}

TEST_CASE("the three truth values combine as least, greatest and opposite", "[record]") {
  const Truth all[] = {Truth::no, Truth::unknown, Truth::yes};
  for (const auto a : all)
    for (const auto b : all) {
      CHECK(both(a, b) == std::min(a, b));
      CHECK(either(a, b) == std::max(a, b));
      CHECK((!both(a, b)) == either(!a, !b));
    }
  CHECK((!Truth::unknown) == Truth::unknown);
  CHECK(truth(true) == Truth::yes);
}
