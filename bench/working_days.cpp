// Working days by table, one at a time and over an array, beside walking the calendar day by day.
// bench/compare_numpy.py measures the same arrays beside numpy.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

#include "date/limit.h"
#include "json/calendar_reader.h"

namespace {

using namespace cpc;

Calendar england() { return Calendar::compile(embedded_calendar("england-and-wales").value()).value(); }

std::vector<Day> every_day() {
  std::vector<Day> days;
  const auto calendar = england();
  for (Day day = calendar.text().first; day <= calendar.text().last; day = day + 1) days.push_back(day);
  return days;
}

/// What the table saves: Monday to Friday, and a binary search among the holidays for each day.
struct Walker {
  std::vector<Day> holidays;

  explicit Walker(const Calendar& calendar) {
    for (const auto& holiday : calendar.text().holidays)
      if (!holiday.withdrawn) holidays.push_back(holiday.date);
  }
  bool open(Day day) const { return weekday(day) < 6 && !std::binary_search(holidays.begin(), holidays.end(), day); }
  Day add(Day day, int n) const {
    const int step = n > 0 ? 1 : -1;
    for (int left = n * step; left > 0;) left -= open(day = day + step) ? 1 : 0;
    return day;
  }
};

/// The answer first: the array, the single days and the walk agree on every day.
bool check(benchmark::State& state, const Calendar& calendar, int n) {
  const Walker walker(calendar);
  const auto starts = every_day();
  std::vector<Day> out(starts.size());
  calendar.add_working_days(starts, n, out);
  for (std::size_t i = 0; i < starts.size(); ++i)
    if (out[i] != walker.add(starts[i], n) || out[i] != calendar.add_working_days(starts[i], n)) {
      state.SkipWithError("the answers differ");
      return false;
    }
  return true;
}

void add_over_array(benchmark::State& state) {
  const auto calendar = england();
  const int n = static_cast<int>(state.range(0));
  if (!check(state, calendar, n)) return;
  const auto starts = every_day();
  std::vector<Day> out(starts.size());
  for (auto _ : state) {
    calendar.add_working_days(starts, n, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * starts.size()));
}
BENCHMARK(add_over_array)->Arg(15)->Arg(-15);

void add_one_by_one(benchmark::State& state) {
  const auto calendar = england();
  const int n = static_cast<int>(state.range(0));
  if (!check(state, calendar, n)) return;
  const auto starts = every_day();
  for (auto _ : state)
    for (const Day start : starts) benchmark::DoNotOptimize(calendar.add_working_days(start, n).number);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * starts.size()));
}
BENCHMARK(add_one_by_one)->Arg(15)->Arg(-15);

void add_by_walking(benchmark::State& state) {
  const auto calendar = england();
  const int n = static_cast<int>(state.range(0));
  if (!check(state, calendar, n)) return;
  const Walker walker(calendar);
  const auto starts = every_day();
  for (auto _ : state)
    for (const Day start : starts) benchmark::DoNotOptimize(walker.add(start, n).number);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * starts.size()));
}
BENCHMARK(add_by_walking)->Arg(15)->Arg(-15);

void count_over_array(benchmark::State& state) {
  const auto calendar = england();
  const auto from = every_day();
  std::vector<Day> to(from.size());
  std::vector<std::int32_t> out(from.size());
  calendar.add_working_days(from, 15, to);
  calendar.working_days_between(from, to, out);
  if (std::any_of(out.begin(), out.end(), [](int count) { return count != 15; }))
    return state.SkipWithError("the answers differ");
  for (auto _ : state) {
    calendar.working_days_between(from, to, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * from.size()));
}
BENCHMARK(count_over_array);

void read_days(benchmark::State& state) {
  std::vector<std::string> texts;
  for (const Day day : every_day()) texts.push_back(to_string(day));
  for (const auto& text : texts)
    if (const auto day = parse_day(text); !day || to_string(*day) != text)
      return state.SkipWithError("the answers differ");
  Moment moment;
  for (auto _ : state)
    for (const auto& text : texts) benchmark::DoNotOptimize(read_moment(text.data(), text.size(), moment));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * texts.size()));
}
BENCHMARK(read_days);

void compile_calendar(benchmark::State& state) {
  const auto text = embedded_calendar("england-and-wales").value();
  for (auto _ : state) {
    auto calendar = Calendar::compile(text);
    benchmark::DoNotOptimize(calendar->is_working_day(text.first));
  }
}
BENCHMARK(compile_calendar);

}  // namespace
