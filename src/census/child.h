#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "census/elements.h"
#include "date/day.h"

namespace cpc {

/// What the elements of one name in one group say. The first that can be read counts.
struct CensusDate {
  Day day;
  std::uint32_t line = 0;  ///< Of the one that counts; else of the first with text in it.
  bool given = false;      ///< Text was there, read or not.
  bool read = false;
  [[nodiscard]] bool unreadable() const { return given && !read; }
};
struct CensusFlag {
  std::uint32_t line = 0;
  bool given = false;
  bool read = false;
  bool yes = false;
  [[nodiscard]] bool unreadable() const { return given && !read; }
};
/// A code of a closed list, as its place in that list.
struct CensusCode {
  std::uint32_t line = 0;
  std::int16_t value = -1;  ///< -1: absent or not of the list.
  bool given = false;
};

/// One `Section47`.
struct CensusSection47 {
  CensusDate started;
  CensusDate target;
  CensusDate conference;
  CensusFlag not_required;
  std::uint32_t line = 0;
  /// No date is there in any form: the group says nothing, whatever its flag says.
  [[nodiscard]] bool empty() const { return !started.given && !target.given && !conference.given; }
};

/// A readable review or transfer-in conference.
struct CensusOccasion {
  Day day;
  std::uint32_t line = 0;
};

/// One `ChildProtectionPlans`. Its reviews are a range of CensusChild::reviews, each day once, in order of day.
struct CensusPlan {
  CensusDate start;
  CensusDate end;
  CensusCode initial_category;  ///< Place in census_categories.
  CensusCode latest_category;
  CensusCode previous_plans;  ///< The number itself.
  std::uint32_t line = 0;
  std::uint32_t first_review = 0;
  std::uint32_t review_count = 0;
  bool review_given = false;
  bool review_unreadable = false;  ///< At least one review date could not be read.
  [[nodiscard]] bool empty() const { return !start.given && !end.given && !review_given; }
  /// A review of that day can be one of this plan: after its start and not after its end.
  [[nodiscard]] bool spans(Day review) const {
    return !(start.read && review <= start.day) && !(end.read && review > end.day);
  }
};

/// One `CINdetails`; its groups are ranges of the child's.
struct CensusEpisode {
  CensusDate referral;
  CensusFlag no_further_action;
  CensusDate closure;
  CensusCode closure_reason;  ///< Place in census_closure_reasons.
  std::uint32_t line = 0;
};

inline constexpr const char* census_categories[] = {"NEG", "PHY", "SAB", "EMO", "MUL"};
inline constexpr const char* census_closure_reasons[] = {"RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9"};

/// Something in a child's elements that is not read as it stands.
struct CensusRemark {
  enum class Kind : std::uint8_t {
    unreadable,  ///< Not a date, a yes or no, a number or a code of the list.
    repeated,    ///< A second readable value of one element in one group: the first counts.
    misplaced,   ///< The element stands where it is not read.
  };
  Kind kind = Kind::unreadable;
  CensusElement element = CensusElement::other;
  std::uint32_t line = 0;
  std::string value;  ///< As written, cut where it is too long for any value; show it through quoted().
};

/// One child as the file gives it. The reader uses the same memory for the next one.
struct CensusChild {
  std::string id;  ///< Empty where there is none.
  std::uint32_t line = 0;
  CensusDate birth;
  CensusDate expected_birth;
  CensusDate death;
  std::vector<CensusEpisode> episodes;
  std::vector<CensusOccasion> assessments;  ///< Authorised.
  std::vector<CensusOccasion> transfers;
  std::vector<CensusSection47> sections;  ///< Of all episodes, in the order of the file; empty ones too.
  std::vector<CensusPlan> plans;          ///< The same.
  std::vector<CensusOccasion> reviews;
  std::vector<CensusRemark> remarks;

  void clear();
};

}  // namespace cpc
