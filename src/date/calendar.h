#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "date/day.h"

namespace cpc {

/// One holiday or closure of a calendar.
struct Holiday {
  Day date;
  std::string title;
  std::optional<Day> announced;  ///< The day it became known; nothing where that is not known.
  std::optional<Day> withdrawn;  ///< The day it was moved or withdrawn; it is no holiday from then on.
  bool checked = true;           ///< False: from one source alone.
  bool closure = false;          ///< Of a layer of closures.
};

/// What a calendar file says, before it is compiled.
struct CalendarText {
  std::string name;
  std::string title;
  std::string version;
  std::string source;
  Day first;  ///< `covers`: the first and the last day for which the holidays are known.
  Day last;
  std::vector<Holiday> holidays;      ///< In order of date; a closure on a holiday stands after it.
  std::vector<std::string> closures;  ///< The reasons of the closure layers laid over it.
  std::string fingerprint;
};

/// What is wrong with a calendar, and with which of its holidays; no holiday where `covers` is wrong.
struct CalendarFault {
  std::string message;
  std::optional<std::size_t> holiday;
};
/// The first holiday on a weekend, out of order, twice or outside `covers`, or nothing.
[[nodiscard]] std::optional<CalendarFault> fault_of(const CalendarText& text);

/// Working days: Monday to Friday without holidays and closures. Immutable and safe to share between threads.
/// Works by a table of ordinals: every question is a look-up, whatever the number of days asked for.
/// Beyond `covers` only weekends are closed. Nothing leaves the supported days: an answer that would lie beyond
/// them is the first or the last of them.
class Calendar {
 public:
  /// @param known_at  Leave out holidays announced after that day, and count those withdrawn after it.
  ///                  Nothing: all that are not withdrawn.
  /// Refuses what `fault_of` finds.
  [[nodiscard]] static Result<Calendar> compile(CalendarText text, std::optional<Day> known_at = std::nullopt);

  [[nodiscard]] const CalendarText& text() const { return text_; }
  [[nodiscard]] bool is_working_day(Day day) const;
  /// Whether the answer for the day rests on known holidays; beyond `covers` only weekends are known.
  [[nodiscard]] bool covers(Day day) const { return text_.first <= day && day <= text_.last; }
  [[nodiscard]] bool covers(Day from, Day to) const {
    return covers(from < to ? from : to) && covers(from < to ? to : from);
  }

  /// The n-th working day strictly after `start` (n > 0) or strictly before it (n < 0); `start` itself for 0.
  [[nodiscard]] Day add_working_days(Day start, int n) const;
  /// As add_working_days over an array; `out` has the size of `starts` and may be the same memory.
  void add_working_days(std::span<const Day> starts, int n, std::span<Day> out) const;
  /// Working days strictly after `from` up to and including `to`; negative when `to` is earlier.
  [[nodiscard]] int working_days_between(Day from, Day to) const;
  void working_days_between(std::span<const Day> from, std::span<const Day> to, std::span<std::int32_t> out) const;
  /// The last working day on or before `day`.
  [[nodiscard]] Day working_day_on_or_before(Day day) const;
  /// The first working day on or after `day`.
  [[nodiscard]] Day working_day_on_or_after(Day day) const;
  /// The holiday or closure of a day, or null.
  [[nodiscard]] const Holiday* holiday(Day day) const;
  /// Holidays that `known_at` left out: those announced after it.
  [[nodiscard]] int left_out() const { return left_out_; }

 private:
  [[nodiscard]] int working_days_until(Day day) const;
  [[nodiscard]] Day working_day_number(std::int64_t ordinal) const;

  CalendarText text_;
  std::optional<Day> known_at_;
  int left_out_ = 0;
  std::vector<std::int32_t> ordinal_;  ///< Per supported day and the one before the first: working days up to it.
  std::vector<Day> working_;           ///< Per ordinal, from 0: the day.
};

}  // namespace cpc
