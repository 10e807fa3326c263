#include "json/record_reader.h"

#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <memory_resource>
#include <optional>

#include "base/text.h"
#include "json/json_error.h"
#include "json/text_stream.h"

namespace cpc {
namespace {

constexpr int deepest = 32;             // only a note may be this deep; the rest of a record needs five levels
constexpr std::size_t longest_id = 64;  // characters
constexpr std::int64_t greatest_count = 1'000'000'000;
constexpr std::size_t most_text = 0xffff'ffff;  // a Record counts in 32 bits

enum class Column : std::uint8_t { attribute, event, id, at, recorded_at, withdrawn_at, child, conference, note };
constexpr int column_count = 9;
constexpr std::string_view column_names[column_count] = {
    "", "event", "id", "at", "recorded_at", "withdrawn_at", "child", "conference", "note"};

/// What the reader looks up of the vocabulary beside its own tables.
struct Words {
  const Vocabulary& vocabulary = embedded_vocabulary();
  std::vector<Column> column;                ///< Per attribute name.
  std::vector<std::uint16_t> instance_word;  ///< Per event: the attribute name of its own instance's column, or none.
  std::vector<std::int8_t> role_slot;        ///< Per event.
  Value child_role = unknown_value;
  std::uint16_t event_word = 0;
  EventId child_recorded = 0;

  Words() {
    const auto& names = vocabulary.attribute_names;
    column.assign(names.words().size(), Column::attribute);
    for (int i = 1; i < column_count; ++i) column[names.find(column_names[i])] = static_cast<Column>(i);
    event_word = names.find("event");
    child_recorded = vocabulary.event_names.find("child_recorded");
    for (std::size_t i = 0; i < vocabulary.events.size(); ++i) {
      const auto& event = vocabulary.events[i];
      const bool own = event.instance != no_kind && event.instance != static_cast<int>(Kind::conference);
      instance_word.push_back(own ? names.find(vocabulary.instances[static_cast<std::size_t>(event.instance)].name)
                                  : WordTable::none);
      role_slot.push_back(static_cast<std::int8_t>(vocabulary.slot(static_cast<EventId>(i), "role")));
    }
    const auto& roles = vocabulary.enumerations[static_cast<std::size_t>(vocabulary.enumeration("role"))];
    child_role = static_cast<Value>(roles.find("child") + 1);
  }
};

const Words& words() {
  static const Words built;
  return built;
}

enum class Form : std::uint8_t { null, no, yes, whole, number, text, list, object };

std::string_view noun(Form form) {
  static constexpr std::string_view nouns[] = {
      "null", "false", "true", "a whole number", "a fraction or a huge number", "text", "a list", "an object"};
  return nouns[static_cast<int>(form)];
}

/// A JSON value as met; texts lie in the reader's copy of the input.
struct Item {
  union {
    const char* bytes = nullptr;
    std::int64_t number;
    std::size_t first;  ///< Of a list: its first element.
  };
  std::uint32_t size = 0;
  Form form = Form::null;
  [[nodiscard]] std::string_view text() const { return {bytes, size}; }
};

constexpr std::uint16_t of_where = 0;

struct Member {
  Item value;
  const char* key = nullptr;
  std::uint32_t key_size = 0;
  std::uint16_t word =
      WordTable::none;  ///< Of Vocabulary::attribute_names; in an entry of not_recorded: of_where or none.
  [[nodiscard]] std::string_view key_text() const { return {key, key_size}; }
};

std::string join(const std::vector<std::string_view>& names, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) out.append(i ? ", " : "").append(quoted(names[i]));
  if (names.size() > most) out.append(" and ").append(std::to_string(names.size() - most)).append(" more");
  return out;
}

template <class Candidates>
std::string did_you_mean(std::string_view word, const Candidates& candidates) {
  const auto near = nearest(word, candidates);
  return near.empty() ? std::string() : "; did you mean " + quoted(near) + "?";
}

/// A guess at what was meant, else "; it takes 'a', 'b'" for a short list.
template <class Candidates>
std::string what_it_takes(std::string_view word, const Candidates& values) {
  auto guess = did_you_mean(word, values);
  if (!guess.empty() || values.size() > 8) return guess;
  return "; it takes " + join({values.begin(), values.end()}, values.size());
}

/// What is wrong with a text as an id, or empty.
std::string_view bad_id(std::string_view text, bool check_utf8) {
  if (text.empty()) return "is empty";
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  if (text.size() > longest_id &&
      static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins)) > longest_id)
    return "is longer than 64 characters";
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "has a control character";
  if (check_utf8 && first_bad_utf8(text) != std::string_view::npos) return "has half of a surrogate pair";
  return {};
}

/// A SAX handler: collects the members of one row, and reads the row when its object ends, so that the order of the
/// members does not matter. Every bool says whether to go on; a `false` leaves `error`.
class Handler {
 public:
  Handler(Reading reading, Record& record, bool has_escapes, std::pmr::memory_resource* memory)
      : reading_(reading),
        record_(record),
        has_escapes_(has_escapes),
        members_(memory),
        elements_(memory),
        pending_(memory) {
    members_.reserve(64);
    elements_.reserve(128);
  }

  std::optional<Error> error;

  bool Null() { return put(Form::null); }
  bool Bool(bool yes) { return put(yes ? Form::yes : Form::no); }
  bool Int(int number) { return Int64(number); }
  bool Uint(unsigned number) { return Int64(number); }
  bool Int64(std::int64_t number) {
    Item& item = target();
    item.number = number;
    item.form = Form::whole;
    return accept(item);
  }
  bool Uint64(std::uint64_t number) {
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return number <= most ? Int64(static_cast<std::int64_t>(number)) : put(Form::number);
  }
  bool Double(double) { return put(Form::number); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return put(Form::number); }
  bool String(const char* bytes, rapidjson::SizeType size, bool) {
    Item& item = target();
    item.bytes = bytes;
    item.size = size;
    item.form = Form::text;
    return accept(item);
  }
  bool Key(const char* bytes, rapidjson::SizeType size, bool) {
    if (state_ == State::row) {
      open_member(bytes, size).word = words_.vocabulary.attribute_names.find_padded({bytes, size});
      return true;
    }
    if (state_ == State::root) return root_key({bytes, size});
    if (state_ == State::missing_entry) open_member(bytes, size);
    if (state_ == State::missing_where) open_member(bytes, size).word = of_where;
    return true;
  }
  bool StartObject();
  bool EndObject(rapidjson::SizeType);
  bool StartArray();
  bool EndArray(rapidjson::SizeType);

  /// After the last event: what could be decided only then.
  bool finish();

  /// Begins inside a list of not_recorded rather than at a record.
  void expect_not_recorded() {
    root_key_ = RootKey::not_recorded;
    state_ = State::root;
  }
  /// The same as words with commas between them.
  bool missing_names(std::string_view list);

 private:
  enum class State : std::uint8_t {
    start,
    root,
    skipped,
    children,
    events,
    row,
    row_list,
    missing,
    missing_entry,
    missing_where,
    missing_values
  };
  enum class RootKey : std::uint8_t { cpconf, case_id, not_recorded, children, events, ignored };

  Member& open_member(const char* key, std::uint32_t size) {
    Member& member = members_.emplace_back();
    member.key = key;
    member.key_size = size;
    return member;
  }
  /// Where the next value goes: straight to its place in a row, else to `spare_`, and then through structure().
  Item& target() {
    switch (state_) {
      case State::row:
      case State::missing_entry:
      case State::missing_where:
        return members_.back().value;
      case State::row_list:
      case State::missing_values:
        return elements_.emplace_back();
      default:
        return spare_;
    }
  }
  bool accept(const Item& item) { return &item != &spare_ || structure(item); }
  bool put(Form form) {
    Item& item = target();
    item.form = form;
    return accept(item);
  }

  // Trouble. `refuse` always ends the reading; `trouble` does in strict reading and is a finding in lenient reading.
  bool refuse(std::string message, std::string place, Code code = Code::input) {
    error = Error{code, std::move(message), std::move(place), {}};
    return false;
  }
  bool trouble(RecordRemark remark, std::string says, std::string place, std::int32_t row) {
    if (reading_ == Reading::strict) return refuse(std::move(says), std::move(place));
    remark_on(remark, std::move(says), std::move(place), row);
    return true;
  }
  bool trouble(RecordRemark remark, std::string says, std::string place) {
    return trouble(remark, std::move(says), std::move(place), this_row());
  }
  void remark_on(RecordRemark remark, std::string says, std::string place, std::int32_t row) {
    record_.findings.push_back({remark, row, std::move(says), std::move(place)});
  }
  [[nodiscard]] std::int32_t this_row() const { return static_cast<std::int32_t>(record_.rows.size()) - 1; }
  [[nodiscard]] std::string list_place() const {
    return std::string(list_ == State::children ? "/children/"
                       : list_ == State::events ? "/events/"
                                                : "/not_recorded/") +
           std::to_string(position_);
  }
  [[nodiscard]] std::string place(const Member& member) const {
    return list_place().append("/").append(words_.vocabulary.attribute_names.word(member.word));
  }
  [[nodiscard]] std::string place(const Member& member, std::size_t element) const {
    return place(member).append("/").append(std::to_string(element));
  }

  bool structure(const Item& item);
  bool root_key(std::string_view key);
  bool root_scalar(const Item& item);
  bool skip();
  void leave_skipped();
  bool open_rows(State state);
  bool open_row(State state);

  // Rows.
  bool read_row();
  std::optional<EventId> event_of_row(bool& go_on);
  bool read_members(EventId event, bool from_children);
  bool read_column(Column column, const Member& member, Row& row);
  bool unknown_attribute(const Member& member, const EventType& event);
  bool twice(const Member& member);
  bool wrong_form(const Member& member, std::string_view wanted);
  bool check_row(EventId event);
  bool check_child(EventId event);
  bool check_lists(EventId event);
  bool read_children(const Member& member);
  bool add_child(const Item& item, std::size_t element, bool in_list);
  bool read_slot(const Slot& slot, const Member& member, Value& out);
  bool read_enumeration(const Enumeration& enumeration, const Member& member, Value& out);
  bool read_set(const Slot& slot, const Member& member, Value& out);
  bool read_count(const Slot& slot, const Member& member, Value& out);
  bool read_date(const Member& member, bool with_time, Value& out);
  bool read_id(const Member& member, std::uint32_t& out);
  std::string unknown_child(std::string_view id) const;
  bool resolve_pending();
  bool check_row_ids();

  // What the host does not record.
  bool missing_name(std::string_view name);
  bool missing_entry();
  bool missing_test(const Member& member, NotRecorded& entry);

  struct PendingChild {
    std::uint32_t row;
    std::uint32_t position;
    std::string_view id;
    std::int32_t element;  ///< -1: the column is no list.
  };

  const Words& words_ = words();
  const Reading reading_;
  Record& record_;
  const bool has_escapes_;
  State state_ = State::start;
  State list_ = State::events;
  RootKey root_key_ = RootKey::ignored;
  State after_skip_ = State::start;
  int skipping_ = 0;  ///< Levels of a value that nothing is read from.
  Item spare_;
  std::uint32_t position_ = 0;
  std::uint32_t root_seen_ = 0;
  bool children_known_ = false;
  int children_named_ = 0;  ///< In the `child` column of this row.
  bool where_seen_ = false;
  std::pmr::vector<Member> members_;
  std::pmr::vector<Item> elements_;
  std::pmr::vector<PendingChild> pending_;
};

// ---- The shape of the document -----------------------------------------------------------------------------------

bool Handler::structure(const Item& item) {
  switch (state_) {
    case State::skipped:
      return true;
    case State::root:
      return root_scalar(item);
    case State::start:
      return refuse("a record is an object, not " + std::string(noun(item.form)), "");
    case State::missing:
      if (item.form == Form::text) {
        const bool known = missing_name(item.text());
        ++position_;
        return known;
      }
      return refuse("an entry of not_recorded is text or an object, not " + std::string(noun(item.form)), list_place());
    default:
      return refuse("a row is an object, not " + std::string(noun(item.form)), list_place());
  }
}

bool Handler::root_key(std::string_view key) {
  static constexpr std::string_view names[] = {"cpconf", "case", "not_recorded", "children", "events"};
  const auto at = std::find(std::begin(names), std::end(names), key);
  if (at == std::end(names)) {
    root_key_ = RootKey::ignored;
    if (key == "note" || key == "$schema") return true;
    return trouble(RecordRemark::unknown_attribute, "a record has no key " + quoted(key) + did_you_mean(key, names), "",
                   -1);
  }
  root_key_ = static_cast<RootKey>(at - std::begin(names));
  const auto bit = 1U << static_cast<int>(root_key_);
  if (root_seen_ & bit) return refuse("'" + std::string(*at) + "' is given twice", "/" + std::string(*at));
  root_seen_ |= bit;
  return true;
}

bool Handler::root_scalar(const Item& item) {
  const auto wanted = [&](std::string_view what, const char* place) {
    return refuse("'" + std::string(place + 1) + "' is " + std::string(what) + ", not " + std::string(noun(item.form)),
                  place);
  };
  switch (root_key_) {
    case RootKey::ignored:
      return true;
    case RootKey::cpconf:
      if (item.form != Form::whole) return wanted("1, the version of the format that this library takes", "/cpconf");
      if (item.number == 1) return true;
      return refuse("format version " + std::to_string(item.number) + " is not known; this library takes 1", "/cpconf");
    case RootKey::case_id:
      if (item.form == Form::null) return true;
      if (item.form != Form::text) return wanted("text of 1 to 64 characters", "/case");
      if (const auto bad = bad_id(item.text(), has_escapes_); !bad.empty())
        return refuse("the id 'case' " + std::string(bad), "/case");
      record_.case_id = item.text();
      return true;
    case RootKey::not_recorded:
      return wanted("a list", "/not_recorded");
    case RootKey::children:
      return wanted("a list of rows", "/children");
    case RootKey::events:
      break;
  }
  return wanted("a list of rows", "/events");
}

/// Enters a value that nothing is read from.
bool Handler::skip() {
  if (state_ != State::skipped) after_skip_ = state_;
  state_ = State::skipped;
  if (++skipping_ <= deepest) return true;
  return refuse("nested deeper than " + std::to_string(deepest) + " levels",
                after_skip_ == State::root ? "" : list_place());
}

void Handler::leave_skipped() {
  if (--skipping_ == 0) state_ = after_skip_;
}

bool Handler::open_rows(State state) {
  list_ = state_ = state;
  position_ = 0;
  return true;
}

bool Handler::open_row(State state) {
  state_ = state;
  where_seen_ = false;
  members_.clear();
  elements_.clear();
  return true;
}

bool Handler::StartObject() {
  switch (state_) {
    case State::row:
      break;
    case State::start:
      state_ = State::root;
      return true;
    case State::children:
    case State::events:
      return open_row(State::row);
    case State::missing:
      return open_row(State::missing_entry);
    case State::missing_entry:
      if (members_.back().key_text() != "where") break;
      if (where_seen_) return refuse("'where' is given twice", list_place());
      where_seen_ = true;
      members_.pop_back();
      state_ = State::missing_where;
      return true;
    case State::skipped:
      return skip();
    case State::root:
      if (root_key_ == RootKey::ignored) return skip();
      break;
    default:
      break;
  }
  return put(Form::object) && skip();
}

bool Handler::EndObject(rapidjson::SizeType) {
  switch (state_) {
    case State::skipped:
      leave_skipped();
      return true;
    case State::row:
    case State::missing_entry: {
      const bool go_on = list_ == State::missing ? missing_entry() : read_row();
      state_ = list_;
      ++position_;
      return go_on;
    }
    case State::missing_where:
      state_ = State::missing_entry;
      return true;
    default:
      return true;
  }
}

bool Handler::StartArray() {
  switch (state_) {
    case State::row:
    case State::missing_where: {
      Item& list = members_.back().value;
      list.first = elements_.size();
      list.form = Form::list;
      state_ = state_ == State::row ? State::row_list : State::missing_values;
      return true;
    }
    case State::skipped:
      return skip();
    case State::root:
      if (root_key_ == RootKey::children) return open_rows(State::children);
      if (root_key_ == RootKey::events) return open_rows(State::events);
      if (root_key_ == RootKey::not_recorded) return open_rows(State::missing);
      if (root_key_ == RootKey::ignored) return skip();
      break;
    default:
      break;
  }
  return put(Form::list) && skip();
}

bool Handler::EndArray(rapidjson::SizeType) {
  switch (state_) {
    case State::skipped:
      leave_skipped();
      return true;
    case State::row_list:
    case State::missing_values: {
      Item& list = members_.back().value;
      list.size = static_cast<std::uint32_t>(elements_.size() - list.first);
      state_ = state_ == State::row_list ? State::row : State::missing_where;
      return true;
    }
    case State::children:
      children_known_ = true;
      [[fallthrough]];
    default:
      state_ = State::root;
      return true;
  }
}

bool Handler::finish() {
  if (!(root_seen_ & 1U << static_cast<int>(RootKey::cpconf)))
    return refuse("a record says \"cpconf\": 1, the version of its format", "");
  return resolve_pending() && check_row_ids();
}

// ---- Rows --------------------------------------------------------------------------------------------------------

bool Handler::read_row() {
  if (list_ == State::children) return read_members(words_.child_recorded, true);
  bool go_on = true;
  const auto event = event_of_row(go_on);
  return event ? read_members(*event, false) : go_on;
}

std::optional<EventId> Handler::event_of_row(bool& go_on) {
  const auto at = std::find_if(members_.begin(), members_.end(),
                               [&](const Member& member) { return member.word == words_.event_word; });
  const auto leave_out = [&](std::string says) {
    go_on = trouble(RecordRemark::unknown_event, std::move(says), list_place(), -1);
    return std::nullopt;
  };
  if (at == members_.end()) return leave_out("the row names no event");
  if (at->value.form != Form::text)
    return leave_out("'event' is the name of an event type, not " + std::string(noun(at->value.form)));
  const auto name = at->value.text();
  const auto event = words_.vocabulary.event_names.find_padded(name);
  if (event == WordTable::none)
    return leave_out("unknown event " + quoted(name) + did_you_mean(name, words_.vocabulary.event_names.words()));
  return event;
}

bool Handler::read_members(EventId event_id, bool from_children) {
  const auto& event = words_.vocabulary.events[event_id];
  Row& row = record_.add_row(event_id);
  row.position = position_;
  row.from_children = from_children;
  std::uint64_t seen = 0;
  children_named_ = 0;
  for (const Member& member : members_) {
    if (member.word == WordTable::none) {
      if (!unknown_attribute(member, event)) return false;
      continue;
    }
    const auto column = words_.column[member.word];
    if (column == Column::note) continue;
    const int slot = words_.vocabulary.slot(event_id, member.word);
    const bool own = words_.instance_word[event_id] == member.word;
    const bool known = column != Column::attribute ? !from_children || column == Column::child : slot >= 0 || own;
    if (!known) {
      if (!unknown_attribute(member, event)) return false;
      continue;
    }
    const auto bit = std::uint64_t{1} << (slot >= 0 ? slot + column_count : static_cast<int>(column));
    if (seen & bit) {
      if (!twice(member)) return false;
      continue;
    }
    seen |= bit;
    if (member.value.form == Form::null) continue;
    const bool go_on = slot >= 0 ? read_slot(event.slots[static_cast<std::size_t>(slot)], member,
                                             record_.values[row.values + static_cast<std::size_t>(slot)])
                                 : read_column(column, member, row);
    if (!go_on) return false;
  }
  return check_row(event_id);
}

bool Handler::read_column(Column column, const Member& member, Row& row) {
  switch (column) {
    case Column::event:
      return true;
    case Column::id:
      return read_id(member, row.id);
    case Column::at:
      return read_date(member, true, row.at);
    case Column::recorded_at:
      return read_date(member, true, row.recorded_at);
    case Column::withdrawn_at:
      return read_date(member, true, row.withdrawn_at);
    case Column::child:
      return read_children(member);
    case Column::conference:
      if (words_.vocabulary.events[row.event].conference == ConferenceColumn::none)
        return unknown_attribute(member, words_.vocabulary.events[row.event]);
      return read_id(member, row.conference);
    case Column::attribute:
    case Column::note:
      break;
  }
  return read_id(member, row.instance);  // the column of the event's own instance
}

bool Handler::unknown_attribute(const Member& member, const EventType& event) {
  const auto name = member.key_text();
  if (name == "$schema") return true;
  const auto& names = words_.vocabulary.attribute_names;
  std::vector<std::string_view> takes;
  const bool child_row = list_ == State::children;
  for (const auto& slot : event.slots) takes.push_back(names.word(slot.attribute));
  for (int i = 1; i < column_count; ++i) {
    const auto column = static_cast<Column>(i);
    const bool allowed = child_row ? column == Column::child
                                   : column != Column::conference || event.conference != ConferenceColumn::none;
    if (allowed) takes.push_back(column_names[i]);
  }
  const auto own = words_.instance_word[static_cast<std::size_t>(&event - words_.vocabulary.events.data())];
  if (own != WordTable::none) takes.push_back(names.word(own));
  return trouble(
      RecordRemark::unknown_attribute,
      (child_row ? "a child" : event.name) + " has no attribute " + quoted(name) + what_it_takes(name, takes),
      list_place());
}

bool Handler::twice(const Member& member) {
  return trouble(RecordRemark::duplicate_key, quoted(member.key_text()) + " is given twice", place(member));
}

bool Handler::wrong_form(const Member& member, std::string_view wanted) {
  std::string says = quoted(member.key_text()) + " is " + std::string(wanted);
  return trouble(RecordRemark::bad_value, says + ", not " + std::string(noun(member.value.form)), place(member));
}

bool Handler::check_row(EventId event_id) {
  const auto& event = words_.vocabulary.events[event_id];
  const Row& row = record_.rows.back();
  if (event.conference == ConferenceColumn::required && row.conference == no_id &&
      !trouble(RecordRemark::missing_conference, event.name + " needs the id of its conference", list_place()))
    return false;
  return check_child(event_id) && (event.covered < 0 || check_lists(event_id));
}

bool Handler::check_child(EventId event_id) {
  const auto& event = words_.vocabulary.events[event_id];
  Row& row = record_.rows.back();
  if (row.from_children) return row.children || refuse("a row of children needs the child's id", list_place());
  if (event.per_child || children_named_ == 0) return true;
  const int role = words_.role_slot[event_id];
  const bool about_child =
      role >= 0 && record_.values[row.values + static_cast<std::size_t>(role)] == words_.child_role;
  if (about_child && children_named_ == 1) return true;
  row.children = 0;
  while (!pending_.empty() && pending_.back().row == record_.rows.size() - 1) pending_.pop_back();
  return trouble(RecordRemark::bad_value,
                 role < 0 ? event.name + " is not about one child: it has no 'child'"
                          : event.name + " names a child only where 'role' is 'child', and then one",
                 list_place() + "/child");
}

bool Handler::check_lists(EventId event_id) {
  const auto& event = words_.vocabulary.events[event_id];
  const auto slots = record_.slots(record_.rows.back());
  Value& covered = slots[static_cast<std::size_t>(event.covered)];
  Value& not_covered = slots[static_cast<std::size_t>(event.not_covered)];
  auto clash = members_of(covered) & members_of(not_covered);
  if (clash == 0) return true;
  covered &= ~clash;
  not_covered &= ~clash;
  const auto enumeration = event.slots[static_cast<std::size_t>(event.covered)].enumeration;
  const auto& items = words_.vocabulary.enumerations[static_cast<std::size_t>(enumeration)].values;
  for (; clash != 0; clash &= clash - 1)
    if (!trouble(RecordRemark::bad_value,
                 quoted(items[static_cast<std::size_t>(std::countr_zero(clash))]) +
                     " stands in both 'covered' and 'not_covered'",
                 list_place() + "/not_covered"))
      return false;
  return true;
}

// ---- Children ----------------------------------------------------------------------------------------------------

bool Handler::read_children(const Member& member) {
  const Item& value = member.value;
  if (value.form == Form::text) return add_child(value, 0, false);
  if (value.form != Form::list || list_ == State::children)
    return refuse(std::string("'child' is ") +
                      (list_ == State::children ? "the id of a child" : "an id or a list of ids") + ", not " +
                      std::string(noun(value.form)),
                  place(member));
  if (value.size == 0) return refuse("'child' lists nobody; leave it out to mean all subject children", place(member));
  for (std::size_t i = 0; i < value.size; ++i) {
    const Item& item = elements_[value.first + i];
    if (item.form != Form::text)
      return refuse("the id of a child is text, not " + std::string(noun(item.form)), place(member, i));
    if (!add_child(item, i, true)) return false;
  }
  return true;
}

bool Handler::add_child(const Item& item, std::size_t element, bool in_list) {
  Row& row = record_.rows.back();
  ++children_named_;
  const auto here = [&] { return list_place() + "/child" + (in_list ? "/" + std::to_string(element) : ""); };
  if (list_ == State::children) {
    if (const auto bad = bad_id(item.text(), has_escapes_); !bad.empty())
      return refuse("the id of a child " + std::string(bad), here());
    const int number = record_.add_child(record_.ids.intern(item.text()));
    if (number < 0) return refuse("a record has at most " + std::to_string(most_children) + " children", list_place());
    row.children = std::uint64_t{1} << number;
    return true;
  }
  if (!children_known_) {
    const auto row_number = static_cast<std::uint32_t>(record_.rows.size() - 1);
    pending_.push_back({row_number, position_, item.text(), in_list ? static_cast<std::int32_t>(element) : -1});
    return true;
  }
  const auto id = record_.ids.find(item.text());
  const int number = id < 0 ? -1 : record_.child(static_cast<std::uint32_t>(id));
  if (number < 0) return refuse(unknown_child(item.text()), here());
  const auto bit = std::uint64_t{1} << number;
  if (row.children & bit) return trouble(RecordRemark::bad_value, quoted(item.text()) + " is named twice", here());
  row.children |= bit;
  return true;
}

std::string Handler::unknown_child(std::string_view id) const {
  std::vector<std::string_view> known;
  for (const auto child : record_.children) known.push_back(record_.ids.text(child));
  if (known.empty()) return "unknown child " + quoted(id) + "; the record lists no children";
  return "unknown child " + quoted(id) + "; the record lists " + join(known, 12);
}

/// Children named before (or without) the list of children. A record without that list is told of its children by
/// `child_recorded` rows; one with it names them all there.
bool Handler::resolve_pending() {
  if (pending_.empty()) return true;
  list_ = State::events;
  if (!children_known_) {
    std::pmr::vector<std::string_view> found(pending_.get_allocator());
    for (const auto& p : pending_)
      if (record_.rows[p.row].event == words_.child_recorded) found.push_back(p.id);
    std::sort(found.begin(), found.end());  // so that the order of the rows does not matter
    for (const auto id : found) {
      if (!bad_id(id, has_escapes_).empty()) continue;  // told below, with its place
      if (record_.add_child(record_.ids.intern(id)) < 0)
        return refuse("a record has at most " + std::to_string(most_children) + " children", "/events");
    }
  }
  for (const auto& p : pending_) {
    position_ = p.position;
    auto here = list_place() + "/child" + (p.element < 0 ? "" : "/" + std::to_string(p.element));
    if (const auto bad = bad_id(p.id, has_escapes_); !bad.empty())
      return refuse("the id of a child " + std::string(bad), std::move(here));
    const auto id = record_.ids.find(p.id);
    const int number = id < 0 ? -1 : record_.child(static_cast<std::uint32_t>(id));
    if (number < 0) return refuse(unknown_child(p.id), std::move(here));
    const auto bit = std::uint64_t{1} << number;
    auto& children = record_.rows[p.row].children;
    if ((children & bit) && !trouble(RecordRemark::bad_value, quoted(p.id) + " is named twice", std::move(here),
                                     static_cast<std::int32_t>(p.row)))
      return false;
    children |= bit;
  }
  return true;
}

bool Handler::check_row_ids() {
  std::pmr::vector<std::pair<std::uint32_t, std::uint32_t>> named(pending_.get_allocator());
  for (std::uint32_t i = 0; i < record_.rows.size(); ++i)
    if (record_.rows[i].id != no_id) named.emplace_back(record_.rows[i].id, i);
  std::sort(named.begin(), named.end());
  for (std::size_t i = 1; i < named.size(); ++i) {
    if (named[i].first != named[i - 1].first) continue;
    list_ = State::events;
    position_ = record_.rows[named[i].second].position;
    if (!trouble(RecordRemark::bad_value, "two rows have the id " + quoted(record_.ids.text(named[i].first)),
                 list_place() + "/id", static_cast<std::int32_t>(named[i].second)))
      return false;
  }
  return true;
}

// ---- Values ------------------------------------------------------------------------------------------------------

bool Handler::read_slot(const Slot& slot, const Member& member, Value& out) {
  const Form form = member.value.form;
  switch (slot.type) {
    case AttributeType::yes_no:
      if (form != Form::yes && form != Form::no) return wrong_form(member, "true or false");
      out = value_of(form == Form::yes);
      return true;
    case AttributeType::present:
      if (form == Form::text) return out = value_of(member.value.size > 0), true;
      if (form != Form::yes && form != Form::no) return wrong_form(member, "true, false or text");
      out = value_of(form == Form::yes);
      return true;
    case AttributeType::enumeration:
      return read_enumeration(words_.vocabulary.enumerations[static_cast<std::size_t>(slot.enumeration)], member, out);
    case AttributeType::enumeration_set:
      return read_set(slot, member, out);
    case AttributeType::date:
      return read_date(member, false, out);
    case AttributeType::datetime:
      return read_date(member, true, out);
    case AttributeType::count:
      return read_count(slot, member, out);
    case AttributeType::id:
      break;
  }
  std::uint32_t id = no_id;
  if (!read_id(member, id)) return false;
  if (id != no_id) out = Value{id} + 1;
  return true;
}

bool Handler::read_enumeration(const Enumeration& enumeration, const Member& member, Value& out) {
  if (member.value.form != Form::text) return wrong_form(member, "one word of a closed list");
  const auto word = member.value.text();
  const auto at = enumeration.words.find_padded(word);
  if (at == WordTable::none)
    return trouble(RecordRemark::unlisted_value,
                   quoted(member.key_text()) + " cannot be " + quoted(word) + what_it_takes(word, enumeration.values),
                   place(member));
  out = Value{at} + 1;
  return true;
}

bool Handler::read_set(const Slot& slot, const Member& member, Value& out) {
  if (member.value.form != Form::list) return wrong_form(member, "a list of words");
  const auto& enumeration = words_.vocabulary.enumerations[static_cast<std::size_t>(slot.enumeration)];
  Value set = given_bit;
  bool whole = true;
  for (std::size_t i = 0; i < member.value.size; ++i) {
    const Item& item = elements_[member.value.first + i];
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
    if (!trouble(remark, std::move(says), place(member, i))) return false;
  }
  // A plain set says what is not in it too: with an item lost it says nothing. A checklist says only what it names.
  const auto& event = words_.vocabulary.events[record_.rows.back().event];
  const auto number = static_cast<int>(&slot - event.slots.data());
  if (whole || number == event.covered || number == event.not_covered) out = set;
  return true;
}

bool Handler::read_count(const Slot& slot, const Member& member, Value& out) {
  if (member.value.form != Form::whole) return wrong_form(member, "a whole number, zero or more");
  const auto number = member.value.number;
  const auto most = slot.max >= 0 ? slot.max : greatest_count;
  if (number < 0 || number > most)
    return trouble(
        RecordRemark::bad_value,
        quoted(member.key_text()) + " lies between 0 and " + std::to_string(most) + ", not " + std::to_string(number),
        place(member));
  out = static_cast<Value>(number) + 1;
  return true;
}

bool Handler::read_date(const Member& member, bool with_time, Value& out) {
  if (member.value.form != Form::text)
    return wrong_form(member, with_time ? "a date or a local time" : "a date, YYYY-MM-DD");
  const auto text = member.value.text();
  Moment moment;
  if (!read_moment(text.data(), text.size(), moment)) {
    auto told = with_time ? parse_moment(text).error() : parse_day(text).error();
    return refuse(std::move(told.message), place(member));
  }
  if (moment.has_time()) {
    if (!with_time)
      return refuse(quoted(member.key_text()) + " is a date, YYYY-MM-DD, not " + quoted(text), place(member));
    if (local_time_kind(moment) == LocalTime::repeated)
      remark_on(RecordRemark::repeated_hour,
                "the clocks went back and " + to_string(moment) + " came twice; the first is taken", place(member),
                this_row());
  }
  out = value_of(moment);
  return true;
}

bool Handler::read_id(const Member& member, std::uint32_t& out) {
  if (member.value.form != Form::text) return wrong_form(member, "text of 1 to 64 characters");
  const auto text = member.value.text();
  if (const auto bad = bad_id(text, has_escapes_); !bad.empty())
    return trouble(RecordRemark::bad_value, "the id " + quoted(member.key_text()) + " " + std::string(bad),
                   place(member));
  out = record_.ids.intern(text);
  return true;
}

// ---- What the host does not record -------------------------------------------------------------------------------

bool Handler::missing_name(std::string_view name) {
  const auto& vocabulary = words_.vocabulary;
  const auto dot = name.find('.');
  const auto event_name = name.substr(0, dot);
  const auto event = vocabulary.event_names.find(event_name);
  if (event == WordTable::none)
    return refuse("unknown event " + quoted(event_name) + did_you_mean(event_name, vocabulary.event_names.words()),
                  list_place());
  NotRecorded entry;
  entry.event = event;
  if (dot != std::string_view::npos) {
    const auto attribute = name.substr(dot + 1);
    entry.attribute_slot = static_cast<std::int8_t>(vocabulary.slot(event, attribute));
    if (entry.attribute_slot < 0) {
      std::vector<std::string_view> takes;
      for (const auto& slot : vocabulary.events[event].slots)
        takes.push_back(vocabulary.attribute_names.word(slot.attribute));
      return refuse(std::string(event_name) + " has no attribute " + quoted(attribute) + did_you_mean(attribute, takes),
                    list_place());
    }
  }
  record_.not_recorded.push_back(std::move(entry));
  return true;
}

bool Handler::missing_names(std::string_view list) {
  list_ = State::missing;
  constexpr std::string_view blank = " \t\r\n";
  for (; !list.empty(); ++position_) {
    const auto comma = std::min(list.find(','), list.size());
    auto name = list.substr(0, comma);
    name.remove_prefix(std::min(name.find_first_not_of(blank), name.size()));
    name = name.substr(0, name.find_last_not_of(blank) + 1);
    if (!missing_name(name)) return false;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return true;
}

/// {"event": …, "where": {attribute: [values]}}
bool Handler::missing_entry() {
  NotRecorded entry;
  bool has_event = false;
  for (const Member& member : members_) {
    const auto name = member.key_text();
    if (member.word == of_where || name == "note" || name == "$schema") continue;
    if (name == "where")
      return refuse("'where' is an object, not " + std::string(noun(member.value.form)), list_place());
    if (name != "event")
      return refuse("an entry of not_recorded has an 'event' and a 'where', not " + quoted(name), list_place());
    if (has_event) return refuse("'event' is given twice", list_place());
    if (member.value.form != Form::text)
      return refuse("'event' is the name of an event type, not " + std::string(noun(member.value.form)), list_place());
    const auto event = words_.vocabulary.event_names.find(member.value.text());
    if (event == WordTable::none)
      return refuse("unknown event " + quoted(member.value.text()) +
                        did_you_mean(member.value.text(), words_.vocabulary.event_names.words()),
                    list_place() + "/event");
    entry.event = event;
    has_event = true;
  }
  if (!has_event) return refuse("an entry of not_recorded needs an event", list_place());
  for (const Member& member : members_)
    if (member.word == of_where && !missing_test(member, entry)) return false;
  record_.not_recorded.push_back(std::move(entry));
  return true;
}

bool Handler::missing_test(const Member& member, NotRecorded& entry) {
  const auto& vocabulary = words_.vocabulary;
  const auto name = member.key_text();
  const int slot_number = vocabulary.slot(entry.event, name);
  if (slot_number < 0) {
    std::vector<std::string_view> takes;
    const auto& event = vocabulary.events[entry.event];
    for (const auto& slot : event.slots) takes.push_back(vocabulary.attribute_names.word(slot.attribute));
    return refuse(event.name + " has no attribute " + quoted(name) + did_you_mean(name, takes),
                  list_place() + "/where");
  }
  const auto& slot = vocabulary.events[entry.event].slots[static_cast<std::size_t>(slot_number)];
  const auto here = list_place() + "/where/" + std::string(name);
  if (member.value.form != Form::list || member.value.size == 0)
    return refuse(quoted(name) + " is a list of values here, not " + std::string(noun(member.value.form)), here);
  NotRecorded::Test test;
  test.slot = static_cast<std::int8_t>(slot_number);
  for (std::size_t i = 0; i < member.value.size; ++i) {
    const Item& item = elements_[member.value.first + i];
    const auto element = here + "/" + std::to_string(i);
    if (slot.type == AttributeType::yes_no) {
      if (item.form != Form::yes && item.form != Form::no)
        return refuse(quoted(name) + " is true or false, not " + std::string(noun(item.form)), element);
      test.values |= item.form == Form::yes ? 2 : 1;
      continue;
    }
    const auto* enumeration = slot.type == AttributeType::enumeration
                                  ? &vocabulary.enumerations[static_cast<std::size_t>(slot.enumeration)]
                                  : nullptr;
    if (!enumeration || !enumeration->has_sets())
      return refuse(quoted(name) + " cannot narrow what is not recorded: only yes/no facts and short lists can", here);
    const int at = item.form == Form::text ? enumeration->find(item.text()) : -1;
    if (at < 0)
      return refuse(quoted(name) + " cannot be " +
                        (item.form == Form::text ? quoted(item.text()) + what_it_takes(item.text(), enumeration->values)
                                                 : std::string(noun(item.form))),
                    element);
    test.values |= std::uint64_t{1} << at;
  }
  entry.where.push_back(test);
  return true;
}

/// A copy of the text that is parsed in place, with the pass over it that RapidJSON does not make.
struct Copy {
  char* text = nullptr;
  std::size_t skipped = 0;  ///< Bytes of a byte order mark.
  bool has_escapes = false;
};

Result<Copy> copy_of(std::string_view json, std::vector<char>& memory) {
  const auto syntax = [&](std::string message, std::size_t offset) {
    return Error{Code::syntax, std::move(message), line_and_column(json, offset), {}};
  };
  if (json.size() >= most_text) return syntax("the text is longer than 4 GiB", 0);
  if (const auto bad = first_bad_utf8(json); bad != std::string_view::npos) return syntax("the text is not UTF-8", bad);
  if (const auto nul = json.find('\0'); nul != std::string_view::npos) return syntax("a NUL byte is not JSON", nul);
  if (memory.size() < json.size() + WordTable::padding) memory.resize(json.size() + WordTable::padding);
  std::memcpy(memory.data(), json.data(), json.size());
  std::memset(memory.data() + json.size(), 0, WordTable::padding);
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const std::size_t skipped = json.starts_with(mark) ? mark.size() : 0;
  return Copy{memory.data() + skipped, skipped, json.find('\\') != std::string_view::npos};
}

/// Parses `json` into the handler that `begin` prepared; `end` follows when all of it was accepted.
template <class Begin, class End>
Result<Done> parse(std::string_view json, Reading reading, Record& record, Begin begin, End end) {
  const auto copy = copy_of(json, record.scratch);
  if (!copy) return copy.error();
  std::array<std::byte, 8192> memory;
  std::pmr::monotonic_buffer_resource resource(memory.data(), memory.size());
  Handler handler(reading, record, copy->has_escapes, &resource);
  begin(handler);
  TextStream stream(copy->text);
  rapidjson::Reader reader;
  const auto parsed = reader.Parse<rapidjson::kParseInsituFlag>(stream, handler);
  if (handler.error) return *handler.error;
  if (parsed.IsError()) return json_error(json, parsed.Code(), copy->skipped + parsed.Offset());
  if (!end(handler)) return *handler.error;
  return Done{};
}

}  // namespace

Result<Done> read_record(std::string_view json, Reading reading, Record& record) {
  record.clear();
  record.vocabulary = &embedded_vocabulary();
  auto done = parse(
      json, reading, record, [](Handler&) {}, [](Handler& handler) { return handler.finish(); });
  if (!done) record.clear();  // nothing half read is left to be taken for a record
  return done;
}

Result<Done> add_not_recorded(std::string_view list, Record& record) {
  const auto start = list.find_first_not_of(" \t\r\n");
  record.vocabulary = &embedded_vocabulary();
  const auto before = record.not_recorded.size();
  const auto done = [&]() -> Result<Done> {
    if (start != std::string_view::npos && list[start] == '[')
      return parse(
          list, Reading::strict, record, [](Handler& handler) { handler.expect_not_recorded(); },
          [](Handler&) { return true; });
    Handler handler(Reading::strict, record, false, std::pmr::get_default_resource());
    return handler.missing_names(list) ? Result<Done>(Done{}) : *handler.error;
  }();
  if (!done) record.not_recorded.resize(before);
  return done;
}

}  // namespace cpc
