#include "assessment/evaluator.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace cpc {
namespace {

constexpr auto conference_kind = static_cast<int>(Kind::conference);

const Node& node_at(const Program& program, Index index) { return program.nodes[static_cast<std::size_t>(index)]; }
const Fact& fact_at(const Program& program, Index index) { return program.facts[static_cast<std::size_t>(index)]; }
const Picked& selector_at(const Program& program, Index index) {
  return program.selectors[static_cast<std::size_t>(index)];
}

Value yes_no(Truth truth) { return truth == Truth::unknown ? unknown_value : value_of(truth == Truth::yes); }

}  // namespace

void Evaluator::begin(const Program& program, const History& history, std::vector<ScopeIndex>& scopes,
                      const AssessOptions& options, Assessment& result) {
  program_ = &program;
  history_ = &history;
  scopes_ = &scopes;
  options_ = &options;
  result_ = &result;
  // Whoever sets one sets it back, unless memory ran out in between.
  if (filling_ || overrides_.size() != static_cast<std::size_t>(program.group_count))
    overrides_.assign(static_cast<std::size_t>(program.group_count), Override{});
  filling_ = false;
  if (courses_.size() < program.rules.size()) courses_.resize(program.rules.size());
  if (statuses_.size() < program.rules.size()) statuses_.resize(program.rules.size());
  forget_statuses();
  take_as_kept_ = false;
  remembering_ = false;
  answers_.forget();
  const auto lists = static_cast<std::size_t>(program.row_lists);
  if (rows_judged_.size() < lists) rows_judged_.resize(lists);
  for (auto& list : rows_judged_) list.listed = false;
  has_attendance_.assign(history.instances().size(), false);
  for (const HistoryRow& row : history.rows())
    if (row.event == program.known.attendance_recorded && row.instance[static_cast<std::size_t>(conference_kind)] >= 0)
      has_attendance_[static_cast<std::size_t>(row.instance[static_cast<std::size_t>(conference_kind)])] = true;
  keeps_less_ = !history.record().not_recorded.empty();
  for (std::size_t i = 0; i < history.instances().size() && !keeps_less_; ++i)
    keeps_less_ = history.instances()[i].kind == Kind::conference && attendance_missing(static_cast<std::int16_t>(i));
}

bool Evaluator::attendance_missing(std::int16_t conference) const {
  return conference >= 0 && history_->instance(conference).sitting &&
         !has_attendance_[static_cast<std::size_t>(conference)];
}

Context Evaluator::at_row(const Context& context, std::int32_t row) const {
  Context inner = context;
  inner.row = row;
  inner.state_row = row;
  inner.either_side = false;
  return inner;
}

std::int16_t Evaluator::instance(int kind, const Context& context) const {
  const Scope& scope = context.in();
  if (context.row >= 0) {
    const std::int16_t of_row = history_->instance_of(context.row, kind, scope.child);
    if (of_row != no_instance) return of_row;
  }
  for (int place = 0; place < context.index->kinds(); ++place)
    if (context.index->kind(place) == kind) return scope.instance[static_cast<std::size_t>(place)];
  // A rule about an instance that lies in a conference, read for that conference.
  for (const std::int16_t held : scope.instance)
    if (held >= 0 && history_->instance(held).last >= 0) {
      const std::int16_t linked = history_->instance_of(history_->instance(held).last, kind, scope.child);
      if (linked != no_instance) return linked;
    }
  return no_instance;
}

std::int32_t Evaluator::related_scope(const ScopeIndex& target, const Context& context) const {
  const bool per_child = (target.type().set & child_bit) != 0;
  const int child = per_child ? context.in().child : -1;
  if (per_child && child < 0) return -2;
  std::array<std::int16_t, 2> found{no_instance, no_instance};
  for (int place = 0; place < target.kinds(); ++place) {
    found[static_cast<std::size_t>(place)] = instance(target.kind(place), context);
    if (found[static_cast<std::size_t>(place)] == unknown_instance) return -2;
    if (found[static_cast<std::size_t>(place)] == no_instance) return -1;
  }
  return target.find(child, found[0], found[1]);
}

Value Evaluator::read_instance(const Fact& fact, std::int16_t at, int child) const {
  if (fact.kind == no_kind) {
    if (child < 0) return unknown_value;
    const ChildState& state = history_->children()[static_cast<std::size_t>(child)];
    switch (fact.derived) {
      case Derived::date_of_birth:
        return state.date_of_birth;
      case Derived::expected_delivery_date:
        return state.expected_delivery_date;
      case Derived::date_of_death:
        return state.date_of_death;
      case Derived::hospital_discharge_date:
        return state.hospital_discharge_date;
      case Derived::subject:
        return state.subject;
      case Derived::in_household:
        return state.in_household;
      case Derived::eighteenth_birthday:
        return state.date_of_birth == unknown_value
                   ? unknown_value
                   : value_of(Moment{birthday(moment_of(state.date_of_birth).day, 18), -1});
      default:
        return unknown_value;
    }
  }
  if (at < 0) return unknown_value;
  if (fact.source == Fact::Source::instance_slot) {
    if (fact.kind == conference_kind && fact.attribute == program_->known.type_attribute)
      return history_->instance(at).type;
    return history_->latest(at, fact.attribute);
  }
  switch (fact.derived) {
    case Derived::conference_date:
      return history_->conference_date(at);
    case Derived::deciding_session:
      return history_->deciding_session(at, child);
    case Derived::subject_count:
      return static_cast<Value>(std::popcount(history_->instance(at).children)) + 1;
    case Derived::section_47_start:
      return history_->section_47_start(at);
    case Derived::last_strategy_discussion:
      return history_->last_strategy_discussion(at);
    case Derived::plan_start:
      return history_->plan_start(at);
    default:
      return unknown_value;
  }
}

Value Evaluator::read_further(const Fact& fact, const Context& context) const {
  const int child = context.in().child;
  if (fact.source == Fact::Source::instance_slot || fact.source == Fact::Source::instance_fact)
    return read_instance(fact, fact.kind == no_kind ? no_instance : instance(fact.kind, context), child);
  const HistoryRow* row = context.row >= 0 ? &history_->row(context.row) : nullptr;
  const auto conference_here = [&] { return instance(conference_kind, context); };
  switch (fact.derived) {
    case Derived::unborn:
      return yes_no(history_->unborn(child, row));
    case Derived::child_age:
      return history_->child_age(child, row);
    case Derived::school_age:
      return history_->school_age(child, row);
    case Derived::gestation_weeks:
      return history_->gestation_weeks(child, row);
    case Derived::case_state:
      return row == nullptr ? unknown_value : history_->case_state(context.row);
    case Derived::review_number:
      return row == nullptr ? unknown_value : history_->review_number(child, context.row);
    case Derived::previous_plans:
      return history_->previous_plans(child, context.row);
    case Derived::enquiry_number:
      return row == nullptr ? unknown_value : history_->enquiry_number(child, context.row);
    case Derived::category_changed:
      return row == nullptr ? unknown_value : history_->category_changed(child, context.row);
    case Derived::child_attended: {
      const std::int16_t conference = conference_here();
      return conference < 0 || attendance_missing(conference) ? unknown_value
                                                              : history_->child_attended(child, conference);
    }
    case Derived::parents_absent: {
      const std::int16_t conference = conference_here();
      return conference < 0 || attendance_missing(conference) ? unknown_value : history_->parents_absent(conference);
    }
    case Derived::children_count:
      return row == nullptr || !row->names_children ? unknown_value
                                                    : static_cast<Value>(std::popcount(row->children)) + 1;
    case Derived::prebirth_conference: {
      const std::int16_t conference = conference_here();
      if (conference < 0) return unknown_value;
      const InstanceState& state = history_->instance(conference);
      if (state.type == unknown_value) return unknown_value;
      if (((program_->known.type_initial | program_->known.type_transfer) >> (state.type - 1) & 1) == 0)
        return no_value;
      const Value day = history_->conference_date(conference);
      if (day == unknown_value) return unknown_value;
      HistoryRow then;
      then.dated = true;
      then.at = moment_of(day);
      return yes_no(history_->unborn(child, &then));
    }
    case Derived::role_group:
    case Derived::agency_of_role: {
      if (row == nullptr) return unknown_value;
      const bool agency = fact.derived == Derived::agency_of_role;
      const int own = agency ? program_->known.agency_slot[row->event] : -1;
      if (own >= 0 && row->slots[own] != unknown_value) return row->slots[own];
      const int slot = program_->known.role_slot[row->event];
      if (slot < 0 || row->slots[slot] == unknown_value) return unknown_value;
      const auto role = static_cast<std::size_t>(row->slots[slot] - 1);
      return static_cast<Value>((agency ? program_->known.agency_of_role : program_->known.group_of_role)[role] + 1);
    }
    default:
      return unknown_value;
  }
}

Truth Evaluator::checklist(const Node& node, const Fact& fact, const Context& context) const {
  if (context.row < 0) return Truth::unknown;
  auto [yes, no] = history_->checklist(context.row);
  const EventType& event = program_->vocabulary->events[fact.event];
  if (fact.slot == event.not_covered) std::swap(yes, no);
  if ((yes & node.mask) == node.mask) return Truth::yes;
  return (no & node.mask) != 0 ? Truth::no : Truth::unknown;
}

Truth Evaluator::compare_dates(const Node& node, Value value, const Context& context) {
  if (value == unknown_value) return Truth::unknown;
  const DateValue limit = date(node.date, context);
  if (limit.state == DateValue::State::absent) return Truth::no;
  if (limit.state == DateValue::State::unknown) return Truth::unknown;
  const int order = compare_moments(moment_of(value), limit.at);
  return truth(node.compare == Compare::before ? order < 0 : order > 0);
}

Truth Evaluator::leaf(const Node& node, const Context& context) {
  const Fact& fact = fact_at(*program_, node.fact);
  if (node.compare == Compare::has && fact.checklist) return checklist(node, fact, context);
  if (fact.source == Fact::Source::derived && fact.derived == Derived::circumstance_present)
    return node.compare == Compare::has ? history_->circumstance_present(context.in().child, node.mask, context.row)
                                        : Truth::unknown;
  Value value = read(fact, context);
  if (value == unknown_value && node.group >= 0 && overrides_[static_cast<std::size_t>(node.group)].on)
    value = overrides_[static_cast<std::size_t>(node.group)].value;
  switch (node.compare) {
    case Compare::is:
      if (fact.type == AttributeType::count)
        return value == unknown_value ? Truth::unknown : truth(value - 1 == static_cast<Value>(node.number));
      if (value == unknown_value) {
        const bool two = fact.type == AttributeType::yes_no || fact.type == AttributeType::present;
        const std::uint64_t all =
            two ? 3
            : fact.enumeration >= role_group_enumeration
                ? 0
                : program_->vocabulary->enumerations[static_cast<std::size_t>(fact.enumeration)].all();
        return all != 0 && (node.mask & all) == all ? Truth::yes : Truth::unknown;
      }
      return truth(value <= 63 && (node.mask >> (value - 1) & 1) != 0);
    case Compare::has:
      return value == unknown_value ? Truth::unknown : truth((members_of(value) & node.mask) == node.mask);
    case Compare::at_least:
      return value == unknown_value ? (node.number <= 0 ? Truth::yes : Truth::unknown)
                                    : truth(static_cast<std::int64_t>(value) - 1 >= node.number);
    case Compare::at_most:
      return value == unknown_value ? Truth::unknown : truth(static_cast<std::int64_t>(value) - 1 <= node.number);
    case Compare::before:
    case Compare::after:
      return compare_dates(node, value, context);
    case Compare::given:
    case Compare::known: {
      const bool wanted = node.number != 0;
      // That something was not given may be recorded too: `false` of a type that tells no more.
      if (value != unknown_value)
        return truth(wanted ==
                     (node.compare == Compare::known || fact.type != AttributeType::present || value == yes_value));
      if (!take_as_kept_ && fact.source == Fact::Source::slot && history_->open_slot(fact.event, fact.slot))
        return Truth::unknown;
      return truth(!wanted);
    }
    case Compare::same_as:
    case Compare::differs_from: {
      const Value other = read(fact_at(*program_, node.other), context);
      if (value == unknown_value || other == unknown_value) return Truth::unknown;
      const bool dated = fact.type == AttributeType::date || fact.type == AttributeType::datetime;
      const bool same = dated ? compare_moments(moment_of(value), moment_of(other)) == 0 : value == other;
      return truth(same == (node.compare == Compare::same_as));
    }
  }
  return Truth::unknown;
}

Truth Evaluator::walk(const Node& node, const Context& context) {
  using Op = Condition::Op;
  if (node.group >= 0 && node.op != Op::fact && overrides_[static_cast<std::size_t>(node.group)].on)
    return overrides_[static_cast<std::size_t>(node.group)].truth;
  switch (node.op) {
    case Op::all: {
      Truth value = Truth::yes;
      for (Index i = 0; i < node.count && value != Truth::no; ++i)
        value =
            both(value, walk(node_at(*program_, program_->parts[static_cast<std::size_t>(node.first + i)]), context));
      return value;
    }
    case Op::any: {
      Truth value = Truth::no;
      for (Index i = 0; i < node.count && value != Truth::yes; ++i)
        value =
            either(value, walk(node_at(*program_, program_->parts[static_cast<std::size_t>(node.first + i)]), context));
      return value;
    }
    case Op::negate:
      return !walk(node_at(*program_, program_->parts[static_cast<std::size_t>(node.first)]), context);
    case Op::fact: {
      const Truth value = leaf(node, context);
      const bool forced = value == Truth::unknown && node.group >= 0 &&
                          overrides_[static_cast<std::size_t>(node.group)].on &&
                          overrides_[static_cast<std::size_t>(node.group)].value == unknown_value;
      return forced ? overrides_[static_cast<std::size_t>(node.group)].truth : value;
    }
    case Op::occurs:
    case Op::of:
    case Op::every:
    case Op::count:
      return node.alike < 0 ? find_rows(node, context)
                            : remembered(node.alike, context, [&] { return find_rows(node, context); });
    case Op::state:
      return state(node, context);
    case Op::status:
      return judged_so(node, context);
  }
  return Truth::unknown;
}

Truth Evaluator::judged_so(const Node& node, const Context& context) {
  const std::uint64_t found = status(edition(node, context).rule, context);
  constexpr auto undetermined = std::uint64_t{1} << static_cast<int>(RequirementStatus::undetermined);
  if ((node.mask & undetermined) == 0 && (found & undetermined) != 0) return Truth::unknown;
  return truth((found & node.mask) != 0);
}

Truth Evaluator::find_rows(const Node& node, const Context& context) {
  switch (node.op) {
    case Condition::Op::occurs:
      return occurs(node.selector, context);
    case Condition::Op::of:
      return of(node, context);
    case Condition::Op::every:
      return every(node, context);
    default:
      return node.other >= 0 ? count_distinct(node, context) : count(node, context);
  }
}

void Answers::forget() {
  if (++record_ != 0) return;
  // All numbers of records are used up: none of the old answers may be taken for one of the first.
  std::fill(entries_.begin(), entries_.end(), Entry{});
  record_ = 1;
}

/// Answers hold for the record as it is: not while facts are filled in, nor between two moves of a process.
template <class Answer>
Truth Evaluator::remembered(Index alike, const Context& context, Answer answer) {
  using S = DateValue::State;
  const bool plain = remembering_ && !filling_ && !take_as_kept_ && context.state_row == context.row &&
                     !context.either_side && context.from.state == S::absent && context.until.state == S::absent;
  if (!plain || !Answers::tells(alike, context.scope, context.row)) return answer();
  if (const auto known = answers_.find(alike, context.scope, context.row)) return *known;
  const Truth found = answer();
  answers_.keep(alike, context.scope, context.row, found);
  return found;
}

Truth Evaluator::whole(Index root, const Context& context) {
  const Node& node = node_at(*program_, root);
  const Truth value = walk(node, context);
  return value == Truth::unknown && node.table >= 0 ? by_table(root, context) : value;
}

Truth Evaluator::condition(Index root, const Context& context) {
  using Op = Condition::Op;
  if (root < 0) return Truth::yes;
  const Node& node = node_at(*program_, root);
  const bool joins = node.op == Op::all || node.op == Op::any || node.op == Op::negate;
  // Of a single question walk() itself remembers the answer.
  return joins && node.alike >= 0 ? remembered(node.alike, context, [&] { return whole(root, context); })
                                  : whole(root, context);
}

const std::vector<JudgedRow>& Evaluator::rows_judged(Index rule) {
  const Rule& judged = program_->rules[static_cast<std::size_t>(rule)];
  RowsJudged& list = rows_judged_[static_cast<std::size_t>(judged.rows)];
  if (std::exchange(list.listed, true)) return list.rows;
  list.rows.clear();
  const Picked& at = selector_at(*program_, judged.at);
  Context context;
  context.index = &scopes(rule);
  const auto count = static_cast<std::int32_t>(context.index->scopes().size());
  for (context.scope = 0; context.scope < count; ++context.scope)
    context.index->rows(*history_, context.scope, at.event, [&](std::int32_t row, Truth part) {
      const Truth counts = row_counts(at, row, part, context);
      if (counts != Truth::no) list.rows.push_back({context.scope, row, counts});
      return true;
    });
  return list.rows;
}

/// Fills in the repeated facts that are unknown in every way; what is left is read once, so the walk is exact.
Truth Evaluator::by_table(Index root, const Context& context) {
  std::optional<Truth> common;
  const bool outermost = !std::exchange(filling_, true);
  fill(program_->tables[static_cast<std::size_t>(node_at(*program_, root).table)], 0, root, context, common);
  filling_ = !outermost;
  return common.value_or(Truth::unknown);
}

bool Evaluator::fill(const Table& table, std::size_t group, Index root, const Context& context,
                     std::optional<Truth>& common) {
  if (group == table.repeated) {
    const Truth value = walk(node_at(*program_, root), context);
    if (!common)
      common = value;
    else if (*common != value)
      common = Truth::unknown;
    return *common != Truth::unknown;
  }
  const Table::Group& facts = table.groups[group];
  Override& forced = overrides_[static_cast<std::size_t>(table.first_group) + group];
  const Override saved = forced;
  bool go_on = true;
  if (facts.by_value) {
    const bool given = read(fact_at(*program_, facts.fact), context) != unknown_value;
    for (std::size_t i = 0; i < (given ? 1 : facts.values.size()) && go_on; ++i) {
      forced = {given ? unknown_value : facts.values[i], Truth::unknown, !given};
      go_on = fill(table, group + 1, root, context, common);
    }
  } else {
    forced.on = false;
    const Truth now = walk(node_at(*program_, facts.leaf), context);
    for (const Truth value : {Truth::no, Truth::yes}) {
      if (!go_on || (now != Truth::unknown && now != value)) continue;
      forced = {unknown_value, value, true};
      go_on = fill(table, group + 1, root, context, common);
    }
  }
  forced = saved;
  return go_on;
}

std::uint64_t Evaluator::possible_states(Index process, std::uint64_t states) const {
  if (take_as_kept_ || !history_->keeps_less()) return states;
  const Rule& rule = program_->rules[static_cast<std::size_t>(process)];
  if ((rule.events & history_->open_events()).none()) return states;
  for (bool grown = true; grown;) {
    grown = false;
    for (const Transition& transition : rule.transitions) {
      if (transition.to < 0 || (transition.from & states) == 0 || !history_->open_event(transition.event)) continue;
      const std::uint64_t target = std::uint64_t{1} << transition.to;
      grown = grown || (states & target) == 0;
      states |= target;
    }
  }
  return states;
}

Edition Evaluator::edition(const Node& node, const Context& context) {
  const Edition only{node.target, node.mask};
  if (node.editions < 0) return only;
  for (const Edition& one : program_->editions[static_cast<std::size_t>(node.editions)]) {
    const Rule& rule = program_->rules[static_cast<std::size_t>(one.rule)];
    ScopeIndex& index = scopes(one.rule);
    const std::int32_t scope = related_scope(index, context);
    const bool dated = scope >= 0 && index.scopes()[static_cast<std::size_t>(scope)].dated;
    const Day day = dated ? index.scopes()[static_cast<std::size_t>(scope)].begin : options_->as_of.day;
    if (rule.in_force_from <= day && day <= rule.in_force_to) return one;
  }
  return only;
}

Truth Evaluator::state(const Node& node, const Context& context) {
  const Edition meant = edition(node, context);
  ScopeIndex& target = scopes(meant.rule);
  const std::int32_t scope = related_scope(target, context);
  if (scope == -2) return Truth::unknown;
  const std::uint64_t initial = std::uint64_t{1} << program_->rules[static_cast<std::size_t>(meant.rule)].initial;
  const auto judge = [&](std::uint64_t seen) {
    const std::uint64_t states = possible_states(meant.rule, seen);
    return (states & meant.mask) == 0 ? Truth::no : (states & ~meant.mask) == 0 ? Truth::yes : Truth::unknown;
  };
  if (scope < 0) return judge(initial);
  const auto& all = courses(meant.rule);
  if (static_cast<std::size_t>(scope) >= all.size()) return judge(initial);
  const auto& steps = all[static_cast<std::size_t>(scope)].steps;
  if (context.state_row < 0) return judge(steps.empty() ? initial : steps.back().states);
  // One step a row, in order: the last up to the row tells, and the one before it where that is the row's own.
  const auto next = std::upper_bound(steps.begin(), steps.end(), context.state_row,
                                     [](std::int32_t row, const auto& step) { return row < step.row; });
  const auto states = [&](auto step) { return step == steps.begin() ? initial : std::prev(step)->states; };
  const std::uint64_t after = states(next);
  const bool own = next != steps.begin() && std::prev(next)->row == context.state_row;
  const std::uint64_t before = own ? states(std::prev(next)) : after;
  return context.either_side ? either(judge(before), judge(after)) : judge(after);
}

std::uint64_t Evaluator::status(Index rule, const Context& context) {
  const ScopeIndex& target = scopes(rule);
  const std::int32_t scope = related_scope(target, context);
  const auto bit = [](RequirementStatus s) { return std::uint64_t{1} << static_cast<int>(s); };
  if (scope == -2) return bit(RequirementStatus::undetermined);
  if (scope < 0) return bit(RequirementStatus::not_applicable);
  auto& known = statuses_[static_cast<std::size_t>(rule)];
  if (known.empty()) {
    known.resize(2 * target.scopes().size(), 0);
    judged_.push_back(rule);
  }
  const std::size_t place = 2 * static_cast<std::size_t>(scope) + (take_as_kept_ ? 1 : 0);
  if (known[place] != 0) return known[place];
  // Rules do not read each other in a circle, so that nothing is forgotten while one is judged.
  return known[place] = requirement_status(*this, rule, scope);
}

void Evaluator::forget_statuses() {
  for (const Index rule : judged_) statuses_[static_cast<std::size_t>(rule)].clear();
  judged_.clear();
}

bool Evaluator::open(const Picked& picked, const Context& context) const {
  if (take_as_kept_) return false;
  if (picked.event == program_->known.attendance_recorded && attendance_missing(instance(conference_kind, context)))
    return true;
  if (!history_->open_event(picked.event)) return false;
  if (history_->wholly_open_event(picked.event)) return true;
  const auto& entries = history_->record().not_recorded;
  const auto excluded = [&](const NotRecorded::Test& test, auto&& self, Index at) -> bool {
    if (at < 0) return false;
    const Node& node = node_at(*program_, at);
    if (node.op == Condition::Op::all) {
      for (Index i = 0; i < node.count; ++i)
        if (self(test, self, program_->parts[static_cast<std::size_t>(node.first + i)])) return true;
      return false;
    }
    if (node.op != Condition::Op::fact || node.compare != Compare::is) return false;
    const Fact& fact = fact_at(*program_, node.fact);
    return fact.source == Fact::Source::slot && fact.slot == test.slot && (node.mask & test.values) == 0;
  };
  return std::any_of(entries.begin(), entries.end(), [&](const NotRecorded& entry) {
    if (entry.event != picked.event || entry.attribute_slot >= 0) return false;
    return std::none_of(entry.where.begin(), entry.where.end(),
                        [&](const auto& test) { return excluded(test, excluded, picked.where); });
  });
}

Truth Evaluator::lies(const Picked::Position& position, const HistoryRow& row, const DateValue& limit) {
  using P = Selector::Position;
  if (limit.state == DateValue::State::absent)
    return truth(position.position != P::after && position.position != P::not_before);
  if (limit.state == DateValue::State::unknown || !row.dated) return Truth::unknown;
  const int order = compare_moments(row.at, limit.at);
  switch (position.position) {
    case P::not_after:
      return truth(order <= 0);
    case P::not_before:
      return truth(order >= 0);
    case P::after:
      return truth(order > 0);
    case P::before:
      return truth(order < 0);
  }
  return Truth::unknown;
}

Truth Evaluator::lies_there(const Picked& picked, std::int32_t at, Truth counts, const Context& context) {
  const HistoryRow& row = history_->row(at);
  for (std::size_t i = 0; i + 1 < picked.same.size() && counts != Truth::no; i += 2) {
    const Value mine = read(fact_at(*program_, picked.same[i]), at_row(context, at));
    const Value theirs = context.row >= 0 ? read(fact_at(*program_, picked.same[i + 1]), context) : unknown_value;
    counts = both(counts, mine == unknown_value || theirs == unknown_value ? Truth::unknown : truth(mine == theirs));
  }
  // What the row itself says is cheaper to ask than where it lies.
  if (counts != Truth::no && picked.rest >= 0) counts = both(counts, condition(picked.rest, at_row(context, at)));
  for (std::size_t i = 0; i < picked.positions.size() && counts != Truth::no; ++i) {
    counts = both(counts, lies(picked.positions[i], row, date(picked.positions[i].date, context)));
  }
  return counts;
}

Truth Evaluator::occurs(Index selector, const Context& context) {
  const Picked& picked = selector_at(*program_, selector);
  Truth found = Truth::no;
  context.index->rows(*history_, context.scope, picked.event, [&](std::int32_t row, Truth part) {
    found = either(found, row_counts(picked, row, part, context));
    return found != Truth::yes;
  });
  return found == Truth::no && open(picked, context) ? Truth::unknown : found;
}

Truth Evaluator::count(const Node& node, const Context& context) {
  const Picked& picked = selector_at(*program_, node.selector);
  int sure = 0;
  int perhaps = 0;
  context.index->rows(*history_, context.scope, picked.event, [&](std::int32_t row, Truth part) {
    Truth counts = row_counts(picked, row, part, context);
    if (counts != Truth::no) counts = both(counts, condition(node.expect, at_row(context, row)));
    sure += counts == Truth::yes ? 1 : 0;
    perhaps += counts == Truth::unknown ? 1 : 0;
    return true;
  });
  const bool is_open = open(picked, context);
  const auto at_least = [&](int n) {
    return sure >= n ? Truth::yes : sure + perhaps < n && !is_open ? Truth::no : Truth::unknown;
  };
  Truth value = Truth::yes;
  if (node.at_least >= 0) value = both(value, at_least(node.at_least));
  if (node.at_most >= 0) value = both(value, !at_least(node.at_most + 1));
  return value;
}

Truth Evaluator::count_distinct(const Node& node, const Context& context) {
  const Picked& picked = selector_at(*program_, node.selector);
  const Fact& key = fact_at(*program_, node.other);
  std::uint64_t sure_keys = 0;
  std::uint64_t other_keys = 0;
  Scratch<1024> scratch;
  std::pmr::vector<Value> sure_ids(scratch.memory());
  std::pmr::vector<Value> all_ids(scratch.memory());
  int sure_without = 0;
  int perhaps_without = 0;
  const bool two = key.type == AttributeType::yes_no || key.type == AttributeType::present;
  const bool small = two || key.enumeration >= 0;
  context.index->rows(*history_, context.scope, picked.event, [&](std::int32_t row, Truth part) {
    Truth counts = row_counts(picked, row, part, context);
    const Context inner = at_row(context, row);
    if (counts != Truth::no) counts = both(counts, condition(node.expect, inner));
    if (counts == Truth::no) return true;
    const Value value = read(key, inner);
    const bool sure = counts == Truth::yes;
    if (value == unknown_value)
      ++(sure ? sure_without : perhaps_without);
    else if (small)
      (sure ? sure_keys : other_keys) |= std::uint64_t{1} << (value - 1);
    else
      all_ids.push_back(value);
    if (sure && !small && value != unknown_value) sure_ids.push_back(value);
    return true;
  });
  const auto distinct = [](std::pmr::vector<Value>& ids) {
    std::sort(ids.begin(), ids.end());
    return static_cast<int>(std::unique(ids.begin(), ids.end()) - ids.begin());
  };
  const bool is_open = open(picked, context);
  const int known = small ? std::popcount(sure_keys) : distinct(sure_ids);
  const int every_key = small ? std::popcount(sure_keys | other_keys) : distinct(all_ids);
  const int domain =
      two     ? 2
      : small ? static_cast<int>(
                    key.enumeration >= role_group_enumeration
                        ? 4
                        : program_->vocabulary->enumerations[static_cast<std::size_t>(key.enumeration)].values.size())
              : 1 << 20;
  const int low = std::max(known, sure_without > 0 ? 1 : 0);
  const int high = is_open ? domain : std::min(domain, every_key + sure_without + perhaps_without);
  const auto at_least = [&](int n) { return low >= n ? Truth::yes : high < n ? Truth::no : Truth::unknown; };
  Truth value = Truth::yes;
  if (node.at_least >= 0) value = both(value, at_least(node.at_least));
  if (node.at_most >= 0) value = both(value, !at_least(node.at_most + 1));
  return value;
}

Truth Evaluator::every(const Node& node, const Context& context) {
  const Picked& picked = selector_at(*program_, node.selector);
  Truth value = Truth::yes;
  context.index->rows(*history_, context.scope, picked.event, [&](std::int32_t row, Truth part) {
    const Truth counts = row_counts(picked, row, part, context);
    if (counts != Truth::no) value = both(value, either(!counts, condition(node.expect, at_row(context, row))));
    return value != Truth::no;
  });
  return value == Truth::yes && open(picked, context) ? Truth::unknown : value;
}

void Evaluator::candidates(Index selector, const Context& context, RowList& out) {
  const Picked& picked = selector_at(*program_, selector);
  const bool backward = picked.pick == Selector::Pick::last;
  // Undated rows stand last in the lists; from either end they are candidates wherever they stand.
  const bool go_on = !backward && history_->has_undated(picked.event);
  out.clear();
  bool certain = false;
  const auto take = [&](std::int32_t row, Truth part) {
    const bool dated = history_->row(row).dated;
    if (certain && dated) return go_on;
    const Truth counts = row_counts(picked, row, part, context);
    if (counts == Truth::no) return true;
    out.push_back(row);
    certain = certain || (counts == Truth::yes && dated);
    return !certain || go_on;
  };
  if (backward)
    context.index->rows_backward(*history_, context.scope, picked.event, take);
  else
    context.index->rows(*history_, context.scope, picked.event, take);
  const bool sure_undated = !certain && std::any_of(out.begin(), out.end(), [&](std::int32_t row) {
    return !history_->row(row).dated &&
           row_counts(picked, row, context.index->takes_part(*history_, row, context.in()), context) == Truth::yes;
  });
  const bool is_open = open(picked, context);
  if (!certain && !sure_undated && !is_open) out.push_back(Candidates::nothing);
  if (is_open) {
    if (out.empty()) out.push_back(Candidates::nothing);
    out.push_back(Candidates::not_recorded);
  }
}

/// The one candidate where that is plain: the first row that counts does so surely, or none does. Else nothing is said.
std::optional<std::int32_t> Evaluator::sole_candidate(Index selector, const Context& context) {
  const Picked& picked = selector_at(*program_, selector);
  if (history_->has_undated(picked.event) || open(picked, context)) return std::nullopt;
  std::int32_t found = Candidates::nothing;
  Truth surely = Truth::yes;
  const auto take = [&](std::int32_t row, Truth part) {
    const Truth counts = row_counts(picked, row, part, context);
    if (counts == Truth::no) return true;
    found = row;
    surely = counts;
    return false;
  };
  if (picked.pick == Selector::Pick::last)
    context.index->rows_backward(*history_, context.scope, picked.event, take);
  else
    context.index->rows(*history_, context.scope, picked.event, take);
  return surely == Truth::yes ? std::optional(found) : std::nullopt;
}

Truth Evaluator::of(const Node& node, const Context& context) {
  std::optional<Truth> common;
  each_candidate(node.selector, context, [&](std::int32_t row) {
    const Truth value = row == Candidates::not_recorded ? Truth::unknown
                        : row == Candidates::nothing    ? Truth::no
                                                        : condition(node.expect, at_row(context, row));
    if (!common)
      common = value;
    else if (*common != value)
      common = Truth::unknown;
  });
  return common.value_or(Truth::no);
}

DateValue Evaluator::moved(DateValue value, const std::optional<Period>& offset) const {
  if (!offset || value.state != DateValue::State::known) return value;
  Period period = *offset;
  const bool back = period.count < 0;
  if (back) period.count = -period.count;
  value.at =
      (back ? limit_before(value.at, period, program_->calendar) : limit_after(value.at, period, program_->calendar))
          .at;
  return value;
}

DateValue Evaluator::date_of_row(const Picked& picked, std::int32_t row, const Context& context) {
  if (row == Candidates::nothing) return {};
  if (row == Candidates::not_recorded) return {DateValue::State::unknown, {}, -1};
  const HistoryRow& found = history_->row(row);
  if (picked.read < 0) return {found.dated ? DateValue::State::known : DateValue::State::unknown, found.at, row};
  const Value value = read(fact_at(*program_, picked.read), at_row(context, row));
  return {value == unknown_value ? DateValue::State::unknown : DateValue::State::known,
          value == unknown_value ? Moment{} : moment_of(value), row};
}

DateValue Evaluator::date(Index index, const Context& context) {
  const DateRef& ref = program_->dates[static_cast<std::size_t>(index)];
  switch (ref.source) {
    case DateText::Source::from:
      return moved(context.from, ref.offset);
    case DateText::Source::until:
      return moved(context.until, ref.offset);
    case DateText::Source::date:
      return moved(date(ref.inner, context), ref.offset);
    case DateText::Source::fact: {
      const Value value = read(fact_at(*program_, ref.fact), context);
      DateValue out{value == unknown_value ? DateValue::State::unknown : DateValue::State::known, {}, -1};
      if (value != unknown_value) out.at = moment_of(value);
      return moved(out, ref.offset);
    }
    case DateText::Source::selector: {
      DateValue out;
      bool first = true;
      each_candidate(ref.selector, context, [&](std::int32_t row) {
        const DateValue each = date_of_row(selector_at(*program_, ref.selector), row, context);
        if (first)
          out = each;
        else if (out.state != each.state || out.state == DateValue::State::unknown || !(out.at == each.at))
          out = {DateValue::State::unknown, {}, -1};
        first = false;
      });
      return moved(out, ref.offset);
    }
  }
  return {};
}

}  // namespace cpc
