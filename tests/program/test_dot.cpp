#include "program/dot.h"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "support/catch.h"

using namespace cpc;

namespace {

const std::string folder = CPC_SOURCE_DIR "/tests/program/dot/";

std::string file(const std::string& name) {
  std::ifstream in(folder + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string graphs_of(const Rulebook& book) {
  std::string out;
  for (const auto& rule : book.rules)
    if (has_graph(rule)) out += graph_in_dot(rule, book.name);
  return out;
}

}  // namespace

TEST_CASE("a graph shows states, ends, conditions, clauses and what is derived", "[program]") {
  const auto book = read_rulebook(file("small.json"), embedded_vocabulary());
  INFO((book ? std::string() : book.error().text()));
  REQUIRE(book);
  CHECK(graphs_of(*book) == file("small.dot"));
}

TEST_CASE("every process and threshold tree has a graph that names its states and clauses, other rules have none",
          "[program]") {
  for (const auto& name : embedded_rulebook_names()) {
    const auto book = embedded_rulebook(name, embedded_vocabulary());
    REQUIRE(book);
    for (const auto& rule : book->rules) {
      INFO(name << '/' << rule.id);
      CHECK(has_graph(rule) == (!rule.states.empty() || !rule.nodes.empty()));
      if (!has_graph(rule)) continue;
      const auto dot = graph_in_dot(rule, name);
      CHECK(dot == graph_in_dot(rule, name));
      CHECK(dot.starts_with("digraph G {\n"));
      for (const auto& state : rule.states) CHECK(dot.find("\"state " + state + "\" [") != std::string::npos);
      for (const auto& node : rule.nodes) CHECK(dot.find("\"question " + node.node + "\" [") != std::string::npos);
      const auto shown = [&](const std::vector<std::string>& clauses) {
        for (const auto& clause : clauses) CHECK(dot.find("\\n" + clause) != std::string::npos);
      };
      for (const auto& transition : rule.transitions) shown(transition.cites);
      for (const auto& node : rule.nodes) shown(node.cites);
      for (const auto& outcome : rule.outcomes) shown(outcome.cites);
    }
  }
}
