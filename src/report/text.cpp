#include "report/text.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "assessment/wording.h"
#include "report/case_lines.h"

namespace cpc {
namespace {

class Reporter {
 public:
  Reporter(const Assessment& assessment, std::string& out, bool all)
      : a_(assessment), lines_(assessment, {all, all}), out_(out), all_(all) {}

  void report() {
    heading();
    section("OVERDUE", lines_.overdue());
    section("DUE NEXT", lines_.pending());
    section("LATER THAN THE LIMIT, MISSED OR OUT OF ORDER", lines_.untimely());
    section("MISSING OR OTHER THAN EXPECTED", lines_.unexpected());
    section("THE TEST OF SIGNIFICANT HARM, ON THE ANSWERS RECORDED", lines_.thresholds());
    section("WHERE IT STANDS", lines_.states());
    not_known();
    about_record();
    if (all_) everything_else();
    counts();
    out_ += '\n' + wrapped(report_closing, 0, 0);
  }

  void threshold_lines() {
    auto lines = lines_.thresholds();
    const auto differing = lines_.differing();
    lines.insert(lines.end(), differing.begin(), differing.end());
    const bool one_conference = std::all_of(lines.begin(), lines.end(), [&](const ReportLine& line) {
      return line.conference == lines.front().conference;
    });
    for (auto& line : lines)
      if (one_conference) line.conference = -1;
    for (const auto& group : grouped(std::move(lines))) write(group);
    out_ += '\n' + wrapped(report_closing, 0, 0);
  }

 private:
  void heading() {
    out_ += "Case " + a_.record->case_id + ", as of " + long_moment(a_.as_of) +
            (a_.known_at ? ", as known on " + long_moment(*a_.known_at) : "") + "\n";
    out_ += wrapped((a_.program->rulebooks.size() == 1 ? "Rulebook " : "Rulebooks ") + lines_.rulebooks() +
                        "; calendar " + lines_.calendar(),
                    0);
    if (const auto left_out = lines_.left_out(); !left_out.empty()) out_ += wrapped("Left out: " + left_out, 0);
  }

  void write(const ReportGroup& group) {
    out_ += wrapped(lines_.group_title(group.children, group.conference), 2);
    for (const auto& line : group.lines) out_ += wrapped(line.text + line.cites, 4);
  }

  void section(std::string_view title, std::vector<ReportLine> lines) {
    if (lines.empty()) return;
    out_ += '\n' + std::string(title) + '\n';
    for (const auto& group : grouped(std::move(lines))) write(group);
  }

  void not_known() {
    const auto missing = lines_.missing();
    auto lines = lines_.not_settled();
    if (lines.empty() && missing.empty()) return;
    out_ += "\nNOT KNOWN\n";
    for (const auto& line : missing) out_ += wrapped(line.text + line.cites, 2);
    for (const auto& group : grouped(std::move(lines))) write(group);
  }

  void about_record() {
    const auto lines = lines_.about_record();
    if (lines.empty()) return;
    out_ += "\nABOUT THE RECORD\n";
    for (const auto& line : lines) out_ += wrapped(line, 2);
  }

  void everything_else() {
    section("IN TIME", lines_.met());
    section("NOT YET BEGUN", lines_.waiting());
    section("WHAT MAY COME NEXT", lines_.next());
    if (a_.program->not_covered.empty()) return;
    std::vector<std::string> duties;
    for (const auto& duty : a_.program->not_covered) duties.push_back(spelled(duty));
    out_ += "\nDUTIES OF WHICH THE RULEBOOK SAYS NOTHING\n" + wrapped(listed(duties), 2);
  }

  /// What is counted rather than listed.
  void counts() {
    const auto checks = lines_.other_checks();
    const auto silent = lines_.silent_duties();
    if (checks.empty() && silent.empty()) return;
    out_ += '\n' + wrapped((checks.empty() ? "" : "Other checks: " + checks + ". ") + silent +
                               (all_ ? "" : " --all lists more."),
                           0, 0);
  }

  const Assessment& a_;
  CaseLines lines_;
  std::string& out_;
  bool all_;
};

}  // namespace

void write_assessment_text(const Assessment& assessment, std::string& out, TextReport report) {
  Reporter(assessment, out, report.all).report();
}

void write_thresholds_text(const Assessment& assessment, std::string& out) {
  Reporter(assessment, out, true).threshold_lines();
}

}  // namespace cpc
