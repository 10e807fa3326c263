#include "report/recorded_days.h"

#include <map>
#include <utility>

#include "assessment/findings.h"

namespace cpc {
namespace {

bool later_than(Moment at, Moment limit) {
  if (at.day != limit.day) return at.day > limit.day;
  return at.has_time() && limit.has_time() && at.minute > limit.minute;
}

/// As the assessment chooses its rows.
bool counts(const Assessment& assessment, const Row& row) {
  const auto& known_at = assessment.known_at;
  if (row.withdrawn_at != unknown_value && (!known_at || !later_than(moment_of(row.withdrawn_at), *known_at)))
    return false;
  const Value recorded = row.recorded_at != unknown_value ? row.recorded_at : row.at;
  if (known_at && recorded != unknown_value && later_than(moment_of(recorded), *known_at)) return false;
  return row.at == unknown_value || !later_than(moment_of(row.at), assessment.as_of);
}

}  // namespace

std::vector<RecordedDay> recorded_days(const Assessment& assessment) {
  constexpr Day no_day{1 << 24};
  struct Gathered {
    RecordedEvent event;
    bool each_names_children = true;
  };
  const auto& record = *assessment.record;
  const auto order = children_in_order(assessment);
  std::map<Day, std::map<EventId, Gathered>> days;
  for (const auto& row : record.rows) {
    if (row.from_children || !counts(assessment, row)) continue;
    auto& [event, each_names_children] = days[row.at == unknown_value ? no_day : moment_of(row.at).day][row.event];
    event.event = row.event;
    ++event.rows;
    each_names_children = each_names_children && row.children != 0;
    for (std::size_t i = 0; i < order.size(); ++i)
      if ((row.children >> order[i] & 1) != 0) event.children.insert(static_cast<int>(i));
    if (row.conference != no_id) event.conferences.emplace(record.ids.text(row.conference));
  }
  std::vector<RecordedDay> out;
  for (auto& [day, events] : days) {
    RecordedDay one;
    if (day != no_day) one.day = day;
    for (auto& [id, gathered] : events) {
      if (!gathered.each_names_children) gathered.event.children.clear();
      one.events.push_back(std::move(gathered.event));
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace cpc
