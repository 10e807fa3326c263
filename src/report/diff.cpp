#include "report/diff.h"

#include "assessment/wording.h"
#include "report/lines.h"
#include "rulebook/formula.h"

namespace cpc {
namespace {

/// Of a process, how many steps that differ are shown.
constexpr std::size_t most_steps = 6;

class DiffText {
 public:
  DiffText(const Rulebook& here, const Rulebook& there) : here_(here), there_(there) {}

  std::string of(const DutyDifference& duty) const {
    auto out = duty.duty + ": " + verdict(duty.compared) + "\n";
    for (const auto& rule : duty.rules) out += of(rule);
    return out;
  }

  [[nodiscard]] std::string verdict(Compared compared) const {
    if (compared == Compared::only_here) return "only in " + here_.name;
    if (compared == Compared::only_there) return "only in " + there_.name;
    return std::string(word_of(compared));
  }

 private:
  std::string of(const RuleDifference& rule) const {
    const auto cited = [](const RuleText& text) { return text.id + " [" + comma_list(cited_by(text)) + "]"; };
    std::string names = rule.here ? cited(*rule.here) : cited(*rule.there);
    if (rule.here && rule.there) names.append(" beside ").append(cited(*rule.there));
    auto out = wrapped(verdict(rule.compared) + ": " + names, 2);
    std::size_t steps = 0;
    for (const auto& aspect : rule.aspects)
      if (aspect.part != "transitions" || ++steps <= most_steps) out += of(aspect);
    if (steps > most_steps)
      out += wrapped("and " + std::to_string(steps - most_steps) + " more transitions; --format json lists them", 4);
    for (const auto& one : rule.limits) out += wrapped("for example " + of(one), 4);
    for (const auto& one : rule.answers) out += wrapped("for example " + of(one), 4);
    return out;
  }

  std::string of(const Aspect& aspect) const {
    const auto side = [](const Rulebook& book, const std::string& text) {
      return book.name + ": " + (text.empty() ? "nothing" : text);
    };
    const auto weight = aspect.compared == Compared::same ? "weighs nothing" : word_of(aspect.compared);
    const std::string part = std::string(aspect.part) + " (" + std::string(weight) + ")";
    return wrapped(part, 4) + wrapped(side(here_, aspect.here), 6) + wrapped(side(there_, aspect.there), 6);
  }

  std::string of(const LimitExample& one) const {
    if (one.from_here == one.from_there)
      return "from " + long_moment(one.from_here) + ": " + here_.name + " by " + long_moment(one.due_here) + ", " +
             there_.name + " by " + long_moment(one.due_there);
    return here_.name + " from " + long_moment(one.from_here) + " by " + long_moment(one.due_here) + ", " +
           there_.name + " from " + long_moment(one.from_there) + " by " + long_moment(one.due_there);
  }

  std::string of(const AnswersExample& one) const {
    std::vector<std::string> answers;
    for (const auto& [asked, answer] : one.answers) {
      answers.push_back(asked);
      answers.back().append(": ").append(answer);
    }
    return (answers.empty() ? "always" : listed(answers)) + ": " + here_.name + " " + spelled(one.here) + ", " +
           there_.name + " " + spelled(one.there);
  }

  const Rulebook& here_;
  const Rulebook& there_;
};

std::string name_of(const Rulebook& book) { return book.name + " (edition " + book.edition + ")"; }

}  // namespace

std::string diff_text(const Rulebook& here, const Rulebook& there, const std::vector<DutyDifference>& duties) {
  const DiffText text(here, there);
  auto out = wrapped(name_of(here) + " beside " + name_of(there) + ". Stricter, looser: " + here.name +
                         " asks more or less than " + there.name + ".",
                     0) +
             "\n";
  std::vector<std::string> same, only_here, only_there;
  for (const auto& duty : duties) {
    if (duty.compared == Compared::same) same.push_back(duty.duty);
    if (duty.compared == Compared::only_here) only_here.push_back(duty.duty);
    if (duty.compared == Compared::only_there) only_there.push_back(duty.duty);
    if (duty.compared == Compared::stricter || duty.compared == Compared::looser ||
        duty.compared == Compared::different)
      out.append(text.of(duty)).append("\n");
  }
  const auto list = [&](const std::string& title, const std::vector<std::string>& names) {
    if (!names.empty()) out += wrapped(title + ": " + listed(names), 0);
  };
  list("same", same);
  list(text.verdict(Compared::only_here), only_here);
  list(text.verdict(Compared::only_there), only_there);
  return out;
}

std::string comparison_text(const std::vector<const Rulebook*>& books, const std::vector<ComparisonRow>& rows) {
  std::string out;
  for (const auto* book : books) out += wrapped(name_of(*book) + ": " + book->title, 0);
  for (const auto& row : rows) {
    out.append("\n").append(row.topic).append("\n").append(wrapped(row.title, 2));
    for (std::size_t i = 0; i < books.size(); ++i) {
      const auto& cell = row.cells[i];
      if (cell.lines.empty()) {
        out.append("    ").append(books[i]->name).append(": not covered\n");
        continue;
      }
      out += wrapped(books[i]->name + (cell.clauses.empty() ? "" : " [" + comma_list(cell.clauses) + "]"), 4);
      for (const auto& line : cell.lines) out += wrapped(line, 6);
    }
  }
  return out;
}

}  // namespace cpc
