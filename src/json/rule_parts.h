#pragma once
#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "base/result.h"
#include "json/parse.h"
#include "rulebook/rulebook.h"

namespace cpc {

/// Reads what rules are made of: conditions, selectors, dates and lengths of time, each at a place of a parsed
/// rulebook. The first thing wrong is kept in the error shared with the reader of the rulebook.
class RulePartsReader {
 public:
  RulePartsReader(std::optional<Error>& error, KeptPlaces& places) : error_(error), places_(places) {}

  /// Only in a timescale are `from` and `until` dates.
  bool in_timescale = false;
  /// How many conditions were read, those within others too.
  std::size_t condition_count = 0;

  [[nodiscard]] DateText date(const rapidjson::Value& value, const Place& place);
  /// A length of a limit: its count is not negative.
  [[nodiscard]] Period limit(const rapidjson::Value& value, const Place& place);

  /// The part at a key, none or one.
  [[nodiscard]] Box<Condition> condition_at(ObjectReader& object, std::string_view key);
  [[nodiscard]] Box<Condition> needed_condition_at(ObjectReader& object, std::string_view key);
  [[nodiscard]] Box<Selector> selector_at(ObjectReader& object, std::string_view key);
  [[nodiscard]] Box<Selector> needed_selector_at(ObjectReader& object, std::string_view key);

  /// The question of a tree's node: its `fact`, and a comparison or none, which asks whether it is true.
  [[nodiscard]] Condition question(const rapidjson::Value& value, ObjectReader& node);
  /// The event and `where` of a transition's `on`.
  [[nodiscard]] Selector occasion(const rapidjson::Value& value, const Place& place);

  /// Text that is not empty.
  [[nodiscard]] std::string word(ObjectReader& object, std::string_view key);
  [[nodiscard]] std::string optional_word(ObjectReader& object, std::string_view key);
  /// A list of texts, not empty itself, none empty and none twice.
  [[nodiscard]] std::vector<std::string> words(ObjectReader& object, std::string_view key);
  [[nodiscard]] std::vector<std::string> optional_words(ObjectReader& object, std::string_view key);

 private:
  void refuse(std::string message, const Place& place);
  [[nodiscard]] std::string word_here(const rapidjson::Value& value, const Place& place);
  [[nodiscard]] std::string scalar(const rapidjson::Value& value, const Place& place);
  template <class Read>
  [[nodiscard]] std::vector<std::string> list(const rapidjson::Value& value, const Place& place, const Read& read);
  [[nodiscard]] std::vector<std::string> words_here(const rapidjson::Value& value, const Place& place);
  [[nodiscard]] std::vector<std::string> scalars(const rapidjson::Value& value, const Place& place);

  [[nodiscard]] Box<Condition> condition_here(const rapidjson::Value* value, const Place& place);
  [[nodiscard]] Box<Selector> selector_here(const rapidjson::Value* value, const Place& place);
  void read_condition(const rapidjson::Value& value, const Place& place, Condition& out);
  void read_parts(ObjectReader& object, std::string_view key, Condition& out);
  void read_leaf(const rapidjson::Value& leaf, ObjectReader& object, Condition& out, bool alone_allowed);
  void read_comparison(std::string_view key, const rapidjson::Value& value, ObjectReader& object, Condition& out);
  void read_rows(ObjectReader& object, std::string_view key, Condition& out);
  void read_result(ObjectReader& object, std::string_view key, Condition& out);
  void read_selector(ObjectReader& object, Selector& out);
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> same_at(ObjectReader& object);
  [[nodiscard]] Box<Condition> where_at(ObjectReader& object);
  void read_short_where(const rapidjson::Value& value, const Place& place, Condition& out);
  void read_date(const rapidjson::Value& value, const Place& place, DateText& out);
  [[nodiscard]] Period period(const rapidjson::Value& value, const Place& place, std::int32_t least);

  std::optional<Error>& error_;
  KeptPlaces& places_;
};

}  // namespace cpc
