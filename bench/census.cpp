// A whole census, summary only, beside Expat with empty handlers on the same bytes and in the same pieces.
// CPC_CENSUS_FILE names a file to take instead of the invented ones.
#include <benchmark/benchmark.h>
#include <expat.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../tests/support/census_text.h"
#include "census/census.h"
#include "json/calendar_reader.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"

namespace {

constexpr std::size_t piece = 64 * 1024;

const cpc::test::CensusText& census_of(std::int64_t children) {
  static std::map<std::int64_t, cpc::test::CensusText> made;
  const auto at = made.find(children);
  if (at != made.end()) return at->second;
  cpc::test::CensusText& text = made[children];
  if (const char* file = std::getenv("CPC_CENSUS_FILE")) {
    std::ifstream in(file, std::ios::binary);
    text.xml.assign(std::istreambuf_iterator<char>(in), {});
  } else {
    text = cpc::test::CensusGenerator(7).write(static_cast<int>(children));
  }
  return text;
}

cpc::CensusSource source_of(const std::string& text, std::size_t& at) {
  return [&text, &at](char* to, std::size_t size) {
    const std::size_t got = std::min(size, text.size() - at);
    std::memcpy(to, text.data() + at, got);
    at += got;
    return static_cast<std::ptrdiff_t>(got);
  };
}

std::shared_ptr<const cpc::Program> england() {
  const auto calendar = cpc::Calendar::compile(*cpc::embedded_calendar("england-and-wales"));
  std::vector<cpc::Rulebook> rulebooks;
  rulebooks.push_back(std::move(*cpc::embedded_rulebook("england", cpc::embedded_vocabulary())));
  return *cpc::compile(std::move(rulebooks), *calendar, cpc::embedded_vocabulary());
}

class Nothing : public cpc::CensusWriter {
 public:
  void begin(const cpc::CensusHeading&) override {}
  void finding(const cpc::CensusFinding&) override {}
  void end(const cpc::CensusTotals&) override {}
};

cpc::Result<cpc::CensusTotals> summary(const std::string& text, const std::shared_ptr<const cpc::Program>& program) {
  std::size_t at = 0;
  cpc::CensusOptions options;
  options.summary = true;
  Nothing writer;
  return cpc::run_census(source_of(text, at), program, options, writer);
}

/// The answer first: everything that was written into the file is counted, each group by dates and by the rulebook.
bool check(benchmark::State& state, const cpc::test::CensusText& text,
           const std::shared_ptr<const cpc::Program>& program) {
  const auto totals = summary(text.xml, program);
  std::uint64_t judged = 0;
  if (totals)
    for (const auto& rule : totals->rules)
      if (program->rule_name(rule.rule) == "england/initial-conference")
        for (const auto count : rule.statuses) judged += count;
  const bool read =
      totals && totals->complete && totals->figures.children > 0 && judged == totals->figures.section_47_groups;
  const bool known =
      text.children == 0 ||
      (read && totals->figures.children == text.children && totals->figures.section_47_groups == text.sections &&
       totals->figures.initial_conferences_in_year == text.sections && totals->figures.plans == text.plans);
  if (!read || !known) state.SkipWithError("the census is not counted as it was written");
  return read && known;
}

struct Free {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

void parse_census(benchmark::State& state) {
  const std::string& text = census_of(state.range(0)).xml;
  for (auto _ : state) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser(XML_ParserCreate(nullptr));
    XML_SetElementHandler(
        parser.get(), [](void*, const XML_Char*, const XML_Char**) {}, [](void*, const XML_Char*) {});
    XML_SetCharacterDataHandler(parser.get(), [](void*, const XML_Char*, int) {});
    std::size_t at = 0;
    const auto source = source_of(text, at);
    for (bool last = false; !last;) {
      void* buffer = XML_GetBuffer(parser.get(), static_cast<int>(piece));
      const auto got = source(static_cast<char*>(buffer), piece);
      last = got == 0;
      if (XML_ParseBuffer(parser.get(), static_cast<int>(got), last ? 1 : 0) != XML_STATUS_OK)
        state.SkipWithError("the census is not XML");
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(parse_census)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

void summarise_census(benchmark::State& state) {
  const auto& text = census_of(state.range(0));
  const auto program = england();
  if (!check(state, text, program)) return;
  for (auto _ : state) {
    const auto totals = summary(text.xml, program);
    benchmark::DoNotOptimize(totals->figures.children);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.xml.size()));
}
BENCHMARK(summarise_census)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

}  // namespace
