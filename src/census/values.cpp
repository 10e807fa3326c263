#include "census/values.h"

#include <algorithm>
#include <array>

namespace cpc {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Two digits at the head of `text`, at most `max`; takes them off.
bool take_two(std::string_view& text, int max) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return false;
  const int value = (text[0] - '0') * 10 + (text[1] - '0');
  text.remove_prefix(2);
  return value <= max;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.f…`
bool take_time(std::string_view& text) {
  if (!take_two(text, 23) || !take(text, ':') || !take_two(text, 59)) return false;
  if (!take(text, ':')) return true;
  if (!take_two(text, 59)) return false;
  if (!take(text, '.')) return true;
  const auto digits = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  text.remove_prefix(digits);
  return digits > 0;
}

/// Nothing, `Z` or `+hh:mm`.
bool take_zone(std::string_view& text) {
  if (text.empty() || take(text, 'Z')) return true;
  return (take(text, '+') || take(text, '-')) && take_two(text, 14) && take(text, ':') && take_two(text, 59);
}

bool read_slashes(std::string_view text, Day& out) {
  if (text.size() < 10 || text[2] != '/' || text[5] != '/') return false;
  const std::array<char, 10> iso{text[6], text[7], text[8], text[9], '-', text[3], text[4], '-', text[0], text[1]};
  if (!read_day(iso.data(), iso.size(), out)) return false;
  text.remove_prefix(10);
  return text.empty() || (take(text, ' ') && take_time(text) && text.empty());
}

}  // namespace

bool read_census_day(std::string_view text, Day& out) {
  if (text.size() < 10) return false;
  if (text[4] != '-') return read_slashes(text, out);
  if (!read_day(text.data(), 10, out)) return false;
  if (text.size() == 10) return true;
  text.remove_prefix(10);
  if ((take(text, 'T') || take(text, ' ')) && !take_time(text)) return false;
  return take_zone(text) && text.empty();
}

std::optional<bool> read_census_flag(std::string_view text) {
  if (text == "1") return true;
  if (text == "0") return false;
  const auto is = [&](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
  };
  if (is("true")) return true;
  if (is("false")) return false;
  return std::nullopt;
}

std::optional<int> read_census_count(std::string_view text) {
  if (text.empty() || text.size() > 4 || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

}  // namespace cpc
