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
    if (const auto title = title_in(*program.rulebooks[i], step.who); !title.empty()) return std::string(title);
  return spelled(step.who);
}

/// Steps that differ only in what they are of are one line.
struct Line {
  const TimetableStep* step = nullptr;
  std::string title;
  std::vector<std::string> of;  ///< Children, and the reports and the like that the record names.
};

/// A title without a remark at its end: "Report (no report yet)" and "Report" are of one step.
std::string_view bare(std::string_view title) {
  const auto bracket = title.rfind(" (");
  return title.ends_with(')') && bracket != std::string_view::npos ? title.substr(0, bracket) : title;
}

/// Whether two steps are one to those who take it. A rule may stand in for another until there is what that one
/// speaks of: both have the same limit, from the same clauses.
bool one_step(const TimetableStep& a, const TimetableStep& b) {
  if (a.due != b.due || a.standing != b.standing || a.from != b.from) return false;
  if (a.rule == b.rule) return a.title == b.title;
  return a.duty == b.duty && a.clauses == b.clauses && a.limit == b.limit && a.who == b.who &&
         bare(a.title) == bare(b.title);
}

void add_new(std::vector<std::string>& list, std::string one) {
  if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(std::move(one));
}

/// What a step is of that tells it from others: not its conference, nor an enquiry or plan of its child.
void add_what_it_is_of(const TimetableStep& step, const Record& record, Line& line) {
  if (!step.child.empty()) add_new(line.of, step.child);
  for (const auto& [kind, id] : step.instances) {
    const bool usual = kind == "conference" || kind == "section_47" || kind == "plan";
    if (!usual && record.ids.find(id) >= 0) add_new(line.of, spelled(kind) + ' ' + id);
  }
}

std::vector<Line> lines_of(const std::vector<TimetableStep>& steps, const Record& record) {
  std::vector<Line> out;
  for (const auto& step : steps) {
    auto at = std::find_if(out.begin(), out.end(), [&](const Line& line) { return one_step(*line.step, step); });
    if (at == out.end()) at = out.insert(out.end(), Line{&step, step.title, {}});
    if (step.title.size() < at->title.size()) at->title = step.title;
    add_what_it_is_of(step, record, *at);
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
  text += ": " + line.title;
  if (!line.of.empty()) text += ", for " + listed(line.of);
  if (const auto role = who(step, program); !role.empty()) text += "; by the " + role;
  if (!step.limit.empty()) text += ". " + titled(step.limit);
  if (step.standing == TimetableStep::Standing::done && step.ended != unknown_value)
    text += ". Done on " + weekday_day(moment_of(step.ended).day);
  if (step.standing == TimetableStep::Standing::too_late) text += ". TOO LATE: this limit cannot be met";
  if (step.provisional) text += ". Provisional: beyond the days that the calendar knows";
  if (step.unverified) text += ". The number was not verified";
  return text + ". [" + listed(step.clauses) + "]";
}

struct Sections {
  const Program& program;
  const Record& record;
  std::string& out;

  void add(std::string_view title, const std::vector<TimetableStep>& steps) const {
    if (steps.empty()) return;
    out.append("\n").append(title).append("\n");
    for (const auto& line : lines_of(steps, record)) out += wrapped(line_text(line, program), 2);
  }
};

std::string window_text(const TimetableWindow& window) {
  if (!window.first) return "No working day to come is within every limit.";
  if (window.open_ended)
    return "On or after " + weekday_day(*window.first) + ": no limit of this rulebook ends with the conference.";
  if (*window.first == *window.last) return "Only on " + weekday_day(*window.first) + ".";
  return "From " + weekday_day(*window.first) + " to " + weekday_day(*window.last) + ".";
}

}  // namespace

std::string timetable_text(const Timetable& timetable, const Program& program, const Record& record) {
  std::string out;
  const Sections sections{program, record, out};
  std::vector<std::string> names;
  for (auto i = program.rulebooks.size(); i-- > 0;)
    names.push_back(program.rulebooks[i]->name + ", edition " + program.rulebooks[i]->edition);
  if (!timetable.proposed) {
    out += "Latest safe dates, as of " + long_moment(timetable.as_of) + "\n";
    out += wrapped("Under " + listed(names, "over") +
                       ". Each step is taken to be done on its own limit, a plan to be made "
                       "where a conference is held, and to be continued at a review.",
                   0);
    sections.add("IN THE ORDER IN WHICH THEY CAN BE TAKEN", timetable.latest);
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
  sections.add("THE CONFERENCE HAS TO BE HELD BY", timetable.ends_with);
  sections.add("BEFORE IT", timetable.before);
  sections.add("AFTER IT, IF A PLAN IS MADE OR CONTINUED", timetable.then);
  return out;
}

}  // namespace cpc
