#pragma once
#include <string>
#include <vector>

#include "record/vocabulary.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// What one rulebook says of one topic, worked out from its rules. No lines: it says nothing of it.
struct ComparisonCell {
  std::vector<std::string> lines;
  std::vector<std::string> rules;    ///< The ids of the rules it rests on.
  std::vector<std::string> clauses;  ///< Theirs, each once.
};

/// One topic: `test`, `decider`, `limit.<duty>`, `categories`, `plan_end`, `dissent`, `support`, `titles`.
struct ComparisonRow {
  std::string topic;
  std::string title;
  std::vector<ComparisonCell> cells;  ///< One a rulebook, in their order.
};

/// Lays rulebooks side by side, from their rules alone (the editions in force on each one's last day):
/// - `test`: when the threshold tree is met, as a formula over its questions;
/// - `decider`: whom the rules of duty `decision_maker` expect to decide, and what else they expect;
/// - a row for each duty of which one of them has a timescale, with the limits;
/// - `categories`: whether a plan needs a category, which, and what is asked for more than one;
/// - `plan_end`: what is asked where a plan ends, and not where one is made or goes on;
/// - `dissent`: the states of its process, whom it goes to in their order, and what is asked;
/// - `support`: what is asked of help beside a plan or without one;
/// - `titles`: what the text calls a role; one without a title is not named.
[[nodiscard]] std::vector<ComparisonRow> compare_rulebooks(const std::vector<const Rulebook*>& books,
                                                           const Vocabulary& vocabulary);

}  // namespace cpc
