#include "census/output.h"

#include <array>
#include <concepts>
#include <cstdio>
#include <utility>

#include "assessment/wording.h"
#include "base/text.h"

namespace cpc {
namespace {

constexpr std::size_t enough = 64 * 1024;

/// Hands bytes on in large pieces.
class Buffer {
 public:
  explicit Buffer(CensusText out) : out_(std::move(out)) {}
  Buffer& operator<<(std::string_view text) {
    bytes_ += text;
    if (bytes_.size() >= enough) flush();
    return *this;
  }
  Buffer& operator<<(char c) { return *this << std::string_view{&c, 1}; }
  template <std::unsigned_integral T>
  Buffer& operator<<(T number) {
    return *this << std::string_view{std::to_string(number)};
  }
  void flush() {
    if (!bytes_.empty()) out_(bytes_);
    bytes_.clear();
  }

 private:
  CensusText out_;
  std::string bytes_;
};

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      (out += '\\') += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      std::array<char, 8> escaped{};
      std::snprintf(escaped.data(), escaped.size(), "\\u%04x", byte);
      out += escaped.data();
    } else {
      out += c;
    }
  }
  return out += '"';
}

std::string json_day(const std::optional<Day>& day) { return day ? '"' + to_string(*day) + '"' : "null"; }

std::string per_mille_text(const std::optional<int>& per_mille) {
  return per_mille ? std::to_string(*per_mille / 10) + '.' + std::to_string(*per_mille % 10) : "null";
}

constexpr std::array<const char*, 4> band_names{"0-10", "11-15", "16-20", "21+"};

/// The counts that are one number each, by their names; the rest stand between them.
template <class F>
void each_plain_count(const CensusFigures& f, F write) {
  write("sharing_a_date", f.sharing_a_date);
  write("transfer_in_conferences", f.transfer_in_conferences);
  write("target_agrees", f.target_agrees);
  write("target_differs", f.target_differs);
  write("not_required_beside_conference", f.not_required_beside_conference);
  write("conference_on_closed_day", f.conference_on_closed_day);
  write("no_conference_pending", f.no_conference_pending);
  write("no_conference_overdue", f.no_conference_overdue);
  write("plans", f.plans);
  write("plans_open", f.plans_open);
}

class JsonWriter : public CensusWriter {
 public:
  JsonWriter(CensusText out, std::string engine) : out_(std::move(out)), engine_(std::move(engine)) {}

  void begin(const CensusHeading& heading) override {
    program_ = heading.program;
    summary_ = heading.summary;
    out_ << "{\n  \"cpconf\": 1,\n  \"engine\": " << json_text(engine_)
         << ",\n  \"as_of\": " << json_day(heading.days.as_of)
         << ",\n  \"reference_date\": " << json_day(heading.reference_date) << ",\n  \"year\": ["
         << json_day(heading.days.first) << ", " << json_day(heading.days.last) << "],\n  \"rulebooks\": [";
    const char* comma = "";
    for (const auto& rulebook : program_->rulebooks) {
      out_ << comma << "{\"name\": " << json_text(rulebook->name) << ", \"edition\": " << json_text(rulebook->edition)
           << ", \"fingerprint\": " << json_text(rulebook->fingerprint) << '}';
      comma = ", ";
    }
    const CalendarText& calendar = program_->calendar.text();
    out_ << "],\n  \"calendar\": {\"name\": " << json_text(calendar.name)
         << ", \"version\": " << json_text(calendar.version) << ", \"fingerprint\": " << json_text(calendar.fingerprint)
         << ", \"covers\": [" << json_day(calendar.first) << ", " << json_day(calendar.last) << "], \"closures\": [";
    comma = "";
    for (const std::string& closure : calendar.closures) out_ << std::exchange(comma, ", ") << json_text(closure);
    out_ << "]},\n";
    if (!summary_) out_ << "  \"findings\": [";
  }

  void finding(const CensusFinding& finding) override {
    out_ << comma_ << "\n    {\"child\": " << json_text(finding.child) << ", \"rule\": " << json_text(finding.rule)
         << ", \"element\": " << json_text(finding.element) << ", \"value\": " << json_text(finding.value)
         << ", \"due\": " << json_day(finding.due) << ", \"actual\": " << json_day(finding.actual)
         << ", \"working_days\": " << (finding.working_days ? std::to_string(*finding.working_days) : "null")
         << ", \"explanation\": " << json_text(finding.explanation)
         << ", \"severity\": " << json_text(to_string(finding.severity)) << ", \"kind\": " << json_text(finding.kind)
         << ", \"line\": " << finding.line << ", \"clauses\": [";
    const char* comma = "";
    for (const std::string& clause : finding.clauses) out_ << std::exchange(comma, ", ") << json_text(clause);
    out_ << "], \"key\": " << json_text(finding.key) << '}';
    comma_ = ",";
  }

  void end(const CensusTotals& totals) override {
    if (!summary_) {
      out_ << "\n  ],\n  \"finding_counts\": {\"breach\": "
           << totals.findings[static_cast<std::size_t>(Severity::breach)]
           << ", \"advisory\": " << totals.findings[static_cast<std::size_t>(Severity::advisory)]
           << ", \"info\": " << totals.findings[static_cast<std::size_t>(Severity::info)] << "},\n";
    }
    rules(totals);
    figures(totals.figures);
    if (totals.stopped)
      out_ << "  \"stopped\": {\"message\": " << json_text(totals.stopped->message)
           << ", \"place\": " << json_text(totals.stopped->place) << "},\n";
    out_ << "  \"complete\": " << (totals.complete ? "true" : "false") << "\n}\n";
    out_.flush();
  }

 private:
  void rules(const CensusTotals& totals) {
    out_ << "  \"timescales\": {";
    const char* comma = "";
    for (const CensusRuleCount& rule : totals.rules) {
      out_ << std::exchange(comma, ",") << "\n    " << json_text(program_->rule_name(rule.rule)) << ": {";
      const char* between = "";
      for (int status = 0; status < timescale_status_count; ++status)
        out_ << std::exchange(between, ", ") << json_text(to_string(static_cast<TimescaleStatus>(status))) << ": "
             << rule.statuses[static_cast<std::size_t>(status)];
      out_ << '}';
    }
    out_ << "\n  },\n";
  }

  void number(const char* name, std::uint64_t count) { out_ << "    \"" << name << "\": " << count << ",\n"; }

  void reviews(const char* name, const ReviewCounts& counts) {
    out_ << "    \"" << name << "\": {";
    for (int i = 0; i < review_status_count; ++i)
      out_ << (i == 0 ? "" : ", ") << json_text(to_string(static_cast<ReviewStatus>(i))) << ": "
           << counts[static_cast<std::size_t>(i)];
    out_ << "},\n";
  }

  void figures(const CensusFigures& f) {
    out_ << "  \"figures\": {\n";
    number("children", f.children);
    number("section_47_groups", f.section_47_groups);
    number("initial_conferences_in_year", f.initial_conferences_in_year);
    number("initial_conferences_outside_year", f.initial_conferences_outside_year);
    number("without_duration", f.without_duration);
    out_ << "    \"bands\": {";
    for (std::size_t i = 0; i < band_names.size(); ++i)
      out_ << (i == 0 ? "" : ", ") << '"' << band_names[i] << "\": " << f.bands[i];
    out_ << "},\n    \"in_time_percent\": " << per_mille_text(f.in_time_per_mille) << ",\n    \"quartiles\": ";
    if (f.quartiles)
      out_ << '[' << std::to_string((*f.quartiles)[0]) << ", " << std::to_string((*f.quartiles)[1]) << ", "
           << std::to_string((*f.quartiles)[2]) << "],\n";
    else
      out_ << "null,\n";
    each_plain_count(f, [&](const char* name, std::uint64_t count) { number(name, count); });
    out_ << "    \"first_review_runs_from\": {\"conference\": " << f.first_review_from_conference
         << ", \"plan_start\": " << f.first_review_from_plan_start << "},\n";
    number("plans_without_review", f.plans_without_review);
    reviews("first_reviews", f.first_reviews);
    reviews("later_reviews", f.later_reviews);
    number("reviews_due_in_year", f.reviews_due_in_year);
    number("reviews_due_in_year_in_time", f.reviews_due_in_year_in_time);
    number("children_on_plan_three_months", f.children_on_plan_three_months);
    number("children_on_plan_all_reviews_in_time", f.children_on_plan_all_reviews_in_time);
    out_ << "    \"children_on_plan_reviews_undetermined\": " << f.children_on_plan_reviews_undetermined << "\n  },\n";
  }

  Buffer out_;
  std::string engine_;
  const Program* program_ = nullptr;
  bool summary_ = false;
  const char* comma_ = "";
};

class CsvWriter : public CensusWriter {
 public:
  explicit CsvWriter(CensusText out) : out_(std::move(out)) {}

  void begin(const CensusHeading&) override {
    out_ << "child,rule,element,value,due,actual,working_days,explanation,severity,line,clauses\r\n";
  }

  void finding(const CensusFinding& finding) override {
    std::string clauses;
    for (const std::string& clause : finding.clauses) clauses += (clauses.empty() ? "" : " ") + clause;
    out_ << csv_cell(finding.child) << ',' << csv_cell(finding.rule) << ',' << csv_cell(finding.element) << ','
         << csv_cell(finding.value) << ',' << (finding.due ? to_string(*finding.due) : "") << ','
         << (finding.actual ? to_string(*finding.actual) : "") << ','
         << (finding.working_days ? std::to_string(*finding.working_days) : "") << ',' << csv_cell(finding.explanation)
         << ',' << to_string(finding.severity) << ',' << (finding.line > 0 ? std::to_string(finding.line) : "") << ','
         << csv_cell(clauses) << "\r\n";
  }

  void end(const CensusTotals& totals) override {
    if (totals.stopped)
      out_ << ",census/incomplete,,,,,,"
           << csv_cell(
                  "The file was not read to its end: " + totals.stopped->text() + ". What stands above is of the " +
                  counted(static_cast<std::int64_t>(totals.figures.children), "child", "children") + " before that.")
           << ",breach,,\r\n";
    out_.flush();
  }

 private:
  Buffer out_;
};

class TextWriter : public CensusWriter {
 public:
  explicit TextWriter(CensusText out) : out_(std::move(out)) {}

  void begin(const CensusHeading& heading) override {
    program_ = heading.program;
    summary_ = heading.summary;
    const CalendarText& calendar = program_->calendar.text();
    out_ << "Census as of " << long_day(heading.days.as_of)
         << (!heading.reference_date ? " (the header gives no reference date)"
             : *heading.reference_date == heading.days.as_of
                 ? " (the reference date)"
                 : " (reference date " + long_day(*heading.reference_date) + ")")
         << ", rulebook ";
    const char* comma = "";
    for (const auto& rulebook : program_->rulebooks)
      out_ << std::exchange(comma, ", ") << rulebook->name << ' ' << rulebook->edition;
    out_ << ", calendar " << calendar.name << ' ' << calendar.version << '\n';
    year_ = long_day(heading.days.first) + " to " + long_day(heading.days.last);
  }

  void finding(const CensusFinding& finding) override {
    if (finding.child != child_)
      out_ << '\n' << (finding.child.empty() ? "The header" : printable(finding.child)) << '\n';
    child_ = finding.child;
    std::string line = "  ";
    line += to_string(finding.severity);
    line.resize(12, ' ');
    line += finding.explanation;
    if (finding.kind == "census" && !finding.element.empty()) {
      (line += ' ') += finding.element;
      if (!finding.value.empty()) (line += ' ') += finding.value;
      line += '.';
    }
    line += " [" + finding.rule;
    for (const std::string& clause : finding.clauses) line += ", " + clause;
    if (finding.line > 0) line += ", line " + std::to_string(finding.line);
    out_ << line << "]\n";
  }

  void end(const CensusTotals& totals) override {
    const CensusFigures& f = totals.figures;
    if (!summary_)
      out_ << "\nFindings: " << totals.findings[static_cast<std::size_t>(Severity::breach)] << " breach, "
           << totals.findings[static_cast<std::size_t>(Severity::advisory)] << " advisory, "
           << totals.findings[static_cast<std::size_t>(Severity::info)] << " info\n";
    conferences(f);
    reviews(f);
    timescales(totals);
    if (totals.stopped)
      out_ << "\nNOT COMPLETE: the file was not read to its end: " << totals.stopped->text()
           << ".\nWhat stands above is of the " << counted(static_cast<std::int64_t>(f.children), "child", "children")
           << " before that.\n";
    out_ << "\nThese are checks of the return, not of anyone's practice; the decision is the chair's.\n";
    out_.flush();
  }

 private:
  /// Ids come from the file: control characters would reach the terminal.
  static std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return out;
  }

  void line(std::string_view what, std::uint64_t count) { line(what, std::to_string(count)); }
  void line(std::string_view what, const std::string& value) {
    std::string text = "  " + std::string{what};
    text.resize(std::max<std::size_t>(text.size() + 1, 62), ' ');
    out_ << text << value << '\n';
  }

  void conferences(const CensusFigures& f) {
    out_ << "\nChildren read: " << f.children << "\n\nInitial conferences, " << year_ << '\n';
    line("held in the year", f.initial_conferences_in_year);
    for (std::size_t i = 0; i < band_names.size(); ++i)
      line("  " + std::string{band_names[i]} + " working days from the section 47 start", f.bands[i]);
    line("  without a duration", f.without_duration);
    line("within 15 working days",
         f.in_time_per_mille ? per_mille_text(f.in_time_per_mille) + " %" : "none to say it of");
    if (f.quartiles)
      line("quartiles, working days", std::to_string((*f.quartiles)[0]) + ", " + std::to_string((*f.quartiles)[1]) +
                                          ", " + std::to_string((*f.quartiles)[2]));
    line("held on a day that another is held on", f.sharing_a_date);
    line("outside the year: listed, in no band", f.initial_conferences_outside_year);
    line("transfer-in: counted apart, limit undetermined", f.transfer_in_conferences);
    line("on a closed day", f.conference_on_closed_day);
    line("marked as not required beside a conference", f.not_required_beside_conference);
    line("section 47 groups", f.section_47_groups);
    line("  without a conference, limit not passed", f.no_conference_pending);
    line("  without a conference, limit passed", f.no_conference_overdue);
    line("  target date as counted", f.target_agrees);
    line("  target date differs", f.target_differs);
  }

  void status_lines(std::string_view what, const ReviewCounts& counts) {
    std::string text;
    for (int i = 0; i < review_status_count; ++i)
      if (const std::uint64_t count = counts[static_cast<std::size_t>(i)]; count > 0)
        text +=
            (text.empty() ? "" : ", ") + std::to_string(count) + ' ' + spelled(to_string(static_cast<ReviewStatus>(i)));
    line(what, text.empty() ? "none" : text);
  }

  void reviews(const CensusFigures& f) {
    out_ << "\nPlans and reviews\n";
    line("plans", f.plans);
    line("  open", f.plans_open);
    line("  without a review, limit passed", f.plans_without_review);
    line("first review counted from the conference of the plan's start", f.first_review_from_conference);
    line("first review counted from the plan's start alone", f.first_review_from_plan_start);
    status_lines("first reviews, within 3 months", f.first_reviews);
    status_lines("later reviews, within 6 months", f.later_reviews);
    line("reviews due in the year", f.reviews_due_in_year);
    line("  in time", f.reviews_due_in_year_in_time);
    line("children on a plan for three months at the end", f.children_on_plan_three_months);
    line("  all reviews in time", f.children_on_plan_all_reviews_in_time);
    line("  not known", f.children_on_plan_reviews_undetermined);
  }

  void timescales(const CensusTotals& totals) {
    out_ << "\nLimits of the rulebook, by status\n";
    for (const CensusRuleCount& rule : totals.rules) {
      std::string text;
      for (int status = 0; status < timescale_status_count; ++status)
        if (const std::uint64_t count = rule.statuses[static_cast<std::size_t>(status)]; count > 0)
          text += (text.empty() ? "" : ", ") + std::to_string(count) + ' ' +
                  spelled(to_string(static_cast<TimescaleStatus>(status)));
      if (!text.empty()) line(program_->rule_name(rule.rule), text);
    }
  }

  Buffer out_;
  const Program* program_ = nullptr;
  bool summary_ = false;
  std::string year_;
  std::string child_;
};

}  // namespace

std::unique_ptr<CensusWriter> census_writer(CensusFormat format, CensusText out, std::string engine) {
  switch (format) {
    case CensusFormat::json:
      return std::make_unique<JsonWriter>(std::move(out), std::move(engine));
    case CensusFormat::csv:
      return std::make_unique<CsvWriter>(std::move(out));
    case CensusFormat::text:
      break;
  }
  return std::make_unique<TextWriter>(std::move(out));
}

}  // namespace cpc
