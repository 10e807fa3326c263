#include "program/dot.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphviz.hpp>
#include <cassert>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

namespace cpc {
namespace {

struct Vertex {
  std::string id;  ///< With a space in it, so that it is always quoted and never a word of the language.
  std::string label;
  std::string attributes;
};
struct Edge {
  std::string label;
  std::string attributes;
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, Vertex, Edge>;

/// A text in quotes; a line break is written as the language has it.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

void add_lines(std::string& label, const std::vector<std::string>& lines) {
  for (const auto& line : lines) (label += '\n') += line;
}

/// Vertices by their names, added when they are first met.
class Drawing {
 public:
  explicit Drawing(std::string title) : title_(std::move(title)) {}

  void vertex(std::string_view kind, const std::string& name, std::string label, std::string attributes) {
    const auto id = std::string(kind) + ' ' + name;
    if (!places_.emplace(name, boost::num_vertices(graph_)).second) return;
    // Not added with its property: that asks for vertices of the same name, and warns where sanitizers are on.
    graph_[boost::add_vertex(graph_)] = {id, std::move(label), std::move(attributes)};
  }
  void edge(const std::string& from, const std::string& to, std::string label, std::string attributes = {}) {
    const auto source = places_.find(from), target = places_.find(to);
    assert(source != places_.end() && target != places_.end());
    if (source == places_.end() || target == places_.end()) return;
    if (from == to && add_to_loop(source->second, label, attributes)) return;
    boost::add_edge(source->second, target->second, {std::move(label), std::move(attributes)}, graph_);
  }

  [[nodiscard]] std::string written(std::string_view direction) const {
    std::ostringstream out;
    const auto properties = [](std::ostream& stream, const auto& one) {
      stream << " [label=" << in_quotes(one.label) << one.attributes << ']';
    };
    boost::write_graphviz(
        out, graph_, [&](std::ostream& stream, auto vertex) { properties(stream, graph_[vertex]); },
        [&](std::ostream& stream, const auto& edge) { properties(stream, graph_[edge]); },
        [&](std::ostream& stream) {
          stream << "graph [label=" << in_quotes(title_) << ", labelloc=t, rankdir=" << direction
                 << ", fontname=\"sans-serif\"];\nnode [fontname=\"sans-serif\"];\n"
                 << "edge [fontname=\"sans-serif\", fontsize=10];\n";
        },
        boost::get(&Vertex::id, graph_));
    return out.str();
  }

 private:
  /// Loops of one look share an arrow: a dozen at one state cannot be read apart.
  bool add_to_loop(std::size_t vertex, const std::string& label, const std::string& attributes) {
    for (auto [edge, end] = boost::out_edges(vertex, graph_); edge != end; ++edge) {
      auto& loop = graph_[*edge];
      if (boost::target(*edge, graph_) != vertex || loop.attributes != attributes) continue;
      (loop.label += '\n') += label;
      return true;
    }
    return false;
  }

  std::string title_;
  Graph graph_;
  std::map<std::string, std::size_t> places_;
};

constexpr std::string_view end_shape = ", shape=doublecircle";

/// A circle is as wide as its longest line.
std::string for_circle(std::string_view name) {
  std::string out;
  for (const char c : name) {
    out += c;
    if (c == '_') out += '\n';
  }
  return out;
}

std::string label_of(const TransitionText& transition) {
  auto label = transition.on.event;
  if (!transition.on.where.empty()) label += " [where]";
  if (!transition.guard.empty()) label += " [guard]";
  if (transition.irregular) label += "\nnot in the expected way";
  add_lines(label, transition.cites);
  return label;
}

std::string process_in_dot(const RuleText& process, const std::string& title) {
  const std::string start = "start of it";
  Drawing drawing(title);
  drawing.vertex("the", start, "", ", shape=point");
  for (const auto& state : process.states) {
    const bool final =
        std::find(process.final_states.begin(), process.final_states.end(), state) != process.final_states.end();
    drawing.vertex("state", state, final ? for_circle(state) : state,
                   std::string(final ? end_shape : ", shape=ellipse"));
  }
  drawing.edge(start, process.initial, "");
  for (const auto& transition : process.transitions)
    for (const auto& from : transition.from)
      drawing.edge(from, transition.to == "same" ? from : transition.to, label_of(transition),
                   transition.derived.empty() ? "" : ", style=dashed");
  return drawing.written("LR");
}

/// "likelihood_basis is likely or very_likely", "has_suffered".
std::string question_of(const NodeText& node) {
  const auto& question = node.question;
  auto label = question.fact;
  if (question.values.empty() || question.values.front() == "true") return label;
  for (const auto& value : question.values)
    label.append(&value == &question.values.front() ? " is " : " or ").append(value);
  return label;
}

std::string tree_in_dot(const RuleText& tree, const std::string& title) {
  Drawing drawing(title);
  for (const auto& node : tree.nodes) {
    auto label = question_of(node) + '?';
    add_lines(label, node.cites);
    drawing.vertex("question", node.node, std::move(label),
                   node.node == tree.root ? ", shape=box, penwidth=2" : ", shape=box");
  }
  for (const auto& outcome : tree.outcomes) {
    auto label = outcome.name;
    add_lines(label, outcome.cites);
    drawing.vertex("outcome", outcome.name, std::move(label), std::string(end_shape));
  }
  for (const auto& node : tree.nodes) {
    drawing.edge(node.node, node.yes, "yes");
    drawing.edge(node.node, node.no, "no");
  }
  return drawing.written("TB");
}

}  // namespace

bool has_graph(const RuleText& rule) {
  return rule.type == RuleText::Type::process || rule.type == RuleText::Type::threshold;
}

std::string graph_in_dot(const RuleText& rule, const std::string& rulebook) {
  assert(has_graph(rule));
  const auto title = rulebook + '/' + rule.id;
  return rule.type == RuleText::Type::process ? process_in_dot(rule, title) : tree_in_dot(rule, title);
}

}  // namespace cpc
