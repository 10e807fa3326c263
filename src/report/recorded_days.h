#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "assessment/assessment.h"

namespace cpc {

/// The rows of one event on one day.
struct RecordedEvent {
  EventId event = 0;
  int rows = 0;
  std::set<int> children;  ///< Places in the order of children; empty where a row names none.
  std::set<std::string> conferences;
};

/// What the record holds of one day, the events in the order of the vocabulary.
struct RecordedDay {
  std::optional<Day> day;  ///< Nothing: the rows that give no day.
  std::vector<RecordedEvent> events;
};

/// Day by day, the rows without a day last, whatever the order of the input. Without the rows that the assessment
/// leaves out, and without those of the record's list of children.
[[nodiscard]] std::vector<RecordedDay> recorded_days(const Assessment& assessment);

}  // namespace cpc
