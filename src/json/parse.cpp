#include "json/parse.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>

#include "base/text.h"
#include "json/json_error.h"

namespace cpc {
namespace {

using rapidjson::Document;
using rapidjson::ParseErrorCode;
using rapidjson::SizeType;
using rapidjson::Value;

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

const Value* key_twice(const Value& object) {
  std::vector<const Value*> keys;
  for (const auto& member : object.GetObject()) keys.push_back(&member.name);
  const auto less = [](const Value* a, const Value* b) { return text_of(*a) < text_of(*b); };
  const auto same = [](const Value* a, const Value* b) { return text_of(*a) == text_of(*b); };
  std::sort(keys.begin(), keys.end(), less);
  const auto at = std::adjacent_find(keys.begin(), keys.end(), same);
  return at == keys.end() ? nullptr : *at;
}

/// The place of a key that stands twice, its steps last first; empty where none does. Places are written only then.
bool find_key_twice(const Value& value, std::vector<std::string>& steps) {
  const auto below = [&](const Value& part, const auto& step) {
    if ((!part.IsObject() && !part.IsArray()) || !find_key_twice(part, steps)) return false;
    steps.push_back(pointer("", step));
    return true;
  };
  if (value.IsArray()) {
    for (SizeType i = 0; i < value.Size(); ++i)
      if (below(value[i], std::size_t{i})) return true;
    return false;
  }
  if (!value.IsObject()) return false;
  if (const auto* key = key_twice(value)) {
    steps.push_back(pointer("", text_of(*key)));
    steps.emplace_back(text_of(*key));
    std::swap(steps[0], steps[1]);
    return true;
  }
  return std::any_of(value.MemberBegin(), value.MemberEnd(),
                     [&](const auto& member) { return below(member.value, text_of(member.name)); });
}

void keep(std::optional<Error>& error, Code code, std::string message, std::string place) {
  if (!error) error = Error{code, std::move(message), std::move(place), {}};
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
  Guard guard{document, text.find("\\u") != std::string_view::npos};
  rapidjson::MemoryStream stream(text.data() + begin, text.size() - begin);
  rapidjson::Reader reader;
  rapidjson::ParseResult parsed;
  auto generate = [&](Document&) { return !(parsed = reader.Parse(stream, guard)).IsError(); };
  document.Populate(generate);
  if (parsed.IsError())
    return syntax(std::string(meaning(parsed.Code(), guard)), std::min(begin + parsed.Offset(), text.size()));
  if (begin + stream.Tell() < text.size())
    return syntax("something follows the end of the document", begin + stream.Tell());
  std::vector<std::string> steps;  // the key itself, then its place from the end
  if (!find_key_twice(document, steps)) return document;
  std::string place;
  for (std::size_t i = steps.size(); i-- > 1;) place += steps[i];
  return Error{Code::syntax, "the key " + quoted(steps.front()) + " stands twice", std::move(place), {}};
}

std::string pointer(const std::string& place, std::string_view key) {
  constexpr std::size_t longest = 40;
  auto out = place + '/';
  for (const char c : key.substr(0, longest)) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c >= ' ' && c <= '~' ? c : '?';
  }
  return out;
}

std::string pointer(const std::string& place, std::size_t index) { return place + '/' + std::to_string(index); }

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

ObjectReader::ObjectReader(const Value& value, std::string place, Code code, std::optional<Error>& error)
    : value_(value), place_(std::move(place)), code_(code), error_(error), asked_{"$schema", "note"} {
  if (!value_.IsObject()) refuse(expectation("an object", value_));
}

void ObjectReader::refuse(std::string message, std::string_view key) {
  keep(error_, code_, std::move(message), key.empty() ? place_ : pointer(place_, key));
}

void ObjectReader::expected(std::string_view what, const Value& value, std::string_view key) {
  refuse(expectation(what, value), key);
}

const Value* ObjectReader::find(std::string_view key) const {
  if (!value_.IsObject()) return nullptr;
  const Value name(rapidjson::StringRef(key.data(), static_cast<SizeType>(key.size())));
  const auto at = value_.FindMember(name);
  return at == value_.MemberEnd() ? nullptr : &at->value;
}

bool ObjectReader::has(std::string_view key) const {
  const auto* value = find(key);
  return value && !value->IsNull();
}

bool ObjectReader::is_null(std::string_view key) {
  asked_.push_back(key);
  const auto* value = find(key);
  return value && value->IsNull();
}

const Value* ObjectReader::optional(std::string_view key) {
  asked_.push_back(key);
  const auto* value = find(key);
  return value && !value->IsNull() ? value : nullptr;
}

const Value* ObjectReader::required(std::string_view key) {
  const auto* value = optional(key);
  if (!value) refuse("the key " + quoted(key) + " is missing");
  return value;
}

std::string_view ObjectReader::text(std::string_view key) {
  const auto* value = required(key);
  return value ? text_at(*value, pointer(place_, key), code_, error_) : std::string_view{};
}

std::optional<std::string_view> ObjectReader::optional_text(std::string_view key) {
  const auto* value = optional(key);
  if (!value) return std::nullopt;
  return text_at(*value, pointer(place_, key), code_, error_);
}

Day ObjectReader::day(std::string_view key) {
  const auto* value = required(key);
  return value ? day_at(*value, pointer(place_, key), code_, error_) : Day{};
}

std::optional<Day> ObjectReader::optional_day(std::string_view key) {
  const auto* value = optional(key);
  if (!value) return std::nullopt;
  return day_at(*value, pointer(place_, key), code_, error_);
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t low, std::int64_t high) {
  if (!required(key)) return low;
  return optional_integer(key, low, high).value_or(low);
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view key, std::int64_t low, std::int64_t high) {
  const auto* value = optional(key);
  if (!value) return std::nullopt;
  if (value->IsInt64() && value->GetInt64() >= low && value->GetInt64() <= high) return value->GetInt64();
  const auto range = "a whole number from " + std::to_string(low) + " to " + std::to_string(high);
  if (value->IsNumber())
    refuse(range + " is expected here", key);
  else
    expected(range, *value, key);
  return std::nullopt;
}

bool ObjectReader::boolean(std::string_view key, bool when_absent) {
  const auto* value = optional(key);
  if (value && !value->IsBool()) expected("true or false", *value, key);
  return value && value->IsBool() ? value->GetBool() : when_absent;
}

const Value* ObjectReader::array(std::string_view key) { return required(key) ? optional_array(key) : nullptr; }

const Value* ObjectReader::optional_array(std::string_view key) {
  const auto* value = optional(key);
  if (value && !value->IsArray()) expected("an array", *value, key);
  return value && value->IsArray() ? value : nullptr;
}

void ObjectReader::finish() {
  if (!value_.IsObject()) return;
  for (const auto& member : value_.GetObject()) {
    const auto key = text_of(member.name);
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    const auto near = nearest(key, asked_);
    refuse("there is no key " + quoted(key) + (near.empty() ? "" : "; did you mean " + std::string(near) + "?"), key);
  }
}

std::string_view text_at(const Value& value, const std::string& place, Code code, std::optional<Error>& error) {
  if (value.IsString()) return text_of(value);
  keep(error, code, expectation("a text", value), place);
  return {};
}

Day day_at(const Value& value, const std::string& place, Code code, std::optional<Error>& error) {
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
