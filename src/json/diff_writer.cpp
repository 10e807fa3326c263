#include "json/diff_writer.h"

#include "json/document_writer.h"
#include "rulebook/formula.h"

namespace cpc {
namespace {

void write_rule(std::string_view key, const RuleText* rule, DocumentWriter& json) {
  if (!rule) return json.null(key);
  json.begin(key);
  json.text("rule", rule->id);
  json.text("kind", word_of(rule->type));
  json.texts("clauses", cited_by(*rule));
  json.end();
}

void write_limit(const LimitExample& one, DocumentWriter& json) {
  const auto side = [&](std::string_view key, Moment from, Moment due) {
    json.begin(key);
    json.text("from", to_string(from));
    json.text("due", to_string(due));
    json.end();
  };
  json.begin();
  side("here", one.from_here, one.due_here);
  side("there", one.from_there, one.due_there);
  json.end();
}

void write_answers(const AnswersExample& one, DocumentWriter& json) {
  json.begin();
  json.begin_list("answers");
  for (const auto& [asked, answer] : one.answers) {
    json.begin();
    json.text("asked", asked);
    json.text("answer", answer);
    json.end();
  }
  json.end_list();
  json.text("here", one.here);
  json.text("there", one.there);
  json.end();
}

void write_difference(const RuleDifference& rule, DocumentWriter& json) {
  json.begin();
  json.text("compared", word_of(rule.compared));
  write_rule("here", rule.here, json);
  write_rule("there", rule.there, json);
  json.begin_list("aspects");
  for (const auto& aspect : rule.aspects) {
    json.begin();
    json.text("part", aspect.part);
    json.text("compared", word_of(aspect.compared));
    json.text_or_null("here", aspect.here);
    json.text_or_null("there", aspect.there);
    json.end();
  }
  json.end_list();
  json.begin_list("limits");
  for (const auto& one : rule.limits) write_limit(one, json);
  json.end_list();
  json.begin_list("answers");
  for (const auto& one : rule.answers) write_answers(one, json);
  json.end_list();
  json.end();
}

}  // namespace

std::string write_diff_json(const DiffHeading& heading, const std::vector<DutyDifference>& duties,
                            const Vocabulary& vocabulary) {
  std::string out;
  DocumentWriter json(out);
  json.begin();
  json.heading();
  json.key("here");
  json.rulebook(*heading.here);
  json.key("there");
  json.rulebook(*heading.there);
  json.text_or_null("on", heading.on ? to_string(*heading.on) : std::string());
  const auto& calendar = heading.calendar->text();
  json.begin("calendar");
  json.text("name", calendar.name);
  json.text("version", calendar.version);
  json.text("fingerprint", calendar.fingerprint);
  json.end();
  json.begin_list("duties");
  for (const auto& duty : duties) {
    json.begin();
    json.text("duty", duty.duty);
    json.text("title", vocabulary.duty_titles[static_cast<std::size_t>(vocabulary.duty(duty.duty))]);
    json.text("compared", word_of(duty.compared));
    json.begin_list("rules");
    for (const auto& rule : duty.rules) write_difference(rule, json);
    json.end_list();
    json.end();
  }
  json.end_list();
  json.end();
  return out += '\n';
}

std::string write_comparison_json(const std::vector<const Rulebook*>& books, const std::vector<ComparisonRow>& rows) {
  std::string out;
  DocumentWriter json(out);
  json.begin();
  json.heading();
  json.begin_list("rulebooks");
  for (const auto* book : books) json.rulebook(*book);
  json.end_list();
  json.begin_list("rows");
  for (const auto& row : rows) {
    json.begin();
    json.text("topic", row.topic);
    json.text("title", row.title);
    json.begin_list("cells");
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      json.begin();
      json.text("rulebook", books[i]->name);
      json.boolean("covered", !row.cells[i].lines.empty());
      json.texts("says", row.cells[i].lines);
      json.texts("rules", row.cells[i].rules);
      json.texts("clauses", row.cells[i].clauses);
      json.end();
    }
    json.end_list();
    json.end();
  }
  json.end_list();
  json.end();
  return out += '\n';
}

}  // namespace cpc
