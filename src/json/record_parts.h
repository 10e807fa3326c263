#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "json/record_reader.h"
#include "record/record.h"

/// What the readers of a record's parts share: values as met in the text, the names of columns, and complaints.
namespace cpc::reading {

enum class Form : std::uint8_t { null, no, yes, whole, number, text, list, object };
/// "text", "a list", …: for messages.
[[nodiscard]] std::string_view noun(Form form);

/// A JSON value as met; texts lie in the reader's copy of the input, at least WordTable::padding bytes before its end.
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

inline constexpr std::uint16_t of_where = 0;

/// One member of an object.
struct Member {
  Item value;
  const char* key = nullptr;
  std::uint32_t key_size = 0;
  /// Of Vocabulary::attribute_names, or none; in an entry of not_recorded: of_where or none.
  std::uint16_t word = WordTable::none;
  [[nodiscard]] std::string_view key_text() const { return {key, key_size}; }
};

/// An object whose values are scalars and lists of scalars: a row, or an entry of not_recorded.
struct Members {
  std::span<const Member> members;
  std::span<const Item> elements;  ///< Of all lists, one after another.
  [[nodiscard]] std::span<const Item> list(const Member& member) const {
    return elements.subspan(member.value.first, member.value.size);
  }
};

enum class Column : std::uint8_t { attribute, event, id, at, recorded_at, withdrawn_at, child, conference, note };
inline constexpr int column_count = 9;
inline constexpr std::string_view column_names[column_count] = {
    "", "event", "id", "at", "recorded_at", "withdrawn_at", "child", "conference", "note"};

/// What is looked up of the vocabulary beside its own tables.
struct Words {
  const Vocabulary& vocabulary = embedded_vocabulary();
  std::vector<Column> column;                ///< Per attribute name.
  std::vector<std::uint16_t> instance_word;  ///< Per event: the attribute name of its own instance's column, or none.
  std::vector<std::int8_t> role_slot;        ///< Per event.
  Value child_role = unknown_value;
  std::uint16_t event_word = 0;
  EventId child_recorded = 0;
  Words();
};
[[nodiscard]] const Words& words();

/// Where in the record the reader is, and what it found wrong there.
struct Complaints {
  enum class List : std::uint8_t { children, events, not_recorded };

  Complaints(Reading how, Record& about, bool escapes) : reading(how), record(about), has_escapes(escapes) {}

  const Reading reading;
  Record& record;
  const bool has_escapes;  ///< Of the text: then decoded text may hold what UTF-8 does not.
  List list = List::events;
  std::uint32_t position = 0;  ///< In that list.
  std::optional<Error> error;

  /// Ends the reading in either mode. Every bool says whether to go on, so it is false.
  bool refuse(std::string message, std::string place);
  /// Ends strict reading; a finding in lenient reading.
  bool trouble(RecordRemark remark, std::string says, std::string place, std::int32_t row);
  bool trouble(RecordRemark remark, std::string says, std::string place) {
    return trouble(remark, std::move(says), std::move(place), this_row());
  }
  /// A finding in either mode.
  void remark_on(RecordRemark remark, std::string says, std::string place, std::int32_t row);

  [[nodiscard]] std::int32_t this_row() const { return static_cast<std::int32_t>(record.rows.size()) - 1; }
  [[nodiscard]] std::string row_place() const;
  [[nodiscard]] std::string place(const Member& member) const;
  [[nodiscard]] std::string place(const Member& member, std::size_t element) const;
};

/// What is wrong with a text as an id, or empty.
[[nodiscard]] std::string_view bad_id(std::string_view text, bool has_escapes);

/// "'a', 'b' and 3 more".
[[nodiscard]] std::string join(const std::vector<std::string_view>& names, std::size_t most);

/// "; did you mean 'a'?", or nothing where no candidate is near.
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

}  // namespace cpc::reading
