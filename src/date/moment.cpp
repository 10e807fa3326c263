#include "date/moment.h"

#include <algorithm>

#include "base/text.h"
#include "date/clock_changes.h"

namespace cpc {
namespace {

constexpr int day_minutes = 24 * 60;
constexpr int hour_minutes = 60;

/// The first summer time that ends on or after the day, or null beyond the data.
const SummerTime* summer_time(Day day) {
  const auto after =
      std::partition_point(summer_times.begin(), summer_times.end(), [&](const SummerTime& s) { return s.ends < day; });
  return after == summer_times.end() ? nullptr : &*after;
}

/// Minutes that a local time is ahead of universal time. The skipped hour counts as winter time, the repeated one
/// as summer time: its first occurrence.
int offset_of_local(Moment local) {
  const auto* summer = summer_time(local.day);
  if (!summer || local.day < summer->begins) return 0;
  if (local.day == summer->begins) return local.minute >= 2 * hour_minutes ? hour_minutes : 0;
  if (local.day == summer->ends) return local.minute < 2 * hour_minutes ? hour_minutes : 0;
  return hour_minutes;
}

int offset_of_universal(Day day, int minute) {
  const auto* summer = summer_time(day);
  if (!summer || day < summer->begins) return 0;
  if (day == summer->begins) return minute >= hour_minutes ? hour_minutes : 0;
  if (day == summer->ends) return minute < hour_minutes ? hour_minutes : 0;
  return hour_minutes;
}

std::int64_t universal_minutes(Moment local) {
  return std::int64_t{local.day.number} * day_minutes + local.minute - offset_of_local(local);
}

Moment moment_at(std::int64_t minutes) {
  constexpr auto low = std::int64_t{first_supported_day.number} * day_minutes;
  constexpr auto high = (std::int64_t{last_supported_day.number} + 1) * day_minutes - 1;
  minutes = std::clamp(minutes, low, high);
  const auto day = (minutes - low) / day_minutes;
  return {first_supported_day + static_cast<int>(day), static_cast<std::int32_t>((minutes - low) % day_minutes)};
}

/// Two digits up to `limit`, else -1.
inline int two_digits(const char* text, unsigned limit) {
  const unsigned tens = static_cast<unsigned char>(text[0]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(text[1]) - unsigned{'0'};
  return tens <= 9 && ones <= 9 && tens * 10 + ones <= limit ? static_cast<int>(tens * 10 + ones) : -1;
}

bool read_clock(const char* text, std::size_t size, std::int32_t& minute) {
  if ((size != 5 && size != 8) || text[2] != ':') return false;
  if (size == 8 && (text[5] != ':' || two_digits(text + 6, 59) < 0)) return false;
  const int hours = two_digits(text, 23), minutes = two_digits(text + 3, 59);
  minute = hours * hour_minutes + minutes;
  return hours >= 0 && minutes >= 0;
}

}  // namespace

std::pair<Day, Day> clock_changes_cover() {
  return {*day_of({first_summer_time, 1, 1}),
          *day_of({first_summer_time + static_cast<int>(summer_times.size()) - 1, 12, 31})};
}

LocalTime local_time_kind(Moment moment) {
  if (moment.minute < hour_minutes || moment.minute >= 2 * hour_minutes) return LocalTime::ordinary;
  const auto* summer = summer_time(moment.day);
  if (summer && moment.day == summer->begins) return LocalTime::skipped;
  if (summer && moment.day == summer->ends) return LocalTime::repeated;
  return LocalTime::ordinary;
}

std::int64_t elapsed_minutes(Moment from, Moment to) { return universal_minutes(to) - universal_minutes(from); }

Moment add_elapsed(Moment start, std::int64_t minutes) {
  constexpr std::int64_t ages = std::int64_t{1} << 40;  // far beyond the supported years, far from overflow
  const auto universal = universal_minutes(start) + std::clamp(minutes, -ages, ages);
  const auto moment = moment_at(universal);
  return moment_at(universal + offset_of_universal(moment.day, moment.minute));
}

bool read_moment(const char* text, std::size_t size, Moment& out) {
  if (size == 10) {
    out.minute = -1;
    return read_day(text, size, out.day);
  }
  if (size < 11 || text[10] != 'T' || !read_day(text, 10, out.day)) return false;
  if (!read_clock(text + 11, size - 11, out.minute)) return false;
  return local_time_kind(out) != LocalTime::skipped;
}

Result<Moment> parse_moment(std::string_view text) {
  Moment moment;
  if (read_moment(text.data(), text.size(), moment)) return moment;
  if (text.size() > 10 && text[10] != 'T')
    return Error{Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not " + quoted(text), {}, {}};
  const auto day = parse_day(text.substr(0, 10));
  if (!day) return day.error();
  std::int32_t minute = -1;
  if (read_clock(text.data() + 11, text.size() - 11, minute))
    return Error{Code::input, "the clocks went forward: there was no such local time: " + quoted(text), {}, {}};
  const auto zone = text.find_first_of("Zz+-", 11);
  if (zone != std::string_view::npos && read_clock(text.data() + 11, zone - 11, minute))
    return Error{Code::syntax, "times are local to Europe/London, without a zone or offset: " + quoted(text), {}, {}};
  return Error{Code::syntax, "a local time is written YYYY-MM-DDThh:mm, not " + quoted(text), {}, {}};
}

void append(std::string& text, Moment moment) {
  text += to_string(moment.day);
  if (!moment.has_time()) return;
  const auto pair = [&](char before, int value) {
    ((text += before) += static_cast<char>('0' + value / 10)) += static_cast<char>('0' + value % 10);
  };
  pair('T', moment.minute / hour_minutes);
  pair(':', moment.minute % hour_minutes);
}

std::string to_string(Moment moment) {
  std::string text;
  append(text, moment);
  return text;
}

}  // namespace cpc
