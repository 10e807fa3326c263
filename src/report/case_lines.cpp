#include "report/case_lines.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "assessment/wording.h"

namespace cpc {
namespace {

constexpr std::size_t clauses_shown = 6;

std::string joined(const std::vector<AnsweredQuestion>& answers) {
  std::string out;
  for (const auto& one : answers) {
    if (!out.empty()) out += ", ";
    out.append(one.question).append(one.answer.empty() ? "" : ": ").append(one.answer);
  }
  return out;
}

template <class List>
int place_in(const List& list, const typename List::value_type* one) {
  return static_cast<int>(one - list.data());
}

}  // namespace

std::string ended(std::string text) {
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

std::vector<std::string> unique(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (const auto& one : texts)
    if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
  return out;
}

CaseLines::CaseLines(const Assessment& assessment, CaseLineOptions options)
    : a_(assessment),
      program_(*assessment.program),
      record_(*assessment.record),
      options_(options),
      findings_(findings_of(assessment)),
      children_(children_in_order(assessment)) {
  place_.resize(children_.size());
  for (std::size_t i = 0; i < children_.size(); ++i)
    place_[static_cast<std::size_t>(children_[i])] = static_cast<int>(i);
  for (const auto& result : a_.timescales) note_instances(result.scope);
  for (const auto& result : a_.states) note_instances(result.scope);
  for (const auto& result : a_.requirements) note_instances(result.scope);
  for (const auto& finding : a_.process_findings) note_instances(finding.scope);
  for (const auto& finding : a_.decision_findings) note_instances(finding.scope);
  for (const auto& need : a_.needs) note_instances(need.scope);
}

void CaseLines::note_instances(const ScopeId& scope) {
  for (const auto number : scope.instance)
    if (number >= 0) instances_[{scope.child, instance_name(a_, number).kind}].insert(number);
}

// ---- The top and the bottom

std::string CaseLines::rulebooks() const {
  std::vector<std::string> names;
  for (auto i = program_.rulebooks.size(); i-- > 0;)
    names.push_back(program_.rulebooks[i]->name + ", edition " + program_.rulebooks[i]->edition);
  return listed(names, "over");
}

std::string CaseLines::calendar() const {
  const auto& calendar = program_.calendar.text();
  return calendar.name + ", holidays known to " + long_day(calendar.last) +
         (calendar.closures.empty() ? "" : ", with closures: " + listed(calendar.closures));
}

std::string CaseLines::left_out() const {
  std::vector<std::string> parts;
  const auto add = [&](std::int32_t count, std::string_view one, std::string_view several) {
    if (count > 0) parts.push_back(counted(count, one, several));
  };
  add(a_.left_out_later, "row later than that day", "rows later than that day");
  add(a_.left_out_not_yet_known, "row not known by then", "rows not known by then");
  add(a_.left_out_withdrawn, "withdrawn row", "withdrawn rows");
  add(program_.calendar.left_out(), "holiday announced later", "holidays announced later");
  return listed(parts);
}

std::string CaseLines::silent_duties() const {
  const auto count = static_cast<std::int64_t>(program_.not_covered.size());
  return count == 0 ? std::string() : "Of " + counted(count, "duty", "duties") + " the rulebook says nothing.";
}

std::string CaseLines::other_checks() const {
  std::map<TimescaleStatus, int> timescales;
  int not_recorded = 0, satisfied = 0;
  for (const auto& result : a_.timescales) {
    ++timescales[result.status];
    if (result.status == TimescaleStatus::undetermined && result.because == Because::not_recorded) ++not_recorded;
  }
  for (const auto& result : a_.requirements) {
    if (result.status == RequirementStatus::satisfied) ++satisfied;
    if (result.status == RequirementStatus::undetermined && result.because == Because::not_recorded) ++not_recorded;
  }
  std::vector<std::string> parts;
  const auto add = [&](int count, const std::string& text) {
    if (count > 0) parts.push_back(std::to_string(count) + ' ' + text);
  };
  add(timescales[TimescaleStatus::met], "kept in time");
  add(satisfied, "found as expected");
  add(timescales[TimescaleStatus::waiting], "not yet begun");
  add(timescales[TimescaleStatus::not_applicable], "that do not apply");
  add(not_recorded, "that rest on what is not recorded here");
  return listed(parts);
}

// ---- Words for parts of a line

std::string CaseLines::child_list(const std::set<int>& children) const {
  std::vector<std::string> names;
  for (const int place : children) names.emplace_back(child_name(a_, children_[static_cast<std::size_t>(place)]));
  return listed(names);
}

std::string CaseLines::conference_type(std::string_view id) const {
  const auto at = static_cast<std::size_t>(program_.known.arranged_type);
  const auto& slot = record_.vocabulary->events[program_.known.conference_arranged].slots[at];
  const auto& words = record_.vocabulary->enumerations[static_cast<std::size_t>(slot.enumeration)].values;
  // The latest that was arranged, whatever the order of the rows.
  std::pair<Value, Value> latest{0, unknown_value};
  for (const auto& row : record_.rows) {
    if (row.event != program_.known.conference_arranged || row.conference == no_id) continue;
    if (record_.ids.text(row.conference) != id) continue;
    const auto value = record_.slots(row)[at];
    if (value == unknown_value) continue;
    const std::pair one{row.at == unknown_value ? 0 : row.at, value};
    if (latest.second == unknown_value || latest < one) latest = one;
  }
  return latest.second == unknown_value ? std::string() : words[latest.second - 1];
}

/// "Review conference of 3 September 2026 (c2)": from the rows that are not left out of anything.
std::string CaseLines::conference_title(int number) const {
  const auto& id = instance_name(a_, static_cast<std::int16_t>(number)).id;
  Value held = unknown_value, planned = unknown_value;
  for (const auto& row : record_.rows) {
    if (row.conference == no_id || record_.ids.text(row.conference) != id) continue;
    if (row.event == program_.known.conference_held && row.at != unknown_value &&
        (held == unknown_value || row.at < held))
      held = row.at;
    if (row.event == program_.known.conference_arranged)
      planned = std::max(planned, record_.slots(row)[static_cast<std::size_t>(program_.known.scheduled_for)]);
  }
  const auto day = held != unknown_value && moment_of(held).day <= a_.as_of.day ? held : planned;
  const auto type = conference_type(id);
  auto text = type.empty() ? std::string("Conference") : titled(type) + " conference";
  if (day != unknown_value) text += (day == held ? " of " : " arranged for ") + long_day(moment_of(day).day);
  return text + " (" + id + ")";
}

std::string CaseLines::group_title(const std::set<int>& children, int conference) const {
  auto text = children.empty() ? std::string() : child_list(children);
  if (conference < 0) return text.empty() ? "The case" : text;
  auto title = conference_title(conference);
  if (text.empty()) return title;
  title[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(title[0])));
  return text + ", " + title;
}

/// Instances that a reader needs to tell lines apart: " (report school-report)".
std::string CaseLines::instances_text(const ScopeId& scope) const {
  std::string text;
  for (const auto number : scope.instance) {
    if (number < 0) continue;
    const auto& instance = instance_name(a_, number);
    if (instance.kind == Kind::conference) continue;
    const bool usual = instance.kind == Kind::plan || instance.kind == Kind::section_47;
    const auto known = instances_.find({scope.child, instance.kind});
    if (usual && (known == instances_.end() || known->second.size() < 2)) continue;
    const auto& kind = record_.vocabulary->instances[static_cast<std::size_t>(instance.kind)].name;
    text.append(" (").append(spelled(kind)).append(" ").append(instance.id).append(")");
  }
  return text;
}

std::string CaseLines::clauses_text(std::vector<std::string> clauses) const {
  if (clauses.empty()) return {};
  const auto left = clauses.size();
  if (!options_.every_clause && left > clauses_shown) {
    clauses.resize(clauses_shown);
    clauses.push_back(counted(static_cast<std::int64_t>(left - clauses_shown), "more clause", "more clauses"));
  }
  return " [" + listed(clauses) + "]";
}

std::string CaseLines::citation(Index rule, const std::vector<std::string>& clauses) const {
  auto text = clauses_text(clauses);
  if (program_.rulebooks.size() > 1 && !text.empty())
    text.insert(2, program_.rulebooks[static_cast<std::size_t>(rule_of(rule).rulebook)]->name + ": ");
  return text;
}

std::string CaseLines::timescale_title(const TimescaleResult& result) const {
  return title_of(a_, result) + instances_text(result.scope);
}

std::string CaseLines::limit(const TimescaleResult& result) const {
  return limit_text(*rule_of(result.rule).text, result);
}

std::string CaseLines::limit_suffix(const TimescaleResult& result) const {
  const auto text = limit(result);
  return text.empty() ? std::string() : " (" + text + ")";
}

std::string CaseLines::marks(const TimescaleResult& result) const {
  return std::string(result.provisional ? " Provisional: holidays of that time are not yet known." : "") +
         (result.unverified ? " The number is not verified." : "") +
         (result.time_not_given ? " A time is not given; days were compared." : "");
}

std::string CaseLines::act_by(const TimescaleResult& result) const {
  if (result.act_by == unknown_value || moment_of(result.act_by).day == moment_of(result.due).day) return {};
  return "; that is no working day, the last one before it is " + weekday_day(moment_of(result.act_by).day);
}

/// "after 15 working days (22 calendar days)", "2 days before", "at 20 weeks and 1 day".
std::string CaseLines::taken_text(const TimescaleResult& result) const {
  constexpr int pregnancy_days = 280, week_days = 7;
  const auto& limits = rule_of(result.rule).text->limits;
  if (!limits.empty() && limits.front().period.unit == Unit::gestation_week) {
    const int days = pregnancy_days + result.amount.days;
    return "at " + counted(days / week_days, "week", "weeks") + " and " + counted(days % week_days, "day", "days");
  }
  const bool ahead = !limits.empty() && limits.front().ahead;
  return (ahead ? "" : "after ") + amount_text(result.amount) + (ahead ? " before" : "");
}

/// The local title of a role or other word, where a rulebook gives one.
std::string CaseLines::term(std::string_view word) const {
  for (auto i = program_.rulebooks.size(); i-- > 0;)
    if (const auto title = title_in(*program_.rulebooks[i], word); !title.empty()) return std::string(title);
  return spelled(word);
}

// ---- Findings of every kind

/// A line without its text.
ReportLine CaseLines::line_for(const ScopeId& scope, Value when) const {
  ReportLine line;
  if (scope.child >= 0) line.children.insert(place_[static_cast<std::size_t>(scope.child)]);
  line.conference = conference_of(a_, scope);
  line.when = when;
  return line;
}

/// What a finding says, its instances after its title.
std::string CaseLines::with_instances(const Finding& finding) const {
  auto text = finding.says;
  const auto colon = text.find(": ");
  const bool titled_text = finding.timescale || rule_of(finding.rule).text->type == RuleText::Type::process;
  if (!titled_text || colon == std::string::npos) return text + instances_text(finding.scope);
  return text.insert(colon, instances_text(finding.scope));
}

ReportLine CaseLines::line_of(const Finding& finding) const {
  const auto when = finding.timescale      ? finding.timescale->due
                    : finding.rows.empty() ? unknown_value
                                           : record_.rows[static_cast<std::size_t>(finding.rows.front())].at;
  auto line = line_for(finding.scope, when);
  line.text = ended(with_instances(finding)) +
              (finding.can_be_explained && finding.explained == Truth::yes ? " An explanation is recorded." : "") +
              (finding.unverified ? " The number is not verified." : "") +
              (finding.severity == Severity::breach ? "" : " (" + std::string(to_string(finding.severity)) + ")");
  line.cites = citation(finding.rule, finding.clauses);
  if (finding.timescale) line.source = place_in(a_.timescales, finding.timescale);
  return line;
}

template <class Wanted>
std::vector<ReportLine> CaseLines::lines_of(const Wanted& wanted) const {
  std::vector<ReportLine> lines;
  for (const auto& finding : findings_)
    if (finding.rule != none && wanted(finding)) lines.push_back(line_of(finding));
  return lines;
}

std::vector<ReportLine> CaseLines::overdue() const {
  return lines_of([](const Finding& f) { return f.kind == "overdue"; });
}

std::vector<ReportLine> CaseLines::untimely() const {
  return lines_of([](const Finding& f) { return f.timescale && f.kind != "overdue" && f.kind != "provisional"; });
}

std::vector<ReportLine> CaseLines::unexpected() const {
  return lines_of([](const Finding& f) { return !f.timescale && f.kind != "guard_unknown"; });
}

std::vector<ReportLine> CaseLines::differing() const {
  return lines_of([](const Finding& f) { return f.kind == "view_differs" || f.kind == "decision_differs"; });
}

std::vector<std::string> CaseLines::about_record() const {
  std::vector<std::string> lines;
  for (const auto& finding : findings_)
    if (finding.rule == none || finding.kind == "provisional") lines.push_back(ended(finding.says));
  return unique(lines);
}

// ---- Limits

std::vector<ReportLine> CaseLines::pending() const {
  std::vector<ReportLine> lines;
  for (const auto& result : a_.timescales) {
    if (result.status != TimescaleStatus::pending || result.due == unknown_value) continue;
    auto line = line_for(result.scope, result.due);
    const auto due = moment_of(result.due);
    line.text = ended(timescale_title(result) + ": by " + weekday_day(due.day) +
                      (due.has_time() ? long_moment(due).substr(long_day(due.day).size()) : "") + limit_suffix(result) +
                      (result.has_amount ? ", " + amount_text(result.amount) + " left" : "") + act_by(result)) +
                marks(result);
    line.cites = citation(result.rule, rule_of(result.rule).text->cites);
    line.source = place_in(a_.timescales, &result);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<ReportLine> CaseLines::timescales(TimescaleStatus status) const {
  const bool is_met = status == TimescaleStatus::met;
  std::vector<ReportLine> lines;
  for (const auto& result : a_.timescales) {
    if (result.status != status) continue;
    auto line = line_for(result.scope, is_met ? result.ended : 0);
    line.text = timescale_title(result) + ": " +
                (is_met ? long_moment(moment_of(result.ended)) : "waits for what it counts from") +
                (result.due == unknown_value ? "" : ", limit " + long_moment(moment_of(result.due))) +
                limit_suffix(result);
    if (is_met && result.has_amount) line.text += ", " + taken_text(result);
    line.text = ended(line.text) + marks(result);
    line.cites = citation(result.rule, rule_of(result.rule).text->cites);
    line.source = place_in(a_.timescales, &result);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<ReportLine> CaseLines::met() const { return timescales(TimescaleStatus::met); }
std::vector<ReportLine> CaseLines::waiting() const { return timescales(TimescaleStatus::waiting); }

// ---- The test of significant harm

std::string CaseLines::answered_by(const ThresholdResult& result) const {
  const auto role = role_at(a_, result.row);
  return role.empty() ? "Answers" : "Answers of the " + term(role);
}

/// What the row says to a question that it answers: "yes", "no"; empty where the fact is not one of the row's.
std::string CaseLines::answer_text(std::int32_t row, const Condition& question) const {
  const auto value = value_at(a_, row, question.fact);
  if (!value) return {};
  const auto& event = record_.vocabulary->events[record_.rows[static_cast<std::size_t>(row)].event];
  const auto& slot = event.slots[static_cast<std::size_t>(
      record_.vocabulary->slot(record_.rows[static_cast<std::size_t>(row)].event, question.fact))];
  const auto meant = [&](const std::string& word) {
    return std::find(question.values.begin(), question.values.end(), word) != question.values.end();
  };
  if (slot.type == AttributeType::yes_no || slot.type == AttributeType::present)
    return (*value == yes_value) != meant("false") ? "yes" : "no";
  if (slot.enumeration < 0) return {};
  const auto& words = record_.vocabulary->enumerations[static_cast<std::size_t>(slot.enumeration)].values;
  if (slot.type == AttributeType::enumeration) return meant(words[static_cast<std::size_t>(*value - 1)]) ? "yes" : "no";
  for (std::size_t i = 0; i < words.size(); ++i)
    if ((members_of(*value) >> i & 1) != 0 && meant(words[i])) return "yes";
  return "no";
}

std::vector<AnsweredQuestion> CaseLines::answers(const ThresholdResult& result) const {
  const auto& rule = *rule_of(result.rule).text;
  std::vector<AnsweredQuestion> out;
  for (const auto number : result.path) {
    const auto& node = rule.nodes[static_cast<std::size_t>(number)];
    out.push_back(
        {question_text(node.question), answer_text(result.row, node.question), citation(result.rule, node.cites)});
  }
  return out;
}

std::vector<std::string> CaseLines::outcome_clauses(const ThresholdResult& result) const {
  const std::string_view reached = result.restate ? "restate" : to_string(result.outcome);
  std::vector<std::string> clauses;
  for (const auto& outcome : rule_of(result.rule).text->outcomes)
    if (outcome.name == reached) clauses.insert(clauses.end(), outcome.cites.begin(), outcome.cites.end());
  return clauses;
}

std::string CaseLines::threshold_remark(const ThresholdResult& result) const {
  std::string text;
  if (result.restate) text += "; one answer is to be given again in the rulebook's own words";
  std::vector<std::string> needs;
  for (const auto fact : result.needs) needs.push_back(spelled(program_.facts[static_cast<std::size_t>(fact)].name));
  if (!needs.empty()) text += "; would be settled by: " + listed(unique(needs), "or");
  return text;
}

std::vector<ReportLine> CaseLines::thresholds() const {
  std::vector<ReportLine> lines;
  for (const auto& result : a_.thresholds) {
    const auto at = result.row < 0 ? unknown_value : record_.rows[static_cast<std::size_t>(result.row)].at;
    auto line = line_for(result.scope, at);
    line.text = answered_by(result) + ": " + spelled(to_string(result.outcome));
    if (!result.path.empty()) line.text += " (" + joined(answers(result)) + ")";
    line.text = ended(line.text + threshold_remark(result));
    std::vector<std::string> clauses;
    for (const auto node : result.path) {
      const auto& cites = rule_of(result.rule).text->nodes[static_cast<std::size_t>(node)].cites;
      clauses.insert(clauses.end(), cites.begin(), cites.end());
    }
    const auto outcome = outcome_clauses(result);
    clauses.insert(clauses.end(), outcome.begin(), outcome.end());
    line.cites = citation(result.rule, unique(clauses));
    line.source = place_in(a_.thresholds, &result);
    lines.push_back(std::move(line));
  }
  return lines;
}

// ---- Where it stands, and what may come next

/// Neither still at its beginning nor at an end.
bool CaseLines::under_way(const StateResult& result) const {
  const auto& rule = rule_of(result.process);
  const bool begun = result.states != std::uint64_t{1} << rule.initial;
  return begun && (result.irregular || (result.states & ~rule.final_states) != 0);
}

std::vector<ReportLine> CaseLines::states() const {
  std::vector<ReportLine> lines;
  for (const auto& result : a_.states) {
    if (!options_.all && !under_way(result)) continue;
    const auto& rule = *rule_of(result.process).text;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rule.states.size(); ++i)
      if (result.states >> i & 1) names.push_back(spelled(rule.states[i]));
    auto line = line_for(result.scope, 0);
    line.text = ended(titled(rule.id) + instances_text(result.scope) + ": " + (names.size() > 1 ? "either " : "") +
                      listed(names, "or") +
                      (result.since == unknown_value ? "" : ", since " + long_day(moment_of(result.since).day)) +
                      (result.irregular ? ", not in the expected way" : ""));
    line.cites = citation(result.process, cpc::clauses_of(a_, result));
    line.source = place_in(a_.states, &result);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<ReportLine> CaseLines::next() const {
  constexpr std::array<std::string_view, 3> guards = {"; what it depends on is not so on the record",
                                                      "; what it depends on is not known", ""};
  std::vector<ReportLine> lines;
  for (const auto& step : a_.next) {
    const auto& rule = *rule_of(step.process).text;
    const auto& transition = rule.transitions[static_cast<std::size_t>(step.transition)];
    if (transition.to == "same") continue;
    auto line = line_for(step.scope, 0);
    line.text = ended(titled(rule.id) + instances_text(step.scope) + ": " + spelled(transition.id) + " (" +
                      spelled(transition.on.event) + "), then " + spelled(transition.to) +
                      std::string(guards[static_cast<std::size_t>(step.guard)]) +
                      (transition.derived.empty() ? "" : "; inferred, " + transition.derived));
    line.cites = citation(step.process, transition.cites);
    lines.push_back(std::move(line));
  }
  return lines;
}

// ---- What is not known

std::string CaseLines::why_undetermined(const TimescaleResult& result) const {
  if (result.due_from != unknown_value && result.due_to != unknown_value && result.due_from != result.due_to)
    return "the limit lies between " + long_moment(moment_of(result.due_from)) + " and " +
           long_moment(moment_of(result.due_to));
  if (result.because == Because::date_not_known) return "a row that counts has no date";
  if (result.because == Because::several_possible) return "more than one row may be the one that counts";
  return {};
}

std::vector<ReportLine> CaseLines::not_settled() const {
  std::vector<ReportLine> lines;
  for (const auto& result : a_.timescales) {
    if (result.status != TimescaleStatus::undetermined || result.because == Because::not_recorded) continue;
    const auto why = why_undetermined(result);
    if (why.empty() && !options_.all) continue;
    auto line = line_for(result.scope, result.due_from);
    line.text =
        ended(timescale_title(result) + limit_suffix(result) + ": not settled" + (why.empty() ? "" : ", " + why));
    line.cites = citation(result.rule, rule_of(result.rule).text->cites);
    line.source = place_in(a_.timescales, &result);
    lines.push_back(std::move(line));
  }
  const auto guards = lines_of([](const Finding& f) { return f.kind == "guard_unknown"; });
  lines.insert(lines.end(), guards.begin(), guards.end());
  return lines;
}

std::string CaseLines::missing_text(const MissingFact& missing) const {
  const auto settles = "; would settle " + counted(missing.checks, "check", "checks") + ".";
  if (missing.event_itself) return "Not recorded here: " + spelled(missing.fact) + settles;
  const auto dot = missing.fact.find('.');
  std::string what;
  if (dot == std::string::npos) {
    what = "'" + spelled(missing.fact) + "'";
  } else if (record_.vocabulary->event(missing.fact.substr(0, dot)) >= 0) {
    what = "'" + spelled(missing.fact.substr(dot + 1)) + "' of " + spelled(missing.fact.substr(0, dot));
  } else {
    what = fact_text(missing.fact);
  }
  if (missing.rows.size() > 1) what += ", " + counted(static_cast<std::int64_t>(missing.rows.size()), "row", "rows");
  if (missing.rows.size() == 1)
    what += " (" + record_.row_name(record_.rows[static_cast<std::size_t>(missing.rows.front())]) + ")";
  std::vector<std::string> items;
  for (const auto& item : missing.items) items.push_back(spelled(item));
  if (!items.empty()) what += ": " + listed(items);
  return "Not known: " + what + settles;
}

std::vector<ReportLine> CaseLines::missing() const {
  std::vector<ReportLine> lines;
  for (const auto& missing : missing_facts(a_)) {
    if (!missing.kept && !options_.all) continue;
    std::vector<std::string> clauses;
    for (const auto rule : missing.rules)
      clauses.insert(clauses.end(), rule_of(rule).text->cites.begin(), rule_of(rule).text->cites.end());
    ReportLine line;
    line.text = missing_text(missing);
    line.cites = clauses_text(unique(clauses));
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace cpc
