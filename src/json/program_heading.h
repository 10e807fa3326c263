#pragma once
#include <rapidjson/rapidjson.h>

#include <string>
#include <string_view>

#include "program/program.h"

namespace cpc {

/// A stream for a writer of RapidJSON: appends to a caller's string.
struct Sink {
  using Ch = char;
  std::string& text;
  void Put(char c) { text.push_back(c); }
  void Flush() {}
};

/// Writes the members `rulebooks` and `calendar`: what every document names that a program speaks in.
template <class Json>
void write_program(const Program& program, Json& json) {
  const auto text = [&](std::string_view value) {
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  const auto member = [&](std::string_view key, std::string_view value) {
    json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
    text(value);
  };
  json.Key("rulebooks");
  json.StartArray();
  for (const auto& rulebook : program.rulebooks) {
    json.StartObject();
    member("name", rulebook->name);
    member("edition", rulebook->edition);
    member("fingerprint", rulebook->fingerprint);
    json.EndObject();
  }
  json.EndArray();
  const auto& calendar = program.calendar.text();
  json.Key("calendar");
  json.StartObject();
  member("name", calendar.name);
  member("version", calendar.version);
  member("fingerprint", calendar.fingerprint);
  json.Key("covers");
  json.StartArray();
  text(to_string(calendar.first));
  text(to_string(calendar.last));
  json.EndArray();
  json.Key("closures");
  json.StartArray();
  for (const auto& closure : calendar.closures) text(closure);
  json.EndArray();
  json.EndObject();
}

}  // namespace cpc
