#pragma once
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <iterator>
#include <string>

namespace cpc::test {

inline std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string text_of(const rapidjson::Value& json) {
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  json.Accept(writer);
  return {out.GetString(), out.GetSize()};
}

/// A record around rows: of three children, where the rows say nothing about it.
inline std::string record_of(const std::string& rows) {
  return R"({"cpconf":1,"case":"t","children":[{"child":"ada"},{"child":"ben"},{"child":"baby"}],"events":[)" + rows +
         "]}";
}

/// The text that a case in `bad/records.json` is about: a `text`, a `record`, its `events` or one `event`.
inline std::string input_of(const rapidjson::Value& one) {
  if (one.HasMember("text")) return {one["text"].GetString(), one["text"].GetStringLength()};
  if (one.HasMember("record")) return text_of(one["record"]);
  if (one.HasMember("event")) return record_of(text_of(one["event"]));
  const auto rows = text_of(one["events"]);
  return record_of(rows.substr(1, rows.size() - 2));
}

}  // namespace cpc::test
