#include "base/text.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace cpc {

std::string quoted(std::string_view word) {
  constexpr std::size_t most = 40;
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "'";
  for (std::size_t i = 0; i < std::min(word.size(), most); ++i) {
    const auto c = static_cast<unsigned char>(word[i]);
    if (c >= 0x20 && c < 0x7f && c != '\'' && c != '\\') {
      out += static_cast<char>(c);
    } else {
      out += "\\x";
      out += digits[c >> 4];
      out += digits[c & 15];
    }
  }
  if (word.size() > most) out += "...";
  return out + "'";
}

std::size_t first_bad_utf8(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t n = text.size();
  std::size_t i = 0;
  const auto tail = [&](std::size_t at) { return at < n && (p[at] & 0xc0) == 0x80; };
  while (i < n) {
    std::uint64_t block = 0;
    while (i + 8 <= n && (std::memcpy(&block, p + i, 8), (block & 0x8080808080808080ULL) == 0)) i += 8;
    if (i >= n) break;
    const unsigned c = p[i];
    if (c < 0x80) {
      ++i;
    } else if (c >= 0xc2 && c <= 0xdf) {
      if (!tail(i + 1)) return i;
      i += 2;
    } else if (c >= 0xe0 && c <= 0xef) {
      if (!tail(i + 1) || !tail(i + 2)) return i;
      if (c == 0xe0 && p[i + 1] < 0xa0) return i;
      if (c == 0xed && p[i + 1] > 0x9f) return i;
      i += 3;
    } else if (c >= 0xf0 && c <= 0xf4) {
      if (!tail(i + 1) || !tail(i + 2) || !tail(i + 3)) return i;
      if (c == 0xf0 && p[i + 1] < 0x90) return i;
      if (c == 0xf4 && p[i + 1] > 0x8f) return i;
      i += 4;
    } else {
      return i;
    }
  }
  return std::string_view::npos;
}

std::string line_and_column(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const auto before = text.substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto start = before.rfind('\n');
  const std::size_t column = start == std::string_view::npos ? offset + 1 : offset - start;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
  const auto longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) >= limit || longer > 80) return limit;
  std::vector<unsigned> row(b.size() + 1);
  for (unsigned j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    unsigned diagonal = row[0];
    row[0] = static_cast<unsigned>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const unsigned above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return std::min(row[b.size()], limit);
}

std::string csv_cell(std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) cell = "'";
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

}  // namespace cpc
