#pragma once
#include <memory_resource>
#include <optional>

#include "json/record_parts.h"

namespace cpc::reading {

/// Reads rows of `children` and of `events` into the record of `told`, each from all of its members at once, so that
/// their order does not matter. Texts of earlier rows must stay where they are until finish(): children may be listed
/// after the rows that name them.
class RowReader {
 public:
  RowReader(Complaints& told, std::pmr::memory_resource* memory)
      : told_(told), record_(told.record), pending_(memory) {}

  bool read(const Members& row);
  /// The list of children is complete.
  void children_listed() { children_listed_ = true; }
  /// After the last row: what can be decided only then.
  bool finish();

 private:
  struct PendingChild {
    std::uint32_t row;
    std::uint32_t position;
    std::string_view id;
    std::int32_t element;  ///< -1: the column is no list.
  };

  std::optional<EventId> event_of(const Members& row, bool& go_on);
  bool read_members(const Members& members, EventId event);
  bool read_member(const Members& members, const Member& member, const EventType& event, std::uint64_t& seen);
  bool read_column(const Members& members, const Member& member, Column column, Row& row);
  bool unknown_attribute(const Member& member, const EventType& event);

  bool check_row();
  bool check_child();
  bool check_lists();
  bool check_row_ids();

  bool read_children(const Members& members, const Member& member);
  bool list_child(const Item& item);
  bool name_child(const Item& item, std::int32_t element);
  bool add_recorded_children();
  bool resolve(const PendingChild& pending);
  bool set_child(std::uint32_t row, std::string_view id, std::int32_t element);
  [[nodiscard]] std::string child_place(std::int32_t element) const;
  [[nodiscard]] bool of_children() const { return told_.list == Complaints::List::children; }

  const Words& words_ = words();
  Complaints& told_;
  Record& record_;
  bool children_listed_ = false;
  int children_named_ = 0;  ///< In the `child` column of this row.
  std::pmr::vector<PendingChild> pending_;
};

}  // namespace cpc::reading
