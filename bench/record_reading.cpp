// From the text of a case to its Record, beside RapidJSON's own document of the same bytes.
#include <benchmark/benchmark.h>
#include <rapidjson/document.h>

#include <fstream>
#include <iterator>
#include <string>

#include "json/record_reader.h"
#include "rapidjson_document.h"

namespace {

std::string text_of(benchmark::State& state) {
  const std::string path = CPC_BENCH_DIR "/typical-" + std::to_string(state.range(0)) + ".json";
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The answer first: as many rows as the file has, nothing left out.
bool check(benchmark::State& state, const std::string& text) {
  cpc::Record record;
  const auto read = cpc::read_record(text, cpc::Reading::strict, record);
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  if (!read || document.HasParseError()) {
    state.SkipWithError("the record is not read");
    return false;
  }
  const auto rows = document["children"].Size() + document["events"].Size();
  if (record.rows.size() != rows || !record.findings.empty()) {
    state.SkipWithError("rows are missing");
    return false;
  }
  return true;
}

void parse_document(benchmark::State& state) { parse_with_rapidjson(state, text_of(state)); }
BENCHMARK(parse_document)->Arg(30)->Arg(60);

void read_record(benchmark::State& state) {
  const auto text = text_of(state);
  if (!check(state, text)) return;
  cpc::Record record;
  for (auto _ : state) {
    const auto read = cpc::read_record(text, cpc::Reading::strict, record);
    benchmark::DoNotOptimize(static_cast<bool>(read));
    benchmark::DoNotOptimize(record.values.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(read_record)->Arg(30)->Arg(60);

}  // namespace
