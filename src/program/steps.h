#pragma once
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace cpc {

/// The order in which steps can be taken: each after those it waits for; of those that are free, first the one that
/// `before` puts first. Pairs are (step, a step that it waits for). Steps that wait in a circle come last, by number.
[[nodiscard]] std::vector<std::size_t> order_of_steps(std::size_t count,
                                                      const std::vector<std::pair<std::size_t, std::size_t>>& waits,
                                                      const std::function<bool(std::size_t, std::size_t)>& before);

}  // namespace cpc
