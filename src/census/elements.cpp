#include "census/elements.h"

#include <array>
#include <cstring>

namespace cpc {
namespace {

constexpr std::array<std::string_view, census_element_count> names{
    "Message",
    "Header",
    "CollectionDetails",
    "Collection",
    "ReferenceDate",
    "Children",
    "Child",
    "ChildIdentifiers",
    "LAchildID",
    "PersonBirthDate",
    "ExpectedPersonBirthDate",
    "PersonDeathDate",
    "CINdetails",
    "CINreferralDate",
    "ReferralNFA",
    "CINclosureDate",
    "ReasonForClosure",
    "Assessments",
    "AssessmentAuthorisationDate",
    "Section47",
    "S47ActualStartDate",
    "InitialCPCtarget",
    "DateOfInitialCPC",
    "ICPCnotRequired",
    "ChildProtectionPlans",
    "CPPstartDate",
    "CPPendDate",
    "InitialCategoryOfAbuse",
    "LatestCategoryOfAbuse",
    "NumberOfPreviousCPP",
    "Reviews",
    "CPPreviewDate",
};

/// Names by their length: no length has more than `most`.
constexpr std::size_t longest = 27;
constexpr std::size_t most = 4;
struct ByLength {
  std::array<std::array<std::uint8_t, most>, longest + 1> names{};
  std::array<std::uint8_t, longest + 1> counts{};
};
constexpr ByLength sort_by_length() {
  ByLength result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t size = names[i].size();
    result.names[size][result.counts[size]++] = static_cast<std::uint8_t>(i);
  }
  return result;
}
constexpr ByLength by_length = sort_by_length();

CensusElement find(std::string_view name) {
  if (name.size() > longest) return CensusElement::other;
  const auto& candidates = by_length.names[name.size()];
  for (std::size_t i = 0; i < by_length.counts[name.size()]; ++i)
    if (std::memcmp(names[candidates[i]].data(), name.data(), name.size()) == 0)
      return static_cast<CensusElement>(candidates[i]);
  return CensusElement::other;
}

}  // namespace

std::string_view element_name(CensusElement element) {
  return element == CensusElement::other ? std::string_view{} : names[static_cast<std::size_t>(element)];
}

CensusElement element_of(std::string_view name) {
  const CensusElement found = find(name);
  if (found != CensusElement::other) return found;
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? found : find(name.substr(colon + 1));
}

}  // namespace cpc
