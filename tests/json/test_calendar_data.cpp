// The shipped calendars against GOV.UK's own file as it stood on seven days, and the clock changes against their data.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "data/embedded.h"
#include "date/clock_changes.h"
#include "date/moment.h"
#include "json/calendar_reader.h"
#include "json/parse.h"
#include "support/catch.h"

using namespace cpc;

namespace {

namespace fs = std::filesystem;

Day day(const char* text) { return parse_day(text).value(); }

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Proclaimed on 3 February 2026; the copy of GOV.UK's file from three weeks later does not have it yet.
bool ahead_of_gov_uk(std::string_view division, Day date) {
  return division == "scotland" && date == day("2026-06-15");
}

struct Snapshot {
  Day date;
  std::string json;
};

std::vector<Snapshot> snapshots() {
  std::vector<Snapshot> all;
  const fs::path folder = fs::path(CPC_REFERENCE_DATA) / "data" / "holidays";
  const std::string start = "bank-holidays_";
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name.rfind(start, 0) != 0) continue;
    all.push_back({parse_day(name.substr(start.size(), 10)).value(), file_text(entry.path())});
  }
  return all;
}

}  // namespace

TEST_CASE("our calendars say what GOV.UK's file said on each day it was kept", "[json]") {
  if (std::string_view(CPC_REFERENCE_DATA).empty()) {
    WARN("reference data is not here: the comparison with GOV.UK's files did not run");
    return;
  }
  const auto all = snapshots();
  REQUIRE(all.size() == 7);
  for (const auto& snapshot : all)
    for (const auto& name : embedded_calendar_names()) {
      const auto theirs_text = read_calendar(snapshot.json, name);
      REQUIRE(theirs_text);
      const auto theirs = Calendar::compile(*theirs_text).value();
      const auto ours = Calendar::compile(embedded_calendar(name).value(), snapshot.date).value();
      std::set<std::string> differences;
      for (Day d = theirs_text->first; d <= theirs_text->last; d = d + 1)
        if (ours.is_working_day(d) != theirs.is_working_day(d) && !ahead_of_gov_uk(name, d))
          differences.insert(to_string(d));
      INFO(name << " as of " << to_string(snapshot.date));
      CHECK(differences == std::set<std::string>{});
    }
}

TEST_CASE("known_at sees the moved and the one-off days as they were known", "[json]") {
  const auto at = [](const char* name, const char* known_at) {
    return Calendar::compile(embedded_calendar(name).value(), day(known_at)).value();
  };
  const auto ew = "england-and-wales";
  CHECK_FALSE(at(ew, "2019-05-08").is_working_day(day("2020-05-04")));
  CHECK(at(ew, "2019-05-08").is_working_day(day("2020-05-08")));
  CHECK(at(ew, "2019-10-11").is_working_day(day("2020-05-04")));
  CHECK_FALSE(at(ew, "2019-10-11").is_working_day(day("2020-05-08")));
  CHECK(at(ew, "2022-09-09").is_working_day(day("2022-09-19")));
  CHECK_FALSE(at(ew, "2022-09-10").is_working_day(day("2022-09-19")));
  CHECK(at(ew, "2022-11-05").is_working_day(day("2023-05-08")));
  CHECK_FALSE(at(ew, "2022-11-06").is_working_day(day("2023-05-08")));
  CHECK_FALSE(at(ew, "2020-11-11").is_working_day(day("2022-05-30")));
  CHECK(at(ew, "2020-11-12").is_working_day(day("2022-05-30")));
  CHECK(at("scotland", "2026-02-03").is_working_day(day("2026-06-15")));
  CHECK_FALSE(at("scotland", "2026-02-04").is_working_day(day("2026-06-15")));
  CHECK(at(ew, "2026-02-04").is_working_day(day("2026-06-15")));
}

TEST_CASE("the days known from one source alone are marked unchecked", "[json]") {
  for (const auto& name : embedded_calendar_names()) {
    std::vector<std::string> unchecked;
    const auto text = embedded_calendar(name).value();
    for (const auto& holiday : text.holidays)
      if (!holiday.checked) unchecked.push_back(to_string(holiday.date));
    const auto expected = name == "england-and-wales"
                              ? std::vector<std::string>{}
                              : std::vector<std::string>{"1995-05-08", "1999-12-31", "2002-06-03", "2002-06-04"};
    CHECK(unchecked == expected);
  }
}

TEST_CASE("the clock changes in the code are those of the data", "[json]") {
  const auto document = parse_document(embedded("clock-changes.json"));
  REQUIRE(document);
  std::optional<Error> error;
  ObjectReader file(*document, "", Code::input, error);
  CHECK(file.integer("cpconf", 1, 1) == 1);
  CHECK(file.text("clock_changes") == "Europe/London");
  CHECK_FALSE(file.text("source").empty());
  const auto* covers = file.array("covers");
  const auto* changes = file.array("changes");
  file.finish();
  REQUIRE_FALSE(error);
  CHECK(text_of((*covers)[0]) == to_string(clock_changes_cover().first));
  CHECK(text_of((*covers)[1]) == to_string(clock_changes_cover().second));
  REQUIRE(changes->Size() == 2 * summer_times.size());
  const Place place("/changes");
  for (rapidjson::SizeType i = 0; i < changes->Size(); ++i) {
    ObjectReader change((*changes)[i], Place(place, i), Code::input, error);
    const auto& summer = summer_times[i / 2];
    CHECK(change.day("date") == (i % 2 == 0 ? summer.begins : summer.ends));
    CHECK(change.text("to") == (i % 2 == 0 ? "summer" : "winter"));
    change.finish();
  }
  CHECK_FALSE(error);
}
