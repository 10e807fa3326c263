#include "census/support.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "json/calendar_reader.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"

namespace cpc::test {

std::string census_file(const std::string& name) {
  std::ifstream in(std::string(CPC_SOURCE_DIR "/tests/census/files/") + name, std::ios::binary);
  if (!in) throw std::runtime_error("no file " + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

CensusSource in_pieces(std::string_view text, std::size_t piece) {
  return [text, piece, at = std::size_t{0}](char* to, std::size_t size) mutable {
    const std::size_t got = std::min({size, piece, text.size() - at});
    std::memcpy(to, text.data() + at, got);
    at += got;
    return static_cast<std::ptrdiff_t>(got);
  };
}

Result<Done> Collected::begin(const CensusHeader& header) {
  begun = true;
  heading = header;
  return Done{};
}

std::string with_episode(const std::string& inside) {
  return "<Message><Header><CollectionDetails><Collection>CIN</Collection><ReferenceDate>2025-03-31</ReferenceDate>"
         "</CollectionDetails></Header><Children><Child><ChildIdentifiers><LAchildID>ONE</LAchildID>"
         "<PersonBirthDate>2015-02-03</PersonBirthDate></ChildIdentifiers>\n<CINdetails>" +
         inside + "</CINdetails></Child></Children></Message>";
}

CensusChild read_child(const std::string& inside) {
  const std::string text = with_episode(inside);
  Collected collected;
  const auto read = read_census(in_pieces(text), collected);
  if (!read || collected.children.size() != 1)
    throw std::runtime_error("not one child: " + (read ? std::string{} : read.error().text()));
  return collected.children.front();
}

std::shared_ptr<const Program> program_of(const std::string& rulebook) {
  static std::map<std::string, std::shared_ptr<const Program>> compiled;
  auto& program = compiled[rulebook];
  if (program) return program;
  const auto calendar = Calendar::compile(*embedded_calendar("england-and-wales"));
  std::vector<Rulebook> rulebooks;
  rulebooks.push_back(std::move(*embedded_rulebook(rulebook, embedded_vocabulary())));
  program = *compile(std::move(rulebooks), *calendar, embedded_vocabulary());
  return program;
}

Result<CensusTotals> run_text(std::string_view text, CensusWriter& writer, const CensusOptions& options) {
  return run_census(in_pieces(text), program_of("england"), options, writer);
}

std::vector<CensusFinding> of_rule(const std::vector<CensusFinding>& findings, std::string_view rule) {
  std::vector<CensusFinding> found;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(found),
               [&](const CensusFinding& finding) { return finding.rule == rule; });
  return found;
}

}  // namespace cpc::test
