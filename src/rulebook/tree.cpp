#include "rulebook/tree.h"

#include <algorithm>
#include <bit>
#include <set>

#include "rulebook/formula.h"

namespace cpc {
namespace {

constexpr int most_ways = 200000;
constexpr std::size_t most_questions = 12;

const NodeText* node_of(const RuleText& tree, const std::string& name) {
  const auto at =
      std::find_if(tree.nodes.begin(), tree.nodes.end(), [&](const NodeText& node) { return node.node == name; });
  return at == tree.nodes.end() ? nullptr : &*at;
}

/// Follows two trees at once, under the same answers but for one question that each may answer in its own way.
class TwoTrees {
 public:
  struct Side {
    const RuleText* tree = nullptr;
    std::optional<std::size_t> choice;  ///< How this side alone answers `apart_`.
  };

  TwoTrees(const RuleText& here, const RuleText& there, const Domains& domains) : questions_(domains) {
    sides_[0].tree = &here;
    sides_[1].tree = &there;
    for (const auto& side : sides_)
      for (const auto& node : side.tree->nodes) questions_.collect(node.question);
    questions_.close();
  }

  /// Calls `visit(outcome here, outcome there)` for every way; stops when it gives true. False where it gave up.
  template <class Visit>
  bool follow(const Visit& visit) {
    steps_ = 0;
    stopped_ = false;
    branch(visit);
    return steps_ <= most_ways;
  }

  /// Whether some answers make the outcome turn on a question. Both sides are then one tree.
  [[nodiscard]] bool turns_on(const Condition& question) {
    apart_ = questions_.asked_by(question);
    bool turns = false;
    const auto choices = questions_.choices(*apart_);
    for (std::size_t i = 0; i < choices && !turns; ++i)
      for (std::size_t j = i + 1; j < choices && !turns; ++j) {
        sides_[0].choice = i;
        sides_[1].choice = j;
        const bool all = follow([&](const auto& here, const auto& there) { return turns = here != there; });
        turns = turns || !all;
      }
    apart_.reset();
    return turns;
  }

  [[nodiscard]] std::vector<Answer> answers() const { return questions_.answers(); }
  /// Whether some way so far has led to a node of this tree here.
  [[nodiscard]] bool reached(const NodeText& node) const { return reached_.count(&node) != 0; }

 private:
  /// The outcome of a side, or the question that it waits for.
  std::optional<std::string> outcome(const Side& side, std::size_t& waits_for) {
    const auto* name = &side.tree->root;
    while (const auto* node = node_of(*side.tree, *name)) {
      const auto question = questions_.asked_by(node->question);
      reached_.insert(node);
      const bool alone = apart_ == question;
      if (alone) questions_.answer(question, side.choice);
      const auto value = questions_.value(node->question);
      if (alone) questions_.answer(question, std::nullopt);
      if (value == Truth::unknown) {
        waits_for = question;
        return std::nullopt;
      }
      name = value == Truth::yes ? &node->yes : &node->no;
    }
    return *name;
  }

  template <class Visit>
  void branch(const Visit& visit) {
    if (stopped_ || ++steps_ > most_ways) return;
    std::size_t open = 0;
    const auto here = outcome(sides_[0], open);
    const auto there = here ? outcome(sides_[1], open) : std::nullopt;
    if (here && there) {
      stopped_ = visit(*here, *there);
      return;
    }
    for (std::size_t i = 0; i < questions_.choices(open) && !stopped_; ++i) {
      questions_.answer(open, i);
      branch(visit);
    }
    questions_.answer(open, std::nullopt);
  }

  Questions questions_;
  Side sides_[2];
  std::optional<std::size_t> apart_;
  std::set<const NodeText*> reached_;
  int steps_ = 0;
  bool stopped_ = false;
};

// ---- Formulas

/// What some leaves must be for a product of them to hold: a bit a leaf.
struct Product {
  std::uint32_t care = 0;
  std::uint32_t yes = 0;
  bool operator==(const Product&) const = default;
  [[nodiscard]] bool covers(std::uint32_t assignment) const { return (assignment & care) == yes; }
};

using Assignments = std::vector<bool>;  ///< By assignment of the leaves: whether it is in the set.

/// Whether no assignment that a product covers is among the forbidden ones.
bool keeps_off(const Product& product, const Assignments& forbidden) {
  for (std::uint32_t a = 0; a < forbidden.size(); ++a)
    if (forbidden[a] && product.covers(a)) return false;
  return true;
}

/// Products that cover every wanted assignment and no forbidden one, each as short as it can be, the earlier leaves
/// kept. Not always the fewest: greedy.
std::vector<Product> cover(const Assignments& wanted, const Assignments& forbidden, std::size_t leaves) {
  std::vector<Product> out;
  for (std::uint32_t a = 0; a < wanted.size(); ++a) {
    // From the assignment in which most holds downwards: its products read best.
    const auto start = static_cast<std::uint32_t>(wanted.size() - 1 - a);
    const auto known = [&](const Product& one) { return one.covers(start); };
    if (!wanted[start] || std::any_of(out.begin(), out.end(), known)) continue;
    Product product{static_cast<std::uint32_t>(wanted.size() - 1), start};
    for (std::size_t leaf = leaves; leaf-- > 0;) {
      const auto bit = std::uint32_t{1} << leaf;
      const Product shorter{product.care & ~bit, product.yes & ~bit};
      if (keeps_off(shorter, forbidden)) product = shorter;
    }
    out.push_back(product);
  }
  // A product that the others make needless.
  for (std::size_t i = out.size(); i-- > 0;) {
    const auto needed = [&](std::uint32_t a) {
      if (!wanted[a] || !out[i].covers(a)) return false;
      for (std::size_t j = 0; j < out.size(); ++j)
        if (j != i && out[j].covers(a)) return false;
      return true;
    };
    bool any = false;
    for (std::uint32_t a = 0; a < wanted.size() && !any; ++a) any = needed(a);
    if (!any) out.erase(out.begin() + static_cast<std::ptrdiff_t>(i));
  }
  std::sort(out.begin(), out.end(), [](const Product& a, const Product& b) {
    const auto first = [](const Product& one) { return std::countr_zero(one.care); };
    return std::pair(first(a), a.care) < std::pair(first(b), b.care);
  });
  return out;
}

int size_of(const std::vector<Product>& products) {
  int out = 0;
  for (const auto& one : products) out += std::popcount(one.care);
  return out;
}

/// `opposite`: the products are those of the opposite, and the text says where none of them holds.
std::string text_of(const std::vector<Product>& products, const std::vector<const Condition*>& leaves, bool opposite) {
  std::string out;
  for (const auto& product : products) {
    std::string inner;
    for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf) {
      if ((product.care >> leaf & 1) == 0) continue;
      const bool yes = ((product.yes >> leaf & 1) != 0) != opposite;
      inner.append(inner.empty() ? "" : opposite ? " or " : " and ");
      const auto text = formula(*leaves[leaf]);
      inner += yes ? text : negated(text);
    }
    const bool brackets = std::popcount(product.care) > 1 && products.size() > 1;
    out.append(out.empty() ? "" : opposite ? " and " : " or ");
    out.append(brackets ? "(" : "").append(inner).append(brackets ? ")" : "");
  }
  return out;
}

/// The different leaves of a tree, and which of its assignments end in an outcome.
struct LeafTable {
  std::vector<const Condition*> leaves;
  std::vector<std::size_t> leaf_of;  ///< Of each node.
  Assignments ends;
  Assignments ends_otherwise;

  LeafTable(const RuleText& tree, const std::string& outcome);

 private:
  /// Two words of one fact cannot both be its value.
  [[nodiscard]] bool possible(std::uint32_t assignment) const;
};

LeafTable::LeafTable(const RuleText& tree, const std::string& outcome) {
  std::vector<std::string> keys;
  for (const auto& node : tree.nodes) {
    const auto key = written(node.question);
    const auto at = std::find(keys.begin(), keys.end(), key);
    leaf_of.push_back(static_cast<std::size_t>(at - keys.begin()));
    if (at != keys.end()) continue;
    keys.push_back(key);
    leaves.push_back(&node.question);
  }
  if (leaves.size() > most_questions) return;
  const auto all = std::uint32_t{1} << leaves.size();
  ends.resize(all);
  ends_otherwise.resize(all);
  for (std::uint32_t a = 0; a < all; ++a) {
    if (!possible(a)) continue;
    const auto* name = &tree.root;
    while (const auto* node = node_of(tree, *name)) {
      const auto leaf = leaf_of[static_cast<std::size_t>(node - tree.nodes.data())];
      name = (a >> leaf & 1) != 0 ? &node->yes : &node->no;
    }
    (*name == outcome ? ends : ends_otherwise)[a] = true;
  }
}

bool LeafTable::possible(std::uint32_t assignment) const {
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (leaves[i]->op != Condition::Op::fact || leaves[i]->compare != Compare::is) continue;
    for (std::size_t j = 0; j < i; ++j)
      if (leaves[j]->fact == leaves[i]->fact && leaves[j]->op == leaves[i]->op && leaves[j]->compare == Compare::is &&
          (assignment >> i & 1) != 0 && (assignment >> j & 1) != 0 && !can_hold({{leaves[i], true}, {leaves[j], true}}))
        return false;
  }
  return true;
}

}  // namespace

TreeComparison compare_trees(const RuleText& here, const RuleText& there, const Domains& domains) {
  TreeComparison out;
  TwoTrees both(here, there, domains);
  const bool all = both.follow([&](const std::string& a, const std::string& b) {
    if (a == b) return false;
    auto& kind = a == "met" ? out.met_here_alone : b == "met" ? out.met_there_alone : out.other;
    if (!kind) kind = TreeDifference{both.answers(), a, b};
    return false;
  });
  out.too_many = !all;
  return out;
}

std::vector<const NodeText*> idle_questions(const RuleText& tree, const Domains& domains) {
  std::vector<const NodeText*> out;
  TwoTrees same(tree, tree, domains);
  std::set<std::string> outcomes, seen;
  const bool all = same.follow([&](const std::string& outcome, const std::string&) {
    outcomes.insert(outcome);
    return false;
  });
  if (!all || outcomes.size() < 2) return out;  // nothing turns on anything
  for (const auto& node : tree.nodes) {
    if (!same.reached(node) || !seen.insert(written(node.question)).second) continue;
    if (!same.turns_on(node.question)) out.push_back(&node);
  }
  return out;
}

std::optional<std::string> formula_of_outcome(const RuleText& tree, const std::string& outcome) {
  const LeafTable table(tree, outcome);
  if (table.leaves.size() > most_questions) return std::nullopt;
  const auto sums = cover(table.ends, table.ends_otherwise, table.leaves.size());
  const auto products = cover(table.ends_otherwise, table.ends, table.leaves.size());
  if (sums.empty()) return std::string();
  if (products.empty()) return std::string("always");
  const bool as_product = size_of(products) < size_of(sums);
  return text_of(as_product ? products : sums, table.leaves, as_product);
}

}  // namespace cpc
