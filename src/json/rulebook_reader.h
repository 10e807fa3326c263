#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/vocabulary.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// Reads a rulebook in its one-text form (sections inline). Checks the form, names of duties and kinds, citations
/// (a rule without one is refused), dates, and that ids are unique or editions do not overlap. Names of events, facts
/// and values are checked when the rulebook is compiled. Errors carry a JSON pointer and, where there is one, the
/// clause.
[[nodiscard]] Result<Rulebook> read_rulebook(std::string_view json, const Vocabulary& vocabulary);

/// A rulebook in its files. As one text it is `before`, the sections with commas between them, and `after`.
struct RulebookFiles {
  std::string_view heading;
  std::string_view before, after;  ///< Of the heading: what stands around the names of its sections.
  std::vector<std::string_view> sections;

  /// The one text, in pieces.
  [[nodiscard]] std::vector<std::string_view> pieces() const;
};
/// The same rulebook as from its one text, read a file at a time, which takes less memory.
[[nodiscard]] Result<Rulebook> read_rulebook_files(const RulebookFiles& files, const Vocabulary& vocabulary);

/// The text of a section's file beside `rulebook.json`, by the name that its heading gives; nothing where there is
/// none.
using SectionFile = std::function<std::optional<std::string>(std::string_view name)>;
/// The one-text form of a rulebook that lies in several files: its heading with the sections in place of their names.
/// Each file must be one JSON text; what it says is checked by read_rulebook.
[[nodiscard]] Result<std::string> bundle_rulebook(std::string_view heading, const SectionFile& section);

/// The names of the rulebooks compiled into the library, in alphabetical order.
[[nodiscard]] std::vector<std::string> embedded_rulebook_names();
/// The one-text form of an embedded rulebook: its heading with the sections inline.
[[nodiscard]] Result<std::string> bundle_embedded(std::string_view name);
[[nodiscard]] Result<Rulebook> embedded_rulebook(std::string_view name, const Vocabulary& vocabulary);

}  // namespace cpc
