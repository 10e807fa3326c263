#include "report/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "assessment/findings.h"
#include "assessment/wording.h"
#include "report/lines.h"

namespace cpc {
namespace {

constexpr std::size_t clauses_shown = 6;
constexpr std::string_view closing =
    "These are checks of the record, not of anyone's practice. Whether the test of significant harm is met, and what "
    "follows, is for the conference: the decision is the chair's.";

std::string clauses_text(std::vector<std::string> clauses, bool all) {
  if (clauses.empty()) return {};
  const auto left = clauses.size();
  if (!all && left > clauses_shown) {
    clauses.resize(clauses_shown);
    clauses.push_back(counted(static_cast<std::int64_t>(left - clauses_shown), "more clause", "more clauses"));
  }
  return " [" + listed(clauses) + "]";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& one : texts) out += (out.empty() ? "" : ", ") + one;
  return out;
}

std::string ended(std::string text) {
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

class Reporter {
 public:
  Reporter(const Assessment& assessment, std::string& out, bool all)
      : a_(assessment), program_(*assessment.program), record_(*assessment.record), out_(out), all_(all) {
    const auto order = children_in_order(a_);
    place_.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) place_[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
    children_ = order;
    for (const auto& result : a_.timescales) note_instances(result.scope);
    for (const auto& result : a_.states) note_instances(result.scope);
    for (const auto& result : a_.requirements) note_instances(result.scope);
    for (const auto& finding : a_.process_findings) note_instances(finding.scope);
    for (const auto& finding : a_.decision_findings) note_instances(finding.scope);
    for (const auto& need : a_.needs) note_instances(need.scope);
  }

  void report() {
    heading();
    const auto findings = findings_of(a_);
    section("OVERDUE", lines_of(findings, [](const Finding& f) { return f.kind == "overdue"; }));
    section("DUE NEXT", pending());
    section("LATER THAN THE LIMIT, MISSED OR OUT OF ORDER", lines_of(findings, [](const Finding& f) {
              return f.timescale && f.kind != "overdue" && f.kind != "provisional";
            }));
    section("MISSING OR OTHER THAN EXPECTED", lines_of(findings, [](const Finding& f) {
              return f.rule != none && !f.timescale && f.kind != "guard_unknown";
            }));
    section("THE TEST OF SIGNIFICANT HARM, ON THE ANSWERS RECORDED", thresholds());
    section("WHERE IT STANDS", states());
    not_known(findings);
    about_record(findings);
    if (all_) everything_else();
    counts();
    out_ += '\n' + wrapped(closing, 0, 0);
  }

  void threshold_lines() {
    auto lines = thresholds();
    const auto differing = lines_of(
        findings_of(a_), [](const Finding& f) { return f.kind == "view_differs" || f.kind == "decision_differs"; });
    lines.insert(lines.end(), differing.begin(), differing.end());
    const bool one_conference = std::all_of(lines.begin(), lines.end(), [&](const ReportLine& line) {
      return line.conference == lines.front().conference;
    });
    for (auto& line : lines)
      if (one_conference) line.conference = -1;
    for (const auto& group : grouped(std::move(lines))) write(group);
    out_ += '\n' + wrapped(closing, 0, 0);
  }

 private:
  const Rule& rule_of(Index rule) const { return program_.rules[static_cast<std::size_t>(rule)]; }

  void note_instances(const ScopeId& scope) {
    for (const auto number : scope.instance)
      if (number >= 0) instances_[{scope.child, instance_name(a_, number).kind}].insert(number);
  }

  void heading() {
    out_ += "Case " + record_.case_id + ", as of " + long_moment(a_.as_of) +
            (a_.known_at ? ", as known on " + long_moment(*a_.known_at) : "") + "\n";
    std::vector<std::string> names;  // The top layer first.
    for (auto one = program_.rulebooks.rbegin(); one != program_.rulebooks.rend(); ++one)
      names.push_back((*one)->name + ", edition " + (*one)->edition);
    const auto& calendar = program_.calendar.text();
    out_ += wrapped((names.size() == 1 ? "Rulebook " : "Rulebooks ") + listed(names, "over") + "; calendar " +
                        calendar.name + ", holidays known to " + long_day(calendar.last) +
                        (calendar.closures.empty() ? "" : ", with closures: " + listed(calendar.closures)),
                    0);
    left_out();
  }

  void left_out() {
    std::vector<std::string> parts;
    const auto add = [&](std::int32_t count, std::string_view one, std::string_view several) {
      if (count > 0) parts.push_back(counted(count, one, several));
    };
    add(a_.left_out_later, "row later than that day", "rows later than that day");
    add(a_.left_out_not_yet_known, "row not known by then", "rows not known by then");
    add(a_.left_out_withdrawn, "withdrawn row", "withdrawn rows");
    add(program_.calendar.left_out(), "holiday announced later", "holidays announced later");
    if (!parts.empty()) out_ += wrapped("Left out: " + listed(parts), 0);
  }

  std::string child_list(const std::set<int>& children) const {
    std::vector<std::string> names;
    for (const int place : children) names.emplace_back(child_name(a_, children_[static_cast<std::size_t>(place)]));
    return listed(names);
  }

  /// "Review conference of 3 September 2026 (c2)": from the rows that are not left out of anything.
  std::string conference_title(int number) const {
    const auto& id = instance_name(a_, static_cast<std::int16_t>(number)).id;
    std::string type;
    Value held = unknown_value, planned = unknown_value;
    for (const auto& row : record_.rows) {
      if (row.conference == no_id || record_.ids.text(row.conference) != id) continue;
      const auto slots = record_.slots(row);
      if (row.event == program_.known.conference_held && row.at != unknown_value &&
          (held == unknown_value || row.at < held))
        held = row.at;
      if (row.event != program_.known.conference_arranged) continue;
      const auto value = slots[static_cast<std::size_t>(program_.known.arranged_type)];
      const auto& slot =
          record_.vocabulary->events[row.event].slots[static_cast<std::size_t>(program_.known.arranged_type)];
      if (value != unknown_value)
        type = record_.vocabulary->enumerations[static_cast<std::size_t>(slot.enumeration)].values[value - 1];
      planned = std::max(planned, slots[static_cast<std::size_t>(program_.known.scheduled_for)]);
    }
    const auto day = held != unknown_value && moment_of(held).day <= a_.as_of.day ? held : planned;
    auto text = type.empty() ? std::string("Conference") : titled(type) + " conference";
    if (day != unknown_value) text += (day == held ? " of " : " arranged for ") + long_day(moment_of(day).day);
    return text + " (" + id + ")";
  }

  std::string group_title(const ReportGroup& group) const {
    auto text = group.children.empty() ? std::string() : child_list(group.children);
    if (group.conference < 0) return text.empty() ? "The case" : text;
    auto conference = conference_title(group.conference);
    if (text.empty()) return conference;
    conference[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(conference[0])));
    return text + ", " + conference;
  }

  void write(const ReportGroup& group) {
    out_ += wrapped(group_title(group), 2);
    for (const auto& line : group.lines) out_ += wrapped(line.text, 4);
  }

  void section(std::string_view title, std::vector<ReportLine> lines) {
    if (lines.empty()) return;
    out_ += '\n' + std::string(title) + '\n';
    for (const auto& group : grouped(std::move(lines))) write(group);
  }

  /// Instances that a reader needs to tell lines apart: " (report school-report)".
  std::string instances_text(const ScopeId& scope) const {
    std::string text;
    for (const auto number : scope.instance) {
      if (number < 0) continue;
      const auto& instance = instance_name(a_, number);
      if (instance.kind == Kind::conference) continue;
      const bool usual = instance.kind == Kind::plan || instance.kind == Kind::section_47;
      const auto known = instances_.find({scope.child, instance.kind});
      if (usual && (known == instances_.end() || known->second.size() < 2)) continue;
      text += " (" + spelled(record_.vocabulary->instances[static_cast<std::size_t>(instance.kind)].name) + ' ' +
              instance.id + ')';
    }
    return text;
  }

  /// A line without its text.
  ReportLine line_for(const ScopeId& scope, Value when) const {
    ReportLine line;
    if (scope.child >= 0) line.children.insert(place_[static_cast<std::size_t>(scope.child)]);
    line.conference = conference_of(a_, scope);
    line.when = when;
    return line;
  }

  std::string citation(Index rule, const std::vector<std::string>& clauses) const {
    auto text = clauses_text(clauses, all_);
    if (program_.rulebooks.size() > 1 && !text.empty())
      text.insert(2, program_.rulebooks[static_cast<std::size_t>(rule_of(rule).rulebook)]->name + ": ");
    return text;
  }

  /// What a finding says, its instances after its title.
  std::string with_instances(const Finding& finding) const {
    auto text = finding.says;
    const auto colon = text.find(": ");
    const bool titled_text = finding.timescale || rule_of(finding.rule).text->type == RuleText::Type::process;
    if (!titled_text || colon == std::string::npos) return text + instances_text(finding.scope);
    return text.insert(colon, instances_text(finding.scope));
  }

  template <class Wanted>
  std::vector<ReportLine> lines_of(const std::vector<Finding>& findings, const Wanted& wanted) const {
    std::vector<ReportLine> lines;
    for (const auto& finding : findings) {
      if (!wanted(finding)) continue;
      const auto when = finding.timescale      ? finding.timescale->due
                        : finding.rows.empty() ? unknown_value
                                               : record_.rows[static_cast<std::size_t>(finding.rows.front())].at;
      auto line = line_for(finding.scope, when);
      line.text = ended(with_instances(finding)) +
                  (finding.can_be_explained && finding.explained == Truth::yes ? " An explanation is recorded." : "") +
                  (finding.unverified ? " The number is not verified." : "") +
                  (finding.severity == Severity::breach ? "" : " (" + std::string(to_string(finding.severity)) + ")") +
                  citation(finding.rule, finding.clauses);
      lines.push_back(std::move(line));
    }
    return lines;
  }

  std::string timescale_title(const TimescaleResult& result) const {
    return title_of(a_, result) + instances_text(result.scope);
  }

  std::string limit_suffix(const TimescaleResult& result) const {
    const auto limit = limit_text(*rule_of(result.rule).text, result);
    return limit.empty() ? std::string() : " (" + limit + ")";
  }

  std::string marks(const TimescaleResult& result) const {
    return std::string(result.provisional ? " Provisional: holidays of that time are not yet known." : "") +
           (result.unverified ? " The number is not verified." : "") +
           (result.time_not_given ? " A time is not given; days were compared." : "");
  }

  std::vector<ReportLine> pending() const {
    std::vector<ReportLine> lines;
    for (const auto& result : a_.timescales) {
      if (result.status != TimescaleStatus::pending || result.due == unknown_value) continue;
      auto line = line_for(result.scope, result.due);
      const auto due = moment_of(result.due);
      line.text = timescale_title(result) + ": by " + weekday_day(due.day) +
                  (due.has_time() ? long_moment(due).substr(long_day(due.day).size()) : "") + limit_suffix(result) +
                  (result.has_amount ? ", " + amount_text(result.amount) + " left" : "");
      if (result.act_by != unknown_value && moment_of(result.act_by).day != due.day)
        line.text += "; that is no working day, the last one before it is " + weekday_day(moment_of(result.act_by).day);
      line.text = ended(line.text) + marks(result) + citation(result.rule, rule_of(result.rule).text->cites);
      lines.push_back(std::move(line));
    }
    return lines;
  }

  /// The local title of a role or other word, where a rulebook gives one.
  std::string term(std::string_view word) const {
    for (auto rulebook = program_.rulebooks.rbegin(); rulebook != program_.rulebooks.rend(); ++rulebook)
      for (const auto& [name, title] : (*rulebook)->terms)
        if (name == word) return title;
    return spelled(word);
  }

  std::string answered_by(std::int32_t row) const {
    const auto role = role_at(a_, row);
    return role.empty() ? "Answers" : "Answers of the " + term(role);
  }

  /// What the row says to a question that it answers: "yes", "no"; empty where the fact is not one of the row's.
  std::string answer_text(std::int32_t row, const Condition& question) const {
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
    if (slot.type == AttributeType::enumeration)
      return meant(words[static_cast<std::size_t>(*value - 1)]) ? "yes" : "no";
    for (std::size_t i = 0; i < words.size(); ++i)
      if ((members_of(*value) >> i & 1) != 0 && meant(words[i])) return "yes";
    return "no";
  }

  std::vector<std::string> answers(const ThresholdResult& result) const {
    const auto& rule = *rule_of(result.rule).text;
    std::vector<std::string> out;
    for (const auto number : result.path) {
      const auto& question = rule.nodes[static_cast<std::size_t>(number)].question;
      const auto answer = answer_text(result.row, question);
      out.push_back(question_text(question) + (answer.empty() ? "" : ": " + answer));
    }
    return out;
  }

  std::vector<std::string> clauses_of(const ThresholdResult& result, std::string_view reached) const {
    const auto& rule = *rule_of(result.rule).text;
    std::vector<std::string> clauses;
    const auto add = [&](const std::vector<std::string>& more) {
      clauses.insert(clauses.end(), more.begin(), more.end());
    };
    for (const auto node : result.path) add(rule.nodes[static_cast<std::size_t>(node)].cites);
    for (const auto& outcome : rule.outcomes)
      if (outcome.name == reached) add(outcome.cites);
    return unique(clauses);
  }

  std::vector<ReportLine> thresholds() const {
    std::vector<ReportLine> lines;
    for (const auto& result : a_.thresholds) {
      const auto at = result.row < 0 ? unknown_value : record_.rows[static_cast<std::size_t>(result.row)].at;
      auto line = line_for(result.scope, at);
      const std::string_view reached = result.restate ? "restate" : to_string(result.outcome);
      line.text = answered_by(result.row) + ": " + spelled(to_string(result.outcome));
      if (!result.path.empty()) line.text += " (" + joined(answers(result)) + ")";
      if (result.restate) line.text += "; one answer is to be given again in the rulebook's own words";
      std::vector<std::string> needs;
      for (const auto fact : result.needs)
        needs.push_back(spelled(program_.facts[static_cast<std::size_t>(fact)].name));
      if (!needs.empty()) line.text += "; would be settled by: " + listed(unique(needs), "or");
      line.text = ended(line.text) + citation(result.rule, clauses_of(result, reached));
      lines.push_back(std::move(line));
    }
    return lines;
  }

  static std::vector<std::string> unique(const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    for (const auto& one : texts)
      if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
    return out;
  }

  /// Neither still at its beginning nor at an end.
  bool under_way(const StateResult& result) const {
    const auto& rule = rule_of(result.process);
    const bool begun = result.states != std::uint64_t{1} << rule.initial;
    return begun && (result.irregular || (result.states & ~rule.final_states) != 0);
  }

  std::vector<ReportLine> states() const {
    std::vector<ReportLine> lines;
    for (const auto& result : a_.states) {
      if (!all_ && !under_way(result)) continue;
      const auto& rule = *rule_of(result.process).text;
      std::vector<std::string> names;
      for (std::size_t i = 0; i < rule.states.size(); ++i)
        if (result.states >> i & 1) names.push_back(spelled(rule.states[i]));
      auto line = line_for(result.scope, 0);
      line.text = ended(titled(rule.id) + instances_text(result.scope) + ": " + (names.size() > 1 ? "either " : "") +
                        listed(names, "or") +
                        (result.since == unknown_value ? "" : ", since " + long_day(moment_of(result.since).day)) +
                        (result.irregular ? ", not in the expected way" : "")) +
                  citation(result.process, clauses_into(rule, result, names));
      lines.push_back(std::move(line));
    }
    return lines;
  }

  /// The clauses of the step that led here, or of all that lead to one of the states.
  static std::vector<std::string> clauses_into(const RuleText& rule, const StateResult& result,
                                               const std::vector<std::string>& spelled_states) {
    std::vector<std::string> clauses;
    if (result.transition >= 0) clauses = rule.transitions[static_cast<std::size_t>(result.transition)].cites;
    if (!clauses.empty()) return clauses;
    for (const auto& transition : rule.transitions)
      if (std::find(spelled_states.begin(), spelled_states.end(), spelled(transition.to)) != spelled_states.end())
        clauses.insert(clauses.end(), transition.cites.begin(), transition.cites.end());
    return unique(clauses.empty() ? rule.cites : clauses);
  }

  std::string why_undetermined(const TimescaleResult& result) const {
    if (result.due_from != unknown_value && result.due_to != unknown_value && result.due_from != result.due_to)
      return "the limit lies between " + long_moment(moment_of(result.due_from)) + " and " +
             long_moment(moment_of(result.due_to));
    if (result.because == Because::date_not_known) return "a row that counts has no date";
    if (result.because == Because::several_possible) return "more than one row may be the one that counts";
    return {};
  }

  std::vector<ReportLine> undetermined_timescales() const {
    std::vector<ReportLine> lines;
    for (const auto& result : a_.timescales) {
      if (result.status != TimescaleStatus::undetermined || result.because == Because::not_recorded) continue;
      const auto why = why_undetermined(result);
      if (why.empty() && !all_) continue;
      auto line = line_for(result.scope, result.due_from);
      line.text =
          ended(timescale_title(result) + limit_suffix(result) + ": not settled" + (why.empty() ? "" : ", " + why)) +
          citation(result.rule, rule_of(result.rule).text->cites);
      lines.push_back(std::move(line));
    }
    return lines;
  }

  std::string missing_text(const MissingFact& missing) const {
    const auto dot = missing.fact.find('.');
    auto text = "Not known: ";
    std::string what;
    if (missing.event_itself) {
      return "Not recorded here: " + spelled(missing.fact) + "; would settle " +
             counted(missing.checks, "check", "checks") + ".";
    } else if (dot == std::string::npos) {
      what = "'" + spelled(missing.fact) + "'";
    } else if (record_.vocabulary->event(missing.fact.substr(0, dot)) >= 0) {
      what = "'" + spelled(missing.fact.substr(dot + 1)) + "' of " + spelled(missing.fact.substr(0, dot));
    } else {
      what = fact_text(missing.fact);
    }
    if (missing.rows.size() > 1) what += ", " + counted(static_cast<std::int64_t>(missing.rows.size()), "row", "rows");
    if (missing.rows.size() == 1)
      what += " (" + record_.row_name(record_.rows[static_cast<std::size_t>(missing.rows.front())]) + ")";
    return text + what + "; would settle " + counted(missing.checks, "check", "checks") + ".";
  }

  void not_known(const std::vector<Finding>& findings) {
    auto lines = undetermined_timescales();
    const auto guards = lines_of(findings, [](const Finding& f) { return f.kind == "guard_unknown"; });
    std::string facts;
    for (const auto& missing : missing_facts(a_)) {
      if (!missing.kept && !all_) continue;
      std::vector<std::string> clauses;
      for (const auto rule : missing.rules)
        clauses.insert(clauses.end(), rule_of(rule).text->cites.begin(), rule_of(rule).text->cites.end());
      facts += wrapped(missing_text(missing) + clauses_text(unique(clauses), all_), 2);
    }
    lines.insert(lines.end(), guards.begin(), guards.end());
    if (lines.empty() && facts.empty()) return;
    out_ += "\nNOT KNOWN\n" + facts;
    for (const auto& group : grouped(std::move(lines))) write(group);
  }

  void about_record(const std::vector<Finding>& findings) {
    std::vector<std::string> lines;
    for (const auto& finding : findings)
      if (finding.rule == none || finding.kind == "provisional") lines.push_back(finding.says);
    lines = unique(lines);
    if (lines.empty()) return;
    out_ += "\nABOUT THE RECORD\n";
    for (const auto& line : lines) out_ += wrapped(ended(line), 2);
  }

  void everything_else() {
    std::vector<ReportLine> met, waiting, next;
    for (const auto& result : a_.timescales) {
      const bool is_met = result.status == TimescaleStatus::met;
      if (!is_met && result.status != TimescaleStatus::waiting) continue;
      auto line = line_for(result.scope, is_met ? result.ended : 0);
      line.text = timescale_title(result) + ": " +
                  (is_met ? long_moment(moment_of(result.ended)) : "waits for what it counts from") +
                  (result.due == unknown_value ? "" : ", limit " + long_moment(moment_of(result.due))) +
                  limit_suffix(result);
      if (is_met && result.has_amount) line.text += ", " + taken_text(result);
      line.text = ended(line.text) + marks(result) + citation(result.rule, rule_of(result.rule).text->cites);
      (is_met ? met : waiting).push_back(std::move(line));
    }
    section("IN TIME", std::move(met));
    section("NOT YET BEGUN", std::move(waiting));
    for (const auto& step : a_.next)
      if (transition_of(step).to != "same") next.push_back(next_line(step));
    section("WHAT MAY COME NEXT", std::move(next));
    if (program_.not_covered.empty()) return;
    std::vector<std::string> duties;
    for (const auto& duty : program_.not_covered) duties.push_back(spelled(duty));
    out_ += "\nDUTIES OF WHICH THE RULEBOOK SAYS NOTHING\n" + wrapped(listed(duties), 2);
  }

  /// "after 15 working days (22 calendar days)", "2 days before", "at 20 weeks and 1 day".
  std::string taken_text(const TimescaleResult& result) const {
    constexpr int pregnancy_days = 280, week_days = 7;
    const auto& limits = rule_of(result.rule).text->limits;
    if (!limits.empty() && limits.front().period.unit == Unit::gestation_week) {
      const int days = pregnancy_days + result.amount.days;
      return "at " + counted(days / week_days, "week", "weeks") + " and " + counted(days % week_days, "day", "days");
    }
    const bool ahead = !limits.empty() && limits.front().ahead;
    return (ahead ? "" : "after ") + amount_text(result.amount) + (ahead ? " before" : "");
  }

  const TransitionText& transition_of(const NextStep& step) const {
    return rule_of(step.process).text->transitions[static_cast<std::size_t>(step.transition)];
  }

  ReportLine next_line(const NextStep& step) const {
    constexpr std::array<std::string_view, 3> guards = {"; what it depends on is not so on the record",
                                                        "; what it depends on is not known", ""};
    const auto& transition = transition_of(step);
    auto line = line_for(step.scope, 0);
    line.text = ended(titled(rule_of(step.process).text->id) + instances_text(step.scope) + ": " +
                      spelled(transition.id) + " (" + spelled(transition.on.event) + "), then " +
                      spelled(transition.to) + std::string(guards[static_cast<std::size_t>(step.guard)]) +
                      (transition.derived.empty() ? "" : "; inferred, " + transition.derived)) +
                citation(step.process, transition.cites);
    return line;
  }

  std::string duties_text() const {
    const auto count = static_cast<std::int64_t>(program_.not_covered.size());
    return count == 0 ? std::string() : "Of " + counted(count, "duty", "duties") + " the rulebook says nothing.";
  }

  /// What is counted rather than listed.
  void counts() {
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
    if (parts.empty()) return;
    out_ += '\n' +
            wrapped("Other checks: " + listed(parts) + ". " + duties_text() + (all_ ? "" : " --all lists more."), 0, 0);
  }

  const Assessment& a_;
  const Program& program_;
  const Record& record_;
  std::string& out_;
  bool all_;
  std::vector<int> place_;              ///< Of each child in the order of names.
  std::vector<std::int16_t> children_;  ///< The children in that order.
  std::map<std::pair<std::int16_t, Kind>, std::set<std::int16_t>> instances_;
};

}  // namespace

void write_assessment_text(const Assessment& assessment, std::string& out, TextReport report) {
  Reporter(assessment, out, report.all).report();
}

void write_thresholds_text(const Assessment& assessment, std::string& out) {
  Reporter(assessment, out, true).threshold_lines();
}

}  // namespace cpc
