#include "program/graph.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <map>
#include <set>
#include <span>
#include <string>

#include "base/text.h"
#include "rulebook/logic.h"

namespace cpc {
namespace {

using Level = Diagnostic::Level;
using Diagnostics = std::vector<Diagnostic>;
using States = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;

constexpr int most_branches = 20000;

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

// ---- Whether conditions on one row can hold together

void add(std::vector<Wanted>& to, std::span<const Condition> conditions) {
  for (const auto& one : conditions) to.push_back({&one, true});
}

bool can_fire(const TransitionText& transition, bool with_guard) {
  std::vector<Wanted> all;
  add(all, transition.on.where);
  if (with_guard) add(all, transition.guard);
  return can_hold(all);
}

// ---- Processes

/// The states of a process as vertices, its transitions as edges.
class ProcessGraph {
 public:
  explicit ProcessGraph(const RuleText& process) : process_(process), graph_(process.states.size()) {
    for (const auto& transition : process.transitions) {
      fires_.push_back(can_fire(transition, false));
      if (!fires_.back()) continue;
      for (const auto& from : transition.from)
        boost::add_edge(number(from), transition.to == "same" ? number(from) : number(transition.to), graph_);
    }
    reached_ = reach(graph_, {number(process.initial)});
  }

  void lint_states(Diagnostics& out) const;
  void lint_ends(Diagnostics& out) const;
  void lint_transitions(Diagnostics& out) const;
  void lint_overlaps(Diagnostics& out) const;

 private:
  [[nodiscard]] std::size_t number(const std::string& state) const {
    const auto at = std::find(process_.states.begin(), process_.states.end(), state);
    return static_cast<std::size_t>(at - process_.states.begin());
  }

  template <class Graph>
  [[nodiscard]] static std::vector<bool> reach(const Graph& graph, const std::vector<std::size_t>& starts) {
    std::vector<boost::default_color_type> colors(boost::num_vertices(graph), boost::white_color);
    const auto color = boost::make_iterator_property_map(colors.begin(), boost::get(boost::vertex_index, graph));
    for (const auto start : starts)
      if (colors[start] == boost::white_color)
        boost::depth_first_visit(graph, start, boost::default_dfs_visitor(), color);
    std::vector<bool> out;
    for (const auto one : colors) out.push_back(one != boost::white_color);
    return out;
  }

  /// States that both leave for different targets when both transitions are taken.
  [[nodiscard]] std::vector<std::string> shared(const TransitionText& a, const TransitionText& b) const;

  const RuleText& process_;
  States graph_;
  std::vector<bool> fires_;
  std::vector<bool> reached_;
};

void ProcessGraph::lint_states(Diagnostics& out) const {
  for (std::size_t i = 0; i < process_.states.size(); ++i)
    if (!reached_[i])
      out.push_back(about_rule(process_, Level::warning, "unreachable_state",
                               "nothing leads to state " + quoted(process_.states[i]),
                               process_.place + "/states/" + std::to_string(i)));
}

void ProcessGraph::lint_ends(Diagnostics& out) const {
  if (process_.final_states.empty()) return;
  std::vector<std::size_t> finals;
  for (const auto& state : process_.final_states) finals.push_back(number(state));
  const auto ends = reach(boost::make_reverse_graph(graph_), finals);
  std::vector<std::size_t> circle(process_.states.size());
  boost::strong_components(graph_,
                           boost::make_iterator_property_map(circle.begin(), boost::get(boost::vertex_index, graph_)));
  std::map<std::size_t, std::vector<std::string>> stuck;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (ends[i] || !reached_[i]) continue;
    if (stuck[circle[i]].empty()) order.push_back(i);
    stuck[circle[i]].push_back(process_.states[i]);
  }
  for (const auto first : order) {
    const auto& states = stuck[circle[first]];
    const auto message = states.size() == 1 ? "state " + quoted(states.front()) + " has no way to a final state"
                                            : "states " + joined(states) + " go round without a way to a final state";
    out.push_back(
        about_rule(process_, Level::warning, "no_end", message, process_.place + "/states/" + std::to_string(first)));
  }
}

void ProcessGraph::lint_transitions(Diagnostics& out) const {
  for (std::size_t i = 0; i < process_.transitions.size(); ++i) {
    const auto& transition = process_.transitions[i];
    const auto say = [&](Level level, std::string_view check, const std::string& message) {
      out.push_back(
          about_rule(process_, level, check, "transition " + quoted(transition.id) + " " + message, transition.place));
    };
    const bool left = std::any_of(transition.from.begin(), transition.from.end(),
                                  [&](const std::string& state) { return reached_[number(state)]; });
    if (!fires_[i])
      say(Level::warning, "never_fires", "can never fire: its 'where' contradicts itself");
    else if (!left)
      say(Level::warning, "never_fires", "can never fire: nothing leads to the states that it leaves");
    else if (!can_fire(transition, true))
      say(Level::note, "never_holds", "has a guard that no row it is about can fulfil: each such row is a finding");
  }
}

std::vector<std::string> ProcessGraph::shared(const TransitionText& a, const TransitionText& b) const {
  std::vector<std::string> out;
  for (const auto& state : a.from) {
    if (std::find(b.from.begin(), b.from.end(), state) == b.from.end() || !reached_[number(state)]) continue;
    const auto& to_a = a.to == "same" ? state : a.to;
    const auto& to_b = b.to == "same" ? state : b.to;
    if (to_a != to_b) out.push_back(state);
  }
  return out;
}

void ProcessGraph::lint_overlaps(Diagnostics& out) const {
  const auto& all = process_.transitions;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (all[i].on.event != all[j].on.event || !fires_[i] || !fires_[j]) continue;
      const auto states = shared(all[i], all[j]);
      if (states.empty()) continue;
      std::vector<Wanted> together;
      for (const auto* one : {&all[i], &all[j]}) add(together, one->on.where), add(together, one->guard);
      if (!can_hold(together)) continue;
      out.push_back(about_rule(process_, Level::note, "overlap",
                               "transitions " + quoted(all[i].id) + " and " + quoted(all[j].id) +
                                   " can both hold and lead apart, from: " + joined(states),
                               all[j].place));
    }
}

// ---- Trees

/// Walks every way through a tree that answers can take, remembering what was answered on the way.
class TreeWalk {
 public:
  explicit TreeWalk(const RuleText& tree) : tree_(tree), taken_(tree.nodes.size()) {}

  void lint(Diagnostics& out);

 private:
  void walk(const std::string& name);
  /// Whether the answer goes together with those before it.
  [[nodiscard]] bool consistent() const;

  const RuleText& tree_;
  std::vector<std::set<bool>> taken_;
  std::set<std::string> outcomes_;
  std::vector<Wanted> answers_;
  int steps_ = 0;
};

bool TreeWalk::consistent() const { return can_hold(answers_); }

void TreeWalk::walk(const std::string& name) {
  const auto at =
      std::find_if(tree_.nodes.begin(), tree_.nodes.end(), [&](const NodeText& node) { return node.node == name; });
  if (at == tree_.nodes.end()) {
    outcomes_.insert(name);
    return;
  }
  for (const bool yes : {true, false}) {
    if (++steps_ > most_branches) return;
    answers_.push_back({&at->question, yes});
    if (consistent()) {
      taken_[static_cast<std::size_t>(at - tree_.nodes.begin())].insert(yes);
      walk(yes ? at->yes : at->no);
    }
    answers_.pop_back();
  }
}

void TreeWalk::lint(Diagnostics& out) {
  walk(tree_.root);
  if (steps_ > most_branches) {
    out.push_back(
        about_rule(tree_, Level::note, "too_large", "it has more ways than lint walks; branches were not looked at"));
    return;
  }
  for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
    const auto& node = tree_.nodes[i];
    if (taken_[i].empty()) {
      out.push_back(about_rule(tree_, Level::warning, "unreachable_node",
                               "no answers lead to node " + quoted(node.node), node.place));
      continue;
    }
    for (const bool yes : {true, false})
      if (taken_[i].count(yes) == 0)
        out.push_back(about_rule(tree_, Level::warning, "unreachable_branch",
                                 "no answers take branch '" + std::string(yes ? "yes" : "no") + "' of node " +
                                     quoted(node.node) + ": earlier ones have settled it",
                                 node.place + (yes ? "/yes" : "/no")));
  }
  for (const auto& outcome : tree_.outcomes)
    if (outcomes_.count(outcome.name) == 0)
      out.push_back(about_rule(tree_, Level::warning, "unused_outcome", "no branch ends in " + quoted(outcome.name),
                               tree_.place + "/outcomes/" + outcome.name));
}

}  // namespace

std::vector<Diagnostic> lint_process(const RuleText& process) {
  Diagnostics out;
  const ProcessGraph graph(process);
  graph.lint_states(out);
  graph.lint_ends(out);
  graph.lint_transitions(out);
  graph.lint_overlaps(out);
  return out;
}

std::vector<Diagnostic> lint_tree(const RuleText& tree) {
  Diagnostics out;
  TreeWalk(tree).lint(out);
  return out;
}

std::vector<Diagnostic> lint(const Rulebook& book, const Vocabulary& vocabulary) {
  auto out = lint_text(book, vocabulary);
  const auto append = [&](const Diagnostics& found) { out.insert(out.end(), found.begin(), found.end()); };
  append(lint_rules(book, vocabulary));
  for (const auto& rule : book.rules) {
    if (rule.type == RuleText::Type::process) append(lint_process(rule));
    if (rule.type == RuleText::Type::threshold) append(lint_tree(rule));
  }
  return out;
}

}  // namespace cpc
