#include "program/reads.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cpc {
namespace {

/// Walks the rules of one duty and notes what each part reads.
class DutyWalk {
 public:
  DutyWalk(const Program& program, Index duty) : program_(program), vocabulary_(*program.vocabulary), duty_(duty) {}

  DutyReads run() {
    for (std::size_t i = 0; i < program_.rules.size(); ++i) {
      if (program_.rules[i].duty != duty_) continue;
      rules_.push_back(static_cast<Index>(i));
      walk_whole(static_cast<Index>(i));
    }
    return collected();
  }

 private:
  using Noted = std::pair<bool, std::set<Index>>;  // whether only a `when` reads it, and whose

  struct Slots {
    Noted noted{true, {}};
    std::uint64_t mask = 0;
  };

  void walk_whole(Index rule) {
    reader_ = rule;
    scope_ = &program_.rules[static_cast<std::size_t>(rule)].text->per;
    walk(rule, false);
  }
  void walk(Index rule, bool only_when);
  void walk_node(Index node, bool only_when);
  void walk_leaf(const Node& node, bool only_when);
  void walk_selector(Index selector, bool only_when);
  void walk_date(Index date, bool only_when);
  void walk_fact(Index fact, std::uint64_t mask, bool only_when);

  void note(Noted& noted, bool only_when) const {
    noted.first = noted.first && only_when;
    noted.second.insert(reader_);
  }
  void note_event(EventId event, bool only_when);
  void note_link(EventId event, int kind, bool only_when);
  void note_slot(EventId event, int slot, std::uint64_t mask, bool only_when);
  void note_derived(std::string_view name, bool only_when);
  void note_use(const std::string& use, bool only_when);

  [[nodiscard]] DutyReads collected() const;
  [[nodiscard]] std::vector<std::string> values_of(const Slot& slot, std::uint64_t mask) const;

  const Program& program_;
  const Vocabulary& vocabulary_;
  Index duty_;
  Index reader_ = none;
  const std::vector<std::string>* scope_ = nullptr;
  std::vector<Index> rules_;
  std::set<std::tuple<Index, Index, bool>> walked_;  // (reader, rule, only when): rules may read each other's states
  std::map<EventId, Noted> events_;
  std::map<std::pair<EventId, int>, Slots> slots_;
  std::map<std::string, Noted, std::less<>> derived_;
};

void DutyWalk::walk(Index at, bool only_when) {
  if (!walked_.emplace(reader_, at, only_when).second) return;
  const Rule& rule = program_.rules[static_cast<std::size_t>(at)];
  walk_node(rule.when, true);
  walk_date(rule.from, only_when);
  walk_selector(rule.until, only_when);
  for (const auto& limit : rule.limits) {
    walk_date(limit.from, only_when);
    walk_node(limit.when, true);
  }
  walk_node(rule.during, only_when);
  walk_selector(rule.authorised_by, only_when);
  walk_selector(rule.at, only_when);
  for (const Index part : {rule.expect, rule.core, rule.others, rule.may_proceed}) walk_node(part, only_when);
  for (const auto& transition : rule.transitions) {
    note_event(transition.event, only_when);
    walk_node(transition.where, only_when);
    walk_node(transition.guard, only_when);
  }
  for (const auto& node : rule.nodes) walk_node(node.question, only_when);
}

void DutyWalk::walk_node(Index at, bool only_when) {
  if (at < 0) return;
  using Op = Condition::Op;
  const Node& node = program_.nodes[static_cast<std::size_t>(at)];
  switch (node.op) {
    case Op::all:
    case Op::any:
    case Op::negate:
      for (Index i = 0; i < node.count; ++i)
        walk_node(program_.parts[static_cast<std::size_t>(node.first + i)], only_when);
      break;
    case Op::fact:
      walk_leaf(node, only_when);
      break;
    case Op::occurs:
    case Op::of:
    case Op::every:
    case Op::count:
      walk_selector(node.selector, only_when);
      walk_node(node.expect, only_when);
      walk_fact(node.other, 0, only_when);
      break;
    case Op::state:
    case Op::status:
      walk(node.target, only_when);
      break;
  }
}

void DutyWalk::walk_leaf(const Node& node, bool only_when) {
  const bool words = node.compare == Compare::is || node.compare == Compare::has;
  walk_fact(node.fact, words ? node.mask : 0, only_when);
  walk_fact(node.other, 0, only_when);
  walk_date(node.date, only_when);
}

void DutyWalk::walk_selector(Index at, bool only_when) {
  if (at < 0) return;
  const Picked& selector = program_.selectors[static_cast<std::size_t>(at)];
  note_event(selector.event, only_when);
  walk_node(selector.where, only_when);
  walk_fact(selector.read, 0, only_when);
  for (const auto& position : selector.positions) walk_date(position.date, only_when);
  for (const Index fact : selector.same) walk_fact(fact, 0, only_when);
}

void DutyWalk::walk_date(Index at, bool only_when) {
  if (at < 0) return;
  const DateRef& date = program_.dates[static_cast<std::size_t>(at)];
  walk_selector(date.selector, only_when);
  walk_fact(date.fact, 0, only_when);
  walk_date(date.inner, only_when);
}

void DutyWalk::walk_fact(Index at, std::uint64_t mask, bool only_when) {
  if (at < 0) return;
  const Fact& fact = program_.facts[static_cast<std::size_t>(at)];
  switch (fact.source) {
    case Fact::Source::slot:
      note_slot(fact.event, fact.slot, mask, only_when);
      // A checklist is read together with its opposite.
      if (fact.checklist) {
        const auto& event = vocabulary_.events[fact.event];
        note_slot(fact.event, fact.slot == event.covered ? event.not_covered : event.covered, mask, only_when);
      }
      break;
    case Fact::Source::row_at:
      note_event(fact.event, only_when);
      break;
    case Fact::Source::instance_slot:
      for (std::size_t e = 0; e < vocabulary_.events.size(); ++e) {
        const auto event = static_cast<EventId>(e);
        const int slot = vocabulary_.slot(event, fact.attribute);
        if (vocabulary_.events[e].instance == fact.kind && slot >= 0) note_slot(event, slot, mask, only_when);
      }
      break;
    case Fact::Source::derived:
    case Fact::Source::instance_fact: {
      const auto dot = fact.name.find('.');
      note_derived(dot == std::string::npos ? fact.name : fact.name.substr(dot + 1), only_when);
      break;
    }
  }
}

void DutyWalk::note_event(EventId event, bool only_when) {
  note(events_.emplace(event, Noted{true, {}}).first->second, only_when);
  for (const auto& word : *scope_)
    if (const int kind = vocabulary_.kind(word); kind >= 0) note_link(event, kind, only_when);
}

/// Rows find their way into a scope by their own instance, by an attribute that names one of the kind, or by such an
/// attribute of the rows that begin their instance (`conference_arranged.section_47`).
void DutyWalk::note_link(EventId at, int kind, bool only_when) {
  const auto& event = vocabulary_.events[at];
  if (event.instance == kind) return;
  if (event.conference != ConferenceColumn::none && kind == static_cast<int>(Kind::conference)) return;
  const auto link = [&](EventId from) {
    const int slot = vocabulary_.events[from].reference_slot[static_cast<std::size_t>(kind)];
    if (slot < 0) return false;
    note(events_.emplace(from, Noted{true, {}}).first->second, only_when);
    note(slots_[{from, slot}].noted, only_when);
    return true;
  };
  if (link(at)) return;
  for (int own = 0; own < kind_count; ++own) {
    const bool of_conference = event.conference != ConferenceColumn::none && own == static_cast<int>(Kind::conference);
    if (own != event.instance && !of_conference) continue;
    for (const auto& begins : vocabulary_.instances[static_cast<std::size_t>(own)].begins) link(begins.event);
  }
}

void DutyWalk::note_slot(EventId event, int slot, std::uint64_t mask, bool only_when) {
  if (slot < 0) return;
  note_event(event, only_when);
  auto& noted = slots_[{event, slot}];
  note(noted.noted, only_when);
  noted.mask |= mask;
}

void DutyWalk::note_derived(std::string_view name, bool only_when) {
  const auto meaning = std::find_if(vocabulary_.derived.begin(), vocabulary_.derived.end(),
                                    [&](const DerivedMeaning& one) { return one.name == name; });
  if (meaning == vocabulary_.derived.end()) {
    // A date of the child as it was recorded.
    note_slot(program_.known.child_recorded, vocabulary_.slot(program_.known.child_recorded, name), 0, only_when);
    return;
  }
  auto& noted = derived_.emplace(name, Noted{true, {}}).first->second;
  const bool known = noted.second.count(reader_) != 0 && (only_when || !noted.first);
  note(noted, only_when);
  if (known) return;
  for (const auto& use : meaning->uses) note_use(use, only_when);
}

void DutyWalk::note_use(const std::string& use, bool only_when) {
  const auto dot = use.find('.');
  if (dot == std::string::npos) {
    const auto same = [&](const DerivedMeaning& one) { return one.name == use; };
    if (std::any_of(vocabulary_.derived.begin(), vocabulary_.derived.end(), same)) note_derived(use, only_when);
    return;
  }
  const int event = vocabulary_.event(use.substr(0, dot));
  if (event < 0) return;
  note_event(static_cast<EventId>(event), only_when);
  note_slot(static_cast<EventId>(event), vocabulary_.slot(static_cast<EventId>(event), use.substr(dot + 1)), 0,
            only_when);
}

std::vector<std::string> DutyWalk::values_of(const Slot& slot, std::uint64_t mask) const {
  std::vector<std::string> out;
  if (slot.enumeration < 0) return out;
  const auto& values = vocabulary_.enumerations[static_cast<std::size_t>(slot.enumeration)].values;
  for (std::size_t i = 0; i < values.size() && i < Enumeration::most_in_sets; ++i)
    if ((mask >> i & 1) != 0) out.push_back(values[i]);
  return out;
}

std::vector<Index> listed(const std::set<Index>& rules) { return {rules.begin(), rules.end()}; }

DutyReads DutyWalk::collected() const {
  DutyReads out{duty_, rules_, {}, {}};
  for (const auto& [event, noted] : events_) {
    EventRead read{event, noted.first, {}, listed(noted.second)};
    for (auto at = slots_.lower_bound({event, 0}); at != slots_.end() && at->first.first == event; ++at) {
      const auto& slot = vocabulary_.events[event].slots[static_cast<std::size_t>(at->first.second)];
      read.attributes.push_back({static_cast<std::int16_t>(at->first.second), at->second.noted.first,
                                 values_of(slot, at->second.mask), listed(at->second.noted.second)});
    }
    out.events.push_back(std::move(read));
  }
  for (const auto& meaning : vocabulary_.derived)
    if (const auto at = derived_.find(meaning.name); at != derived_.end())
      out.derived.push_back({meaning.name, meaning.definition, at->second.first, listed(at->second.second)});
  return out;
}

}  // namespace

std::vector<DutyReads> reads_of(const Program& program) {
  std::vector<DutyReads> out;
  for (std::size_t duty = 0; duty < program.vocabulary->duties.size(); ++duty) {
    auto reads = DutyWalk(program, static_cast<Index>(duty)).run();
    if (!reads.rules.empty()) out.push_back(std::move(reads));
  }
  return out;
}

}  // namespace cpc
