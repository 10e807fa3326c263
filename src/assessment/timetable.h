#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assessment/assessment.h"

namespace cpc {

/// What to plan for. Everything that is not said is found in the record.
struct TimetableRequest {
  Moment as_of;
  std::optional<Moment> known_at;
  std::optional<Moment> proposed;  ///< When the conference is to be held; nothing: only the latest safe dates.
  std::string conference;          ///< Its id; empty: the one that is arranged and not held, or else a new one.
  std::string type;  ///< A conference_type; empty: as arranged, else review where a plan runs, else initial.
};

/// One limit of the timetable.
struct TimetableStep {
  enum class Standing : std::uint8_t {
    done,      ///< The record shows it.
    possible,  ///< It can still be met.
    too_late,  ///< Its last day has passed.
  };
  std::string rule;
  std::string title;  ///< In words: "Initial conference (cycle 1)".
  std::string limit;  ///< "15 working days after the last strategy discussion held".
  std::string duty;
  std::string who;  ///< The role that is to do it, where the rule says; a word of the vocabulary.
  std::vector<std::string> clauses;
  Severity severity = Severity::advisory;
  std::string child;
  std::vector<std::pair<std::string, std::string>> instances;  ///< Kind and id.
  Standing standing = Standing::possible;
  Value from = unknown_value;
  Value due = unknown_value;
  Value act_by = unknown_value;  ///< The last working day on or before `due`.
  Value ended = unknown_value;   ///< When the record shows it done.
  bool provisional = false;
  bool unverified = false;
  std::vector<std::size_t> after;  ///< Steps of the same list that it waits for.
};

/// The dates on which a conference would meet every limit.
struct TimetableWindow {
  std::optional<Day> first;  ///< Nothing: there is no such working day.
  std::optional<Day> last;
  bool open_ended = false;  ///< No limit ends with the conference; `last` is then as far as was looked.
};

/// A plan of dates. It is made by assessing the record again with the rows that are to come, as if they had happened;
/// what has no limit in days is not in it.
struct Timetable {
  Moment as_of;
  std::optional<Moment> proposed;
  std::string conference;  ///< Its id, or empty where it has none yet.
  std::string type;
  bool closed_day = false;               ///< The proposed day is no working day.
  bool within_every_limit = false;       ///< Of those in `ends_with` and `before`.
  std::vector<TimetableStep> ends_with;  ///< Limits that the conference has to be held within.
  std::vector<TimetableStep> before;     ///< Limits that lie ahead of it.
  std::vector<TimetableStep> then;       ///< What holding it obliges to, a plan being made or continued.
  TimetableWindow window;
  /// Without a proposed date: the latest safe date of every later step, each earlier one being done on its own limit.
  /// In an order in which they can be taken.
  std::vector<TimetableStep> latest;
};

/// Plans ahead of a record. Fails where the conference named is not in it, or was held.
[[nodiscard]] Result<Timetable> plan_timetable(const std::shared_ptr<const Program>& program, const Record& record,
                                               const TimetableRequest& request);

}  // namespace cpc
