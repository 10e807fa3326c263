#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace cpc {

/// Text to number, for the closed word lists: a frozen open-addressing table. Immutable once built.
class WordTable {
 public:
  static constexpr std::uint16_t none = 0xffff;
  static constexpr std::size_t padding = 16;  ///< Bytes that find_padded may read from the start of a word.
  void build(std::vector<std::string> words);
  /// The number of a word, or `none`.
  [[nodiscard]] std::uint16_t find(std::string_view word) const {
    char start[padding] = {};
    std::memcpy(start, word.data(), word.size() < padding ? word.size() : padding);
    return look_up(key_of(start, word.size()), word);
  }
  /// As find, without the copy: `padding` bytes from the start of the word can be read, however short it is.
  [[nodiscard]] std::uint16_t find_padded(std::string_view word) const {
    return look_up(key_of(word.data(), word.size()), word);
  }
  [[nodiscard]] const std::string& word(std::uint16_t number) const { return words_[number]; }
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

 private:
  /// The first sixteen bytes of a word, zeros after its end, and its length: all of most words.
  struct Key {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::uint64_t size = 0;
    bool operator==(const Key&) const = default;
  };
  /// Per length up to 8: all bits of that many bytes as they lie in memory.
  static constexpr std::array<std::uint64_t, 9> masks = [] {
    std::array<std::uint64_t, 9> made{};
    for (std::size_t n = 0; n < made.size(); ++n) {
      std::array<unsigned char, 8> bytes{};
      for (std::size_t i = 0; i < n; ++i) bytes[i] = 0xff;
      made[n] = std::bit_cast<std::uint64_t>(bytes);
    }
    return made;
  }();
  static Key key_of(const char* start, std::size_t size) {
    Key key;
    std::memcpy(&key.head, start, 8);
    std::memcpy(&key.tail, start + 8, 8);
    key.head &= masks[size < 8 ? size : 8];
    key.tail &= masks[size < 8 ? 0 : size < padding ? size - 8 : 8];
    key.size = size;
    return key;
  }
  static std::uint64_t hash(const Key& key) {
    const std::uint64_t mixed = (key.head * 0x9e3779b97f4a7c15ULL) ^ ((key.tail + key.size) * 0xc2b2ae3d27d4eb4fULL);
    return mixed ^ (mixed >> 32);
  }
  [[nodiscard]] std::uint16_t look_up(const Key& key, std::string_view word) const {
    for (std::size_t i = hash(key) & mask_;; i = (i + 1) & mask_) {
      const std::uint16_t at = slots_[i];
      if (at == none) return none;
      if (keys_[at] == key && (key.size <= padding || words_[at] == word)) return at;
    }
  }
  std::vector<std::string> words_;
  std::vector<Key> keys_;
  std::vector<std::uint16_t> slots_ = {none};
  std::size_t mask_ = 0;
};

using EventId = std::uint16_t;      ///< Position in the vocabulary's list of events, which is in lifecycle order.
using AttributeId = std::uint16_t;  ///< Position in the sorted list of attribute names.

enum class AttributeType : std::uint8_t { yes_no, enumeration, enumeration_set, date, datetime, count, id, present };

/// The kinds of instance that rows belong to, in the vocabulary's order; a test holds the two together.
enum class Kind : std::uint8_t {
  conference,
  section_47,
  assessment,
  request,
  report,
  exclusion,
  plan,
  task,
  dissent,
  complaint,
  enquiry,
};
inline constexpr int kind_count = 11;
inline constexpr int no_kind = -1;

/// A closed list of values. One of more than 63 (the duties) has no sets: it stands only in attributes of one value.
struct Enumeration {
  static constexpr std::size_t most_in_sets = 63;
  std::string name;
  std::vector<std::string> values;
  WordTable words;  ///< The values again, for find().
  void build(std::string new_name, std::vector<std::string> new_values);
  /// -1 where there is none.
  [[nodiscard]] int find(std::string_view value) const {
    const auto at = words.find(value);
    return at == WordTable::none ? -1 : at;
  }
  [[nodiscard]] bool has_sets() const { return values.size() <= most_in_sets; }
  /// A bit per value; for a list without sets the first 63 alone.
  [[nodiscard]] std::uint64_t all() const {
    return (std::uint64_t{1} << (has_sets() ? values.size() : most_in_sets)) - 1;
  }
};

/// One attribute of one event type.
struct Slot {
  AttributeId attribute = 0;
  AttributeType type = AttributeType::yes_no;
  std::int16_t enumeration = -1;    ///< Position in Vocabulary::enumerations, or -1.
  std::int32_t max = -1;            ///< Greatest count allowed, or -1.
  std::int8_t reference = no_kind;  ///< The Kind that an attribute of type id names (`section_47`, `plan`), or -1.
};

enum class ConferenceColumn : std::uint8_t { none, optional, required };

struct EventType {
  std::string name;
  std::string title;
  std::int8_t instance = no_kind;  ///< The Kind of its own instance, or -1.
  ConferenceColumn conference = ConferenceColumn::none;
  bool per_child = false;
  std::vector<Slot> slots;
  std::vector<std::string> meanings;  ///< What each slot tells, in a line, for people.
  std::int8_t covered = -1;           ///< The slot of its checklist, or -1.
  std::int8_t not_covered = -1;
  std::array<std::int8_t, kind_count> reference_slot{};  ///< Per Kind: the slot that names such an instance, or -1.
};

/// "A row of this event type (with one of these values) begins or ends an instance."
struct InstanceMark {
  EventId event = 0;
  struct Test {
    bool of_conference = false;  ///< conference.conference_type rather than a slot of the row.
    std::int8_t slot = -1;
    std::uint64_t values = 0;  ///< Enumerations: bit per value; yes_no: bit 0 no, bit 1 yes.
  };
  std::vector<Test> where;
};

struct InstanceType {
  std::string name;
  std::string title;
  std::vector<std::string> key;  ///< Attributes that tell instances of one kind apart (`person`).
  std::vector<InstanceMark> begins;
  std::vector<InstanceMark> ends;
};

/// A fact that the engine derives from rows: what it means, and from what it is made.
struct DerivedMeaning {
  std::string name;
  std::string definition;
  std::vector<std::string> uses;  ///< `event.attribute`, another derived fact, or a column of the row.
};

/// The vocabulary: what a record may say. Built once from `data/vocabulary/vocabulary.json`, then immutable.
struct Vocabulary {
  std::vector<EventType> events;
  std::vector<Enumeration> enumerations;
  std::array<InstanceType, kind_count> instances;
  std::vector<std::string> duties;  ///< In the order of duties.json.
  std::vector<std::string> duty_titles;
  std::vector<DerivedMeaning> derived;  ///< For people; the engine's own list is in program/facts.h.

  WordTable event_names;  ///< Number = EventId.
  WordTable
      attribute_names;  ///< Number = AttributeId; holds the columns of a row too (`at`, `child`, `conference`, …).
  std::vector<std::int8_t> slot_of;  ///< [event * attribute count + attribute], or -1.

  [[nodiscard]] int event(std::string_view name) const {
    const auto at = event_names.find(name);
    return at == WordTable::none ? -1 : at;
  }
  [[nodiscard]] int attribute(std::string_view name) const {
    const auto at = attribute_names.find(name);
    return at == WordTable::none ? -1 : at;
  }
  [[nodiscard]] int slot(EventId event, AttributeId attribute) const {
    return slot_of[event * attribute_names.words().size() + attribute];
  }
  [[nodiscard]] int slot(EventId event, std::string_view attribute_name) const {
    const int at = attribute(attribute_name);
    return at < 0 ? -1 : slot(event, static_cast<AttributeId>(at));
  }
  [[nodiscard]] int enumeration(std::string_view name) const;
  [[nodiscard]] int kind(std::string_view name) const;  ///< -1 where it names no kind of instance.
  [[nodiscard]] int duty(std::string_view name) const;
};

}  // namespace cpc
