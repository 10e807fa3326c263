#include <memory>
#include <string>

#include "assessment/wording.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "data/embedded.h"
#include "json/record_reader.h"
#include "program/facts.h"

namespace cpc::cli {
namespace {

constexpr const char* footer =
    R"(Every event a record may hold, with its attributes and their values, and the facts and duties that rules speak of;
--format json prints the file itself, with the meaning of each word.

Examples:
  cpconf vocabulary
  cpconf vocabulary --event report_shared)";

std::string type_text(const Vocabulary& vocabulary, const Slot& slot) {
  const auto values = [&] {
    const auto& enumeration = vocabulary.enumerations[static_cast<std::size_t>(slot.enumeration)];
    if (enumeration.values.size() > 12) return "word of the list " + enumeration.name;
    return listed(enumeration.values, "or");
  };
  switch (slot.type) {
    case AttributeType::yes_no:
      return "true or false";
    case AttributeType::enumeration:
      return values();
    case AttributeType::enumeration_set:
      return "list of: " + values();
    case AttributeType::date:
      return "date";
    case AttributeType::datetime:
      return "date, or date and time";
    case AttributeType::count:
      return "whole number" + (slot.max < 0 ? std::string() : " up to " + std::to_string(slot.max));
    case AttributeType::id:
      return "id";
    case AttributeType::present:
      return "true, or a text that is never read";
  }
  return {};
}

std::string event_text(const Vocabulary& vocabulary, const EventType& event) {
  auto text = event.name + "\n  " + event.title + "\n";
  std::vector<std::string> columns;
  if (event.per_child) columns.emplace_back("child");
  if (event.conference == ConferenceColumn::required) columns.emplace_back("conference (required)");
  if (event.conference == ConferenceColumn::optional) columns.emplace_back("conference");
  if (event.instance != no_kind && event.instance != static_cast<int>(Kind::conference))
    columns.push_back(vocabulary.instances[static_cast<std::size_t>(event.instance)].name);
  if (!columns.empty()) text += "  belongs to: " + listed(columns) + "\n";
  for (const auto& slot : event.slots)
    text += "  - " + vocabulary.attribute_names.word(slot.attribute) + ": " + type_text(vocabulary, slot) + "\n";
  return text;
}

/// The values of a fact whose list is not the vocabulary's.
const std::vector<std::string>& own_values(const DerivedName& fact) {
  return derived_values(fact.derived == Derived::role_group ? role_group_enumeration : case_state_enumeration);
}

/// What rules may ask beside the attributes of a row.
std::string facts_text(const Vocabulary& vocabulary) {
  std::string text =
      "\nFacts\n\nWhat follows from the rows, whatever the rulebook: a rule asks for them as for an attribute. Those "
      "with\n"
      "the name of an instance, as any attribute of it (conference.conference_type), can be asked from every row of "
      "it.\n\n";
  for (const auto& fact : derived_names()) {
    if (fact.kind != no_kind) text.append(vocabulary.instances[static_cast<std::size_t>(fact.kind)].name).append(".");
    if (fact.of_child) text += "child.";
    text.append(fact.name).append(": ");
    Slot slot;
    slot.type = fact.type;
    slot.enumeration = static_cast<std::int16_t>(vocabulary.enumeration(fact.enumeration));
    const bool listed_there = slot.enumeration >= 0 || fact.enumeration.empty();
    text += listed_there ? type_text(vocabulary, slot) : listed(own_values(fact), "or");
    text += '\n';
  }
  return text;
}

std::string list_text(const Vocabulary& vocabulary) {
  std::string text = "Events\n\n";
  for (const auto& event : vocabulary.events) text += event_text(vocabulary, event) + "\n";
  text += "Lists\n\n";
  for (const auto& enumeration : vocabulary.enumerations)
    text += enumeration.name + ": " + listed(enumeration.values, "or") + "\n";
  text += facts_text(vocabulary);
  text += "\nDuties\n\n";
  for (std::size_t i = 0; i < vocabulary.duties.size(); ++i)
    text += vocabulary.duties[i] + ": " + vocabulary.duty_titles[i] + "\n";
  return text;
}

}  // namespace

void add_vocabulary(CLI::App& app, Exit& exit) {
  struct Options {
    std::string format = "text";
    std::string event;
  };
  auto* command = app.add_subcommand("vocabulary", "List the events, attributes and words that a record may hold");
  command->footer(footer);
  auto options = std::make_shared<Options>();
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_option("--event", options->event, "Only this event")->type_name("NAME");
  command->callback([options, &exit] {
    if (options->format == "json") return print(embedded("vocabulary/vocabulary.json"));
    const auto& vocabulary = embedded_vocabulary();
    if (options->event.empty()) return print(list_text(vocabulary));
    const int event = vocabulary.event(options->event);
    if (event < 0)
      exit.status = refuse(unknown_word("event", options->event, vocabulary.event_names.words()));
    else
      print(event_text(vocabulary, vocabulary.events[static_cast<std::size_t>(event)]));
  });
}

}  // namespace cpc::cli
