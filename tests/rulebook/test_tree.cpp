#include "rulebook/tree.h"

#include <random>

#include "rulebook/formula.h"
#include "support/catch.h"

using namespace cpc;

namespace {

Condition asks(const std::string& fact, const std::string& value = "true") {
  Condition out;
  out.op = Condition::Op::fact;
  out.fact = fact;
  out.values = {value};
  return out;
}

NodeText node(std::string name, Condition question, std::string yes, std::string no) {
  NodeText out;
  out.node = std::move(name);
  out.question = std::move(question);
  out.yes = std::move(yes);
  out.no = std::move(no);
  return out;
}

RuleText tree(std::vector<NodeText> nodes) {
  RuleText out;
  out.type = RuleText::Type::threshold;
  out.root = nodes.front().node;
  out.nodes = std::move(nodes);
  return out;
}

/// A tree of yes/no questions that may ask the same fact again, drawn at random.
RuleText random_tree(std::mt19937& random) {
  constexpr int most = 7;
  std::vector<NodeText> nodes;
  for (int i = 0; i < most; ++i) {
    const auto next = [&] {
      const int choice = static_cast<int>(random() % 4);
      if (choice == 0 || i + 1 == most) return std::string(random() % 2 == 0 ? "met" : "not_met");
      return "n" + std::to_string(i + 1 + static_cast<int>(random() % static_cast<unsigned>(most - i - 1)));
    };
    nodes.push_back(node("n" + std::to_string(i), asks("f" + std::to_string(random() % 5)), next(), next()));
  }
  return tree(std::move(nodes));
}

/// The outcome by walking the tree, an answer a bit.
std::string outcome(const RuleText& tree, unsigned answers) {
  auto name = tree.root;
  while (name[0] == 'n' && name != "not_met") {
    const auto& at = tree.nodes[static_cast<std::size_t>(name[1] - '0')];
    name = (answers >> (at.question.fact[1] - '0') & 1U) != 0 ? at.yes : at.no;
  }
  return name;
}

/// Whether a formula of the form that trees give holds: alternatives or joint parts, each a list in brackets.
bool holds(const std::string& formula, unsigned answers) {
  if (formula == "always") return true;
  if (formula.empty()) return false;
  const auto split = [](const std::string& text, const std::string& by) {
    std::vector<std::string> out;
    int depth = 0;
    std::string part;
    for (std::size_t i = 0; i < text.size(); ++i) {
      depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
      if (depth == 0 && text.compare(i, by.size(), by) == 0) {
        out.push_back(part);
        part.clear();
        i += by.size() - 1;
      } else {
        part += text[i];
      }
    }
    out.push_back(part);
    return out;
  };
  const auto bare = [](const std::string& text) {
    return text.front() == '(' ? text.substr(1, text.size() - 2) : text;
  };
  const auto any = split(formula, " or ");
  if (any.size() > 1)
    return std::any_of(any.begin(), any.end(), [&](const auto& part) { return holds(bare(part), answers); });
  const auto all = split(formula, " and ");
  if (all.size() > 1)
    return std::all_of(all.begin(), all.end(), [&](const auto& part) { return holds(bare(part), answers); });
  if (formula.starts_with("not ")) return !holds(formula.substr(4), answers);
  return (answers >> (formula[1] - '0') & 1U) != 0;
}

}  // namespace

TEST_CASE("a tree's formula holds where the tree ends in the outcome, and nowhere else", "[rulebook]") {
  std::mt19937 random(20261122);
  for (int i = 0; i < 400; ++i) {
    const auto drawn = random_tree(random);
    const auto formula = formula_of_outcome(drawn, "met");
    REQUIRE(formula);
    INFO(*formula);
    for (unsigned answers = 0; answers < 32; ++answers)
      REQUIRE(holds(*formula, answers) == (outcome(drawn, answers) == "met"));
  }
}

TEST_CASE("two trees differ where some answers end differently, and the answers shown do", "[rulebook]") {
  std::mt19937 random(20261123);
  int differing = 0;
  for (int i = 0; i < 400; ++i) {
    const auto a = random_tree(random), b = random_tree(random);
    bool here = false, there = false;
    for (unsigned answers = 0; answers < 32; ++answers) {
      const bool met_a = outcome(a, answers) == "met", met_b = outcome(b, answers) == "met";
      here = here || (met_a && !met_b);
      there = there || (met_b && !met_a);
    }
    const auto found = compare_trees(a, b);
    REQUIRE_FALSE(found.too_many);
    REQUIRE(found.met_here_alone.has_value() == here);
    REQUIRE(found.met_there_alone.has_value() == there);
    for (const auto* shown : {&found.met_here_alone, &found.met_there_alone}) {
      if (!*shown) continue;
      ++differing;
      unsigned answers = 0;
      for (const auto& answer : (*shown)->answers)
        if (answer.value == "true") answers |= 1U << (answer.leaf->fact[1] - '0');
      REQUIRE(outcome(a, answers) == (*shown)->here);
      REQUIRE(outcome(b, answers) == (*shown)->there);
    }
  }
  CHECK(differing > 100);
}

TEST_CASE("a question is idle where no two answers to it end differently", "[rulebook]") {
  std::mt19937 random(20261124);
  int idle = 0;
  for (int i = 0; i < 400; ++i) {
    const auto drawn = random_tree(random);
    for (const auto* node : idle_questions(drawn)) {
      ++idle;
      const auto bit = 1U << (node->question.fact[1] - '0');
      for (unsigned answers = 0; answers < 32; ++answers)
        REQUIRE(outcome(drawn, answers) == outcome(drawn, answers ^ bit));
    }
  }
  CHECK(idle > 20);
}

TEST_CASE("the formula of a test is the shorter of its forms", "[rulebook]") {
  const auto sums = tree({node("suffered", asks("has_suffered"), "further", "likely"),
                          node("further", asks("further_harm_likely"), "met", "likely"),
                          node("likely", asks("likely_to_suffer"), "met", "not_met")});
  CHECK(formula_of_outcome(sums, "met") == "(has_suffered and further_harm_likely) or likely_to_suffer");
  const auto products =
      tree({node("a", asks("impact_evidenced"), "c", "b"), node("b", asks("impact_likely"), "c", "not_met"),
            node("c", asks("likelihood_basis", "likely"), "met", "not_met")});
  CHECK(formula_of_outcome(products, "met") == "(impact_evidenced or impact_likely) and likelihood_basis is likely");
  CHECK(formula_of_outcome(products, "not_met") ==
        "(not impact_evidenced and not impact_likely) or not (likelihood_basis is likely)");
  CHECK(formula_of_outcome(products, "restate") == "");
}

TEST_CASE("a test with more than twelve questions has no formula", "[rulebook]") {
  std::vector<NodeText> nodes;
  for (int i = 0; i < 13; ++i)
    nodes.push_back(node("q" + std::to_string(i), asks("f" + std::to_string(i)), "met",
                         i < 12 ? "q" + std::to_string(i + 1) : "not_met"));
  CHECK_FALSE(formula_of_outcome(tree(nodes), "met"));
}
