#pragma once
#include <rapidjson/document.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "base/result.h"
#include "date/day.h"

namespace cpc {

/// How deep arrays and objects may nest. No format of ours comes near it; hostile text goes no deeper.
inline constexpr int deepest_nesting = 64;

/// Parses one whole JSON text: UTF-8 (a byte order mark is skipped), nesting bounded, no key twice in an object,
/// nothing after the value. The place of an error is its line and column, of a key that stands twice its pointer.
/// Its strings do not end with a zero: use text_of.
[[nodiscard]] Result<rapidjson::Document> parse_document(std::string_view text);

/// The view of a string value. It lives as long as its document.
[[nodiscard]] inline std::string_view text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

/// "a text", "a number", ...: what a value is, for messages.
[[nodiscard]] std::string_view kind_of(const rapidjson::Value& value);

/// Reads one object strictly, for formats where an unknown key is an error.
///
/// Ask for the keys in any order, then call finish(). The first thing wrong is kept in the error that the readers of
/// one document share; whatever is asked for after it gets an empty value, so that a reader needs one check at its
/// end. Null counts as absent. `$schema` and `note` are always allowed.
///
///     std::optional<Error> error;
///     ObjectReader heading(document, "", Code::calendar, error);
///     text.name = heading.text("calendar");
///     heading.finish();
///     if (error) return *error;
class ObjectReader {
 public:
  /// @param place  Of the value, "" for the root.  @param code  Of the errors this reader finds.
  ObjectReader(const rapidjson::Value& value, const Place& place, Code code, std::optional<Error>& error);

  [[nodiscard]] bool has(std::string_view key) const;
  /// Whether the key is there and null, where that says more than its absence. Counts as asked for.
  bool is_null(std::string_view key);
  /// The value of a key, or null where it is absent. Counts as asked for.
  const rapidjson::Value* optional(std::string_view key);
  /// The value of a key, or an error.
  const rapidjson::Value* required(std::string_view key);

  std::string_view text(std::string_view key);
  std::optional<std::string_view> optional_text(std::string_view key);
  Day day(std::string_view key);
  std::optional<Day> optional_day(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high);
  std::optional<std::int64_t> optional_integer(std::string_view key, std::int64_t low, std::int64_t high);
  bool boolean(std::string_view key, bool when_absent);
  const rapidjson::Value* array(std::string_view key);
  const rapidjson::Value* optional_array(std::string_view key);

  /// Refuses the keys that nobody asked for, naming the nearest one that was.
  void finish();

  /// Keeps an error at `place()/key`, or at the object itself where the key is empty, unless one is kept already.
  void refuse(std::string message, std::string_view key = {});
  [[nodiscard]] const Place& place() const { return place_; }
  [[nodiscard]] bool failed() const { return error_.has_value(); }

 private:
  [[nodiscard]] const rapidjson::Value::Member* find(std::string_view key) const;
  /// The same, and the key counts as asked for.
  const rapidjson::Value* ask(std::string_view key);
  [[nodiscard]] std::vector<std::string_view> asked_keys() const;
  void expected(std::string_view what, const rapidjson::Value& value, std::string_view key);
  const rapidjson::Value* if_array(const rapidjson::Value* value, std::string_view key);
  std::string_view text_here(const rapidjson::Value& value, std::string_view key);
  std::optional<std::int64_t> integer_here(const rapidjson::Value* value, std::string_view key, std::int64_t low,
                                           std::int64_t high);

  const rapidjson::Value& value_;
  std::uint64_t keys_ = 0;  ///< Of each key of the object the bit that tells it: most keys asked for are not there.
  Place place_;
  Code code_;
  std::optional<Error>& error_;
  std::uint64_t known_ = 0;  ///< A bit for each of the first 64 members that was asked for.
  /// The keys asked for, there or not. More than our objects have are rare and go to the vector.
  std::array<std::string_view, 24> asked_;
  std::size_t asked_count_ = 0;
  std::vector<std::string_view> asked_more_;
};

/// The text of an element of an array, or empty with an error kept.
[[nodiscard]] std::string_view text_at(const rapidjson::Value& value, const Place& place, Code code,
                                       std::optional<Error>& error);
/// The day that a value writes, or day 0 with an error kept.
[[nodiscard]] Day day_at(const rapidjson::Value& value, const Place& place, Code code, std::optional<Error>& error);

}  // namespace cpc
