#include "json/vocabulary_reader.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "data/embedded.h"
#include "json/record_reader.h"

namespace cpc {
namespace {

using Json = rapidjson::Value;

constexpr std::string_view kind_names[kind_count] = {"conference", "section_47", "assessment", "request",
                                                     "report",     "exclusion",  "plan",       "task",
                                                     "dissent",    "complaint",  "enquiry"};
constexpr std::string_view type_names[] = {"yes_no", "enum", "enum_set", "date", "datetime", "count", "id", "present"};
constexpr std::string_view column_names[] = {"event",        "id",    "at",         "recorded_at",
                                             "withdrawn_at", "child", "conference", "note"};
constexpr std::size_t most_slots = 48;  // slot numbers are small, and readers keep a bit for each beside the columns

std::string_view text_of(const Json& json) { return {json.GetString(), json.GetStringLength()}; }

/// Reads one vocabulary; the first thing that does not fit is kept and the rest is of no interest.
class Builder {
 public:
  Result<Vocabulary> build(std::string_view vocabulary_json, std::string_view duties_json) {
    rapidjson::Document words, duties;
    if (!parse(vocabulary_json, words, "vocabulary.json") || !parse(duties_json, duties, "duties.json")) return *error_;
    read_duties(member(duties, "duties", "/duties"));
    read_enumerations(words);
    read_attribute_names(words);
    read_events(words);
    read_instances(words);
    read_derived(words);
    if (error_) return *error_;
    return std::move(out_);
  }

 private:
  void fail(std::string message, std::string place) {
    if (!error_) error_ = Error{Code::input, std::move(message), std::move(place), {}};
  }

  bool parse(std::string_view text, rapidjson::Document& document, std::string_view file) {
    document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
    if (!document.HasParseError() && document.IsObject()) return true;
    fail(std::string(file) + " is not a JSON object", line_and_column(text, document.GetErrorOffset()));
    return false;
  }

  /// The member of an object, or an empty object where it is missing (an error).
  const Json& member(const Json& object, const char* key, const std::string& place) {
    static const Json nothing(rapidjson::kObjectType);
    if (object.IsObject())
      if (const auto at = object.FindMember(key); at != object.MemberEnd()) return at->value;
    fail(std::string("missing: ") + key, place);
    return nothing;
  }

  std::string string_member(const Json& object, const char* key, const std::string& place) {
    const Json& value = member(object, key, place);
    if (value.IsString()) return std::string(text_of(value));
    fail(std::string(key) + " is not text", place);
    return {};
  }

  template <class Visit>
  void each(const Json& object, const std::string& place, Visit visit) {
    if (!object.IsObject()) return fail("not an object", place);
    for (const auto& m : object.GetObject()) {
      if (error_) return;
      visit(std::string(text_of(m.name)), m.value, place + "/" + std::string(text_of(m.name)));
    }
  }

  void read_duties(const Json& duties) {
    each(duties, "/duties", [&](const std::string& name, const Json& duty, const std::string& place) {
      out_.duties.push_back(name);
      out_.duty_titles.push_back(string_member(duty, "title", place));
    });
  }

  void read_enumerations(const Json& words) {
    each(member(words, "enums", ""), "/enums",
         [&](const std::string& name, const Json& list, const std::string& place) {
           std::vector<std::string> values;
           each(list, place,
                [&](const std::string& value, const Json&, const std::string&) { values.push_back(value); });
           add_enumeration(name, std::move(values), place);
         });
    each(member(words, "enum_files", ""), "/enum_files",
         [&](const std::string& name, const Json& file, const std::string& place) {
           if (!file.IsString() || text_of(file) != "duties.json") return fail("unknown file of an enumeration", place);
           add_enumeration(name, out_.duties, place);
         });
  }

  void add_enumeration(const std::string& name, std::vector<std::string> values, const std::string& place) {
    if (std::set<std::string>(values.begin(), values.end()).size() != values.size())
      fail("a value stands twice", place);
    if (out_.enumeration(name) >= 0) fail("the enumeration stands twice", place);
    out_.enumerations.emplace_back().build(name, std::move(values));
  }

  void read_attribute_names(const Json& words) {
    std::set<std::string> names(std::begin(column_names), std::end(column_names));
    names.insert(std::begin(kind_names), std::end(kind_names));
    std::vector<std::string> events;
    each(member(words, "events", ""), "/events",
         [&](const std::string& event, const Json& spec, const std::string& place) {
           events.push_back(event);
           each(member(spec, "attributes", place), place,
                [&](const std::string& name, const Json&, const std::string&) { names.insert(name); });
         });
    out_.event_names.build(std::move(events));
    out_.attribute_names.build({names.begin(), names.end()});
    out_.slot_of.assign(out_.event_names.words().size() * out_.attribute_names.words().size(), -1);
  }

  void read_events(const Json& words) {
    each(member(words, "events", ""), "/events",
         [&](const std::string& name, const Json& spec, const std::string& place) {
           EventType event;
           event.name = name;
           event.title = string_member(spec, "title", place);
           const Json& instance = member(spec, "instance", place);
           if (instance.IsString()) event.instance = kind(text_of(instance), place);
           event.conference = conference_column(string_member(spec, "conference", place), place);
           const Json& per_child = member(spec, "per_child", place);
           if (!per_child.IsBool()) return fail("per_child is not true or false", place);
           event.per_child = per_child.GetBool();
           event.reference_slot.fill(-1);
           each(member(spec, "attributes", place), place + "/attributes",
                [&](const std::string& attribute, const Json& slot, const std::string& at) {
                  add_slot(event, attribute, slot, at);
                });
           if ((event.covered < 0) != (event.not_covered < 0)) fail("covered and not_covered go together", place);
           out_.events.push_back(std::move(event));
         });
  }

  std::int8_t kind(std::string_view name, const std::string& place) {
    const auto at = std::find(std::begin(kind_names), std::end(kind_names), name);
    if (at == std::end(kind_names)) fail("unknown kind of instance " + quoted(name), place);
    return static_cast<std::int8_t>(at == std::end(kind_names) ? no_kind : at - std::begin(kind_names));
  }

  ConferenceColumn conference_column(std::string_view word, const std::string& place) {
    if (word == "required") return ConferenceColumn::required;
    if (word == "optional") return ConferenceColumn::optional;
    if (word != "none") fail("conference is required, optional or none, not " + quoted(word), place);
    return ConferenceColumn::none;
  }

  void add_slot(EventType& event, const std::string& name, const Json& spec, const std::string& place) {
    const auto position = static_cast<std::int8_t>(event.slots.size());
    if (event.slots.size() >= most_slots) return fail("too many attributes", place);
    if (std::find(std::begin(column_names), std::end(column_names), name) != std::end(column_names))
      return fail("the name of a column of the row", place);
    Slot slot;
    slot.attribute = out_.attribute_names.find(name);
    const auto type_name = string_member(spec, "type", place);
    const auto type = std::find(std::begin(type_names), std::end(type_names), type_name);
    if (type == std::end(type_names)) return fail("unknown type " + quoted(type_name), place);
    slot.type = static_cast<AttributeType>(type - std::begin(type_names));
    read_domain(slot, spec, place);
    if (const auto known = std::find(std::begin(kind_names), std::end(kind_names), name);
        slot.type == AttributeType::id && known != std::end(kind_names)) {
      slot.reference = kind(name, place);
      if (slot.reference == event.instance) fail("names the event's own instance again", place);
      event.reference_slot[static_cast<std::size_t>(slot.reference)] = position;
    }
    if (name == "covered") event.covered = position;
    if (name == "not_covered") event.not_covered = position;
    const auto at = (out_.events.size() * out_.attribute_names.words().size()) + slot.attribute;
    if (out_.slot_of[at] >= 0) return fail("the attribute stands twice", place);
    out_.slot_of[at] = position;
    event.slots.push_back(slot);
    event.meanings.push_back(optional_text(spec, "meaning"));
  }

  static std::string optional_text(const Json& object, const char* key) {
    const auto at = object.FindMember(key);
    return at != object.MemberEnd() && at->value.IsString() ? std::string(text_of(at->value)) : std::string();
  }

  /// What derived facts mean is for people: a vocabulary may leave it out.
  void read_derived(const Json& words) {
    const auto derived = words.FindMember("derived");
    if (error_ || derived == words.MemberEnd() || !derived->value.IsObject()) return;
    each(member(derived->value, "facts", "/derived"), "/derived/facts",
         [&](const std::string& name, const Json& spec, const std::string& place) {
           DerivedMeaning meaning{name, string_member(spec, "definition", place), {}};
           if (const auto uses = spec.FindMember("uses"); uses != spec.MemberEnd() && uses->value.IsArray())
             for (const auto& one : uses->value.GetArray()) meaning.uses.emplace_back(text_of(one));
           out_.derived.push_back(std::move(meaning));
         });
  }

  void read_domain(Slot& slot, const Json& spec, const std::string& place) {
    if (slot.type == AttributeType::enumeration || slot.type == AttributeType::enumeration_set) {
      const auto name = string_member(spec, "enum", place);
      slot.enumeration = static_cast<std::int16_t>(out_.enumeration(name));
      if (slot.enumeration < 0) return fail("unknown enumeration " + quoted(name), place);
      const auto& enumeration = out_.enumerations[static_cast<std::size_t>(slot.enumeration)];
      if (slot.type == AttributeType::enumeration_set && !enumeration.has_sets())
        fail("a set over more than 63 values", place);
    }
    if (const auto max = spec.FindMember("max"); max != spec.MemberEnd()) {
      if (slot.type != AttributeType::count || !max->value.IsInt() || max->value.GetInt() < 0)
        return fail("max is a whole number, on a count", place);
      slot.max = max->value.GetInt();
    }
  }

  void read_instances(const Json& words) {
    std::size_t position = 0;
    each(member(words, "instances", ""), "/instances",
         [&](const std::string& name, const Json& spec, const std::string& place) {
           if (position >= kind_count || kind_names[position] != name)
             return fail("unexpected kind of instance", place);
           auto& type = out_.instances[position++];
           type.name = name;
           type.title = string_member(spec, "title", place);
           if (const auto key = spec.FindMember("key"); key != spec.MemberEnd() && key->value.IsArray())
             for (const auto& attribute : key->value.GetArray()) type.key.emplace_back(text_of(attribute));
           read_marks(member(spec, "begins", place), type.begins, place + "/begins");
           read_marks(member(spec, "ends", place), type.ends, place + "/ends");
         });
    if (!error_ && position != kind_count) fail("kinds of instance are missing", "/instances");
  }

  void read_marks(const Json& list, std::vector<InstanceMark>& marks, const std::string& place) {
    if (!list.IsArray()) return fail("not a list", place);
    for (const auto& json : list.GetArray()) {
      InstanceMark mark;
      const auto name = string_member(json, "event", place);
      const auto event = out_.event_names.find(name);
      if (event == WordTable::none) return fail("unknown event " + quoted(name), place);
      mark.event = event;
      if (const auto where = json.FindMember("where"); where != json.MemberEnd())
        each(where->value, place, [&](const std::string& fact, const Json& values, const std::string& at) {
          read_test(mark, fact, values, at);
        });
      marks.push_back(std::move(mark));
    }
  }

  void read_test(InstanceMark& mark, std::string_view fact, const Json& values, const std::string& place) {
    constexpr std::string_view of_conference = "conference.";
    InstanceMark::Test test;
    const Slot* slot = nullptr;
    if (fact.starts_with(of_conference)) {
      if (fact != "conference.conference_type") return fail("only the type of a conference can be asked here", place);
      test.of_conference = true;
      slot = slot_of(out_.event_names.find("conference_arranged"), fact.substr(of_conference.size()));
    } else {
      test.slot = static_cast<std::int8_t>(out_.slot(mark.event, fact));
      slot = slot_of(mark.event, fact);
    }
    if (!slot || !values.IsArray()) return fail("unknown attribute or no list of values", place);
    for (const auto& value : values.GetArray()) {
      if (slot->type == AttributeType::yes_no && value.IsBool()) {
        test.values |= value.GetBool() ? 2 : 1;
        continue;
      }
      if (slot->type != AttributeType::enumeration || !value.IsString())
        return fail("no value of the attribute", place);
      const auto& enumeration = out_.enumerations[static_cast<std::size_t>(slot->enumeration)];
      const int at = enumeration.find(text_of(value));
      if (at < 0 || !enumeration.has_sets()) return fail("no value of the attribute", place);
      test.values |= std::uint64_t{1} << at;
    }
    mark.where.push_back(test);
  }

  const Slot* slot_of(std::uint16_t event, std::string_view attribute) const {
    if (event == WordTable::none) return nullptr;
    const int at = out_.slot(event, attribute);
    return at < 0 ? nullptr : &out_.events[event].slots[static_cast<std::size_t>(at)];
  }

  Vocabulary out_;
  std::optional<Error> error_;
};

}  // namespace

Result<Vocabulary> read_vocabulary(std::string_view vocabulary_json, std::string_view duties_json) {
  return Builder().build(vocabulary_json, duties_json);
}

const Vocabulary& embedded_vocabulary() {
  static const Vocabulary vocabulary = [] {
    auto read = read_vocabulary(embedded("vocabulary/vocabulary.json"), embedded("vocabulary/duties.json"));
    if (!read) throw std::logic_error("the embedded vocabulary does not load: " + read.error().text());
    return std::move(*read);
  }();
  return vocabulary;
}

}  // namespace cpc
