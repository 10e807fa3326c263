#include <algorithm>

#include "rulebook/diff.h"
#include "rulebook/formula.h"
#include "rulebook/lint.h"

namespace cpc {
namespace {

using Level = Diagnostic::Level;
using Diagnostics = std::vector<Diagnostic>;

bool overlap(const RuleText& a, const RuleText& b) {
  return a.in_force_from <= b.in_force_to && b.in_force_from <= a.in_force_to;
}

std::string days_of(const RuleText& rule) {
  std::string out;
  if (rule.in_force_from > first_supported_day) out += " from " + to_string(rule.in_force_from);
  if (rule.in_force_to < last_supported_day) out += " to " + to_string(rule.in_force_to);
  return out;
}

std::string example_of(const LimitExample& one) {
  if (one.from_here == one.from_there)
    return "counted from " + to_string(one.from_here) + " it is due " + to_string(one.due_here) + ", below " +
           to_string(one.due_there);
  return "counted from " + to_string(one.from_here) + " it is due " + to_string(one.due_here) + ", below from " +
         to_string(one.from_there) + " by " + to_string(one.due_there);
}

std::string example_of(const AnswersExample& one) {
  std::string out;
  for (const auto& [question, answer] : one.answers)
    out.append(out.empty() ? "with " : ", ").append(question).append(": ").append(answer);
  return out.append(out.empty() ? "" : " it is ").append(one.here).append(", below ").append(one.there);
}

/// In what it asks less, and a case that shows it.
std::string how(const RuleDifference& found) {
  std::string out;
  for (const auto& aspect : found.aspects) {
    if (aspect.compared != Compared::looser) continue;
    const auto said = [](const std::string& text) { return text.empty() ? std::string("nothing") : text; };
    out.append(out.empty() ? "" : "; ").append(aspect.part).append(": ").append(said(aspect.here));
    out.append(", below: ").append(said(aspect.there));
  }
  if (!found.limits.empty()) out.append("; ").append(example_of(found.limits.back()));
  if (!found.answers.empty()) out.append("; ").append(example_of(found.answers.back()));
  return out;
}

class LayerCheck {
 public:
  LayerCheck(const Rulebook& book, const Rulebook& below, const Calendar& calendar, const Vocabulary& vocabulary)
      : book_(book), below_(below), calendar_(calendar), vocabulary_(vocabulary) {}

  Diagnostics run() {
    for (const auto& over : book_.over)
      if (over.rulebook == below_.name) check(over);
    check_duties();
    return std::move(out_);
  }

 private:
  void check(const OverText& over);
  void check_pair(const OverText& over, const RuleText& rule, const RuleText& lower);
  void check_duties();
  [[nodiscard]] std::string below_name(const RuleText& lower) const { return "'" + below_.name + "/" + lower.id + "'"; }
  [[nodiscard]] bool changed(const RuleText& lower) const {
    return std::any_of(book_.over.begin(), book_.over.end(),
                       [&](const OverText& over) { return over.rulebook == below_.name && over.rule == lower.id; });
  }
  [[nodiscard]] bool replaces(const RuleText& rule) const {
    return std::any_of(book_.over.begin(), book_.over.end(),
                       [&](const OverText& over) { return over.rulebook == below_.name && over.by == rule.id; });
  }

  const Rulebook& book_;
  const Rulebook& below_;
  const Calendar& calendar_;
  const Vocabulary& vocabulary_;
  Diagnostics out_;
};

void LayerCheck::check(const OverText& over) {
  for (const auto& lower : below_.rules) {
    if (lower.id != over.rule) continue;
    if (over.by.empty() && lower.severity != Severity::info) {
      out_.push_back({Level::note, "looser",
                      "rule " + below_name(lower) + " is disabled: what it asks is asked no more", over.place,
                      lower.cites.empty() ? std::string() : lower.cites.front()});
      continue;
    }
    for (const auto& rule : book_.rules)
      if (rule.id == over.by && overlap(rule, lower)) check_pair(over, rule, lower);
  }
}

void LayerCheck::check_pair(const OverText& over, const RuleText& rule, const RuleText& lower) {
  if (rule.type != lower.type) return;
  const auto found = compare_rules(rule, lower, calendar_, vocabulary_);
  const auto looser = [](const Aspect& aspect) { return aspect.compared == Compared::looser; };
  if (std::none_of(found.aspects.begin(), found.aspects.end(), looser)) return;
  const bool wholly = found.compared == Compared::looser;
  out_.push_back(about_rule(rule, Level::note, "looser",
                            std::string(wholly ? "it asks less" : "in part it asks less") + " than rule " +
                                below_name(lower) + days_of(lower) + ", which it replaces: " + how(found),
                            over.place));
}

/// Rules of one duty that neither replaces: both speak, and may say different things.
void LayerCheck::check_duties() {
  for (const auto& duty : diff(book_, below_, std::nullopt, calendar_, vocabulary_)) {
    for (const auto& one : duty.rules) {
      if (!one.here || !one.there || one.compared == Compared::same) continue;
      if (changed(*one.there) || replaces(*one.here)) continue;
      out_.push_back(about_rule(*one.here, Level::note, "differs",
                                "it and rule " + below_name(*one.there) + " both speak of " + duty.duty +
                                    ", and it is " + std::string(word_of(one.compared)) +
                                    "; 'over' would say which of them counts"));
    }
  }
}

}  // namespace

std::vector<Diagnostic> lint_layer(const Rulebook& book, const Rulebook& below, const Calendar& calendar,
                                   const Vocabulary& vocabulary) {
  return LayerCheck(book, below, calendar, vocabulary).run();
}

}  // namespace cpc
