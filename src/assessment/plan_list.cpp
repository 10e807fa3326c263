#include "assessment/plan_list.h"

#include <algorithm>

#include "assessment/workspace.h"

namespace cpc {
namespace {

bool is_plan_process(const Rule& rule) {
  return rule.type == RuleText::Type::process && rule.text->duty == "plan_lifecycle" && rule.text->id == "plan";
}

/// States in which the child is subject of a plan: neither where the process begins nor where it may rest.
std::uint64_t running_states(const Rule& rule) {
  const auto all = (std::uint64_t{1} << rule.text->states.size()) - 1;
  return all & ~rule.final_states & ~(std::uint64_t{1} << rule.initial);
}

/// Reads what the rows of one plan say of it, the latest last.
class PlanReader {
 public:
  PlanReader(const History& history, const Vocabulary& vocabulary) : history_(history), vocabulary_(vocabulary) {}

  /// Whether the child came with a plan of another authority that no conference here has decided about.
  [[nodiscard]] bool came_with_plan(int child, const Program::Known& known, Value& since) const {
    const auto* into = "into_area";
    const auto& directions =
        vocabulary_.enumerations[static_cast<std::size_t>(vocabulary_.enumeration("move_direction"))];
    const auto slot = [&](std::string_view name) { return vocabulary_.slot(known.move_notified, name); };
    bool came = false;
    for (const HistoryRow& row : history_.rows()) {
      if ((row.children >> child & 1) == 0) continue;
      if (row.event == known.decision_made) came = false;
      if (row.event != known.move_notified) continue;
      came = row.slots[slot("direction")] == static_cast<Value>(directions.find(into)) + 1 &&
             row.slots[slot("on_plan")] == yes_value;
      since = row.dated ? value_of(row.at) : unknown_value;
    }
    return came;
  }

  void read(const StateResult& state, PlanEntry& entry) const {
    const int child = state.scope.child;
    const std::int16_t plan = plan_of(state.scope);
    Value outside = unknown_value;
    for (std::size_t i = 0; i < history_.rows().size(); ++i) {
      const auto at = static_cast<std::int32_t>(i);
      const HistoryRow& row = history_.row(at);
      if (child < 0 || (row.children >> child & 1) == 0) continue;
      if (plan >= 0 && history_.instance_of(at, static_cast<int>(Kind::plan), child) != plan) continue;
      take(row, "abuse_category", entry.categories);
      take(row, "main_category", entry.main_category);
      take(row, "key_worker", entry.key_worker);
      take(row, "other_authority", outside);
    }
    entry.since = plan >= 0 ? history_.plan_start(plan) : unknown_value;
    if (entry.since == unknown_value && plan >= 0 && history_.instance(plan).begun)
      entry.since = value_of(Moment{history_.instance(plan).begin, -1});
    entry.other_authority = outside == unknown_value ? Truth::no : truth(outside == yes_value);
  }

 private:
  std::int16_t plan_of(const ScopeId& scope) const {
    for (const auto at : scope.instance)
      if (at >= 0 && history_.instance(at).kind == Kind::plan) return at;
    return no_instance;
  }
  void take(const HistoryRow& row, std::string_view attribute, Value& into) const {
    const int slot = vocabulary_.slot(row.event, attribute);
    if (slot >= 0 && row.slots[slot] != unknown_value) into = row.slots[slot];
  }

  const History& history_;
  const Vocabulary& vocabulary_;
};

}  // namespace

bool knows_plans(const Program& program) {
  return std::any_of(program.rules.begin(), program.rules.end(), is_plan_process);
}

std::vector<PlanEntry> list_plans(const Assessment& assessment, Workspace& workspace) {
  const Program& program = *assessment.program;
  const History& history = workspace.parts().history;
  const PlanReader reader(history, *program.vocabulary);
  std::vector<PlanEntry> out;
  for (const StateResult& state : assessment.states) {
    const Rule& rule = program.rules[static_cast<std::size_t>(state.process)];
    if (!is_plan_process(rule)) continue;
    const auto running = running_states(rule);
    PlanEntry entry;
    entry.state = state;
    if ((state.states & running) == 0 && state.irregular) {
      entry.standing = PlanEntry::Standing::irregular;
      entry.ended = state.since;
    } else if (state.states == std::uint64_t{1} << rule.initial) {
      // A plan that was reported, and that no decision here began: another authority's, or of unknown standing.
      reader.read(state, entry);
      if (entry.since == unknown_value) continue;
      entry.standing =
          entry.other_authority == Truth::yes ? PlanEntry::Standing::on_plan : PlanEntry::Standing::not_known;
      out.push_back(entry);
      continue;
    } else if ((state.states & running) == 0) {
      continue;
    } else {
      entry.standing = (state.states & ~running) == 0 ? PlanEntry::Standing::on_plan : PlanEntry::Standing::not_known;
    }
    reader.read(state, entry);
    if (entry.since == unknown_value && entry.standing != PlanEntry::Standing::irregular) entry.since = state.since;
    out.push_back(entry);
  }
  for (std::size_t i = 0; i < program.rules.size(); ++i) {
    if (!is_plan_process(program.rules[i])) continue;
    for (const auto child : history.child_order()) {
      const bool listed = std::any_of(out.begin(), out.end(), [&](const PlanEntry& entry) {
        return entry.state.scope.child == child && entry.standing == PlanEntry::Standing::on_plan;
      });
      PlanEntry entry;
      if (listed || !reader.came_with_plan(child, program.known, entry.since)) continue;
      entry.other_authority = Truth::yes;
      entry.state.process = static_cast<Index>(i);
      entry.state.scope.child = child;
      entry.state.states = std::uint64_t{1} << program.rules[i].initial;
      out.push_back(entry);
    }
  }
  const auto place = [order = history.child_order()](const PlanEntry& entry) {
    return std::find(order.begin(), order.end(), entry.state.scope.child) - order.begin();
  };
  std::stable_sort(out.begin(), out.end(), [&](const PlanEntry& a, const PlanEntry& b) { return place(a) < place(b); });
  return out;
}

}  // namespace cpc
