#include <algorithm>
#include <bit>
#include <utility>

#include "assessment/decision_diagram.h"
#include "assessment/judges.h"

namespace cpc {
namespace {

constexpr std::uint8_t met_bit = 1;  ///< A bit each, in the order of the outcomes of TreeNode.
constexpr std::uint8_t not_met_bit = 2;
constexpr std::uint8_t restate_bit = 4;

/// The unanswered questions of a tree, each once however many nodes ask it, with the answers that differ to them.
class OpenQuestions {
 public:
  OpenQuestions(const Program& program, const Rule& rule, std::pmr::memory_resource* memory)
      : program_(program), rule_(rule), asked_(memory), of_(rule.nodes.size(), -1, memory) {}

  void add(std::int16_t node);
  [[nodiscard]] std::size_t count() const { return asked_.size(); }
  [[nodiscard]] Index fact(std::int32_t question) const { return node_of(first_of(question)).fact; }
  /// The question of a node that was added.
  [[nodiscard]] std::int32_t of(std::int16_t node) const { return of_[static_cast<std::size_t>(node)]; }
  [[nodiscard]] std::int32_t answers(std::int32_t question) const;
  /// Those answers by which the node is yes, a bit each.
  [[nodiscard]] std::uint64_t yes_answers(std::int16_t node) const;

 private:
  struct Asked {
    std::int16_t first;                       ///< Node.
    std::uint64_t domain;                     ///< The values of its fact, or 0: it is simply yes or no.
    std::pmr::vector<std::uint64_t> classes;  ///< Values that no node tells apart.
  };

  [[nodiscard]] const Node& node_of(std::int16_t node) const {
    return program_.nodes[static_cast<std::size_t>(rule_.nodes[static_cast<std::size_t>(node)].question)];
  }
  [[nodiscard]] std::int16_t first_of(std::int32_t question) const {
    return asked_[static_cast<std::size_t>(question)].first;
  }
  [[nodiscard]] std::uint64_t domain_of(const Node& node) const;
  /// Whether two nodes ask exactly the same, or of the same word of the same row.
  [[nodiscard]] bool together(const Node& one, const Node& other) const;

  const Program& program_;
  const Rule& rule_;
  std::pmr::vector<Asked> asked_;
  std::pmr::vector<std::int32_t> of_;  ///< Of each node, or -1.
};

std::uint64_t OpenQuestions::domain_of(const Node& node) const {
  if (node.compare != Compare::is || node.fact < 0) return 0;
  const Fact& fact = program_.facts[static_cast<std::size_t>(node.fact)];
  if (fact.type == AttributeType::yes_no || fact.type == AttributeType::present) return 3;
  if (fact.type != AttributeType::enumeration || fact.enumeration < 0 || fact.enumeration >= role_group_enumeration)
    return 0;
  const auto& words = program_.vocabulary->enumerations[static_cast<std::size_t>(fact.enumeration)];
  return words.has_sets() ? words.all() : 0;
}

bool OpenQuestions::together(const Node& one, const Node& other) const {
  if (one.fact != other.fact || one.compare != other.compare) return false;
  if (domain_of(one) != 0) return true;
  return one.mask == other.mask && one.number == other.number && one.other == other.other && one.date == other.date;
}

void OpenQuestions::add(std::int16_t number) {
  const Node& node = node_of(number);
  auto at = std::find_if(asked_.begin(), asked_.end(),
                         [&](const Asked& asked) { return together(node_of(asked.first), node); });
  if (at == asked_.end()) {
    asked_.push_back({number, domain_of(node), std::pmr::vector<std::uint64_t>(asked_.get_allocator())});
    at = asked_.end() - 1;
    if (at->domain != 0) at->classes.push_back(at->domain);
  }
  of_[static_cast<std::size_t>(number)] = static_cast<std::int32_t>(at - asked_.begin());
  // A class that the node's words cut is two from now on.
  for (std::size_t i = 0, count = at->classes.size(); i < count; ++i) {
    const std::uint64_t within = at->classes[i] & node.mask;
    if (within == 0 || within == at->classes[i]) continue;
    at->classes[i] &= ~within;
    at->classes.push_back(within);
  }
}

std::int32_t OpenQuestions::answers(std::int32_t question) const {
  const Asked& asked = asked_[static_cast<std::size_t>(question)];
  return asked.domain == 0 ? 2 : static_cast<std::int32_t>(asked.classes.size());
}

std::uint64_t OpenQuestions::yes_answers(std::int16_t node) const {
  const Asked& asked = asked_[static_cast<std::size_t>(of(node))];
  if (asked.domain == 0) return 2;
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < asked.classes.size(); ++i)
    if ((asked.classes[i] & node_of(node).mask) != 0) out |= std::uint64_t{1} << i;
  return out;
}

/// Walks one tree over one row of answers. What the unanswered questions leave open is a function of them, whose
/// diagram (see there) is built from the ends of the tree to its root, each node once.
class TreeWalk {
 public:
  TreeWalk(Evaluator& evaluator, const Rule& rule, const Context& context)
      : rule_(rule),
        answers_(rule.nodes.size(), Truth::unknown, scratch_.memory()),
        questions_(evaluator.program(), rule, scratch_.memory()) {
    for (std::size_t i = 0; i < rule.nodes.size(); ++i)
      answers_[i] = evaluator.condition(rule.nodes[i].question, context);
    follow();
  }

  void judge(ThresholdResult& result) {
    result.outcome = outcomes_ == met_bit       ? Outcome::met
                     : outcomes_ == not_met_bit ? Outcome::not_met
                                                : Outcome::undetermined;
    result.restate = outcomes_ == restate_bit;
    // The answers that decide: past a question that is open but changes nothing the path goes on as after a no.
    for (std::int16_t at = rule_.root; at >= 0;) {
      const Truth answer = answers_[static_cast<std::size_t>(at)];
      if (answer == Truth::unknown && result.outcome == Outcome::undetermined && !result.restate) break;
      if (answer != Truth::unknown) result.path.push_back(at);
      at = next(at, answer == Truth::yes);
    }
  }

  /// The facts of the questions of which some answer changes the outcome, given some answers to the others.
  void needs(std::vector<Index>& facts) {
    facts.assign(needed_.begin(), needed_.end());
    std::sort(facts.begin(), facts.end());
    facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  }

 private:
  using Nodes = std::pmr::vector<std::int16_t>;

  [[nodiscard]] std::int16_t next(std::int16_t node, bool yes) const {
    const TreeNode& at = rule_.nodes[static_cast<std::size_t>(node)];
    return yes ? at.yes : at.no;
  }
  /// Where the answers lead from a node on: to one that is not answered, or to an outcome.
  [[nodiscard]] std::int16_t open_from(std::int16_t node) const {
    while (node >= 0 && answers_[static_cast<std::size_t>(node)] != Truth::unknown)
      node = next(node, answers_[static_cast<std::size_t>(node)] == Truth::yes);
    return node;
  }

  void follow();
  [[nodiscard]] Nodes open_nodes(std::int16_t root);
  [[nodiscard]] std::pmr::vector<std::int32_t> in_order(const Nodes& nodes);
  void take_every_way(const Nodes& nodes);

  const Rule& rule_;
  Scratch<4096> scratch_;
  std::pmr::vector<Truth> answers_;
  OpenQuestions questions_;
  std::uint8_t outcomes_ = 0;
  std::pmr::vector<Index> needed_{scratch_.memory()};
};

/// The unanswered nodes that the answers lead to, each after those that it leads to.
TreeWalk::Nodes TreeWalk::open_nodes(std::int16_t root) {
  Nodes out(scratch_.memory()), stack(scratch_.memory());
  std::pmr::vector<std::uint8_t> met(rule_.nodes.size(), 0, scratch_.memory());  // 1: on the stack; 2: in `out`
  if (root >= 0) stack.push_back(root);
  while (!stack.empty()) {
    const std::int16_t at = stack.back();
    auto& state = met[static_cast<std::size_t>(at)];
    if (state != 0) {
      stack.pop_back();
      if (state == 1) out.push_back(at);
      state = 2;
      continue;
    }
    state = 1;
    for (const bool yes : {true, false}) {
      const std::int16_t child = open_from(next(at, yes));
      if (child >= 0 && met[static_cast<std::size_t>(child)] == 0) stack.push_back(child);
    }
  }
  return out;
}

/// The place of each question in an order in which, if there is one, no way through the tree goes back. What is asked
/// nearer to the root comes first.
std::pmr::vector<std::int32_t> TreeWalk::in_order(const Nodes& nodes) {
  const std::size_t count = questions_.count();
  std::pmr::vector<std::pair<std::int32_t, std::int32_t>> follows(scratch_.memory());
  std::pmr::vector<std::int32_t> waits(count, 0, scratch_.memory()), first(scratch_.memory());
  std::for_each(nodes.rbegin(), nodes.rend(), [&](const std::int16_t node) {
    const std::int32_t question = questions_.of(node);
    if (std::find(first.begin(), first.end(), question) == first.end()) first.push_back(question);
    for (const bool yes : {true, false})
      if (const std::int16_t child = open_from(next(node, yes)); child >= 0 && questions_.of(child) != question)
        follows.emplace_back(question, questions_.of(child));
  });
  std::sort(follows.begin(), follows.end());
  follows.erase(std::unique(follows.begin(), follows.end()), follows.end());
  for (const auto& [before, after] : follows) ++waits[static_cast<std::size_t>(after)];
  std::pmr::vector<std::int32_t> place(count, -1, scratch_.memory());
  for (std::int32_t taken = 0; !first.empty(); ++taken) {
    // Where questions wait for each other in a circle the first of them is as good as another.
    auto at = std::find_if(first.begin(), first.end(),
                           [&](std::int32_t question) { return waits[static_cast<std::size_t>(question)] == 0; });
    if (at == first.end()) at = first.begin();
    place[static_cast<std::size_t>(*at)] = taken;
    for (auto edge = std::lower_bound(follows.begin(), follows.end(), std::pair(*at, std::int32_t{-1}));
         edge != follows.end() && edge->first == *at; ++edge)
      --waits[static_cast<std::size_t>(edge->second)];
    first.erase(at);
  }
  return place;
}

void TreeWalk::follow() {
  const std::int16_t root = open_from(rule_.root);
  if (root < 0) {
    outcomes_ = static_cast<std::uint8_t>(1U << (-1 - root));
    return;
  }
  const Nodes nodes = open_nodes(root);
  for (const std::int16_t node : nodes) questions_.add(node);
  const auto place = in_order(nodes);
  std::pmr::vector<std::int32_t> answers(place.size(), 0, scratch_.memory());
  std::pmr::vector<Index> facts(place.size(), none, scratch_.memory());
  for (std::size_t question = 0; question < place.size(); ++question) {
    answers[static_cast<std::size_t>(place[question])] = questions_.answers(static_cast<std::int32_t>(question));
    facts[static_cast<std::size_t>(place[question])] = questions_.fact(static_cast<std::int32_t>(question));
  }
  DecisionDiagram diagram(answers, scratch_.memory());
  std::pmr::vector<DecisionDiagram::Place> built(rule_.nodes.size(), 0, scratch_.memory());
  const auto of = [&](std::int16_t node) { return node < 0 ? node : built[static_cast<std::size_t>(node)]; };
  for (const std::int16_t node : nodes) {
    const auto question = place[static_cast<std::size_t>(questions_.of(node))];
    built[static_cast<std::size_t>(node)] = diagram.choose(
        question, questions_.yes_answers(node), of(open_from(next(node, true))), of(open_from(next(node, false))));
  }
  if (diagram.too_large()) return take_every_way(nodes);
  const auto reach = diagram.reach(of(root));
  outcomes_ = reach.outcomes;
  for (std::size_t question = 0; question < facts.size(); ++question)
    if (reach.questions[question]) needed_.push_back(facts[question]);
}

/// Where the function is too large to be built: as if a question could be answered otherwise each time it is asked.
/// That may leave open what is settled, and ask for more than matters; it never settles what is open.
void TreeWalk::take_every_way(const Nodes& nodes) {
  std::pmr::vector<std::uint8_t> reached(rule_.nodes.size(), 0, scratch_.memory());
  for (const std::int16_t node : nodes) {
    auto& here = reached[static_cast<std::size_t>(node)];
    for (const bool yes : {true, false}) {
      const std::int16_t child = open_from(next(node, yes));
      here |= child < 0 ? static_cast<std::uint8_t>(1U << (-1 - child)) : reached[static_cast<std::size_t>(child)];
    }
    if (std::popcount(here) > 1) needed_.push_back(questions_.fact(questions_.of(node)));
  }
  outcomes_ = reached[static_cast<std::size_t>(nodes.back())];
}

}  // namespace

void judge_threshold(Evaluator& evaluator, Index number) {
  const Rule& rule = evaluator.program().rules[static_cast<std::size_t>(number)];
  const ScopeIndex& index = evaluator.scopes(number);
  const Picked& at = evaluator.program().selectors[static_cast<std::size_t>(rule.at)];
  for (std::size_t scope = 0; scope < index.scopes().size(); ++scope) {
    Context context;
    context.index = &index;
    context.scope = static_cast<std::int32_t>(scope);
    const Scope& judged = index.scopes()[scope];
    if (judged.dated && (judged.begin < rule.in_force_from || judged.begin > rule.in_force_to)) continue;
    index.rows(evaluator.history(), context.scope, at.event, [&](std::int32_t row, Truth part) {
      if (evaluator.row_counts(at, row, part, context) == Truth::no) return true;
      Context here = context;
      here.row = row;
      here.state_row = row;
      TreeWalk walk(evaluator, rule, here);
      ThresholdResult& result = evaluator.result().add_threshold();
      walk.judge(result);
      result.rule = number;
      result.scope = scope_id(judged);
      result.row = evaluator.history().row(row).row;
      if (result.outcome == Outcome::undetermined && evaluator.options().needs) {
        walk.needs(result.needs);
        for (const Index fact : result.needs)
          evaluator.result().needs.push_back(
              {result.row, fact, evaluator.history().row(row).event, number, result.scope});
      }
      return true;
    });
  }
}

void compare_decisions(Evaluator& evaluator, Index number) {
  const Program& program = evaluator.program();
  const auto& known = program.known;
  const Record& record = evaluator.history().record();
  const auto& roles = program.vocabulary->enumerations[static_cast<std::size_t>(known.role_enumeration)];
  const Value chair = static_cast<Value>(roles.find("conference_chair")) + 1;
  auto& result = evaluator.result();
  for (const ThresholdResult& answers : result.thresholds) {
    if (answers.rule != number || answers.outcome == Outcome::undetermined) continue;
    const auto slots = record.slots(record.rows[static_cast<std::size_t>(answers.row)]);
    const Value view = slots[static_cast<std::size_t>(known.answers_view)];
    if (view != unknown_value && (view == yes_value) != (answers.outcome == Outcome::met))
      result.decision_findings.push_back(
          {number, answers.scope, DecisionRemark::view_differs, answers.outcome, answers.row, answers.row});
    if (slots[static_cast<std::size_t>(known.answers_role)] != chair) continue;
    const std::int16_t conference = answers.scope.instance[0];
    for (const std::int32_t at : evaluator.history().rows_of(known.decision_made)) {
      const HistoryRow& row = evaluator.history().row(at);
      if (row.instance[static_cast<std::size_t>(Kind::conference)] != conference || conference < 0) continue;
      if (answers.scope.child >= 0 && (row.children >> answers.scope.child & 1) == 0) continue;
      const Value decision = row.slots[known.decision];
      if (decision == unknown_value) continue;
      const bool plan = ((known.plan_made | known.plan_continued) >> (decision - 1) & 1) != 0;
      if (plan != (answers.outcome == Outcome::met))
        result.decision_findings.push_back(
            {number, answers.scope, DecisionRemark::decision_differs, answers.outcome, row.row, answers.row});
    }
  }
}

}  // namespace cpc
