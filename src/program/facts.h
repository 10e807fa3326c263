#pragma once
#include <string_view>
#include <vector>

#include "program/program.h"

namespace cpc {

/// One name of a derived fact, as conditions write it.
struct DerivedName {
  std::string_view name;
  Derived derived;
  AttributeType type;
  std::string_view enumeration;  ///< Name in the vocabulary, `role_group`, `case_state` or empty.
  int kind;                      ///< Written `kind.name`: that Kind; no_kind: on a row, or `child.name`.
  bool of_child = false;         ///< Written `child.name`.
};

/// Every derived fact that a condition or a date may read.
[[nodiscard]] const std::vector<DerivedName>& derived_names();

/// Values of the enumerations of derived facts that the vocabulary does not list.
[[nodiscard]] const std::vector<std::string>& derived_values(std::int16_t enumeration);

/// Fills the words of the vocabulary that the engine itself reads. Fails when one is missing.
[[nodiscard]] Result<Program::Known> known_words(const Vocabulary& vocabulary);

}  // namespace cpc
