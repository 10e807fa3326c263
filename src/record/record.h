#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/value.h"
#include "record/vocabulary.h"

namespace cpc {

/// The ids of one record (children, instances, persons, host keys) as small numbers. Reused from record to record.
class IdTable {
 public:
  [[nodiscard]] std::uint32_t intern(std::string_view text);
  /// -1 where the id does not occur.
  [[nodiscard]] std::int64_t find(std::string_view text) const;
  [[nodiscard]] std::string_view text(std::uint32_t number) const {
    return {bytes_.data() + entries_[number].offset, entries_[number].size};
  }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  void clear();

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint32_t offset;
    std::uint32_t size;
  };
  std::vector<char> bytes_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  ///< number + 1, 0 empty; a power of two.
  void grow();
};

inline constexpr std::uint32_t no_id = std::numeric_limits<std::uint32_t>::max();
inline constexpr int most_children = 64;  ///< A record with more is refused.

/// One row: something that happened or was arranged.
struct Row {
  Value at = unknown_value;  ///< A date value; unknown where the date is not known.
  Value recorded_at = unknown_value;
  Value withdrawn_at = unknown_value;
  std::uint64_t children = 0;        ///< A bit per child; 0 where the column was left out.
  std::uint32_t conference = no_id;  ///< Id of the conference column.
  std::uint32_t instance = no_id;    ///< Id of the event's own instance (no_id for kind conference: the column is it).
  std::uint32_t id = no_id;          ///< The host's own key.
  std::uint32_t values = 0;          ///< First of its slots in Record::values.
  std::uint32_t position = 0;        ///< Place in the input (row of `children` or of `events`).
  EventId event = 0;
  bool from_children = false;  ///< Shorthand: a row of `children`.
};

/// What a host does not keep: a type, a type narrowed by `where`, or one attribute.
struct NotRecorded {
  EventId event = 0;
  std::int8_t attribute_slot = -1;  ///< That attribute of the event; -1: rows of the event.
  struct Test {
    std::int8_t slot = -1;
    std::uint64_t values = 0;  ///< Enumerations: bit per value; yes_no: bit 0 no, bit 1 yes.
  };
  std::vector<Test> where;
};

/// Something worth saying about the input itself, found while reading.
enum class RecordRemark : std::uint8_t {
  unknown_event,
  unknown_attribute,
  unlisted_value,
  bad_value,
  missing_conference,
  repeated_hour,
  two_dates_of_birth,
  long_before_birth,
  after_death,
  same_row_twice,
  duplicate_key,
  link_not_given,
  unknown_child,
  attendance_not_recorded,
};
struct RecordFinding {
  RecordRemark remark;
  std::int32_t row = -1;  ///< Index in Record::rows, or -1 where the row was left out.
  std::string says;       ///< One line.
  std::string place;      ///< JSON pointer in the input.
};

/// One case, as given. Belongs to one thread. `clear()` keeps the memory for the next one.
struct Record {
  const Vocabulary* vocabulary = nullptr;
  std::string case_id;
  IdTable ids;
  std::vector<std::uint32_t> children;  ///< Id per child, in the order of the input.
  std::vector<Row> rows;                ///< In the order of the input.
  std::vector<Value> values;            ///< Slots of the rows, one after another.
  std::vector<NotRecorded> not_recorded;
  std::vector<RecordFinding> findings;
  std::vector<char> scratch;  ///< Memory of readers, kept from one record to the next.

  void clear();
  /// The child's number, or -1.
  [[nodiscard]] int child(std::uint32_t id) const;
  /// Adds a child; the same id twice gives the same number. -1 when there are `most_children` already.
  int add_child(std::uint32_t id);
  /// Adds a row of an event with all its slots unknown.
  Row& add_row(EventId event);
  [[nodiscard]] std::span<Value> slots(const Row& row) {
    return {values.data() + row.values, vocabulary->events[row.event].slots.size()};
  }
  [[nodiscard]] std::span<const Value> slots(const Row& row) const {
    return {values.data() + row.values, vocabulary->events[row.event].slots.size()};
  }
  /// The row's own id, else "event date instance": how results name it.
  [[nodiscard]] std::string row_name(const Row& row) const;
};

}  // namespace cpc
