#include "json/reads_writer.h"

#include <array>
#include <string_view>

#include "json/document_writer.h"

namespace cpc {
namespace {

class ReadsWriter {
 public:
  ReadsWriter(const Program& program, std::string& out)
      : program_(program), vocabulary_(*program.vocabulary), json_(out) {}

  void write(const std::vector<DutyReads>& duties) {
    json_.begin();
    json_.heading();
    json_.begin_list("rulebooks");
    for (const auto& book : program_.rulebooks) json_.rulebook(*book);
    json_.end_list();
    json_.begin_list("duties");
    for (const auto& duty : duties) write(duty);
    json_.end_list();
    json_.end();
  }

 private:
  void write(const DutyReads& duty) {
    json_.begin();
    json_.text("duty", vocabulary_.duties[static_cast<std::size_t>(duty.duty)]);
    json_.text("title", vocabulary_.duty_titles[static_cast<std::size_t>(duty.duty)]);
    rules(duty.rules);
    json_.begin_list("events");
    for (const auto& event : duty.events) write(event);
    json_.end_list();
    json_.begin_list("derived");
    for (const auto& fact : duty.derived) {
      json_.begin();
      json_.text("fact", fact.name);
      json_.text("definition", fact.definition);
      json_.boolean("only_when", fact.only_when);
      rules(fact.rules);
      json_.end();
    }
    json_.end_list();
    json_.end();
  }

  void write(const EventRead& read) {
    const auto& event = vocabulary_.events[read.event];
    json_.begin();
    json_.text("event", event.name);
    json_.text("title", event.title);
    json_.boolean("only_when", read.only_when);
    rules(read.rules);
    json_.begin_list("attributes");
    for (const auto& one : read.attributes) {
      constexpr std::array<std::string_view, 8> types = {"yes_no",   "enum",  "enum_set", "date",
                                                         "datetime", "count", "id",       "present"};
      const auto at = static_cast<std::size_t>(one.slot);
      json_.begin();
      json_.text("attribute", vocabulary_.attribute_names.word(event.slots[at].attribute));
      json_.text("meaning", event.meanings[at]);
      json_.text("type", types[static_cast<std::size_t>(event.slots[at].type)]);
      if (!one.values.empty()) json_.texts("values", one.values);
      json_.boolean("only_when", one.only_when);
      rules(one.rules);
      json_.end();
    }
    json_.end_list();
    json_.end();
  }

  void rules(const std::vector<Index>& rules) {
    json_.begin_list("rules");
    for (const Index rule : rules) json_.value(program_.rule_name(rule));
    json_.end_list();
  }

  const Program& program_;
  const Vocabulary& vocabulary_;
  DocumentWriter json_;
};

}  // namespace

std::string write_reads_json(const Program& program, const std::vector<DutyReads>& duties) {
  std::string out;
  ReadsWriter(program, out).write(duties);
  return out += '\n';
}

}  // namespace cpc
