#include <algorithm>

#include "assessment/judges.h"

namespace cpc {
namespace {

constexpr int outcome_met = -1;
constexpr int outcome_not_met = -2;
constexpr std::size_t most_open = 12;  ///< Questions of which every way of answering is tried.

/// Walks one tree over one row of answers.
class TreeWalk {
 public:
  TreeWalk(Evaluator& evaluator, const Rule& rule, const Context& context)
      : evaluator_(evaluator),
        rule_(rule),
        answers_(rule.nodes.size(), Truth::unknown, scratch_.memory()),
        answered_by_(rule.nodes.size(), -1, scratch_.memory()) {
    for (std::size_t i = 0; i < rule.nodes.size(); ++i)
      answers_[i] = evaluator.condition(rule.nodes[i].question, context);
  }

  void judge(ThresholdResult& result) {
    const std::uint8_t reached = outcomes(rule_.root, 0);
    result.outcome = reached == met_bit       ? Outcome::met
                     : reached == not_met_bit ? Outcome::not_met
                                              : Outcome::undetermined;
    result.restate = reached == restate_bit;
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
    std::pmr::vector<std::int16_t> open(scratch_.memory());
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      const auto node = static_cast<std::int16_t>(i);
      const bool asked = std::any_of(open.begin(), open.end(), [&](std::int16_t other) { return alike(other, node); });
      if (answers_[i] == Truth::unknown && !asked) open.push_back(node);
    }
    if (open.size() > most_open) return;
    for (std::size_t question = 0; question < open.size(); ++question) {
      bool pivotal = false;
      for (std::size_t filled = 0; filled < std::size_t{1} << open.size() && !pivotal; ++filled) {
        if ((filled >> question & 1) != 0) continue;
        pivotal = outcome_of(open, filled) != outcome_of(open, filled | std::size_t{1} << question);
      }
      if (pivotal) facts.push_back(node_of(open[question]).fact);
    }
    std::sort(facts.begin(), facts.end());
    facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  }

 private:
  static constexpr std::uint8_t met_bit = 1;
  static constexpr std::uint8_t not_met_bit = 2;
  static constexpr std::uint8_t restate_bit = 4;

  [[nodiscard]] std::int16_t next(std::int16_t node, bool yes) const {
    const TreeNode& at = rule_.nodes[static_cast<std::size_t>(node)];
    return yes ? at.yes : at.no;
  }

  [[nodiscard]] const Node& node_of(std::int16_t node) const {
    const Index question = rule_.nodes[static_cast<std::size_t>(node)].question;
    return evaluator_.program().nodes[static_cast<std::size_t>(question)];
  }
  /// Whether two nodes ask exactly the same.
  [[nodiscard]] bool alike(std::int16_t a, std::int16_t b) const {
    const Node& one = node_of(a);
    const Node& other = node_of(b);
    return one.fact == other.fact && one.compare == other.compare && one.mask == other.mask;
  }

  /// What comes of answering the open questions with the bits of a number.
  std::uint8_t outcome_of(const std::pmr::vector<std::int16_t>& open, std::size_t bits) {
    for (std::size_t i = 0; i < open.size(); ++i) answer_alike(open[i], (bits >> i & 1) != 0);
    const std::uint8_t reached = outcomes(rule_.root, 0);
    for (const std::int16_t node : open) take_back(node);
    return reached;
  }

  /// The outcomes that the answers still allow; an unanswered question that stands twice on a path is answered once.
  std::uint8_t outcomes(std::int16_t node, std::size_t depth) {
    if (node < 0) return node == outcome_met ? met_bit : node == outcome_not_met ? not_met_bit : restate_bit;
    if (depth > rule_.nodes.size()) return met_bit | not_met_bit;
    const Truth answer = answers_[static_cast<std::size_t>(node)];
    if (answer != Truth::unknown) return outcomes(next(node, answer == Truth::yes), depth + 1);
    std::uint8_t reached = 0;
    for (const bool yes : {true, false}) {
      answer_alike(node, yes);
      reached |= outcomes(next(node, yes), depth + 1);
      take_back(node);
    }
    return reached;
  }

  /// Answers every unanswered node that asks exactly the same.
  void answer_alike(std::int16_t node, bool yes) {
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      if (answers_[i] != Truth::unknown || !alike(node, static_cast<std::int16_t>(i))) continue;
      answers_[i] = truth(yes);
      answered_by_[i] = node;
    }
  }
  void take_back(std::int16_t node) {
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      if (answered_by_[i] != node) continue;
      answers_[i] = Truth::unknown;
      answered_by_[i] = -1;
    }
  }

  Evaluator& evaluator_;
  const Rule& rule_;
  Scratch<1024> scratch_;
  std::pmr::vector<Truth> answers_;
  std::pmr::vector<std::int16_t> answered_by_;  ///< The node for which an answer was tried, or -1: it was given.
};

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
