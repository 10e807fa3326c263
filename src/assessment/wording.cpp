#include "assessment/wording.h"

#include <array>
#include <cctype>

namespace cpc {
namespace {

constexpr int hour_minutes = 60;
constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::string_view unit_word(Unit unit) {
  switch (unit) {
    case Unit::minute:
      return "minute";
    case Unit::hour:
      return "hour";
    case Unit::day:
      return "day";
    case Unit::working_day:
      return "working day";
    case Unit::week:
      return "week";
    case Unit::month:
      return "month";
    case Unit::year:
      return "year";
    case Unit::gestation_week:
      return "week of pregnancy";
    case Unit::same_day:
      return "day";
  }
  return {};
}

std::string plural(std::int64_t count, std::string_view one) { return counted(count, one, std::string(one) + "s"); }

/// The values that a selector asks for of one of its facts, "initial" or "plan made"; empty where it asks for none.
std::string wanted_values(const Condition& where, std::string_view fact_ending) {
  if (where.op == Condition::Op::all)
    for (const auto& part : where.parts)
      if (auto text = wanted_values(part, fact_ending); !text.empty()) return text;
  if (where.op != Condition::Op::fact || where.compare != Compare::is || !where.fact.ends_with(fact_ending)) return {};
  std::vector<std::string> values;
  for (const auto& value : where.values) values.push_back(spelled(value));
  return listed(values, "or");
}

/// "review conference held", "decision made (plan made)".
std::string event_text(const Selector& selector) {
  auto text = spelled(selector.event);
  if (selector.where.empty()) return text;
  const auto& where = selector.where.front();
  if (text.starts_with("conference "))
    if (const auto type = wanted_values(where, "conference_type"); !type.empty()) return type + ' ' + text;
  if (selector.event == "decision_made")
    if (const auto decision = wanted_values(where, "decision"); !decision.empty()) text += " (" + decision + ")";
  return text;
}

std::string selector_text(const Selector& selector, bool repeats) {
  if (!selector.attribute.empty() && selector.attribute.find('.') != std::string::npos)
    return fact_text(selector.attribute);
  std::string text = "the ";
  if (repeats) text += "latest ";
  if (!repeats && selector.pick == Selector::Pick::first) text += "first ";
  if (!repeats && selector.pick == Selector::Pick::last) text += "last ";
  text += event_text(selector);
  if (!selector.attribute.empty()) text = "'" + spelled(selector.attribute) + "' of " + text;
  return text;
}

std::string date_text(const DateText& date, bool repeats = false) {
  std::string text;
  switch (date.source) {
    case DateText::Source::selector:
      text = date.selector.empty() ? std::string() : selector_text(date.selector.front(), repeats);
      break;
    case DateText::Source::fact:
      text = fact_text(date.fact);
      break;
    case DateText::Source::from:
      text = "its beginning";
      break;
    case DateText::Source::until:
      text = "its end";
      break;
    case DateText::Source::date:
      text = date.inner.empty() ? std::string() : date_text(date.inner.front(), repeats);
      break;
  }
  if (!date.offset) return text;
  const bool before = date.offset->count < 0;
  auto period = *date.offset;
  period.count = before ? -period.count : period.count;
  return period_text(period) + (before ? " before " : " after ") + text;
}

std::string one_limit_text(const RuleText& rule, const LimitText& limit) {
  const auto* anchor = limit.from ? &*limit.from : rule.from ? &*rule.from : nullptr;
  const auto text = anchor ? date_text(*anchor, rule.repeats) : std::string();
  const auto period = limit.period;
  if (period.unit == Unit::gestation_week) return "by " + std::to_string(period.count) + " weeks of pregnancy";
  if (period.unit == Unit::same_day) return "on the day of " + text;
  if (period.count == 0) return limit.ahead ? "no later than " + text : "on the day of " + text;
  return period_text(period) + (limit.ahead ? " before " : " after ") + text;
}

std::string state_names(const RuleText& rule, std::uint64_t states) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rule.states.size(); ++i)
    if (states >> i & 1) names.push_back("'" + spelled(rule.states[i]) + "'");
  return listed(names, "or");
}

const Rule& rule_of(const Assessment& assessment, Index rule) {
  return assessment.program->rules[static_cast<std::size_t>(rule)];
}

/// "decision made on 9 June 2026".
std::string row_text(const Assessment& assessment, std::int32_t number) {
  const auto& row = assessment.record->rows[static_cast<std::size_t>(number)];
  auto text = spelled(assessment.record->vocabulary->events[row.event].name);
  if (row.at != unknown_value) text += " on " + long_day(moment_of(row.at).day);
  return text;
}

std::string authorised_text(Authorised authorised) {
  switch (authorised) {
    case Authorised::yes:
      return "; the delay is recorded as authorised";
    case Authorised::no:
      return "; no authorised delay is recorded";
    case Authorised::unknown:
      return "; whether the delay was authorised is not known";
    case Authorised::not_provided_for:
      break;
  }
  return {};
}

/// "the limit of 9 June 2026 (15 working days after …)".
std::string limit_and_rule(const TimescaleResult& result, const RuleText& rule) {
  auto text =
      result.due == unknown_value ? std::string("the limit") : "the limit of " + long_moment(moment_of(result.due));
  if (const auto limit = limit_text(rule, result); !limit.empty()) text += " (" + limit + ")";
  return text;
}

}  // namespace

std::string long_day(Day day) {
  const auto civil = civil_of(day);
  return std::to_string(civil.day) + ' ' + std::string(months[static_cast<std::size_t>(civil.month - 1)]) + ' ' +
         std::to_string(civil.year);
}

std::string weekday_day(Day day) {
  return std::string(weekdays[static_cast<std::size_t>(weekday(day) - 1)]) + ' ' + long_day(day);
}

std::string long_moment(Moment moment) {
  if (!moment.has_time()) return long_day(moment.day);
  return long_day(moment.day) + ", " + to_string(moment).substr(to_string(moment.day).size() + 1);
}

std::string spelled(std::string_view word) {
  std::string text(word);
  for (char& c : text)
    if (c == '_' || c == '-') c = ' ';
  return text;
}

std::string titled(std::string_view word) {
  auto text = spelled(word);
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view several) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : several);
}

std::string listed(const std::vector<std::string>& items, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? ' ' + std::string(last) + ' ' : ", ";
    text += items[i];
  }
  return text;
}

std::string period_text(Period period) {
  if (period.unit == Unit::same_day) return "the same day";
  const auto clear = period.counting == Counting::clear ? "clear " : "";
  auto text = plural(period.count, clear + std::string(unit_word(period.unit)));
  if (period.counting == Counting::inclusive) text += ", the first day counted,";
  return text;
}

std::string amount_text(const Amount& amount) {
  switch (amount.unit) {
    case Unit::minute:
    case Unit::hour: {
      const auto hours = amount.minutes / hour_minutes, minutes = amount.minutes % hour_minutes;
      if (hours == 0) return plural(minutes, "minute");
      return plural(hours, "hour") + (minutes == 0 ? "" : ' ' + plural(minutes, "minute"));
    }
    case Unit::working_day:
      return plural(amount.count, "working day") + " (" + plural(amount.days, "calendar day") + ')';
    default:
      return plural(amount.days, "day");
  }
}

std::string limit_text(const RuleText& rule) {
  std::vector<std::string> texts;
  for (const auto& limit : rule.limits) texts.push_back(one_limit_text(rule, limit));
  if (texts.size() < 2) return listed(texts);
  return listed(texts, "or") + ", whichever is " + (rule.take_latest ? "later" : "earlier");
}

std::string limit_text(const RuleText& rule, const TimescaleResult& result) {
  auto text = limit_text(rule);
  if (rule.limits.size() != 1 || rule.limits.front().from || result.from == unknown_value) return text;
  const bool pregnancy = rule.limits.front().period.unit == Unit::gestation_week;
  return text + (pregnancy ? ", the birth expected on " : ", ") + long_moment(moment_of(result.from));
}

std::string fact_text(std::string_view fact) {
  const auto dot = fact.find('.');
  if (dot == std::string_view::npos) return "'" + spelled(fact) + "'";
  const auto kind = fact.substr(0, dot);
  auto rest = fact.substr(dot + 1);
  if (rest.starts_with(kind) && rest.size() > kind.size() + 1) rest.remove_prefix(kind.size() + 1);
  return "the " + spelled(kind) + (kind == "section_47" ? " enquiry" : "") + "'s " + spelled(rest);
}

std::string title_of(const RuleText& rule) { return rule.title.empty() ? titled(rule.id) : rule.title; }

std::string title_of(const Assessment& assessment, const TimescaleResult& result) {
  const auto& rule = *rule_of(assessment, result.rule).text;
  return title_of(rule) + (result.cycle > 0 ? " (cycle " + std::to_string(result.cycle) + ')' : std::string());
}

std::string question_text(const Condition& question) {
  auto text = spelled(question.fact);
  const bool alone = question.values.empty() || question.values.front() == "true";
  if (alone) return text;
  std::vector<std::string> values;
  for (const auto& value : question.values) values.push_back(spelled(value));
  return text + " is " + listed(values, "or");
}

std::string says(const Assessment& assessment, const TimescaleResult& result) {
  const auto& rule = *rule_of(assessment, result.rule).text;
  auto text = title_of(assessment, result);
  text += ": ";
  const auto amount = result.has_amount ? amount_text(result.amount) : std::string();
  const auto moment = [](Value value) {
    return value == unknown_value ? "a day not known" : long_moment(moment_of(value));
  };
  switch (result.status) {
    case TimescaleStatus::late:
      text += moment(result.ended) + ", " + (amount.empty() ? "" : amount + ' ') + "later than " +
              limit_and_rule(result, rule);
      break;
    case TimescaleStatus::overdue:
      text += "not recorded, " + (amount.empty() ? "" : amount + ' ') + "after " + limit_and_rule(result, rule);
      break;
    case TimescaleStatus::missed:
      text += "not recorded by " + limit_and_rule(result, rule) + ", and the occasion for it has gone";
      break;
    case TimescaleStatus::out_of_order:
      return text + "recorded for " + moment(result.ended) + ", before what it follows on " + moment(result.from);
    default:
      return text + spelled(to_string(result.status));
  }
  return text + authorised_text(result.authorised);
}

std::string says(const Assessment& assessment, const RequirementResult& result) {
  const auto& rule = rule_of(assessment, result.rule);
  auto text = rule.text->say;
  if (text.empty() && rule.text->type == RuleText::Type::quorum)
    text = "The quorum is not shown by the attendance recorded.";
  if (text.empty()) text = titled(rule.text->id) + ": not recorded as asked for.";
  if (rule.text->type == RuleText::Type::quorum && result.counted >= 0)
    text += ' ' + counted(result.counted, "agency or discipline", "agencies or disciplines") + " counted.";
  return text;
}

std::string says(const Assessment& assessment, const ProcessFinding& finding) {
  const auto& rule = *rule_of(assessment, finding.process).text;
  auto text = titled(rule.id) + ": " + (finding.row < 0 ? "an event" : row_text(assessment, finding.row));
  if (finding.remark == ProcessRemark::out_of_sequence) {
    text += ", while it stood at " + state_names(rule, finding.states);
    const auto expected = state_names(rule, finding.expected);
    return expected.empty() ? text : text + "; expected only from " + expected;
  }
  const auto step = finding.transition < 0
                        ? std::string("this step")
                        : "'" + spelled(rule.transitions[static_cast<std::size_t>(finding.transition)].id) + "'";
  if (finding.remark == ProcessRemark::guard_no) return text + ": what " + step + " depends on is not so on the record";
  return text + ": whether what " + step + " depends on was so is not known";
}

std::string says(const Assessment& assessment, const DecisionFinding& finding) {
  const auto outcome = spelled(to_string(finding.outcome));
  if (finding.remark == DecisionRemark::view_differs)
    return "The view on the threshold given with the answers differs from what these come to: " + outcome;
  // Only where the text has the chair decide is the decision to follow from the chair's answers.
  const auto& book =
      *assessment.program->rulebooks[static_cast<std::size_t>(rule_of(assessment, finding.rule).rulebook)];
  const std::string_view chair = "conference_chair";
  const auto decision = "The " + row_text(assessment, finding.row);
  if (decides(book, chair))
    return decision + " does not follow from the chair's own answers, which come to: " + outcome;
  const auto title = title_in(book, chair);
  return decision + " differs from what the answers recorded for the " +
         (title.empty() ? spelled(chair) : std::string(title)) + " come to: " + outcome;
}

}  // namespace cpc
