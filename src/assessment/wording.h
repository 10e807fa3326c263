#pragma once
#include <string>
#include <string_view>

#include "assessment/assessment.h"
#include "date/limit.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// Plain English for what an assessment says, made of vocabulary words, ids, dates and numbers alone.

/// "9 June 2026"; "Tue 9 June 2026".
[[nodiscard]] std::string long_day(Day day);
[[nodiscard]] std::string weekday_day(Day day);
/// "9 June 2026", or "9 June 2026, 10:00" where the time is given.
[[nodiscard]] std::string long_moment(Moment moment);
/// "plan made" for `plan_made` or `plan-made`.
[[nodiscard]] std::string spelled(std::string_view word);
/// The same, beginning with a capital.
[[nodiscard]] std::string titled(std::string_view word);
/// "1 child", "3 children".
[[nodiscard]] std::string counted(std::int64_t count, std::string_view one, std::string_view several);
/// "a", "a and b", "a, b and c"; `last` stands before the last.
[[nodiscard]] std::string listed(const std::vector<std::string>& items, std::string_view last = "and");

/// "15 working days", "3 months", "2 clear days".
[[nodiscard]] std::string period_text(Period period);
/// "3 working days (5 calendar days)", "101 days", "29 hours 40 minutes".
[[nodiscard]] std::string amount_text(const Amount& amount);
/// "15 working days after the last strategy discussion held"; empty where the rule sets no limit.
[[nodiscard]] std::string limit_text(const RuleText& rule);
/// The same, with the day from which this result counts: "15 working days after the last strategy discussion held, 18
/// May 2026".
[[nodiscard]] std::string limit_text(const RuleText& rule, const TimescaleResult& result);
/// A fact as written in a rule: "the conference's date" for `conference.conference_date`.
[[nodiscard]] std::string fact_text(std::string_view fact);

/// What a rule is called: its title, or else its id in words.
[[nodiscard]] std::string title_of(const RuleText& rule);
/// What a result of a timescale is called: "Later review (cycle 2)".
[[nodiscard]] std::string title_of(const Assessment& assessment, const TimescaleResult& result);
/// A question of a threshold tree: "has suffered", "likelihood basis is likely".
[[nodiscard]] std::string question_text(const Condition& question);

/// One sentence for each kind of result that is a finding.
[[nodiscard]] std::string says(const Assessment& assessment, const TimescaleResult& result);
[[nodiscard]] std::string says(const Assessment& assessment, const RequirementResult& result);
[[nodiscard]] std::string says(const Assessment& assessment, const ProcessFinding& finding);
[[nodiscard]] std::string says(const Assessment& assessment, const DecisionFinding& finding);

}  // namespace cpc
