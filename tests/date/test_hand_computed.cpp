// Dates counted by hand, in three divisions; tests/date/hand_computed.json gives the count of each.
#include <fstream>
#include <map>
#include <sstream>

#include "date/limit.h"
#include "json/calendar_reader.h"
#include "json/parse.h"
#include "support/catch.h"

using namespace cpc;

namespace {

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::map<std::string, Calendar, std::less<>> calendars() {
  std::map<std::string, Calendar, std::less<>> all;
  for (const auto& name : embedded_calendar_names())
    all.emplace(name, Calendar::compile(embedded_calendar(name).value()).value());
  return all;
}

}  // namespace

TEST_CASE("every date of the hand-computed table comes out as counted", "[date]") {
  const auto all = calendars();
  const auto table = parse_document(file_text(CPC_SOURCE_DIR "/tests/date/hand_computed.json"));
  REQUIRE(table);
  REQUIRE(table->Size() >= 100);
  std::map<std::string, int> per_division;
  const Place root;
  for (rapidjson::SizeType i = 0; i < table->Size(); ++i) {
    std::optional<Error> error;
    ObjectReader row((*table)[i], Place(root, i), Code::input, error);
    const auto name = row.text("calendar"), from = row.text("from"), due = row.text("due"),
               because = row.text("because");
    const auto within = row.optional_text("within"), before = row.optional_text("before");
    row.finish();
    REQUIRE_FALSE(error);
    REQUIRE(within.has_value() != before.has_value());
    INFO(name << " " << from << (within ? " within " : " before ") << within.value_or("") << before.value_or("") << ": "
              << because);
    const auto& calendar = all.at(std::string(name));
    const auto start = parse_moment(from);
    const auto period = parse_period(within ? *within : *before);
    REQUIRE(start);
    REQUIRE(period);
    const auto limit = within ? limit_after(*start, *period, calendar) : limit_before(*start, *period, calendar);
    CHECK(to_string(limit.at) == due);
    CHECK_FALSE(limit.provisional);
    ++per_division[std::string(name)];
  }
  CHECK(per_division.size() == 3);
}
