#include "rulebook/formula.h"

#include <array>

namespace cpc {
namespace {

using Op = Condition::Op;

/// How tightly a formula binds: what binds less needs brackets inside what binds more.
enum class Binding : std::uint8_t { any, all, leaf };

Binding binding_of(const Condition& condition) {
  const bool joins = condition.op == Op::all || condition.op == Op::any;
  if (joins && condition.parts.size() == 1) return binding_of(condition.parts.front());
  if (condition.op == Op::any) return Binding::any;
  if (condition.op == Op::all) return Binding::all;
  return Binding::leaf;
}

std::string bracketed(const Condition& condition, Binding at_least) {
  auto text = formula(condition);
  return binding_of(condition) < at_least ? "(" + text + ")" : text;
}

std::string words_of(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out.append(out.empty() ? "" : " or ").append(value);
  return out;
}

std::string of_fact(const Condition& leaf) {
  switch (leaf.compare) {
    case Compare::is:
      if (leaf.values.size() == 1 && leaf.values.front() == "true") return leaf.fact;
      return leaf.fact + " is " + words_of(leaf.values);
    case Compare::has:
      return leaf.fact + " has " + words_of(leaf.values);
    case Compare::at_least:
      return leaf.fact + " at least " + std::to_string(leaf.number);
    case Compare::at_most:
      return leaf.fact + " at most " + std::to_string(leaf.number);
    case Compare::before:
      return leaf.fact + " before (" + formula(leaf.date.front()) + ")";
    case Compare::after:
      return leaf.fact + " after (" + formula(leaf.date.front()) + ")";
    case Compare::given:
      return leaf.fact + (!leaf.values.empty() && leaf.values.front() == "false" ? " not given" : " given");
    case Compare::known:
      return leaf.fact + (!leaf.values.empty() && leaf.values.front() == "false" ? " not known" : " known");
    case Compare::same_as:
      return leaf.fact + " same as " + leaf.other;
    case Compare::differs_from:
      return leaf.fact + " differs from " + leaf.other;
  }
  return leaf.fact;
}

std::string counted_rows(const Condition& leaf) {
  std::string out;
  if (leaf.at_least >= 0) out += "at least " + std::to_string(leaf.at_least) + " ";
  if (leaf.at_most >= 0) out += "at most " + std::to_string(leaf.at_most) + " ";
  out += "of " + formula(leaf.selector.front());
  if (!leaf.other.empty()) out += " that differ in " + leaf.other;
  return out;
}

std::string with_expect(std::string rows, const Condition& leaf) {
  if (!leaf.expect.empty()) rows += " with (" + formula(leaf.expect.front()) + ")";
  return rows;
}

std::string joined(const Condition& condition, std::string_view between, Binding at_least) {
  std::string out;
  for (const auto& part : condition.parts) out.append(out.empty() ? "" : between).append(bracketed(part, at_least));
  return out;
}

std::string_view position_word(Selector::Position position) {
  constexpr std::array<std::string_view, 4> words = {"not after", "not before", "after", "before"};
  return words[static_cast<std::size_t>(position)];
}

}  // namespace

std::string formula(const Condition& condition) {
  switch (condition.op) {
    case Op::all:
      return condition.parts.empty() ? "always" : joined(condition, " and ", Binding::all);
    case Op::any:
      return condition.parts.empty() ? "never" : joined(condition, " or ", Binding::any);
    case Op::negate:
      return negated(formula(condition.parts.front()));
    case Op::fact:
      return of_fact(condition);
    case Op::occurs:
      return "any " + formula(condition.selector.front());
    case Op::of:
      return with_expect(formula(condition.selector.front()), condition);
    case Op::every:
      return with_expect("every " + formula(condition.selector.front()), condition);
    case Op::count:
      return with_expect(counted_rows(condition), condition);
    case Op::state:
      return "state of " + condition.fact + " is " + words_of(condition.values);
    case Op::status:
      return "status of " + condition.fact + " is " + words_of(condition.values);
  }
  return {};
}

std::string formula(const Selector& selector) {
  std::string out;
  if (!selector.attribute.empty()) out += selector.attribute + " of ";
  if (selector.pick == Selector::Pick::first) out += "first ";
  if (selector.pick == Selector::Pick::last) out += "last ";
  if (selector.pick == Selector::Pick::each) out += "each ";
  out += selector.event;
  for (const auto& where : selector.where) out.append(" (").append(formula(where)).append(")");
  for (const auto& bound : selector.positions)
    out.append(" ").append(position_word(bound.position)).append(" ").append(formula(bound.limit));
  for (const auto& [mine, theirs] : selector.same) {
    out.append(" with the same ").append(mine);
    if (mine != theirs) out.append(" as ").append(theirs);
  }
  return out;
}

std::string formula(const DateText& date) {
  std::string out;
  switch (date.source) {
    case DateText::Source::selector:
      out = formula(date.selector.front());
      break;
    case DateText::Source::fact:
      out = date.fact;
      break;
    case DateText::Source::from:
      out = "its from";
      break;
    case DateText::Source::until:
      out = "its until";
      break;
    case DateText::Source::date:
      out = formula(date.inner.front());
      break;
  }
  return date.offset ? out + " moved by " + period_formula(*date.offset) : out;
}

std::string period_formula(Period period) { return to_string(period); }

std::string limit_formula(const RuleText& timescale) {
  const auto anchor = [&](const LimitText& limit) { return formula(limit.from ? *limit.from : *timescale.from); };
  std::string out;
  if (timescale.limits.size() > 1) out = timescale.take_latest ? "the latest of: " : "the earliest of: ";
  for (std::size_t i = 0; i < timescale.limits.size(); ++i) {
    const auto& limit = timescale.limits[i];
    out.append(i == 0 ? "" : "; ").append(period_formula(limit.period));
    out.append(limit.ahead ? " before " : " after ").append(anchor(limit));
    for (const auto& when : limit.when) out.append(" when ").append(formula(when));
  }
  if (timescale.limits.empty()) out = "no number, measured from " + formula(*timescale.from);
  if (timescale.repeats) out += ", again and again";
  if (!timescale.until.empty()) out += ", until " + formula(timescale.until.front());
  return out;
}

std::string question_of(const Answer& answer) {
  const auto& leaf = *answer.leaf;
  const bool by_value =
      leaf.compare == Compare::is || leaf.compare == Compare::at_least || leaf.compare == Compare::at_most;
  if (leaf.op == Op::fact && by_value) return leaf.fact;
  if (leaf.op == Op::status) return "status of " + leaf.fact;
  if (leaf.op == Op::state && answer.value != "true" && answer.value != "false") return "state of " + leaf.fact;
  if (leaf.op != Op::occurs && leaf.op != Op::count) return formula(leaf);
  auto plain = leaf;
  plain.op = Op::count;
  plain.at_least = plain.at_most = -1;
  return "number " + formula(plain);
}

std::string word_of(const Answer& answer) { return answer.value.empty() ? "any other" : answer.value; }

std::string negated(const std::string& text) {
  return text.find(' ') == std::string::npos ? "not " + text : "not (" + text + ")";
}

std::string comma_list(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

std::string_view word_of(RuleText::Type type) {
  constexpr std::array<std::string_view, 6> words = {"timescale", "requirement", "quorum",
                                                     "process",   "threshold",   "definition"};
  return words[static_cast<std::size_t>(type)];
}

std::string_view word_of(Modality modality) {
  constexpr std::array<std::string_view, 5> words = {"must", "must_not", "should", "normally", "may"};
  return words[static_cast<std::size_t>(modality)];
}

std::string_view word_of(Severity severity) {
  constexpr std::array<std::string_view, 3> words = {"info", "advisory", "breach"};
  return words[static_cast<std::size_t>(severity)];
}

}  // namespace cpc
