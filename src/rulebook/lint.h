#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "date/calendar.h"
#include "record/vocabulary.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// One thing that lint has to say about a rulebook that loads: it works, but perhaps not as its author meant.
struct Diagnostic {
  /// A note wants to be known, a warning wants to be mended.
  enum class Level : std::uint8_t { note, warning };
  Level level = Level::warning;
  std::string_view check;  ///< Which analysis speaks: a word that stays, such as `unreachable_state`.
  std::string message;     ///< One line.
  std::string place;       ///< JSON pointer in the one-text form.
  std::string clause;      ///< The first clause of the rule concerned, or empty.
};

/// One analysis, in a few words: what it looks for.
struct LintCheck {
  std::string_view check;
  std::string_view about;
};
/// Every analysis there is, in alphabetical order.
[[nodiscard]] const std::vector<LintCheck>& lint_checks();

/// `message (at place)` of one rule: every check of rules begins so.
[[nodiscard]] Diagnostic about_rule(const RuleText& rule, Diagnostic::Level level, std::string_view check,
                                    const std::string& message, const std::string& place = {});

/// What the heading and the citations of a rulebook show:
/// - `severity`: a rule weighs other than its modality gives (FORMAT, Severity);
/// - `source`: a clause of no listed source, or a source that nothing cites;
/// - `clause`: a clause that the source lists and no rule cites, or that a rule cites and the source does not list;
/// - `days`: days of the rulebook on which a rule has no edition, or a rule in force on none of them;
/// - `say`: a requirement that does not say what its finding tells;
/// - `checked`: a number that nobody saw in its source;
/// - `context`: a clause that is both cited and set aside as context;
/// - `term`: a title for a word that the vocabulary does not have;
/// - `unused_term`: a title for a word that no rule names.
[[nodiscard]] std::vector<Diagnostic> lint_text(const Rulebook& book, const Vocabulary& vocabulary);

/// What the conditions of rules show, of each alone and of two beside each other:
/// - `never_applies`: what a rule is judged for, or when it runs, contradicts itself;
/// - `never_met`: the `until` of a timescale contradicts itself;
/// - `never_broken`, `always_broken`: the `expect` of a requirement holds by itself, or cannot;
/// - `shadowed`: another rule of the same kind, duty and scope, in force on all of its days and of no less weight, is
///   judged wherever it is and asks as much or more (a note: two clauses of one text may say the same);
/// - `unused_definition`: no other rule cites its clauses, so that nothing judged rests on it;
/// - `unused_fact`: a question of a threshold tree on which no outcome turns.
/// Only what is certain is said. A process that no rule reads is no fault: its states are results themselves. Nor is a
/// word of the vocabulary that no rule reads.
[[nodiscard]] std::vector<Diagnostic> lint_rules(const Rulebook& book, const Vocabulary& vocabulary);

/// To which rule an example belongs, and whether it passes.
struct ExampleMark {
  std::string rule;
  bool passes = false;
  std::string place;
};
/// - `examples`: a rule without an example that passes or one that fails, or an example of a rule that is not there.
[[nodiscard]] std::vector<Diagnostic> lint_examples(const Rulebook& book, const std::vector<ExampleMark>& examples);

/// What a rulebook changes of the one below it, while both are in force:
/// - `looser`: a rule that replaces or disables one below and asks less, with a case that shows it;
/// - `differs`: a duty of which both speak, each under its own name, in different words.
/// Notes, never warnings: a rulebook says what its source says.
[[nodiscard]] std::vector<Diagnostic> lint_layer(const Rulebook& book, const Rulebook& below, const Calendar& calendar,
                                                 const Vocabulary& vocabulary);

/// The values of a fact on a row of an event that is one word of a closed list, its own (`decision`) or of an instance
/// (`conference.conference_type`); else none.
[[nodiscard]] std::vector<std::string> values_of(const Vocabulary& vocabulary, int event, const std::string& fact);

}  // namespace cpc
