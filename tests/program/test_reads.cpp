#include "program/reads.h"

#include <algorithm>
#include <string>

#include "json/calendar_reader.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "program/facts.h"
#include "support/catch.h"

using namespace cpc;

namespace {

std::shared_ptr<const Program> program_of(const std::string& rules) {
  auto book = read_rulebook(R"({"cpconf": 1, "rulebook": "test", "edition": "1", "title": "A test", "nation": "england",
      "calendar": "england-and-wales", "in_force": {"from": "2007-01-01"},
      "sources": [{"id": "T", "title": "A test", "checked": "2026-11-22"}],
      "sections": [{"section": "1", "rules": [)" +
                                rules + "]}]}",
                            embedded_vocabulary());
  INFO((book ? std::string() : book.error().text()));
  REQUIRE(book);
  std::vector<Rulebook> books;
  books.push_back(std::move(*book));
  auto program =
      compile(std::move(books), *Calendar::compile(*embedded_calendar("england-and-wales")), embedded_vocabulary());
  INFO((program ? std::string() : program.error().text()));
  REQUIRE(program);
  return *program;
}

/// A line for each event, attribute and derived fact that a duty reads; `?` where only a `when` does.
std::vector<std::string> read_by(const Program& program, const std::string& duty) {
  const auto& vocabulary = *program.vocabulary;
  std::vector<std::string> out;
  for (const auto& reads : reads_of(program)) {
    if (vocabulary.duties[static_cast<std::size_t>(reads.duty)] != duty) continue;
    for (const auto& event : reads.events) {
      const auto& type = vocabulary.events[event.event];
      out.push_back(type.name + (event.only_when ? "?" : ""));
      for (const auto& one : event.attributes) {
        auto line = type.name + "." +
                    vocabulary.attribute_names.word(type.slots[static_cast<std::size_t>(one.slot)].attribute) +
                    (one.only_when ? "?" : "");
        for (const auto& value : one.values) line += " " + value;
        out.push_back(line);
      }
    }
    for (const auto& fact : reads.derived) out.push_back("= " + fact.name + (fact.only_when ? "?" : ""));
  }
  return out;
}

const std::string reasons = R"({"requirement": "reasons", "duty": "convening_reasons", "cites": ["T-1"],
    "modality": "must", "per": ["child", "section_47"], "at": {"event": "convening_decided",
    "where": {"convening_decision": ["convene"]}}, "say": "No reasons.",
    "expect": {"fact": "covered", "has": "reasons_recorded"})";

const std::string plan =
    R"({"process": "plan", "duty": "plan_lifecycle", "modality": "should", "per": ["child", "plan"],
    "states": ["none", "active"], "initial": "none", "transitions": [{"id": "made", "from": ["none"], "to": "active",
    "on": {"event": "decision_made", "where": {"decision": ["plan_made"]}}, "cites": ["T-1"]}]})";

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a rule reads the event it is judged at, and what it asks of it", "[program]") {
  CHECK(read_by(*program_of(reasons + "}"), "convening_reasons") ==
        Lines{"convening_decided", "convening_decided.convening_decision convene",
              "convening_decided.covered reasons_recorded", "convening_decided.not_covered reasons_recorded"});
}

TEST_CASE("what only a when reads is told apart", "[program]") {
  const auto lines = read_by(
      *program_of(reasons +
                  R"(, "when": {"all": [{"fact": "unborn", "is": true}, {"occurs": {"event": "case_closed"}}]}})"),
      "convening_reasons");
  const auto has = [&](const std::string& line) { return std::count(lines.begin(), lines.end(), line) == 1; };
  CHECK(has("case_closed?"));
  CHECK(has("= unborn?"));
  // What a derived fact is made of has to be there.
  CHECK(has("child_recorded.expected_delivery_date?"));
  CHECK(has("convening_decided.convening_decision convene"));
}

TEST_CASE("a fact that the expectation reads too is not only the when's", "[program]") {
  const auto lines = read_by(*program_of(reasons + R"(, "when": {"fact": "covered", "has": "reasons_recorded"}})"),
                             "convening_reasons");
  CHECK(std::count(lines.begin(), lines.end(), "convening_decided.covered reasons_recorded") == 1);
}

TEST_CASE("through a state a rule reads the rows that its process follows", "[program]") {
  const auto program = program_of(plan + "," + reasons + R"(, "when": {"state": "plan", "is": ["active"]}})");
  const auto lines = read_by(*program, "convening_reasons");
  CHECK(std::count(lines.begin(), lines.end(), "decision_made?") == 1);
  CHECK(std::count(lines.begin(), lines.end(), "decision_made.decision? plan_made") == 1);
  CHECK(read_by(*program, "plan_lifecycle") == Lines{"decision_made", "decision_made.decision plan_made"});
}

TEST_CASE("through a status a rule reads what the other rule does", "[program]") {
  const auto quorum = std::string(R"({"quorum": "quorum", "duty": "quorum", "cites": ["T-1"], "modality": "should",
      "per": ["conference"], "at": {"event": "conference_held"},
      "core": {"occurs": {"event": "attendance_recorded", "where": {"role": ["social_worker"]}}}})");
  const auto program = program_of(quorum + "," + reasons + R"(, "when": {"status": "quorum", "is": ["satisfied"]}})");
  const auto lines = read_by(*program, "convening_reasons");
  CHECK(std::count(lines.begin(), lines.end(), "attendance_recorded.role? social_worker") == 1);
  CHECK(std::count(lines.begin(), lines.end(), "conference_held?") == 1);
}

TEST_CASE("the attribute that links a row, or its conference, to the scope is among what is read", "[program]") {
  const auto program = program_of(R"({"timescale": "conference", "duty": "initial_conference_timing", "cites": ["T-1"],
      "modality": "should", "per": ["child", "section_47"], "from": {"event": "strategy_discussion_held", "pick": "first"},
      "until": {"event": "conference_held"}, "within": {"count": 15, "unit": "working_day"}})");
  CHECK(read_by(*program, "initial_conference_timing") ==
        Lines{"strategy_discussion_held", "conference_arranged", "conference_arranged.section_47", "conference_held"});
}

TEST_CASE("every derived fact that conditions may read is told in the vocabulary, or is recorded of the child",
          "[program]") {
  const auto& vocabulary = embedded_vocabulary();
  const int child_recorded = vocabulary.event("child_recorded");
  for (const auto& derived : derived_names()) {
    INFO(derived.name);
    const bool told = std::any_of(vocabulary.derived.begin(), vocabulary.derived.end(),
                                  [&](const DerivedMeaning& one) { return one.name == derived.name; });
    CHECK((told || vocabulary.slot(static_cast<EventId>(child_recorded), derived.name) >= 0));
  }
  for (const auto& event : vocabulary.events) {
    INFO(event.name);
    CHECK(event.meanings.size() == event.slots.size());
    CHECK(std::none_of(event.meanings.begin(), event.meanings.end(), [](const auto& text) { return text.empty(); }));
  }
}
