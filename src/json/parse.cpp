#include "json/parse.h"

#include <rapidjson/reader.h>

#include <algorithm>
#include <new>

#include "base/text.h"
#include "json/json_error.h"
#include "json/text_stream.h"

namespace cpc {
namespace {

using rapidjson::Document;
using rapidjson::ParseErrorCode;
using rapidjson::SizeType;
using rapidjson::Value;

/// The text where a document keeps its strings, and behind it the zeros that a TextStream needs.
char* padded_copy(std::string_view text, Document::AllocatorType& memory) {
  constexpr std::size_t padding = 8;
  auto* const copy = static_cast<char*>(memory.Malloc(std::max(text.size() + padding, padding)));
  if (!copy) throw std::bad_alloc();
  std::fill_n(std::copy(text.begin(), text.end(), copy), padding, '\0');
  return copy;
}

/// Stands between the reader and the document: bounds the nesting and looks at text that escapes may have made.
struct Guard {
  Document& document;
  bool check_text;
  int depth = 0;
  bool too_deep = false;

  bool enter() { return !(too_deep = ++depth > deepest_nesting); }
  bool fine(const char* text, SizeType size) const {
    return !check_text || first_bad_utf8({text, size}) == std::string_view::npos;
  }

  bool Null() { return document.Null(); }
  bool Bool(bool value) { return document.Bool(value); }
  bool Int(int value) { return document.Int(value); }
  bool Uint(unsigned value) { return document.Uint(value); }
  bool Int64(std::int64_t value) { return document.Int64(value); }
  bool Uint64(std::uint64_t value) { return document.Uint64(value); }
  bool Double(double value) { return document.Double(value); }
  bool RawNumber(const char* text, SizeType size, bool copy) { return document.RawNumber(text, size, copy); }
  bool String(const char* text, SizeType size, bool copy) {
    return fine(text, size) && document.String(text, size, copy);
  }
  bool Key(const char* text, SizeType size, bool copy) { return fine(text, size) && document.Key(text, size, copy); }
  bool StartObject() { return enter() && document.StartObject(); }
  bool EndObject(SizeType count) { return --depth, document.EndObject(count); }
  bool StartArray() { return enter() && document.StartArray(); }
  bool EndArray(SizeType count) { return --depth, document.EndArray(count); }
};

std::string_view meaning(ParseErrorCode code, const Guard& guard) {
  if (code == rapidjson::kParseErrorTermination && guard.too_deep) return "arrays and objects nest deeper than 64";
  return syntax_meaning(code);
}

/// Most keys differ in their length or first letter.
bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || (a.front() == b.front() && a == b));
}

bool any_twice(const Value& object) {
  for (auto one = object.MemberBegin(); one != object.MemberEnd(); ++one)
    for (auto earlier = object.MemberBegin(); earlier != one; ++earlier)
      if (same_text(text_of(one->name), text_of(earlier->name))) return true;
  return false;
}

/// The first such key in alphabetical order.
const Value* key_twice(const Value& object) {
  constexpr SizeType few = 12;  // up to here comparing them all takes less than sorting
  if (object.MemberCount() <= few && !any_twice(object)) return nullptr;
  std::vector<const Value*> keys;
  for (const auto& member : object.GetObject()) keys.push_back(&member.name);
  const auto less = [](const Value* a, const Value* b) { return text_of(*a) < text_of(*b); };
  const auto same = [](const Value* a, const Value* b) { return text_of(*a) == text_of(*b); };
  std::sort(keys.begin(), keys.end(), less);
  const auto at = std::adjacent_find(keys.begin(), keys.end(), same);
  return at == keys.end() ? nullptr : *at;
}

std::optional<Error> find_key_twice(const Value& value, const Place& place) {
  const auto below = [&](const Value& part, const auto& step) -> std::optional<Error> {
    if (!part.IsObject() && !part.IsArray()) return std::nullopt;
    return find_key_twice(part, Place(place, step));
  };
  if (value.IsArray()) {
    for (SizeType i = 0; i < value.Size(); ++i)
      if (auto error = below(value[i], std::size_t{i})) return error;
    return std::nullopt;
  }
  if (!value.IsObject()) return std::nullopt;
  if (const auto* key = key_twice(value))
    return Error{
        Code::syntax, "the key " + quoted(text_of(*key)) + " stands twice", Place(place, text_of(*key)).text(), {}};
  for (const auto& member : value.GetObject())
    if (auto error = below(member.value, text_of(member.name))) return error;
  return std::nullopt;
}

/// One bit of 64, by the length and first letter of a key.
std::uint64_t bit_of(std::string_view key) {
  const auto letter = key.empty() ? std::size_t{0} : static_cast<unsigned char>(key.front());
  return std::uint64_t{1} << ((key.size() * 5 + letter) % 64);
}

constexpr std::array<std::string_view, 2> always_allowed = {"$schema", "note"};

void keep(std::optional<Error>& error, Code code, std::string message, const Place& place) {
  if (!error) error = Error{code, std::move(message), place.text(), {}};
}

std::string expectation(std::string_view what, const Value& value) {
  return std::string(what) + " is expected here, not " + std::string(kind_of(value));
}

}  // namespace

Result<Document> parse_document(std::string_view text) {
  const auto syntax = [&](std::string message, std::size_t offset) {
    return Error{Code::syntax, std::move(message), line_and_column(text, offset), {}};
  };
  if (const auto bad = first_bad_utf8(text); bad != std::string_view::npos) return syntax("the text is not UTF-8", bad);
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const std::size_t begin = text.substr(0, mark.size()) == mark ? mark.size() : 0;

  Document document;
  const std::string_view whole = text.substr(begin);
  TextStream stream(padded_copy(whole, document.GetAllocator()));
  Guard guard{document, whole.find("\\u") != std::string_view::npos};
  rapidjson::Reader reader;
  rapidjson::ParseResult parsed;
  auto generate = [&](Document&) {
    parsed = reader.Parse<rapidjson::kParseInsituFlag>(stream, guard);
    return !parsed.IsError();
  };
  document.Populate(generate);
  if (parsed.IsError())
    return syntax(std::string(meaning(parsed.Code(), guard)), std::min(begin + parsed.Offset(), text.size()));
  if (stream.Tell() < whole.size()) return syntax("something follows the end of the document", begin + stream.Tell());
  if (auto twice = find_key_twice(document, {})) return std::move(*twice);
  return document;
}

std::string_view kind_of(const Value& value) {
  switch (value.GetType()) {
    case rapidjson::kNullType:
      return "null";
    case rapidjson::kFalseType:
    case rapidjson::kTrueType:
      return "true or false";
    case rapidjson::kObjectType:
      return "an object";
    case rapidjson::kArrayType:
      return "an array";
    case rapidjson::kStringType:
      return "a text";
    case rapidjson::kNumberType:
      return "a number";
  }
  return "something else";
}

ObjectReader::ObjectReader(const Value& value, const Place& place, Code code, std::optional<Error>& error)
    : value_(value), place_(place), code_(code), error_(error) {
  if (value_.IsObject())
    for (const auto& member : value_.GetObject()) keys_ |= bit_of(text_of(member.name));
  else
    refuse(expectation("an object", value_));
}

void ObjectReader::refuse(std::string message, std::string_view key) {
  keep(error_, code_, std::move(message), key.empty() ? place_ : Place(place_, key));
}

void ObjectReader::expected(std::string_view what, const Value& value, std::string_view key) {
  refuse(expectation(what, value), key);
}

const Value::Member* ObjectReader::find(std::string_view key) const {
  if ((keys_ & bit_of(key)) == 0) return nullptr;
  for (const auto& member : value_.GetObject())
    if (same_text(text_of(member.name), key)) return &member;
  return nullptr;
}

bool ObjectReader::has(std::string_view key) const {
  const auto* member = find(key);
  return member && !member->value.IsNull();
}

const Value* ObjectReader::ask(std::string_view key) {
  if (asked_count_ < asked_.size())
    asked_[asked_count_++] = key;
  else
    asked_more_.push_back(key);
  const auto* member = find(key);
  if (!member) return nullptr;
  const auto number = static_cast<std::size_t>(member - &*value_.MemberBegin());
  if (number < 64) known_ |= std::uint64_t{1} << number;
  return &member->value;
}

std::vector<std::string_view> ObjectReader::asked_keys() const {
  std::vector<std::string_view> out(always_allowed.begin(), always_allowed.end());
  out.insert(out.end(), asked_.begin(), asked_.begin() + asked_count_);
  out.insert(out.end(), asked_more_.begin(), asked_more_.end());
  return out;
}

bool ObjectReader::is_null(std::string_view key) {
  const auto* value = ask(key);
  return value && value->IsNull();
}

const Value* ObjectReader::optional(std::string_view key) {
  const auto* value = ask(key);
  return value && !value->IsNull() ? value : nullptr;
}

const Value* ObjectReader::required(std::string_view key) {
  const auto* value = optional(key);
  if (!value && !error_) refuse("the key " + quoted(key) + " is missing");
  return value;
}

std::string_view ObjectReader::text_here(const Value& value, std::string_view key) {
  return text_at(value, Place(place_, key), code_, error_);
}

std::string_view ObjectReader::text(std::string_view key) {
  const auto* value = required(key);
  return value ? text_here(*value, key) : std::string_view{};
}

std::optional<std::string_view> ObjectReader::optional_text(std::string_view key) {
  const auto* value = optional(key);
  if (!value) return std::nullopt;
  return text_here(*value, key);
}

Day ObjectReader::day(std::string_view key) {
  const auto* value = required(key);
  return value ? day_at(*value, Place(place_, key), code_, error_) : Day{};
}

std::optional<Day> ObjectReader::optional_day(std::string_view key) {
  const auto* value = optional(key);
  if (!value) return std::nullopt;
  return day_at(*value, Place(place_, key), code_, error_);
}

std::optional<std::int64_t> ObjectReader::integer_here(const Value* value, std::string_view key, std::int64_t low,
                                                       std::int64_t high) {
  if (!value) return std::nullopt;
  if (value->IsInt64() && value->GetInt64() >= low && value->GetInt64() <= high) return value->GetInt64();
  const auto range = "a whole number from " + std::to_string(low) + " to " + std::to_string(high);
  if (value->IsNumber())
    refuse(range + " is expected here", key);
  else
    expected(range, *value, key);
  return std::nullopt;
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t low, std::int64_t high) {
  return integer_here(required(key), key, low, high).value_or(low);
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view key, std::int64_t low, std::int64_t high) {
  return integer_here(optional(key), key, low, high);
}

bool ObjectReader::boolean(std::string_view key, bool when_absent) {
  const auto* value = optional(key);
  if (value && !value->IsBool()) expected("true or false", *value, key);
  return value && value->IsBool() ? value->GetBool() : when_absent;
}

const Value* ObjectReader::if_array(const Value* value, std::string_view key) {
  if (value && !value->IsArray()) expected("an array", *value, key);
  return value && value->IsArray() ? value : nullptr;
}

const Value* ObjectReader::array(std::string_view key) { return if_array(required(key), key); }

const Value* ObjectReader::optional_array(std::string_view key) { return if_array(optional(key), key); }

void ObjectReader::finish() {
  if (!value_.IsObject() || error_) return;
  std::size_t number = 0;
  for (const auto& member : value_.GetObject()) {
    if (number < 64 && (known_ >> number++ & 1) != 0) continue;
    const auto key = text_of(member.name);
    if (std::find(always_allowed.begin(), always_allowed.end(), key) != always_allowed.end()) continue;
    const auto asked = asked_keys();
    if (std::find(asked.begin(), asked.end(), key) != asked.end()) continue;
    const auto near = nearest(key, asked);
    return refuse("there is no key " + quoted(key) + (near.empty() ? "" : "; did you mean " + std::string(near) + "?"),
                  key);
  }
}

std::string_view text_at(const Value& value, const Place& place, Code code, std::optional<Error>& error) {
  if (value.IsString()) return text_of(value);
  keep(error, code, expectation("a text", value), place);
  return {};
}

Day day_at(const Value& value, const Place& place, Code code, std::optional<Error>& error) {
  if (!value.IsString()) {
    keep(error, code, expectation("a date", value), place);
    return {};
  }
  const auto day = parse_day(text_of(value));
  if (day) return *day;
  keep(error, code, day.error().message, place);
  return {};
}

}  // namespace cpc
