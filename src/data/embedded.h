#pragma once
#include <span>
#include <string_view>

namespace cpc {

/// One data file compiled into the library: its path below `src/data/` and its bytes.
struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

/// Every embedded file, in the order of its name. The bytes live as long as the program.
[[nodiscard]] std::span<const EmbeddedFile> embedded_files();

/// The examples beside the embedded rulebooks, alike. Only the command holds them: they are tests of the rules.
[[nodiscard]] std::span<const EmbeddedFile> embedded_examples();

/// The text of one embedded file, or an empty view where there is none of that name.
[[nodiscard]] inline std::string_view embedded(std::string_view name) {
  for (const auto& file : embedded_files())
    if (file.name == name) return file.text;
  return {};
}

}  // namespace cpc
