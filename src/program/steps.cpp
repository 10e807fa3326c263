#include "program/steps.h"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>

namespace cpc {

std::vector<std::size_t> order_of_steps(std::size_t count,
                                        const std::vector<std::pair<std::size_t, std::size_t>>& waits,
                                        const std::function<bool(std::size_t, std::size_t)>& before) {
  using Graph = boost::adjacency_list<boost::setS, boost::vecS, boost::directedS>;
  Graph waiting(count), freed(count);
  for (const auto& [step, waited_for] : waits) {
    boost::add_edge(step, waited_for, waiting);
    boost::add_edge(waited_for, step, freed);
  }
  std::vector<std::size_t> left(count), free, out;
  for (std::size_t step = 0; step < count; ++step)
    if ((left[step] = boost::out_degree(step, waiting)) == 0) free.push_back(step);
  while (!free.empty()) {
    const auto first = std::min_element(free.begin(), free.end(), before);
    const auto step = *first;
    free.erase(first);
    out.push_back(step);
    for (auto [next, end] = boost::adjacent_vertices(step, freed); next != end; ++next)
      if (--left[*next] == 0) free.push_back(*next);
  }
  for (std::size_t step = 0; step < count; ++step)
    if (left[step] > 0) out.push_back(step);
  return out;
}

}  // namespace cpc
