#include "census/checks.h"

#include "assessment/wording.h"
#include "base/text.h"

namespace cpc {
namespace {

/// The finding of one check about one group (or the child itself, without a number).
class Checks {
 public:
  Checks(const CensusChild& child, std::vector<CensusFinding>& out) : name_(census_name(child)), out_(out) {}

  CensusFinding& add(const char* rule, Severity severity, CensusElement element, std::uint32_t line,
                     std::string explanation) {
    CensusFinding& finding = out_.emplace_back();
    finding.child = name_;
    finding.line = line;
    finding.rule = std::string{"census/"} + rule;
    finding.severity = severity;
    finding.kind = "census";
    finding.key = finding.rule + '|' + name_ + '|' + group;
    finding.element = element_name(element);
    finding.explanation = std::move(explanation);
    return finding;
  }

  std::string group;  ///< Named in keys: `s47-1`.

 private:
  std::string name_;
  std::vector<CensusFinding>& out_;
};

std::string because_closed(Day day, const Calendar& calendar) {
  if (weekday(day) >= 6) return weekday_day(day) + " is at a weekend.";
  const Holiday* holiday = calendar.holiday(day);
  return weekday_day(day) + " is a closed day" + (holiday ? ": " + holiday->title : "") + ".";
}

void check_closed_day(Checks& checks, Day day, std::uint32_t line, const Calendar& calendar) {
  if (calendar.is_working_day(day)) return;
  CensusFinding& finding =
      checks.add("conference-on-closed-day", Severity::advisory, CensusElement::conference_date, line,
                 "The conference is given for a closed day: " + because_closed(day, calendar));
  finding.value = to_string(day);
  finding.actual = day;
  finding.clauses = {"CIN-8875"};
}

void check_target(Checks& checks, const CensusSection47& section, const Calendar& calendar) {
  const std::optional<bool> differs = target_differs(section, calendar);
  if (!differs || !*differs) return;
  const Day limit = *conference_limit(section, calendar);
  const bool later = section.target.day > limit;
  CensusFinding& finding =
      checks.add("target-date", Severity::advisory, CensusElement::conference_target, section.target.line,
                 "The target date given is " + std::string{later ? "later" : "earlier"} +
                     " than the one counted: 15 working days from " + long_day(section.started.day) + " end on " +
                     long_day(limit) + ".");
  finding.value = to_string(section.target.day);
  finding.due = limit;
  if (section.target.day >= section.started.day && calendar.covers(section.started.day, section.target.day))
    finding.working_days = calendar.working_days_between(section.started.day, section.target.day);
  finding.clauses = {"ENG-04"};
}

void check_conference(Checks& checks, const CensusSection47& section, const CensusDays& days,
                      const Calendar& calendar) {
  const Day day = section.conference.day;
  const std::uint32_t line = section.conference.line;
  check_closed_day(checks, day, line, calendar);
  if (section.not_required.yes) {
    CensusFinding& finding = checks.add(
        "not-required", Severity::advisory, CensusElement::conference_not_required, section.not_required.line,
        "Marked as not requiring an initial conference, beside one held on " + long_day(day) + ".");
    finding.value = "true";
    finding.actual = day;
    finding.clauses = {"CIN-8675Q"};
  }
  if (!in_census_year(day, days)) {
    const bool ahead = day > days.as_of && day <= days.last;
    CensusFinding& finding =
        checks.add("outside-year", Severity::info, CensusElement::conference_date, line,
                   ahead ? "The conference is later than the day of this report: it is in no band."
                         : "The conference is outside the twelve months to the reference date: it is in no band.");
    finding.value = to_string(day);
    finding.actual = day;
    finding.clauses = {"CIN-8715"};
  }
  if (section.started.given) return;
  CensusFinding& finding = checks.add("no-start", Severity::advisory, CensusElement::section_47_start, section.line,
                                      "A conference without the start of its section 47 enquiry: it has no duration.");
  finding.actual = day;
  finding.clauses = {"CIN-8615"};
}

void check_reviews(Checks& checks, const CensusChild& child, const CensusPlan& plan) {
  for (std::uint32_t i = 0; i < plan.review_count; ++i) {
    const CensusOccasion& review = child.reviews[plan.first_review + i];
    if (plan.spans(review.day)) continue;
    const bool early = plan.start.read && review.day <= plan.start.day;
    CensusFinding& finding = checks.add(
        "review-outside-plan", Severity::info, CensusElement::review_date, review.line,
        early ? "The review is not after the plan's start on " + long_day(plan.start.day) + ": it is not counted."
              : "The review is after the plan's end on " + long_day(plan.end.day) + ": it is not counted.");
    finding.value = to_string(review.day);
    finding.actual = review.day;
    finding.clauses = {"CIN-8841"};
  }
}

void check_plan(Checks& checks, const CensusChild& child, const CensusPlan& plan, const CensusDays& days) {
  if (!plan.start.given)
    checks
        .add("plan-dates", Severity::advisory, CensusElement::plan_start, plan.line,
             "A plan without its start: its reviews cannot be judged.")
        .clauses = {"CIN-8720"};
  if (plan.start.read && plan.end.read && plan.end.day < plan.start.day) {
    CensusFinding& finding = checks.add(
        "plan-dates", Severity::advisory, CensusElement::plan_end, plan.end.line,
        "The plan ends before it starts, on " + long_day(plan.start.day) + ": its reviews cannot be judged.");
    finding.value = to_string(plan.end.day);
    finding.clauses = {"CIN-8925"};
  }
  check_reviews(checks, child, plan);
  if (!lacks_review(child, plan, days.as_of)) return;
  const bool ended = plan.end.read && plan.end.day <= days.as_of;
  CensusFinding& finding =
      checks.add("plan-without-review", Severity::advisory, CensusElement::review_date, plan.line,
                 "The file holds no review of the plan that began on " + long_day(plan.start.day) +
                     (ended ? " and ended on " + long_day(plan.end.day) : "") + ", later than its first limit.");
  finding.due = *add_months(plan.start.day, 3, MonthEnd::clamp);
  finding.clauses = {"ENG-07"};
}

bool overlap(const CensusPlan& a, const CensusPlan& b) {
  return a.start.read && b.start.read && a.start.day <= b.start.day && (!a.end.read || b.start.day < a.end.day);
}

/// Whose review one is cannot be told by its day where plans run side by side.
void check_overlap(Checks& checks, const CensusChild& child, std::size_t number) {
  const CensusPlan& plan = child.plans[number];
  for (std::size_t i = 0; i < child.plans.size(); ++i) {
    const CensusPlan& other = child.plans[i];
    if (i == number || other.empty() || !overlap(other, plan) || (overlap(plan, other) && i > number)) continue;
    CensusFinding& finding = checks.add("plans-overlap", Severity::advisory, CensusElement::plan_start, plan.start.line,
                                        "The plan begins while that of " + long_day(other.start.day) +
                                            " runs: limits of reviews while both run may stay undetermined.");
    finding.value = to_string(plan.start.day);
    finding.clauses = {"CIN-8940"};
    return;
  }
}

std::string explain(const CensusRemark& remark) {
  const std::string element{element_name(remark.element)};
  switch (remark.kind) {
    case CensusRemark::Kind::repeated:
      return element + " is given more than once in its group: the first counts, this one does not.";
    case CensusRemark::Kind::misplaced:
      return element + " stands where it has no meaning, and is not read.";
    case CensusRemark::Kind::unreadable:
      break;
  }
  using E = CensusElement;
  switch (remark.element) {
    case E::la_child_id:
      return "The identifier is longer than any, and is not read.";
    case E::referral_nfa:
    case E::conference_not_required:
      return "Not a yes or no: expected true, false, 1 or 0.";
    case E::closure_reason:
      return "Not a reason for closure: expected RC1 to RC9.";
    case E::initial_category:
    case E::latest_category:
      return "Not a category of abuse: expected NEG, PHY, SAB, EMO or MUL.";
    case E::previous_plans:
      return "Not a number of earlier plans.";
    default:
      return "Not a date: expected yyyy-mm-dd or dd/mm/yyyy, of a day that exists between 1900 and 2199.";
  }
}

const char* rule_of(CensusRemark::Kind kind) {
  switch (kind) {
    case CensusRemark::Kind::repeated:
      return "repeated";
    case CensusRemark::Kind::misplaced:
      return "misplaced";
    case CensusRemark::Kind::unreadable:
      break;
  }
  return "unreadable";
}

}  // namespace

std::string census_name(const CensusChild& child) {
  return child.id.empty() ? "line " + std::to_string(child.line) : child.id;
}

void add_census_checks(const CensusChild& child, const CensusDays& days, const Calendar& calendar,
                       std::vector<CensusFinding>& out) {
  Checks checks(child, out);
  if (child.id.empty())
    checks.add("no-identifier", Severity::advisory, CensusElement::la_child_id, child.line,
               "The child has no identifier: findings name its line.");
  for (std::size_t i = 0; i < child.sections.size(); ++i) {
    const CensusSection47& section = child.sections[i];
    if (section.empty()) continue;
    checks.group = "s47-" + std::to_string(i + 1);
    check_target(checks, section, calendar);
    if (section.conference.read) check_conference(checks, section, days, calendar);
  }
  for (std::size_t i = 0; i < child.transfers.size(); ++i) {
    checks.group = "transfer-" + std::to_string(i + 1);
    check_closed_day(checks, child.transfers[i].day, child.transfers[i].line, calendar);
  }
  for (std::size_t i = 0; i < child.plans.size(); ++i) {
    if (child.plans[i].empty()) continue;
    checks.group = "plan-" + std::to_string(i + 1);
    check_plan(checks, child, child.plans[i], days);
    check_overlap(checks, child, i);
  }
  for (std::size_t i = 0; i < child.remarks.size(); ++i) {
    const CensusRemark& remark = child.remarks[i];
    checks.group = std::string{element_name(remark.element)} + '-' + std::to_string(i + 1);
    checks.add(rule_of(remark.kind), Severity::advisory, remark.element, remark.line, explain(remark)).value =
        remark.value.empty() ? std::string{} : quoted(remark.value);
  }
}

CensusFinding header_finding(const CensusRemark& remark) {
  CensusFinding finding;
  finding.line = remark.line;
  finding.rule = std::string{"census/"} + rule_of(remark.kind);
  finding.severity = Severity::advisory;
  finding.kind = "census";
  finding.key = finding.rule + "|header|" + std::string{element_name(remark.element)};
  finding.element = element_name(remark.element);
  finding.value = quoted(remark.value);
  finding.explanation = explain(remark);
  return finding;
}

}  // namespace cpc
