#include "rulebook/diff.h"

#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "support/calendar.h"
#include "support/catch.h"

using namespace cpc;

namespace {

rapidjson::Document read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  rapidjson::Document out;
  out.Parse(text.c_str());
  REQUIRE(!out.HasParseError());
  return out;
}

/// A rulebook of one rule, with values set, each named by a JSON pointer into the rule; null takes one out.
Rulebook book_of(const std::string& name, const rapidjson::Value& rule,
                 std::initializer_list<const rapidjson::Value*> changes) {
  rapidjson::Document changed;
  changed.CopyFrom(rule, changed.GetAllocator());
  for (const auto* change : changes)
    for (const auto& one : change->GetObject()) {
      const rapidjson::Pointer place(one.name.GetString());
      if (one.value.IsNull())
        place.Erase(changed);
      else
        place.Set(changed, rapidjson::Value(one.value, changed.GetAllocator()));
    }
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  changed.Accept(writer);
  auto read = read_rulebook(R"({"cpconf": 1, "rulebook": ")" + name +
                                R"(", "edition": "1", "title": "A test", "nation": "england",
      "calendar": "england-and-wales", "in_force": {"from": "2007-01-01"},
      "sources": [{"id": "T", "title": "A test", "checked": "2026-11-22"}],
      "sections": [{"section": "1", "rules": [)" +
                                out.GetString() + "]}]}",
                            embedded_vocabulary());
  INFO((read ? std::string() : read.error().text()));
  REQUIRE(read);
  return std::move(*read);
}

const Calendar& calendar() {
  static const Calendar compiled = test::calendar_to_2028();
  return compiled;
}

std::string shown(const LimitExample& one) {
  const auto from = one.from_here == one.from_there ? to_string(one.from_here)
                                                    : to_string(one.from_here) + " and " + to_string(one.from_there);
  return "from " + from + ": " + to_string(one.due_here) + " | " + to_string(one.due_there);
}

std::string shown(const AnswersExample& one) {
  std::string out;
  for (const auto& [asked, answer] : one.answers) out += (out.empty() ? "" : ", ") + asked + ": " + answer;
  return out + ": " + one.here + " | " + one.there;
}

/// The verdict on the only duty, then whatever its rules say.
std::vector<std::string> said(const Rulebook& here, const Rulebook& there) {
  const auto duties = diff(here, there, std::nullopt, calendar(), embedded_vocabulary());
  REQUIRE(duties.size() == 1);
  std::vector<std::string> out;
  for (const auto& rule : duties.front().rules) {
    if (!rule.here || !rule.there)
      out.push_back(std::string(word_of(rule.compared)) + " " + (rule.here ? rule.here : rule.there)->id);
    else
      out.emplace_back(word_of(rule.compared));
    for (const auto& one : rule.aspects)
      out.push_back(std::string(one.part) + " " + std::string(word_of(one.compared)) + ": " + one.here + " | " +
                    one.there);
    for (const auto& one : rule.limits) out.push_back(shown(one));
    for (const auto& one : rule.answers) out.push_back(shown(one));
  }
  if (out.front() != word_of(duties.front().compared)) out.emplace_back(word_of(duties.front().compared));
  return out;
}

Compared turned(Compared compared) {
  switch (compared) {
    case Compared::stricter:
      return Compared::looser;
    case Compared::looser:
      return Compared::stricter;
    case Compared::only_here:
      return Compared::only_there;
    case Compared::only_there:
      return Compared::only_here;
    default:
      return compared;
  }
}

const rapidjson::Document& cases() {
  static const auto read = read_file(CPC_SOURCE_DIR "/tests/rulebook/diff/cases.json");
  return read;
}

/// Calls `visit(case, here, there)` for each case.
template <class Visit>
void each_case(const Visit& visit) {
  const rapidjson::Value nothing(rapidjson::kObjectType);
  for (const auto& one : cases()["cases"].GetArray()) {
    INFO(one["name"].GetString());
    const auto& rule = cases()[one["rule"].GetString()];
    const auto& both = one.HasMember("both") ? one["both"] : nothing;
    visit(one, book_of("here", rule, {&both, &one["set"]}), book_of("there", rule, {&both}));
  }
}

}  // namespace

TEST_CASE("the diff says of each pair of rules how they stand to each other, with a case", "[rulebook]") {
  each_case([](const auto& one, const Rulebook& here, const Rulebook& there) {
    std::vector<std::string> expected;
    for (const auto& line : one["says"].GetArray()) expected.emplace_back(line.GetString());
    CHECK(said(here, there) == expected);
  });
}

TEST_CASE("the diff turned round says the opposite", "[rulebook]") {
  each_case([](const auto&, const Rulebook& here, const Rulebook& there) {
    const auto one = diff(here, there, std::nullopt, calendar(), embedded_vocabulary());
    const auto other = diff(there, here, std::nullopt, calendar(), embedded_vocabulary());
    CHECK(one.front().compared == turned(other.front().compared));
  });
}

TEST_CASE("a rulebook beside itself is the same in every duty", "[rulebook]") {
  for (const auto& name : embedded_rulebook_names()) {
    const auto book = embedded_rulebook(name, embedded_vocabulary());
    REQUIRE(book);
    const auto duties = diff(*book, *book, std::nullopt, calendar(), embedded_vocabulary());
    CHECK(!duties.empty());
    for (const auto& duty : duties) {
      INFO(name + " " + duty.duty);
      CHECK(duty.compared == Compared::same);
    }
  }
}

TEST_CASE("a duty of which one rulebook alone speaks is only there", "[rulebook]") {
  const rapidjson::Value nothing(rapidjson::kObjectType);
  const auto here = book_of("here", cases()["timescale"], {&nothing});
  const auto there = book_of("there", cases()["requirement"], {&nothing});
  const auto duties = diff(here, there, std::nullopt, calendar(), embedded_vocabulary());
  REQUIRE(duties.size() == 2);
  CHECK(duties[0].duty == "convening_reasons");
  CHECK(duties[0].compared == Compared::only_there);
  CHECK(duties[1].duty == "initial_conference_timing");
  CHECK(duties[1].compared == Compared::only_here);
}

TEST_CASE("the diff compares the editions of the day that it is asked for", "[rulebook]") {
  const auto england = embedded_rulebook("england", embedded_vocabulary());
  const auto hertfordshire = embedded_rulebook("hertfordshire", embedded_vocabulary());
  REQUIRE(england);
  REQUIRE(hertfordshire);
  const auto timing = [&](std::optional<Day> on) {
    for (const auto& duty : diff(*hertfordshire, *england, on, calendar(), embedded_vocabulary()))
      for (const auto& rule : duty.rules)
        if (rule.here != nullptr && rule.there != nullptr && rule.here->id == "initial-conference" &&
            rule.there->id == "initial-conference")
          return rule.compared;
    return Compared::only_there;
  };
  // Since 15 April 2013 the national count begins at the first strategy discussion, before at the last.
  CHECK(timing(std::nullopt) == Compared::looser);
  CHECK(timing(*parse_day("2013-04-15")) == Compared::looser);
  CHECK(timing(*parse_day("2013-04-14")) == Compared::same);
}

TEST_CASE("every due date that the diff shows lies apart in the direction that it says", "[rulebook]") {
  each_case([](const auto&, const Rulebook& here, const Rulebook& there) {
    for (const auto& duty : diff(here, there, std::nullopt, calendar(), embedded_vocabulary()))
      for (const auto& rule : duty.rules)
        for (const auto& aspect : rule.aspects) {
          if (aspect.part != "limit" || aspect.compared == Compared::different || rule.limits.empty()) continue;
          const auto& one = rule.limits.front();
          CHECK((one.due_here.day < one.due_there.day) == (aspect.compared == Compared::stricter));
        }
  });
}
