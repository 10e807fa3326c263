#include "rulebook/layer.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace cpc {
namespace {

/// Takes the days from `first` to `last` out of what `rule` speaks on; what is left stays in order.
void silence(std::vector<LayeredRule>& pieces, Day first, Day last) {
  std::vector<LayeredRule> left;
  for (const auto& piece : pieces) {
    if (piece.to < first || piece.from > last) {
      left.push_back(piece);
      continue;
    }
    auto before = piece;
    auto after = piece;
    before.to = first - 1;
    after.from = last + 1;
    if (before.from <= before.to) left.push_back(before);
    if (after.from <= after.to) left.push_back(after);
  }
  pieces = std::move(left);
}

}  // namespace

Result<std::vector<LayeredRule>> layer(const std::vector<std::unique_ptr<const Rulebook>>& stack) {
  // Per rulebook, per rule: the days left to it.
  std::vector<std::vector<std::vector<LayeredRule>>> pieces(stack.size());
  std::unordered_map<std::string_view, std::size_t> position;
  for (std::size_t i = 0; i < stack.size(); ++i) {
    const auto& book = *stack[i];
    const auto refuse = [&](std::string message, const std::string& place) {
      return Error{Code::rulebook, "rulebook " + quoted(book.name) + ": " + std::move(message), place, {}};
    };
    if (position.count(book.name) != 0) return refuse("it stands twice among the layers", {});
    for (const auto& over : book.over) {
      const auto below = position.find(over.rulebook);
      // The lowest rulebook stands alone: what it says of those it may lie over has nothing to speak of.
      if (below == position.end() && i == 0 && std::none_of(stack.begin(), stack.end(), [&](const auto& b) { return b->name == over.rulebook; })) continue;
      if (below == position.end())
        return refuse("it lies over " + quoted(over.rulebook) + ", which is not among the layers below it", over.place);
      const auto& rules = stack[below->second]->rules;
      bool found = false;
      for (std::size_t r = 0; r < rules.size(); ++r) {
        if (rules[r].id != over.rule) continue;
        found = true;
        silence(pieces[below->second][r], book.in_force_from, book.in_force_to);
      }
      if (!found) {
        std::vector<std::string_view> ids;
        for (const auto& rule : rules) ids.push_back(rule.id);
        const auto near = nearest(over.rule, ids);
        return refuse(quoted(over.rulebook) + " has no rule " + quoted(over.rule) +
                          (near.empty() ? "" : "; did you mean " + std::string(near) + "?"),
                      over.place + (over.by.empty() ? "/disable" : "/replace"));
      }
    }
    position.emplace(book.name, i);
    for (const auto& rule : book.rules)
      pieces[i].push_back({LayeredRule{static_cast<int>(i), &rule, rule.in_force_from, rule.in_force_to}});
  }
  std::vector<LayeredRule> out;
  for (const auto& book : pieces)
    for (const auto& rule : book) out.insert(out.end(), rule.begin(), rule.end());
  return out;
}

}  // namespace cpc
