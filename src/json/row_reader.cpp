#include "json/row_reader.h"

#include <algorithm>
#include <bit>

#include "json/value_reader.h"

namespace cpc::reading {
namespace {

std::string too_many_children() { return "a record has at most " + std::to_string(most_children) + " children"; }

}  // namespace

bool RowReader::read(const Members& row) {
  if (of_children()) return read_members(row, words_.child_recorded);
  bool go_on = true;
  const auto event = event_of(row, go_on);
  return event ? read_members(row, *event) : go_on;
}

std::optional<EventId> RowReader::event_of(const Members& row, bool& go_on) {
  const auto at = std::find_if(row.members.begin(), row.members.end(),
                               [&](const Member& member) { return member.word == words_.event_word; });
  const auto leave_out = [&](std::string says) {
    go_on = told_.trouble(RecordRemark::unknown_event, std::move(says), told_.row_place(), -1);
    return std::nullopt;
  };
  if (at == row.members.end()) return leave_out("the row names no event");
  if (at->value.form != Form::text)
    return leave_out("'event' is the name of an event type, not " + std::string(noun(at->value.form)));
  const auto name = at->value.text();
  const auto event = words_.vocabulary.event_names.find_padded(name);
  if (event == WordTable::none)
    return leave_out("unknown event " + quoted(name) + did_you_mean(name, words_.vocabulary.event_names.words()));
  return event;
}

bool RowReader::read_members(const Members& members, EventId event_id) {
  const auto& event = words_.vocabulary.events[event_id];
  Row& row = record_.add_row(event_id);
  row.position = told_.position;
  row.from_children = of_children();
  std::uint64_t seen = 0;
  children_named_ = 0;
  for (const Member& member : members.members)
    if (!read_member(members, member, event, seen)) return false;
  return check_row();
}

bool RowReader::read_member(const Members& members, const Member& member, const EventType& event, std::uint64_t& seen) {
  if (member.word == WordTable::none) return unknown_attribute(member, event);
  Row& row = record_.rows.back();
  const auto column = words_.column[member.word];
  if (column == Column::note) return true;
  const int slot = words_.vocabulary.slot(row.event, member.word);
  const bool own = words_.instance_word[row.event] == member.word;
  const bool known = column != Column::attribute ? !row.from_children || column == Column::child : slot >= 0 || own;
  if (!known) return unknown_attribute(member, event);

  const auto bit = std::uint64_t{1} << (slot >= 0 ? slot + column_count : static_cast<int>(column));
  if (seen & bit)
    return told_.trouble(RecordRemark::duplicate_key, quoted(member.key_text()) + " is given twice",
                         told_.place(member));
  seen |= bit;
  if (member.value.form == Form::null) return true;
  if (slot < 0) return read_column(members, member, column, row);
  const auto number = static_cast<std::size_t>(slot);
  return read_value(event.slots[number], slot == event.covered || slot == event.not_covered, members, member, told_,
                    record_.values[row.values + number]);
}

bool RowReader::read_column(const Members& members, const Member& member, Column column, Row& row) {
  switch (column) {
    case Column::event:
      return true;
    case Column::id:
      return read_id(member, told_, row.id);
    case Column::at:
      return read_date(member, true, told_, row.at);
    case Column::recorded_at:
      return read_date(member, true, told_, row.recorded_at);
    case Column::withdrawn_at:
      return read_date(member, true, told_, row.withdrawn_at);
    case Column::child:
      return read_children(members, member);
    case Column::conference:
      if (words_.vocabulary.events[row.event].conference == ConferenceColumn::none)
        return unknown_attribute(member, words_.vocabulary.events[row.event]);
      return read_id(member, told_, row.conference);
    case Column::attribute:
    case Column::note:
      break;
  }
  return read_id(member, told_, row.instance);  // the column of the event's own instance
}

bool RowReader::unknown_attribute(const Member& member, const EventType& event) {
  const auto name = member.key_text();
  if (name == "$schema") return true;
  const auto& names = words_.vocabulary.attribute_names;
  std::vector<std::string_view> takes;
  for (const auto& slot : event.slots) takes.push_back(names.word(slot.attribute));
  for (int i = 1; i < column_count; ++i) {
    const auto column = static_cast<Column>(i);
    const bool allowed = of_children() ? column == Column::child
                                       : column != Column::conference || event.conference != ConferenceColumn::none;
    if (allowed) takes.push_back(column_names[i]);
  }
  const auto own = words_.instance_word[static_cast<std::size_t>(&event - words_.vocabulary.events.data())];
  if (own != WordTable::none) takes.push_back(names.word(own));
  return told_.trouble(
      RecordRemark::unknown_attribute,
      (of_children() ? "a child" : event.name) + " has no attribute " + quoted(name) + what_it_takes(name, takes),
      told_.row_place());
}

bool RowReader::check_row() {
  const Row& row = record_.rows.back();
  const auto& event = words_.vocabulary.events[row.event];
  if (event.conference == ConferenceColumn::required && row.conference == no_id &&
      !told_.trouble(RecordRemark::missing_conference, event.name + " needs the id of its conference",
                     told_.row_place()))
    return false;
  return check_child() && (event.covered < 0 || check_lists());
}

bool RowReader::check_child() {
  Row& row = record_.rows.back();
  if (row.from_children)
    return row.children || told_.refuse("a row of children needs the child's id", told_.row_place());
  const auto& event = words_.vocabulary.events[row.event];
  if (event.per_child || children_named_ == 0) return true;
  const int role = words_.role_slot[row.event];
  const bool about_child =
      role >= 0 && record_.values[row.values + static_cast<std::size_t>(role)] == words_.child_role;
  if (about_child && children_named_ == 1) return true;
  row.children = 0;
  while (!pending_.empty() && pending_.back().row == record_.rows.size() - 1) pending_.pop_back();
  return told_.trouble(RecordRemark::bad_value,
                       role < 0 ? event.name + " is not about one child: it has no 'child'"
                                : event.name + " names a child only where 'role' is 'child', and then one",
                       told_.row_place() + "/child");
}

bool RowReader::check_lists() {
  const Row& row = record_.rows.back();
  const auto& event = words_.vocabulary.events[row.event];
  const auto slots = record_.slots(row);
  Value& covered = slots[static_cast<std::size_t>(event.covered)];
  Value& not_covered = slots[static_cast<std::size_t>(event.not_covered)];
  auto clash = members_of(covered) & members_of(not_covered);
  if (clash == 0) return true;
  covered &= ~clash;
  not_covered &= ~clash;
  const auto enumeration = event.slots[static_cast<std::size_t>(event.covered)].enumeration;
  const auto& items = words_.vocabulary.enumerations[static_cast<std::size_t>(enumeration)].values;
  for (; clash != 0; clash &= clash - 1)
    if (!told_.trouble(RecordRemark::bad_value,
                       quoted(items[static_cast<std::size_t>(std::countr_zero(clash))]) +
                           " stands in both 'covered' and 'not_covered'",
                       told_.row_place() + "/not_covered"))
      return false;
  return true;
}

// ---- Children ----------------------------------------------------------------------------------------------------

bool RowReader::read_children(const Members& members, const Member& member) {
  const Item& value = member.value;
  if (value.form == Form::text) return of_children() ? list_child(value) : name_child(value, -1);
  if (value.form != Form::list || of_children())
    return told_.refuse(std::string("'child' is ") + (of_children() ? "the id of a child" : "an id or a list of ids") +
                            ", not " + std::string(noun(value.form)),
                        told_.place(member));
  if (value.size == 0)
    return told_.refuse("'child' lists nobody; leave it out to mean all subject children", told_.place(member));
  const auto items = members.list(member);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].form != Form::text)
      return told_.refuse("the id of a child is text, not " + std::string(noun(items[i].form)), told_.place(member, i));
    if (!name_child(items[i], static_cast<std::int32_t>(i))) return false;
  }
  return true;
}

/// The child of a row of `children`.
bool RowReader::list_child(const Item& item) {
  if (const auto bad = bad_id(item.text(), told_.has_escapes); !bad.empty())
    return told_.refuse("the id of a child " + std::string(bad), child_place(-1));
  const int number = record_.add_child(record_.ids.intern(item.text()));
  if (number < 0) return told_.refuse(too_many_children(), told_.row_place());
  record_.rows.back().children = std::uint64_t{1} << number;
  return true;
}

/// A child of a row of `events`.
bool RowReader::name_child(const Item& item, std::int32_t element) {
  ++children_named_;
  const auto row = static_cast<std::uint32_t>(record_.rows.size() - 1);
  if (children_listed_) return set_child(row, item.text(), element);
  pending_.push_back({row, told_.position, item.text(), element});
  return true;
}

std::string RowReader::child_place(std::int32_t element) const {
  return told_.row_place() + "/child" + (element < 0 ? "" : "/" + std::to_string(element));
}

bool RowReader::set_child(std::uint32_t row, std::string_view id, std::int32_t element) {
  const auto known = record_.ids.find(id);
  const int number = known < 0 ? -1 : record_.child(static_cast<std::uint32_t>(known));
  if (number < 0) {
    std::vector<std::string_view> names;
    for (const auto child : record_.children) names.push_back(record_.ids.text(child));
    return told_.refuse(
        "unknown child " + quoted(id) + "; the record lists " + (names.empty() ? "no children" : join(names, 12)),
        child_place(element));
  }
  const auto bit = std::uint64_t{1} << number;
  auto& children = record_.rows[row].children;
  if (children & bit)
    return told_.trouble(RecordRemark::bad_value, quoted(id) + " is named twice", child_place(element),
                         static_cast<std::int32_t>(row));
  children |= bit;
  return true;
}

/// A record without a list of children is told of them by its `child_recorded` rows.
bool RowReader::add_recorded_children() {
  std::pmr::vector<std::string_view> found(pending_.get_allocator());
  for (const auto& p : pending_)
    if (record_.rows[p.row].event == words_.child_recorded) found.push_back(p.id);
  std::sort(found.begin(), found.end());  // so that the order of the rows does not matter
  for (const auto id : found) {
    if (!bad_id(id, told_.has_escapes).empty()) continue;  // told by resolve(), with its place
    if (record_.add_child(record_.ids.intern(id)) < 0) return told_.refuse(too_many_children(), "/events");
  }
  return true;
}

bool RowReader::resolve(const PendingChild& pending) {
  told_.position = pending.position;
  if (const auto bad = bad_id(pending.id, told_.has_escapes); !bad.empty())
    return told_.refuse("the id of a child " + std::string(bad), child_place(pending.element));
  return set_child(pending.row, pending.id, pending.element);
}

bool RowReader::finish() {
  told_.list = Complaints::List::events;
  if (!pending_.empty() && !children_listed_ && !add_recorded_children()) return false;
  return std::all_of(pending_.begin(), pending_.end(), [&](const PendingChild& p) { return resolve(p); }) &&
         check_row_ids();
}

bool RowReader::check_row_ids() {
  std::pmr::vector<std::pair<std::uint32_t, std::uint32_t>> named(pending_.get_allocator());
  for (std::uint32_t i = 0; i < record_.rows.size(); ++i)
    if (record_.rows[i].id != no_id) named.emplace_back(record_.rows[i].id, i);
  std::sort(named.begin(), named.end());
  for (std::size_t i = 1; i < named.size(); ++i) {
    if (named[i].first != named[i - 1].first) continue;
    told_.position = record_.rows[named[i].second].position;
    if (!told_.trouble(RecordRemark::bad_value, "two rows have the id " + quoted(record_.ids.text(named[i].first)),
                       told_.row_place() + "/id", static_cast<std::int32_t>(named[i].second)))
      return false;
  }
  return true;
}

}  // namespace cpc::reading
