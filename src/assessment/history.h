#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "assessment/assessment.h"

namespace cpc {

inline constexpr std::int16_t no_instance = -1;       ///< The row neither names nor links to one.
inline constexpr std::size_t most_instances = 32000;  ///< Of one record; links to further ones are taken as not known.
inline constexpr std::int16_t unknown_instance = -2;  ///< It belongs to one, but which is not known.

/// One row as the rules see it: in canonical order, with its children and instances resolved.
struct HistoryRow {
  const Value* slots = nullptr;
  Moment at;
  bool dated = false;
  bool names_children = false;  ///< It is about some children; else about the case.
  EventId event = 0;
  std::uint64_t children = 0;
  std::array<std::int16_t, kind_count> instance{};  ///< Per Kind; of Kind::plan see History::plan().
  std::int32_t row = -1;                            ///< In the record; -1 for none.
  std::int32_t earlier = -1;                        ///< The row before it that has the same own instance.
};

struct InstanceState {
  Kind kind = Kind::conference;
  std::int16_t child = -1;     ///< Plans: whose.
  std::int16_t alike = -1;     ///< Plans: another child's of the same id, or -1.
  std::uint32_t id = no_id;    ///< In the record's ids; no_id where the row that begins it names it.
  std::int32_t named_by = -1;  ///< Row that begins an instance without an id.
  std::uint64_t children = 0;
  bool begun = false;
  bool ended = false;
  bool end_waits = false;  ///< Plans: agencies were asked about the end, and it is not settled yet.
  Day begin;
  Day end;
  bool dated = false;
  Day first_day;               ///< Of its first dated row.
  std::int32_t last = -1;      ///< Its last row.
  std::array<Value, 2> key{};  ///< Of the kind's key attributes.
  // conferences
  Value type = unknown_value;
  Value scheduled = unknown_value;
  Value first_session = unknown_value;
  Value last_completed = unknown_value;
  Value cancelled = unknown_value;
  bool sitting = false;                         ///< A session was held, perhaps on a day not known.
  std::int16_t first_conference = no_instance;  ///< Reports, exclusions, dissents: of their first row that names one.
  // plans and enquiries
  std::int32_t made_row = -1;  ///< The decision that made the plan.
  Value sat = unknown_value;   ///< Of an enquiry: the first session of a conference that followed it.
  std::uint64_t subjects = 0;
  std::int32_t arranged_row = -1;
};

/// What is known of one child over all its rows.
struct ChildState {
  Value date_of_birth = unknown_value;
  Value expected_delivery_date = unknown_value;
  Value date_of_death = unknown_value;
  Value hospital_discharge_date = unknown_value;
  Value subject = unknown_value;
  Value in_household = unknown_value;
};

/// The rows of a record that count as of a moment, in canonical order, each with the instances it belongs to
/// (MEANING, Time; FORMAT, Scope; `links` of the vocabulary). Undated rows stand last.
class History {
 public:
  void build(const Program& program, const Record& record, const AssessOptions& options, Assessment& result);

  [[nodiscard]] const std::vector<HistoryRow>& rows() const { return rows_; }
  [[nodiscard]] const HistoryRow& row(std::int32_t at) const { return rows_[static_cast<std::size_t>(at)]; }
  /// The rows of an event, in canonical order.
  [[nodiscard]] std::span<const std::int32_t> rows_of(EventId event) const {
    return {event_rows_.data() + event_offsets_[event], event_rows_.data() + event_offsets_[event + 1U]};
  }
  /// Whether some row of an event has no date: those stand last.
  [[nodiscard]] bool has_undated(EventId event) const {
    const auto rows = rows_of(event);
    return !rows.empty() && !row(rows.back()).dated;
  }
  [[nodiscard]] const std::vector<InstanceState>& instances() const { return instances_; }
  /// Whether there is any instance of a kind.
  [[nodiscard]] bool has_instance(int kind) const { return !of_kind_[static_cast<std::size_t>(kind)].empty(); }
  [[nodiscard]] const InstanceState& instance(std::int16_t at) const {
    return instances_[static_cast<std::size_t>(at)];
  }
  [[nodiscard]] const std::vector<ChildState>& children() const { return children_; }
  /// Children in the order of their ids, which is the order of results.
  [[nodiscard]] const std::vector<std::int16_t>& child_order() const { return child_order_; }
  [[nodiscard]] std::uint64_t subjects() const { return subjects_; }

  /// The instance of a kind that a row belongs to, seen for one child (-1: for none).
  [[nodiscard]] std::int16_t instance_of(std::int32_t row, int kind, int child) const {
    if (kind == static_cast<int>(Kind::plan)) return plan_of(row, child);
    return rows_[static_cast<std::size_t>(row)].instance[static_cast<std::size_t>(kind)];
  }
  void append_name(std::string& text, std::int16_t instance) const;

  // Derived facts; a date value, or unknown.
  [[nodiscard]] Value conference_date(std::int16_t conference) const;
  [[nodiscard]] Value deciding_session(std::int16_t conference, int child) const;
  [[nodiscard]] Value section_47_start(std::int16_t section_47) const;
  [[nodiscard]] Value last_strategy_discussion(std::int16_t section_47) const;
  [[nodiscard]] Value plan_start(std::int16_t plan) const;
  [[nodiscard]] Truth unborn(int child, const HistoryRow* row) const;
  [[nodiscard]] Value child_age(int child, const HistoryRow* row) const;
  [[nodiscard]] Value school_age(int child, const HistoryRow* row) const;
  [[nodiscard]] Value gestation_weeks(int child, const HistoryRow* row) const;
  [[nodiscard]] Value case_state(std::int32_t row) const { return case_states_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] Value child_attended(int child, std::int16_t conference) const;
  [[nodiscard]] Value parents_absent(std::int16_t conference) const;
  /// Whether each of some circumstances (a bit per value) is there on the row's day, of whichever person; -1: by now.
  [[nodiscard]] Truth circumstance_present(int child, std::uint64_t circumstances, std::int32_t row) const;
  [[nodiscard]] Value category_changed(int child, std::int32_t row) const;
  [[nodiscard]] Value review_number(int child, std::int32_t row) const;
  [[nodiscard]] Value previous_plans(int child, std::int32_t row) const;
  [[nodiscard]] Value enquiry_number(int child, std::int32_t row) const;
  /// The value of an attribute in the latest row of the instance that gives it.
  [[nodiscard]] Value latest(std::int16_t instance, AttributeId attribute) const;
  /// `covered` and `not_covered` of a row read cumulatively: bit sets of what is yes and what is no.
  [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> checklist(std::int32_t row) const {
    Checklist& list = checklists_[static_cast<std::size_t>(row)];
    if (!list.read) list = read_checklist(row);
    return {list.yes, list.no};
  }
  /// Whether the host does not keep (some of) the rows of an event / that attribute of it.
  [[nodiscard]] bool open_event(EventId event) const { return open_events_[event]; }
  [[nodiscard]] bool wholly_open_event(EventId event) const { return wholly_open_events_[event]; }
  [[nodiscard]] const EventSet& open_events() const { return open_events_; }
  /// Whether the record has a row of an event that counts.
  [[nodiscard]] bool present(EventId event) const { return !rows_of(event).empty(); }
  /// Whether the host leaves out whole types of rows.
  [[nodiscard]] bool keeps_less() const { return open_events_.any(); }
  [[nodiscard]] bool open_slot(EventId event, int slot) const;
  [[nodiscard]] const Record& record() const { return *record_; }

 private:
  /// Rows of plans: one list of all, with where each plan's begin.
  struct PlanRows {
    std::vector<std::uint32_t> offsets;
    std::vector<std::int32_t> rows;
    [[nodiscard]] std::span<const std::int32_t> of(std::int16_t plan) const {
      return {rows.data() + offsets[static_cast<std::size_t>(plan)],
              rows.data() + offsets[static_cast<std::size_t>(plan) + 1]};
    }
  };
  struct Checklist {
    std::uint64_t yes = 0;
    std::uint64_t no = 0;
    bool read = false;
  };
  [[nodiscard]] Checklist read_checklist(std::int32_t row) const;
  struct AgencyViews {
    bool any = false;
    bool asked_known = true;
    bool refused = false;
    std::uint64_t asked = 0;
    std::uint64_t agreed = 0;
    Day last;  ///< Of the latest reply.
  };
  struct Key {
    std::uint64_t day_time;
    std::int32_t row;
  };
  void choose_rows(const AssessOptions& options, Assessment& result);
  void order_rows(Assessment& result);
  void list_events();
  void place_untimed(std::size_t begin, std::size_t end);
  [[nodiscard]] int compare(const Row& a, const Row& b) const;
  [[nodiscard]] int compare_ids(std::uint32_t a, std::uint32_t b) const;
  void read_children(Assessment& result);
  void create_named_instances();
  void read_conferences();
  void resolve_children();
  void read_agency_views();
  void note_asked(const HistoryRow& row, AgencyViews& views) const;
  void note_view(const HistoryRow& row, AgencyViews& views) const;
  void mark_instances();
  void mark(std::size_t row, std::int16_t instance);
  void mark_end(const HistoryRow& row, InstanceState& state) const;
  [[nodiscard]] bool matches(const HistoryRow& row, const InstanceMark& mark) const;
  void find_own_instances(Assessment& result);
  [[nodiscard]] bool may_belong(const HistoryRow& row, const InstanceState& state, int child, bool may_wait) const;
  void find_own_instance(std::size_t row, int kind, int child, Assessment& result);
  void follow_reports();
  void link_complaint(std::size_t conference, std::uint64_t about, Assessment& result);
  void link_conferences(Assessment& result);
  void link_rows();
  void find_sittings();
  void follow_own_instances();
  [[nodiscard]] std::int16_t sole_sitting(const HistoryRow& row) const;
  void note_plans();
  void list_by_plan(PlanRows& list);
  void note_case_states();
  void chain_rows();
  void report_link(std::size_t row, int kind, const std::vector<std::int16_t>& candidates, Assessment& result) const;
  void check_births(Assessment& result) const;
  std::int16_t named_instance(Kind kind, std::uint32_t id, int child);
  std::int16_t add_instance(Kind kind, std::uint32_t id, int child);
  [[nodiscard]] std::int16_t plan_of(std::int32_t row, int child) const;
  [[nodiscard]] std::int16_t& own_plan(std::size_t row, int child) {
    return own_plans_[row * child_count_ + static_cast<std::size_t>(child)];
  }

  const Program* program_ = nullptr;
  const Vocabulary* vocabulary_ = nullptr;
  const Record* record_ = nullptr;
  std::size_t child_count_ = 0;
  std::uint64_t subjects_ = 0;
  std::vector<HistoryRow> rows_;
  std::vector<std::uint32_t> event_offsets_;  ///< Per event: where its rows begin in `event_rows_`.
  std::vector<std::int32_t> event_rows_;
  std::vector<HistoryRow> scratch_;
  std::vector<Key> keys_;
  std::vector<Key> scratch_keys_;
  std::vector<InstanceState> instances_;
  std::vector<std::int16_t> instance_by_id_;  ///< [id * kind_count + kind]; -1 none. Of plans the first child's.
  std::array<std::vector<std::int16_t>, kind_count> of_kind_;  ///< The instances of each kind, ascending.
  std::array<std::vector<std::int16_t>, kind_count> open_;     ///< Those that had not ended before the row in hand.
  std::vector<std::pair<Day, std::int16_t>> sittings_;         ///< The days on which conferences sat, ascending.
  PlanRows plan_rows_;
  PlanRows plan_reviews_;  ///< Those with which the number of its reviews grew.
  std::vector<std::pair<std::int16_t, std::int32_t>> plan_entries_;  ///< While a list is made.
  std::vector<std::uint8_t> case_states_;                            ///< Per row: how the case stood just before it.
  std::vector<ChildState> children_;
  std::vector<std::int16_t> child_order_;
  std::vector<std::int16_t> child_rank_;
  std::vector<std::int16_t> own_plans_;  ///< [row * children + child]: the plan of a row that names or has one.
  /// What agencies that were asked say of the end of a child's plan that a conference decided.
  std::vector<AgencyViews> agency_views_;       ///< [instance * children + child]; empty where nobody was asked.
  std::vector<std::int16_t> conference_plans_;  ///< [instance * children + child].
  std::vector<std::int16_t> conference_section_47_;
  std::vector<std::int16_t> conference_complaint_;
  std::vector<std::uint64_t> named_for_;
  bool too_many_instances_ = false;
  std::vector<std::int32_t> last_of_plan_;  ///< Per instance: its last row, while rows are chained.
  std::vector<Value> conference_decided_;   ///< [instance * children + child]: the last decision there.
  EventSet open_events_;
  EventSet wholly_open_events_;  ///< Of those: the host keeps none of their rows.
  EventSet naming_events_;       ///< Events with an attribute that names an instance of another kind.
  /// Of circumstance_present: each circumstance and person, both in one, and whether it is there.
  mutable std::vector<std::pair<Value, Truth>> circumstances_;
  mutable std::vector<Checklist> checklists_;  ///< Per row, read when first asked for.
  std::vector<const HistoryRow*> told_;
  std::vector<std::int16_t> candidates_;
};

}  // namespace cpc
