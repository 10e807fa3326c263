#include "date/day.h"

#include <algorithm>
#include <array>
#include <boost/date_time/gregorian/greg_calendar.hpp>
#include <cstring>

#include "base/text.h"

namespace cpc {
namespace {

using boost::gregorian::gregorian_calendar;

constexpr int first_year = 1900;
constexpr int last_year = 2199;
constexpr int months = (last_year - first_year + 1) * 12;
/// Boost counts days by their Julian day number.
constexpr std::int64_t julian_epoch = 2440588;

constexpr bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/// The first day of each month, and of the one after the last: what reading dates looks up.
constexpr std::array<std::int32_t, months + 1> month_starts() {
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::array<std::int32_t, months + 1> starts{};
  starts[0] = first_supported_day.number;
  for (int i = 0; i < months; ++i)
    starts[i + 1] = starts[i] + lengths[i % 12] + (i % 12 == 1 && leap(first_year + i / 12) ? 1 : 0);
  return starts;
}
constexpr auto starts = month_starts();
static_assert(starts[(1970 - first_year) * 12] == 0);
static_assert(starts[months] == last_supported_day.number + 1);

int month_index(int year, int month) { return (year - first_year) * 12 + month - 1; }
int month_length(int index) { return starts[index + 1] - starts[index]; }

/// Whether eight bytes are those of `pattern`, with any digit where it has a 0. `room` is what may be added to a byte's
/// distance from the pattern before it reaches 16: 6 for a digit, 15 for a byte that has to be the same.
inline bool all_digits(const char* text, const char* pattern, const char* room) {
  const auto word = [](const char* bytes) {
    std::uint64_t value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
  };
  const auto distance = word(text) ^ word(pattern);
  return (((distance + word(room)) | distance) & 0xF0F0F0F0F0F0F0F0u) == 0;
}

/// The value of `size` digits, or a number above 9999 where one is not a digit.
unsigned digits(const char* text, int size) {
  unsigned value = 0, bad = 0;
  for (int i = 0; i < size; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - unsigned{'0'};
    bad |= digit > 9 ? 10000u : 0u;
    value = value * 10 + (digit & 15u);
  }
  return value | bad;
}

void append_digits(std::string& out, int value, int size) {
  const auto text = std::to_string(value);
  out.append(static_cast<std::size_t>(size) > text.size() ? size - text.size() : 0, '0').append(text);
}

}  // namespace

std::optional<Day> day_of(Civil civil) {
  if (civil.year < first_year || civil.year > last_year || civil.month < 1 || civil.month > 12) return std::nullopt;
  const int index = month_index(civil.year, civil.month);
  if (civil.day < 1 || civil.day > month_length(index)) return std::nullopt;
  return Day{starts[index] + civil.day - 1};
}

Civil civil_of(Day day) {
  const auto number = static_cast<std::uint32_t>(supported(day).number + julian_epoch);
  const auto civil = gregorian_calendar::from_day_number(number);
  return {civil.year, civil.month, civil.day};
}

int weekday(Day day) { return (day.number % 7 + 10) % 7 + 1; }

Day supported(Day day) { return std::clamp(day, first_supported_day, last_supported_day); }

std::optional<Day> add_months(Day start, int count, MonthEnd rule) {
  const auto civil = civil_of(start);
  const auto index = std::int64_t{month_index(civil.year, civil.month)} + count;
  if (index < 0 || index >= months) {
    if (rule == MonthEnd::reject) return std::nullopt;
    return index < 0 ? first_supported_day : last_supported_day;
  }
  const int target = static_cast<int>(index);
  const int length = month_length(target);
  if (civil.day <= length) return Day{starts[target] + civil.day - 1};
  switch (rule) {
    case MonthEnd::clamp:
      return Day{starts[target] + length - 1};
    case MonthEnd::carry:
      return supported(Day{starts[target] + civil.day - 1});
    case MonthEnd::reject:
      break;
  }
  return std::nullopt;
}

Day birthday(Day birth, int years) {
  const auto months_later = std::clamp<std::int64_t>(std::int64_t{years} * 12, -months, months);
  return *add_months(birth, static_cast<int>(months_later), MonthEnd::carry);
}

bool read_day(const char* text, std::size_t size, Day& out) {
  if (size != 10 || !all_digits(text, "0000-00-", "\6\6\6\6\x0f\6\6\x0f")) return false;
  const auto digit = [&](int at) { return static_cast<unsigned char>(text[at]) - unsigned{'0'}; };
  if (digit(8) > 3 || digit(9) > 9) return false;
  const unsigned year = (digit(0) * 10 + digit(1)) * 100 + digit(2) * 10 + digit(3);
  const unsigned month = digit(5) * 10 + digit(6), day = digit(8) * 10 + digit(9);
  if (year - first_year > unsigned{last_year - first_year} || month - 1 > 11) return false;
  const int index = month_index(static_cast<int>(year), static_cast<int>(month));
  if (day - 1 >= static_cast<unsigned>(month_length(index))) return false;
  out.number = starts[index] + static_cast<int>(day) - 1;
  return true;
}

Result<Day> parse_day(std::string_view text) {
  Day day;
  if (read_day(text.data(), text.size(), day)) return day;
  const auto number = [&](std::size_t at, int size) { return digits(text.data() + at, size); };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || number(0, 4) > 9999 || number(5, 2) > 9999 ||
      number(8, 2) > 9999)
    return Error{Code::syntax, "a date is written YYYY-MM-DD, not " + quoted(text), {}, {}};
  if (number(0, 4) < first_year || number(0, 4) > last_year)
    return Error{Code::input, "dates lie between 1900-01-01 and 2199-12-31, not " + quoted(text), {}, {}};
  return Error{Code::input, "there is no such day: " + quoted(text), {}, {}};
}

std::string to_string(Day day) {
  const auto civil = civil_of(day);
  std::string text;
  append_digits(text, civil.year, 4);
  append_digits(text += '-', civil.month, 2);
  append_digits(text += '-', civil.day, 2);
  return text;
}

}  // namespace cpc
