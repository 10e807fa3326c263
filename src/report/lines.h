#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cpc {

/// One line of a report before it is laid out: whom it is about and what it says.
struct ReportLine {
  std::set<int> children;  ///< Places in the order of children; empty: not about a child.
  int conference = -1;     ///< Number of an instance, or -1.
  std::uint64_t when = 0;  ///< Lines and groups stand by it, the lowest first.
  std::string text;
  std::string cites;  ///< " [A and B]": stands after the text.
  int source = -1;    ///< Place of the result that it speaks of, in the assessment's own list of its kind.
};

/// Lines that say the same of several children become one; the rest keep their order.
[[nodiscard]] std::vector<ReportLine> merged(std::vector<ReportLine> lines);

/// A group of lines about the same children and conference.
struct ReportGroup {
  std::set<int> children;
  int conference = -1;
  std::vector<ReportLine> lines;
};
/// By the first thing in each, then by children and conference.
[[nodiscard]] std::vector<ReportGroup> grouped(std::vector<ReportLine> lines);

/// Breaks a paragraph into lines of at most `report_width`, the first after `indent` spaces, the rest after `hanging`
/// more.
[[nodiscard]] std::string wrapped(std::string_view text, int indent, int hanging = 2);
inline constexpr std::size_t report_width = 100;

}  // namespace cpc
