#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "assessment/plan_list.h"
#include "base/result.h"

namespace cpc {

/// Makes the document that lists the children on plans in many records (`data/schemas/plan-list.schema.json`): add each
/// record's plans, then finish. Holds only what it has to print.
class PlanListWriter {
 public:
  void add(const Assessment& assessment, const std::vector<PlanEntry>& plans);
  /// A line that could not be read: the document then says that it is not complete.
  void add_error(std::int64_t line, const Error& error);
  [[nodiscard]] std::string finish(const Program& program, Moment as_of, const std::optional<Moment>& known_at) const;

 private:
  std::string on_plan_, irregular_, not_known_, errors_;
  std::int64_t records_ = 0;
};

}  // namespace cpc
