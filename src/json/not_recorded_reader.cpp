#include "json/not_recorded_reader.h"

#include <optional>

namespace cpc::reading {
namespace {

std::optional<EventId> event_named(std::string_view name, std::string place, Complaints& told) {
  const auto& names = words().vocabulary.event_names;
  const auto event = names.find(name);
  if (event != WordTable::none) return event;
  told.refuse("unknown event " + quoted(name) + did_you_mean(name, names.words()), std::move(place));
  return std::nullopt;
}

/// The slot of an attribute, or -1 with an error.
int slot_named(std::string_view name, EventId event_id, std::string place, Complaints& told) {
  const auto& vocabulary = words().vocabulary;
  const int slot = vocabulary.slot(event_id, name);
  if (slot >= 0) return slot;
  const auto& event = vocabulary.events[event_id];
  std::vector<std::string_view> takes;
  for (const auto& known : event.slots) takes.push_back(vocabulary.attribute_names.word(known.attribute));
  told.refuse(event.name + " has no attribute " + quoted(name) + did_you_mean(name, takes), std::move(place));
  return -1;
}

std::optional<EventId> event_of(const Members& entry, Complaints& told) {
  std::optional<EventId> event;
  const auto refuse = [&](std::string message) {
    told.refuse(std::move(message), told.row_place());
    return std::nullopt;
  };
  for (const Member& member : entry.members) {
    const auto name = member.key_text();
    if (member.word == of_where || name == "note" || name == "$schema") continue;
    if (name == "where") return refuse("'where' is an object, not " + std::string(noun(member.value.form)));
    if (name != "event") return refuse("an entry of not_recorded has an 'event' and a 'where', not " + quoted(name));
    if (event) return refuse("'event' is given twice");
    if (member.value.form != Form::text)
      return refuse("'event' is the name of an event type, not " + std::string(noun(member.value.form)));
    event = event_named(member.value.text(), told.row_place() + "/event", told);
    if (!event) return std::nullopt;
  }
  return event ? event : refuse("an entry of not_recorded needs an event");
}

/// The bit of one value, or 0 with an error.
std::uint64_t bit_of(const Item& item, std::string_view name, const Enumeration* enumeration, std::string place,
                     Complaints& told) {
  if (!enumeration) {
    if (item.form == Form::yes || item.form == Form::no) return item.form == Form::yes ? 2 : 1;
    told.refuse(quoted(name) + " is true or false, not " + std::string(noun(item.form)), std::move(place));
    return 0;
  }
  const int at = item.form == Form::text ? enumeration->find(item.text()) : -1;
  if (at >= 0) return std::uint64_t{1} << at;
  told.refuse(quoted(name) + " cannot be " +
                  (item.form == Form::text ? quoted(item.text()) + what_it_takes(item.text(), enumeration->values)
                                           : std::string(noun(item.form))),
              std::move(place));
  return 0;
}

bool read_test(const Members& entry, const Member& member, NotRecorded& out, Complaints& told) {
  const auto& vocabulary = words().vocabulary;
  const auto name = member.key_text();
  const int number = slot_named(name, out.event, told.row_place() + "/where", told);
  if (number < 0) return false;
  const auto place = told.row_place() + "/where/" + std::string(name);
  for (const auto& test : out.where)
    if (test.slot == number) return told.refuse(quoted(name) + " is given twice", place);
  const auto& slot = vocabulary.events[out.event].slots[static_cast<std::size_t>(number)];
  const bool yes_no = slot.type == AttributeType::yes_no;
  const auto* enumeration = slot.type == AttributeType::enumeration
                                ? &vocabulary.enumerations[static_cast<std::size_t>(slot.enumeration)]
                                : nullptr;
  if (member.value.form != Form::list)
    return told.refuse(quoted(name) + " is a list of values here, not " + std::string(noun(member.value.form)), place);
  if (member.value.size == 0) return told.refuse(quoted(name) + " lists no value", place);
  if (!yes_no && !(enumeration && enumeration->has_sets()))
    return told.refuse(quoted(name) + " cannot narrow what is not recorded: only yes/no facts and short lists can",
                       place);
  NotRecorded::Test test;
  test.slot = static_cast<std::int8_t>(number);
  const auto items = entry.list(member);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto bit = bit_of(items[i], name, enumeration, place + "/" + std::to_string(i), told);
    if (bit == 0) return false;
    test.values |= bit;
  }
  out.where.push_back(test);
  return true;
}

}  // namespace

bool read_not_recorded(std::string_view name, Complaints& told) {
  const auto dot = name.find('.');
  const auto event = event_named(name.substr(0, dot), told.row_place(), told);
  if (!event) return false;
  NotRecorded entry;
  entry.event = *event;
  if (dot != std::string_view::npos) {
    entry.attribute_slot = static_cast<std::int8_t>(slot_named(name.substr(dot + 1), *event, told.row_place(), told));
    if (entry.attribute_slot < 0) return false;
  }
  told.record.not_recorded.push_back(std::move(entry));
  return true;
}

bool read_not_recorded(const Members& entry, Complaints& told) {
  const auto event = event_of(entry, told);
  if (!event) return false;
  NotRecorded out;
  out.event = *event;
  for (const Member& member : entry.members)
    if (member.word == of_where && !read_test(entry, member, out, told)) return false;
  told.record.not_recorded.push_back(std::move(out));
  return true;
}

}  // namespace cpc::reading
