#include "json/rule_parts.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace cpc {
namespace {

using Json = rapidjson::Value;
using Op = Condition::Op;

constexpr std::int32_t most_count = 100000;

struct OpWord {
  std::string_view key;
  Op op;
};
constexpr std::array<OpWord, 10> op_words = {{{"all", Op::all},
                                              {"any", Op::any},
                                              {"not", Op::negate},
                                              {"fact", Op::fact},
                                              {"occurs", Op::occurs},
                                              {"of", Op::of},
                                              {"every", Op::every},
                                              {"count", Op::count},
                                              {"state", Op::state},
                                              {"status", Op::status}}};
constexpr std::string_view op_list = "all, any, not, fact, occurs, of, every, count, state or status";

constexpr std::array<std::string_view, 11> compare_words = {
    "is", "in", "has", "at_least", "at_most", "before", "after", "given", "known", "same_as", "differs_from"};
constexpr std::string_view compare_list =
    "is, in, has, at_least, at_most, before, after, given, known, same_as or differs_from";

constexpr std::array<std::string_view, 9> unit_words = {
    "minute", "hour", "day", "working_day", "week", "month", "year", "gestation_week", "same_day"};
constexpr std::array<std::string_view, 3> counting_words = {"next_day", "inclusive", "clear"};
constexpr std::array<std::string_view, 4> position_words = {"not_after", "not_before", "after", "before"};
constexpr std::array<std::string_view, 3> pick_words = {"first", "last", "each"};

template <std::size_t n>
std::optional<std::size_t> place_in(const std::array<std::string_view, n>& words, std::string_view word) {
  const auto at = std::find(words.begin(), words.end(), word);
  if (at == words.end()) return std::nullopt;
  return static_cast<std::size_t>(at - words.begin());
}

template <std::size_t n>
std::string no_such(std::string_view what, std::string_view word, const std::array<std::string_view, n>& words) {
  std::string out = "there is no " + std::string(what) + " " + quoted(word) + "; there are ";
  for (std::size_t i = 0; i < n; ++i) out += (i == 0 ? "" : i + 1 == n ? " and " : ", ") + std::string(words[i]);
  return out;
}

/// Allowed anywhere an object is.
bool is_remark(std::string_view key) { return key == "note" || key == "$schema"; }

const OpWord* op_word(std::string_view key) {
  const auto at = std::find_if(op_words.begin(), op_words.end(), [&](const OpWord& word) { return word.key == key; });
  return at == op_words.end() ? nullptr : &*at;
}

bool is_condition(const Json& value) {
  return std::any_of(value.MemberBegin(), value.MemberEnd(),
                     [](const auto& member) { return op_word(text_of(member.name)) != nullptr; });
}

/// Of the words that stand twice the first in alphabetical order, or null.
const std::string* word_twice(const std::vector<std::string>& words) {
  constexpr std::size_t few = 8;  // up to here comparing them all takes less than sorting
  const auto repeated = [&](const std::string& word) { return std::find(words.data(), &word, word) != &word; };
  if (words.size() <= few && std::none_of(words.begin(), words.end(), repeated)) return nullptr;
  std::vector<const std::string*> sorted;
  sorted.reserve(words.size());
  for (const auto& word : words) sorted.push_back(&word);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return *a < *b; });
  const auto twice =
      std::adjacent_find(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return *a == *b; });
  return twice == sorted.end() ? nullptr : *twice;
}

}  // namespace

void RulePartsReader::refuse(std::string message, const Place& place) {
  if (!error_) error_ = Error{Code::rulebook, std::move(message), place.text(), {}};
}

// ---- Words

std::string RulePartsReader::word_here(const Json& value, const Place& place) {
  const auto text = text_at(value, place, Code::rulebook, error_);
  if (text.empty()) refuse("a text that is not empty is expected here", place);
  return std::string(text);
}

std::string RulePartsReader::scalar(const Json& value, const Place& place) {
  if (value.IsBool()) return value.GetBool() ? "true" : "false";
  if (value.IsInt()) return std::to_string(value.GetInt());
  if (value.IsString()) return word_here(value, place);
  refuse("a word, true, false or a whole number is expected here, not " + std::string(kind_of(value)), place);
  return {};
}

template <class Read>
std::vector<std::string> RulePartsReader::list(const Json& value, const Place& place, const Read& read) {
  std::vector<std::string> out;
  if (!value.IsArray()) {
    refuse("an array is expected here, not " + std::string(kind_of(value)), place);
    return out;
  }
  if (value.Empty()) refuse("the array is empty", place);
  out.reserve(value.Size());
  for (rapidjson::SizeType i = 0; i < value.Size() && !error_; ++i) out.push_back(read(value[i], Place(place, i)));
  if (const auto* twice = word_twice(out)) refuse(quoted(*twice) + " stands twice in the array", place);
  return out;
}

std::vector<std::string> RulePartsReader::scalars(const Json& value, const Place& place) {
  return list(value, place, [&](const Json& item, const Place& at) { return scalar(item, at); });
}

std::vector<std::string> RulePartsReader::words_here(const Json& value, const Place& place) {
  return list(value, place, [&](const Json& item, const Place& at) { return word_here(item, at); });
}

std::string RulePartsReader::word(ObjectReader& object, std::string_view key) {
  const auto* value = object.required(key);
  return value ? word_here(*value, Place(object.place(), key)) : std::string{};
}

std::string RulePartsReader::optional_word(ObjectReader& object, std::string_view key) {
  const auto* value = object.optional(key);
  return value ? word_here(*value, Place(object.place(), key)) : std::string{};
}

std::vector<std::string> RulePartsReader::words(ObjectReader& object, std::string_view key) {
  const auto* value = object.required(key);
  return value ? words_here(*value, Place(object.place(), key)) : std::vector<std::string>{};
}

std::vector<std::string> RulePartsReader::optional_words(ObjectReader& object, std::string_view key) {
  const auto* value = object.optional(key);
  return value ? words_here(*value, Place(object.place(), key)) : std::vector<std::string>{};
}

// ---- Conditions

// A condition is large, so each is read where it will lie.

Box<Condition> RulePartsReader::condition_here(const Json* value, const Place& place) {
  Box<Condition> out;
  if (value) read_condition(*value, place, out.emplace());
  return out;
}

Box<Condition> RulePartsReader::condition_at(ObjectReader& object, std::string_view key) {
  return condition_here(object.optional(key), Place(object.place(), key));
}

Box<Condition> RulePartsReader::needed_condition_at(ObjectReader& object, std::string_view key) {
  return condition_here(object.required(key), Place(object.place(), key));
}

void RulePartsReader::read_condition(const Json& value, const Place& place, Condition& out) {
  ++condition_count;
  ObjectReader object(value, place, Code::rulebook, error_);
  if (error_) return;
  out.place = places_.keep(object.place());
  const OpWord* found = nullptr;
  for (const auto& member : value.GetObject()) {
    const auto* word = op_word(text_of(member.name));
    if (word && found)
      refuse("a condition has one form, not both " + quoted(found->key) + " and " + quoted(word->key), place);
    if (word) found = word;
  }
  if (!found) return refuse("a condition is expected here, with one of " + std::string(op_list), place);
  out.op = found->op;
  switch (found->op) {
    case Op::all:
    case Op::any:
    case Op::negate:
      read_parts(object, found->key, out);
      break;
    case Op::fact:
      read_leaf(value, object, out, false);
      break;
    case Op::occurs:
    case Op::of:
    case Op::every:
    case Op::count:
      read_rows(object, found->key, out);
      break;
    case Op::state:
    case Op::status:
      read_result(object, found->key, out);
      break;
  }
  object.finish();
}

void RulePartsReader::read_parts(ObjectReader& object, std::string_view key, Condition& out) {
  if (out.op == Op::negate) {
    if (const auto* part = object.optional(key))
      read_condition(*part, Place(object.place(), key), out.parts.emplace_back());
    return;
  }
  const auto* parts = object.array(key);
  if (!parts) return;
  const Place place(object.place(), key);
  if (parts->Empty()) refuse("the array is empty", place);
  out.parts.reserve(parts->Size());
  for (rapidjson::SizeType i = 0; i < parts->Size() && !error_; ++i)
    read_condition((*parts)[i], Place(place, i), out.parts.emplace_back());
}

void RulePartsReader::read_leaf(const Json& leaf, ObjectReader& object, Condition& out, bool alone_allowed) {
  out.op = Op::fact;
  out.fact = word(object, "fact");
  std::string_view found;
  for (const auto& member : leaf.GetObject()) {
    const auto key = text_of(member.name);
    if (!place_in(compare_words, key) || member.value.IsNull()) continue;
    const auto* value = object.optional(key);
    if (error_) return;
    if (!found.empty())
      return object.refuse("a fact is compared once, not by both " + quoted(found) + " and " + quoted(key));
    found = key;
    read_comparison(key, *value, object, out);
  }
  if (!found.empty()) return;
  if (!alone_allowed)
    return object.refuse("the fact is compared with nothing; use one of " + std::string(compare_list));
  out.compare = Compare::is;
  out.values.emplace_back("true");
}

void RulePartsReader::read_comparison(std::string_view key, const Json& value, ObjectReader& object, Condition& out) {
  const Place place(object.place(), key);
  if (key == "is" || key == "has") {
    out.compare = key == "is" ? Compare::is : Compare::has;
    out.values.push_back(scalar(value, place));
  } else if (key == "in") {
    out.compare = Compare::is;
    out.values = scalars(value, place);
  } else if (key == "at_least" || key == "at_most") {
    out.compare = key == "at_least" ? Compare::at_least : Compare::at_most;
    out.number = static_cast<std::int32_t>(object.integer(key, -most_count, most_count));
  } else if (key == "before" || key == "after") {
    out.compare = key == "before" ? Compare::before : Compare::after;
    read_date(value, place, out.date.emplace());
  } else if (key == "given" || key == "known") {
    out.compare = key == "given" ? Compare::given : Compare::known;
    out.values.emplace_back(object.boolean(key, true) ? "true" : "false");
  } else {
    out.compare = key == "same_as" ? Compare::same_as : Compare::differs_from;
    out.other = word_here(value, place);
  }
}

Condition RulePartsReader::question(const Json& value, ObjectReader& node) {
  Condition out;
  out.place = places_.keep(node.place());
  read_leaf(value, node, out, true);
  return out;
}

void RulePartsReader::read_rows(ObjectReader& object, std::string_view key, Condition& out) {
  out.selector = needed_selector_at(object, key);
  if (out.op == Op::occurs) return;
  out.expect = out.op == Op::count ? condition_at(object, "expect") : needed_condition_at(object, "expect");
  if (out.op != Op::count) return;
  const auto bound = [&](std::string_view word) {
    return static_cast<std::int32_t>(object.optional_integer(word, 0, most_count).value_or(-1));
  };
  out.at_least = bound("at_least");
  out.at_most = bound("at_most");
  out.other = optional_word(object, "distinct");
  if (out.at_least < 0 && out.at_most < 0) object.refuse("a count needs 'at_least' or 'at_most'");
  if (out.at_most >= 0 && out.at_least > out.at_most) object.refuse("'at_least' is more than 'at_most'");
}

void RulePartsReader::read_result(ObjectReader& object, std::string_view key, Condition& out) {
  out.fact = word(object, key);
  const auto* value = object.required("is");
  if (!value) return;
  const Place place(object.place(), "is");
  if (value->IsArray()) {
    out.values = words_here(*value, place);
  } else {
    out.values.push_back(word_here(*value, place));
  }
}

// ---- Selectors

Box<Selector> RulePartsReader::selector_here(const Json* value, const Place& place) {
  Box<Selector> out;
  if (!value) return out;
  ObjectReader object(*value, place, Code::rulebook, error_);
  if (error_) return out;
  read_selector(object, out.emplace());
  object.finish();
  return out;
}

Box<Selector> RulePartsReader::selector_at(ObjectReader& object, std::string_view key) {
  return selector_here(object.optional(key), Place(object.place(), key));
}

Box<Selector> RulePartsReader::needed_selector_at(ObjectReader& object, std::string_view key) {
  return selector_here(object.required(key), Place(object.place(), key));
}

Selector RulePartsReader::occasion(const Json& value, const Place& place) {
  Selector out;
  ObjectReader object(value, place, Code::rulebook, error_);
  if (error_) return out;
  out.place = places_.keep(object.place());
  out.event = word(object, "event");
  out.where = where_at(object);
  object.finish();
  return out;
}

void RulePartsReader::read_selector(ObjectReader& object, Selector& out) {
  out.place = places_.keep(object.place());
  out.event = word(object, "event");
  out.where = where_at(object);
  out.attribute = optional_word(object, "attribute");
  out.same = same_at(object);
  if (const auto pick = optional_word(object, "pick"); !pick.empty()) {
    const auto at = place_in(pick_words, pick);
    if (at)
      out.pick = static_cast<Selector::Pick>(*at + 1);
    else
      object.refuse(no_such("pick", pick, pick_words), "pick");
  }
  for (std::size_t i = 0; i < position_words.size(); ++i)
    if (const auto* limit_here = object.optional(position_words[i]))
      out.positions.emplace_back(static_cast<Selector::Position>(i),
                                 date(*limit_here, Place(object.place(), position_words[i])));
}

std::vector<std::pair<std::string, std::string>> RulePartsReader::same_at(ObjectReader& object) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto* value = object.optional("same");
  if (!value) return out;
  const Place place(object.place(), "same");
  if (!value->IsObject()) {
    for (auto& name : words_here(*value, place)) out.emplace_back(name, name);
    return out;
  }
  for (const auto& member : value->GetObject())
    if (!is_remark(text_of(member.name)))
      out.emplace_back(text_of(member.name), word_here(member.value, Place(place, text_of(member.name))));
  if (out.empty()) refuse("'same' names no attribute", place);
  return out;
}

Box<Condition> RulePartsReader::where_at(ObjectReader& object) {
  Box<Condition> out;
  const auto* value = object.optional("where");
  if (!value) return out;
  const Place place(object.place(), "where");
  if (value->IsObject() && !is_condition(*value))
    read_short_where(*value, place, out.emplace());
  else
    read_condition(*value, place, out.emplace());
  return out;
}

void RulePartsReader::read_short_where(const Json& value, const Place& place, Condition& out) {
  out.op = Op::all;
  out.place = places_.keep(place);
  out.parts.reserve(value.MemberCount());
  for (const auto& member : value.GetObject()) {
    const auto name = text_of(member.name);
    if (is_remark(name)) continue;
    const Place part_place(place, name);
    auto& part = out.parts.emplace_back();
    part.op = Op::fact;
    part.fact = name;
    part.place = places_.keep(part_place);
    if (member.value.IsArray())
      part.values = scalars(member.value, part_place);
    else
      part.values.push_back(scalar(member.value, part_place));
    if (error_) return;
  }
  condition_count += 1 + out.parts.size();
  if (out.parts.empty()) refuse("'where' asks for nothing", place);
}

// ---- Dates and lengths

DateText RulePartsReader::date(const Json& value, const Place& place) {
  DateText out;
  read_date(value, place, out);
  return out;
}

void RulePartsReader::read_date(const Json& value, const Place& place, DateText& out) {
  out.place = places_.keep(place);
  if (value.IsString()) {
    const auto text = text_of(value);
    out.source = text == "from" ? DateText::Source::from : DateText::Source::until;
    if (text != "from" && text != "until")
      refuse("a date is 'from', 'until' or an object, not " + quoted(text), place);
    else if (!in_timescale)
      refuse("only a timescale has " + quoted(text) + " as a date", place);
    return;
  }
  ObjectReader object(value, place, Code::rulebook, error_);
  if (error_) return;
  const int forms = int{object.has("event")} + int{object.has("fact")} + int{object.has("date")};
  if (forms != 1)
    return refuse("a date is expected here: 'from', 'until', or an object with one of event, fact or date", place);
  if (object.has("event")) {
    read_selector(object, out.selector.emplace());
  } else if (object.has("fact")) {
    out.source = DateText::Source::fact;
    out.fact = word(object, "fact");
  } else {
    out.source = DateText::Source::date;
    read_date(*object.required("date"), Place(place, "date"), out.inner.emplace());
  }
  if (const auto* offset = object.optional("offset")) out.offset = period(*offset, Place(place, "offset"), -most_count);
  object.finish();
}

Period RulePartsReader::limit(const Json& value, const Place& place) { return period(value, place, 0); }

Period RulePartsReader::period(const Json& value, const Place& place, std::int32_t least) {
  Period out;
  ObjectReader object(value, place, Code::rulebook, error_);
  if (error_) return out;
  const auto unit = word(object, "unit");
  if (error_) return out;
  const auto unit_at = place_in(unit_words, unit);
  if (!unit_at) return object.refuse(no_such("unit", unit, unit_words), "unit"), out;
  out.unit = static_cast<Unit>(*unit_at);
  if (out.unit == Unit::same_day) {
    if (object.optional_integer("count", least, most_count).value_or(0) != 0)
      object.refuse("'same_day' has the count 0", "count");
  } else {
    out.count = static_cast<std::int32_t>(object.integer("count", least, most_count));
  }
  if (const auto counting = optional_word(object, "counting"); !counting.empty()) {
    const auto at = place_in(counting_words, counting);
    if (!at) return object.refuse(no_such("counting", counting, counting_words), "counting"), out;
    out.counting = static_cast<Counting>(*at);
    const bool elapsed = out.unit == Unit::minute || out.unit == Unit::hour || out.unit == Unit::same_day;
    if (elapsed && out.counting != Counting::next_day)
      object.refuse("only days and longer units have a way of counting", "counting");
  }
  object.finish();
  return out;
}

}  // namespace cpc
