#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assessment/assessment.h"
#include "base/result.h"

namespace cpc {

/// One example beside a section of a rulebook: a record, and what its assessment under the rulebook has to hold.
struct Example {
  std::string rule;  ///< The id of the rule that it belongs to.
  std::string name;
  std::string because;
  std::vector<std::string> shows;  ///< The clauses it shows.
  bool passes = false;
  Moment as_of;
  std::optional<Moment> known_at;
  std::string record;  ///< JSON.
  /// Of a requirement or quorum: how it is judged; satisfied where the example passes and broken where it fails,
  /// unless it says otherwise.
  RequirementStatus status = RequirementStatus::satisfied;
  /// Part of an entry of one list of the assessment document (`expected`), or of none.
  struct Part {
    bool expected = true;
    std::string list;
    std::string entry;  ///< JSON.
  };
  std::vector<Part> parts;
  std::string place;  ///< JSON pointer of the example in its file.
};

/// Reads a file of examples (`data/schemas/examples.schema.json`). One with `without_each` becomes one example for each
/// item of the checklist of that row: the item moves from `covered` to `not_covered`.
[[nodiscard]] Result<std::vector<Example>> read_examples(std::string_view json);

/// What does not hold of an example under a program: a line each, none where it holds.
[[nodiscard]] std::vector<std::string> check_example(const std::shared_ptr<const Program>& program,
                                                     const Example& example);

}  // namespace cpc
