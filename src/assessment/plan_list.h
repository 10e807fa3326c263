#pragma once
#include <vector>

#include "assessment/assessment.h"

namespace cpc {

/// One child who is, may be, or irregularly ceased to be, the subject of a plan (HERT-7.12.2). Names are numbers of the
/// assessment and its record, which must live as long.
struct PlanEntry {
  enum class Standing : std::uint8_t {
    on_plan,
    irregular,  ///< Ended, in a way that the rules do not provide for.
    not_known,  ///< Unknown facts leave it open whether the plan runs.
  };
  Standing standing = Standing::on_plan;
  StateResult state;                    ///< Of the process `plan`.
  Value since = unknown_value;          ///< The day the plan was made, or became known here.
  Value ended = unknown_value;          ///< Irregular ends only.
  Value categories = unknown_value;     ///< abuse_category, as last recorded.
  Value main_category = unknown_value;  ///< abuse_category.
  Value key_worker = unknown_value;     ///< An id, as last recorded.
  Truth other_authority = Truth::no;    ///< Whether the plan is another authority's.
};

/// The plans of one assessment, in the order of the children's ids. Speaks through the process `plan` of the program;
/// a program without one has no such list.
[[nodiscard]] std::vector<PlanEntry> list_plans(const Assessment& assessment, Workspace& workspace);

/// Whether the program can tell who is subject of a plan.
[[nodiscard]] bool knows_plans(const Program& program);

}  // namespace cpc
