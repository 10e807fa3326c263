#include "json/answers_reader.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <string>
#include <utility>

#include "json/parse.h"
#include "json/record_reader.h"

namespace cpc {
namespace {

using Json = rapidjson::Value;

Json text_value(std::string_view text, rapidjson::Document& document) {
  return Json(text.data(), static_cast<rapidjson::SizeType>(text.size()), document.GetAllocator());
}

void add_missing(Json& answers, const char* key, std::string_view value, rapidjson::Document& document) {
  if (!answers.HasMember(key))
    answers.AddMember(Json(key, document.GetAllocator()), text_value(value, document), document.GetAllocator());
}

/// `/events/2/x` of the record that is made is `/2/x` of a list of answers and `/x` of a single one.
std::string place_in_answers(std::string place, bool list) {
  const std::string events = "/events";
  if (!place.starts_with(events + "/")) return {};
  place.erase(0, events.size());
  if (!list) place.erase(0, std::min(place.find('/', 1), place.size()));
  return place;
}

/// The ids that rows name as their children, each once.
Json children_of(const Json& events, rapidjson::Document& document) {
  Json children(rapidjson::kArrayType);
  const auto add = [&](const Json& id) {
    if (!id.IsString()) return;
    for (const auto& child : children.GetArray())
      if (child["child"] == id) return;
    Json child(rapidjson::kObjectType);
    child.AddMember("child", Json(id, document.GetAllocator()), document.GetAllocator());
    children.PushBack(child, document.GetAllocator());
  };
  for (const auto& event : events.GetArray()) {
    const auto& ids = event["child"];
    if (!ids.IsArray()) add(ids);
    if (ids.IsArray())
      for (const auto& id : ids.GetArray()) add(id);
  }
  return children;
}

}  // namespace

Result<Done> read_answers(std::string_view json, Moment day, Record& record) {
  auto parsed = parse_document(json);
  if (!parsed) return parsed.error();
  auto& document = *parsed;
  auto& allocator = document.GetAllocator();
  const bool list = document.IsArray();
  const Place root_place;
  Json events(rapidjson::kArrayType);
  if (list)
    events.Swap(document);
  else
    events.PushBack(Json(document, allocator), allocator);
  for (rapidjson::SizeType i = 0; i < events.Size(); ++i) {
    auto& answers = events[i];
    const auto place = list ? Place(root_place, i) : root_place;
    if (!answers.IsObject())
      return Error{Code::input, "answers are an object of threshold_assessed attributes", place.text(), {}};
    if (answers.HasMember("event") && answers["event"] != "threshold_assessed")
      return Error{Code::input, "answers are of the event threshold_assessed alone", Place(place, "event").text(), {}};
    add_missing(answers, "event", "threshold_assessed", document);
    add_missing(answers, "at", to_string(day), document);
    add_missing(answers, "child", "the child", document);
    add_missing(answers, "conference", "conference", document);
  }
  Json root(rapidjson::kObjectType);
  root.AddMember("cpconf", 1, allocator);
  root.AddMember("case", "answers", allocator);
  root.AddMember("children", children_of(events, document), allocator);
  root.AddMember("events", events, allocator);
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  root.Accept(writer);
  auto done = read_record({buffer.GetString(), buffer.GetSize()}, Reading::strict, record);
  if (done) return done;
  auto error = done.error();
  error.place = place_in_answers(std::move(error.place), list);
  return error;
}

}  // namespace cpc
