#pragma once
#include <string>
#include <vector>

#include "rulebook/lint.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// What was looked at.
struct Linted {
  const Rulebook* rulebook = nullptr;
  const Rulebook* over = nullptr;  ///< The rulebook below it, or null.
  std::string file;                ///< A path, or empty for a rulebook that is compiled in.
};

/// The document of lint (`data/schemas/lint.schema.json`).
[[nodiscard]] std::string write_lint_json(const Linted& linted, const std::vector<Diagnostic>& diagnostics);
/// The same as SARIF 2.1.0, for tools that show such results beside a file. The places are logical: JSON pointers into
/// the one-text form.
[[nodiscard]] std::string write_lint_sarif(const Linted& linted, const std::vector<Diagnostic>& diagnostics);

}  // namespace cpc
