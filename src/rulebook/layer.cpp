#include "rulebook/layer.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace cpc {
namespace {

/// Takes the days from `first` to `last` out of what `rule` speaks on, or only those cases on them in which a condition
/// holds; what is left stays in order.
void silence(std::vector<LayeredRule>& pieces, Day first, Day last, std::span<const Condition> when) {
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
    if (!when.empty()) {
      auto within = piece;
      within.from = std::max(piece.from, first);
      within.to = std::min(piece.to, last);
      within.except.push_back(&when.front());
      left.push_back(std::move(within));
    }
    if (after.from <= after.to) left.push_back(after);
  }
  pieces = std::move(left);
}

/// The days left to each rule of each rulebook while the stack is built up.
struct Layers {
  const std::vector<std::unique_ptr<const Rulebook>>& stack;
  std::vector<std::vector<std::vector<LayeredRule>>> pieces;
  std::unordered_map<std::string_view, std::size_t> below;

  [[nodiscard]] std::optional<Error> lay(const Rulebook& book, const OverText& over);
  [[nodiscard]] bool in_stack(std::string_view name) const {
    return std::any_of(stack.begin(), stack.end(), [&](const auto& book) { return book->name == name; });
  }
};

Error refusal(const Rulebook& book, const std::string& message, std::string place) {
  return {Code::rulebook, "rulebook " + quoted(book.name) + ": " + message, std::move(place), {}};
}

std::optional<Error> Layers::lay(const Rulebook& book, const OverText& over) {
  const auto lower = below.find(over.rulebook);
  if (lower == below.end()) {
    // The lowest rulebook stands alone: what it says of those it may lie over has nothing to speak of.
    if (below.empty() && !in_stack(over.rulebook)) return std::nullopt;
    return refusal(book, "it lies over " + quoted(over.rulebook) + ", which is not among the layers below it",
                   over.place);
  }
  const auto& rules = stack[lower->second]->rules;
  bool found = false;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    if (rules[r].id != over.rule) continue;
    found = true;
    if (!over.when.empty() && rules[r].type != RuleText::Type::timescale)
      return refusal(book, quoted(over.rule) + " is no timescale, so it is replaced everywhere or not at all",
                     over.place + "/when");
    silence(pieces[lower->second][r], book.in_force_from, book.in_force_to, over.when);
  }
  if (found) return std::nullopt;
  std::vector<std::string_view> ids;
  for (const auto& rule : rules) ids.push_back(rule.id);
  const auto near = nearest(over.rule, ids);
  return refusal(book,
                 quoted(over.rulebook) + " has no rule " + quoted(over.rule) +
                     (near.empty() ? "" : "; did you mean " + std::string(near) + "?"),
                 over.place + (over.by.empty() ? "/disable" : "/replace"));
}

}  // namespace

Result<std::vector<LayeredRule>> layer(const std::vector<std::unique_ptr<const Rulebook>>& stack) {
  Layers layers{stack, std::vector<std::vector<std::vector<LayeredRule>>>(stack.size()), {}};
  for (std::size_t i = 0; i < stack.size(); ++i) {
    const auto& book = *stack[i];
    if (layers.below.count(book.name) != 0) return refusal(book, "it stands twice among the layers", {});
    for (const auto& over : book.over)
      if (auto error = layers.lay(book, over)) return std::move(*error);
    layers.below.emplace(book.name, i);
    for (const auto& rule : book.rules)
      layers.pieces[i].push_back({LayeredRule{static_cast<int>(i), &rule, rule.in_force_from, rule.in_force_to, {}}});
  }
  std::vector<LayeredRule> out;
  for (const auto& book : layers.pieces)
    for (const auto& rule : book) out.insert(out.end(), rule.begin(), rule.end());
  return out;
}

}  // namespace cpc
