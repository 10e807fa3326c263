#include "json/plan_list_writer.h"

#include <rapidjson/writer.h>

#include "assessment/findings.h"
#include "json/assessment_writer.h"
#include "json/program_heading.h"

namespace cpc {
namespace {

using Json = rapidjson::Writer<Sink>;

class EntryWriter {
 public:
  EntryWriter(const Assessment& assessment, Json& json) : a_(assessment), json_(json) {}

  void write(const PlanEntry& entry) {
    json_.StartObject();
    text("case", a_.record->case_id);
    text("child", child_name(a_, entry.state.scope.child));
    for (const auto at : entry.state.scope.instance)
      if (at >= 0) text("plan", instance_name(a_, at).id);
    const Rule& process = a_.program->rules[static_cast<std::size_t>(entry.state.process)];
    text("rule", process.name);
    json_.Key("state");
    words(process.text->states, entry.state.states);
    date("since", entry.since);
    date("ended", entry.ended);
    if (entry.categories != unknown_value) {
      json_.Key("categories");
      words(categories(), members_of(entry.categories));
    }
    if (entry.main_category != unknown_value)
      text("main_category", categories()[static_cast<std::size_t>(entry.main_category - 1)]);
    if (entry.key_worker != unknown_value)
      text("key_worker", a_.record->ids.text(static_cast<std::uint32_t>(entry.key_worker - 1)));
    text("authority", entry.other_authority == Truth::yes ? "other" : "own");
    json_.EndObject();
  }

 private:
  void text(std::string_view key, std::string_view value) {
    json_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  void date(std::string_view key, Value value) {
    if (value != unknown_value) text(key, to_string(moment_of(value)));
  }
  void words(const std::vector<std::string>& all, std::uint64_t members) {
    json_.StartArray();
    for (std::size_t i = 0; i < all.size(); ++i)
      if ((members >> i & 1) != 0) json_.String(all[i].data(), static_cast<rapidjson::SizeType>(all[i].size()));
    json_.EndArray();
  }
  const std::vector<std::string>& categories() const {
    const auto& vocabulary = *a_.program->vocabulary;
    return vocabulary.enumerations[static_cast<std::size_t>(vocabulary.enumeration("abuse_category"))].values;
  }

  const Assessment& a_;
  Json& json_;
};

void append(std::string& list, const std::string& entry) {
  if (!list.empty()) list += ',';
  list += entry;
}

}  // namespace

void PlanListWriter::add(const Assessment& assessment, const std::vector<PlanEntry>& plans) {
  ++records_;
  for (const auto& entry : plans) {
    std::string text;
    Sink sink{text};
    Json json(sink);
    EntryWriter(assessment, json).write(entry);
    append(entry.standing == PlanEntry::Standing::on_plan     ? on_plan_
           : entry.standing == PlanEntry::Standing::irregular ? irregular_
                                                              : not_known_,
           text);
  }
}

void PlanListWriter::add_error(std::int64_t line, const Error& error) {
  std::string text;
  write_line_error_json(line, error, text);
  append(errors_, text);
}

std::string PlanListWriter::finish(const Program& program, Moment as_of, const std::optional<Moment>& known_at) const {
  std::string out;
  Sink sink{out};
  Json json(sink);
  json.StartObject();
  json.Key("cpconf");
  json.Int(1);
  json.Key("engine");
  json.String(CPC_VERSION);
  write_program(program, json);
  json.Key("as_of");
  json.String(to_string(as_of).c_str());
  json.Key("known_at");
  if (known_at)
    json.String(to_string(*known_at).c_str());
  else
    json.Null();
  json.Key("records");
  json.Int64(records_);
  const auto list = [&](const char* key, const std::string& entries) {
    json.Key(key);
    const auto array = "[" + entries + "]";
    json.RawValue(array.data(), array.size(), rapidjson::kArrayType);
  };
  list("on_plan", on_plan_);
  list("ended_irregularly", irregular_);
  list("not_known", not_known_);
  list("errors", errors_);
  json.Key("complete");
  json.Bool(errors_.empty());
  json.EndObject();
  return out;
}

}  // namespace cpc
