#pragma once
#include <string>

#include "rulebook/rulebook.h"

namespace cpc {

/// Whether a rule has a graph to draw: a process and a threshold tree have.
[[nodiscard]] bool has_graph(const RuleText& rule);

/// The graph of a rule in DOT, the language of Graphviz; the rule has to have one. The bytes depend on the rule alone.
/// - A process: its states, final ones as double circles, an arrow into the initial one, and its transitions with their
///   event, `[where]` and `[guard]` where they depend on either, and their clauses. A dashed transition is derived: no
///   clause states it.
/// - A threshold tree: its questions with their clauses, an arrow for yes and one for no, and its outcomes.
[[nodiscard]] std::string graph_in_dot(const RuleText& rule, const std::string& rulebook);

}  // namespace cpc
