#include "json/value_reader.h"

namespace cpc::reading {
namespace {

constexpr std::int64_t greatest_count = 1'000'000'000;

bool read_enumeration(const Enumeration& enumeration, const Member& member, Complaints& told, Value& out) {
  if (member.value.form != Form::text) return wrong_form(told, member, "one word of a closed list");
  const auto word = member.value.text();
  const auto at = enumeration.words.find_padded(word);
  if (at == WordTable::none)
    return told.trouble(
        RecordRemark::unlisted_value,
        quoted(member.key_text()) + " cannot be " + quoted(word) + what_it_takes(word, enumeration.values),
        told.place(member));
  out = Value{at} + 1;
  return true;
}

bool read_set(const Slot& slot, bool checklist, const Members& row, const Member& member, Complaints& told,
              Value& out) {
  if (member.value.form != Form::list) return wrong_form(told, member, "a list of words");
  const auto& enumeration = words().vocabulary.enumerations[static_cast<std::size_t>(slot.enumeration)];
  Value set = given_bit;
  bool whole = true;
  const auto items = row.list(member);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item& item = items[i];
    const auto at = item.form == Form::text ? enumeration.words.find_padded(item.text()) : WordTable::none;
    if (at != WordTable::none && !(set >> at & 1)) {
      set |= Value{1} << at;
      continue;
    }
    whole = whole && at != WordTable::none;
    const auto remark =
        item.form == Form::text && at == WordTable::none ? RecordRemark::unlisted_value : RecordRemark::bad_value;
    std::string says = quoted(member.key_text());
    if (item.form != Form::text) {
      says += " is a list of words, not of " + std::string(noun(item.form));
    } else if (at != WordTable::none) {
      says += " names " + quoted(item.text()) + " twice";
    } else {
      says += " cannot have " + quoted(item.text()) + what_it_takes(item.text(), enumeration.values);
    }
    if (!told.trouble(remark, std::move(says), told.place(member, i))) return false;
  }
  // A plain set says what is not in it too: with an item lost it says nothing. A checklist says only what it names.
  if (whole || checklist) out = set;
  return true;
}

bool read_count(const Slot& slot, const Member& member, Complaints& told, Value& out) {
  if (member.value.form != Form::whole) return wrong_form(told, member, "a whole number, zero or more");
  const auto number = member.value.number;
  const auto most = slot.max >= 0 ? slot.max : greatest_count;
  if (number < 0 || number > most)
    return told.trouble(
        RecordRemark::bad_value,
        quoted(member.key_text()) + " lies between 0 and " + std::to_string(most) + ", not " + std::to_string(number),
        told.place(member));
  out = static_cast<Value>(number) + 1;
  return true;
}

}  // namespace

bool wrong_form(Complaints& told, const Member& member, std::string_view wanted) {
  std::string says = quoted(member.key_text()) + " is " + std::string(wanted);
  return told.trouble(RecordRemark::bad_value, says + ", not " + std::string(noun(member.value.form)),
                      told.place(member));
}

bool read_value(const Slot& slot, bool checklist, const Members& row, const Member& member, Complaints& told,
                Value& out) {
  const Form form = member.value.form;
  switch (slot.type) {
    case AttributeType::yes_no:
      if (form != Form::yes && form != Form::no) return wrong_form(told, member, "true or false");
      out = value_of(form == Form::yes);
      return true;
    case AttributeType::present:
      if (form == Form::text) return out = value_of(member.value.size > 0), true;
      if (form != Form::yes && form != Form::no) return wrong_form(told, member, "true, false or text");
      out = value_of(form == Form::yes);
      return true;
    case AttributeType::enumeration:
      return read_enumeration(words().vocabulary.enumerations[static_cast<std::size_t>(slot.enumeration)], member, told,
                              out);
    case AttributeType::enumeration_set:
      return read_set(slot, checklist, row, member, told, out);
    case AttributeType::date:
      return read_date(member, false, told, out);
    case AttributeType::datetime:
      return read_date(member, true, told, out);
    case AttributeType::count:
      return read_count(slot, member, told, out);
    case AttributeType::id:
      break;
  }
  std::uint32_t id = no_id;
  if (!read_id(member, told, id)) return false;
  if (id != no_id) out = Value{id} + 1;
  return true;
}

bool read_date(const Member& member, bool with_time, Complaints& told, Value& out) {
  if (member.value.form != Form::text)
    return wrong_form(told, member, with_time ? "a date or a local time" : "a date, YYYY-MM-DD");
  const auto text = member.value.text();
  Moment moment;
  if (!read_moment(text.data(), text.size(), moment)) {
    auto error = with_time ? parse_moment(text).error() : parse_day(text).error();
    return told.refuse(std::move(error.message), told.place(member));
  }
  if (moment.has_time()) {
    if (!with_time)
      return told.refuse(quoted(member.key_text()) + " is a date, YYYY-MM-DD, not " + quoted(text), told.place(member));
    if (local_time_kind(moment) == LocalTime::repeated)
      told.remark_on(RecordRemark::repeated_hour,
                     "the clocks went back and " + to_string(moment) + " came twice; the first is taken",
                     told.place(member), told.this_row());
  }
  out = value_of(moment);
  return true;
}

bool read_id(const Member& member, Complaints& told, std::uint32_t& out) {
  if (member.value.form != Form::text) return wrong_form(told, member, "text of 1 to 64 characters");
  const auto text = member.value.text();
  if (const auto bad = bad_id(text, told.has_escapes); !bad.empty())
    return told.trouble(RecordRemark::bad_value, "the id " + quoted(member.key_text()) + " " + std::string(bad),
                        told.place(member));
  out = told.record.ids.intern(text);
  return true;
}

}  // namespace cpc::reading
