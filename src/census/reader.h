#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "census/child.h"

namespace cpc {

/// What stands before the children.
struct CensusHeader {
  std::optional<Day> reference_date;  ///< Nothing where it is missing or cannot be read.
  std::vector<CensusRemark> remarks;
};

/// Gives the next bytes of a file: how many it wrote to `to`, 0 at the end, less than 0 when reading failed.
using CensusSource = std::function<std::ptrdiff_t(char* to, std::size_t size)>;

/// Takes what a census says, one child at a time.
class CensusSink {
 public:
  virtual ~CensusSink() = default;
  /// Called once, before the first child. An error refuses the file.
  [[nodiscard]] virtual Result<Done> begin(const CensusHeader& header) = 0;
  /// The child's memory is used again for the next one: a sink that needs it for longer swaps it with another.
  virtual void child(CensusChild& child) = 0;
};

/// Reads a children-in-need census in constant memory: a child at a time, whatever the size of the file.
///
/// Names are local names, in whatever namespace. What is not read as it stands is a remark of the child, with its line.
/// Document types are refused, and with them every entity. Nothing in a file makes it grow without bound: depth,
/// the length of one tag and the number of dates of one child are limited.
///
/// An error means that the file was not read to its end. Where `begin` was called, and succeeded, the children handed
/// on are those before the place of the error; where not, the file is refused and there is nothing to say of it.
[[nodiscard]] Result<Done> read_census(const CensusSource& source, CensusSink& sink);

inline constexpr int census_deepest = 100;                               ///< Elements inside one another.
inline constexpr std::size_t census_longest_tag = std::size_t{1} << 20;  ///< Bytes of one tag, comment or instruction.
inline constexpr std::size_t census_most_in_child = 4096;  ///< Episodes, groups, reviews and remarks of a child.

}  // namespace cpc
