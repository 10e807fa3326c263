#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "census/census.h"
#include "census/reader.h"

namespace cpc::test {

/// A file of tests/census/files, whole.
std::string census_file(const std::string& name);

/// A text as a source that gives at most `piece` bytes at a time.
CensusSource in_pieces(std::string_view text, std::size_t piece = 1 << 20);

/// What a reader handed on.
class Collected : public CensusSink {
 public:
  Result<Done> begin(const CensusHeader& header) override;
  void child(CensusChild& child) override { children.push_back(child); }

  bool begun = false;
  CensusHeader heading;
  std::vector<CensusChild> children;
};

/// One child in an otherwise ordinary census; `inside` stands in its CINdetails.
std::string with_episode(const std::string& inside);
/// Reads it; it has to be read to its end.
CensusChild read_child(const std::string& inside);

/// What a run said.
class Kept : public CensusWriter {
 public:
  void begin(const CensusHeading& heading) override { heading_ = heading; }
  void finding(const CensusFinding& finding) override { findings.push_back(finding); }
  void end(const CensusTotals&) override { ended = true; }

  CensusHeading heading_;
  std::vector<CensusFinding> findings;
  bool ended = false;
};

std::shared_ptr<const Program> program_of(const std::string& rulebook);
Result<CensusTotals> run_text(std::string_view text, CensusWriter& writer, const CensusOptions& options = {});

/// The findings of one rule.
std::vector<CensusFinding> of_rule(const std::vector<CensusFinding>& findings, std::string_view rule);

}  // namespace cpc::test
