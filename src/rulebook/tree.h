#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rulebook/logic.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// Threshold trees as functions of their answers: every way that answers can take is followed.

/// Answers to the questions of two trees, and the outcome of each under them. Questions that are not among the answers
/// do not matter.
struct TreeDifference {
  std::vector<Answer> answers;
  std::string here;
  std::string there;
};

/// How the outcomes of two trees differ: of each kind of difference the first answers that show it.
struct TreeComparison {
  std::optional<TreeDifference> met_there_alone;
  std::optional<TreeDifference> met_here_alone;
  std::optional<TreeDifference> other;  ///< Met in neither, and not alike: not met in one, to be restated in the other.
  bool too_many = false;  ///< There are more ways than are followed: what was found holds, but not all was.
};
[[nodiscard]] TreeComparison compare_trees(const RuleText& here, const RuleText& there, const Domains& domains = {});

/// The questions of a tree, by their first node, on whose answer no outcome ever turns, though some answers lead to
/// them. Empty too where the tree has one outcome alone, or more ways than are followed.
[[nodiscard]] std::vector<const NodeText*> idle_questions(const RuleText& tree, const Domains& domains = {});

/// When a tree comes to an outcome, as one formula over its questions: the shorter of the two normal forms. Empty where
/// it never does; nothing where it has more than twelve questions.
[[nodiscard]] std::optional<std::string> formula_of_outcome(const RuleText& tree, const std::string& outcome);

}  // namespace cpc
