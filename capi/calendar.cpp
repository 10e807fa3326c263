#include "date/calendar.h"

#include <vector>

#include "date/limit.h"
#include "handles.h"
#include "json/calendar_reader.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

constexpr std::array<std::uint32_t, 3> option_ends{4, 8, sizeof(cpc_calendar_options)};
static_assert(sizeof(cpc_calendar_options) == 16);

/// Of days that go through the calendar's own types in one go.
constexpr std::size_t block_days = 512;

const std::vector<std::string>& embedded_names() {
  static const auto names = embedded_calendar_names();
  return names;
}

Result<cpc_calendar*> compiled(CalendarText text, const cpc_calendar_options* given) {
  const auto options = read_options(given, cpc_calendar_options CPC_CALENDAR_OPTIONS_INIT, option_ends, 0);
  if (!options) return options.error();
  const auto known_at = optional_moment(options->known_at, "options.known_at");
  if (!known_at) return known_at.error();
  const auto day = *known_at ? std::optional((*known_at)->day) : std::nullopt;
  auto calendar = Calendar::compile(std::move(text), day);
  if (!calendar) return calendar.error();
  return new cpc_calendar{std::move(*calendar), day};
}

/// The first day of an array that is neither accepted nor CPC_NO_DAY.
Result<Done> check_days(const std::int32_t* days, std::size_t size, const char* parameter) {
  const auto strange = [](std::int32_t day) {
    return day != CPC_NO_DAY && (day < first_supported_day.number || day > last_supported_day.number);
  };
  const auto* found = std::find_if(days, days + size, strange);
  if (found == days + size) return Done{};
  return given_day(*found, std::string(parameter) + "[" + std::to_string(found - days) + "]").error();
}

using Block = std::array<Day, block_days>;

/// Copies days, CPC_NO_DAY as some accepted day.
void fill(Block& block, const std::int32_t* days, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) block[i] = Day{days[i] == CPC_NO_DAY ? 0 : days[i]};
}

void add_block(const Calendar& calendar, const std::int32_t* days, std::size_t size, int count, std::int32_t* out) {
  Block block;
  fill(block, days, size);
  const std::span<Day> all(block.data(), size);
  calendar.add_working_days(all, count, all);
  for (std::size_t i = 0; i < size; ++i) out[i] = days[i] == CPC_NO_DAY ? CPC_NO_DAY : block[i].number;
}

void count_block(const Calendar& calendar, const std::int32_t* from, const std::int32_t* to, std::size_t size,
                 std::int32_t* out) {
  Block first, last;
  std::array<std::int32_t, block_days> counts;
  fill(first, from, size);
  fill(last, to, size);
  calendar.working_days_between(std::span<const Day>(first.data(), size), std::span<const Day>(last.data(), size),
                                std::span<std::int32_t>(counts.data(), size));
  for (std::size_t i = 0; i < size; ++i) out[i] = from[i] == CPC_NO_DAY || to[i] == CPC_NO_DAY ? INT32_MIN : counts[i];
}

std::uint32_t remarks_of(const Limit& limit) {
  std::uint32_t remarks = 0;
  if (limit.provisional) remarks |= CPC_LIMIT_PROVISIONAL;
  if (limit.time_not_given) remarks |= CPC_LIMIT_TIME_NOT_GIVEN;
  return remarks;
}

using LimitRule = Limit (*)(Moment, Period, const Calendar&);

cpc_status limit(const cpc_calendar* calendar, cpc_moment from, cpc_text length, cpc_moment* out,
                 std::uint32_t* remarks, cpc_error** error, LimitRule rule) {
  return guard(error, [&]() -> cpc_status {
    if (!calendar || !out) return report(mistake("calendar and out must not be NULL"), error);
    const auto moment = given_moment(from, "from");
    if (!moment) return report(moment.error(), error);
    const auto text = given_text(length, "length");
    if (!text) return report(text.error(), error);
    const auto period = parse_period(*text);
    if (!period) return report(period.error(), error);
    const auto found = rule(*moment, *period, calendar->calendar);
    *out = c_moment(found.at);
    if (remarks) *remarks = remarks_of(found);
    return CPC_OK;
  });
}

using DayRule = Day (Calendar::*)(Day) const;

cpc_status nearest_working_day(const cpc_calendar* calendar, std::int32_t day, std::int32_t* out, cpc_error** error,
                               DayRule rule) {
  return guard(error, [&]() -> cpc_status {
    if (!calendar || !out) return report(mistake("calendar and out must not be NULL"), error);
    const auto given = given_day(day, "day");
    if (!given) return report(given.error(), error);
    *out = (calendar->calendar.*rule)(*given).number;
    return CPC_OK;
  });
}

}  // namespace

extern "C" {

size_t cpc_calendar_embedded_count(void) { return embedded_names().size(); }

cpc_text cpc_calendar_embedded_name(size_t index) {
  const auto* name = element(embedded_names(), index);
  return name ? borrowed(*name) : empty_text();
}

cpc_status cpc_calendar_load(cpc_text name, const cpc_calendar_options* options, cpc_calendar** out,
                             cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    const auto given = given_text(name, "name");
    if (!given) return report(given.error(), error);
    auto text = embedded_calendar(*given);
    if (!text) return report(text.error(), error);
    const auto made = compiled(std::move(*text), options);
    if (!made) return report(made.error(), error);
    *out = *made;
    return CPC_OK;
  });
}

cpc_status cpc_calendar_read(cpc_text json, cpc_text division, const cpc_calendar_options* options, cpc_calendar** out,
                             cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    const auto given = given_text(json, "json");
    if (!given) return report(given.error(), error);
    const auto chosen = given_text(division, "division");
    if (!chosen) return report(chosen.error(), error);
    auto text = read_calendar(*given, *chosen);
    if (!text) return report(text.error(), error);
    const auto made = compiled(std::move(*text), options);
    if (!made) return report(made.error(), error);
    *out = *made;
    return CPC_OK;
  });
}

cpc_status cpc_calendar_with_closures(const cpc_calendar* calendar, cpc_text json, cpc_calendar** out,
                                      cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    if (!calendar) return report(mistake("calendar must not be NULL"), error);
    const auto given = given_text(json, "json");
    if (!given) return report(given.error(), error);
    auto text = with_closures(calendar->calendar.text(), *given);
    if (!text) return report(text.error(), error);
    auto layered = Calendar::compile(std::move(*text), calendar->known_at);
    if (!layered) return report(layered.error(), error);
    *out = new cpc_calendar{std::move(*layered), calendar->known_at};
    return CPC_OK;
  });
}

void cpc_calendar_free(cpc_calendar* calendar) { delete calendar; }

cpc_text cpc_calendar_name(const cpc_calendar* calendar) {
  return calendar ? borrowed(calendar->calendar.text().name) : empty_text();
}

cpc_text cpc_calendar_version(const cpc_calendar* calendar) {
  return calendar ? borrowed(calendar->calendar.text().version) : empty_text();
}

cpc_text cpc_calendar_fingerprint(const cpc_calendar* calendar) {
  return calendar ? borrowed(calendar->calendar.text().fingerprint) : empty_text();
}

size_t cpc_calendar_closure_count(const cpc_calendar* calendar) {
  return calendar ? calendar->calendar.text().closures.size() : 0;
}

cpc_text cpc_calendar_closure_reason(const cpc_calendar* calendar, size_t index) {
  const auto* reason = calendar ? element(calendar->calendar.text().closures, index) : nullptr;
  return reason ? borrowed(*reason) : empty_text();
}

int32_t cpc_calendar_first_day(const cpc_calendar* calendar) {
  return calendar ? calendar->calendar.text().first.number : CPC_NO_DAY;
}

int32_t cpc_calendar_last_day(const cpc_calendar* calendar) {
  return calendar ? calendar->calendar.text().last.number : CPC_NO_DAY;
}

int32_t cpc_calendar_covers(const cpc_calendar* calendar, int32_t from, int32_t to) {
  return calendar && calendar->calendar.covers(Day{from}, Day{to}) ? 1 : 0;
}

int32_t cpc_calendar_is_working_day(const cpc_calendar* calendar, int32_t day) {
  return calendar && supported(Day{day}) == Day{day} && calendar->calendar.is_working_day(Day{day}) ? 1 : 0;
}

cpc_text cpc_calendar_holiday(const cpc_calendar* calendar, int32_t day) {
  const auto* holiday = calendar ? calendar->calendar.holiday(Day{day}) : nullptr;
  return holiday ? borrowed(holiday->title) : empty_text();
}

cpc_status cpc_calendar_add_working_days(const cpc_calendar* calendar, int32_t day, int32_t count, int32_t* out,
                                         cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!calendar || !out) return report(mistake("calendar and out must not be NULL"), error);
    const auto given = given_day(day, "day");
    if (!given) return report(given.error(), error);
    *out = calendar->calendar.add_working_days(*given, count).number;
    return CPC_OK;
  });
}

cpc_status cpc_calendar_add_working_days_array(const cpc_calendar* calendar, const int32_t* days, size_t size,
                                               int32_t count, int32_t* out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!calendar || (size > 0 && (!days || !out)))
      return report(mistake("calendar, days and out must not be NULL"), error);
    const auto checked = check_days(days, size, "days");
    if (!checked) return report(checked.error(), error);
    for (std::size_t i = 0; i < size; i += block_days)
      add_block(calendar->calendar, days + i, std::min(block_days, size - i), count, out + i);
    return CPC_OK;
  });
}

cpc_status cpc_calendar_count_working_days(const cpc_calendar* calendar, int32_t from, int32_t to, int32_t* out,
                                           cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!calendar || !out) return report(mistake("calendar and out must not be NULL"), error);
    const auto first = given_day(from, "from");
    if (!first) return report(first.error(), error);
    const auto last = given_day(to, "to");
    if (!last) return report(last.error(), error);
    *out = calendar->calendar.working_days_between(*first, *last);
    return CPC_OK;
  });
}

cpc_status cpc_calendar_count_working_days_array(const cpc_calendar* calendar, const int32_t* from, const int32_t* to,
                                                 size_t size, int32_t* out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!calendar || (size > 0 && (!from || !to || !out)))
      return report(mistake("calendar, from, to and out must not be NULL"), error);
    auto checked = check_days(from, size, "from");
    if (checked) checked = check_days(to, size, "to");
    if (!checked) return report(checked.error(), error);
    for (std::size_t i = 0; i < size; i += block_days)
      count_block(calendar->calendar, from + i, to + i, std::min(block_days, size - i), out + i);
    return CPC_OK;
  });
}

cpc_status cpc_calendar_working_day_on_or_before(const cpc_calendar* calendar, int32_t day, int32_t* out,
                                                 cpc_error** error) {
  return nearest_working_day(calendar, day, out, error, &Calendar::working_day_on_or_before);
}

cpc_status cpc_calendar_working_day_on_or_after(const cpc_calendar* calendar, int32_t day, int32_t* out,
                                                cpc_error** error) {
  return nearest_working_day(calendar, day, out, error, &Calendar::working_day_on_or_after);
}

cpc_status cpc_calendar_limit_after(const cpc_calendar* calendar, cpc_moment from, cpc_text length, cpc_moment* out,
                                    uint32_t* remarks, cpc_error** error) {
  return limit(calendar, from, length, out, remarks, error, limit_after);
}

cpc_status cpc_calendar_limit_before(const cpc_calendar* calendar, cpc_moment from, cpc_text length, cpc_moment* out,
                                     uint32_t* remarks, cpc_error** error) {
  return limit(calendar, from, length, out, remarks, error, limit_before);
}

}  // extern "C"
