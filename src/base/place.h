#pragma once
#include <cstddef>
#include <memory_resource>
#include <string>
#include <string_view>

namespace cpc {

/// Where a value stands in a document: the key or the number that leads to it, below the place of what holds it. The
/// reader of a document passes such places down as it goes; one is written out, as a JSON pointer, only for an error.
///
/// A place refers to the one above it, which has to live longer: it is a variable of the caller's, never a temporary.
class Place {
 public:
  /// The document itself.
  Place() = default;
  /// A pointer as it is written, "" or "/holidays". The text lives as long as the place.
  template <std::size_t size>
  Place(const char (&written)[size]) : key_(written, size - 1), step_(Step::written) {}
  Place(const Place& above, std::string_view key) : above_(&above), key_(key), step_(Step::key) {}
  Place(const Place& above, std::size_t index) : above_(&above), index_(index), step_(Step::index) {}
  Place(Place&& above, std::string_view key) = delete;
  Place(Place&& above, std::size_t index) = delete;

  /// The JSON pointer: `~` and `/` in keys are escaped, and a key no word of ours could be is cut.
  [[nodiscard]] std::string text() const;

 private:
  friend class KeptPlaces;
  enum class Step : unsigned char { written, key, index };

  void add_to(std::string& out) const;

  const Place* above_ = nullptr;
  std::string_view key_;
  std::size_t index_ = 0;
  mutable const Place* kept_ = nullptr;  ///< Its copy among the places that are kept.
  Step step_ = Step::written;
};

/// Places that outlive the reading of their document. Not moved: the places know each other by address.
class KeptPlaces {
 public:
  KeptPlaces() = default;
  KeptPlaces(const KeptPlaces&) = delete;
  KeptPlaces& operator=(const KeptPlaces&) = delete;

  /// A copy that lives as long as this object.
  [[nodiscard]] const Place* keep(const Place& place);

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace cpc
