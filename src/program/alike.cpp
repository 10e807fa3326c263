#include "program/alike.h"

#include <unordered_map>

namespace cpc {
namespace {

using Key = std::vector<std::int64_t>;

struct KeyHash {
  std::size_t operator()(const Key& key) const {
    std::uint64_t hash = 0;
    for (const std::int64_t word : key) {
      hash = (hash ^ static_cast<std::uint64_t>(word)) * 0x9e3779b97f4a7c15U;
      hash ^= hash >> 29;
    }
    return hash;
  }
};

/// Gives equal numbers to what asks the same, wherever it is written.
class Numbering {
 public:
  explicit Numbering(const Program& program)
      : program_(program),
        nodes_(program.nodes.size(), none),
        selectors_(program.selectors.size(), none),
        dates_(program.dates.size(), none) {}

  Index of_node(Index at) {
    return number(at, nodes_, [&](Key& key) {
      const Node& node = program_.nodes[static_cast<std::size_t>(at)];
      for (const auto word : {static_cast<Index>(node.op), static_cast<Index>(node.compare), node.fact, node.other,
                              node.number, node.at_least, node.at_most, node.target, of_editions(node.editions),
                              of_date(node.date), of_selector(node.selector), of_node(node.expect)})
        key.push_back(word);
      key.push_back(static_cast<std::int64_t>(node.mask));
      for (Index i = 0; i < node.count; ++i)
        key.push_back(of_node(program_.parts[static_cast<std::size_t>(node.first + i)]));
    });
  }

  Index of_selector(Index at) {
    return number(at, selectors_, [&](Key& key) {
      const Picked& picked = program_.selectors[static_cast<std::size_t>(at)];
      for (const auto word : {Index{-2}, static_cast<Index>(picked.event), static_cast<Index>(picked.pick), picked.read,
                              of_node(picked.where)})
        key.push_back(word);
      for (const auto& position : picked.positions) {
        key.push_back(static_cast<Index>(position.position));
        key.push_back(of_date(position.date));
      }
      key.push_back(-1);
      key.insert(key.end(), picked.same.begin(), picked.same.end());
    });
  }

 private:
  Index of_date(Index at) {
    return number(at, dates_, [&](Key& key) {
      const DateRef& date = program_.dates[static_cast<std::size_t>(at)];
      for (const auto word :
           {Index{-3}, static_cast<Index>(date.source), of_selector(date.selector), date.fact, of_date(date.inner)})
        key.push_back(word);
      if (!date.offset) return;
      for (const auto word :
           {date.offset->count, static_cast<Index>(date.offset->unit), static_cast<Index>(date.offset->counting)})
        key.push_back(word);
    });
  }

  /// Lists of editions are not compared: each stands for itself.
  static Index of_editions(Index at) { return at; }

  template <class Describe>
  Index number(Index at, std::vector<Index>& numbers, Describe describe) {
    if (at < 0) return none;
    if (numbers[static_cast<std::size_t>(at)] >= 0) return numbers[static_cast<std::size_t>(at)];
    Key key;
    key.reserve(24);
    describe(key);
    const auto given = static_cast<Index>(known_.size());
    return numbers[static_cast<std::size_t>(at)] = known_.emplace(std::move(key), given).first->second;
  }

  const Program& program_;
  std::vector<Index> nodes_;
  std::vector<Index> selectors_;
  std::vector<Index> dates_;
  std::unordered_map<Key, Index, KeyHash> known_;
};

/// Finds where rules ask alike. What lies in a condition that is shared itself is asked no oftener for that.
class Finder {
 public:
  explicit Finder(Program& program) : program_(program), numbering_(program) {}

  void run() {
    for (Rule& rule : program_.rules) {
      if (rule.type != RuleText::Type::requirement && rule.type != RuleText::Type::quorum) continue;
      scope_ = rule.scope;
      const Index given = static_cast<Index>(rows_.size());
      rule.rows = rows_.emplace(place(numbering_.of_selector(rule.at)), given).first->second;
      visit_selector(rule.at);
      for (const Index root : {rule.when, rule.expect, rule.core, rule.others}) visit(root, true);
    }
    program_.row_lists = static_cast<Index>(rows_.size());
  }

 private:
  struct Asked {
    Index node;
    bool again = false;
  };

  [[nodiscard]] std::int64_t place(Index number) const {
    return (static_cast<std::int64_t>(number) << 16) | static_cast<std::int64_t>(scope_);
  }

  /// Conditions alone and what looks for rows are worth remembering; a look at one attribute is not.
  void visit(Index at, bool whole) {
    if (at < 0) return;
    using Op = Condition::Op;
    Node& node = program_.nodes[static_cast<std::size_t>(at)];
    const bool looks = node.op == Op::occurs || node.op == Op::of || node.op == Op::every || node.op == Op::count;
    const bool joins = node.op == Op::all || node.op == Op::any || node.op == Op::negate;
    if (looks || (whole && joins)) {
      const auto [known, fresh] = asked_.emplace(place(numbering_.of_node(at)), Asked{at});
      if (!fresh) {
        Node& first = program_.nodes[static_cast<std::size_t>(known->second.node)];
        if (first.alike < 0) first.alike = program_.alike_count++;
        node.alike = first.alike;
        return;
      }
    }
    for (Index i = 0; i < node.count; ++i) visit(program_.parts[static_cast<std::size_t>(node.first + i)], false);
    visit(node.expect, true);
    visit_selector(node.selector);
    visit_date(node.date);
  }

  void visit_selector(Index at) {
    if (at < 0) return;
    const Picked& picked = program_.selectors[static_cast<std::size_t>(at)];
    visit(picked.rest, true);
    for (const auto& position : picked.positions) visit_date(position.date);
  }

  void visit_date(Index at) {
    if (at < 0) return;
    visit_selector(program_.dates[static_cast<std::size_t>(at)].selector);
    visit_date(program_.dates[static_cast<std::size_t>(at)].inner);
  }

  Program& program_;
  Numbering numbering_;
  Index scope_ = none;
  std::unordered_map<std::int64_t, Index> rows_;
  std::unordered_map<std::int64_t, Asked> asked_;
};

}  // namespace

void number_alike(Program& program) { Finder(program).run(); }

}  // namespace cpc
