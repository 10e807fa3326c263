#include "json/examples.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "date/moment.h"
#include "json/assessment_writer.h"
#include "json/parse.h"
#include "json/record_reader.h"

namespace cpc {
namespace {

using Json = rapidjson::Value;

constexpr std::array<std::string_view, 7> lists = {"timescales",   "states", "threshold",  "findings",
                                                   "undetermined", "next",   "not_covered"};

std::string text_of_json(const Json& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

class ExamplesReader {
 public:
  Result<std::vector<Example>> read(const Json& root);

 private:
  void read_example(const Json& value, const std::string& rule, const Place& place);
  std::optional<Moment> moment(ObjectReader& object, std::string_view key);
  void read_status(ObjectReader& object, Example& example);
  void read_parts(ObjectReader& object, std::string_view key, bool expected, Example& example);
  std::string record_text(const Json& given);
  void add_without_each(const Json& given, const Json& wanted, const Example& example, const Place& place);
  void refuse(std::string message, const Place& place) {
    if (!error_) error_ = Error{Code::rulebook, std::move(message), place.text(), {}};
  }

  std::optional<Error> error_;
  std::vector<Example> out_;
};

Result<std::vector<Example>> ExamplesReader::read(const Json& root) {
  ObjectReader heading(root, "", Code::rulebook, error_);
  if (error_) return *error_;
  if (heading.integer("cpconf", 0, 1000000) != 1) heading.refuse("this format version is not known; 1 is", "cpconf");
  const Json* rules = heading.required("examples");
  heading.finish();
  if (error_) return *error_;
  if (!rules->IsObject()) return Error{Code::rulebook, "rule ids and their examples are expected", "/examples", {}};
  const Place examples("/examples");
  for (const auto& rule : rules->GetObject()) {
    const Place place(examples, text_of(rule.name));
    if (!rule.value.IsArray()) return Error{Code::rulebook, "an array of examples is expected", place.text(), {}};
    for (rapidjson::SizeType i = 0; i < rule.value.Size(); ++i)
      read_example(rule.value[i], std::string(text_of(rule.name)), Place(place, i));
  }
  if (error_) return *error_;
  return std::move(out_);
}

std::optional<Moment> ExamplesReader::moment(ObjectReader& object, std::string_view key) {
  const auto text = object.optional_text(key);
  if (!text) return std::nullopt;
  const auto read = parse_moment(*text);
  if (read) return *read;
  object.refuse(read.error().message, key);
  return std::nullopt;
}

void ExamplesReader::read_status(ObjectReader& object, Example& example) {
  example.status = example.passes ? RequirementStatus::satisfied : RequirementStatus::broken;
  const auto status = object.optional_text("status");
  if (!status) return;
  for (const auto known : {RequirementStatus::not_applicable, RequirementStatus::undetermined}) {
    if (*status != to_string(known)) continue;
    example.status = known;
    return;
  }
  object.refuse("not_applicable or undetermined is expected here", "status");
}

void ExamplesReader::read_parts(ObjectReader& object, std::string_view key, bool expected, Example& example) {
  const Json* parts = object.optional(key);
  if (!parts) return;
  if (!parts->IsObject()) return object.refuse("lists of the assessment are expected here", key);
  for (const auto& list : parts->GetObject()) {
    const auto name = text_of(list.name);
    if (std::find(lists.begin(), lists.end(), name) == lists.end() || !list.value.IsArray())
      return object.refuse("no list of the assessment is named " + quoted(name), key);
    for (const auto& entry : list.value.GetArray())
      example.parts.push_back({expected, std::string(name), text_of_json(entry)});
  }
}

/// `cpconf` and `case` may be left out of a record here.
std::string ExamplesReader::record_text(const Json& given) {
  rapidjson::Document record;
  record.CopyFrom(given, record.GetAllocator());
  if (!record.HasMember("cpconf")) record.AddMember("cpconf", 1, record.GetAllocator());
  if (!record.HasMember("case")) record.AddMember("case", "example", record.GetAllocator());
  return text_of_json(record);
}

void ExamplesReader::add_without_each(const Json& given, const Json& wanted, const Example& example,
                                      const Place& place) {
  const auto events = given.FindMember("events");
  const bool fits = wanted.IsUint() && events != given.MemberEnd() && events->value.IsArray() &&
                    wanted.GetUint() < events->value.Size() && events->value[wanted.GetUint()].IsObject() &&
                    events->value[wanted.GetUint()].HasMember("covered") &&
                    events->value[wanted.GetUint()]["covered"].IsArray();
  if (!fits) return refuse("the number of a row with 'covered' is expected here", place);
  const auto row = wanted.GetUint();
  for (rapidjson::SizeType i = 0; i < events->value[row]["covered"].Size(); ++i) {
    rapidjson::Document changed;
    auto& memory = changed.GetAllocator();
    changed.CopyFrom(given, memory);
    Json& event = changed["events"][row];
    Json item(event["covered"][i], memory);
    event["covered"].Erase(event["covered"].Begin() + i);
    if (!event.HasMember("not_covered")) event.AddMember("not_covered", Json(rapidjson::kArrayType), memory);
    Example one = example;
    one.name += " (without " + (item.IsString() ? std::string(text_of(item)) : std::to_string(i)) + ")";
    event["not_covered"].PushBack(item, memory);
    one.record = record_text(changed);
    out_.push_back(std::move(one));
  }
}

void ExamplesReader::read_example(const Json& value, const std::string& rule, const Place& place) {
  ObjectReader object(value, place, Code::rulebook, error_);
  if (error_) return;
  Example example;
  example.rule = rule;
  example.place = place.text();
  example.name = object.text("name");
  example.because = object.text("because");
  const Place shows_place(place, "shows");
  if (const Json* shows = object.array("shows"))
    for (rapidjson::SizeType i = 0; i < shows->Size(); ++i)
      example.shows.emplace_back(text_at((*shows)[i], Place(shows_place, i), Code::rulebook, error_));
  if (!object.has("passes")) object.refuse("'passes' is missing: true or false");
  example.passes = object.boolean("passes", false);
  const auto as_of = moment(object, "as_of");
  if (!as_of) object.refuse("a date or a local time is expected here", "as_of");
  example.known_at = moment(object, "known_at");
  read_status(object, example);
  read_parts(object, "expect", true, example);
  read_parts(object, "absent", false, example);
  const Json* record = object.required("record");
  const Json* without_each = object.optional("without_each");
  object.finish();
  if (error_) return;
  if (!record->IsObject()) return refuse("a record is expected here", Place(place, "record"));
  example.as_of = *as_of;
  if (without_each) return add_without_each(*record, *without_each, example, Place(place, "without_each"));
  example.record = record_text(*record);
  out_.push_back(std::move(example));
}

/// A plain rule id stands for that rule of whatever rulebook.
bool names_rule(const Json& actual, const Json& wanted) {
  const auto full = text_of(actual), name = text_of(wanted);
  return full == name ||
         (full.size() > name.size() && full.ends_with(name) && full[full.size() - name.size() - 1] == '/');
}

bool holds(const Json& actual, const Json& wanted) {
  if (wanted.IsObject()) {
    if (!actual.IsObject()) return false;
    return std::all_of(wanted.MemberBegin(), wanted.MemberEnd(), [&](const auto& member) {
      const auto found = actual.FindMember(member.name);
      if (found == actual.MemberEnd()) return false;
      if (text_of(member.name) == "rule" && member.value.IsString()) return names_rule(found->value, member.value);
      return holds(found->value, member.value);
    });
  }
  if (wanted.IsArray()) {
    if (!actual.IsArray() || actual.Size() != wanted.Size()) return false;
    for (rapidjson::SizeType i = 0; i < wanted.Size(); ++i)
      if (!holds(actual[i], wanted[i])) return false;
    return true;
  }
  return actual == wanted;
}

/// The entries of one list wherever the document keeps them.
std::vector<const Json*> entries(const Json& document, const std::string& list) {
  std::vector<const Json*> out;
  const auto take = [&](const Json& holder) {
    const auto found = holder.FindMember(list.c_str());
    if (found == holder.MemberEnd()) return;
    for (const auto& each : found->value.GetArray()) out.push_back(&each);
  };
  take(document);
  take(document["whole_case"]);
  for (const auto& child : document["children"].GetArray()) take(child);
  for (const auto& conference : document["conferences"].GetArray()) take(conference);
  return out;
}

std::string of_same_rule(const std::vector<const Json*>& found, const Json& wanted) {
  std::string out;
  for (const Json* each : found) {
    const bool same = wanted.IsObject() && wanted.HasMember("rule") && each->IsObject() && each->HasMember("rule") &&
                      names_rule((*each)["rule"], wanted["rule"]);
    if (same) out += "\n    " + text_of_json(*each);
  }
  return out.empty() ? "; there is none of that rule" : "; of that rule there are:" + out;
}

/// The rule has to be judged as the example says at least once, and a passing one is broken nowhere.
void check_status(const Assessment& assessment, const Example& example, std::vector<std::string>& out) {
  bool known = false, judged = false, seen = false, broken = false;
  for (const Rule& rule : assessment.program->rules) {
    if (rule.text->id != example.rule) continue;
    known = true;
    judged = judged || rule.text->type == RuleText::Type::requirement || rule.text->type == RuleText::Type::quorum;
  }
  // A definition finds nothing of its own: its examples show what it lifts or changes.
  for (const auto& book : assessment.program->rulebooks)
    for (const auto& rule : book->rules) known = known || rule.id == example.rule;
  if (!known) out.push_back("there is no rule " + quoted(example.rule));
  if (!judged) return;
  std::string found;
  for (const auto& result : assessment.requirements) {
    if (assessment.program->rules[static_cast<std::size_t>(result.rule)].text->id != example.rule) continue;
    seen = seen || result.status == example.status;
    broken = broken || result.status == RequirementStatus::broken;
    found += (found.empty() ? "" : ", ") + std::string(to_string(result.status));
  }
  // A rule that applies to no row is judged nowhere.
  if (found.empty()) seen = example.status == RequirementStatus::not_applicable;
  if (!seen || (example.passes && broken))
    out.push_back("the rule should be " + std::string(to_string(example.status)) + " but is " +
                  (found.empty() ? "judged for no row" : found));
}

}  // namespace

Result<std::vector<Example>> read_examples(std::string_view json) {
  const auto document = parse_document(json);
  if (!document) return document.error();
  return ExamplesReader().read(*document);
}

std::vector<std::string> check_example(const std::shared_ptr<const Program>& program, const Example& example) {
  std::vector<std::string> out;
  Record record;
  if (const auto read = read_record(example.record, Reading::strict, record); !read) {
    out.push_back("the record: " + read.error().text());
    return out;
  }
  AssessOptions options;
  options.as_of = example.as_of;
  options.known_at = example.known_at;
  options.needs = true;
  Workspace workspace;
  Assessment assessment;
  assess(program, record, options, workspace, assessment);
  check_status(assessment, example, out);

  std::string json;
  write_assessment_json(assessment, json);
  const auto document = parse_document(json);
  if (!document) {
    out.push_back("the assessment document: " + document.error().text());
    return out;
  }
  for (const auto& part : example.parts) {
    const auto found = entries(*document, part.list);
    const auto wanted = parse_document(part.entry);
    if (!wanted) continue;  // it was written here, from a value that had been parsed
    const bool there = std::any_of(found.begin(), found.end(), [&](const Json* each) { return holds(*each, *wanted); });
    if (there != part.expected)
      out.push_back(std::string(part.expected ? "no entry" : "an entry") + " of '" + part.list + "' holds " +
                    part.entry + of_same_rule(found, *wanted));
  }
  return out;
}

}  // namespace cpc
