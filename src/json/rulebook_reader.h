#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/vocabulary.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// Reads a rulebook in its one-text form (sections inline). Checks the form, names of duties and kinds, citations
/// (a rule without one is refused), dates, and that ids are unique or editions do not overlap. Names of events, facts and
/// values are checked when the rulebook is compiled. Errors carry a JSON pointer and, where there is one, the clause.
[[nodiscard]] Result<Rulebook> read_rulebook(std::string_view json, const Vocabulary& vocabulary);

/// The names of the rulebooks compiled into the library, in alphabetical order.
[[nodiscard]] std::vector<std::string> embedded_rulebook_names();
/// The one-text form of an embedded rulebook: its heading with the sections inline.
[[nodiscard]] Result<std::string> bundle_embedded(std::string_view name);
[[nodiscard]] Result<Rulebook> embedded_rulebook(std::string_view name, const Vocabulary& vocabulary);

}  // namespace cpc
