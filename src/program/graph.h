#pragma once
#include <vector>

#include "rulebook/lint.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// What the state graph of a process shows:
/// - `unreachable_state`: no chain of transitions leads there from the initial state;
/// - `no_end`: no chain leads from there to a final state (said where the process has one), with the circle it stays
/// in;
/// - `never_fires`: a transition that leaves unreachable states alone, or whose `where` contradicts itself;
/// - `never_holds`: a guard that no row its transition is about can fulfil, as where each such row is to be a finding;
/// - `overlap`: two transitions that leave one state on one event for different states, and can both hold.
[[nodiscard]] std::vector<Diagnostic> lint_process(const RuleText& process);

/// What a threshold tree shows:
/// - `unreachable_node`, `unreachable_branch`: no answers lead there;
/// - `unused_outcome`: no branch ends in it;
/// - `too_large`: more ways through the tree than are walked (20,000), so that branches were not looked at.
[[nodiscard]] std::vector<Diagnostic> lint_tree(const RuleText& tree);

/// Everything lint has to say of a rulebook by itself: lint_text, lint_rules, and the graphs of every process and tree.
[[nodiscard]] std::vector<Diagnostic> lint(const Rulebook& book, const Vocabulary& vocabulary);

}  // namespace cpc
