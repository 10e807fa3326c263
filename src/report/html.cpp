#include "report/html.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "assessment/wording.h"
#include "report/case_lines.h"
#include "report/markup.h"
#include "report/page_style.h"
#include "report/recorded_days.h"
#include "report/timeline.h"

namespace cpc {
namespace {

/// A part of the page: written into a text of its own, so that the list of contents can stand before it.
struct Part {
  std::string id;
  std::string title;
  std::optional<std::int64_t> count;
  std::string body;
};

std::string weekday_moment(Moment moment) {
  return weekday_day(moment.day) + (moment.has_time() ? long_moment(moment).substr(long_day(moment.day).size()) : "");
}

/// A citation, each id of which stays on one line where there is room.
std::string cited(std::string_view text) {
  std::string out = "<span class=\"clauses\">";
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    out.append(element("span", text.substr(0, end)));
    text.remove_prefix(end);
    if (text.empty()) break;
    out += ' ';
    text.remove_prefix(1);
  }
  return out + "</span>";
}

/// The citation after a line: " [A and B]".
std::string clauses_after(const std::string& cites) {
  return cites.empty() ? std::string() : " " + cited(std::string_view(cites).substr(1));
}

/// The citation without its brackets, for a column that holds nothing else.
std::string clauses_alone(const std::string& cites) {
  constexpr std::size_t opening = 2, brackets = 3;  // " [" and "]"
  return cites.size() < brackets ? std::string()
                                 : cited(std::string_view(cites).substr(opening, cites.size() - brackets));
}

class Page {
 public:
  Page(const Assessment& assessment, std::string& out, bool all)
      : a_(assessment), lines_(assessment, {all, true}), days_(recorded_days(assessment)), out_(out), all_(all) {}

  void write() {
    due();
    timeline();
    groups("late", "Later than the limit, missed or out of order", lines_.untimely());
    groups("unexpected", "Missing or other than expected", lines_.unexpected());
    thresholds();
    groups("states", "Where it stands", lines_.states());
    not_known();
    about_record();
    if (all_) everything_else();
    day_by_day();
    head();
    body();
  }

 private:
  Part& part(std::string_view id, std::string_view title, std::optional<std::int64_t> count = std::nullopt) {
    parts_.push_back({std::string(id), std::string(title), count, {}});
    return parts_.back();
  }

  // ---- The page around its parts

  void head() {
    out_ += "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n";
    out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    // Should a mistake here ever let markup through, a browser still loads nothing and runs nothing.
    out_ += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
    out_ += element("title", "Case " + a_.record->case_id + ", as of " + long_moment(a_.as_of)) + "\n";
    out_.append("<style>").append(page_style).append("</style>\n</head>\n");
  }

  void body() {
    out_ += "<body>\n<header>\n" + element("h1", "Case " + a_.record->case_id) + "\n<dl>\n";
    const auto entry = [&](std::string_view name, const std::string& text) {
      if (!text.empty()) out_.append(element("dt", name)).append(element("dd", text)).append("\n");
    };
    entry("As of", long_moment(a_.as_of));
    if (a_.known_at) entry("As known on", long_moment(*a_.known_at));
    entry(a_.program->rulebooks.size() == 1 ? "Rulebook" : "Rulebooks", lines_.rulebooks());
    entry("Calendar", lines_.calendar());
    entry("Left out", lines_.left_out());
    out_ += "</dl>\n</header>\n";
    contents();
    out_ += "<main>\n";
    for (const auto& one : parts_) {
      out_.append("<section aria-labelledby=\"").append(one.id).append("\">\n");
      out_.append(element("h2", one.title, " id=\"" + one.id + '"')).append("\n");
      out_.append(one.body).append("</section>\n");
    }
    out_ += "</main>\n";
    footer();
    out_ += "</body>\n</html>\n";
  }

  void contents() {
    out_ += "<nav aria-label=\"On this page\">\n<ul>\n";
    for (const auto& one : parts_) {
      out_.append("<li><a href=\"#").append(one.id).append("\">").append(escaped(one.title));
      if (one.count) out_.append(" (").append(std::to_string(*one.count)).append(")");
      out_.append("</a></li>\n");
    }
    out_ += "</ul>\n</nav>\n";
  }

  void footer() {
    out_ += "<footer>\n";
    const auto checks = lines_.other_checks();
    const auto silent = lines_.silent_duties();
    if (!checks.empty() || !silent.empty())
      out_ += element("p", (checks.empty() ? "" : "Other checks: " + checks + ". ") + silent) + "\n";
    out_ += element("p", report_closing) + "\n";
    std::string made = "Made by cpconf " CPC_VERSION;
    for (const auto& rulebook : a_.program->rulebooks)
      made.append("; rulebook ").append(rulebook->name).append(", fingerprint ").append(rulebook->fingerprint);
    const auto& calendar = a_.program->calendar.text();
    made.append("; calendar ").append(calendar.name).append(" ").append(calendar.version);
    made.append(", fingerprint ").append(calendar.fingerprint).append(".");
    out_ += element("p", made, " class=\"made\"") + "\n</footer>\n";
  }

  // ---- What is due

  /// Soonest first; siblings of whom the same is said share a row.
  void due() {
    auto lines = lines_.overdue();
    const auto pending = lines_.pending();
    lines.insert(lines.end(), pending.begin(), pending.end());
    lines = merged(std::move(lines));
    std::stable_sort(lines.begin(), lines.end(),
                     [](const ReportLine& a, const ReportLine& b) { return a.when < b.when; });
    auto& body = part("due", "Overdue or due", static_cast<std::int64_t>(lines.size())).body;
    if (lines.empty()) {
      body += element("p", "No limit is running or overdue on this record.") + "\n";
      return;
    }
    // With these roles the table stays one for a screen reader where a narrow page lays it out as blocks.
    body += "<table class=\"due\" role=\"table\">\n" + element("caption", "Soonest first, each with its clause") +
            "\n<thead role=\"rowgroup\">\n<tr role=\"row\">";
    for (const auto* const column : {"By", "What", "How it stands", "For", "Clause"})
      body.append(element("th", column, " scope=\"col\" role=\"columnheader\""));
    body += "</tr>\n</thead>\n<tbody role=\"rowgroup\">\n";
    for (const auto& line : lines) due_row(line, body);
    body += "</tbody>\n</table>\n";
  }

  void due_row(const ReportLine& line, std::string& body) const {
    const auto& result = a_.timescales[static_cast<std::size_t>(line.source)];
    const bool overdue = result.status == TimescaleStatus::overdue;
    const auto title = lines_.timescale_title(result);
    body.append("<tr role=\"row\"><td role=\"cell\" class=\"date\">")
        .append(escaped(weekday_moment(moment_of(result.due))));
    body.append("<br>").append(
        element("span", overdue ? "Overdue" : "Due", overdue ? " class=\"status overdue\"" : " class=\"status\""));
    body.append("</td>\n").append(element("th", title, " scope=\"row\" role=\"rowheader\"")).append("\n");
    // The line goes on after its title and a colon.
    const auto rest = line.text.substr(std::min(line.text.size(), title.size() + 2));
    body.append(element("td", titled_sentence(rest), " role=\"cell\" class=\"standing\"")).append("\n");
    body.append(element("td", lines_.group_title(line.children, line.conference), " role=\"cell\" class=\"whom\""));
    body.append("\n<td role=\"cell\" class=\"clause\">");
    body.append(clauses_alone(line.cites)).append("</td></tr>\n");
  }

  static std::string titled_sentence(std::string text) {
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
  }

  void timeline() {
    auto& body = part("timeline", "Timeline").body;
    write_timeline(a_, lines_, days_, all_, body);
  }

  // ---- Lists by child and conference

  void list(const std::vector<ReportLine>& lines, std::string& body) const {
    body += "<ul class=\"lines\">\n";
    for (const auto& line : lines)
      body.append("<li>").append(escaped(line.text)).append(clauses_after(line.cites)).append("</li>\n");
    body += "</ul>\n";
  }

  void write_groups(std::vector<ReportLine> lines, std::string& body) const {
    for (const auto& group : grouped(std::move(lines))) {
      body.append(element("h3", lines_.group_title(group.children, group.conference))).append("\n");
      list(group.lines, body);
    }
  }

  void groups(std::string_view id, std::string_view title, std::vector<ReportLine> lines) {
    if (lines.empty()) return;
    lines = merged(std::move(lines));
    auto& body = part(id, title, static_cast<std::int64_t>(lines.size())).body;
    write_groups(std::move(lines), body);
  }

  void not_known() {
    const auto missing = lines_.missing();
    auto lines = lines_.not_settled();
    if (lines.empty() && missing.empty()) return;
    auto& body = part("not-known", "Not known", static_cast<std::int64_t>(missing.size() + lines.size())).body;
    if (!missing.empty()) list(missing, body);
    write_groups(std::move(lines), body);
  }

  void about_record() {
    const auto lines = lines_.about_record();
    if (lines.empty()) return;
    auto& body = part("record", "About the record", static_cast<std::int64_t>(lines.size())).body;
    body += "<ul class=\"lines\">\n";
    for (const auto& line : lines) body.append(element("li", line)).append("\n");
    body += "</ul>\n";
  }

  void everything_else() {
    groups("met", "In time", lines_.met());
    groups("waiting", "Not yet begun", lines_.waiting());
    groups("next", "What may come next", lines_.next());
    if (a_.program->not_covered.empty()) return;
    std::vector<std::string> duties;
    for (const auto& duty : a_.program->not_covered) duties.push_back(spelled(duty));
    auto& body =
        part("silent", "Duties of which the rulebook says nothing", static_cast<std::int64_t>(duties.size())).body;
    body += element("p", listed(duties)) + "\n";
  }

  // ---- The test of significant harm

  void thresholds() {
    auto lines = merged(lines_.thresholds());
    if (lines.empty()) return;
    auto& body =
        part("harm", "The test of significant harm, on the answers recorded", static_cast<std::int64_t>(lines.size()))
            .body;
    for (const auto& group : grouped(std::move(lines))) {
      body.append(element("h3", lines_.group_title(group.children, group.conference))).append("\n");
      for (const auto& line : group.lines) path(a_.thresholds[static_cast<std::size_t>(line.source)], body);
    }
  }

  /// The questions in the order in which they were answered, each within the one before it, and what they come to.
  void path(const ThresholdResult& result, std::string& body) const {
    const auto outcome = spelled(to_string(result.outcome));
    body.append("<p>").append(escaped(lines_.answered_by(result))).append(": ").append(element("strong", outcome));
    body.append("</p>\n<ul class=\"path\" role=\"list\">\n");
    const auto answers = lines_.answers(result);
    for (const auto& one : answers) {
      body.append("<li>").append(escaped(titled_sentence(one.question)));
      if (!one.answer.empty()) body.append("? ").append(element("span", one.answer, " class=\"answer\""));
      body.append(clauses_after(one.cites)).append("\n<ul role=\"list\">\n");
    }
    body.append("<li>").append(element("span", titled_sentence(outcome), " class=\"answer\""));
    body.append(escaped(" on these answers" + lines_.threshold_remark(result) + "."));
    body.append(clauses_after(lines_.citation(result.rule, lines_.outcome_clauses(result)))).append("</li>\n");
    for (std::size_t i = 0; i < answers.size(); ++i) body.append("</ul></li>\n");
    body.append("</ul>\n");
  }

  // ---- The record

  void day_by_day() {
    auto& body = part("days", "The record, day by day").body;
    if (days_.empty()) {
      body += element("p", "Nothing is recorded up to that day.") + "\n";
      return;
    }
    body += "<table class=\"days\">\n" + element("caption", "What the assessment took into account") +
            "\n<thead><tr><th scope=\"col\">Day</th><th scope=\"col\">Recorded</th></tr></thead>\n<tbody>\n";
    for (const auto& day : days_) {
      body.append("<tr><th scope=\"row\" class=\"day\">").append(day.day ? weekday_day(*day.day) : "No day given");
      body.append("</th><td><ul role=\"list\">\n");
      for (const auto& event : day.events) body.append(element("li", event_text(event))).append("\n");
      body.append("</ul></td></tr>\n");
    }
    body += "</tbody>\n</table>\n";
  }

  std::string event_text(const RecordedEvent& event) const {
    auto text = titled(a_.record->vocabulary->events[event.event].name);
    if (event.rows > 1) text += ", " + std::to_string(event.rows) + " rows";
    if (!event.children.empty()) text += ", " + lines_.child_list(event.children);
    if (!event.conferences.empty()) text += " (" + listed({event.conferences.begin(), event.conferences.end()}) + ")";
    return text;
  }

  const Assessment& a_;
  CaseLines lines_;
  std::vector<RecordedDay> days_;
  std::string& out_;
  bool all_;
  std::vector<Part> parts_;
};

}  // namespace

void write_assessment_html(const Assessment& assessment, std::string& out, HtmlReport report) {
  Page(assessment, out, report.all).write();
}

}  // namespace cpc
