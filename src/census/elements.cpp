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

/// The first and the last eight bytes of a name; of a shorter one all of it, twice.
struct Ends {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  bool operator==(const Ends&) const = default;
};

Ends ends_of(const char* name, std::size_t size) {
  Ends ends;
  if (size >= 8) {
    std::memcpy(&ends.head, name, 8);
    std::memcpy(&ends.tail, name + size - 8, 8);
  } else {
    std::memcpy(&ends.head, name, size);
    ends.tail = ends.head;
  }
  return ends;
}

/// Names by their length: no length has more than `most`.
constexpr std::size_t longest = 27;
constexpr std::size_t most = 4;
struct OfLength {
  std::array<Ends, most> ends{};
  std::array<std::uint8_t, most> names{};
  std::size_t count = 0;
};

std::array<OfLength, longest + 1> sort_by_length() {
  std::array<OfLength, longest + 1> result{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    OfLength& of = result[names[i].size()];
    of.ends[of.count] = ends_of(names[i].data(), names[i].size());
    of.names[of.count++] = static_cast<std::uint8_t>(i);
  }
  return result;
}
const std::array<OfLength, longest + 1> by_length = sort_by_length();

inline CensusElement find(const char* name, std::size_t size) {
  if (size > longest) return CensusElement::other;
  const OfLength& of = by_length[size];
  if (of.count == 0) return CensusElement::other;
  const Ends ends = ends_of(name, size);
  for (std::size_t i = 0; i < of.count; ++i)
    if (of.ends[i] == ends && (size <= 16 || std::memcmp(names[of.names[i]].data(), name, size) == 0))
      return static_cast<CensusElement>(of.names[i]);
  return CensusElement::other;
}

}  // namespace

std::string_view element_name(CensusElement element) {
  return element == CensusElement::other ? std::string_view{} : names[static_cast<std::size_t>(element)];
}

CensusElement element_of(std::string_view name) {
  const CensusElement found = find(name.data(), name.size());
  if (found != CensusElement::other || std::memchr(name.data(), ':', name.size()) == nullptr) return found;
  const std::size_t local = name.rfind(':') + 1;
  return find(name.data() + local, name.size() - local);
}

}  // namespace cpc
