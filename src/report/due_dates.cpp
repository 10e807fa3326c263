#include "report/due_dates.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

#include "assessment/wording.h"
#include "base/hash.h"
#include "report/case_lines.h"

namespace cpc {
namespace {

/// The last Sunday of March and of October, as it has been since 1996.
constexpr std::string_view time_zone =
    "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// One line of content, folded: no line has more than 75 octets, and no letter is cut in two.
void write_line(std::string_view line, std::string& out) {
  constexpr std::size_t most = 75;
  std::size_t room = most;
  while (line.size() > room) {
    auto cut = room;
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xc0) == 0x80) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = most - 1;  // The space that begins a further line counts.
  }
  out.append(line).append("\r\n");
}

/// A value of type TEXT. Control characters, which it may not hold, are left out.
std::string text_value(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || c == ';' || c == ',')
      (out += '\\') += c;
    else if (byte >= 0x20 && byte != 0x7f)
      out += c;
  }
  return out;
}

void write_text(std::string_view name, std::string_view text, std::string& out) {
  write_line(std::string(name) + ':' + text_value(text), out);
}

/// 20261120, or 20261120T100000.
std::string basic(Moment moment) {
  auto text = to_string(moment) + (moment.has_time() ? ":00" : "");
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }), text.end());
  return text;
}

/// Universal time of a local one; of a day, its beginning by name.
std::string stamp(Moment local) {
  constexpr int day_minutes = 24 * 60;
  const Day winter = *day_of({1995, 1, 1});  // When both are the same.
  if (!local.has_time()) return basic({local.day, 0}) + 'Z';
  if (local.day < winter) return basic(local) + 'Z';
  const auto minutes = elapsed_minutes({winter, 0}, local);
  return basic({winter + static_cast<int>(minutes / day_minutes), static_cast<int>(minutes % day_minutes)}) + 'Z';
}

class DueDates {
 public:
  DueDates(const Assessment& assessment, std::string& out)
      : a_(assessment), lines_(assessment, {false, true}), keys_(timescale_keys(assessment)), out_(out) {}

  void write() {
    const auto name = "Case " + a_.record->case_id + ": what is due";
    out_ += "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//cpconf//Due dates//EN\r\nCALSCALE:GREGORIAN\r\n";
    write_text("NAME", name, out_);
    write_text("X-WR-CALNAME", name, out_);
    out_ += time_zone;
    auto lines = lines_.overdue();
    const auto pending = lines_.pending();
    lines.insert(lines.end(), pending.begin(), pending.end());
    std::sort(lines.begin(), lines.end(), [&](const ReportLine& a, const ReportLine& b) {
      return std::tie(a.when, key(a)) < std::tie(b.when, key(b));
    });
    for (const auto& line : lines) event(line);
    out_ += "END:VCALENDAR\r\n";
  }

 private:
  const std::string& key(const ReportLine& line) const { return keys_[static_cast<std::size_t>(line.source)]; }

  void event(const ReportLine& line) {
    const auto& result = a_.timescales[static_cast<std::size_t>(line.source)];
    const bool overdue = result.status == TimescaleStatus::overdue;
    const auto due = moment_of(result.due);
    const auto whom = lines_.group_title(line.children, line.conference);
    out_ += "BEGIN:VEVENT\r\n";
    write_line("UID:" + fingerprint(a_.record->case_id + '\n' + key(line)) + "@cpconf", out_);
    write_line("DTSTAMP:" + stamp(a_.as_of), out_);
    write_line((due.has_time() ? "DTSTART;TZID=Europe/London:" : "DTSTART;VALUE=DATE:") + basic(due), out_);
    write_text("SUMMARY", (overdue ? "Overdue: " : "Due: ") + lines_.timescale_title(result) + "; " + whom, out_);
    write_text("DESCRIPTION",
               line.text + line.cites + "\nAs of " + long_moment(a_.as_of) + ", by the rulebook " + lines_.rulebooks() +
                   ".\n" + std::string(report_closing),
               out_);
    write_line(overdue ? "CATEGORIES:overdue" : "CATEGORIES:due", out_);
    // A limit beyond the holidays that are known may still move.
    write_line(result.provisional ? "STATUS:TENTATIVE" : "STATUS:CONFIRMED", out_);
    write_line("TRANSP:TRANSPARENT", out_);
    write_text("X-CPCONF-KEY", key(line), out_);
    out_ += "END:VEVENT\r\n";
  }

  const Assessment& a_;
  CaseLines lines_;
  std::vector<std::string> keys_;
  std::string& out_;
};

}  // namespace

void write_due_dates(const Assessment& assessment, std::string& out) { DueDates(assessment, out).write(); }

}  // namespace cpc
