#include "json/record_parts.h"

#include <algorithm>

namespace cpc::reading {
namespace {

constexpr std::size_t longest_id = 64;  // characters

}  // namespace

std::string_view noun(Form form) {
  static constexpr std::string_view nouns[] = {
      "null", "false", "true", "a whole number", "a fraction or a huge number", "text", "a list", "an object"};
  return nouns[static_cast<int>(form)];
}

Words::Words() {
  const auto& names = vocabulary.attribute_names;
  column.assign(names.words().size(), Column::attribute);
  for (int i = 1; i < column_count; ++i) column[names.find(column_names[i])] = static_cast<Column>(i);
  event_word = names.find("event");
  child_recorded = vocabulary.event_names.find("child_recorded");
  for (std::size_t i = 0; i < vocabulary.events.size(); ++i) {
    const auto& event = vocabulary.events[i];
    const bool own = event.instance != no_kind && event.instance != static_cast<int>(Kind::conference);
    instance_word.push_back(own ? names.find(vocabulary.instances[static_cast<std::size_t>(event.instance)].name)
                                : WordTable::none);
    role_slot.push_back(static_cast<std::int8_t>(vocabulary.slot(static_cast<EventId>(i), "role")));
  }
  const auto& roles = vocabulary.enumerations[static_cast<std::size_t>(vocabulary.enumeration("role"))];
  child_role = static_cast<Value>(roles.find("child") + 1);
}

const Words& words() {
  static const Words built;
  return built;
}

bool Complaints::refuse(std::string message, std::string place) {
  error = Error{Code::input, std::move(message), std::move(place), {}};
  return false;
}

bool Complaints::trouble(RecordRemark remark, std::string says, std::string place, std::int32_t row) {
  if (reading == Reading::strict) return refuse(std::move(says), std::move(place));
  remark_on(remark, std::move(says), std::move(place), row);
  return true;
}

void Complaints::remark_on(RecordRemark remark, std::string says, std::string place, std::int32_t row) {
  record.findings.push_back({remark, row, std::move(says), std::move(place)});
}

std::string Complaints::row_place() const {
  constexpr const char* starts[] = {"/children/", "/events/", "/not_recorded/"};
  return starts[static_cast<int>(list)] + std::to_string(position);
}

std::string Complaints::place(const Member& member) const {
  return row_place().append("/").append(words().vocabulary.attribute_names.word(member.word));
}

std::string Complaints::place(const Member& member, std::size_t element) const {
  return place(member).append("/").append(std::to_string(element));
}

std::string_view bad_id(std::string_view text, bool has_escapes) {
  if (text.empty()) return "is empty";
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  if (text.size() > longest_id &&
      static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins)) > longest_id)
    return "is longer than 64 characters";
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "has a control character";
  if (has_escapes && first_bad_utf8(text) != std::string_view::npos) return "has half of a surrogate pair";
  return {};
}

std::string join(const std::vector<std::string_view>& names, std::size_t most) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) out.append(i ? ", " : "").append(quoted(names[i]));
  if (names.size() > most) out.append(" and ").append(std::to_string(names.size() - most)).append(" more");
  return out;
}

}  // namespace cpc::reading
