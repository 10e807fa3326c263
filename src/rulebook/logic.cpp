#include "rulebook/logic.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace cpc {
namespace {

using Op = Condition::Op;

constexpr int most_steps = 100000;

bool is_leaf(const Condition& part) { return part.op != Op::all && part.op != Op::any && part.op != Op::negate; }

bool asks_number(const Condition& leaf) {
  if (leaf.op == Op::occurs || leaf.op == Op::count) return true;
  return leaf.op == Op::fact && (leaf.compare == Compare::at_least || leaf.compare == Compare::at_most);
}

std::string number_of(std::int64_t number) { return std::to_string(number) + " "; }

/// The numbers on either side of each bound that the leaf sets.
void add_cuts(const Condition& leaf, std::set<std::int32_t>& cuts) {
  const auto cut = [&](std::int32_t at_least) {
    if (at_least > 0) cuts.insert(at_least - 1);
    cuts.insert(at_least);
  };
  if (leaf.op == Op::occurs) return cut(1);
  if (leaf.op == Op::count) {
    if (leaf.at_least >= 0) cut(leaf.at_least);
    if (leaf.at_most >= 0) cut(leaf.at_most + 1);
    return;
  }
  cut(leaf.compare == Compare::at_least ? leaf.number : leaf.number + 1);
}

bool number_fits(const Condition& leaf, std::int32_t number) {
  if (leaf.op == Op::occurs) return number >= 1;
  if (leaf.op == Op::count)
    return (leaf.at_least < 0 || number >= leaf.at_least) && (leaf.at_most < 0 || number <= leaf.at_most);
  return leaf.compare == Compare::at_least ? number >= leaf.number : number <= leaf.number;
}

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

std::string written(const Selector& selector) {
  auto out = "{" + selector.event + " " + selector.attribute + " " + number_of(static_cast<int>(selector.pick));
  for (const auto& where : selector.where) out += written(where);
  for (const auto& bound : selector.positions)
    out += number_of(static_cast<int>(bound.position)) + written(bound.limit);
  for (const auto& [mine, theirs] : selector.same)
    out.append("same ").append(mine).append(" ").append(theirs).append(" ");
  return out + "}";
}

std::string written(const DateText& date) {
  auto out = "<" + number_of(static_cast<int>(date.source)) + date.fact;
  for (const auto& selector : date.selector) out += written(selector);
  for (const auto& inner : date.inner) out += written(inner);
  if (date.offset) out += " moved " + to_string(*date.offset);
  return out + ">";
}

std::string written(const Condition& condition) {
  // `all` or `any` of one part is that part.
  if ((condition.op == Op::all || condition.op == Op::any) && condition.parts.size() == 1)
    return written(condition.parts.front());
  auto values = condition.values;
  std::sort(values.begin(), values.end());
  auto out = "(" + number_of(static_cast<int>(condition.op)) + number_of(static_cast<int>(condition.compare)) +
             condition.fact + " " + number_of(condition.number) + number_of(condition.at_least) +
             number_of(condition.at_most) + condition.other + " ";
  for (const auto& value : values) out.append(" ").append(value);
  for (const auto& part : condition.parts) out += written(part);
  for (const auto& date : condition.date) out += written(date);
  for (const auto& selector : condition.selector) out += written(selector);
  for (const auto& expect : condition.expect) out += written(expect);
  return out + ")";
}

// ---- Questions

/// A rule has one status and a fact one value.
bool Questions::asks_word(const Condition& leaf) const {
  return leaf.op == Op::status || (leaf.op == Op::fact && leaf.compare == Compare::is) ||
         (leaf.op == Op::state && states_ == States::of_one_moment);
}

std::string Questions::key_of(const Condition& leaf) const {
  if (asks_word(leaf)) return number_of(static_cast<int>(leaf.op)) + "value of " + leaf.fact;
  if (leaf.op == Op::fact && asks_number(leaf)) return "number of " + leaf.fact;
  if (!asks_number(leaf)) return written(leaf);
  auto key = "count of " + leaf.other + written(leaf.selector.front());
  for (const auto& expect : leaf.expect) key += written(expect);
  return key;
}

void Questions::collect(const Condition& condition) {
  for (const auto& inner : condition.parts) collect(inner);
  if (!is_leaf(condition)) return;
  const auto at = known_.emplace(key_of(condition), questions_.size()).first->second;
  if (at == questions_.size()) questions_.push_back({&condition, {}, {}});
  asked_[&condition] = at;
}

void Questions::close() {
  std::vector<std::set<std::int32_t>> cuts(questions_.size());
  for (auto& question : questions_) question.values.clear();
  // The order of the leaves in memory must not show: values stand sorted.
  for (const auto& [leaf, at] : asked_) {
    if (asks_number(*leaf)) add_cuts(*leaf, cuts[at]);
    if (!asks_word(*leaf)) continue;
    for (const auto& value : leaf->values)
      if (!contains(questions_[at].values, value)) questions_[at].values.push_back(value);
  }
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    auto& values = questions_[i].values;
    for (const auto number : cuts[i]) values.push_back(std::to_string(number));
    if (values.empty()) values = {"true", "false"};
    if (!asks_word(*questions_[i].leaf)) continue;
    std::sort(values.begin(), values.end());
    if (std::all_of(values.begin(), values.end(), [](const auto& word) { return word == "true" || word == "false"; })) {
      values = {"true", "false"};
      continue;
    }
    const auto domain = domains_ && questions_[i].leaf->op == Op::fact ? domains_(questions_[i].leaf->fact)
                                                                       : std::vector<std::string>{};
    // One that nobody names stands for all of those.
    const auto other =
        std::find_if(domain.begin(), domain.end(), [&](const std::string& word) { return !contains(values, word); });
    if (other != domain.end())
      values.push_back(*other);
    else if (domain.empty())
      values.emplace_back();
  }
}

bool Questions::holds(const Condition& leaf, const std::string& value) const {
  if (asks_word(leaf)) return contains(leaf.values, value);
  if (asks_number(leaf)) return number_fits(leaf, std::stoi(value));
  return value == "true";
}

Truth Questions::value(const Condition& condition) const {
  if (condition.op == Op::negate) return !value(condition.parts.front());
  if (condition.op == Op::all || condition.op == Op::any) {
    auto out = truth(condition.op == Op::all);
    for (const auto& inner : condition.parts)
      out = condition.op == Op::all ? both(out, value(inner)) : either(out, value(inner));
    return out;
  }
  const auto& question = questions_[asked_.at(&condition)];
  if (!question.answer) return Truth::unknown;
  return truth(holds(condition, question.values[*question.answer]));
}

std::vector<Answer> Questions::answers() const {
  std::vector<Answer> out;
  for (const auto& question : questions_)
    if (question.answer) out.push_back({question.leaf, question.values[*question.answer]});
  return out;
}

// ---- Models

namespace {

/// Tries the answers of one question after another until what is wanted is settled.
class Search {
 public:
  Search(const std::vector<Wanted>& all, const Domains& domains, States states)
      : all_(all), questions_(domains, states) {
    for (const auto& one : all_) questions_.collect(*one.condition);
    questions_.close();
  }

  Model run() {
    Model out;
    if (found_from(0)) out.can = gave_up_ ? Model::Can::not_known : Model::Can::yes;
    if (out.can == Model::Can::yes) out.answers = std::move(answers_);
    return out;
  }

 private:
  bool found_from(std::size_t next) {
    auto now = Truth::yes;
    for (const auto& one : all_) {
      const auto value = questions_.value(*one.condition);
      now = both(now, one.holds ? value : !value);
    }
    if (now == Truth::yes) answers_ = questions_.answers();
    if (now != Truth::unknown) return now == Truth::yes;
    if (next == questions_.count() || ++steps_ > most_steps) return gave_up_ = true;
    bool found = false;
    for (std::size_t i = 0; i < questions_.choices(next) && !found; ++i) {
      questions_.answer(next, i);
      found = found_from(next + 1);
    }
    questions_.answer(next, std::nullopt);
    return found;
  }

  const std::vector<Wanted>& all_;
  Questions questions_;
  std::vector<Answer> answers_;
  int steps_ = 0;
  bool gave_up_ = false;
};

}  // namespace

Model model_of(const std::vector<Wanted>& all, const Domains& domains, States states) {
  return Search(all, domains, states).run();
}

bool implies(std::span<const Condition> first, std::span<const Condition> second) {
  if (second.empty()) return true;
  std::vector<Wanted> wanted{{&second.front(), false}};
  if (!first.empty()) wanted.push_back({&first.front(), true});
  return model_of(wanted, {}, States::of_one_moment).can == Model::Can::no;
}

Condition all_of(std::vector<Condition> parts) {
  Condition out;
  out.op = Op::all;
  out.parts = std::move(parts);
  return out;
}

Condition none_of(std::vector<Condition> parts) {
  Condition any;
  any.op = Op::any;
  any.parts = std::move(parts);
  Condition out;
  out.op = Op::negate;
  out.parts.push_back(std::move(any));
  return out;
}

}  // namespace cpc
