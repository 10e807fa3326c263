#include "report/timetable.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "assessment/wording.h"
#include "report/lines.h"

namespace cpc {
namespace {

std::string who(const TimetableStep& step, const Program& program) {
  if (step.who.empty()) return {};
  for (auto i = program.rulebooks.size(); i-- > 0;)
    for (const auto& [word, title] : program.rulebooks[i]->terms)
      if (word == step.who) return title;
  return spelled(step.who);
}

/// Steps that differ in the child alone are one line.
struct Line {
  const TimetableStep* step = nullptr;
  std::vector<std::string> children;
};

bool same_but_child(const TimetableStep& a, const TimetableStep& b) {
  return a.rule == b.rule && a.title == b.title && a.due == b.due && a.standing == b.standing && a.from == b.from;
}

std::vector<Line> lines_of(const std::vector<TimetableStep>& steps) {
  std::vector<Line> out;
  for (const auto& step : steps) {
    auto at = std::find_if(out.begin(), out.end(), [&](const Line& line) { return same_but_child(*line.step, step); });
    if (at == out.end()) at = out.insert(out.end(), Line{&step, {}});
    if (!step.child.empty() && std::find(at->children.begin(), at->children.end(), step.child) == at->children.end())
      at->children.push_back(step.child);
  }
  return out;
}

std::string line_text(const Line& line, const Program& program) {
  const auto& step = *line.step;
  std::string text;
  if (step.due != unknown_value) {
    const Moment due = moment_of(step.due);
    text = weekday_day(due.day);
    if (due.has_time()) text += to_string(due).substr(10, 1) == "T" ? ", " + to_string(due).substr(11) : "";
    if (step.act_by != unknown_value && moment_of(step.act_by).day != due.day)
      text += " (a closed day: act by " + weekday_day(moment_of(step.act_by).day) + ")";
  }
  text += ": " + step.title;
  if (!line.children.empty()) text += ", for " + listed(line.children);
  if (const auto role = who(step, program); !role.empty()) text += "; by the " + role;
  if (!step.limit.empty()) text += ". " + titled(step.limit);
  if (step.standing == TimetableStep::Standing::done && step.ended != unknown_value)
    text += ". Done on " + weekday_day(moment_of(step.ended).day);
  if (step.standing == TimetableStep::Standing::too_late) text += ". TOO LATE: this limit cannot be met";
  if (step.provisional) text += ". Provisional: beyond the days that the calendar knows";
  if (step.unverified) text += ". The number was not verified";
  return text + ". [" + listed(step.clauses) + "]";
}

void section(std::string_view title, const std::vector<TimetableStep>& steps, const Program& program,
             std::string& out) {
  if (steps.empty()) return;
  out += "\n" + std::string(title) + "\n";
  for (const auto& line : lines_of(steps)) out += wrapped(line_text(line, program), 2);
}

std::string window_text(const TimetableWindow& window) {
  if (!window.first) return "No working day to come is within every limit.";
  if (window.open_ended)
    return "On or after " + weekday_day(*window.first) + ": no limit of this rulebook ends with the conference.";
  if (*window.first == *window.last) return "Only on " + weekday_day(*window.first) + ".";
  return "From " + weekday_day(*window.first) + " to " + weekday_day(*window.last) + ".";
}

}  // namespace

std::string timetable_text(const Timetable& timetable, const Program& program) {
  std::string out;
  std::vector<std::string> names;
  for (auto i = program.rulebooks.size(); i-- > 0;)
    names.push_back(program.rulebooks[i]->name + ", edition " + program.rulebooks[i]->edition);
  if (!timetable.proposed) {
    out += "Latest safe dates, as of " + long_moment(timetable.as_of) + "\n";
    out += wrapped("Under " + listed(names, "over") +
                       ". Each step is taken to be done on its own limit, a plan to be made "
                       "where a conference is held, and to be continued at a review.",
                   0);
    section("IN THE ORDER IN WHICH THEY CAN BE TAKEN", timetable.latest, program, out);
    if (timetable.latest.empty()) out += "\nNo limit is running.\n";
    return out;
  }
  out += "A conference (" + spelled(timetable.type) +
         (timetable.conference.empty() ? "" : ", " + timetable.conference) + ") on " +
         long_moment(*timetable.proposed) + ", as of " + long_moment(timetable.as_of) + "\n";
  out += wrapped("Under " + listed(names, "over") + ".", 0);
  if (timetable.closed_day) out += wrapped("The day is not a working day.", 0);
  out += wrapped(timetable.within_every_limit ? "Within every limit." : "NOT within every limit: see below.", 0);
  out += wrapped("Every limit can be met: " + window_text(timetable.window), 0);
  section("THE CONFERENCE HAS TO BE HELD BY", timetable.ends_with, program, out);
  section("BEFORE IT", timetable.before, program, out);
  section("AFTER IT, IF A PLAN IS MADE OR CONTINUED", timetable.then, program, out);
  return out;
}

}  // namespace cpc
