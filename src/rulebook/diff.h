#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "date/calendar.h"
#include "date/moment.h"
#include "record/vocabulary.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// How one rulebook ("here") stands to another ("there") in meaning. Stricter: what is late or broken there is so here
/// too, and something else besides. A threshold test is stricter where it is met on fewer answers.
enum class Compared : std::uint8_t { same, stricter, looser, different, only_here, only_there };
[[nodiscard]] std::string_view word_of(Compared compared);

/// One part of a rule in which two differ, with what each says of it; a text is empty where one says nothing.
struct Aspect {
  /// A key of the rule: from, until, limit, when, while, at, expect, …; a step of a process is one of `transitions`.
  std::string_view part;
  std::string here;
  std::string there;
  Compared compared = Compared::different;  ///< same: it weighs nothing.
};

/// A day from which two limits differ: the due dates that each gives. The days counted from differ where one counts
/// from the first and the other from the last of several rows.
struct LimitExample {
  Moment from_here;
  Moment from_there;
  Moment due_here;
  Moment due_there;
};

/// Answers under which two rules come out apart, and how each does. What is not among them does not matter.
struct AnswersExample {
  std::vector<std::pair<std::string, std::string>> answers;  ///< What is asked, and what is answered.
  std::string here;
  std::string there;
};

struct RuleDifference {
  Compared compared = Compared::same;
  const RuleText* here = nullptr;  ///< Null where it stands only there.
  const RuleText* there = nullptr;
  std::vector<Aspect> aspects;
  std::vector<LimitExample> limits;
  std::vector<AnswersExample> answers;
};

/// All that two rulebooks say of one duty. The rules live as long as the rulebooks.
struct DutyDifference {
  std::string duty;
  Compared compared = Compared::same;
  std::vector<RuleDifference> rules;
};

/// Compares two rules of one kind. Limits are counted from every day of the calendar, conditions and trees by every
/// answer to their questions; leaves that depend on each other by their meaning alone count as apart, so that two
/// rules may be called different where they are not, but never the same.
[[nodiscard]] RuleDifference compare_rules(const RuleText& here, const RuleText& there, const Calendar& calendar,
                                           const Vocabulary& vocabulary);

/// The rules of a rulebook that are in force on a day, or on its own last day.
[[nodiscard]] std::vector<const RuleText*> rules_on(const Rulebook& book, std::optional<Day> day);

/// Compares two rulebooks duty by duty, in the order of the vocabulary; duties of which neither speaks are left out.
/// Rules are paired by their kind, by what they are about and by their ids.
/// @param on  The day whose editions are compared; nothing: the last day on which each rulebook is in force.
[[nodiscard]] std::vector<DutyDifference> diff(const Rulebook& here, const Rulebook& there, std::optional<Day> on,
                                               const Calendar& calendar, const Vocabulary& vocabulary);

}  // namespace cpc
