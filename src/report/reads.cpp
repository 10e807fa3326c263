#include "report/reads.h"

#include "assessment/wording.h"
#include "report/lines.h"

namespace cpc {
namespace {

class ReadsText {
 public:
  explicit ReadsText(const Program& program) : program_(program), vocabulary_(*program.vocabulary) {}

  std::string of(const DutyReads& duty) const {
    const auto at = static_cast<std::size_t>(duty.duty);
    auto out = vocabulary_.duties[at] + "\n" + wrapped(vocabulary_.duty_titles[at], 2);
    std::vector<std::string> rules;
    for (const Index rule : duty.rules) rules.push_back(program_.rule_name(rule));
    out += wrapped("rules: " + listed(rules), 2);
    for (const auto& event : duty.events) out += of(event);
    if (!duty.derived.empty()) out += "  worked out from these rows:\n";
    for (const auto& fact : duty.derived)
      out += wrapped("- " + fact.name + mark(fact.only_when) + ": " + fact.definition, 4);
    return out;
  }

 private:
  /// What only tells whether a rule applies is marked.
  static std::string mark(bool only_when) { return only_when ? " ?" : ""; }

  std::string of(const EventRead& read) const {
    const auto& event = vocabulary_.events[read.event];
    std::vector<std::string> columns;
    if (event.per_child) columns.emplace_back("child");
    if (event.conference != ConferenceColumn::none) columns.emplace_back("conference");
    if (event.instance != no_kind && event.instance != static_cast<int>(Kind::conference))
      columns.push_back(vocabulary_.instances[static_cast<std::size_t>(event.instance)].name);
    auto out = wrapped(event.name + mark(read.only_when) + ": " + event.title +
                           (columns.empty() ? "" : " (with: at, " + listed(columns) + ")"),
                       2);
    for (const auto& one : read.attributes) {
      const auto at = static_cast<std::size_t>(one.slot);
      const auto values = one.values.empty() ? std::string() : " [" + listed(one.values, "or") + "]";
      out += wrapped("- " + vocabulary_.attribute_names.word(event.slots[at].attribute) + mark(one.only_when) + values +
                         ": " + event.meanings[at],
                     4);
    }
    return out;
  }

  const Program& program_;
  const Vocabulary& vocabulary_;
};

}  // namespace

std::string reads_text(const Program& program, const std::vector<DutyReads>& duties) {
  if (duties.empty()) return {};
  std::string out;
  for (const auto& duty : duties) out.append(ReadsText(program).of(duty)).append("\n");
  return out +
         wrapped(
             "?: read only to see whether a rule applies; without it that stays open, unless something else settles "
             "it. In brackets: the words that the rules ask for.",
             0);
}

}  // namespace cpc
