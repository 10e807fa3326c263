#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cpc {

/// An unknown word as an error message may show it: cut at 40 characters, control characters, quotes
/// and anything that is not ASCII escaped. Messages quote ids and vocabulary words, never free text.
[[nodiscard]] std::string quoted(std::string_view word);

/// A cell of CSV: quoted where it has to be, and harmless in a spreadsheet.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// The offset of the first byte that is not UTF-8 (no overlong forms, no surrogates), or npos.
[[nodiscard]] std::size_t first_bad_utf8(std::string_view text);

/// "line L, column C" of a byte offset; lines and columns count from 1, columns in bytes.
[[nodiscard]] std::string line_and_column(std::string_view text, std::size_t offset);

/// Of `candidates` the one nearest to `word` by spelling, or empty where none is near: for "did you mean".
template <class Words>
[[nodiscard]] std::string_view nearest(std::string_view word, const Words& candidates);

/// Edit distance, given up at `limit` (then `limit` is returned).
[[nodiscard]] unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

template <class Words>
std::string_view nearest(std::string_view word, const Words& candidates) {
  std::string_view best;
  unsigned distance = static_cast<unsigned>(word.size() / 3 + 2);
  for (const auto& candidate : candidates) {
    const unsigned d = edit_distance(word, candidate, distance);
    if (d < distance) distance = d, best = candidate;
  }
  return best;
}

}  // namespace cpc
