#include "json/rulebook_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"
#include "data/embedded.h"
#include "json/parse.h"
#include "json/rule_parts.h"

namespace cpc {
namespace {

using Json = rapidjson::Value;
using Type = RuleText::Type;

constexpr std::array<std::string_view, 6> type_words = {"timescale", "requirement", "quorum",
                                                        "process",   "threshold",   "definition"};
constexpr std::array<std::string_view, 5> modality_words = {"must", "must_not", "should", "normally", "may"};
constexpr std::array<std::string_view, 3> severity_words = {"info", "advisory", "breach"};
constexpr std::array<std::string_view, 3> outcome_words = {"met", "not_met", "restate"};
constexpr std::size_t most_states = 63;
constexpr std::size_t most_nodes = 1000;
constexpr std::size_t longest_id = 64;

template <std::size_t n>
std::string list_of(const std::array<std::string_view, n>& words) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += (i == 0 ? "" : i + 1 == n ? " or " : ", ") + std::string(words[i]);
  return out;
}

/// Per duty, in the order of the vocabulary, a bit for each kind of rule that it takes.
const std::vector<unsigned>& types_of_duties(const Vocabulary& vocabulary) {
  static const auto table = [&] {
    std::vector<unsigned> out(vocabulary.duties.size(), 0U);
    const auto document = parse_document(embedded("vocabulary/duties.json"));
    if (!document || !document->IsObject() || !document->HasMember("duties")) return out;
    for (const auto& duty : (*document)["duties"].GetObject()) {
      const int at = vocabulary.duty(text_of(duty.name));
      if (at < 0) continue;
      for (const auto& kind : duty.value["rule_kinds"].GetArray())
        for (std::size_t i = 0; i < type_words.size(); ++i)
          if (text_of(kind) == type_words[i]) out[static_cast<std::size_t>(at)] |= 1U << i;
    }
    return out;
  }();
  return table;
}

/// Nobody saw the number: `"checked": null`, which an ObjectReader takes for a key that is absent.
bool holds_null(const Json& object, const char* key) {
  const auto at = object.FindMember(key);
  return at != object.MemberEnd() && at->value.IsNull();
}

/// At most so many rules stand in the sections: room is made for them, for a rule is too large to be moved about.
std::size_t rule_count(const Json& sections) {
  std::size_t out = 0;
  for (const auto& section : sections.GetArray()) {
    if (!section.IsObject()) continue;
    const auto rules = section.FindMember("rules");
    if (rules != section.MemberEnd() && rules->value.IsArray()) out += rules->value.Size();
  }
  return out;
}

class RulebookReader {
 public:
  RulebookReader(const Vocabulary& vocabulary, Rulebook& book)
      : vocabulary_(vocabulary), places_(std::make_shared<KeptPlaces>()), parts_(error_, *places_), book_(book) {
    book_.places = places_;
  }

  /// Null where the rulebook is as it should be.
  [[nodiscard]] const Error* error() const { return error_ ? &*error_ : nullptr; }
  /// A rulebook whose sections stand in its heading.
  void read_inline(const Json& root);
  void read_files(const RulebookFiles& files);

 private:
  template <class ReadSections>
  void read(const Json& root, const ReadSections& read_sections);
  void keep(const Error& error) {
    if (!error_) error_ = error;
  }
  void refuse(std::string message, const Place& place) {
    if (!error_) refuse(std::move(message), place.text());
  }
  void refuse(std::string message, const std::string& place, std::string clause = {});
  void read_heading(ObjectReader& heading);
  void read_sources(ObjectReader& heading);
  void read_clauses(ObjectReader& object, SourceText& source);
  void read_terms(ObjectReader& heading);
  void read_over(ObjectReader& heading);
  void read_in_force(ObjectReader& object, Day& from, Day& to);
  void read_section(const Json& value, const Place& place);
  void read_context(ObjectReader& object, const std::string& section);
  void read_rule(const Json& value, ObjectReader& object, Type type, const std::string& section);
  void read_body(ObjectReader& object, RuleText& rule);
  void read_weight(ObjectReader& object, RuleText& rule, bool modality_needed);
  void read_duty(ObjectReader& object, RuleText& rule);
  void read_scope(ObjectReader& object, RuleText& rule);
  void read_timescale(ObjectReader& object, RuleText& rule);
  void read_limits(ObjectReader& object, RuleText& rule);
  bool read_length(ObjectReader& object, LimitText& limit);
  void read_judged(ObjectReader& object, RuleText& rule);
  void read_process(ObjectReader& object, RuleText& rule);
  void read_transition(const Json& value, const Place& place, const RuleText& rule, TransitionText& out);
  void check_state(const RuleText& rule, const std::string& state, const Place& place);
  void read_threshold(ObjectReader& object, RuleText& rule);
  NodeText read_node(const Json& value, const Place& place);
  void check_tree(const RuleText& rule);
  void check_circle(const RuleText& rule, const std::unordered_map<std::string_view, std::size_t>& position);
  void check_ids();
  void check_over();
  std::string id_here(ObjectReader& object, std::string_view key);
  template <std::size_t n>
  int one_of(ObjectReader& object, std::string_view key, const std::array<std::string_view, n>& words);

  const Vocabulary& vocabulary_;
  std::optional<Error> error_;
  std::shared_ptr<KeptPlaces> places_;
  RulePartsReader parts_;
  Rulebook& book_;
  std::unordered_set<std::string> contexts_;
};

void RulebookReader::refuse(std::string message, const std::string& place, std::string clause) {
  if (!error_) error_ = Error{Code::rulebook, std::move(message), place, std::move(clause)};
}

std::string RulebookReader::id_here(ObjectReader& object, std::string_view key) {
  auto id = parts_.word(object, key);
  const bool plain = std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  if (!plain || id.size() > longest_id)
    object.refuse("an id is at most 64 of a-z, 0-9, '-', '_' and '.', not " + quoted(id), key);
  return id;
}

/// The word's position in `words`, or -1.
template <std::size_t n>
int RulebookReader::one_of(ObjectReader& object, std::string_view key, const std::array<std::string_view, n>& words) {
  const auto word = parts_.optional_word(object, key);
  if (word.empty()) return -1;
  const auto at = std::find(words.begin(), words.end(), word);
  if (at != words.end()) return static_cast<int>(at - words.begin());
  object.refuse(quoted(word) + " is not " + list_of(words), key);
  return -1;
}

// ---- The heading

template <class ReadSections>
void RulebookReader::read(const Json& root, const ReadSections& read_sections) {
  ObjectReader heading(root, "", Code::rulebook, error_);
  if (error_) return;
  if (heading.integer("cpconf", 0, 1000000) != 1) heading.refuse("this format version is not known; 1 is", "cpconf");
  read_heading(heading);
  const auto* sections = heading.array("sections");
  if (error_) return;
  read_sections(*sections);
  book_.condition_count = parts_.condition_count;
  heading.finish();
  if (!error_) check_ids();
  if (!error_) check_over();
}

void RulebookReader::read_inline(const Json& root) {
  read(root, [&](const Json& sections) {
    book_.rules.reserve(rule_count(sections));
    const Place place("/sections");
    for (rapidjson::SizeType i = 0; i < sections.Size() && !error_; ++i) read_section(sections[i], Place(place, i));
  });
}

void RulebookReader::read_files(const RulebookFiles& files) {
  const auto heading = parse_document(files.heading);
  if (!heading) return keep(heading.error());
  read(*heading, [&](const Json&) {
    const Place place("/sections");
    for (std::size_t i = 0; i < files.sections.size() && !error_; ++i) {
      const auto section = parse_document(files.sections[i]);
      if (!section) return keep(section.error());
      read_section(*section, Place(place, i));
    }
  });
}

void RulebookReader::read_heading(ObjectReader& heading) {
  book_.name = id_here(heading, "rulebook");
  book_.edition = parts_.word(heading, "edition");
  book_.title = parts_.word(heading, "title");
  book_.nation = parts_.word(heading, "nation");
  book_.calendar = parts_.word(heading, "calendar");
  if (heading.required("in_force")) read_in_force(heading, book_.in_force_from, book_.in_force_to);
  read_sources(heading);
  read_terms(heading);
  read_over(heading);
}

void RulebookReader::read_in_force(ObjectReader& object, Day& from, Day& to) {
  const auto* value = object.optional("in_force");
  if (!value) return;
  ObjectReader range(*value, Place(object.place(), "in_force"), Code::rulebook, error_);
  from = range.day("from");
  to = range.optional_day("to").value_or(to);
  range.finish();
  if (!error_ && from > to)
    range.refuse("in force from " + to_string(from) + " to " + to_string(to) + ": the end comes first");
}

void RulebookReader::read_clauses(ObjectReader& object, SourceText& source) {
  const auto* clauses = object.optional_array("clauses");
  if (!clauses) return;
  std::unordered_set<std::string_view> seen;
  const Place list(object.place(), "clauses");
  for (rapidjson::SizeType i = 0; i < clauses->Size() && !error_; ++i) {
    const Place place(list, i);
    const auto clause = text_at((*clauses)[i], place, Code::rulebook, error_);
    if (error_) return;
    if (!of_source(clause, source)) refuse("a clause of this source begins with " + quoted(source.id + "-"), place);
    if (!seen.insert(clause).second) refuse("clause " + quoted(clause) + " stands twice", place);
    source.clauses.emplace_back(clause);
  }
}

void RulebookReader::read_sources(ObjectReader& heading) {
  const auto* sources = heading.array("sources");
  if (!sources) return;
  if (sources->Empty()) heading.refuse("a rulebook has at least one source", "sources");
  const Place place("/sources");
  for (rapidjson::SizeType i = 0; i < sources->Size() && !error_; ++i) {
    const auto& value = (*sources)[i];
    ObjectReader object(value, Place(place, i), Code::rulebook, error_);
    SourceText source;
    source.id = parts_.word(object, "id");
    source.title = parts_.word(object, "title");
    source.checked = parts_.optional_word(object, "checked");
    if (!error_ && !value.HasMember("checked"))
      object.refuse("the key 'checked' is missing: a date, or null where nobody saw the text");
    read_clauses(object, source);
    object.finish();
    const auto same = [&](const SourceText& other) { return other.id == source.id; };
    if (std::any_of(book_.sources.begin(), book_.sources.end(), same))
      object.refuse("two sources have the id " + quoted(source.id), "id");
    book_.sources.push_back(std::move(source));
  }
}

void RulebookReader::read_terms(ObjectReader& heading) {
  const auto* terms = heading.optional("terms");
  if (!terms) return;
  const Place place("/terms");
  const ObjectReader object(*terms, place, Code::rulebook, error_);
  if (error_) return;
  for (const auto& term : terms->GetObject()) {
    if (text_of(term.name) == "note" || text_of(term.name) == "$schema") continue;
    book_.terms.emplace_back(text_of(term.name),
                             text_at(term.value, Place(place, text_of(term.name)), Code::rulebook, error_));
  }
}

void RulebookReader::read_over(ObjectReader& heading) {
  const auto* over = heading.optional("over");
  if (!over) return;
  const Place over_place("/over");
  const ObjectReader object(*over, over_place, Code::rulebook, error_);
  if (error_) return;
  for (const auto& lower : over->GetObject()) {
    if (text_of(lower.name) == "note" || text_of(lower.name) == "$schema") continue;
    const Place place(over_place, text_of(lower.name));
    if (!lower.value.IsArray())
      return refuse("an array is expected here, not " + std::string(kind_of(lower.value)), place);
    for (rapidjson::SizeType i = 0; i < lower.value.Size() && !error_; ++i) {
      ObjectReader entry(lower.value[i], Place(place, i), Code::rulebook, error_);
      OverText text;
      text.rulebook = text_of(lower.name);
      text.place = entry.place().text();
      if (entry.has("replace") == entry.has("disable"))
        entry.refuse("either 'replace' with 'by', or 'disable', is expected here");
      const bool replaces = entry.has("replace");
      text.rule = parts_.word(entry, replaces ? "replace" : "disable");
      if (replaces) text.by = parts_.word(entry, "by");
      text.reason = parts_.word(entry, "reason");
      text.when = parts_.condition_at(entry, "when");
      entry.finish();
      book_.over.push_back(std::move(text));
    }
  }
}

// ---- Sections and what all rules share

void RulebookReader::read_section(const Json& value, const Place& place) {
  if (value.IsString())
    return refuse("a section's file is named here; the one-text form has the section itself", place);
  ObjectReader section(value, place, Code::rulebook, error_);
  if (error_) return;
  if (section.optional_integer("cpconf", 0, 1000000).value_or(1) != 1)
    section.refuse("this format version is not known; 1 is", "cpconf");
  const auto name = parts_.word(section, "section");
  (void)parts_.optional_word(section, "title");
  const auto* rules = section.array("rules");
  if (error_) return;
  const Place rules_place(section.place(), "rules");
  for (rapidjson::SizeType i = 0; i < rules->Size() && !error_; ++i) {
    ObjectReader object((*rules)[i], Place(rules_place, i), Code::rulebook, error_);
    if (error_) return;
    std::optional<Type> type;
    for (std::size_t t = 0; t < type_words.size(); ++t)
      if (object.has(type_words[t])) {
        if (type)
          object.refuse("a rule is of one kind, not both " + std::string(type_words[static_cast<std::size_t>(*type)]) +
                        " and " + std::string(type_words[t]));
        type = static_cast<Type>(t);
      }
    if (type)
      read_rule((*rules)[i], object, *type, name);
    else if (object.has("context"))
      read_context(object, name);
    else
      object.refuse("a rule is expected here: one of " + list_of(type_words) + ", or context");
  }
  section.finish();
}

void RulebookReader::read_context(ObjectReader& object, const std::string& section) {
  ContextText text;
  text.clause = parts_.word(object, "context");
  text.reason = parts_.word(object, "reason");
  text.section = section;
  object.finish();
  if (!error_ && !contexts_.insert(text.clause).second)
    refuse("clause " + quoted(text.clause) + " is context twice", object.place().text(), text.clause);
  book_.context.push_back(std::move(text));
}

void RulebookReader::read_rule(const Json& value, ObjectReader& object, Type type, const std::string& section) {
  RuleText& rule = book_.rules.emplace_back();
  rule.type = type;
  rule.section = section;
  rule.place = object.place().text();
  rule.id = id_here(object, type_words[static_cast<std::size_t>(type)]);
  rule.checked = !holds_null(value, "checked");
  parts_.in_timescale = type == Type::timescale;
  if (!error_) read_body(object, rule);
  if (error_) {
    if (!rule.id.empty()) error_->message = "rule " + quoted(rule.id) + ": " + error_->message;
    if (error_->clause.empty() && !rule.cites.empty()) error_->clause = rule.cites.front();
  }
}

void RulebookReader::read_body(ObjectReader& object, RuleText& rule) {
  const bool cites_inside = rule.type == Type::process || rule.type == Type::threshold;
  if (!cites_inside && !object.has("cites")) return object.refuse("a rule that cites no clause is not loaded");
  rule.cites = parts_.optional_words(object, "cites");
  read_duty(object, rule);
  read_scope(object, rule);
  rule.in_force_from = book_.in_force_from;
  rule.in_force_to = book_.in_force_to;
  read_in_force(object, rule.in_force_from, rule.in_force_to);
  rule.when = parts_.condition_at(object, "when");
  switch (rule.type) {
    case Type::timescale:
      read_timescale(object, rule);
      break;
    case Type::requirement:
    case Type::quorum:
    case Type::definition:
      read_judged(object, rule);
      break;
    case Type::process:
      read_process(object, rule);
      break;
    case Type::threshold:
      read_threshold(object, rule);
      break;
  }
  read_weight(object, rule, rule.type == Type::timescale || rule.type == Type::requirement);
  object.finish();
}

/// What may have been meant: the nearest, else those that hold the word.
std::string near_duties(std::string_view word, const Vocabulary& vocabulary) {
  if (const auto near = nearest(word, vocabulary.duties); !near.empty())
    return "; did you mean " + std::string(near) + "?";
  std::string out;
  for (const auto& duty : vocabulary.duties)
    if (!word.empty() && duty.find(word) != std::string::npos)
      out.append(out.empty() ? "; there are " : ", ").append(duty);
  return out;
}

void RulebookReader::read_duty(ObjectReader& object, RuleText& rule) {
  rule.duty = parts_.word(object, "duty");
  if (error_) return;
  const int at = vocabulary_.duty(rule.duty);
  if (at < 0)
    return object.refuse("there is no duty " + quoted(rule.duty) + near_duties(rule.duty, vocabulary_), "duty");
  const auto taken = types_of_duties(vocabulary_)[static_cast<std::size_t>(at)];
  if ((taken >> static_cast<unsigned>(rule.type) & 1U) != 0) return;
  std::string kinds;
  for (std::size_t i = 0; i < type_words.size(); ++i)
    if ((taken >> i & 1U) != 0) kinds += (kinds.empty() ? "" : ", ") + std::string(type_words[i]);
  object.refuse("duty '" + rule.duty + "' takes no " + std::string(type_words[static_cast<std::size_t>(rule.type)]) +
                    "; it takes: " + kinds,
                "duty");
}

void RulebookReader::read_scope(ObjectReader& object, RuleText& rule) {
  const bool needed = rule.type != Type::threshold && rule.type != Type::definition;
  rule.per = needed ? parts_.words(object, "per") : parts_.optional_words(object, "per");
  const Place place(object.place(), "per");
  for (std::size_t i = 0; i < rule.per.size() && !error_; ++i) {
    const auto& word = rule.per[i];
    if (word != "case" && word != "child" && vocabulary_.kind(word) < 0)
      refuse("nothing is judged per " + quoted(word) + "; there are case, child and the kinds of instance",
             Place(place, i));
  }
}

void RulebookReader::read_weight(ObjectReader& object, RuleText& rule, bool modality_needed) {
  if (modality_needed && !object.required("modality")) return;
  const int modality = one_of(object, "modality", modality_words);
  if (modality >= 0) rule.modality = static_cast<Modality>(modality);
  const int severity = one_of(object, "severity", severity_words);
  rule.severity = severity >= 0 ? static_cast<Severity>(severity) : usual_severity(rule);
  (void)parts_.optional_word(object, "checked");
}

// ---- Timescales

void RulebookReader::read_timescale(ObjectReader& object, RuleText& rule) {
  rule.title = parts_.optional_word(object, "title");
  if (const auto* from = object.required("from")) {
    const Place place(object.place(), "from");
    if (from->IsString())
      return refuse("'from' of a rule is an object: a selector, a fact or a date with an offset", place);
    rule.from = parts_.date(*from, place);
  }
  rule.until = parts_.needed_selector_at(object, "until");
  read_limits(object, rule);
  rule.during = parts_.condition_at(object, "while");
  rule.repeats = object.boolean("repeats", false);
  rule.authorised_by = parts_.selector_at(object, "authorised_by");
  rule.who = parts_.optional_word(object, "who");
  const auto& roles = vocabulary_.enumerations[static_cast<std::size_t>(vocabulary_.enumeration("role"))];
  if (!rule.who.empty() && roles.find(rule.who) < 0) {
    const auto near = nearest(rule.who, roles.values);
    object.refuse("there is no role " + quoted(rule.who) +
                      (near.empty() ? std::string() : "; did you mean " + std::string(near) + "?"),
                  "who");
  }
  if (rule.repeats && rule.during.empty()) object.refuse("'repeats' needs 'while': until when it goes on", "repeats");
}

bool RulebookReader::read_length(ObjectReader& object, LimitText& limit) {
  const auto* within = object.optional("within");
  const auto* ahead = object.optional("ahead");
  if (within && ahead) return object.refuse("a limit lies either 'within' or 'ahead', not both"), false;
  if (!within && !ahead) return false;
  limit.ahead = ahead != nullptr;
  limit.period = parts_.limit(within ? *within : *ahead, Place(object.place(), within ? "within" : "ahead"));
  return true;
}

void RulebookReader::read_limits(ObjectReader& object, RuleText& rule) {
  LimitText single;
  if (read_length(object, single)) rule.limits.push_back(std::move(single));
  const auto take = object.optional_text("take");
  const auto* limits = object.optional_array("limits");
  if (!limits) {
    if (take) object.refuse("'take' chooses between 'limits', and there are none", "take");
    return;
  }
  if (!rule.limits.empty())
    return object.refuse("a rule has either 'limits', or one of 'within' and 'ahead'", "limits");
  if (limits->Empty()) return object.refuse("the array is empty", "limits");
  if (!take) return object.refuse("'limits' needs 'take': earliest or latest");
  if (*take != "earliest" && *take != "latest")
    return object.refuse(quoted(*take) + " is not earliest or latest", "take");
  rule.take_latest = *take == "latest";
  const Place place(object.place(), "limits");
  for (rapidjson::SizeType i = 0; i < limits->Size() && !error_; ++i) {
    ObjectReader one((*limits)[i], Place(place, i), Code::rulebook, error_);
    if (error_) return;
    LimitText limit;
    if (const auto* from = one.optional("from")) limit.from = parts_.date(*from, Place(one.place(), "from"));
    if (!read_length(one, limit)) one.refuse("a limit needs 'within' or 'ahead'");
    limit.when = parts_.condition_at(one, "when");
    one.finish();
    rule.limits.push_back(std::move(limit));
  }
}

// ---- Requirements, quorums, definitions

void RulebookReader::read_judged(ObjectReader& object, RuleText& rule) {
  if (rule.type == Type::definition) {
    rule.expect = parts_.condition_at(object, "means");
    return;
  }
  rule.at = parts_.needed_selector_at(object, "at");
  rule.say = parts_.optional_word(object, "say");
  if (rule.type == Type::requirement) {
    rule.expect = parts_.needed_condition_at(object, "expect");
    return;
  }
  rule.core = parts_.condition_at(object, "core");
  rule.others = parts_.condition_at(object, "others");
  rule.may_proceed = parts_.condition_at(object, "may_proceed");
  if (rule.core.empty() && rule.others.empty()) object.refuse("a quorum needs 'core' or 'others'");
}

// ---- Processes

void RulebookReader::check_state(const RuleText& rule, const std::string& state, const Place& place) {
  if (error_ || std::find(rule.states.begin(), rule.states.end(), state) != rule.states.end()) return;
  const auto near = nearest(state, rule.states);
  refuse("there is no state " + quoted(state) + (near.empty() ? "" : "; did you mean " + std::string(near) + "?"),
         place);
}

void RulebookReader::read_process(ObjectReader& object, RuleText& rule) {
  rule.states = parts_.words(object, "states");
  if (rule.states.size() > most_states) return object.refuse("a process has at most 63 states", "states");
  if (std::find(rule.states.begin(), rule.states.end(), "same") != rule.states.end())
    return object.refuse("no state is named 'same': a transition says so to stay", "states");
  rule.initial = parts_.word(object, "initial");
  check_state(rule, rule.initial, Place(object.place(), "initial"));
  rule.final_states = parts_.optional_words(object, "final");
  const Place final_place(object.place(), "final");
  for (std::size_t i = 0; i < rule.final_states.size(); ++i)
    check_state(rule, rule.final_states[i], Place(final_place, i));
  const auto* transitions = object.array("transitions");
  if (error_) return;
  if (transitions->Empty()) return object.refuse("the array is empty", "transitions");
  const Place place(object.place(), "transitions");
  rule.transitions.reserve(transitions->Size());
  std::unordered_set<std::string_view> ids;
  std::unordered_set<std::string> cited(rule.cites.begin(), rule.cites.end());
  for (rapidjson::SizeType i = 0; i < transitions->Size() && !error_; ++i) {
    const Place here(place, i);
    auto& read = rule.transitions.emplace_back();
    read_transition((*transitions)[i], here, rule, read);
    if (!ids.insert(read.id).second) refuse("two transitions have the id " + quoted(read.id), here);
    for (const auto& clause : read.cites)
      if (cited.insert(clause).second) rule.cites.push_back(clause);
  }
  if (rule.cites.empty()) object.refuse("a rule that cites no clause is not loaded");
}

void RulebookReader::read_transition(const Json& value, const Place& place, const RuleText& rule, TransitionText& out) {
  out.place = place.text();
  ObjectReader object(value, place, Code::rulebook, error_);
  if (error_) return;
  out.id = id_here(object, "id");
  const auto* cites = object.optional_array("cites");
  if (cites && !cites->Empty()) out.cites = parts_.words(object, "cites");
  out.from = parts_.words(object, "from");
  const Place from_place(place, "from");
  for (std::size_t i = 0; i < out.from.size(); ++i) check_state(rule, out.from[i], Place(from_place, i));
  if (const auto* on = object.required("on")) out.on = parts_.occasion(*on, Place(place, "on"));
  out.guard = parts_.condition_at(object, "guard");
  out.to = parts_.word(object, "to");
  if (out.to != "same") check_state(rule, out.to, Place(place, "to"));
  out.derived = parts_.optional_word(object, "derived");
  out.irregular = object.boolean("irregular", false);
  object.finish();
  if (out.cites.empty() && out.derived.empty())
    object.refuse("a transition cites a clause, or says in 'derived' why none states it");
  if (error_ && !out.cites.empty()) error_->clause = out.cites.front();
}

// ---- Threshold trees

void RulebookReader::read_threshold(ObjectReader& object, RuleText& rule) {
  rule.at = parts_.needed_selector_at(object, "at");
  rule.root = parts_.word(object, "root");
  const auto* nodes = object.array("nodes");
  const auto* outcomes = object.required("outcomes");
  if (error_) return;
  if (nodes->Empty() || nodes->Size() > most_nodes) return object.refuse("a tree has 1 to 1000 nodes", "nodes");
  std::unordered_set<std::string> cited(rule.cites.begin(), rule.cites.end());
  const auto cite = [&](const std::vector<std::string>& clauses) {
    for (const auto& clause : clauses)
      if (cited.insert(clause).second) rule.cites.push_back(clause);
  };
  const Place place(object.place(), "nodes");
  for (rapidjson::SizeType i = 0; i < nodes->Size() && !error_; ++i) {
    rule.nodes.push_back(read_node((*nodes)[i], Place(place, i)));
    cite(rule.nodes.back().cites);
  }
  ObjectReader ends(*outcomes, Place(object.place(), "outcomes"), Code::rulebook, error_);
  if (error_) return;
  for (const auto name : outcome_words) {
    if (!ends.has(name) && name == "restate") continue;
    rule.outcomes.push_back({std::string(name), parts_.words(ends, name)});
    cite(rule.outcomes.back().cites);
  }
  ends.finish();
  if (!error_) check_tree(rule);
}

NodeText RulebookReader::read_node(const Json& value, const Place& place) {
  NodeText out;
  out.place = place.text();
  ObjectReader object(value, place, Code::rulebook, error_);
  if (error_) return out;
  out.node = id_here(object, "node");
  if (std::find(outcome_words.begin(), outcome_words.end(), out.node) != outcome_words.end())
    object.refuse("no node is named as an outcome is", "node");
  out.cites = parts_.words(object, "cites");
  out.question = error_ ? Condition{} : parts_.question(value, object);
  out.yes = parts_.word(object, "yes");
  out.no = parts_.word(object, "no");
  object.finish();
  if (error_ && !out.cites.empty()) error_->clause = out.cites.front();
  return out;
}

void RulebookReader::check_tree(const RuleText& rule) {
  std::unordered_map<std::string_view, std::size_t> position;
  for (std::size_t i = 0; i < rule.nodes.size(); ++i)
    if (!position.emplace(rule.nodes[i].node, i).second)
      return refuse("two nodes have the name " + quoted(rule.nodes[i].node), rule.nodes[i].place);
  if (position.count(rule.root) == 0) return refuse("there is no node " + quoted(rule.root), rule.place + "/root");
  const auto outcome = [&](const std::string& name) {
    return std::any_of(rule.outcomes.begin(), rule.outcomes.end(),
                       [&](const OutcomeText& one) { return one.name == name; });
  };
  for (const auto& node : rule.nodes)
    for (const auto* next : {&node.yes, &node.no})
      if (position.count(*next) == 0 && !outcome(*next))
        return refuse("there is no node or outcome " + quoted(*next),
                      node.place + (next == &node.yes ? "/yes" : "/no"));
  check_circle(rule, position);
}

/// Walks every branch once, without recursion: a long chain of nodes is allowed.
void RulebookReader::check_circle(const RuleText& rule,
                                  const std::unordered_map<std::string_view, std::size_t>& position) {
  enum : char { unseen, open, closed };
  std::vector<char> state(rule.nodes.size(), unseen);
  for (std::size_t start = 0; start < rule.nodes.size(); ++start) {
    std::vector<std::pair<std::size_t, int>> walk;
    if (state[start] == unseen) walk.emplace_back(start, 0), state[start] = open;
    while (!walk.empty()) {
      auto& [at, branch] = walk.back();
      if (branch == 2) {
        state[at] = closed;
        walk.pop_back();
        continue;
      }
      const auto& node = rule.nodes[at];
      const auto next = position.find(branch++ == 0 ? node.yes : node.no);
      if (next == position.end() || state[next->second] == closed) continue;
      if (state[next->second] == open)
        return refuse("the tree goes round: " + quoted(node.node) + " leads back to " + quoted(next->first),
                      node.place);
      state[next->second] = open;
      walk.emplace_back(next->second, 0);
    }
  }
}

// ---- What holds between rules

void RulebookReader::check_ids() {
  std::vector<std::size_t> order(book_.rules.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::size_t i) {
    const auto& rule = book_.rules[i];
    return std::tie(rule.id, rule.in_force_from.number);
  };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  for (std::size_t i = 1; i < order.size(); ++i) {
    const auto& first = book_.rules[std::min(order[i - 1], order[i])];
    const auto& second = book_.rules[std::max(order[i - 1], order[i])];
    if (first.id != second.id) continue;
    const auto clause = second.cites.empty() ? std::string{} : second.cites.front();
    const auto& earlier = book_.rules[order[i - 1]];
    const auto& later = book_.rules[order[i]];
    if (earlier.in_force_to >= later.in_force_from)
      return refuse("rule " + quoted(second.id) + ": the same id is in force at " + first.place + " on " +
                        to_string(supported(later.in_force_from)) + "; editions of one rule do not overlap",
                    second.place, clause);
    if (first.type != second.type || first.duty != second.duty)
      return refuse("rule " + quoted(second.id) + ": the edition at " + first.place + " is of another kind or duty",
                    second.place, clause);
  }
}

void RulebookReader::check_over() {
  if (book_.over.empty()) return;
  std::unordered_set<std::string_view> ids;
  for (const auto& rule : book_.rules) ids.insert(rule.id);
  std::unordered_set<std::string> laid;
  for (const auto& one : book_.over) {
    if (one.rulebook == book_.name) return refuse("a rulebook does not lie over itself", one.place);
    if (!one.by.empty() && ids.count(one.by) == 0)
      return refuse("no rule of this rulebook is named " + quoted(one.by), one.place + "/by");
    if (!laid.insert(one.rulebook + "/" + one.rule).second)
      return refuse(quoted(one.rule) + " is replaced or disabled twice", one.place);
  }
}

}  // namespace

Result<Rulebook> read_rulebook(std::string_view json, const Vocabulary& vocabulary) {
  const auto document = parse_document(json);
  if (!document) return document.error();
  Rulebook book;
  book.fingerprint = fingerprint(json);
  RulebookReader reader(vocabulary, book);
  reader.read_inline(*document);
  if (reader.error()) return *reader.error();
  return book;
}

Result<Rulebook> read_rulebook_files(const RulebookFiles& files, const Vocabulary& vocabulary) {
  Rulebook book;
  book.fingerprint = fingerprint_of_pieces(files.pieces());
  RulebookReader reader(vocabulary, book);
  reader.read_files(files);
  if (reader.error()) return *reader.error();
  return book;
}

}  // namespace cpc
