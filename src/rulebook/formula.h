#pragma once
#include <string>
#include <string_view>

#include "rulebook/logic.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// Rules in one line each, in the vocabulary's own words, for those who write or compare rulebooks:
/// `decision is plan_made and not (covered has signed)`.
[[nodiscard]] std::string formula(const Condition& condition);
[[nodiscard]] std::string formula(const Selector& selector);
[[nodiscard]] std::string formula(const DateText& date);
/// The limit of a timescale with what it counts from and to: `15 working_days after last strategy_discussion_held,
/// until first conference_held`; without a number what is only measured.
[[nodiscard]] std::string limit_formula(const RuleText& timescale);
/// `15 working_days`, `3 months, inclusive`, `same_day`.
[[nodiscard]] std::string period_formula(Period period);
/// What is asked, and what is answered: `conference_type` and `initial`, or `any other` word than those asked for.
[[nodiscard]] std::string question_of(const Answer& answer);
[[nodiscard]] std::string word_of(const Answer& answer);
/// The opposite of a formula.
[[nodiscard]] std::string negated(const std::string& text);
/// Words with commas between.
[[nodiscard]] std::string comma_list(const std::vector<std::string>& words);

[[nodiscard]] std::string_view word_of(RuleText::Type type);
[[nodiscard]] std::string_view word_of(Modality modality);
[[nodiscard]] std::string_view word_of(Severity severity);

}  // namespace cpc
