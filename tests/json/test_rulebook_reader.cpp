#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "support/catch.h"

using namespace cpc;

namespace {

const std::string folder = CPC_SOURCE_DIR "/tests/json/bad-rulebooks/";

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string text_of(const rapidjson::Value& value) {
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  value.Accept(writer);
  return out.GetString();
}

std::string member(const rapidjson::Value& object, const char* key) {
  return object.HasMember(key) ? object[key].GetString() : "";
}

/// The good rulebook with some values set and some members taken out, each named by a JSON pointer.
std::string broken(const rapidjson::Value& change) {
  rapidjson::Document book;
  book.Parse(file(folder + "good.json").c_str());
  REQUIRE(!book.HasParseError());
  if (change.HasMember("set"))
    for (const auto& one : change["set"].GetObject())
      rapidjson::Pointer(one.name.GetString()).Set(book, rapidjson::Value(one.value, book.GetAllocator()));
  if (change.HasMember("erase"))
    for (const auto& one : change["erase"].GetArray()) REQUIRE(rapidjson::Pointer(one.GetString()).Erase(book));
  return text_of(book);
}

Rulebook good() {
  auto read = read_rulebook(file(folder + "good.json"), embedded_vocabulary());
  INFO((read ? std::string() : read.error().text()));
  REQUIRE(read);
  return std::move(*read);
}

const RuleText& rule(const Rulebook& book, std::string_view id) {
  const auto at = std::find_if(book.rules.begin(), book.rules.end(), [&](const RuleText& one) { return one.id == id; });
  REQUIRE(at != book.rules.end());
  return *at;
}

}  // namespace

TEST_CASE("a rulebook that is broken in one place is refused with that place", "[json][rulebook]") {
  rapidjson::Document cases;
  cases.Parse(file(folder + "cases.json").c_str());
  REQUIRE(!cases.HasParseError());
  REQUIRE(cases["cases"].Size() > 100);
  for (const auto& one : cases["cases"].GetArray()) {
    INFO(one["name"].GetString());
    const auto read = read_rulebook(broken(one), embedded_vocabulary());
    CHECK_FALSE(read);
    if (read) continue;
    CHECK(read.error().code == Code::rulebook);
    CHECK(read.error().message == member(one, "message"));
    CHECK(read.error().place == member(one, "place"));
    CHECK(read.error().clause == member(one, "clause"));
  }
}

TEST_CASE("hostile or cut text is no rulebook, and its place is a line and a column", "[json][rulebook]") {
  const auto deep = std::string(5000, '[');
  const auto [text, message, place] = GENERATE_COPY(table<std::string, std::string, std::string>({
      {"", "the text is empty", "line 1, column 1"},
      {"{\"cpconf\": 1, \"rulebook\": \"x", "a text is not closed", "line 1, column 29"},
      {deep, "arrays and objects nest deeper than 64", "line 1, column 66"},
      {"{\"cpconf\": 1e999}", "a number is too big", "line 1, column 12"},
      {"{\"title\": \"\xc3\x28\"}", "the text is not UTF-8", "line 1, column 12"},
      {"{\"cpconf\": 1, \"cpconf\": 1}", "the key 'cpconf' stands twice", "/cpconf"},
  }));
  const auto read = read_rulebook(text, embedded_vocabulary());
  REQUIRE_FALSE(read);
  CHECK(read.error().code == Code::syntax);
  CHECK(read.error().message == message);
  CHECK(read.error().place == place);
}

TEST_CASE("a rulebook cut off anywhere is refused", "[json][rulebook]") {
  const auto text = file(folder + "good.json");
  for (std::size_t size = 0; size + 2 < text.size(); size += 37) {
    const auto read = read_rulebook(std::string_view(text).substr(0, size), embedded_vocabulary());
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Code::syntax);
    CHECK(read.error().place.rfind("line ", 0) == 0);
  }
}

TEST_CASE("the heading is read in full", "[json][rulebook]") {
  const auto book = good();
  CHECK(book.name == "sample");
  CHECK(book.edition == "1");
  CHECK(book.nation == "england");
  CHECK(book.calendar == "england-and-wales");
  CHECK(to_string(book.in_force_from) == "2007-01-01");
  CHECK(to_string(book.in_force_to) == "2029-12-31");
  REQUIRE(book.sources.size() == 2);
  CHECK(book.sources[0].checked == "2026-11-22");
  CHECK(book.sources[1].checked.empty());
  REQUIRE(book.terms.size() == 1);
  CHECK(book.terms[0].second == "coordinator");
  REQUIRE(book.over.size() == 2);
  CHECK(book.over[0].rule == "initial-conference");
  CHECK(book.over[0].by == "initial-conference");
  CHECK(book.over[1].by.empty());
  CHECK(book.over[1].place == "/over/england/1");
  CHECK(book.rules.size() == 7);
  REQUIRE(book.context.size() == 1);
  CHECK(book.context[0].clause == "SAM-6.1");
  CHECK(book.context[0].section == "2");
  CHECK(book.fingerprint.size() == 32);
}

TEST_CASE("a timescale keeps its dates, its limit and who may put it off", "[json][rulebook]") {
  const auto book = good();
  const auto& initial = rule(book, "initial-conference");
  CHECK(initial.section == "1");
  CHECK(initial.place == "/sections/0/rules/0");
  CHECK(initial.per == std::vector<std::string>{"child", "section_47"});
  CHECK(initial.cites == std::vector<std::string>{"SAM-1.1", "SAM-1.2"});
  CHECK(initial.in_force_from == book.in_force_from);
  REQUIRE(initial.from);
  REQUIRE(initial.from->selector.size() == 1);
  const auto& from = initial.from->selector.front();
  CHECK(from.event == "strategy_discussion_held");
  CHECK(from.pick == Selector::Pick::last);
  REQUIRE(from.positions.size() == 1);
  CHECK(from.positions[0].position == Selector::Position::not_after);
  CHECK(from.positions[0].limit.source == DateText::Source::until);
  REQUIRE(initial.limits.size() == 1);
  CHECK(initial.limits[0].period == Period{15, Unit::working_day, Counting::next_day});
  CHECK_FALSE(initial.limits[0].ahead);
  REQUIRE(initial.authorised_by.size() == 1);
  REQUIRE(initial.when.size() == 1);
  CHECK(initial.when.front().op == Condition::Op::negate);
  CHECK(initial.when.front().parts.at(0).values == std::vector<std::string>{"true"});
  CHECK(initial.when.front().parts.at(0).place->text() == "/sections/0/rules/0/when/not");
}

TEST_CASE("the short form of where is all of is", "[json][rulebook]") {
  const auto book = good();
  const auto& where = rule(book, "initial-conference").until.front().where;
  REQUIRE(where.size() == 1);
  CHECK(where.front().op == Condition::Op::all);
  REQUIRE(where.front().parts.size() == 1);
  CHECK(where.front().parts[0].fact == "conference.conference_type");
  CHECK(where.front().parts[0].compare == Compare::is);
  CHECK(where.front().parts[0].values == std::vector<std::string>{"initial"});
  CHECK(where.front().parts[0].place->text() == "/sections/0/rules/0/until/where/conference.conference_type");
  const auto& one_value = rule(book, "reasons").at.front().where.front();
  CHECK(one_value.parts.at(0).values == std::vector<std::string>{"convene"});
}

TEST_CASE("a limit made of several keeps each, with its own from and when", "[json][rulebook]") {
  const auto book = good();
  const auto& review = rule(book, "review");
  REQUIRE(review.limits.size() == 2);
  CHECK_FALSE(review.take_latest);
  CHECK_FALSE(review.limits[0].from);
  CHECK(review.limits[0].when.size() == 1);
  REQUIRE(review.limits[1].from);
  CHECK(review.limits[1].from->source == DateText::Source::fact);
  CHECK(review.limits[1].from->fact == "child.eighteenth_birthday");
  CHECK(review.limits[1].ahead);
  CHECK(review.limits[1].period.unit == Unit::same_day);
  CHECK(review.repeats);
  CHECK(review.during.size() == 1);
  CHECK(to_string(review.in_force_from) == "2010-01-01");
  CHECK(review.in_force_to == book.in_force_to);
  const auto& until = review.until.front();
  CHECK(until.same == std::vector<std::pair<std::string, std::string>>{{"conference", "conference"}});
  REQUIRE(until.positions.size() == 3);
  CHECK(until.positions[0].position == Selector::Position::not_before);
  REQUIRE(until.positions[0].limit.offset);
  CHECK(*until.positions[0].limit.offset == Period{-1, Unit::day, Counting::inclusive});
  const auto& before = until.where.front().parts.at(0).date.front();
  CHECK(before.source == DateText::Source::date);
  CHECK(before.inner.front().source == DateText::Source::from);
  CHECK(before.offset == Period{6, Unit::month, Counting::next_day});
}

TEST_CASE("every form of condition is read", "[json][rulebook]") {
  const auto book = good();
  const auto& any = rule(book, "reasons").expect.front();
  REQUIRE(any.op == Condition::Op::any);
  REQUIRE(any.parts.size() == 10);
  using Op = Condition::Op;
  const std::vector<Op> ops = {Op::occurs, Op::of,   Op::every, Op::count, Op::state,
                               Op::status, Op::fact, Op::fact,  Op::fact,  Op::fact};
  for (std::size_t i = 0; i < ops.size(); ++i) CHECK(any.parts[i].op == ops[i]);
  CHECK(any.parts[0].selector.front().same == std::vector<std::pair<std::string, std::string>>{{"conference", "plan"}});
  CHECK(any.parts[1].expect.front().values == std::vector<std::string>{"completed", "adjourned"});
  CHECK(any.parts[2].expect.front().compare == Compare::given);
  CHECK(any.parts[2].expect.front().values == std::vector<std::string>{"true"});
  CHECK(any.parts[3].at_least == 2);
  CHECK(any.parts[3].at_most == 9);
  CHECK(any.parts[3].other == "discipline");
  CHECK(any.parts[3].expect.front().other == "agency");
  CHECK(any.parts[4].fact == "plan");
  CHECK(any.parts[4].values == std::vector<std::string>{"active"});
  CHECK(any.parts[5].values == std::vector<std::string>{"satisfied", "broken"});
  CHECK(any.parts[6].number == 1);
  CHECK(any.parts[7].values == std::vector<std::string>{"2"});
  CHECK(any.parts[8].compare == Compare::same_as);
  CHECK(any.parts[9].date.front().fact == "child.date_of_birth");
}

TEST_CASE("a process keeps its transitions and cites what they cite", "[json][rulebook]") {
  const auto book = good();
  const auto& plan = rule(book, "plan");
  CHECK(plan.cites == std::vector<std::string>{"SAM-2.1", "SAM-2.2"});
  CHECK(plan.initial == "none");
  CHECK(plan.final_states == std::vector<std::string>{"ended"});
  REQUIRE(plan.transitions.size() == 3);
  CHECK(plan.transitions[0].guard.size() == 1);
  CHECK(plan.transitions[1].to == "same");
  CHECK(plan.transitions[1].derived == "a report moves nothing");
  CHECK(plan.transitions[2].irregular);
  CHECK(plan.transitions[2].from == std::vector<std::string>{"none", "active"});
}

TEST_CASE("a node without a comparison asks whether its fact is true", "[json][rulebook]") {
  const auto book = good();
  const auto& tree = rule(book, "continuing-risk");
  REQUIRE(tree.nodes.size() == 2);
  CHECK(tree.nodes[0].question.compare == Compare::is);
  CHECK(tree.nodes[0].question.values == std::vector<std::string>{"true"});
  CHECK(tree.nodes[1].question.values == std::vector<std::string>{"real_substantial_risk"});
  CHECK(tree.nodes[1].no == "restate");
  CHECK(tree.outcomes.size() == 3);
  CHECK(tree.cites == std::vector<std::string>{"SAM-3.1", "SAM-3.2", "SAM-3.3", "SAM-3.4"});
}

TEST_CASE("what a rule weighs follows its modality unless it is written", "[json][rulebook]") {
  const auto weigh = [](std::string_view pointer, const char* modality) {
    rapidjson::Document change(rapidjson::kObjectType);
    rapidjson::Pointer("/set").Set(change, rapidjson::Value(rapidjson::kObjectType));
    change["set"].AddMember(rapidjson::Value((std::string(pointer) + "/modality").c_str(), change.GetAllocator()),
                            rapidjson::Value(modality, change.GetAllocator()), change.GetAllocator());
    if (pointer == "/sections/1/rules/0") rapidjson::Pointer("/erase/0").Set(change, "/sections/1/rules/0/severity");
    const auto book = read_rulebook(broken(change), embedded_vocabulary());
    REQUIRE(book);
    const auto at =
        std::find_if(book->rules.begin(), book->rules.end(), [&](const RuleText& one) { return one.place == pointer; });
    REQUIRE(at != book->rules.end());
    return at->severity;
  };
  const std::string numbered = "/sections/0/rules/0", plain = "/sections/1/rules/0", definition = "/sections/1/rules/4";
  CHECK(weigh(plain, "must") == Severity::breach);
  CHECK(weigh(plain, "must_not") == Severity::breach);
  CHECK(weigh(plain, "should") == Severity::advisory);
  CHECK(weigh(plain, "normally") == Severity::advisory);
  CHECK(weigh(plain, "may") == Severity::info);
  CHECK(weigh(numbered, "should") == Severity::breach);
  CHECK(weigh(numbered, "normally") == Severity::advisory);
  CHECK(weigh(definition, "must") == Severity::info);
  CHECK(rule(good(), "reasons").severity == Severity::advisory);
  CHECK(rule(good(), "continuing-risk").severity == Severity::info);
}

TEST_CASE("a number that nobody saw is marked, and so is one that is given as null", "[json][rulebook]") {
  CHECK(rule(good(), "initial-conference").checked);
  CHECK(rule(good(), "reasons").checked);
  rapidjson::Document change;
  change.Parse(R"({"set": {"/sections/0/rules/0/checked": null}})");
  const auto book = read_rulebook(broken(change), embedded_vocabulary());
  REQUIRE(book);
  CHECK_FALSE(rule(*book, "initial-conference").checked);
}

TEST_CASE("editions of one rule may follow each other", "[json][rulebook]") {
  rapidjson::Document change;
  change.Parse(R"({"set": {"/sections/0/rules/1/timescale": "initial-conference",
                           "/sections/0/rules/1/duty": "initial_conference_timing",
                           "/sections/0/rules/0/in_force": {"from": "2007-01-01", "to": "2009-12-31"}}})");
  const auto book = read_rulebook(broken(change), embedded_vocabulary());
  REQUIRE(book);
  CHECK(book->rules[0].id == book->rules[1].id);
}

TEST_CASE("the fingerprint is that of the text", "[json][rulebook]") {
  const auto text = file(folder + "good.json");
  const auto again = read_rulebook(text, embedded_vocabulary());
  const auto other = read_rulebook(text + " ", embedded_vocabulary());
  REQUIRE((again && other));
  CHECK(again->fingerprint == good().fingerprint);
  CHECK(other->fingerprint != again->fingerprint);
}
