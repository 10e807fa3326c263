#include "json/record_reader.h"

#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <memory_resource>

#include "base/text.h"
#include "json/json_error.h"
#include "json/not_recorded_reader.h"
#include "json/record_parts.h"
#include "json/row_reader.h"
#include "json/text_stream.h"

namespace cpc {
namespace {

using namespace reading;

constexpr int deepest = 32;                     // only a note may be this deep; the rest of a record needs five levels
constexpr std::size_t most_text = 0xffff'ffff;  // a Record counts in 32 bits

/// A SAX handler: knows the shape of a record, and collects the members of each row and entry for their readers.
/// Every bool says whether to go on; a `false` leaves an error in the complaints.
class Handler {
 public:
  Handler(Complaints& told, std::pmr::memory_resource* memory)
      : told_(told), rows_(told, memory), members_(memory), elements_(memory) {
    members_.reserve(64);
    elements_.reserve(128);
  }

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
    if (state_ == State::entry) open_member(bytes, size);
    if (state_ == State::where) open_member(bytes, size).word = of_where;
    return true;
  }
  bool StartObject();
  bool EndObject(rapidjson::SizeType);
  bool StartArray();
  bool EndArray(rapidjson::SizeType);

  /// After the last row: what can be decided only then.
  bool finish();
  /// Begins at a list of not_recorded rather than at a record.
  void expect_not_recorded() {
    root_key_ = RootKey::not_recorded;
    state_ = State::root;
  }

 private:
  enum class State : std::uint8_t {
    start,       ///< Before the record.
    root,        ///< Among its keys.
    skipped,     ///< In a value that nothing is read from.
    rows,        ///< In the list of children or of events.
    row,         ///< In a row of it.
    row_list,    ///< In a list within a row.
    entries,     ///< In the list not_recorded.
    entry,       ///< In an object of it.
    where,       ///< In the `where` of that.
    where_list,  ///< In a list of values there.
  };
  enum class RootKey : std::uint8_t { cpconf, case_id, not_recorded, children, events, ignored };

  Member& open_member(const char* key, std::uint32_t size) {
    Member& member = members_.emplace_back();
    member.key = key;
    member.key_size = size;
    return member;
  }
  /// Where the next value goes: straight to its place among the members, else to `spare_` and through structure().
  Item& target() {
    switch (state_) {
      case State::row:
      case State::entry:
      case State::where:
        return members_.back().value;
      case State::row_list:
      case State::where_list:
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

  bool structure(const Item& item);
  bool root_key(std::string_view key);
  bool root_value(const Item& item);
  bool skip();
  bool open_list();
  bool open_members(State state);
  [[nodiscard]] Members members() const { return {members_, elements_}; }

  const Words& words_ = words();
  Complaints& told_;
  RowReader rows_;
  State state_ = State::start;
  State after_skip_ = State::start;
  RootKey root_key_ = RootKey::ignored;
  bool where_seen_ = false;
  int skipping_ = 0;  ///< Levels of the skipped value.
  std::uint32_t root_seen_ = 0;
  Item spare_;
  std::pmr::vector<Member> members_;
  std::pmr::vector<Item> elements_;
};

/// A value that is no member of a row or entry.
bool Handler::structure(const Item& item) {
  switch (state_) {
    case State::skipped:
      return true;
    case State::root:
      return root_value(item);
    case State::start:
      return told_.refuse("a record is an object, not " + std::string(noun(item.form)), "");
    case State::entries:
      if (item.form == Form::text) {
        const bool known = read_not_recorded(item.text(), told_);
        ++told_.position;
        return known;
      }
      return told_.refuse("an entry of not_recorded is text or an object, not " + std::string(noun(item.form)),
                          told_.row_place());
    default:
      return told_.refuse("a row is an object, not " + std::string(noun(item.form)), told_.row_place());
  }
}

bool Handler::root_key(std::string_view key) {
  static constexpr std::string_view names[] = {"cpconf", "case", "not_recorded", "children", "events"};
  const auto at = std::find(std::begin(names), std::end(names), key);
  if (at == std::end(names)) {
    root_key_ = RootKey::ignored;
    if (key == "note" || key == "$schema") return true;
    return told_.trouble(RecordRemark::unknown_attribute,
                         "a record has no key " + quoted(key) + did_you_mean(key, names), "", -1);
  }
  root_key_ = static_cast<RootKey>(at - std::begin(names));
  const auto bit = 1U << static_cast<int>(root_key_);
  if (root_seen_ & bit) return told_.refuse("'" + std::string(*at) + "' is given twice", "/" + std::string(*at));
  root_seen_ |= bit;
  return true;
}

bool Handler::root_value(const Item& item) {
  const auto wanted = [&](std::string_view what, const char* place) {
    return told_.refuse(
        "'" + std::string(place + 1) + "' is " + std::string(what) + ", not " + std::string(noun(item.form)), place);
  };
  switch (root_key_) {
    case RootKey::ignored:
      return true;
    case RootKey::cpconf:
      if (item.form != Form::whole) return wanted("1, the version of the format that this library takes", "/cpconf");
      if (item.number == 1) return true;
      return told_.refuse("format version " + std::to_string(item.number) + " is not known; this library takes 1",
                          "/cpconf");
    case RootKey::case_id:
      if (item.form == Form::null) return true;
      if (item.form != Form::text) return wanted("text of 1 to 64 characters", "/case");
      if (const auto bad = bad_id(item.text(), told_.has_escapes); !bad.empty())
        return told_.refuse("the id 'case' " + std::string(bad), "/case");
      told_.record.case_id = item.text();
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
  return told_.refuse("nested deeper than " + std::to_string(deepest) + " levels",
                      after_skip_ == State::root ? "" : told_.row_place());
}

bool Handler::open_members(State state) {
  state_ = state;
  where_seen_ = false;
  members_.clear();
  elements_.clear();
  return true;
}

bool Handler::StartObject() {
  switch (state_) {
    case State::start:
      state_ = State::root;
      return true;
    case State::rows:
      return open_members(State::row);
    case State::entries:
      return open_members(State::entry);
    case State::entry:
      if (members_.back().key_text() != "where") break;
      if (where_seen_) return told_.refuse("'where' is given twice", told_.row_place());
      where_seen_ = true;
      members_.pop_back();
      state_ = State::where;
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
  bool go_on = true;
  switch (state_) {
    case State::skipped:
      if (--skipping_ == 0) state_ = after_skip_;
      break;
    case State::row:
      go_on = rows_.read(members());
      ++told_.position;
      state_ = State::rows;
      break;
    case State::entry:
      go_on = read_not_recorded(members(), told_);
      ++told_.position;
      state_ = State::entries;
      break;
    case State::where:
      state_ = State::entry;
      break;
    default:
      break;
  }
  return go_on;
}

/// The list that a key of the record holds.
bool Handler::open_list() {
  switch (root_key_) {
    case RootKey::ignored:
      return skip();
    case RootKey::not_recorded:
      told_.list = Complaints::List::not_recorded;
      break;
    case RootKey::children:
      told_.list = Complaints::List::children;
      break;
    case RootKey::events:
      told_.list = Complaints::List::events;
      break;
    default:
      return put(Form::list);
  }
  told_.position = 0;
  state_ = root_key_ == RootKey::not_recorded ? State::entries : State::rows;
  return true;
}

bool Handler::StartArray() {
  switch (state_) {
    case State::row:
    case State::where: {
      Item& list = members_.back().value;
      list.first = elements_.size();
      list.form = Form::list;
      state_ = state_ == State::row ? State::row_list : State::where_list;
      return true;
    }
    case State::skipped:
      return skip();
    case State::root:
      return open_list();
    default:
      return put(Form::list) && skip();
  }
}

bool Handler::EndArray(rapidjson::SizeType) {
  switch (state_) {
    case State::skipped:
      if (--skipping_ == 0) state_ = after_skip_;
      return true;
    case State::row_list:
    case State::where_list: {
      Item& list = members_.back().value;
      list.size = static_cast<std::uint32_t>(elements_.size() - list.first);
      state_ = state_ == State::row_list ? State::row : State::where;
      return true;
    }
    default:
      if (told_.list == Complaints::List::children) rows_.children_listed();
      state_ = State::root;
      return true;
  }
}

bool Handler::finish() {
  if (!(root_seen_ & 1U << static_cast<int>(RootKey::cpconf)))
    return told_.refuse("a record says \"cpconf\": 1, the version of its format", "");
  return rows_.finish();
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

/// Parses `json` with a handler that `begin` prepares; `end` follows when all of it was accepted.
template <class Begin, class End>
Result<Done> parse(std::string_view json, Reading reading, Record& record, Begin begin, End end) {
  const auto copy = copy_of(json, record.scratch);
  if (!copy) return copy.error();
  std::array<std::byte, 8192> memory;
  std::pmr::monotonic_buffer_resource resource(memory.data(), memory.size());
  Complaints told(reading, record, copy->has_escapes);
  Handler handler(told, &resource);
  begin(handler);
  TextStream stream(copy->text);
  rapidjson::Reader reader;
  const auto parsed = reader.Parse<rapidjson::kParseInsituFlag>(stream, handler);
  if (told.error) return std::move(*told.error);
  if (parsed.IsError()) return json_error(json, parsed.Code(), copy->skipped + parsed.Offset());
  if (!end(handler)) return std::move(*told.error);
  return Done{};
}

/// The names of a list with commas between them.
Result<Done> add_names(std::string_view list, Record& record) {
  constexpr std::string_view blank = " \t\r\n";
  Complaints told(Reading::strict, record, false);
  told.list = Complaints::List::not_recorded;
  for (; !list.empty(); ++told.position) {
    const auto comma = std::min(list.find(','), list.size());
    auto name = list.substr(0, comma);
    name.remove_prefix(std::min(name.find_first_not_of(blank), name.size()));
    name = name.substr(0, name.find_last_not_of(blank) + 1);
    if (!read_not_recorded(name, told)) return std::move(*told.error);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
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
  record.vocabulary = &embedded_vocabulary();
  const auto before = record.not_recorded.size();
  const auto start = list.find_first_not_of(" \t\r\n");
  auto done = start != std::string_view::npos && list[start] == '['
                  ? parse(
                        list, Reading::strict, record, [](Handler& handler) { handler.expect_not_recorded(); },
                        [](Handler&) { return true; })
                  : add_names(list, record);
  if (!done) record.not_recorded.resize(before);
  return done;
}

}  // namespace cpc
