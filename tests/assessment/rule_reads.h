#pragma once
#include <set>
#include <vector>

#include "program/program.h"

namespace cpc::test {

/// What a rule and the rules that it asks read: every node, selector and date that it leads to.
class RuleReads {
 public:
  RuleReads(const Program& program, Index rule) : program_(program) { visit_rule(rule); }

  std::set<Index> nodes;
  std::set<Index> facts;
  std::set<Index> selectors;
  std::set<Index> rules;

 private:
  void visit_rule(Index number) {
    if (number < 0 || !rules.insert(number).second) return;
    const Rule& rule = program_.rules[static_cast<std::size_t>(number)];
    for (const Index root : {rule.when, rule.during, rule.expect, rule.core, rule.others}) visit(root);
    if (rule.from >= 0) visit_date(rule.from);
    for (const Index selector : {rule.until, rule.at}) visit_selector(selector);
    for (const LimitRef& limit : rule.limits) {
      visit(limit.when);
      if (limit.from >= 0) visit_date(limit.from);
    }
    for (const Transition& transition : rule.transitions) {
      visit_selector(transition.on);
      visit(transition.guard);
    }
    for (const TreeNode& node : rule.nodes) visit(node.question);
  }
  void visit(Index at) {
    if (at < 0 || !nodes.insert(at).second) return;
    const Node& node = program_.nodes[static_cast<std::size_t>(at)];
    for (Index i = 0; i < node.count; ++i) visit(program_.parts[static_cast<std::size_t>(node.first + i)]);
    for (const Index fact : {node.fact, node.other})
      if (fact >= 0) facts.insert(fact);
    visit(node.expect);
    visit_selector(node.selector);
    if (node.date >= 0) visit_date(node.date);
    visit_rule(node.target);
    if (node.editions >= 0)
      for (const Edition& one : program_.editions[static_cast<std::size_t>(node.editions)]) visit_rule(one.rule);
  }
  void visit_selector(Index at) {
    if (at < 0 || !selectors.insert(at).second) return;
    const Picked& picked = program_.selectors[static_cast<std::size_t>(at)];
    visit(picked.where);
    if (picked.read >= 0) facts.insert(picked.read);
    for (const auto& position : picked.positions) visit_date(position.date);
    facts.insert(picked.same.begin(), picked.same.end());
  }
  void visit_date(Index at) {
    const DateRef& date = program_.dates[static_cast<std::size_t>(at)];
    if (date.fact >= 0) facts.insert(date.fact);
    visit_selector(date.selector);
    if (date.inner >= 0) visit_date(date.inner);
  }

  const Program& program_;
};

}  // namespace cpc::test
