#include "report/markup.h"

namespace cpc {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

/// U+202A to U+202E and U+2066 to U+2069: an id that holds one would reorder the words after it.
bool turns_direction(std::string_view at) {
  if (at.size() < 3 || at[0] != '\xe2') return false;
  const auto third = static_cast<unsigned char>(at[2]);
  return (at[1] == '\x80' && third >= 0xaa && third <= 0xae) || (at[1] == '\x81' && third >= 0xa6 && third <= 0xa9);
}

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f ? replacement : std::string_view{};
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (turns_direction(text.substr(i))) {
      out += replacement;
      i += 2;
    } else if (const auto instead = entity(text[i]); !instead.empty()) {
      out += instead;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string element(std::string_view name, std::string_view text, std::string_view attributes) {
  std::string out;
  out.append("<").append(name).append(attributes).append(">").append(escaped(text));
  return out.append("</").append(name).append(">");
}

}  // namespace cpc
