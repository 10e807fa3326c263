#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/topological_sort.hpp>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "program/alike.h"
#include "program/facts.h"
#include "program/program.h"
#include "rulebook/layer.h"

namespace cpc {
namespace {

constexpr std::size_t most_table_entries = 4096;

/// Turns rules as written into the arrays of a Program. The first error is kept; later steps then do nothing of use.
class Compiler {
 public:
  Compiler(Program& program, const Vocabulary& vocabulary) : program_(program), vocabulary_(vocabulary) {}

  std::optional<Error> error;

  void add_rules(const std::vector<LayeredRule>& layered);
  void order_rules();
  void list_movers();
  void find_silent_duties();

 private:
  /// What names mean at one place of a rule.
  struct Where {
    int event = -1;  ///< The event of the row being judged, or -1.
    int outer = -1;  ///< For `same`: the event of the row around it.
  };

  Index compile_root(const Box<Condition>& whole, Where where);
  Index condition(const Condition& text, Where where);
  void compile_leaf(Node& node, const Condition& text, Where where);
  Index selector(const Selector& text, Where where);
  void split_where(Picked& picked);
  [[nodiscard]] std::optional<SlotTest> slot_test(const Node& node) const;
  Index date(const DateText& text, Where where);
  Index fact(const std::string& name, const Place* place, Where where);
  std::optional<Fact> resolve(const std::string& name, Where where) const;
  std::optional<Fact> resolve_of_instance(const std::string& name, std::size_t dot) const;
  void add_tables(Index root);
  /// Valid until the next call.
  const std::vector<Index>& leaves_of(Index root);
  void collect_leaves(Index node, std::vector<Index>& leaves) const;
  [[nodiscard]] std::vector<Value> classes(const Fact& fact, const std::vector<Index>& leaves) const;
  [[nodiscard]] bool by_value(const Node& leaf) const;
  [[nodiscard]] bool read_alike(const Node& a, const Node& b) const;
  [[nodiscard]] bool any_read_alike(const std::vector<Index>& leaves) const;

  void add_rule(const LayeredRule& layered);
  const RuleText& as_left(const LayeredRule& layered);
  void compile_rule(Rule& rule);
  void compile_timescale(Rule& rule);
  void compile_process(Rule& rule);
  void compile_tree(Rule& rule);
  Index scope(const RuleText& text);
  std::vector<Index> targets(const std::string& name, RuleText::Type type, const Place* place);
  void add_targets(Node& node, const Condition& text, RuleText::Type type);
  std::uint64_t mask(const Fact& fact, const Condition& text);
  [[nodiscard]] const std::vector<std::string>& values_of(const Fact& fact) const;
  [[nodiscard]] int place_of(std::string_view value, const Fact& fact) const;
  void fail(const std::string& message, const std::string& place);
  void fail(const std::string& message, const Place* place) { fail(message, place ? place->text() : std::string{}); }

  Program& program_;
  const Vocabulary& vocabulary_;
  const RuleText* rule_ = nullptr;
  Index current_ = none;
  /// What a name was found to mean on the rows of an event.
  struct NamedFact {
    int event;
    Index fact;
  };
  // The names are views into the rules' texts, which outlive the compiler.
  std::unordered_map<std::string_view, std::vector<NamedFact>> facts_by_name_;
  std::unordered_map<std::string_view, std::vector<Index>> rules_by_id_;
  std::vector<Index> leaves_;
  std::vector<Index> open_parts_;               ///< Of the conditions around the one that is being compiled.
  std::vector<std::pair<Index, Index>> reads_;  ///< (reader, read): rules whose results a rule reads.
};

void Compiler::fail(const std::string& message, const std::string& place) {
  if (error) return;
  error = Error{Code::rulebook, rule_ ? "rule '" + rule_->id + "': " + message : message, place,
                rule_ && !rule_->cites.empty() ? rule_->cites.front() : std::string{}};
}

const std::vector<std::string>& Compiler::values_of(const Fact& fact) const {
  if (fact.enumeration >= role_group_enumeration) return derived_values(fact.enumeration);
  return vocabulary_.enumerations[static_cast<std::size_t>(fact.enumeration)].values;
}

/// Where a word stands among the values of a fact, or -1.
int Compiler::place_of(std::string_view value, const Fact& fact) const {
  if (fact.enumeration < role_group_enumeration)
    return vocabulary_.enumerations[static_cast<std::size_t>(fact.enumeration)].find(value);
  const auto& values = derived_values(fact.enumeration);
  const auto at = std::find(values.begin(), values.end(), value);
  return at == values.end() ? -1 : static_cast<int>(at - values.begin());
}

std::optional<Fact> Compiler::resolve_of_instance(const std::string& name, std::size_t dot) const {
  const std::string kind_name = name.substr(0, dot);
  const std::string member = name.substr(dot + 1);
  const bool child = kind_name == "child";
  const int kind = child ? no_kind : vocabulary_.kind(kind_name);
  if (!child && kind < 0) return std::nullopt;
  Fact fact;
  fact.name = name;
  fact.kind = static_cast<std::int8_t>(kind);
  for (const auto& derived : derived_names()) {
    if (derived.name != member || derived.of_child != child || (!child && derived.kind != kind)) continue;
    fact.source = Fact::Source::instance_fact;
    fact.derived = derived.derived;
    fact.type = derived.type;
    return fact;
  }
  if (child) return std::nullopt;
  const int attribute = vocabulary_.attribute(member);
  if (attribute < 0) return std::nullopt;
  for (std::size_t e = 0; e < vocabulary_.events.size(); ++e) {
    if (vocabulary_.events[e].instance != kind) continue;
    const int slot = vocabulary_.slot(static_cast<EventId>(e), static_cast<AttributeId>(attribute));
    if (slot < 0) continue;
    const Slot& found = vocabulary_.events[e].slots[static_cast<std::size_t>(slot)];
    fact.source = Fact::Source::instance_slot;
    fact.attribute = static_cast<AttributeId>(attribute);
    fact.type = found.type;
    fact.enumeration = found.enumeration;
    return fact;
  }
  return std::nullopt;
}

std::optional<Fact> Compiler::resolve(const std::string& name, Where where) const {
  if (const auto dot = name.find('.'); dot != std::string::npos) return resolve_of_instance(name, dot);
  Fact fact;
  fact.name = name;
  if (where.event >= 0) {
    fact.event = static_cast<EventId>(where.event);
    if (name == "at") {
      fact.source = Fact::Source::row_at;
      fact.type = AttributeType::datetime;
      return fact;
    }
    const int slot = vocabulary_.slot(fact.event, name);
    if (slot >= 0) {
      const auto& event = vocabulary_.events[fact.event];
      fact.slot = static_cast<std::int16_t>(slot);
      fact.type = event.slots[static_cast<std::size_t>(slot)].type;
      fact.enumeration = event.slots[static_cast<std::size_t>(slot)].enumeration;
      fact.checklist = slot == event.covered || slot == event.not_covered;
      return fact;
    }
  }
  for (const auto& derived : derived_names()) {
    if (derived.name != name || derived.of_child || derived.kind != no_kind) continue;
    fact.source = Fact::Source::derived;
    fact.derived = derived.derived;
    fact.type = derived.type;
    if (derived.enumeration == "role_group")
      fact.enumeration = role_group_enumeration;
    else if (derived.enumeration == "case_state")
      fact.enumeration = case_state_enumeration;
    else if (!derived.enumeration.empty())
      fact.enumeration = static_cast<std::int16_t>(vocabulary_.enumeration(derived.enumeration));
    fact.event = where.event >= 0 ? static_cast<EventId>(where.event) : EventId{0};
    return fact;
  }
  return std::nullopt;
}

Index Compiler::fact(const std::string& name, const Place* place, Where where) {
  auto& alike = facts_by_name_[name];
  for (const auto& one : alike)
    if (one.event == where.event) return one.fact;
  auto found = resolve(name, where);
  if (!found) {
    const auto on =
        where.event >= 0 ? " on " + vocabulary_.events[static_cast<std::size_t>(where.event)].name : std::string{};
    const auto near = nearest(name, vocabulary_.attribute_names.words());
    fail("unknown fact " + quoted(name) + on +
             (near.empty() || near == name ? "" : "; did you mean " + std::string(near) + "?"),
         place);
    return none;
  }
  const auto there = std::find_if(alike.begin(), alike.end(), [&](const NamedFact& one) {
    return program_.facts[static_cast<std::size_t>(one.fact)] == *found;
  });
  Index out = static_cast<Index>(program_.facts.size());
  if (there != alike.end())
    out = there->fact;
  else
    program_.facts.push_back(std::move(*found));
  alike.push_back({where.event, out});
  return out;
}

std::uint64_t Compiler::mask(const Fact& fact, const Condition& text) {
  std::uint64_t bits = 0;
  for (const auto& value : text.values) {
    if (fact.type == AttributeType::yes_no || fact.type == AttributeType::present) {
      if (value != "true" && value != "false") {
        fail("'" + fact.name + "' is yes or no, but " + quoted(value) + " is asked for", text.place);
        return 0;
      }
      bits |= value == "true" ? 2U : 1U;
    } else if (fact.enumeration >= 0) {
      const int at = place_of(value, fact);
      if (at < 0 || at > 62) {
        const auto near = nearest(value, values_of(fact));
        fail(quoted(value) + " is no value of '" + fact.name + "'" +
                 (near.empty() ? "" : "; did you mean " + std::string(near) + "?"),
             text.place);
        return 0;
      }
      bits |= std::uint64_t{1} << at;
    } else {
      fail("'" + fact.name + "' cannot be compared with a word", text.place);
      return 0;
    }
  }
  return bits;
}

void Compiler::compile_leaf(Node& node, const Condition& text, Where where) {
  node.compare = text.compare;
  node.fact = fact(text.fact, text.place, where);
  if (node.fact < 0) return;
  const auto type = program_.facts[static_cast<std::size_t>(node.fact)].type;
  const bool set = type == AttributeType::enumeration_set;
  const bool dated = type == AttributeType::date || type == AttributeType::datetime;
  const auto refuse = [&](const char* what) { fail("'" + text.fact + "' " + what, text.place); };
  switch (text.compare) {
    case Compare::is:
      if (set) return refuse("is a set: ask for its members with \"has\"");
      if (dated || type == AttributeType::id) return refuse("cannot be compared with a word");
      if (type == AttributeType::count) {
        if (text.values.size() != 1) return refuse("is a number: one is compared");
        node.number = std::atoi(text.values.front().c_str());
      } else {
        node.mask = mask(program_.facts[static_cast<std::size_t>(node.fact)], text);
      }
      break;
    case Compare::has:
      if (!set) return refuse("is no set: ask for its value with \"is\"");
      node.mask = mask(program_.facts[static_cast<std::size_t>(node.fact)], text);
      break;
    case Compare::at_least:
    case Compare::at_most:
      if (type != AttributeType::count) return refuse("is no number");
      node.number = text.number;
      break;
    case Compare::before:
    case Compare::after:
      if (!dated) return refuse("is no date");
      node.date = date(text.date.front(), where);
      break;
    case Compare::given:
    case Compare::known:
      node.number = !text.values.empty() && text.values.front() == "false" ? 0 : 1;
      break;
    case Compare::same_as:
    case Compare::differs_from:
      node.other = fact(text.other, text.place, where);
      if (node.other >= 0 && !dated && program_.facts[static_cast<std::size_t>(node.other)].type != type)
        refuse(("and '" + text.other + "' are not of one type").c_str());
      break;
  }
}

/// The rules that a name may mean: those of the rule's own rulebook if there are any, else of the highest that has one;
/// all editions and pieces, and what higher layers put in their place.
std::vector<Index> Compiler::targets(const std::string& name, RuleText::Type type, const Place* place) {
  const bool process = type == RuleText::Type::process;
  const auto fits = [&](const Rule& rule) { return process == (rule.type == RuleText::Type::process); };
  Index rulebook = program_.rules[static_cast<std::size_t>(current_)].rulebook;
  const auto named = [&](Index book, std::string_view id) {
    std::vector<Index> out;
    const auto found = rules_by_id_.find(id);
    if (found == rules_by_id_.end()) return out;
    for (const Index i : found->second) {
      const auto& rule = program_.rules[static_cast<std::size_t>(i)];
      if (rule.rulebook == book && fits(rule)) out.push_back(i);
    }
    return out;
  };
  auto found = named(rulebook, name);
  const auto& own = *program_.rulebooks[static_cast<std::size_t>(rulebook)];
  const bool replaced =
      std::any_of(own.rules.begin(), own.rules.end(), [&](const auto& rule) { return rule.id == name; });
  for (std::size_t i = 0; i < program_.rules.size() && found.empty() && !replaced; ++i)
    if ((program_.rules[i].text->id == name || program_.rules[i].name == name) && fits(program_.rules[i])) {
      rulebook = program_.rules[i].rulebook;
      found = named(rulebook, program_.rules[i].text->id);
    }
  const auto& below = program_.rulebooks[static_cast<std::size_t>(rulebook)]->name;
  for (std::size_t book = 0; book < program_.rulebooks.size(); ++book)
    for (const auto& over : program_.rulebooks[book]->over)
      if (over.rulebook == below && over.rule == name && !over.by.empty())
        for (const Index by : named(static_cast<Index>(book), over.by)) found.push_back(by);
  if (found.empty()) fail(std::string("no ") + (process ? "process" : "rule") + " named " + quoted(name), place);
  return found;
}

/// The words of a state or status condition, in each of the rules that it may mean.
void Compiler::add_targets(Node& node, const Condition& text, RuleText::Type type) {
  static const std::vector<std::string> statuses = {"not_applicable", "satisfied", "broken", "undetermined"};
  const bool process = type == RuleText::Type::process;
  std::vector<Edition> editions;
  for (const Index rule : targets(text.fact, type, text.place)) {
    const auto& read = program_.rules[static_cast<std::size_t>(rule)];
    if (!process && read.type != RuleText::Type::requirement && read.type != RuleText::Type::quorum) {
      fail("'" + text.fact + "' has no such status: only requirements and quorums have", text.place);
      return;
    }
    const auto& words = process ? read.text->states : statuses;
    Edition edition{rule, 0};
    for (const auto& value : text.values) {
      const auto at = std::find(words.begin(), words.end(), value);
      if (at != words.end()) {
        edition.mask |= std::uint64_t{1} << (at - words.begin());
      } else if (editions.empty()) {
        fail(process ? "process '" + text.fact + "' has no state " + quoted(value)
                     : quoted(value) + " is no status: not_applicable, satisfied, broken or undetermined",
             text.place);
      }
    }
    editions.push_back(edition);
    if (!process) reads_.emplace_back(current_, rule);
  }
  if (editions.empty()) return;
  node.target = editions.front().rule;
  node.mask = editions.front().mask;
  if (editions.size() == 1) return;
  node.editions = static_cast<Index>(program_.editions.size());
  program_.editions.push_back(std::move(editions));
}

Index Compiler::condition(const Condition& text, Where where) {
  using Op = Condition::Op;
  Node node;
  node.op = text.op;
  switch (text.op) {
    case Op::all:
    case Op::any:
    case Op::negate: {
      const auto open = static_cast<std::ptrdiff_t>(open_parts_.size());
      for (const auto& part : text.parts) {
        const Index compiled = condition(part, where);
        open_parts_.push_back(compiled);
      }
      node.first = static_cast<Index>(program_.parts.size());
      node.count = static_cast<Index>(text.parts.size());
      program_.parts.insert(program_.parts.end(), open_parts_.begin() + open, open_parts_.end());
      open_parts_.erase(open_parts_.begin() + open, open_parts_.end());
      break;
    }
    case Op::fact:
      compile_leaf(node, text, where);
      break;
    case Op::occurs:
    case Op::of:
    case Op::every:
    case Op::count: {
      const Selector& chosen = text.selector.front();
      node.selector = selector(chosen, where);
      if (node.selector < 0) return none;
      const Where inner{static_cast<int>(program_.selectors[static_cast<std::size_t>(node.selector)].event),
                        where.event};
      node.expect = compile_root(text.expect, inner);
      node.at_least = text.at_least;
      node.at_most = text.at_most;
      if (!text.other.empty()) node.other = fact(text.other, text.place, inner);
      break;
    }
    case Op::state:
    case Op::status:
      add_targets(node, text, text.op == Op::state ? RuleText::Type::process : RuleText::Type::requirement);
      if (node.target < 0) return none;
      break;
  }
  program_.nodes.push_back(node);
  return static_cast<Index>(program_.nodes.size() - 1);
}

Index Compiler::compile_root(const Box<Condition>& whole, Where where) {
  if (whole.empty()) return none;
  const Index root = condition(whole.front(), where);
  if (!error && root >= 0) add_tables(root);
  return root;
}

const std::vector<Index>& Compiler::leaves_of(Index root) {
  leaves_.clear();
  collect_leaves(root, leaves_);
  return leaves_;
}

void Compiler::collect_leaves(Index at, std::vector<Index>& leaves) const {
  if (at < 0) return;  // none, or a part that was refused
  const Node& node = program_.nodes[static_cast<std::size_t>(at)];
  using Op = Condition::Op;
  if (node.op == Op::all || node.op == Op::any || node.op == Op::negate) {
    for (Index i = 0; i < node.count; ++i)
      collect_leaves(program_.parts[static_cast<std::size_t>(node.first + i)], leaves);
  } else {
    leaves.push_back(at);
  }
}

/// The values that stand for the classes into which the leaves cut the fact.
std::vector<Value> Compiler::classes(const Fact& fact, const std::vector<Index>& leaves) const {
  std::vector<Value> values;
  if (fact.type == AttributeType::yes_no || fact.type == AttributeType::present) return {no_value, yes_value};
  if (fact.type == AttributeType::count) {
    // Where a comparison turns, on both sides of it.
    std::set<std::int32_t> numbers{0};
    for (const Index leaf : leaves)
      for (const int beside : {-1, 0, 1})
        numbers.insert(std::max(0, program_.nodes[static_cast<std::size_t>(leaf)].number + beside));
    for (const std::int32_t number : numbers) values.push_back(static_cast<Value>(number) + 1);
    return values;
  }
  std::vector<std::vector<bool>> seen;
  for (std::size_t v = 0; v < values_of(fact).size() && v < 63; ++v) {
    std::vector<bool> answers;
    for (const Index leaf : leaves)
      answers.push_back((program_.nodes[static_cast<std::size_t>(leaf)].mask >> v & 1) != 0);
    if (std::find(seen.begin(), seen.end(), answers) != seen.end()) continue;
    seen.push_back(answers);
    values.push_back(v + 1);
  }
  return values;
}

/// Whether what the leaf asks of its fact follows from the fact's class.
bool Compiler::by_value(const Node& leaf) const {
  if (leaf.op != Condition::Op::fact) return false;
  const bool count = program_.facts[static_cast<std::size_t>(leaf.fact)].type == AttributeType::count;
  return leaf.compare == Compare::is ||
         (count && (leaf.compare == Compare::at_least || leaf.compare == Compare::at_most));
}

/// Whether two leaves read one fact, so that the answer to one says something of the other.
bool Compiler::read_alike(const Node& a, const Node& b) const {
  if (b.op != a.op || b.fact != a.fact) return false;
  if (by_value(a) && by_value(b)) return true;
  if (b.compare != a.compare) return false;
  const auto quick = [&](const Node& node) {
    return program_.selectors[static_cast<std::size_t>(node.selector)].quick;
  };
  const auto event = [&](const Node& node) {
    return program_.selectors[static_cast<std::size_t>(node.selector)].event;
  };
  switch (a.op) {
    case Condition::Op::fact:
      return a.mask == b.mask && a.number == b.number && a.other == b.other && a.date < 0 && b.date < 0;
    case Condition::Op::occurs:
      return event(a) == event(b) && quick(a) && quick(b);
    case Condition::Op::state:
    case Condition::Op::status:
      return a.target == b.target && a.mask == b.mask;
    default:
      return false;
  }
}

bool Compiler::any_read_alike(const std::vector<Index>& leaves) const {
  const auto node = [&](Index at) -> const Node& { return program_.nodes[static_cast<std::size_t>(at)]; };
  for (auto one = leaves.begin(); one != leaves.end(); ++one)
    for (auto other = std::next(one); other != leaves.end(); ++other)
      if (read_alike(node(*one), node(*other))) return true;
  return false;
}

/// Groups the leaves of a condition that reads one fact more than once (MEANING, algorithm 5).
void Compiler::add_tables(Index root) {
  const auto& leaves = leaves_of(root);
  if (!any_read_alike(leaves)) return;
  const auto node = [&](Index at) -> Node& { return program_.nodes[static_cast<std::size_t>(at)]; };
  std::vector<std::vector<Index>> repeated;
  std::vector<std::vector<Index>> single;
  std::vector<bool> done(leaves.size(), false);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (done[i]) continue;
    std::vector<Index> alike{leaves[i]};
    for (std::size_t j = i + 1; j < leaves.size(); ++j) {
      if (done[j] || !read_alike(node(leaves[i]), node(leaves[j]))) continue;
      done[j] = true;
      alike.push_back(leaves[j]);
    }
    (alike.size() > 1 ? repeated : single).push_back(std::move(alike));
  }
  Table table;
  table.first_group = program_.group_count;
  table.repeated = repeated.size();
  std::size_t entries = 1;
  std::string names;
  repeated.insert(repeated.end(), single.begin(), single.end());
  for (const auto& alike : repeated) {
    const Node& first = node(alike.front());
    Table::Group group;
    group.leaf = alike.front();
    group.fact = first.fact;
    group.by_value = by_value(first);
    if (group.by_value) group.values = classes(program_.facts[static_cast<std::size_t>(first.fact)], alike);
    if (alike.size() > 1) {
      entries *= group.by_value ? group.values.size() : 2;
      if (!names.empty()) names += ", ";
      names += first.fact >= 0 ? program_.facts[static_cast<std::size_t>(first.fact)].name : "an event";
    }
    if (entries > most_table_entries)
      return fail(
          "a condition asks several times for each of: " + names + "; together they have more than 4096 combinations",
          rule_->place);
    for (const Index leaf : alike) node(leaf).group = program_.group_count;
    ++program_.group_count;
    table.groups.push_back(std::move(group));
  }
  node(root).table = static_cast<Index>(program_.tables.size());
  program_.tables.push_back(std::move(table));
}

/// The test that a leaf is, if it asks no more than an attribute of the row itself.
std::optional<SlotTest> Compiler::slot_test(const Node& node) const {
  if (node.op != Condition::Op::fact || node.compare != Compare::is || node.group >= 0) return std::nullopt;
  const Fact& fact = program_.facts[static_cast<std::size_t>(node.fact)];
  if (fact.source != Fact::Source::slot || fact.type == AttributeType::count) return std::nullopt;
  const bool two = fact.type == AttributeType::yes_no || fact.type == AttributeType::present;
  const std::uint64_t all = two ? 3 : vocabulary_.enumerations[static_cast<std::size_t>(fact.enumeration)].all();
  return SlotTest{fact.slot, (node.mask & all) == all, node.mask};
}

/// Takes the tests out of a selector's `where`; a condition with a table stays whole.
void Compiler::split_where(Picked& picked) {
  picked.rest = picked.where;
  if (picked.where < 0) return;
  const Node whole = program_.nodes[static_cast<std::size_t>(picked.where)];
  if (whole.table >= 0) return;
  if (const auto test = slot_test(whole)) {
    picked.tests.push_back(*test);
    picked.rest = none;
    return;
  }
  if (whole.op != Condition::Op::all) return;
  std::vector<Index> left;
  picked.tests.reserve(static_cast<std::size_t>(whole.count));
  for (Index i = 0; i < whole.count; ++i) {
    const Index part = program_.parts[static_cast<std::size_t>(whole.first + i)];
    if (const auto test = slot_test(program_.nodes[static_cast<std::size_t>(part)]))
      picked.tests.push_back(*test);
    else
      left.push_back(part);
  }
  if (picked.tests.empty()) return;
  picked.rest = left.empty() ? none : left.front();
  if (left.size() < 2) return;
  Node rest;
  rest.op = Condition::Op::all;
  rest.first = static_cast<Index>(program_.parts.size());
  rest.count = static_cast<Index>(left.size());
  program_.parts.insert(program_.parts.end(), left.begin(), left.end());
  picked.rest = static_cast<Index>(program_.nodes.size());
  program_.nodes.push_back(rest);
}

Index Compiler::selector(const Selector& text, Where where) {
  const int event = vocabulary_.event(text.event);
  if (event < 0) {
    const auto near = nearest(text.event, vocabulary_.event_names.words());
    fail("unknown event " + quoted(text.event) + (near.empty() ? "" : "; did you mean " + std::string(near) + "?"),
         text.place);
    return none;
  }
  Picked picked;
  picked.event = static_cast<EventId>(event);
  picked.pick = text.pick;
  const Where inner{event, where.event};
  picked.where = compile_root(text.where, inner);
  if (!error) split_where(picked);
  if (!text.attribute.empty()) {
    picked.read = fact(text.attribute, text.place, inner);
    if (picked.read >= 0) {
      const auto type = program_.facts[static_cast<std::size_t>(picked.read)].type;
      if (type != AttributeType::date && type != AttributeType::datetime)
        fail("'" + text.attribute + "' is no date", text.place);
    }
  }
  for (const auto& [position, limit] : text.positions) {
    const Index at = date(limit, where);
    if (at >= 0) {
      picked.uses_from |= program_.dates[static_cast<std::size_t>(at)].uses_from;
      picked.uses_until |= program_.dates[static_cast<std::size_t>(at)].uses_until;
    }
    picked.positions.push_back({position, at});
  }
  // A date in `where` may name `from` too.
  for (const Index leaf : leaves_of(picked.where)) {
    const Index at = program_.nodes[static_cast<std::size_t>(leaf)].date;
    if (at < 0) continue;
    picked.uses_from |= program_.dates[static_cast<std::size_t>(at)].uses_from;
    picked.uses_until |= program_.dates[static_cast<std::size_t>(at)].uses_until;
  }
  for (const auto& [name, other] : text.same) {
    const auto mine = resolve(name, inner);
    const auto theirs = where.event < 0 ? std::nullopt : resolve(other, where);
    if (!mine || !theirs) {
      fail("'same' needs '" + (!mine ? name : other) + "' on its row", text.place);
      return none;
    }
    if (mine->type != theirs->type || mine->enumeration != theirs->enumeration)
      fail(std::string("'same' compares ").append(quoted(name)).append(" with ").append(quoted(other)) +
               ", which are not of one type",
           text.place);
    picked.same.push_back(fact(name, text.place, inner));
    picked.same.push_back(fact(other, text.place, where));
  }
  program_.reads_attendance = program_.reads_attendance || picked.event == program_.known.attendance_recorded;
  picked.quick = picked.where < 0 && picked.positions.empty() && picked.same.empty();
  picked.tests_only = picked.rest < 0 && picked.positions.empty() && picked.same.empty();
  const Index scope_index = program_.rules[static_cast<std::size_t>(current_)].scope;
  if (scope_index >= 0) program_.scope_sets[static_cast<std::size_t>(scope_index)].events.set(picked.event);
  program_.selectors.push_back(std::move(picked));
  return static_cast<Index>(program_.selectors.size() - 1);
}

Index Compiler::date(const DateText& text, Where where) {
  DateRef ref;
  ref.source = text.source;
  ref.offset = text.offset;
  switch (text.source) {
    case DateText::Source::selector: {
      ref.selector = selector(text.selector.front(), where);
      if (ref.selector < 0) return none;
      ref.uses_from = program_.selectors[static_cast<std::size_t>(ref.selector)].uses_from;
      ref.uses_until = program_.selectors[static_cast<std::size_t>(ref.selector)].uses_until;
      break;
    }
    case DateText::Source::fact: {
      ref.fact = fact(text.fact, text.place, where);
      if (ref.fact >= 0) {
        const auto type = program_.facts[static_cast<std::size_t>(ref.fact)].type;
        if (type != AttributeType::date && type != AttributeType::datetime)
          fail("'" + text.fact + "' is no date", text.place);
      }
      break;
    }
    case DateText::Source::from:
      ref.uses_from = true;
      break;
    case DateText::Source::until:
      ref.uses_until = true;
      break;
    case DateText::Source::date: {
      ref.inner = date(text.inner.front(), where);
      if (ref.inner < 0) return none;
      ref.uses_from = program_.dates[static_cast<std::size_t>(ref.inner)].uses_from;
      ref.uses_until = program_.dates[static_cast<std::size_t>(ref.inner)].uses_until;
      break;
    }
  }
  program_.dates.push_back(ref);
  return static_cast<Index>(program_.dates.size() - 1);
}

Index Compiler::scope(const RuleText& text) {
  ScopeSet set = 0;
  for (const auto& word : text.per) {
    if (word == "case") continue;
    if (word == "child")
      set |= child_bit;
    else if (const int kind = vocabulary_.kind(word); kind >= 0)
      set |= kind_bit(kind);
    else
      fail("nothing is judged per " + quoted(word), text.place);
  }
  for (std::size_t i = 0; i < program_.scope_sets.size(); ++i)
    if (program_.scope_sets[i].set == set) return static_cast<Index>(i);
  ScopeType type;
  type.set = set;
  program_.scope_sets.push_back(type);
  return static_cast<Index>(program_.scope_sets.size() - 1);
}

/// The rule, or what a layer leaves of it: it applies only where none of the layer's conditions holds.
const RuleText& Compiler::as_left(const LayeredRule& layered) {
  if (layered.except.empty()) return *layered.rule;
  auto text = std::make_unique<RuleText>(*layered.rule);
  Condition all;
  for (const auto& when : text->when) all.parts.push_back(when);
  for (const Condition* except : layered.except) {
    Condition elsewhere;
    elsewhere.op = Condition::Op::negate;
    elsewhere.place = except->place;
    elsewhere.parts.push_back(*except);
    all.parts.push_back(std::move(elsewhere));
  }
  text->when.emplace(std::move(all));
  program_.split.push_back(std::move(text));
  return *program_.split.back();
}

void Compiler::add_rule(const LayeredRule& layered) {
  const RuleText& text = as_left(layered);
  if (text.type == RuleText::Type::definition) return;
  rule_ = &text;
  Rule rule;
  rule.type = text.type;
  rule.text = &text;
  rule.rulebook = static_cast<Index>(layered.rulebook);
  const Rulebook& book = *program_.rulebooks[static_cast<std::size_t>(layered.rulebook)];
  rule.name = book.name + "/" + text.id;
  rule.duty = vocabulary_.duty(text.duty);
  rule.in_force_from = std::max(layered.from, text.in_force_from);
  rule.in_force_to = std::min(layered.to, text.in_force_to);
  rule.severity = text.severity;
  rule.unverified = !text.checked;
  rule.scope = scope(text);
  for (const auto& source : book.sources)
    for (const auto& clause : text.cites)
      if (clause.rfind(source.id, 0) == 0 && source.checked.empty()) rule.unverified = true;
  program_.rules.push_back(std::move(rule));
}

void Compiler::add_rules(const std::vector<LayeredRule>& layered) {
  std::size_t conditions = 0;
  for (const auto& book : program_.rulebooks) conditions += book->condition_count;
  program_.nodes.reserve(conditions + conditions / 8);  // some are compiled to more than one node
  program_.rules.reserve(layered.size());
  for (const auto& one : layered) add_rule(one);
  for (std::size_t i = 0; i < program_.rules.size(); ++i)
    rules_by_id_[program_.rules[i].text->id].push_back(static_cast<Index>(i));
  for (std::size_t i = 0; i < program_.rules.size() && !error; ++i) {
    current_ = static_cast<Index>(i);
    rule_ = program_.rules[i].text;
    compile_rule(program_.rules[i]);
  }
  for (auto& type : program_.scope_sets) {
    type.local.fill(-1);
    for (std::size_t e = 0; e < vocabulary_.events.size(); ++e)
      if (type.events[e]) type.local[e] = type.event_count++;
  }
}

void Compiler::compile_rule(Rule& rule) {
  const RuleText& text = *rule.text;
  const int at_event = text.at.empty() ? -1 : vocabulary_.event(text.at.front().event);
  switch (text.type) {
    case RuleText::Type::timescale:
      rule.when = compile_root(text.when, {});
      compile_timescale(rule);
      break;
    case RuleText::Type::process:
      rule.when = compile_root(text.when, {});
      compile_process(rule);
      break;
    case RuleText::Type::threshold:
      rule.at = selector(text.at.front(), {});
      compile_tree(rule);
      break;
    case RuleText::Type::requirement:
    case RuleText::Type::quorum: {
      rule.at = selector(text.at.front(), {});
      const Where judged{at_event, -1};
      rule.when = compile_root(text.when, judged);
      rule.expect = compile_root(text.expect, judged);
      rule.core = compile_root(text.core, judged);
      rule.others = compile_root(text.others, judged);
      rule.may_proceed = compile_root(text.may_proceed, judged);
      break;
    }
    case RuleText::Type::definition:
      break;
  }
}

void Compiler::compile_timescale(Rule& rule) {
  const RuleText& text = *rule.text;
  rule.from = date(*text.from, {});
  rule.until = selector(text.until.front(), {});
  for (const auto& limit : text.limits) {
    LimitRef ref;
    ref.from = limit.from ? date(*limit.from, {}) : none;
    ref.period = limit.period;
    ref.ahead = limit.ahead;
    ref.when = compile_root(limit.when, {});
    rule.limits.push_back(ref);
  }
  rule.during = compile_root(text.during, {});
  if (!text.authorised_by.empty()) rule.authorised_by = selector(text.authorised_by.front(), {});
  if (error) return;
  const DateRef& from = program_.dates[static_cast<std::size_t>(rule.from)];
  if (from.source == DateText::Source::fact) {
    const Fact& read = program_.facts[static_cast<std::size_t>(from.fact)];
    rule.about_conference = read.source == Fact::Source::instance_fact && read.derived == Derived::conference_date;
  }
  const Picked& until = program_.selectors[static_cast<std::size_t>(rule.until)];
  if (from.uses_until && until.uses_from) fail("'from' and 'until' each wait for the other", text.place);
}

void Compiler::compile_process(Rule& rule) {
  const RuleText& text = *rule.text;
  const auto state = [&](const std::string& name) {
    return static_cast<std::int16_t>(std::find(text.states.begin(), text.states.end(), name) - text.states.begin());
  };
  rule.initial = state(text.initial);
  const std::size_t first_node = program_.nodes.size();
  for (const auto& name : text.final_states) rule.final_states |= std::uint64_t{1} << state(name);
  for (std::size_t i = 0; i < text.transitions.size() && !error; ++i) {
    const auto& from = text.transitions[i];
    Transition transition;
    transition.id = from.id;
    transition.text = static_cast<Index>(i);
    for (const auto& name : from.from) transition.from |= std::uint64_t{1} << state(name);
    const Index on = selector(from.on, {});
    if (on < 0) return;
    transition.event = program_.selectors[static_cast<std::size_t>(on)].event;
    transition.on = on;
    transition.where = program_.selectors[static_cast<std::size_t>(on)].where;
    transition.guard = compile_root(from.guard, {transition.event, -1});
    transition.to = from.to == "same" ? std::int16_t{-1} : state(from.to);
    transition.irregular = from.irregular;
    rule.events.set(transition.event);
    rule.transitions.push_back(std::move(transition));
  }
  rule.reads_others =
      std::any_of(program_.nodes.begin() + static_cast<std::ptrdiff_t>(first_node), program_.nodes.end(),
                  [](const Node& node) { return node.op == Condition::Op::state || node.op == Condition::Op::status; });
}

void Compiler::compile_tree(Rule& rule) {
  const RuleText& text = *rule.text;
  if (rule.at < 0) return;
  const Where judged{static_cast<int>(program_.selectors[static_cast<std::size_t>(rule.at)].event), -1};
  const auto place = [&](const std::string& name) -> std::int16_t {
    for (std::size_t i = 0; i < text.nodes.size(); ++i)
      if (text.nodes[i].node == name) return static_cast<std::int16_t>(i);
    return name == "met" ? std::int16_t{-1} : name == "not_met" ? std::int16_t{-2} : std::int16_t{-3};
  };
  rule.root = place(text.root);
  for (const auto& node : text.nodes) {
    TreeNode compiled;
    compiled.question = condition(node.question, judged);
    compiled.yes = place(node.yes);
    compiled.no = place(node.no);
    rule.nodes.push_back(compiled);
  }
}

void Compiler::order_rules() {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph graph(program_.rules.size());
  for (const auto& [reader, read] : reads_)
    boost::add_edge(static_cast<std::size_t>(reader), static_cast<std::size_t>(read), graph);
  std::vector<std::size_t> sorted;
  try {
    boost::topological_sort(graph, std::back_inserter(sorted));
  } catch (const boost::not_a_dag&) {
    rule_ = nullptr;
    std::string names;
    for (const auto& [reader, read] : reads_)
      names += (names.empty() ? "" : ", ") + program_.rules[static_cast<std::size_t>(reader)].name;
    return fail("rules read each other's status in a circle, among: " + names, "");
  }
  for (const std::size_t rule : sorted) {
    if (program_.rules[rule].type == RuleText::Type::process)
      program_.processes.push_back(static_cast<Index>(rule));
    else
      program_.order.push_back(static_cast<Index>(rule));
  }
  std::sort(program_.processes.begin(), program_.processes.end());
}

void Compiler::list_movers() {
  for (const Index process : program_.processes) {
    const auto& transitions = program_.rules[static_cast<std::size_t>(process)].transitions;
    for (std::size_t i = 0; i < transitions.size(); ++i) {
      auto& movers = program_.movers[transitions[i].event];
      if (movers.empty() || movers.back().process != process) movers.push_back({process, {}});
      movers.back().transitions.push_back(static_cast<std::int16_t>(i));
    }
  }
}

void Compiler::find_silent_duties() {
  std::vector<bool> spoken(vocabulary_.duties.size(), false);
  for (const auto& book : program_.rulebooks)
    for (const auto& rule : book->rules)
      if (const int duty = vocabulary_.duty(rule.duty); duty >= 0) spoken[static_cast<std::size_t>(duty)] = true;
  for (std::size_t i = 0; i < spoken.size(); ++i)
    if (!spoken[i]) program_.not_covered.push_back(vocabulary_.duties[i]);
}

}  // namespace

Result<std::shared_ptr<const Program>> compile(std::vector<Rulebook> rulebooks, const Calendar& calendar,
                                               const Vocabulary& vocabulary) {
  auto program = std::make_shared<Program>();
  program->vocabulary = &vocabulary;
  program->calendar = calendar;
  auto known = known_words(vocabulary);
  if (!known) return known.error();
  program->known = std::move(*known);
  for (auto& book : rulebooks) program->rulebooks.push_back(std::make_unique<const Rulebook>(std::move(book)));
  auto layered = layer(program->rulebooks);
  if (!layered) return layered.error();
  Compiler compiler(*program, vocabulary);
  compiler.add_rules(*layered);
  if (!compiler.error) compiler.order_rules();
  if (compiler.error) return *compiler.error;
  compiler.list_movers();
  compiler.find_silent_duties();
  number_alike(*program);
  return std::shared_ptr<const Program>(std::move(program));
}

}  // namespace cpc
