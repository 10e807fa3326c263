#include "report/plan_list.h"

#include "assessment/findings.h"
#include "base/text.h"

namespace cpc {
namespace {

std::string_view section(PlanEntry::Standing standing) {
  switch (standing) {
    case PlanEntry::Standing::on_plan:
      return "on_plan";
    case PlanEntry::Standing::irregular:
      return "ended_irregularly";
    case PlanEntry::Standing::not_known:
      break;
  }
  return "not_known";
}

std::string words(const std::vector<std::string>& all, std::uint64_t members) {
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i)
    if ((members >> i & 1) != 0) out += (out.empty() ? "" : " ") + all[i];
  return out;
}

std::string date(Value value) { return value == unknown_value ? std::string() : to_string(moment_of(value)); }

}  // namespace

std::string plan_list_csv_heading() {
  return "section,case,child,plan,state,since,ended,categories,main_category,key_worker,authority\r\n";
}

void write_plan_list_csv(const Assessment& assessment, const std::vector<PlanEntry>& plans, std::string& out) {
  const Record& record = *assessment.record;
  const auto& vocabulary = *assessment.program->vocabulary;
  const auto& categories =
      vocabulary.enumerations[static_cast<std::size_t>(vocabulary.enumeration("abuse_category"))].values;
  for (const auto& entry : plans) {
    const Rule& process = assessment.program->rules[static_cast<std::size_t>(entry.state.process)];
    std::string plan;
    for (const auto at : entry.state.scope.instance)
      if (at >= 0) plan = instance_name(assessment, at).id;
    const auto cell = [&](std::string_view text) { out += ',' + csv_cell(text); };
    out += section(entry.standing);
    cell(record.case_id);
    cell(child_name(assessment, entry.state.scope.child));
    cell(plan);
    cell(words(process.text->states, entry.state.states));
    cell(date(entry.since));
    cell(date(entry.ended));
    cell(entry.categories == unknown_value ? std::string() : words(categories, members_of(entry.categories)));
    cell(entry.main_category == unknown_value ? std::string_view()
                                              : categories[static_cast<std::size_t>(entry.main_category - 1)]);
    cell(entry.key_worker == unknown_value ? std::string_view()
                                           : record.ids.text(static_cast<std::uint32_t>(entry.key_worker - 1)));
    cell(entry.other_authority == Truth::yes ? "other" : "own");
    out += "\r\n";
  }
}

}  // namespace cpc
