// The derived facts of a history: `derived.facts` of the vocabulary.
#include <algorithm>
#include <bit>
#include <vector>

#include "assessment/history.h"
#include "date/limit.h"

namespace cpc {
namespace {

constexpr auto conference_kind = static_cast<std::size_t>(Kind::conference);

bool is_one_of(Value enumeration_value, std::uint64_t mask) {
  return enumeration_value != unknown_value && enumeration_value <= 63 && (mask >> (enumeration_value - 1) & 1) != 0;
}

/// The last Friday in June of the school year in which a child turns sixteen.
Day school_leaving_day(Day birth) {
  const Civil sixteen = civil_of(birthday(birth, 16));
  const int year = sixteen.month >= 9 ? sixteen.year + 1 : sixteen.year;
  Day day = *day_of({year, 6, 30});
  while (weekday(day) != 5) day = day - 1;
  return day;
}

}  // namespace

Value History::conference_date(std::int16_t conference) const {
  const InstanceState& state = instance(conference);
  if (state.first_session != unknown_value) return state.first_session;
  return state.sitting ? unknown_value : state.scheduled;
}

Value History::deciding_session(std::int16_t conference, int child) const {
  const auto& known = program_->known;
  const InstanceState& state = instance(conference);
  const Value decided =
      child < 0
          ? unknown_value
          : conference_decided_[static_cast<std::size_t>(conference) * child_count_ + static_cast<std::size_t>(child)];
  if (decided != unknown_value) {
    // The session of the decision's day; where no session is recorded at all, the decision is all there is.
    for (std::int32_t at = state.last; at >= 0; at = row(at).earlier)
      if (row(at).event == known.conference_held && row(at).dated && row(at).at.day == moment_of(decided).day)
        return value_of(row(at).at);
    if (!state.sitting) return decided;
  }
  return state.last_completed;
}

Value History::section_47_start(std::int16_t section_47) const {
  const auto& known = program_->known;
  Value started = unknown_value;
  Value discussed = unknown_value;
  for (std::int32_t at = instance(section_47).last; at >= 0; at = row(at).earlier) {
    const HistoryRow& each = row(at);
    if (!each.dated) continue;
    if (each.event == known.section_47_started) started = value_of(each.at);
    if (each.event == known.strategy_discussion_held) discussed = value_of(each.at);
  }
  return started != unknown_value ? started : discussed;
}

Value History::last_strategy_discussion(std::int16_t section_47) const {
  const auto& known = program_->known;
  const Value sat = instance(section_47).sat;
  for (std::int32_t at = instance(section_47).last; at >= 0; at = row(at).earlier) {
    const HistoryRow& each = row(at);
    if (each.event == known.strategy_discussion_held && each.dated &&
        (sat == unknown_value || each.at.day <= moment_of(sat).day))
      return value_of(each.at);
  }
  return unknown_value;
}

Value History::plan_start(std::int16_t plan) const {
  const InstanceState& state = instance(plan);
  if (state.made_row < 0) return unknown_value;
  const HistoryRow& made = row(state.made_row);
  if (made.dated) return value_of(made.at);
  return made.instance[conference_kind] >= 0 ? deciding_session(made.instance[conference_kind], state.child)
                                             : unknown_value;
}

Truth History::unborn(int child, const HistoryRow* at) const {
  if (child < 0) return Truth::unknown;
  const ChildState& state = children_[static_cast<std::size_t>(child)];
  const bool expected = state.expected_delivery_date != unknown_value;
  if (state.date_of_birth == unknown_value) return expected ? Truth::yes : Truth::unknown;
  if (at == nullptr || !at->dated) return expected ? Truth::unknown : Truth::no;
  if (at->at.day >= moment_of(state.date_of_birth).day) return Truth::no;
  return expected ? Truth::yes : Truth::unknown;
}

Value History::child_age(int child, const HistoryRow* at) const {
  if (child < 0 || at == nullptr || !at->dated) return unknown_value;
  const Value birth = children_[static_cast<std::size_t>(child)].date_of_birth;
  if (birth == unknown_value || moment_of(birth).day > at->at.day) return unknown_value;
  int years = civil_of(at->at.day).year - civil_of(moment_of(birth).day).year;
  if (birthday(moment_of(birth).day, years) > at->at.day) --years;
  return static_cast<Value>(years) + 1;
}

Value History::school_age(int child, const HistoryRow* at) const {
  if (child < 0 || at == nullptr || !at->dated) return unknown_value;
  const ChildState& state = children_[static_cast<std::size_t>(child)];
  if (state.date_of_birth == unknown_value)
    return state.expected_delivery_date != unknown_value ? no_value : unknown_value;
  const Day birth = moment_of(state.date_of_birth).day;
  return value_of(birthday(birth, 5) <= at->at.day && at->at.day <= school_leaving_day(birth));
}

Value History::gestation_weeks(int child, const HistoryRow* at) const {
  if (unborn(child, at) != Truth::yes || at == nullptr || !at->dated) return unknown_value;
  const int left = moment_of(children_[static_cast<std::size_t>(child)].expected_delivery_date).day - at->at.day;
  const int days = 280 - left;
  return days < 0 ? unknown_value : static_cast<Value>(days / 7) + 1;
}

Value History::child_attended(int child, std::int16_t conference) const {
  const auto& known = program_->known;
  if (child < 0 || conference < 0) return unknown_value;
  const int role = vocabulary_->enumerations[static_cast<std::size_t>(known.role_enumeration)].find("child");
  Value answer = open_events_[known.attendance_recorded] ? unknown_value : no_value;
  for (std::int32_t at = instance(conference).last; at >= 0; at = row(at).earlier) {
    const HistoryRow& each = row(at);
    if (each.event != known.attendance_recorded || each.slots[known.attendance_role] != static_cast<Value>(role) + 1 ||
        (each.children >> child & 1) == 0)
      continue;
    const Value extent = each.slots[known.extent];
    if (extent == 1 || extent == 2) return yes_value;
    answer = extent == unknown_value ? unknown_value : answer;
  }
  return answer;
}

Value History::parents_absent(std::int16_t conference) const {
  const auto& known = program_->known;
  if (conference < 0) return unknown_value;
  const auto& roles = vocabulary_->enumerations[static_cast<std::size_t>(known.role_enumeration)];
  const Value parent = static_cast<Value>(roles.find("parent")) + 1;
  const Value carer = static_cast<Value>(roles.find("carer")) + 1;
  Value answer = open_events_[known.attendance_recorded] ? unknown_value : yes_value;
  for (std::int32_t at = instance(conference).last; at >= 0; at = row(at).earlier) {
    const HistoryRow& each = row(at);
    if (each.event != known.attendance_recorded ||
        (each.slots[known.attendance_role] != parent && each.slots[known.attendance_role] != carer))
      continue;
    const Value extent = each.slots[known.extent];
    if (extent == 1 || extent == 2) return no_value;
    if (extent == unknown_value) answer = unknown_value;
  }
  return answer;
}

/// Per person and circumstance the latest row counts. What a row without a date or a circumstance says may be the
/// latest word on any of them, so it can only make them unknown.
Truth History::circumstance_present(int child, std::uint64_t circumstances, std::int32_t at) const {
  const auto& known = program_->known;
  const bool until = at >= 0 && row(at).dated;
  auto& last = circumstances_;
  last.clear();
  const auto note = [&](const HistoryRow& each, Value circumstance, bool sure) {
    const Value key = (each.slots[known.circumstance_person] << 8) | circumstance;
    const Truth now = truth(each.slots[known.circumstance_present] != no_value);
    auto one = std::find_if(last.begin(), last.end(), [&](const auto& other) { return other.first == key; });
    if (one == last.end()) one = last.insert(last.end(), {key, Truth::no});
    if (sure)
      one->second = now;
    else
      one->second = now == Truth::yes ? either(one->second, Truth::unknown) : both(one->second, Truth::unknown);
  };
  for (const std::int32_t number : rows_of(known.circumstance_recorded)) {
    const HistoryRow& each = row(number);
    if (child >= 0 && (each.children >> child & 1) == 0) continue;
    if (until && each.dated && each.at.day > row(at).at.day) continue;
    const Value which = each.slots[known.circumstance];
    if (which != unknown_value && !is_one_of(which, circumstances)) continue;
    if (which != unknown_value) {
      note(each, which, each.dated);
      continue;
    }
    for (std::uint64_t left = circumstances; left != 0; left &= left - 1)
      note(each, static_cast<Value>(std::countr_zero(left)) + 1, false);
  }
  const Truth none_recorded = open_events_[known.circumstance_recorded] ? Truth::unknown : Truth::no;
  Truth all = Truth::yes;
  for (std::uint64_t left = circumstances; left != 0; left &= left - 1) {
    const auto wanted = static_cast<Value>(std::countr_zero(left)) + 1;
    Truth there = none_recorded;
    for (const auto& [key, now] : last)
      if ((key & 0xff) == wanted) there = either(there, now);
    all = both(all, there);
  }
  return all;
}

Value History::category_changed(int child, std::int32_t at) const {
  const auto& known = program_->known;
  const HistoryRow& decision = row(at);
  if (child < 0 || decision.event != known.decision_made || decision.slots[known.decision_category] == unknown_value)
    return unknown_value;
  const std::int16_t plan = plan_of(at, child);
  const auto decisions = rows_of(known.decision_made);
  const auto from = std::lower_bound(decisions.begin(), decisions.end(), at);
  for (auto i = from; i != decisions.begin();) {
    const HistoryRow& each = row(*--i);
    if (plan_of(*i, child) != plan || (each.children >> child & 1) == 0 ||
        each.slots[known.decision_category] == unknown_value)
      continue;
    return value_of(each.slots[known.decision_category] != decision.slots[known.decision_category]);
  }
  return no_value;
}

Value History::review_number(int child, std::int32_t at) const {
  const std::int16_t plan = plan_of(at, child);
  if (plan < 0) return unknown_value;
  Value number = 0;
  std::int16_t last = no_instance;
  for (const std::int32_t i : plan_reviews_.of(plan)) {
    if (i > at) break;
    const std::int16_t conference = row(i).instance[conference_kind];
    number += conference != last ? 1 : 0;
    last = conference;
  }
  return number + 1;
}

Value History::previous_plans(int child, std::int32_t at) const {
  if (child < 0) return unknown_value;
  const std::int16_t plan = at >= 0 ? plan_of(at, child) : no_instance;
  Value number = 0;
  for (const std::int16_t i : of_kind_[static_cast<std::size_t>(Kind::plan)]) {
    const InstanceState& state = instance(i);
    if (state.child != child || !state.begun || i == plan) continue;
    if (plan < 0 || !instance(plan).begun || state.begin < instance(plan).begin) ++number;
  }
  return number > 0 ? number + 1 : unknown_value;
}

Value History::enquiry_number(int child, std::int32_t at) const {
  if (child < 0 || case_state(at) != 3) return unknown_value;
  Value number = 1;
  for (const std::int32_t i : rows_of(row(at).event)) {
    if (i >= at) break;
    if ((row(i).children >> child & 1) != 0) ++number;
  }
  return number + 1;
}

Value History::latest(std::int16_t at, AttributeId attribute) const {
  const InstanceState& state = instance(at);
  if (state.kind == Kind::plan) {
    const auto rows = plan_rows_.of(at);
    for (std::size_t i = rows.size(); i-- > 0;) {
      const HistoryRow& each = row(rows[i]);
      const int slot = vocabulary_->slot(each.event, attribute);
      if (slot >= 0 && each.slots[slot] != unknown_value) return each.slots[slot];
    }
    return unknown_value;
  }
  for (std::int32_t i = state.last; i >= 0; i = row(i).earlier) {
    const int slot = vocabulary_->slot(row(i).event, attribute);
    if (slot >= 0 && row(i).slots[slot] != unknown_value) return row(i).slots[slot];
  }
  return unknown_value;
}

/// Rows of one checklist: the same event and instance, and the same person, role, document or whatever tells them
/// apart.
History::Checklist History::read_checklist(std::int32_t at) const {
  const HistoryRow& judged = row(at);
  const EventType& event = vocabulary_->events[judged.event];
  const auto read = [&](const HistoryRow& each) {
    const Value yes = event.covered >= 0 ? each.slots[event.covered] : unknown_value;
    const Value no = event.not_covered >= 0 ? each.slots[event.not_covered] : unknown_value;
    return std::pair{yes == unknown_value ? 0 : members_of(yes), no == unknown_value ? 0 : members_of(no)};
  };
  auto [yes, no] = read(judged);
  const auto alike = [&](const HistoryRow& each) {
    if (each.event != judged.event || each.children != judged.children) return false;
    if (event.instance == static_cast<int>(Kind::plan) &&
        each.instance[conference_kind] != judged.instance[conference_kind])
      return false;
    const auto& telling = program_->known.telling_slots[judged.event];
    return std::all_of(telling.begin(), telling.end(),
                       [&](std::int8_t slot) { return each.slots[slot] == judged.slots[slot]; });
  };
  for (std::int32_t i = judged.earlier; i >= 0; i = row(i).earlier) {
    if (!alike(row(i))) continue;
    const auto [older_yes, older_no] = read(row(i));
    const std::uint64_t settled = yes | no;
    yes |= older_yes & ~settled;
    no |= older_no & ~settled;
  }
  return {yes, no, true};
}

bool History::open_slot(EventId event, int slot) const {
  return std::any_of(record_->not_recorded.begin(), record_->not_recorded.end(),
                     [&](const NotRecorded& entry) { return entry.event == event && entry.attribute_slot == slot; });
}

}  // namespace cpc
