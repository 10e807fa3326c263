#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// `message (at place)` of one rule: every check of rules begins so.
[[nodiscard]] Diagnostic about_rule(const RuleText& rule, Diagnostic::Level level, std::string_view check,
                                    const std::string& message, std::string place = {});

/// What a rulebook shows without being compiled:
/// - `severity`: a rule weighs other than its modality gives (FORMAT, Severity);
/// - `source`: a clause of no listed source, or a source that nothing cites;
/// - `clause`: a clause that the source lists and no rule cites, or that a rule cites and the source does not list;
/// - `days`: days of the rulebook on which a rule has no edition, or a rule in force on none of them;
/// - `say`: a requirement that does not say what its finding tells;
/// - `checked`: a number that nobody saw in its source;
/// - `context`: a clause that is both cited and set aside as context;
/// - `term`: a title for a word that the vocabulary does not have.
/// The graphs of processes and trees are looked at in program/graph.h, which calls this too.
[[nodiscard]] std::vector<Diagnostic> lint_text(const Rulebook& book, const Vocabulary& vocabulary);

}  // namespace cpc
