#pragma once
#include <cstdint>
#include <string_view>

namespace cpc {

/// The elements of a children-in-need census that are read, by their local names.
enum class CensusElement : std::uint8_t {
  message,
  header,
  collection_details,
  collection,
  reference_date,
  children,
  child,
  child_identifiers,
  la_child_id,
  birth_date,
  expected_birth_date,
  death_date,
  episode,
  referral_date,
  referral_nfa,
  closure_date,
  closure_reason,
  assessments,
  assessment_authorised,
  section_47,
  section_47_start,
  conference_target,
  conference_date,
  conference_not_required,
  plan,
  plan_start,
  plan_end,
  initial_category,
  latest_category,
  previous_plans,
  reviews,
  review_date,
  other,
};
inline constexpr int census_element_count = static_cast<int>(CensusElement::other);

/// The name of an element as files write it.
[[nodiscard]] std::string_view element_name(CensusElement element);

/// The element of a name. What stands before a colon, a namespace's prefix, is passed over; letters matter.
[[nodiscard]] CensusElement element_of(std::string_view name);

}  // namespace cpc
