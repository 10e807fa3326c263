#include "json/timetable_writer.h"

#include <rapidjson/writer.h>

#include "assessment/findings.h"
#include "json/program_heading.h"

namespace cpc {
namespace {

class TimetableJson {
 public:
  explicit TimetableJson(std::string& out) : sink_{out}, json_(sink_) {}

  void write(const Timetable& timetable, const Program& program) {
    json_.StartObject();
    json_.Key("cpconf");
    json_.Int(1);
    text("engine", CPC_VERSION);
    write_program(program, json_);
    text("as_of", to_string(timetable.as_of));
    if (timetable.proposed) {
      text("proposed", to_string(*timetable.proposed));
      if (!timetable.conference.empty()) text("conference", timetable.conference);
      text("conference_type", timetable.type);
      flag("closed_day", timetable.closed_day);
      flag("within_every_limit", timetable.within_every_limit);
      window(timetable.window);
      steps("ends_with", timetable.ends_with);
      steps("before", timetable.before);
      steps("then", timetable.then);
    } else {
      steps("latest", timetable.latest);
    }
    json_.EndObject();
  }

 private:
  void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
  void text(std::string_view name, std::string_view value) {
    key(name);
    json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  void flag(std::string_view name, bool value) {
    key(name);
    json_.Bool(value);
  }
  void date(std::string_view name, Value value) {
    if (value != unknown_value) text(name, to_string(moment_of(value)));
  }
  void window(const TimetableWindow& window) {
    key("window");
    json_.StartObject();
    if (window.first) text("first", to_string(*window.first));
    if (window.last) text("last", to_string(*window.last));
    flag("open_ended", window.open_ended);
    json_.EndObject();
  }
  void steps(std::string_view name, const std::vector<TimetableStep>& list) {
    key(name);
    json_.StartArray();
    for (const auto& step : list) this->step(step);
    json_.EndArray();
  }
  void step(const TimetableStep& step) {
    static constexpr std::string_view words[] = {"done", "possible", "too_late"};
    json_.StartObject();
    text("rule", step.rule);
    text("title", step.title);
    text("limit", step.limit);
    text("duty", step.duty);
    key("clauses");
    json_.StartArray();
    for (const auto& clause : step.clauses)
      json_.String(clause.data(), static_cast<rapidjson::SizeType>(clause.size()));
    json_.EndArray();
    text("severity", to_string(step.severity));
    if (!step.who.empty()) text("who", step.who);
    if (!step.child.empty()) text("child", step.child);
    for (const auto& [kind, id] : step.instances) text(kind, id);
    text("standing", words[static_cast<int>(step.standing)]);
    date("from", step.from);
    date("due", step.due);
    date("act_by", step.act_by);
    date("ended", step.ended);
    if (step.provisional) flag("provisional", true);
    if (step.unverified) flag("unverified", true);
    if (!step.after.empty()) {
      key("after");
      json_.StartArray();
      for (const auto at : step.after) json_.Uint64(at);
      json_.EndArray();
    }
    json_.EndObject();
  }

  Sink sink_;
  rapidjson::Writer<Sink> json_;
};

}  // namespace

std::string timetable_json(const Timetable& timetable, const Program& program) {
  std::string out;
  TimetableJson(out).write(timetable, program);
  return out;
}

}  // namespace cpc
