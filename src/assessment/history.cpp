#include "assessment/history.h"

#include <algorithm>
#include <bit>

#include "date/limit.h"

namespace cpc {
namespace {

constexpr std::int16_t per_child = -3;  ///< In HistoryRow::instance[plan]: see own_plans_.
constexpr auto plan_kind = static_cast<std::size_t>(Kind::plan);
constexpr auto conference_kind = static_cast<std::size_t>(Kind::conference);
constexpr auto section_47_kind = static_cast<std::size_t>(Kind::section_47);
constexpr auto report_kind = static_cast<std::size_t>(Kind::report);
constexpr auto complaint_kind = static_cast<std::size_t>(Kind::complaint);

bool later_than(Moment at, Moment limit) {
  if (at.day != limit.day) return at.day > limit.day;
  return at.has_time() && limit.has_time() && at.minute > limit.minute;
}

bool bit_of(Value enumeration_value, std::uint64_t mask) {
  return enumeration_value != unknown_value && enumeration_value <= 63 && (mask >> (enumeration_value - 1) & 1) != 0;
}

}  // namespace

void History::build(const Program& program, const Record& record, const AssessOptions& options, Assessment& result) {
  program_ = &program;
  if (vocabulary_ != program.vocabulary) {
    vocabulary_ = program.vocabulary;
    naming_events_.reset();
    for (std::size_t e = 0; e < vocabulary_->events.size(); ++e)
      for (const auto slot : vocabulary_->events[e].reference_slot)
        if (slot >= 0) naming_events_.set(e);
  }
  record_ = &record;
  child_count_ = record.children.size();
  too_many_instances_ = false;
  open_events_.reset();
  wholly_open_events_.reset();
  for (const auto& entry : record.not_recorded)
    if (entry.attribute_slot < 0) {
      open_events_.set(entry.event);
      if (entry.where.empty()) wholly_open_events_.set(entry.event);
    }
  child_order_.resize(child_count_);
  child_rank_.resize(child_count_);
  for (std::size_t i = 0; i < child_count_; ++i) child_order_[i] = static_cast<std::int16_t>(i);
  if (child_count_ > 1)
    std::sort(child_order_.begin(), child_order_.end(), [&](auto a, auto b) {
      return record.ids.text(record.children[static_cast<std::size_t>(a)]) <
             record.ids.text(record.children[static_cast<std::size_t>(b)]);
    });
  for (std::size_t i = 0; i < child_count_; ++i)
    child_rank_[static_cast<std::size_t>(child_order_[i])] = static_cast<std::int16_t>(i);

  choose_rows(options, result);
  order_rows(result);
  checklists_.assign(rows_.size(), {});
  read_children(result);
  create_named_instances();
  read_conferences();
  resolve_children();
  read_agency_views();
  mark_instances();
  find_own_instances(result);
  follow_reports();
  link_conferences(result);
  link_rows();
  chain_rows();
  note_plans();
  note_case_states();
  check_births(result);
  if (too_many_instances_)
    result.add_record_finding(RecordRemark::link_not_given, -1).says =
        "the record names more than " + std::to_string(most_instances) +
        " conferences, plans and the like; those beyond are taken as not known";
}

void History::choose_rows(const AssessOptions& options, Assessment& result) {
  keys_.clear();
  for (std::size_t i = 0; i < record_->rows.size(); ++i) {
    const Row& row = record_->rows[i];
    if (row.withdrawn_at != unknown_value &&
        (!options.known_at || !later_than(moment_of(row.withdrawn_at), *options.known_at))) {
      ++result.left_out_withdrawn;
      continue;
    }
    const Value recorded = row.recorded_at != unknown_value ? row.recorded_at : row.at;
    if (options.known_at && recorded != unknown_value && later_than(moment_of(recorded), *options.known_at)) {
      ++result.left_out_not_yet_known;
      continue;
    }
    if (row.at != unknown_value && later_than(moment_of(row.at), options.as_of)) {
      ++result.left_out_later;
      continue;
    }
    // Day, then minute (rows without a time after all others until place_untimed), then event.
    const Moment at = row.at != unknown_value ? moment_of(row.at) : Moment{Day{1 << 24}, -1};
    const auto minute = static_cast<std::uint64_t>(at.has_time() ? at.minute : 4095);
    keys_.push_back({static_cast<std::uint64_t>(at.day.number + (1 << 24)) << 24 | minute << 8 | row.event,
                     static_cast<std::int32_t>(i)});
  }
}

int History::compare_ids(std::uint32_t a, std::uint32_t b) const {
  if (a == b) return 0;
  if (a == no_id || b == no_id) return a == no_id ? -1 : 1;
  return record_->ids.text(a).compare(record_->ids.text(b));
}

/// By instance ids, children and attributes, for rows of one day, time and event: never by their order in the file.
int History::compare(const Row& a, const Row& b) const {
  if (const int ids = compare_ids(a.conference, b.conference); ids != 0) return ids;
  if (const int ids = compare_ids(a.instance, b.instance); ids != 0) return ids;
  if (a.children != b.children) {
    for (const auto child : child_order_) {
      const bool in_a = (a.children >> child & 1) != 0;
      const bool in_b = (b.children >> child & 1) != 0;
      if (in_a != in_b) return in_a ? -1 : 1;
    }
  }
  const auto values_a = record_->slots(a);
  const auto values_b = record_->slots(b);
  const auto& slots = vocabulary_->events[a.event].slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (values_a[i] == values_b[i]) continue;
    if (slots[i].type == AttributeType::id && values_a[i] != unknown_value && values_b[i] != unknown_value)
      return compare_ids(static_cast<std::uint32_t>(values_a[i] - 1), static_cast<std::uint32_t>(values_b[i] - 1));
    return values_a[i] < values_b[i] ? -1 : 1;
  }
  return 0;
}

void History::place_untimed(std::size_t begin, std::size_t end) {
  // keys_[begin, end) is one day: timed rows first, by time; then those without a time, by event.
  std::size_t timed_end = begin;
  while (timed_end < end && (keys_[timed_end].day_time >> 8 & 0xffff) != 4095) ++timed_end;
  if (timed_end == begin || timed_end == end) return;
  scratch_keys_.clear();
  std::size_t untimed = timed_end;
  for (std::size_t timed = begin; timed < timed_end; ++timed) {
    const auto event = keys_[timed].day_time & 0xff;
    while (untimed < end && (keys_[untimed].day_time & 0xff) < event) scratch_keys_.push_back(keys_[untimed++]);
    scratch_keys_.push_back(keys_[timed]);
  }
  while (untimed < end) scratch_keys_.push_back(keys_[untimed++]);
  std::copy(scratch_keys_.begin(), scratch_keys_.end(), keys_.begin() + static_cast<std::ptrdiff_t>(begin));
}

void History::order_rows(Assessment& result) {
  const auto less = [&](const Key& a, const Key& b) {
    if (a.day_time != b.day_time) return a.day_time < b.day_time;
    return compare(record_->rows[static_cast<std::size_t>(a.row)], record_->rows[static_cast<std::size_t>(b.row)]) < 0;
  };
  std::sort(keys_.begin(), keys_.end(), less);
  for (std::size_t begin = 0; begin < keys_.size();) {
    std::size_t end = begin + 1;
    while (end < keys_.size() && keys_[end].day_time >> 24 == keys_[begin].day_time >> 24) ++end;
    if (end - begin > 1) place_untimed(begin, end);
    begin = end;
  }
  rows_.clear();
  const Row* previous = nullptr;
  for (const Key& key : keys_) {
    const Row& row = record_->rows[static_cast<std::size_t>(key.row)];
    if (previous != nullptr && previous->event == row.event && previous->at == row.at && !row.from_children &&
        compare(*previous, row) == 0) {
      result.add_record_finding(RecordRemark::same_row_twice, key.row).says +=
          "the same row is given twice and counts once";
      continue;
    }
    previous = &row;
    HistoryRow out;
    out.slots = record_->values.data() + row.values;
    out.dated = row.at != unknown_value;
    if (out.dated) out.at = moment_of(row.at);
    out.event = row.event;
    out.children = row.children;
    out.names_children = row.children != 0 || vocabulary_->events[row.event].per_child;
    out.row = key.row;
    out.instance.fill(no_instance);
    rows_.push_back(out);
  }
  list_events();
}

/// A stable counting sort by event; counted two places on, so that filling leaves each place where its rows begin.
void History::list_events() {
  event_offsets_.assign(vocabulary_->events.size() + 2, 0);
  for (const HistoryRow& row : rows_) ++event_offsets_[row.event + 2U];
  for (std::size_t event = 2; event < event_offsets_.size(); ++event)
    event_offsets_[event] += event_offsets_[event - 1];
  event_rows_.resize(rows_.size());
  for (std::size_t i = 0; i < rows_.size(); ++i)
    event_rows_[event_offsets_[rows_[i].event + 1U]++] = static_cast<std::int32_t>(i);
}

void History::read_children(Assessment& result) {
  children_.assign(child_count_, ChildState{});
  const auto& known = program_->known;
  subjects_ = 0;
  const auto recorded = [&](const HistoryRow& row) {
    const Row& given = record_->rows[static_cast<std::size_t>(row.row)];
    const Value at = given.recorded_at != unknown_value ? given.recorded_at : given.at;
    return given.from_children && at == unknown_value ? Value{0} : at == unknown_value ? Value{1} : at;
  };
  // Later recorded rows win; the canonical order settles ties. Few rows: insertion by recorded date.
  auto& told = told_;
  told.clear();
  for (const HistoryRow& row : rows_)
    if (row.event == known.child_recorded) told.push_back(&row);
  std::sort(told.begin(), told.end(), [&](auto* a, auto* b) {
    return std::pair(recorded(*a), a) < std::pair(recorded(*b), b);  // Both are of `rows_`: a stable order.
  });
  for (const HistoryRow* row : told) {
    for (std::size_t child = 0; child < child_count_; ++child) {
      if ((row->children >> child & 1) == 0) continue;
      ChildState& state = children_[child];
      const Value birth = row->slots[known.date_of_birth];
      if (birth != unknown_value && state.date_of_birth != unknown_value && birth != state.date_of_birth) {
        auto& says = result.add_record_finding(RecordRemark::two_dates_of_birth, row->row).says;
        (says += "two dates of birth are given for child '") += record_->ids.text(record_->children[child]);
        says += "'; the one recorded later counts";
      }
      const auto take = [&](Value& into, std::int16_t slot) {
        if (row->slots[slot] != unknown_value) into = row->slots[slot];
      };
      take(state.date_of_birth, known.date_of_birth);
      take(state.expected_delivery_date, known.expected_delivery_date);
      take(state.date_of_death, known.date_of_death);
      take(state.hospital_discharge_date, known.hospital_discharge_date);
      take(state.subject, known.subject);
      take(state.in_household, known.in_household);
    }
  }
  for (std::size_t child = 0; child < child_count_; ++child)
    if (children_[child].subject != no_value) subjects_ |= std::uint64_t{1} << child;
}

std::int16_t History::add_instance(Kind kind, std::uint32_t id, int child) {
  if (instances_.size() >= most_instances) {
    too_many_instances_ = true;
    return unknown_instance;
  }
  InstanceState state;
  state.kind = kind;
  state.id = id;
  state.child = static_cast<std::int16_t>(child);
  const auto number = static_cast<std::int16_t>(instances_.size());
  of_kind_[static_cast<std::size_t>(kind)].push_back(number);
  open_[static_cast<std::size_t>(kind)].push_back(number);
  instances_.push_back(state);
  return number;
}

std::int16_t History::named_instance(Kind kind, std::uint32_t id, int child) {
  // A plan is one child's: under one id there may be one for each.
  std::int16_t last = -1;
  std::int16_t at = instance_by_id_[id * kind_count + static_cast<std::size_t>(kind)];
  for (; at >= 0 && kind == Kind::plan && instance(at).child != child; at = instance(at).alike) last = at;
  if (at >= 0) return at;
  const std::int16_t added = add_instance(kind, id, child);
  if (added < 0) return added;
  (last >= 0 ? instances_[static_cast<std::size_t>(last)].alike
             : instance_by_id_[id * kind_count + static_cast<std::size_t>(kind)]) = added;
  return added;
}

void History::create_named_instances() {
  instances_.clear();
  for (auto& list : of_kind_) list.clear();
  for (auto& list : open_) list.clear();
  instance_by_id_.assign(record_->ids.size() * kind_count, -1);
  for (HistoryRow& row : rows_) {
    const Row& given = record_->rows[static_cast<std::size_t>(row.row)];
    const EventType& event = vocabulary_->events[row.event];
    if (given.conference != no_id)
      row.instance[conference_kind] = named_instance(Kind::conference, given.conference, -1);
    else if (event.conference == ConferenceColumn::required)
      row.instance[conference_kind] = unknown_instance;
    if (event.instance >= 0 && event.instance != static_cast<int>(conference_kind) &&
        event.instance != static_cast<int>(plan_kind) && given.instance != no_id)
      row.instance[static_cast<std::size_t>(event.instance)] =
          named_instance(static_cast<Kind>(event.instance), given.instance, -1);
    for (std::size_t kind = naming_events_[row.event] ? 0 : kind_count; kind < kind_count; ++kind) {
      const int slot = event.reference_slot[kind];
      if (slot < 0 || kind == plan_kind || row.slots[slot] == unknown_value) continue;
      row.instance[kind] = named_instance(static_cast<Kind>(kind), static_cast<std::uint32_t>(row.slots[slot] - 1), -1);
    }
  }
}

void History::read_conferences() {
  const auto& known = program_->known;
  const auto read = [&](HistoryRow& row) {
    const std::int16_t at = row.instance[conference_kind];
    if (at < 0) return;
    InstanceState& state = instances_[static_cast<std::size_t>(at)];
    if (row.event == known.conference_arranged) {
      if (row.slots[known.arranged_type] != unknown_value) state.type = row.slots[known.arranged_type];
      if (row.slots[known.scheduled_for] != unknown_value) state.scheduled = row.slots[known.scheduled_for];
      state.subjects = row.children;
      state.arranged_row = static_cast<std::int32_t>(&row - rows_.data());
    } else if (row.event == known.conference_held) {
      state.sitting = true;
      if (!row.dated) return;
      if (state.first_session == unknown_value) state.first_session = value_of(row.at);
      const Value outcome = row.slots[known.session_outcome];
      if (bit_of(outcome, known.completed)) state.last_completed = value_of(row.at);
      if (outcome == unknown_value) state.last_completed = unknown_value;  // It may be this one.
    } else if (row.event == known.conference_cancelled) {
      state.cancelled = row.dated ? value_of(row.at) : state.cancelled;
    }
  };
  for (HistoryRow& row : rows_)
    if (!row.dated) read(row);
  for (HistoryRow& row : rows_)
    if (row.dated) read(row);
}

void History::resolve_children() {
  for (HistoryRow& row : rows_) {
    if (row.children != 0) continue;
    if (!row.names_children) {
      row.children = ~std::uint64_t{0};
      continue;
    }
    const std::int16_t conference = row.instance[conference_kind];
    const std::uint64_t subjects = conference >= 0 ? instances_[static_cast<std::size_t>(conference)].subjects : 0;
    row.children = subjects != 0 ? subjects : subjects_;
  }
}

bool History::matches(const HistoryRow& row, const InstanceMark& mark) const {
  if (row.event != mark.event) return false;
  for (const auto& test : mark.where) {
    Value value = unknown_value;
    if (test.of_conference) {
      const std::int16_t conference = row.instance[conference_kind];
      if (conference >= 0) value = instances_[static_cast<std::size_t>(conference)].type;
    } else {
      value = row.slots[test.slot];
    }
    if (!bit_of(value, test.values)) return false;
  }
  return true;
}

/// Notes that a row belongs to an instance: its first day, whether the row begins or ends it, its key.
void History::mark(std::size_t at, std::int16_t instance) {
  if (instance < 0) return;
  const HistoryRow& row = rows_[at];
  InstanceState& state = instances_[static_cast<std::size_t>(instance)];
  const InstanceType& type = vocabulary_->instances[static_cast<std::size_t>(state.kind)];
  if (row.names_children) state.children |= row.children;
  for (std::size_t k = 0; k < type.key.size() && k < state.key.size(); ++k) {
    const int slot = vocabulary_->slot(row.event, type.key[k]);
    if (slot >= 0 && row.slots[slot] != unknown_value) state.key[k] = row.slots[slot];
  }
  if (!row.dated) return;
  if (!state.dated || row.at.day < state.first_day) state.first_day = row.at.day;
  state.dated = true;
  const auto any = [&](const std::vector<InstanceMark>& marks) {
    return std::any_of(marks.begin(), marks.end(), [&](const auto& m) { return matches(row, m); });
  };
  if (any(type.begins) && (!state.begun || row.at.day < state.begin)) {
    state.begun = true;
    state.begin = row.at.day;
  }
  if (any(type.ends)) mark_end(row, state);
  const auto& known = program_->known;
  // A plan of which the end was put off may be decided upon again: then it goes on.
  if (state.end_waits && row.event == known.decision_made && row.at.day >= state.end &&
      bit_of(row.slots[known.decision], known.plan_continued))
    state.ended = state.end_waits = false;
}

/// A decision to end a plan about which agencies are asked ends it when the last of them has agreed, and not at all
/// where one refuses: until then the plan goes on, and rows without its id may be of it.
void History::mark_end(const HistoryRow& row, InstanceState& state) const {
  Day end = row.at.day;
  bool waits = false;
  const std::int16_t conference = row.instance[conference_kind];
  if (state.kind == Kind::plan && row.event == program_->known.decision_made && conference >= 0 &&
      !agency_views_.empty()) {
    const auto& views =
        agency_views_[static_cast<std::size_t>(conference) * child_count_ + static_cast<std::size_t>(state.child)];
    if (views.refused) return;
    const bool settled = views.asked_known && views.asked != 0 && (views.asked & ~views.agreed) == 0;
    if (settled) end = std::max(end, views.last);
    waits = views.any && !settled;
  }
  if (state.ended && end < state.end) return;
  state.end_waits = waits && (!state.ended || end > state.end);
  state.ended = true;
  state.end = end;
}

/// Which agencies were asked by a conference whether a plan may end, and what they say.
void History::read_agency_views() {
  const auto& known = program_->known;
  agency_views_.clear();
  for (const HistoryRow& row : rows_) {
    const std::int16_t conference = row.instance[conference_kind];
    const bool asked = row.event == known.agency_views_sought;
    if ((!asked && row.event != known.agency_view_received) || conference < 0) continue;
    if (agency_views_.empty()) agency_views_.resize(instances_.size() * child_count_);
    for (std::size_t child = 0; child < child_count_; ++child) {
      if ((row.children >> child & 1) == 0) continue;
      AgencyViews& views = agency_views_[static_cast<std::size_t>(conference) * child_count_ + child];
      views.any = true;
      if (asked)
        note_asked(row, views);
      else
        note_view(row, views);
    }
  }
}

void History::note_asked(const HistoryRow& row, AgencyViews& views) const {
  const Value agencies = row.slots[program_->known.agencies_asked];
  views.asked_known = views.asked_known && agencies != unknown_value;
  if (agencies != unknown_value) views.asked |= members_of(agencies);
}

void History::note_view(const HistoryRow& row, AgencyViews& views) const {
  const Value agrees = row.slots[program_->known.agency_agrees];
  const Value agency = row.slots[program_->known.agency_of_view];
  views.refused = views.refused || agrees == no_value;
  if (agrees == yes_value && agency != unknown_value) views.agreed |= std::uint64_t{1} << (agency - 1);
  if (row.dated) views.last = std::max(views.last, row.at.day);
}

void History::mark_instances() {
  own_plans_.assign(rows_.size() * child_count_, no_instance);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    HistoryRow& row = rows_[i];
    const EventType& event = vocabulary_->events[row.event];
    const Row& given = record_->rows[static_cast<std::size_t>(row.row)];
    if (event.instance == static_cast<int>(plan_kind)) row.instance[plan_kind] = per_child;
    const int named_slot = event.reference_slot[plan_kind];
    const bool named = event.instance == static_cast<int>(plan_kind)
                           ? given.instance != no_id
                           : named_slot >= 0 && row.slots[named_slot] != unknown_value;
    if (named) {
      const std::uint32_t id = event.instance == static_cast<int>(plan_kind)
                                   ? given.instance
                                   : static_cast<std::uint32_t>(row.slots[named_slot] - 1);
      row.instance[plan_kind] = per_child;
      for (std::size_t child = 0; child < child_count_; ++child) {
        if ((row.children >> child & 1) == 0) continue;
        const std::int16_t plan = named_instance(Kind::plan, id, static_cast<int>(child));
        own_plan(i, static_cast<int>(child)) = plan;
        mark(i, plan);
      }
    }
    if (row.instance[conference_kind] >= 0) mark(i, row.instance[conference_kind]);
    const auto own = static_cast<std::size_t>(std::max<int>(event.instance, 0));
    if (event.instance > 0 && own != conference_kind && row.instance[own] >= 0) mark(i, row.instance[own]);
  }
}

void History::report_link(std::size_t row, int kind, const std::vector<std::int16_t>& candidates,
                          Assessment& result) const {
  const HistoryRow& from = rows_[row];
  const Row& written = record_->rows[static_cast<std::size_t>(from.row)];
  auto& says = result.add_record_finding(RecordRemark::link_not_given, from.row).says;
  (says += "which ") += vocabulary_->instances[static_cast<std::size_t>(kind)].name;
  (says += " the ") += vocabulary_->events[from.event].name;
  if (from.dated)
    append(says += " of ", from.at);
  else
    says += " without a date";
  if (written.id != no_id)
    ((says += " (row '") += record_->ids.text(written.id)) += "')";
  else if (written.conference != no_id)
    ((says += " (conference '") += record_->ids.text(written.conference)) += "')";
  says += " belongs to is not given; ";
  says += candidates.empty() ? "none is possible" : "possible: ";
  for (std::size_t i = 0; i < candidates.size(); ++i) append_name(says += i == 0 ? "" : ", ", candidates[i]);
}

/// Whether an instance is open on the row's day and alike; `may_wait`: or is a plan whose end is not settled.
bool History::may_belong(const HistoryRow& row, const InstanceState& state, int child, bool may_wait) const {
  const EventType& event = vocabulary_->events[row.event];
  if (child >= 0 && state.child != child) return false;
  if (child < 0 && row.names_children && state.children != 0 && (state.children & row.children) == 0) return false;
  const bool over = state.ended && !(state.end_waits && may_wait) && state.end < row.at.day;
  if (!state.begun || (row.dated && (state.begin > row.at.day || over))) return false;
  const InstanceType& type = vocabulary_->instances[static_cast<std::size_t>(state.kind)];
  for (std::size_t k = 0; k < type.key.size() && k < state.key.size(); ++k) {
    const int slot = vocabulary_->slot(row.event, type.key[k]);
    if (slot >= 0 && row.slots[slot] != unknown_value && state.key[k] != unknown_value &&
        row.slots[slot] != state.key[k])
      return false;
  }
  if (event.conference != ConferenceColumn::required || (state.kind != Kind::exclusion && state.kind != Kind::report) ||
      state.last < 0)
    return true;
  return rows_[static_cast<std::size_t>(state.last)].instance[conference_kind] == row.instance[conference_kind];
}

/// `links.own` of the vocabulary: the only open instance of the kind is taken; a row of `begins` may begin one.
void History::find_own_instance(std::size_t at, int kind, int child, Assessment& result) {
  HistoryRow& row = rows_[at];
  const InstanceType& type = vocabulary_->instances[static_cast<std::size_t>(kind)];
  const auto set = [&](std::int16_t instance) {
    if (child >= 0)
      own_plan(at, child) = instance;
    else
      row.instance[static_cast<std::size_t>(kind)] = instance;
    if (instance >= 0) mark(at, instance);
  };
  candidates_.clear();
  const bool begins =
      std::any_of(type.begins.begin(), type.begins.end(), [&](const auto& m) { return matches(row, m); });
  // A plan whose end is not settled is none that a row begins, nor one of which it says that there is none.
  const auto& known = program_->known;
  const bool may_wait = !begins && (row.event != known.decision_made ||
                                    bit_of(row.slots[known.decision], known.plan_continued | known.plan_discontinued));
  // Days ascend: what had ended before this one is over for all rows to come, but for those without a date.
  auto& open = open_[static_cast<std::size_t>(kind)];
  if (row.dated)
    std::erase_if(open, [&](std::int16_t i) {
      return instance(i).ended && instance(i).end < row.at.day && !instance(i).end_waits;
    });
  for (const std::int16_t i : row.dated ? open : of_kind_[static_cast<std::size_t>(kind)])
    if (may_belong(row, instance(i), child, may_wait)) candidates_.push_back(i);
  if (candidates_.size() == 1) return set(candidates_.front());
  if (candidates_.empty() && begins) {
    const std::int16_t instance = add_instance(static_cast<Kind>(kind), no_id, child);
    if (instance >= 0) instances_.back().named_by = static_cast<std::int32_t>(at);
    return set(instance);
  }
  // Some rows record no instance at all: no plan was made, a review was only considered.
  if (candidates_.empty() &&
      std::any_of(type.begins.begin(), type.begins.end(), [&](const auto& m) { return m.event == row.event; }))
    return set(no_instance);
  if (candidates_.empty() && kind == static_cast<int>(plan_kind)) return set(no_instance);
  set(unknown_instance);
  report_link(at, kind, candidates_, result);
}

void History::find_own_instances(Assessment& result) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const EventType& event = vocabulary_->events[rows_[i].event];
    if (event.instance < 0 || event.instance == static_cast<int>(conference_kind)) continue;
    const Row& given = record_->rows[static_cast<std::size_t>(rows_[i].row)];
    if (given.instance != no_id) {
      // Where the row has its id, `last` still has to be known to later rows without one.
      const std::int16_t named = rows_[i].instance[static_cast<std::size_t>(event.instance)];
      if (event.instance != static_cast<int>(plan_kind) && named >= 0)
        instances_[static_cast<std::size_t>(named)].last = static_cast<std::int32_t>(i);
      continue;
    }
    if (event.instance != static_cast<int>(plan_kind)) {
      find_own_instance(i, event.instance, -1, result);
      const std::int16_t found = rows_[i].instance[static_cast<std::size_t>(event.instance)];
      if (found >= 0) instances_[static_cast<std::size_t>(found)].last = static_cast<std::int32_t>(i);
      continue;
    }
    for (std::size_t child = 0; child < child_count_; ++child)
      if ((rows_[i].children >> child & 1) != 0) find_own_instance(i, event.instance, static_cast<int>(child), result);
  }
}

/// Rows that authorise or share a report are about the children of that report.
void History::follow_reports() {
  for (HistoryRow& row : rows_) {
    if (row.names_children || row.instance[report_kind] < 0 ||
        vocabulary_->events[row.event].instance != static_cast<int>(report_kind))
      continue;
    const std::uint64_t about = instances_[static_cast<std::size_t>(row.instance[report_kind])].children;
    if (about != 0) row.children = about;
  }
}

/// Which complaint a reconvened conference answers: the only one upheld by then that no other conference names.
void History::link_complaint(std::size_t conference, std::uint64_t about, Assessment& result) {
  const auto& known = program_->known;
  const auto arranged = static_cast<std::size_t>(instances_[conference].arranged_row);
  candidates_.clear();
  for (const std::int32_t at : rows_of(known.complaint_stage_ended)) {
    const HistoryRow& row = rows_[static_cast<std::size_t>(at)];
    const std::int16_t complaint = row.instance[complaint_kind];
    if (complaint < 0 || (row.children & about) == 0 || !bit_of(row.slots[known.complaint_outcome], known.upheld))
      continue;
    if (row.dated && rows_[arranged].dated && row.at.day > rows_[arranged].at.day) continue;
    const bool named =
        std::find(conference_complaint_.begin(), conference_complaint_.end(), complaint) != conference_complaint_.end();
    if (!named && std::find(candidates_.begin(), candidates_.end(), complaint) == candidates_.end())
      candidates_.push_back(complaint);
  }
  conference_complaint_[conference] = candidates_.size() == 1 ? candidates_.front() : unknown_instance;
  if (candidates_.size() != 1) report_link(arranged, static_cast<int>(complaint_kind), candidates_, result);
}

void History::link_conferences(Assessment& result) {
  const auto& known = program_->known;
  conference_plans_.assign(instances_.size() * child_count_, no_instance);
  conference_section_47_.assign(instances_.size(), no_instance);
  conference_complaint_.assign(instances_.size(), no_instance);
  conference_decided_.assign(instances_.size() * child_count_, unknown_value);
  for (const HistoryRow& row : rows_) {
    const std::int16_t conference = row.instance[conference_kind];
    if (conference < 0) continue;
    if (row.event == known.conference_arranged) {
      if (row.instance[section_47_kind] != no_instance)
        conference_section_47_[static_cast<std::size_t>(conference)] = row.instance[section_47_kind];
      if (row.instance[complaint_kind] != no_instance)
        conference_complaint_[static_cast<std::size_t>(conference)] = row.instance[complaint_kind];
    }
    if (row.event != known.decision_made) continue;
    const auto index = static_cast<std::size_t>(&row - rows_.data());
    for (std::size_t child = 0; child < child_count_; ++child) {
      const std::size_t of_child = static_cast<std::size_t>(conference) * child_count_ + child;
      if (const std::int16_t plan = own_plans_[index * child_count_ + child]; plan >= 0)
        conference_plans_[of_child] = plan;
      if (row.dated && (row.children >> child & 1) != 0) conference_decided_[of_child] = value_of(row.at);
    }
  }
  // Per enquiry: the children about whom a conference already names it.
  named_for_.assign(instances_.size(), 0);
  for (std::size_t c = 0; c < instances_.size(); ++c)
    if (const std::int16_t enquiry = conference_section_47_[c]; enquiry >= 0) {
      const InstanceState& state = instances_[c];
      named_for_[static_cast<std::size_t>(enquiry)] |= state.subjects != 0 ? state.subjects : state.children;
    }
  for (std::size_t c = 0; c < instances_.size(); ++c) {
    if (instances_[c].kind != Kind::conference) continue;
    InstanceState& conference = instances_[c];
    const std::uint64_t about = conference.subjects != 0   ? conference.subjects
                                : conference.children != 0 ? conference.children
                                                           : subjects_;
    conference.children = about;
    const Value day_value = conference.first_session != unknown_value ? conference.first_session : conference.scheduled;
    const std::size_t arranged = conference.arranged_row >= 0 ? static_cast<std::size_t>(conference.arranged_row) : 0;
    if (bit_of(conference.type, known.type_initial) && conference_section_47_[c] == no_instance &&
        conference.arranged_row >= 0) {
      candidates_.clear();
      const bool dated = conference.first_session != unknown_value || rows_[arranged].dated;
      const Day day =
          conference.first_session != unknown_value ? moment_of(conference.first_session).day : rows_[arranged].at.day;
      for (const std::int16_t i : of_kind_[section_47_kind]) {
        const InstanceState& enquiry = instance(i);
        if ((enquiry.children & about) == 0 || !enquiry.begun) continue;
        if (dated && (enquiry.begin > day || (enquiry.ended && enquiry.end < day))) continue;
        const bool taken = (named_for_[static_cast<std::size_t>(i)] & about) != 0;
        if (!taken) candidates_.push_back(i);
      }
      conference_section_47_[c] = candidates_.size() == 1 ? candidates_.front() : unknown_instance;
      if (candidates_.size() == 1)
        named_for_[static_cast<std::size_t>(candidates_.front())] |= about;
      else
        report_link(arranged, static_cast<int>(section_47_kind), candidates_, result);
    }
    if (bit_of(conference.type, known.type_reconvened) && conference_complaint_[c] == no_instance &&
        conference.arranged_row >= 0)
      link_complaint(c, about, result);
    const bool reviews_plan = bit_of(conference.type, known.type_review | known.type_reconvened | known.type_transfer);
    if (!reviews_plan) continue;
    for (std::size_t child = 0; child < child_count_; ++child) {
      std::int16_t& plan = conference_plans_[c * child_count_ + child];
      if ((about >> child & 1) == 0 || plan != no_instance) continue;
      candidates_.clear();
      for (const std::int16_t i : of_kind_[plan_kind]) {
        const InstanceState& state = instance(i);
        if (state.child != static_cast<std::int16_t>(child) || !state.begun) continue;
        const Day day = day_value != unknown_value ? moment_of(day_value).day : state.begin;
        const bool waits = state.end_waits && !bit_of(conference.type, known.type_transfer);
        if (state.begin <= day && (!state.ended || state.end >= day || waits)) candidates_.push_back(i);
      }
      if (candidates_.size() == 1) {
        plan = candidates_.front();
      } else if (!candidates_.empty()) {
        plan = unknown_instance;
        if (conference.arranged_row >= 0) report_link(arranged, static_cast<int>(plan_kind), candidates_, result);
      }
    }
  }
}

void History::find_sittings() {
  sittings_.clear();
  for (const std::int32_t at : rows_of(program_->known.conference_held)) {
    const HistoryRow& row = rows_[static_cast<std::size_t>(at)];
    if (row.dated && row.instance[conference_kind] >= 0)
      sittings_.emplace_back(row.at.day, row.instance[conference_kind]);
  }
}

/// The conference about some of the row's children that sat on its day, if there is but one.
std::int16_t History::sole_sitting(const HistoryRow& row) const {
  std::int16_t found = no_instance;
  const auto earlier = [](const std::pair<Day, std::int16_t>& sitting, Day day) { return sitting.first < day; };
  for (auto at = std::lower_bound(sittings_.begin(), sittings_.end(), row.at.day, earlier);
       at != sittings_.end() && at->first == row.at.day; ++at) {
    if (at->second == found || (instance(at->second).children & row.children) == 0) continue;
    if (found >= 0) return no_instance;
    found = at->second;
  }
  return found;
}

/// Rows of a report, exclusion or dissent that name no conference follow the instance's first row that names one.
void History::follow_own_instances() {
  const auto own = [&](const HistoryRow& row) -> InstanceState* {
    const int kind = vocabulary_->events[row.event].instance;
    const bool follows = kind == static_cast<int>(Kind::dissent) || kind == static_cast<int>(Kind::exclusion) ||
                         kind == static_cast<int>(Kind::report);
    const std::int16_t at = follows ? row.instance[static_cast<std::size_t>(kind)] : no_instance;
    return at < 0 ? nullptr : &instances_[static_cast<std::size_t>(at)];
  };
  for (const HistoryRow& row : rows_)
    for (const Kind kind : {Kind::dissent, Kind::exclusion, Kind::report}) {
      const std::int16_t at = row.instance[static_cast<std::size_t>(kind)];
      if (at < 0 || row.instance[conference_kind] < 0) continue;
      std::int16_t& first = instances_[static_cast<std::size_t>(at)].first_conference;
      if (first == no_instance) first = row.instance[conference_kind];
    }
  for (HistoryRow& row : rows_)
    if (const InstanceState* state = own(row); state != nullptr && row.instance[conference_kind] == no_instance)
      row.instance[conference_kind] = state->first_conference;
}

void History::link_rows() {
  find_sittings();
  follow_own_instances();
  for (HistoryRow& row : rows_) {
    const EventType& event = vocabulary_->events[row.event];
    // Answers given on the day of a sitting belong to that conference when no other sat that day.
    if (row.instance[conference_kind] == no_instance && row.event == program_->known.threshold_assessed && row.dated)
      row.instance[conference_kind] = sole_sitting(row);
    const std::int16_t conference = row.instance[conference_kind];
    if (conference < 0) continue;
    if (row.instance[section_47_kind] == no_instance && event.instance != static_cast<int>(section_47_kind))
      row.instance[section_47_kind] = conference_section_47_[static_cast<std::size_t>(conference)];
    if (row.instance[complaint_kind] == no_instance && event.instance != static_cast<int>(complaint_kind))
      row.instance[complaint_kind] = conference_complaint_[static_cast<std::size_t>(conference)];
  }
}

/// A stable counting sort of `plan_entries_` by plan.
void History::list_by_plan(PlanRows& list) {
  list.offsets.assign(instances_.size() + 2, 0);
  for (const auto& entry : plan_entries_) ++list.offsets[static_cast<std::size_t>(entry.first) + 2];
  for (std::size_t i = 2; i < list.offsets.size(); ++i) list.offsets[i] += list.offsets[i - 1];
  list.rows.resize(plan_entries_.size());
  for (const auto& [plan, row] : plan_entries_) list.rows[list.offsets[static_cast<std::size_t>(plan) + 1]++] = row;
}

/// What facts of plans and enquiries read: which rows make and review a plan, and when a conference first sat.
void History::note_plans() {
  const auto& known = program_->known;
  plan_entries_.clear();
  const auto each_plan = [&](std::int32_t at, auto&& use) {
    for (std::size_t child = 0; child < child_count_; ++child)
      if (const std::int16_t plan = plan_of(at, static_cast<int>(child)); plan >= 0) use(plan);
  };
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto at = static_cast<std::int32_t>(i);
    if (vocabulary_->events[rows_[i].event].instance != static_cast<int>(plan_kind)) continue;
    const bool made = rows_[i].event == known.decision_made && bit_of(rows_[i].slots[known.decision], known.plan_made);
    each_plan(at, [&](std::int16_t plan) {
      plan_entries_.emplace_back(plan, at);
      std::int32_t& first = instances_[static_cast<std::size_t>(plan)].made_row;
      if (made && first < 0) first = at;
    });
  }
  list_by_plan(plan_rows_);
  plan_entries_.clear();
  for (const std::int32_t at : rows_of(known.conference_held)) {
    const HistoryRow& row = rows_[static_cast<std::size_t>(at)];
    if (const std::int16_t enquiry = row.instance[section_47_kind]; row.dated && enquiry >= 0) {
      Value& sat = instances_[static_cast<std::size_t>(enquiry)].sat;
      if (sat == unknown_value) sat = value_of(row.at);
    }
    const std::int16_t conference = row.instance[conference_kind];
    if (conference >= 0 && bit_of(instance(conference).type, known.type_review))
      each_plan(at, [&](std::int16_t plan) { plan_entries_.emplace_back(plan, at); });
  }
  list_by_plan(plan_reviews_);
}

/// 1 open, 2 closed, 3 not known.
void History::note_case_states() {
  const auto& known = program_->known;
  case_states_.clear();
  std::uint8_t state = 3;
  for (const HistoryRow& row : rows_) {
    case_states_.push_back(state);
    if (row.event == known.case_closed)
      state = 2;
    else if (row.event == known.referral_received)
      state = 1;
    else if (state == 3 && (row.event == known.section_47_started || row.event == known.strategy_discussion_held ||
                            row.event == known.conference_held || row.event == known.conference_arranged))
      state = 1;
  }
}

void History::chain_rows() {
  for (InstanceState& state : instances_) state.last = -1;
  last_of_plan_.assign(instances_.size(), -1);
  const auto chain = [&](std::size_t i) {
    HistoryRow& row = rows_[i];
    const EventType& event = vocabulary_->events[row.event];
    if (event.instance < 0) return;
    if (event.instance == static_cast<int>(plan_kind)) {
      // Rows about the same children follow each other in the plan of the first of them. A plan lasts, and what one
      // conference or meeting recorded says nothing of the next: only rows of a conference have others to be read with.
      if (row.instance[conference_kind] < 0) return;
      const int child = row.children == 0 ? -1 : std::countr_zero(row.children);
      const std::int16_t plan =
          child < static_cast<int>(child_count_) ? plan_of(static_cast<std::int32_t>(i), child) : no_instance;
      if (plan < 0) return;
      row.earlier = last_of_plan_[static_cast<std::size_t>(plan)];
      last_of_plan_[static_cast<std::size_t>(plan)] = static_cast<std::int32_t>(i);
      return;
    }
    const std::int16_t own = row.instance[static_cast<std::size_t>(event.instance)];
    if (own < 0) return;
    row.earlier = instances_[static_cast<std::size_t>(own)].last;
    instances_[static_cast<std::size_t>(own)].last = static_cast<std::int32_t>(i);
  };
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (!rows_[i].dated) chain(i);
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].dated) chain(i);
}

std::int16_t History::plan_of(std::int32_t at, int child) const {
  if (child < 0) return no_instance;
  const HistoryRow& row = rows_[static_cast<std::size_t>(at)];
  if (row.instance[plan_kind] == per_child) {
    const std::int16_t own = own_plans_[static_cast<std::size_t>(at) * child_count_ + static_cast<std::size_t>(child)];
    if (own != no_instance || row.event == program_->known.decision_made) return own;
  }
  const std::int16_t conference = row.instance[conference_kind];
  return conference < 0
             ? no_instance
             : conference_plans_[static_cast<std::size_t>(conference) * child_count_ + static_cast<std::size_t>(child)];
}

/// Events long before birth or after death: a remark each, nothing is left out.
void History::check_births(Assessment& result) const {
  constexpr int longest_pregnancy = 301;
  for (std::size_t child = 0; child < child_count_; ++child) {
    const ChildState& state = children_[child];
    const Value birth = state.date_of_birth != unknown_value ? state.date_of_birth : state.expected_delivery_date;
    if (birth == unknown_value && state.date_of_death == unknown_value) continue;
    const auto remark = [&](RecordRemark what, const HistoryRow& row, const char* text) {
      auto& says = result.add_record_finding(what, row.row).says;
      ((says += text) += record_->ids.text(record_->children[child])) += '\'';
    };
    for (const HistoryRow& row : rows_) {
      if (!row.dated || !row.names_children || (row.children >> child & 1) == 0) continue;
      if (birth != unknown_value && row.at.day < moment_of(birth).day - longest_pregnancy)
        remark(RecordRemark::long_before_birth, row,
               "the row lies more than 301 days before the birth or expected date of child '");
      if (state.date_of_death != unknown_value && row.at.day > moment_of(state.date_of_death).day &&
          row.event != program_->known.child_recorded && row.event != program_->known.plan_ended &&
          row.event != program_->known.case_closed)
        remark(RecordRemark::after_death, row, "the row lies after the death of child '");
    }
  }
}

void History::append_name(std::string& text, std::int16_t at) const {
  const InstanceState& state = instances_[static_cast<std::size_t>(at)];
  if (state.id != no_id) {
    text += record_->ids.text(state.id);
    return;
  }
  const HistoryRow& row = rows_[static_cast<std::size_t>(state.named_by)];
  text += vocabulary_->events[row.event].name;
  if (row.dated) append(text += ' ', row.at);
}

}  // namespace cpc
