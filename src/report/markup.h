#pragma once
#include <string>
#include <string_view>

namespace cpc {

/// A text as the content or the quoted attribute of HTML and SVG: whatever it holds, it stays text. Characters that a
/// page may not hold, and those that turn the direction of what follows them, become U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// `<name>text</name>`, the text escaped. `attributes` are markup: " class=\"clauses\"".
[[nodiscard]] std::string element(std::string_view name, std::string_view text, std::string_view attributes = {});

}  // namespace cpc
