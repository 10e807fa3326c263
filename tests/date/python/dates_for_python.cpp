// The date functions over arrays, for the checks and measurements in Python: tests/date/*.py, bench/compare_numpy.py.
#include <cstdint>
#include <cstdio>
#include <type_traits>

#include "json/calendar_reader.h"

using namespace cpc;

static_assert(sizeof(Day) == sizeof(std::int32_t) && std::is_standard_layout_v<Day>);

#define FOR_PYTHON extern "C" __attribute__((visibility("default")))

FOR_PYTHON Calendar* calendar_new(const char* name) {
  auto text = embedded_calendar(name);
  if (!text) return std::fprintf(stderr, "%s\n", text.error().text().c_str()), nullptr;
  return new Calendar(Calendar::compile(std::move(*text)).value());
}

FOR_PYTHON void calendar_free(Calendar* calendar) { delete calendar; }

FOR_PYTHON void calendar_add(const Calendar* calendar, const Day* starts, std::size_t size, int n, Day* out) {
  calendar->add_working_days({starts, size}, n, {out, size});
}

FOR_PYTHON void calendar_between(const Calendar* calendar, const Day* from, const Day* to, std::size_t size,
                                 std::int32_t* out) {
  calendar->working_days_between({from, size}, {to, size}, {out, size});
}
