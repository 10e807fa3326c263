#pragma once
#include <cstdint>
#include <map>
#include <memory_resource>
#include <tuple>
#include <vector>

namespace cpc {

/// A function of questions as a reduced diagram: each question is asked once on a way, in one order, and none that
/// makes no difference. Two functions are the same where they are the same place in it, so a question that stands in
/// the diagram of a function is one on which its outcome turns, given some answers to the others.
class DecisionDiagram {
 public:
  using Place = std::int32_t;

  /// Of how many answers each question has the choice, in the order in which they are asked.
  DecisionDiagram(const std::pmr::vector<std::int32_t>& answers, std::pmr::memory_resource* memory)
      : answers_(answers), places_(memory), next_(memory), known_(memory), chosen_(memory) {}

  /// An outcome, 0 to 7.
  [[nodiscard]] static Place outcome(int number) { return -1 - number; }
  /// The function that is `yes` on those answers to a question whose bits are set, and `no` on the others.
  Place choose(std::int32_t question, std::uint64_t yes_answers, Place yes, Place no);
  /// There are more places than are kept: what was built means nothing.
  [[nodiscard]] bool too_large() const { return places_.size() > most_places || chosen_.size() > most_places; }

  /// The outcomes that a function has, a bit each, and the questions on which they turn.
  struct Reach {
    std::uint8_t outcomes = 0;
    std::pmr::vector<bool> questions;
  };
  [[nodiscard]] Reach reach(Place root) const;

 private:
  static constexpr std::size_t most_places = 20000;

  struct Asked {
    std::int32_t question;
    std::size_t first;  ///< Of its answers in `next_`.
  };
  using Row = std::pmr::vector<std::int32_t>;

  [[nodiscard]] std::int32_t question_at(Place place) const;
  /// What is left of a function when a question is answered that stands nowhere before its own.
  [[nodiscard]] Place answered(Place place, std::int32_t question, std::int32_t answer) const;
  Place place_for(Row row);

  const std::pmr::vector<std::int32_t>& answers_;
  std::pmr::vector<Asked> places_;
  std::pmr::vector<Place> next_;
  std::pmr::map<Row, Place> known_;  ///< A question and where its answers lead.
  std::pmr::map<std::tuple<std::int32_t, std::uint64_t, Place, Place>, Place> chosen_;
};

}  // namespace cpc
