// Filling in what is not known never changes what is already determined, and blanking never determines anything: the
// same property, seen from its two ends. Each pair of records differs in one attribute, given in the fuller of them.
#include "assessment/random_record.h"
#include "assessment/rule_reads.h"
#include "assessment/walk.h"

using namespace cpc;
using namespace cpc::test;

namespace {

/// One attribute of one row.
struct Place {
  std::size_t row;
  std::size_t slot;
};

/// Values of a record's attributes at random, as a record reader would have stored them.
class RandomValues {
 public:
  RandomValues(const Record& record, std::mt19937& random) : record_(record), random_(random) {}

  Value of(const Slot& slot) {
    switch (slot.type) {
      case AttributeType::yes_no:
      case AttributeType::present:
        return value_of(below(2) == 0);
      case AttributeType::enumeration:
        return word(slot) + 1;
      case AttributeType::enumeration_set:
        return given_bit | Value{1} << word(slot);
      case AttributeType::date:
      case AttributeType::datetime:
        return value_of(Moment{*day_of({2026, 1, 1}) + static_cast<int>(below(600)), -1});
      case AttributeType::count:
        return below(slot.max >= 0 ? static_cast<std::size_t>(slot.max) + 1 : 12) + 1;
      case AttributeType::id:
        return below(record_.ids.size()) + 1;
    }
    return unknown_value;
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::size_t word(const Slot& slot) {
    return below(embedded_vocabulary().enumerations[static_cast<std::size_t>(slot.enumeration)].values.size());
  }

  const Record& record_;
  std::mt19937& random_;
};

/// To which instances the rows belong, and when those begin and end.
std::vector<int> links(const History& history) {
  std::vector<int> out;
  for (std::size_t row = 0; row < history.rows().size(); ++row)
    for (int kind = 0; kind < kind_count; ++kind)
      for (std::size_t child = 0; child < history.children().size(); ++child)
        out.push_back(history.instance_of(static_cast<std::int32_t>(row), kind, static_cast<int>(child)));
  for (const InstanceState& state : history.instances()) {
    out.push_back(state.begun ? state.begin.number : -1);
    out.push_back(state.ended ? state.end.number : -1);
  }
  return out;
}

/// What is excepted, because MEANING, FORMAT or the vocabulary say what a missing attribute means there.
class Exceptions {
 public:
  explicit Exceptions(const Program& program) : program_(program) {
    for (std::size_t i = 0; i < program.rules.size(); ++i) reads_.emplace_back(program, static_cast<Index>(i));
  }

  /// Attributes that stand for a value where they are not given, whatever rule asks.
  [[nodiscard]] bool defaulted(const Record& record, Place place) const {
    const Vocabulary& vocabulary = *program_.vocabulary;
    const Row& row = record.rows[place.row];
    const EventType& event = vocabulary.events[row.event];
    const auto& name = vocabulary.attribute_names.word(event.slots[place.slot].attribute);
    // A child without a date of birth is unborn, one that is not said to be no subject is one: `derived` of the
    // vocabulary.
    if (event.name == "child_recorded") return true;
    // A circumstance without `present` is there.
    if (event.name == "circumstance_recorded" && name == "present") return true;
    // Of a date that was given before, the latest row that gives one counts.
    const bool others = std::any_of(record.rows.begin(), record.rows.end(),
                                    [&](const Row& other) { return &other != &row && other.event == row.event; });
    if (event.name == "conference_arranged" && name == "scheduled_for") return others;
    // So it is with the items of a checklist.
    const auto slot = static_cast<int>(place.slot);
    return others && (slot == event.covered || slot == event.not_covered);
  }

  /// Rules that ask of the attribute what is known though it is not given.
  [[nodiscard]] bool excused(Index rule, EventId event, std::size_t slot) const {
    const auto& reads = reads_[static_cast<std::size_t>(rule)];
    const auto& known = program_.known;
    const auto attribute = program_.vocabulary->events[event].slots[slot].attribute;
    const auto& telling = known.telling_slots[event];
    const bool tells = std::find(telling.begin(), telling.end(), static_cast<std::int8_t>(slot)) != telling.end();
    for (const Index number : reads.facts) {
      const Fact& fact = program_.facts[static_cast<std::size_t>(number)];
      // "The value in its latest row that gives one": FORMAT, Scope.
      if (fact.source == Fact::Source::instance_slot && fact.attribute == attribute) return true;
      // The role tells the agency unless the row gives another: `derived`, agency_of_role.
      if (fact.source == Fact::Source::derived && fact.derived == Derived::agency_of_role &&
          known.agency_slot[event] == static_cast<int>(slot))
        return true;
      // Rows without a person are read as one checklist.
      if (fact.checklist && fact.event == event && tells) return true;
    }
    // Whether something is given is known where it is not.
    return std::any_of(reads.nodes.begin(), reads.nodes.end(), [&](Index number) {
      const Node& node = program_.nodes[static_cast<std::size_t>(number)];
      if (node.op != Condition::Op::fact || (node.compare != Compare::given && node.compare != Compare::known))
        return false;
      const Fact& fact = program_.facts[static_cast<std::size_t>(node.fact)];
      if (fact.event != event) return false;
      return fact.source == Fact::Source::derived ||
             (fact.source == Fact::Source::slot && fact.slot == static_cast<std::int16_t>(slot));
    });
  }

  /// A process that meets an event out of its order, or one whose guard does not hold, follows it where it can: from a
  /// set of states it goes on from those that expected the event (MEANING, a process). So what it takes for settled may
  /// turn out otherwise, for it and for the rules that ask where it stands.
  [[nodiscard]] bool asks_one_of(Index rule, const std::set<Index>& processes) const {
    const auto& asked = reads_[static_cast<std::size_t>(rule)].rules;
    return std::any_of(processes.begin(), processes.end(), [&](Index process) { return asked.count(process) > 0; });
  }

 private:
  const Program& program_;
  std::vector<RuleReads> reads_;
};

/// Assesses both records of each pair and compares.
class PairTest {
 public:
  explicit PairTest(std::shared_ptr<const Program> rules) : rules_(std::move(rules)), exceptions_(*rules_) {}

  void pairs_of(const std::string& text, std::mt19937& random, int count) {
    const auto read = read_record(text, Reading::strict, record_);
    if (!read) FAIL(read.error().text() << "\n" << text);
    RandomValues values(record_, random);
    for (int i = 0; i < count; ++i) {
      const Place place{random() % record_.rows.size(), 0};
      const auto& slots = rules_->vocabulary->events[record_.rows[place.row].event].slots;
      if (slots.empty()) continue;
      one_pair({place.row, random() % slots.size()}, values);
    }
  }

  int compared = 0;  ///< Results that were determined.
  int settled = 0;   ///< Results that the attribute determined.

 private:
  void one_pair(Place place, RandomValues& values) {
    if (exceptions_.defaulted(record_, place)) return;
    const Row& row = record_.rows[place.row];
    const Slot& slot = rules_->vocabulary->events[row.event].slots[place.slot];
    Value& value = record_.slots(row)[place.slot];
    const Value before = value;
    const Value given = before != unknown_value ? before : values.of(slot);
    value = unknown_value;
    assess_into(less_workspace_, less_);
    value = given;
    assess_into(more_workspace_, more_);
    value = before;
    // A link that is not given is the only candidate (FORMAT, Scope), and what a row begins or ends makes candidates.
    if (links(less_workspace_.parts().history) != links(more_workspace_.parts().history)) return;
    INFO(rules_->vocabulary->events[row.event].name << "." << rules_->vocabulary->attribute_names.word(slot.attribute));
    INFO("row " << place.row << ", given as " << given);
    event_ = row.event;
    slot_ = place.slot;
    irregular_.clear();
    for (const auto& finding : more_.process_findings)
      if (finding.remark != ProcessRemark::guard_unknown) irregular_.insert(finding.process);
    compare_requirements();
    compare_timescales();
    compare_thresholds();
    compare_states();
  }

  void assess_into(Workspace& workspace, Assessment& result) const {
    AssessOptions options;
    options.as_of = moment("2027-12-31");
    options.next = false;
    assess(rules_, record_, options, workspace, result);
  }

  [[nodiscard]] bool excepted(Index rule) const {
    return exceptions_.excused(rule, event_, slot_) || exceptions_.asks_one_of(rule, irregular_);
  }

  /// Where it does not apply, or may not, what is expected may be met all the same: MEANING, a requirement.
  static bool agree(RequirementStatus less, RequirementStatus more) {
    return less == more || (less == RequirementStatus::satisfied && more == RequirementStatus::not_applicable);
  }

  void compare_requirements() {
    for (const auto& less : less_.requirements) {
      if (excepted(less.rule)) continue;
      const auto more = std::find_if(more_.requirements.begin(), more_.requirements.end(), [&](const auto& other) {
        return other.rule == less.rule && other.scope == less.scope && other.row == less.row;
      });
      // A row that turns out not to be meant is no longer judged.
      const auto status = more == more_.requirements.end() ? RequirementStatus::not_applicable : more->status;
      if (less.status == RequirementStatus::undetermined) {
        settled += status != RequirementStatus::undetermined ? 1 : 0;
        continue;
      }
      ++compared;
      INFO(rules_->rule_name(less.rule) << ": " << to_string(less.status) << ", then " << to_string(status));
      REQUIRE(agree(less.status, status));
    }
  }

  /// A rule may give an entry for each of several rows: there are as many of each status.
  [[nodiscard]] static auto alike(const Assessment& of, const TimescaleResult& one) {
    return std::count_if(of.timescales.begin(), of.timescales.end(), [&](const auto& other) {
      return other.rule == one.rule && other.scope == one.scope && other.cycle == one.cycle &&
             other.status == one.status;
    });
  }

  void compare_timescales() {
    for (const auto& less : less_.timescales) {
      if (excepted(less.rule)) continue;
      if (less.status == TimescaleStatus::undetermined) {
        settled += alike(more_, less) < alike(less_, less) ? 1 : 0;
        continue;
      }
      ++compared;
      INFO(rules_->rule_name(less.rule) << ": " << to_string(less.status));
      // "Not applicable" may be said by saying nothing: of a cycle that did not begin.
      REQUIRE((alike(less_, less) <= alike(more_, less) || less.status == TimescaleStatus::not_applicable));
    }
  }

  void compare_thresholds() {
    for (const auto& less : less_.thresholds) {
      if (excepted(less.rule)) continue;
      const auto more = std::find_if(more_.thresholds.begin(), more_.thresholds.end(), [&](const auto& other) {
        return other.rule == less.rule && other.scope == less.scope && other.row == less.row;
      });
      // Answers that turn out to be given at another stage are no longer followed: an outcome is that of the answers.
      if (more == more_.thresholds.end()) continue;
      if (less.outcome == Outcome::undetermined) {
        settled += more->outcome != Outcome::undetermined ? 1 : 0;
        continue;
      }
      ++compared;
      INFO(rules_->rule_name(less.rule) << ": " << to_string(less.outcome) << ", then " << to_string(more->outcome));
      REQUIRE(less.outcome == more->outcome);
    }
  }

  void compare_states() {
    for (const auto& less : less_.states) {
      if (excepted(less.process)) continue;
      const auto more = std::find_if(more_.states.begin(), more_.states.end(), [&](const auto& other) {
        return other.process == less.process && other.scope == less.scope;
      });
      // A set that later events did not settle was narrowed by what they expected, as above.
      if (more == more_.states.end() || std::popcount(more->states) != 1) continue;
      ++compared;
      const RuleText& process = *rules_->rules[static_cast<std::size_t>(less.process)].text;
      INFO(rules_->rule_name(less.process)
           << ": " << states_text(process, less.states) << ", then " << states_text(process, more->states));
      REQUIRE((more->states & ~less.states) == 0);
    }
  }

  std::shared_ptr<const Program> rules_;
  Exceptions exceptions_;
  Record record_;
  Workspace less_workspace_;
  Workspace more_workspace_;
  Assessment less_;
  Assessment more_;
  EventId event_ = 0;
  std::size_t slot_ = 0;
  std::set<Index> irregular_;
};

}  // namespace

TEST_CASE("an attribute that is filled in changes nothing that was determined without it", "[assessment]") {
  const auto name = GENERATE(std::string("hertfordshire"), std::string("devon"), std::string("dudley"),
                             std::string("herefordshire"), std::string("coordinator"), std::string("england"));
  PairTest test(program(name));
  INFO(name);
  std::mt19937 random(1);
  for (const Walk& walk : read_walks(std::string(CPC_SOURCE_DIR) + "/tests/assessment/walks/" + name + ".json")) {
    INFO("walk " << walk.id);
    test.pairs_of(walk.record, random, 100);
  }
  for (unsigned seed = 1; seed <= 300; ++seed) {
    const std::string text = RandomRecord::record(RandomRecord(seed, true).rows(10 + static_cast<int>(seed % 40)));
    INFO("seed " << seed << "\n" << text);
    test.pairs_of(text, random, 8);
  }
  CHECK(test.compared > 1000);  // else the test would show nothing
  CHECK(test.settled > 10);
}
