#include "census/census.h"

#include <algorithm>

#include "assessment/wording.h"
#include "census/checks.h"

namespace cpc {
namespace {

enum class Duty : std::uint8_t { other, initial_conference, review };

std::optional<Day> day_of_value(Value value) {
  return value == unknown_value ? std::nullopt : std::optional(moment_of(value).day);
}

bool failed(TimescaleStatus status) {
  return status == TimescaleStatus::late || status == TimescaleStatus::overdue || status == TimescaleStatus::missed;
}

bool can_be_judged(const CensusPlan& plan) {
  return plan.start.read && !plan.end.unreadable() && !(plan.end.read && plan.end.day < plan.start.day);
}

/// One element can become two rows, of which the same is said.
bool same_words(const CensusFinding& a, const CensusFinding& b) {
  return a.line == b.line && a.element == b.element && a.rule == b.rule && a.explanation == b.explanation &&
         a.value == b.value && (a.rule == "record" || a.key == b.key);
}

/// So many children are read before they are judged: reading and judging by turns costs more than either, as each
/// drives the other out of the processor's cache.
constexpr std::size_t batch_size = 64;

/// Which plan a review belongs to is not known where plans overlap: a census says so of the plans, once.
constexpr std::string_view link_not_given = "record|link_not_given|";

class Run : public CensusSink {
 public:
  Run(std::shared_ptr<const Program> program, const CensusOptions& options, CensusWriter& writer)
      : program_(std::move(program)), options_(options), writer_(writer), recorder_(*program_->vocabulary) {
    const Vocabulary& words = *program_->vocabulary;
    const int initial = words.duty("initial_conference_timing");
    const int first_review = words.duty("first_review_timing");
    const int later_review = words.duty("later_review_timing");
    totals_.rules.resize(program_->rules.size());
    for (std::size_t i = 0; i < program_->rules.size(); ++i) {
      const Index duty = program_->rules[i].duty;
      totals_.rules[i].rule = static_cast<Index>(i);
      duties_.push_back(duty == initial                                ? Duty::initial_conference
                        : duty == first_review || duty == later_review ? Duty::review
                                                                       : Duty::other);
    }
  }

  Result<Done> begin(const CensusHeader& header) override {
    if (!header.reference_date && !options_.as_of)
      return Error{Code::input, "the header gives no reference date that can be read: say the day with --as-of", "",
                   ""};
    const Day reference = header.reference_date ? *header.reference_date : *options_.as_of;
    const CensusDays days = census_days(reference, options_.as_of.value_or(reference));
    counter_.emplace(program_->calendar, days);
    assess_options_.as_of = Moment{days.as_of, -1};
    assess_options_.next = false;
    writer_.begin({days, header.reference_date, program_.get(), options_.summary});
    begun_ = true;
    for (const CensusRemark& remark : header.remarks) emit(header_finding(remark));
    return Done{};
  }

  void child(CensusChild& child) override {
    const bool much = child.remarks.size() > batch_size;
    std::swap(batch_[waiting_++], child);
    if (waiting_ == batch_.size() || much) judge_batch();
    if (options_.progress) options_.progress();
  }

  void judge_batch() {
    for (std::size_t i = 0; i < waiting_; ++i) {
      judge(batch_[i]);
      batch_[i].remarks.clear();
    }
    waiting_ = 0;
  }

  [[nodiscard]] bool begun() const { return begun_; }

  CensusTotals finish(std::optional<Error> stopped) {
    judge_batch();
    totals_.figures = counter_->figures();
    totals_.rules = by_name();
    totals_.complete = !stopped;
    totals_.stopped = std::move(stopped);
    writer_.end(totals_);
    return std::move(totals_);
  }

 private:
  void judge(const CensusChild& child) {
    counter_->add(child);
    recorder_.write(child, counter_->days().reference, record_);
    assess(program_, record_, assess_options_, workspace_, assessment_);
    settle_reviews(child);
    for (const TimescaleResult& result : assessment_.timescales)
      ++totals_.rules[static_cast<std::size_t>(result.rule)].statuses[static_cast<std::size_t>(result.status)];
    if (totals_.verdict != Verdict::breach) weigh(verdict_of(assessment_));
    if (!options_.summary) emit_findings(child);
  }

  /// The counts of timescales; editions of one rule are counted together.
  [[nodiscard]] std::vector<CensusRuleCount> by_name() const {
    std::vector<CensusRuleCount> counts;
    for (const CensusRuleCount& count : totals_.rules) {
      if (program_->rules[static_cast<std::size_t>(count.rule)].type != RuleText::Type::timescale) continue;
      const auto same = std::find_if(counts.begin(), counts.end(), [&](const CensusRuleCount& one) {
        return program_->rule_name(one.rule) == program_->rule_name(count.rule);
      });
      if (same == counts.end())
        counts.push_back(count);
      else
        for (std::size_t i = 0; i < count.statuses.size(); ++i) same->statuses[i] += count.statuses[i];
    }
    return counts;
  }

  void weigh(Verdict verdict) {
    if (verdict == Verdict::breach || totals_.verdict == Verdict::clean) totals_.verdict = verdict;
  }

  [[nodiscard]] Duty duty_of(Index rule) const { return duties_[static_cast<std::size_t>(rule)]; }

  [[nodiscard]] const CensusPlan* plan_of(const CensusChild& child, const ScopeId& scope) const {
    for (const std::int16_t at : scope.instance) {
      if (at < 0 || assessment_.instances[static_cast<std::size_t>(at)].kind != Kind::plan) continue;
      const int number = CensusRecorder::plan_number(assessment_.instances[static_cast<std::size_t>(at)].id);
      if (number >= 0 && number < static_cast<int>(child.plans.size()))
        return &child.plans[static_cast<std::size_t>(number)];
    }
    return nullptr;
  }

  /// Reviews that a return need not hold, or whose dates cannot be read, are not late: it is not known.
  void settle_reviews(const CensusChild& child) {
    for (TimescaleResult& result : assessment_.timescales) {
      if (!failed(result.status) || duty_of(result.rule) != Duty::review) continue;
      const CensusPlan* plan = plan_of(child, result.scope);
      const std::optional<Day> due = day_of_value(result.due);
      const std::optional<Day> ended = day_of_value(result.ended);
      const Day first = counter_->days().first;
      const bool not_reached = due && *due < first && (!ended || *ended >= first);
      const bool unreadable = plan != nullptr && (plan->review_unreadable || !can_be_judged(*plan));
      if (!not_reached && !unreadable) continue;
      result.status = TimescaleStatus::undetermined;
      result.because = unreadable ? Because::date_not_known : Because::not_recorded;
      result.has_amount = false;
    }
  }

  void emit_findings(const CensusChild& child) {
    findings_.clear();
    for (const Finding& finding : findings_of(assessment_))
      if (!finding.key.starts_with(link_not_given)) findings_.push_back(of_assessment(child, finding));
    add_census_checks(child, counter_->days(), program_->calendar, findings_);
    std::stable_sort(findings_.begin(), findings_.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    for (auto at = findings_.begin(); at != findings_.end(); ++at)
      if (std::find_if(findings_.begin(), at, [&](const auto& one) { return same_words(one, *at); }) == at) emit(*at);
  }

  void emit(const CensusFinding& finding) {
    if (options_.summary) return;
    ++totals_.findings[static_cast<std::size_t>(finding.severity)];
    writer_.finding(finding);
  }

  CensusFinding of_assessment(const CensusChild& child, const Finding& finding) const {
    CensusFinding out;
    out.child = census_name(child);
    out.line = child.line;
    out.rule = finding.rule == none ? "record" : program_->rule_name(finding.rule);
    out.severity = finding.severity;
    out.kind = finding.kind;
    out.key = finding.key;
    out.explanation = finding.says;
    out.clauses = finding.clauses;
    if (finding.timescale != nullptr)
      add_timescale(child, *finding.timescale, out);
    else if (!finding.rows.empty())
      add_row(finding.rows.front(), out);
    if (finding.explained == Truth::yes) out.explanation += "; explained in the record";
    return out;
  }

  void add_row(std::int32_t row, CensusFinding& out) const {
    const CensusOrigin& origin = recorder_.origins()[static_cast<std::size_t>(row)];
    out.element = element_name(origin.element);
    if (origin.line != 0) out.line = origin.line;
    const Value at = record_.rows[static_cast<std::size_t>(row)].at;
    if (at != unknown_value) out.value = to_string(moment_of(at).day);
  }

  void add_timescale(const CensusChild& child, const TimescaleResult& result, CensusFinding& out) const {
    const Duty duty = duty_of(result.rule);
    if (result.until_row >= 0) {
      add_row(result.until_row, out);
    } else {
      if (result.from_row >= 0) add_row(result.from_row, out);
      if (duty != Duty::other) {
        out.element = element_name(duty == Duty::review ? CensusElement::review_date : CensusElement::conference_date);
        out.value.clear();
      }
    }
    out.due = day_of_value(result.due);
    out.actual = day_of_value(result.ended);
    const std::optional<Day> from = day_of_value(result.from);
    const Day to = out.actual.value_or(counter_->days().as_of);
    if (from && *from <= to && program_->calendar.covers(*from, to))
      out.working_days = program_->calendar.working_days_between(*from, to);
    if (duty == Duty::review && from) out.explanation += runs_from(child, result, *from);
  }

  /// From which day a review's limit was counted.
  std::string runs_from(const CensusChild& child, const TimescaleResult& result, Day from) const {
    const CensusPlan* plan = plan_of(child, result.scope);
    if (plan == nullptr || !plan->start.read || plan->start.day != from)
      return ". Counted from the review of " + long_day(from) + ".";
    return conference_on(child, from)
               ? ". Counted from the conference of " + long_day(from) + ", the day the plan began."
               : ". Counted from the plan's start on " + long_day(from) + ": the file has no conference of that day.";
  }

  std::shared_ptr<const Program> program_;
  const CensusOptions& options_;
  CensusWriter& writer_;
  CensusRecorder recorder_;
  std::vector<Duty> duties_;
  std::optional<FigureCounter> counter_;
  AssessOptions assess_options_;
  Record record_;
  Workspace workspace_;
  Assessment assessment_;
  std::vector<CensusFinding> findings_;
  CensusTotals totals_;
  std::vector<CensusChild> batch_ = std::vector<CensusChild>(batch_size);
  std::size_t waiting_ = 0;
  bool begun_ = false;
};

}  // namespace

Result<CensusTotals> run_census(const CensusSource& source, std::shared_ptr<const Program> program,
                                const CensusOptions& options, CensusWriter& writer) {
  Run run(std::move(program), options, writer);
  const Result<Done> read = read_census(source, run);
  if (!read && !run.begun()) return read.error();
  return run.finish(read ? std::nullopt : std::optional(read.error()));
}

}  // namespace cpc
