// Threshold trees that no text has: shared nodes, questions that stand several times on a way, and words that several
// nodes ask for. What they come to and what would settle it, against every way of filling in what is not answered.
#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <set>

#include "assessment/support.h"

using namespace cpc;
using namespace cpc::test;

namespace {

const std::vector<std::string> yes_no_facts = {
    "impact_evidenced",      "impact_likely",      "significant_harm",    "parental_care",    "collusion_or_failure",
    "harm_will_continue",    "has_suffered",       "further_harm_likely", "likely_to_suffer", "continuing_risk",
    "risk_reduced",          "situation_improved", "plan_view",           "threshold_view",   "parental_behaviour_only",
    "reasonable_parent_care"};
const std::vector<std::string> outcome_names = {"met", "not_met", "restate"};

/// A node asks whether a fact is one of some words, a checklist whether it has one; -1, -2, -3 are the outcomes.
struct TestNode {
  std::string fact;
  std::vector<std::string> words;
  int yes = -1;
  int no = -2;
};
using Answers = std::map<std::string, std::string>;  ///< A fact without one is not answered.

std::shared_ptr<const Program> program_of(const std::vector<TestNode>& nodes) {
  const auto to = [](int at) {
    return at < 0 ? outcome_names[static_cast<std::size_t>(-1 - at)] : "n" + std::to_string(at);
  };
  std::string text = R"({"cpconf":1,"rulebook":"small","edition":"1","title":"Small","nation":"england",
    "calendar":"england-and-wales","in_force":{"from":"2007-01-01"},
    "sources":[{"id":"SMALL","title":"Small","checked":"2026-11-22"}],
    "sections":[{"cpconf":1,"section":"1","title":"One","rules":[
      {"threshold":"harm","duty":"threshold","cites":["SMALL-1"],"modality":"must","per":["child"],
       "at":{"event":"threshold_assessed"},"root":"n0","nodes":[)";
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& node = nodes[i];
    text.append(i == 0 ? "" : ",").append(R"({"node":"n)").append(std::to_string(i)).append(R"(","fact":")");
    text.append(node.fact).append("\",");
    if (node.fact == "covered") {
      text.append("\"has\":\"").append(node.words.front()).append("\",");
    } else if (!node.words.empty()) {
      text += "\"in\":[";
      for (std::size_t w = 0; w < node.words.size(); ++w)
        text.append(w == 0 ? "\"" : ",\"").append(node.words[w]).append("\"");
      text += "],";
    }
    text.append(R"("yes":")").append(to(node.yes)).append(R"(","no":")").append(to(node.no));
    text += R"(","cites":["SMALL-1"]})";
  }
  text += R"(],"outcomes":{"met":["SMALL-1"],"not_met":["SMALL-1"],"restate":["SMALL-1"]}}]}]})";
  auto read = read_rulebook(text, embedded_vocabulary());
  if (!read) FAIL(read.error().text() << "\n" << text);
  std::vector<Rulebook> books;
  books.push_back(std::move(*read));
  return program(std::move(books));
}

std::string record_of(const Answers& answers) {
  std::string text = R"({"cpconf":1,"case":"t","children":[{"child":"ada"}],"events":[
    {"event":"threshold_assessed","at":"2026-06-01")";
  for (const auto& [fact, answer] : answers) {
    const bool plain = answer == "true" || answer == "false";
    text.append(",\"").append(fact).append("\":").append(plain ? answer : '"' + answer + '"');
  }
  return text + "}]}";
}

int outcome_of(const std::vector<TestNode>& nodes, const Answers& answers) {
  int at = 0;
  while (at >= 0) {
    const auto& node = nodes[static_cast<std::size_t>(at)];
    const auto& answer = answers.at(node.fact);
    const bool yes = node.words.empty() ? answer == "true"
                                        : std::find(node.words.begin(), node.words.end(), answer) != node.words.end();
    at = yes ? node.yes : node.no;
  }
  return at;
}

struct Expected {
  std::set<int> outcomes;
  std::set<std::string> needs;
};

/// Tries every way of filling in the facts that are not answered, one after the other.
void fill(const std::vector<TestNode>& nodes, const std::map<std::string, std::vector<std::string>>& choices,
          const Answers& given, Answers& filled, Expected& out) {
  const auto open =
      std::find_if(choices.begin(), choices.end(), [&](const auto& choice) { return filled.count(choice.first) == 0; });
  if (open != choices.end()) {
    for (const auto& answer : open->second) {
      filled[open->first] = answer;
      fill(nodes, choices, given, filled, out);
    }
    filled.erase(open->first);
    return;
  }
  const int outcome = outcome_of(nodes, filled);
  out.outcomes.insert(outcome);
  for (const auto& [fact, answers] : choices) {
    if (given.count(fact) != 0) continue;
    auto other = filled;
    for (const auto& answer : answers) {
      other[fact] = answer;
      if (outcome_of(nodes, other) != outcome) out.needs.insert(fact);
    }
  }
}

const ThresholdResult& only(const Assessed& judged) {
  REQUIRE(judged.result.thresholds.size() == 1);
  return judged.result.thresholds.front();
}

std::set<std::string> needs_of(const Assessed& judged) {
  std::set<std::string> out;
  for (const Index fact : only(judged).needs)
    out.insert(judged.result.program->facts[static_cast<std::size_t>(fact)].name);
  return out;
}

}  // namespace

TEST_CASE("a tree with shared nodes and repeated questions comes to what all ways of answering have in common",
          "[assessment]") {
  std::mt19937 random(20261126);
  const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
  const std::vector<std::string> words = {"real_substantial_risk", "probable", "possible", "none"};
  std::map<std::string, std::vector<std::string>> choices{{"likelihood_basis", words}};
  for (std::size_t i = 0; i < 5; ++i) choices[yes_no_facts[i]] = {"true", "false"};
  int undetermined = 0, settled_with_blanks = 0, idle_blanks = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<TestNode> nodes(4 + pick(9));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const std::size_t asked = pick(7);
      nodes[i].fact = asked < 5 ? yes_no_facts[asked] : "likelihood_basis";
      if (asked >= 5)
        for (const auto& word : words)
          if (pick(2) == 0 || (nodes[i].words.empty() && word == "possible")) nodes[i].words.push_back(word);
      if (nodes[i].words.size() == words.size()) nodes[i].words.pop_back();
      const auto next = [&] {
        const bool ends = i + 1 == nodes.size() || pick(4) == 0;
        return ends ? -1 - static_cast<int>(pick(3))
                    : static_cast<int>(i + 1 + pick(std::min(nodes.size() - i - 1, std::size_t{3})));
      };
      nodes[i].yes = next();
      nodes[i].no = next();
    }
    Answers given;
    for (const auto& [fact, answers] : choices)
      if (pick(3) == 0) given[fact] = answers[pick(answers.size())];
    Expected expected;
    auto filled = given;
    fill(nodes, choices, given, filled, expected);
    const auto judged = assessed(program_of(nodes), record_of(given), "2026-11-22", true);
    INFO("round " << round);
    const bool one = expected.outcomes.size() == 1;
    const int outcome = *expected.outcomes.begin();
    CHECK(only(judged).outcome == (one && outcome == -1   ? Outcome::met
                                   : one && outcome == -2 ? Outcome::not_met
                                                          : Outcome::undetermined));
    CHECK(only(judged).restate == (one && outcome == -3));
    CHECK(needs_of(judged) == expected.needs);
    undetermined += one ? 0 : 1;
    settled_with_blanks += one && given.size() < choices.size() ? 1 : 0;
    idle_blanks += !one && expected.needs.size() + given.size() < choices.size() ? 1 : 0;
  }
  CHECK(undetermined > 100);
  CHECK(settled_with_blanks > 50);
  CHECK(idle_blanks > 50);
}

TEST_CASE("a tree of shared nodes is followed node by node, and names all of many questions that matter",
          "[assessment]") {
  // Met from eight yes of sixteen on: node (i, j) asks question i after j yes, and is reached on many ways.
  const int count = static_cast<int>(yes_no_facts.size());
  std::vector<TestNode> nodes;
  const auto number = [&](int asked, int yes) { return asked * (asked + 1) / 2 + yes; };
  const auto after = [&](int asked, int yes) {
    return asked < count ? number(asked, yes) : yes >= count / 2 ? -1 : -2;
  };
  for (int asked = 0; asked < count; ++asked)
    for (int yes = 0; yes <= asked; ++yes)
      nodes.push_back(
          {yes_no_facts[static_cast<std::size_t>(asked)], {}, after(asked + 1, yes + 1), after(asked + 1, yes)});
  REQUIRE(nodes.size() == 136);
  const auto rules = program_of(nodes);
  const auto begin = std::chrono::steady_clock::now();
  const auto open = assessed(rules, record_of({}), "2026-11-22", true);
  CHECK(only(open).outcome == Outcome::undetermined);
  CHECK(needs_of(open).size() == static_cast<std::size_t>(count));
  Answers seven;
  for (std::size_t i = 3; i < 10; ++i) seven[yes_no_facts[i]] = "true";
  const auto nearly = assessed(rules, record_of(seven), "2026-11-22", true);
  CHECK(only(nearly).outcome == Outcome::undetermined);
  CHECK(needs_of(nearly).size() == static_cast<std::size_t>(count) - 7);
  seven[yes_no_facts[10]] = "true";
  const auto enough = assessed(rules, record_of(seven), "2026-11-22", true);
  CHECK(only(enough).outcome == Outcome::met);
  CHECK(needs_of(enough).empty());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
}

TEST_CASE("a tree whose questions fit no one order is left open rather than followed for ever", "[assessment]") {
  // Whether two lists of answers are alike, item by item; on a first yes the second list is turned by eight. In every
  // order of the questions one of the two needs a place for each way of answering many of them.
  const auto& words = embedded_vocabulary().enumerations;
  const auto& items = words[static_cast<std::size_t>(embedded_vocabulary().enumeration("threshold_item"))].values;
  const int pairs = 15;
  REQUIRE(items.size() >= static_cast<std::size_t>(pairs));
  std::vector<TestNode> nodes{{yes_no_facts[pairs], {}, 1, 1 + 3 * pairs}};
  for (const int turned : {0, 8})
    for (int i = 0; i < pairs; ++i) {
      const int first = 1 + (turned == 0 ? 0 : 3 * pairs) + 3 * i;
      const int after = i + 1 < pairs ? first + 3 : -1;
      const std::vector<std::string> item = {items[static_cast<std::size_t>((i + turned) % pairs)]};
      nodes.push_back({yes_no_facts[static_cast<std::size_t>(i)], {}, first + 1, first + 2});
      nodes.push_back({"covered", item, after, -2});
      nodes.push_back({"covered", item, -2, after});
    }
  const auto rules = program_of(nodes);
  const auto begin = std::chrono::steady_clock::now();
  const auto open = assessed(rules, record_of({}), "2026-11-22", true);
  CHECK(only(open).outcome == Outcome::undetermined);
  CHECK(needs_of(open).size() == yes_no_facts.size() + 1);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
  const auto differs =
      assessed(rules, record_of({{yes_no_facts[0], "true"}, {yes_no_facts[pairs], "true"}}), "2026-11-22", true);
  CHECK(only(differs).outcome == Outcome::undetermined);
}
