#pragma once
#include <rapidjson/prettywriter.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/program_heading.h"

namespace cpc {

/// Writes one indented JSON document to a text, a member at a time.
class DocumentWriter {
 public:
  explicit DocumentWriter(std::string& out) : sink_{out}, json_(sink_) { json_.SetIndent(' ', 2); }

  void begin() { json_.StartObject(); }
  void begin(std::string_view key) {
    this->key(key);
    json_.StartObject();
  }
  void end() { json_.EndObject(); }
  void begin_list(std::string_view key) {
    this->key(key);
    json_.StartArray();
  }
  void end_list() { json_.EndArray(); }

  void key(std::string_view key) { json_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size())); }
  void value(std::string_view text) { json_.String(text.data(), static_cast<rapidjson::SizeType>(text.size())); }
  void text(std::string_view key, std::string_view text) {
    this->key(key);
    value(text);
  }
  /// Null where the text is empty.
  void text_or_null(std::string_view key, std::string_view text) {
    this->key(key);
    if (text.empty())
      json_.Null();
    else
      value(text);
  }
  void number(std::string_view key, std::int64_t number) {
    this->key(key);
    json_.Int64(number);
  }
  void boolean(std::string_view key, bool yes) {
    this->key(key);
    json_.Bool(yes);
  }
  void null(std::string_view key) {
    this->key(key);
    json_.Null();
  }
  template <class Texts>
  void texts(std::string_view key, const Texts& texts) {
    begin_list(key);
    for (const auto& one : texts) value(one);
    end_list();
  }
  /// The names by which documents tell which rulebook spoke.
  void rulebook(const Rulebook& book) {
    begin();
    text("name", book.name);
    text("edition", book.edition);
    text("fingerprint", book.fingerprint);
    end();
  }
  /// What every document begins with.
  void heading() {
    number("cpconf", 1);
    text("engine", CPC_VERSION);
  }

 private:
  Sink sink_;
  rapidjson::PrettyWriter<Sink> json_;
};

}  // namespace cpc
