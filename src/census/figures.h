#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "census/child.h"
#include "date/calendar.h"

namespace cpc {

/// The days that every count of a census rests on. `tests/census/COUNTS.md` defines each figure.
struct CensusDays {
  Day reference;  ///< The header's reference date; where that gives none, the as-of date.
  Day first;      ///< The twelve months to the reference date.
  Day last;
  Day as_of;
};
[[nodiscard]] CensusDays census_days(Day reference, Day as_of);

/// How one review of a plan stands.
enum class ReviewStatus : std::uint8_t { met, late, overdue, missed, pending, not_applicable, undetermined };
inline constexpr int review_status_count = 7;
[[nodiscard]] std::string_view to_string(ReviewStatus status);
using ReviewCounts = std::array<std::uint64_t, review_status_count>;

/// What is counted over all children, by the dates of the file alone: no rulebook takes part.
struct CensusFigures {
  std::uint64_t children = 0;
  std::uint64_t section_47_groups = 0;
  std::uint64_t initial_conferences_in_year = 0;
  std::uint64_t initial_conferences_outside_year = 0;
  std::uint64_t without_duration = 0;
  std::array<std::uint64_t, 4> bands{};  ///< 0-10, 11-15, 16-20, 21+ working days.
  std::optional<int> in_time_per_mille;
  std::optional<std::array<int, 3>> quartiles;
  std::uint64_t sharing_a_date = 0;
  std::uint64_t transfer_in_conferences = 0;
  std::uint64_t target_agrees = 0;
  std::uint64_t target_differs = 0;
  std::uint64_t not_required_beside_conference = 0;
  std::uint64_t conference_on_closed_day = 0;
  std::uint64_t no_conference_pending = 0;
  std::uint64_t no_conference_overdue = 0;
  std::uint64_t plans = 0;
  std::uint64_t plans_open = 0;
  std::uint64_t first_review_from_conference = 0;
  std::uint64_t first_review_from_plan_start = 0;
  std::uint64_t plans_without_review = 0;
  ReviewCounts first_reviews{};
  ReviewCounts later_reviews{};
  std::uint64_t reviews_due_in_year = 0;
  std::uint64_t reviews_due_in_year_in_time = 0;
  std::uint64_t children_on_plan_three_months = 0;
  std::uint64_t children_on_plan_all_reviews_in_time = 0;
  std::uint64_t children_on_plan_reviews_undetermined = 0;
};

/// The limit of a section 47: its start and 15 working days. Nothing where either day is not covered by the calendar.
[[nodiscard]] std::optional<Day> conference_limit(const CensusSection47& section, const Calendar& calendar);
/// Working days from start to conference; nothing where the conference is first or a day is not covered.
[[nodiscard]] std::optional<int> conference_duration(const CensusSection47& section, const Calendar& calendar);
/// The target date is not the limit; nothing where that cannot be told.
[[nodiscard]] std::optional<bool> target_differs(const CensusSection47& section, const Calendar& calendar);
/// Whether a conference of the year counts: within it and not later than the as-of day.
[[nodiscard]] bool in_census_year(Day conference, const CensusDays& days);
/// Whether a conference of the child, of a section 47 or transfer-in, was held on that day.
[[nodiscard]] bool conference_on(const CensusChild& child, Day day);
/// The plan's first limit has passed, it can be judged, and it has no review, readable or not.
[[nodiscard]] bool lacks_review(const CensusChild& child, const CensusPlan& plan, Day as_of);

/// Adds up children, one at a time, in constant memory.
class FigureCounter {
 public:
  FigureCounter(const Calendar& calendar, CensusDays days);
  void add(const CensusChild& child);
  [[nodiscard]] CensusFigures figures() const;
  [[nodiscard]] const CensusDays& days() const { return days_; }

 private:
  void add_section(const CensusSection47& section);
  void add_conference(const CensusSection47& section);
  void add_plan(const CensusChild& child, const CensusPlan& plan);
  void add_children_on_plan(const CensusChild& child);

  const Calendar& calendar_;
  CensusDays days_;
  CensusFigures counted_;
  std::vector<std::uint64_t> durations_;  ///< Conferences by their working days.
  std::vector<std::uint32_t> on_day_;     ///< Conferences by their day of the year.
};

}  // namespace cpc
