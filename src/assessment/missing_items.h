#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "assessment/assessment.h"

namespace cpc {

/// Which items of a checklist a rule asks about and a row does not tell of. Refers to the assessment.
class MissingItems {
 public:
  explicit MissingItems(const Assessment& assessment) : a_(assessment), program_(*assessment.program) {}

  /// The items, a bit each, of a need whose fact is a checklist; else none.
  [[nodiscard]] std::uint64_t of(const Need& need);
  /// Their words, in the order of the vocabulary.
  [[nodiscard]] std::vector<std::string> words(Index fact, std::uint64_t items) const;

 private:
  [[nodiscard]] std::uint64_t asked(Index rule, Index fact);
  [[nodiscard]] std::uint64_t told(std::int32_t row) const;
  void walk_rule(Index rule);
  void walk_node(Index node);
  void walk_selector(Index selector);
  void walk_date(Index date);

  const Assessment& a_;
  const Program& program_;
  std::map<std::pair<Index, Index>, std::uint64_t> asked_;  ///< Of a rule and a fact.
  // While one rule is walked:
  const Fact* fact_ = nullptr;
  std::uint64_t found_ = 0;
  std::set<Index> walked_;
};

}  // namespace cpc
