#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "date/calendar.h"
#include "date/limit.h"
#include "record/record.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// Facts that the engine derives from rows, alike under every rulebook (`derived.facts` of the vocabulary).
enum class Derived : std::uint8_t {
  // of the row being judged, on its day
  unborn,
  child_age,
  school_age,
  gestation_weeks,
  role_group,
  agency_of_role,
  prebirth_conference,
  category_changed,
  case_state,
  review_number,
  previous_plans,
  enquiry_number,
  child_attended,
  parents_absent,
  children_count,
  // of an instance or a child
  conference_date,
  deciding_session,
  subject_count,
  section_47_start,
  last_strategy_discussion,
  plan_start,
  instance_begin,
  date_of_birth,
  expected_delivery_date,
  date_of_death,
  hospital_discharge_date,
  eighteenth_birthday,
  subject,
  in_household,
  circumstance_present,
};

/// Where a condition or a date reads: resolved once, at compile time.
struct Fact {
  enum class Source : std::uint8_t {
    slot,           ///< A slot of the row being judged.
    row_at,         ///< Its `at`.
    derived,        ///< A derived fact of the row being judged, or of the scope.
    instance_slot,  ///< The latest row of the row's (or the scope's) instance of `kind` that gives `attribute`.
    instance_fact,  ///< A derived fact of that instance, or of the child (`kind` = no_kind).
  };
  Source source = Source::slot;
  Derived derived = Derived::unborn;
  std::int8_t kind = no_kind;
  std::int16_t slot = -1;
  EventId event = 0;  ///< For `slot`: the event it belongs to.
  AttributeId attribute = 0;
  AttributeType type = AttributeType::yes_no;
  std::int16_t enumeration = -1;
  bool checklist = false;  ///< `covered`: read together with `not_covered`, cumulatively.
  std::string name;        ///< As written.
  bool operator==(const Fact&) const = default;
};

using Index = std::int32_t;
inline constexpr Index none = -1;

struct Node {
  Condition::Op op = Condition::Op::all;
  Compare compare = Compare::is;
  Index first = none;  ///< all, any, negate: first of its parts in Program::parts.
  Index count = 0;
  Index fact = none;
  Index other = none;  ///< same_as, differs_from: the other fact; count: the distinct fact.
  std::uint64_t mask =
      0;  ///< is, has, state: the values meant (is of yes_no: bit 0 no, bit 1 yes); status: bit per Status.
  std::int32_t number = 0;
  std::int32_t at_least = -1;
  std::int32_t at_most = -1;
  Index date = none;
  Index selector = none;
  Index expect = none;
  Index target = none;    ///< state, status: the rule.
  Index editions = none;  ///< In Program::editions, where the rule has others by that name.
  Index group = none;     ///< Leaves that read one fact share a group, where some do (MEANING, algorithm 5).
  Index table = none;     ///< On the root of a condition that has such groups: its entry in Program::tables.
  Index alike = none;     ///< The same for conditions that ask the same of the same scopes, where there are several.
};

/// The repeated facts of one condition, each with the values that stand for its classes, and what it asks once.
struct Table {
  struct Group {
    Index leaf = none;  ///< One of its leaves.
    Index fact = none;
    bool by_value = false;  ///< Enumerate `values` of the fact; else the leaf is simply no or yes.
    std::vector<Value> values;
  };
  std::vector<Group> groups;  ///< The repeated ones first, `repeated` of them; then those asked once.
  std::size_t repeated = 0;
  Index first_group = 0;  ///< Groups are numbered through the program.
};

/// One of the rules that a state or status may mean: an edition of it, a piece that a layer left of it, or what a layer
/// puts in its place. The one that is in force for the scope speaks.
struct Edition {
  Index rule = none;
  std::uint64_t mask = 0;  ///< As Node::mask, in the states of this rule.
};

/// "This attribute of the row is one of these": what most selectors ask, compiled to a look and a shift.
struct SlotTest {
  std::int16_t slot = 0;
  bool always = false;  ///< Every value will do: not known is yes.
  std::uint64_t mask = 0;
  [[nodiscard]] Truth of(const Value* slots) const {
    const Value value = slots[slot];
    if (value == unknown_value) return always ? Truth::yes : Truth::unknown;
    return truth(value <= 63 && (mask >> (value - 1) & 1) != 0);
  }
};

struct Picked {
  EventId event = 0;
  Index where = none;
  std::vector<SlotTest> tests;  ///< Those parts of `where` that are one.
  Index rest = none;            ///< What is left of `where`.
  Selector::Pick pick = Selector::Pick::any;
  Index read = none;  ///< The fact read of the row; none: its `at`.
  struct Position {
    Selector::Position position;
    Index date;
  };
  std::vector<Position> positions;
  std::vector<Index> same;  ///< Pairs of facts: of this row, and of the row being judged.
  bool uses_from = false;
  bool uses_until = false;
  bool quick = false;       ///< Without where, positions, same: every row of the event counts.
  bool tests_only = false;  ///< Nothing but `tests`.
};

struct DateRef {
  DateText::Source source = DateText::Source::selector;
  Index selector = none;
  Index fact = none;
  Index inner = none;
  std::optional<Period> offset;
  bool uses_until = false;
  bool uses_from = false;
};

struct LimitRef {
  Index from = none;  ///< none: the rule's own.
  Period period;
  bool ahead = false;
  Index when = none;
};

struct Transition {
  std::string id;
  std::uint64_t from = 0;
  EventId event = 0;
  Index on = none;     ///< Its selector.
  Index where = none;  ///< That of the selector.
  Index guard = none;
  std::int16_t to = -1;  ///< -1: the same state.
  bool irregular = false;
  Index text = none;  ///< In RuleText::transitions.
};

struct TreeNode {
  Index question = none;
  std::int16_t yes = 0;  ///< >= 0: a node; else -1 - outcome (0 met, 1 not met, 2 restate).
  std::int16_t no = 0;
};

/// The rows a rule is judged by: `case`, `child`, kinds of instance. Bit per Kind; `child` is bit 11.
using ScopeSet = std::uint16_t;
inline constexpr ScopeSet child_bit = ScopeSet{1} << kind_count;
inline constexpr ScopeSet kind_bit(int kind) { return static_cast<ScopeSet>(ScopeSet{1} << kind); }

using EventSet = std::bitset<128>;

struct Rule {
  RuleText::Type type = RuleText::Type::timescale;
  const RuleText* text = nullptr;
  Index rulebook = 0;
  std::string name;  ///< `rulebook/id`.
  Index duty = none;
  Index scope = none;  ///< In Program::scope_sets.
  Day in_force_from;
  Day in_force_to;
  Severity severity = Severity::advisory;
  bool unverified = false;
  Index when = none;

  // timescale
  Index from = none;
  Index until = none;
  std::vector<LimitRef> limits;
  Index during = none;
  Index authorised_by = none;
  bool about_conference = false;  ///< Its limit lies ahead of a conference: the occasion is gone once that is held.

  // requirement, quorum, threshold
  Index at = none;
  Index rows = none;  ///< The same for rules that are judged by the same rows: requirement, quorum.
  Index expect = none;
  Index core = none;
  Index others = none;
  Index may_proceed = none;
  bool reads_attendance = false;

  // process
  std::vector<Transition> transitions;
  EventSet events;
  bool reads_others = false;  ///< Some condition of it asks where another process stands, or how a rule was judged.
  std::int16_t initial = 0;
  std::uint64_t final_states = 0;

  // threshold
  std::vector<TreeNode> nodes;
  std::int16_t root = 0;
};

struct ScopeType {
  ScopeSet set = 0;
  EventSet events;                        ///< Events that its rules select.
  std::array<std::int16_t, 128> local{};  ///< Event to its place among those, or -1.
  std::int16_t event_count = 0;
};

/// Rulebooks and a calendar, compiled: immutable, shared between threads.
struct Program {
  const Vocabulary* vocabulary = nullptr;
  std::vector<std::unique_ptr<const Rulebook>> rulebooks;
  std::vector<std::unique_ptr<const RuleText>> split;  ///< Texts that layering made.
  std::shared_ptr<const CalendarText> calendar_text;
  Calendar calendar;
  std::vector<Rule> rules;   ///< In the order of the rulebooks; results keep it.
  std::vector<Index> order;  ///< Requirements, quorums and the rest, each after those it reads.
  std::vector<Index> processes;
  /// A process that rows of an event may move.
  struct Mover {
    Index process = none;
    std::vector<std::int16_t> transitions;  ///< Those of that event, in order.
  };
  std::array<std::vector<Mover>, 128> movers;  ///< Per event, in the order of `processes`.
  std::vector<ScopeType> scope_sets;
  std::vector<Fact> facts;
  std::vector<Node> nodes;
  std::vector<Index> parts;
  std::vector<Picked> selectors;
  std::vector<DateRef> dates;
  std::vector<Table> tables;
  std::vector<std::vector<Edition>> editions;
  bool reads_attendance = false;  ///< Some rule selects attendance rows.
  Index group_count = 0;
  Index alike_count = 0;                 ///< Different `Node::alike`.
  Index row_lists = 0;                   ///< Different `Rule::rows`.
  std::vector<std::string> not_covered;  ///< Duties for which there is no rule.

  /// Events and slots that the engine itself reads.
  struct Known {
    EventId child_recorded, conference_arranged, conference_held, conference_cancelled, decision_made,
        disagreement_recorded, strategy_discussion_held, section_47_started, attendance_recorded, variance_explained,
        referral_received, case_closed, section_47_concluded, plan_ended, move_notified, circumstance_recorded,
        complaint_stage_ended, complaint_received, threshold_assessed, agency_views_sought, agency_view_received;
    std::int16_t date_of_birth, expected_delivery_date, date_of_death, hospital_discharge_date, subject, in_household;
    AttributeId type_attribute;  ///< `conference_type`.
    std::int16_t arranged_type, scheduled_for, arranged_section_47, session_outcome, recorded_quorate, decision,
        decision_category;
    std::int16_t extent, attendance_role, explained_duty, explained_reason;
    std::int16_t answers_role, answers_view, complaint_outcome, agencies_asked, agency_of_view, agency_agrees;
    std::uint64_t type_initial, type_review, type_transfer, type_reconvened;  ///< A bit of conference_type each.
    std::uint64_t upheld, completed, plan_made, plan_continued, plan_discontinued, no_plan;
    std::int16_t role_enumeration, agency_enumeration;
    std::int16_t circumstance, circumstance_present, circumstance_person;
    std::vector<std::vector<std::int8_t>> telling_slots;  ///< Per event: what tells its checklists apart.
    std::vector<std::int8_t> role_slot;                   ///< Per event: `role`, else `author_role`, or -1.
    std::vector<std::int8_t> agency_slot;                 ///< Per event, or -1.
    std::vector<std::int8_t> group_of_role;               ///< 0 family, 1 professional, 2 support, 3 other.
    std::vector<std::int8_t> agency_of_role;  ///< Position in agency, or -1 where the role does not settle it.
  } known{};

  [[nodiscard]] const std::string& rule_name(Index rule) const { return rules[static_cast<std::size_t>(rule)].name; }
};

/// Enumerations of derived facts that are not in the vocabulary's own list.
inline constexpr std::int16_t role_group_enumeration = 1000;
inline constexpr std::int16_t case_state_enumeration = 1001;

/// Compiles rulebooks, the lowest layer first, with a calendar. Fails on an unknown name, a condition whose table would
/// be too large, or rules that read each other in a circle. Several threads may share the result.
[[nodiscard]] Result<std::shared_ptr<const Program>> compile(std::vector<Rulebook> rulebooks, const Calendar& calendar,
                                                             const Vocabulary& vocabulary);

}  // namespace cpc
