// A record from text to an assessment, beside RapidJSON's parse of the same bytes into a fresh document.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "assessment/assessment.h"
#include "json/calendar_reader.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "long_case.h"
#include "rapidjson_document.h"

namespace {

using namespace cpc;

std::string file_text(const std::string& name) {
  std::ifstream in(std::string(CPC_BENCH_DIR) + "/" + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::cerr << result.error().text() << '\n';
    std::exit(1);
  }
  return std::move(*result);
}

std::shared_ptr<const Program> program(const char* name) {
  std::vector<Rulebook> books;
  books.push_back(must(embedded_rulebook(name, embedded_vocabulary())));
  return must(compile(std::move(books), must(Calendar::compile(must(embedded_calendar("england-and-wales")))),
                      embedded_vocabulary()));
}

AssessOptions options() {
  AssessOptions out;
  out.as_of = Moment{*day_of({2026, 11, 22}), -1};
  out.next = false;
  return out;
}

/// The statuses of all results in one number that any wrong answer would change.
std::uint64_t digest(const Assessment& assessment) {
  std::uint64_t sum = 0;
  for (const auto& each : assessment.timescales)
    sum = sum * 31 + static_cast<std::uint64_t>(each.status) * 7 + each.due % 1000003;
  for (const auto& each : assessment.requirements) sum = sum * 31 + static_cast<std::uint64_t>(each.status);
  for (const auto& each : assessment.states) sum = sum * 31 + each.states;
  return sum * 31 + assessment.needs.size();
}

void document_parse(benchmark::State& state, const char* name) { parse_with_rapidjson(state, file_text(name)); }

void record_assessed(benchmark::State& state, const char* name, const char* rulebook, bool needs) {
  const std::string text = file_text(name);
  const auto rules = program(rulebook);
  AssessOptions how = options();
  how.needs = needs;
  Record record;
  Workspace workspace;
  Assessment assessment;
  // The answer of a fresh workspace is what every later run has to give.
  must(read_record(text, Reading::strict, record));
  assess(rules, record, how, workspace, assessment);
  const std::uint64_t expected = digest(assessment);
  if (assessment.timescales.empty()) state.SkipWithError("nothing was assessed");
  for (auto _ : state) {
    if (!read_record(text, Reading::strict, record)) state.SkipWithError("the record was not read");
    assess(rules, record, how, workspace, assessment);
    benchmark::DoNotOptimize(assessment.timescales.data());
  }
  if (digest(assessment) != expected) state.SkipWithError("a reused workspace gave another answer");
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void assess_alone(benchmark::State& state, const char* name, const char* rulebook) {
  const std::string text = file_text(name);
  const auto rules = program(rulebook);
  Record record;
  Workspace workspace;
  Assessment assessment;
  must(read_record(text, Reading::strict, record));
  for (auto _ : state) {
    assess(rules, record, options(), workspace, assessment);
    benchmark::DoNotOptimize(assessment.timescales.data());
  }
}

/// What an event costs in a record of 30, 300 or 3,000: next to the same, whatever the length of the case.
void long_case(benchmark::State& state, bool links) {
  const auto rules = program("hertfordshire");
  Record record;
  Workspace workspace;
  Assessment assessment;
  must(read_record(LongCase::record(static_cast<int>(state.range(0)), links), Reading::strict, record));
  assess(rules, record, options(), workspace, assessment);
  const std::uint64_t expected = digest(assessment);
  if (assessment.timescales.empty()) state.SkipWithError("nothing was assessed");
  for (auto _ : state) {
    assess(rules, record, options(), workspace, assessment);
    benchmark::DoNotOptimize(assessment.timescales.data());
  }
  if (digest(assessment) != expected) state.SkipWithError("a reused workspace gave another answer");
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// One row of answers through the tree of Hertfordshire's 7.9.2, the record already read.
void threshold_tree(benchmark::State& state) {
  const auto rules = program("hertfordshire");
  Record record;
  Workspace workspace;
  Assessment assessment;
  must(read_record(
      R"({"cpconf":1,"case":"answers","children":[{"child":"ada"}],"events":[{"event":"threshold_assessed",)"
      R"("at":"2026-11-20","child":"ada","conference":"c1","threshold_stage":"conference","role":"conference_chair",)"
      R"("has_suffered":false,"likely_to_suffer":true,"substantiation":["research_evidence"]}]})",
      Reading::strict, record));
  for (auto _ : state) {
    assess(rules, record, options(), workspace, assessment);
    if (assessment.thresholds.size() != 1 || assessment.thresholds.front().outcome != Outcome::met)
      state.SkipWithError("the second limb is met");
  }
}

void rulebook_compiled(benchmark::State& state, const char* name) {
  const Vocabulary& vocabulary = embedded_vocabulary();
  const Calendar calendar = must(Calendar::compile(must(embedded_calendar("england-and-wales"))));
  for (auto _ : state) {
    std::vector<Rulebook> books;
    books.push_back(must(embedded_rulebook(name, vocabulary)));
    const auto compiled = must(compile(std::move(books), calendar, vocabulary));
    if (compiled->rules.empty()) state.SkipWithError("no rules");
    benchmark::DoNotOptimize(compiled.get());
  }
}

/// Every rulebook that the library holds, each on its own.
void rulebooks_compiled(benchmark::State& state) {
  const Vocabulary& vocabulary = embedded_vocabulary();
  const Calendar calendar = must(Calendar::compile(must(embedded_calendar("england-and-wales"))));
  const auto names = embedded_rulebook_names();
  if (names.empty()) state.SkipWithError("there are no rulebooks");
  for (auto _ : state) {
    for (const auto& name : names) {
      std::vector<Rulebook> books;
      books.push_back(must(embedded_rulebook(name, vocabulary)));
      const auto compiled = must(compile(std::move(books), calendar, vocabulary));
      if (compiled->rules.empty()) state.SkipWithError("no rules");
      benchmark::DoNotOptimize(compiled.get());
    }
  }
}

}  // namespace

BENCHMARK_CAPTURE(document_parse, typical_30, "typical-30.json");
BENCHMARK_CAPTURE(record_assessed, typical_30_england, "typical-30.json", "england", false);
BENCHMARK_CAPTURE(assess_alone, typical_30_england, "typical-30.json", "england");
BENCHMARK_CAPTURE(document_parse, typical_60, "typical-60.json");
BENCHMARK_CAPTURE(record_assessed, typical_60_hertfordshire, "typical-60.json", "hertfordshire", false);
BENCHMARK_CAPTURE(record_assessed, typical_60_hertfordshire_needs, "typical-60.json", "hertfordshire", true);
BENCHMARK_CAPTURE(assess_alone, typical_60_hertfordshire, "typical-60.json", "hertfordshire");
BENCHMARK_CAPTURE(long_case, linked, true)->Arg(30)->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(long_case, unlinked, false)->Arg(30)->Arg(300)->Arg(3000)->Unit(benchmark::kMicrosecond);
BENCHMARK(threshold_tree);
BENCHMARK_CAPTURE(rulebook_compiled, hertfordshire, "hertfordshire")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(rulebook_compiled, england, "england")->Unit(benchmark::kMillisecond);
BENCHMARK(rulebooks_compiled)->Name("rulebooks_compiled/all")->Unit(benchmark::kMillisecond);
