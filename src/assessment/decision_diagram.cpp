#include "assessment/decision_diagram.h"

#include <algorithm>
#include <utility>

namespace cpc {

std::int32_t DecisionDiagram::question_at(Place place) const {
  return place < 0 ? static_cast<std::int32_t>(answers_.size()) : places_[static_cast<std::size_t>(place)].question;
}

DecisionDiagram::Place DecisionDiagram::answered(Place place, std::int32_t question, std::int32_t answer) const {
  if (question_at(place) != question) return place;
  return next_[places_[static_cast<std::size_t>(place)].first + static_cast<std::size_t>(answer)];
}

DecisionDiagram::Place DecisionDiagram::place_for(Row row) {
  if (std::all_of(row.begin() + 2, row.end(), [&](Place next) { return next == row[1]; })) return row[1];
  if (const auto at = known_.find(row); at != known_.end()) return at->second;
  const auto place = static_cast<Place>(places_.size());
  places_.push_back({row.front(), next_.size()});
  next_.insert(next_.end(), row.begin() + 1, row.end());
  known_.emplace(std::move(row), place);
  return place;
}

DecisionDiagram::Place DecisionDiagram::choose(std::int32_t question, std::uint64_t yes_answers, Place yes, Place no) {
  if (yes == no || too_large()) return yes;
  const std::int32_t first = std::min({question, question_at(yes), question_at(no)});
  const std::tuple key(question, yes_answers, yes, no);
  if (const auto at = chosen_.find(key); at != chosen_.end()) return at->second;
  Row row(known_.get_allocator());
  row.push_back(first);
  for (std::int32_t answer = 0; answer < answers_[static_cast<std::size_t>(first)]; ++answer) {
    const Place if_yes = answered(yes, first, answer);
    const Place if_no = answered(no, first, answer);
    // A question that comes before this one in the order is asked first.
    row.push_back(first != question                  ? choose(question, yes_answers, if_yes, if_no)
                  : (yes_answers >> answer & 1) != 0 ? if_yes
                                                     : if_no);
  }
  return chosen_[key] = place_for(std::move(row));
}

DecisionDiagram::Reach DecisionDiagram::reach(Place root) const {
  Reach out{0, std::pmr::vector<bool>(answers_.size(), false, places_.get_allocator().resource())};
  std::pmr::vector<bool> seen(places_.size(), false, places_.get_allocator().resource());
  std::pmr::vector<Place> open(1, root, places_.get_allocator().resource());
  while (!open.empty()) {
    const Place place = open.back();
    open.pop_back();
    if (place < 0) {
      out.outcomes |= static_cast<std::uint8_t>(1U << (-1 - place));
      continue;
    }
    if (seen[static_cast<std::size_t>(place)]) continue;
    seen[static_cast<std::size_t>(place)] = true;
    const Asked& asked = places_[static_cast<std::size_t>(place)];
    out.questions[static_cast<std::size_t>(asked.question)] = true;
    for (std::int32_t answer = 0; answer < answers_[static_cast<std::size_t>(asked.question)]; ++answer)
      open.push_back(next_[asked.first + static_cast<std::size_t>(answer)]);
  }
  return out;
}

}  // namespace cpc
