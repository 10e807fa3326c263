#include "json/assessment_writer.h"

#include <rapidjson/prettywriter.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "assessment/findings.h"
#include "json/program_heading.h"

namespace cpc {
namespace {

using ScopeKey = std::tuple<Index, std::int16_t, std::int16_t, std::int16_t>;

template <class Json>
class AssessmentWriter {
 public:
  AssessmentWriter(const Assessment& assessment, Json& json)
      : a_(assessment), program_(*assessment.program), record_(*assessment.record), json_(json) {
    timescale_keys_ = timescale_keys(a_);
    threshold_keys_ = threshold_keys(a_);
    for (const auto& need : a_.needs) needs_[key(need.rule, need.scope)].insert(need_name(a_, need));
  }

  void document() {
    json_.StartObject();
    heading();
    left_out();
    children();
    conferences();
    name("whole_case");
    json_.StartObject();
    results_of(-1, -1);
    json_.EndObject();
    name("findings");
    array(findings_of(a_), [&](const Finding& finding) { write(finding); });
    undetermined();
    name("not_covered");
    texts(program_.not_covered);
    name("next");
    array(a_.next, [&](const NextStep& step) { write(step); });
    name("complete");
    json_.Bool(true);
    json_.EndObject();
  }

  void thresholds() {
    json_.StartArray();
    for (const auto& result : a_.thresholds) write(result);
    json_.EndArray();
  }

 private:
  static ScopeKey key(Index rule, const ScopeId& scope) {
    return {rule, scope.child, scope.instance[0], scope.instance[1]};
  }

  void name(std::string_view key) { json_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size())); }
  void text(std::string_view value) { json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
  void text(std::string_view key, std::string_view value) { name(key), text(value); }
  void number(std::string_view key, std::int64_t value) { name(key), json_.Int64(value); }
  void flag(std::string_view key, bool value) {
    if (value) name(key), json_.Bool(true);
  }
  void moment(std::string_view key, Value value) {
    if (value != unknown_value) text(key, to_string(moment_of(value)));
  }
  template <class List, class Write>
  void array(const List& list, const Write& write_one) {
    json_.StartArray();
    for (const auto& one : list) write_one(one);
    json_.EndArray();
  }
  template <class List>
  void texts(const List& list) {
    array(list, [&](std::string_view one) { text(one); });
  }
  void rows(const std::vector<std::int32_t>& numbers) {
    array(numbers, [&](std::int32_t row) { text(record_.row_name(record_.rows[static_cast<std::size_t>(row)])); });
  }

  const Rule& rule_of(Index rule) const { return program_.rules[static_cast<std::size_t>(rule)]; }

  void heading() {
    number("cpconf", 1);
    text("engine", CPC_VERSION);
    text("case", record_.case_id);
    write_program(program_, json_);
    text("as_of", to_string(a_.as_of));
    name("known_at");
    if (a_.known_at)
      text(to_string(*a_.known_at));
    else
      json_.Null();
  }

  void left_out() {
    name("left_out");
    json_.StartObject();
    number("later", a_.left_out_later);
    number("not_yet_known", a_.left_out_not_yet_known);
    number("withdrawn", a_.left_out_withdrawn);
    number("holidays", program_.calendar.left_out());
    json_.EndObject();
  }

  void children() {
    name("children");
    json_.StartArray();
    for (const auto child : children_in_order(a_)) {
      json_.StartObject();
      text("child", child_name(a_, child));
      results_of(child, -1);
      name("threshold");
      json_.StartArray();
      for (const auto& result : a_.thresholds)
        if (result.scope.child == child) write(result);
      json_.EndArray();
      json_.EndObject();
    }
    json_.EndArray();
  }

  void conferences() {
    name("conferences");
    json_.StartArray();
    for (std::size_t i = 0; i < a_.instance_count; ++i) {
      if (a_.instances[i].kind != Kind::conference) continue;
      json_.StartObject();
      text("conference", a_.instances[i].id);
      results_of(-1, static_cast<std::int16_t>(i));
      json_.EndObject();
    }
    json_.EndArray();
  }

  bool stands_under(const ScopeId& scope, std::int16_t child, std::int16_t conference) const {
    return scope.child == child && (child >= 0 || conference_of(a_, scope) == conference);
  }

  void results_of(std::int16_t child, std::int16_t conference) {
    name("timescales");
    json_.StartArray();
    for (const auto& result : a_.timescales)
      if (stands_under(result.scope, child, conference)) write(result);
    json_.EndArray();
    name("states");
    json_.StartArray();
    for (const auto& result : a_.states)
      if (stands_under(result.scope, child, conference)) write(result);
    json_.EndArray();
  }

  void scope(const ScopeId& scope) {
    if (scope.child >= 0) text("child", child_name(a_, scope.child));
    for (const auto number : scope.instance) {
      if (number < 0) continue;
      const auto& instance = instance_name(a_, number);
      text(program_.vocabulary->instances[static_cast<std::size_t>(instance.kind)].name, instance.id);
    }
  }

  void opening(std::string_view result_key, Index rule) {
    text("key", result_key);
    text("rule", rule_of(rule).name);
    text("duty", rule_of(rule).text->duty);
  }

  void needs_of(Index rule, const ScopeId& scope) {
    const auto found = needs_.find(key(rule, scope));
    if (found == needs_.end()) return;
    name("needs");
    texts(found->second);
  }

  void amount(std::string_view key, const Amount& amount) {
    name(key);
    json_.StartObject();
    number("count", amount.count);
    text("unit", to_string(amount.unit));
    number("days", amount.days);
    if (amount.unit == Unit::minute || amount.unit == Unit::hour) number("minutes", amount.minutes);
    json_.EndObject();
  }

  static std::string_view amount_key(TimescaleStatus status) {
    switch (status) {
      case TimescaleStatus::pending:
        return "left";
      case TimescaleStatus::late:
      case TimescaleStatus::overdue:
      case TimescaleStatus::missed:
        return "by";
      default:
        return "elapsed";
    }
  }

  void write(const TimescaleResult& result) {
    json_.StartObject();
    opening(timescale_keys_[static_cast<std::size_t>(&result - a_.timescales.data())], result.rule);
    name("clauses");
    texts(rule_of(result.rule).text->cites);
    scope(result.scope);
    if (result.cycle > 0) number("cycle", result.cycle);
    text("status", to_string(result.status));
    text("authorised", to_string(result.authorised));
    moment("from", result.from);
    moment("due", result.due);
    moment("act_by", result.act_by);
    moment("ended", result.ended);
    moment("due_from", result.due_from);
    moment("due_to", result.due_to);
    if (result.has_amount) amount(amount_key(result.status), result.amount);
    flag("provisional", result.provisional);
    flag("unverified", result.unverified);
    flag("time_not_given", result.time_not_given);
    if (result.because != Because::nothing) text("because", to_string(result.because));
    if (finding_severity(a_, result)) text("explained", to_string(result.explained));
    std::vector<std::int32_t> numbers;
    for (const auto row : {result.from_row, result.until_row})
      if (row >= 0) numbers.push_back(row);
    if (!numbers.empty()) name("rows"), rows(numbers);
    if (result.status == TimescaleStatus::undetermined) needs_of(result.rule, result.scope);
    json_.EndObject();
  }

  void write(const StateResult& result) {
    const auto& rule = *rule_of(result.process).text;
    json_.StartObject();
    opening(key_of(a_, result), result.process);
    name("clauses");
    texts(cpc::clauses_of(a_, result));
    scope(result.scope);
    name("state");
    json_.StartArray();
    for (std::size_t i = 0; i < rule.states.size(); ++i)
      if (result.states >> i & 1) text(rule.states[i]);
    json_.EndArray();
    moment("since", result.since);
    flag("irregular", result.irregular);
    json_.EndObject();
  }

  void answered_by(std::int32_t row) {
    if (const auto role = role_at(a_, row); !role.empty()) text("answered_by", role);
    if (const auto person = value_at(a_, row, "person"))
      text("person", record_.ids.text(static_cast<std::uint32_t>(*person - 1)));
  }

  /// Of the nodes on the path and of the outcome reached.
  std::vector<std::string> clauses_of(const ThresholdResult& result) const {
    const auto& rule = *rule_of(result.rule).text;
    std::vector<std::string> clauses;
    const auto add = [&](const std::vector<std::string>& more) {
      for (const auto& clause : more)
        if (std::find(clauses.begin(), clauses.end(), clause) == clauses.end()) clauses.push_back(clause);
    };
    for (const auto node : result.path) add(rule.nodes[static_cast<std::size_t>(node)].cites);
    const std::string_view reached = result.restate ? "restate" : to_string(result.outcome);
    for (const auto& outcome : rule.outcomes)
      if (outcome.name == reached) add(outcome.cites);
    return clauses;
  }

  void write(const ThresholdResult& result) {
    const auto& rule = *rule_of(result.rule).text;
    json_.StartObject();
    opening(threshold_keys_[static_cast<std::size_t>(&result - a_.thresholds.data())], result.rule);
    scope(result.scope);
    answered_by(result.row);
    text("outcome", to_string(result.outcome));
    flag("restate", result.restate);
    name("path");
    array(result.path, [&](std::int16_t node) { text(rule.nodes[static_cast<std::size_t>(node)].node); });
    name("clauses");
    texts(clauses_of(result));
    if (!result.needs.empty()) {
      name("needs");
      array(result.needs, [&](Index fact) { text(fact_name(program_, fact)); });
    }
    if (result.row >= 0) name("rows"), rows({result.row});
    json_.EndObject();
  }

  void write(const Finding& finding) {
    json_.StartObject();
    text("key", finding.key);
    const bool of_rule = finding.rule != none;
    text("rule", of_rule ? rule_of(finding.rule).name : "record");
    text("duty", of_rule ? rule_of(finding.rule).text->duty : "");
    name("clauses");
    texts(finding.clauses);
    text("severity", to_string(finding.severity));
    text("modality", of_rule ? to_string(rule_of(finding.rule).text->modality) : "");
    text("kind", finding.kind);
    text("says", finding.says);
    scope(finding.scope);
    if (finding.cycle > 0) number("cycle", finding.cycle);
    name("rows");
    rows(finding.rows);
    if (!finding.place.empty()) text("place", finding.place);
    if (finding.can_be_explained) text("explained", to_string(finding.explained));
    flag("unverified", finding.unverified);
    json_.EndObject();
  }

  void undetermined() {
    name("undetermined");
    array(missing_facts(a_), [&](const MissingFact& missing) {
      json_.StartObject();
      text("fact", missing.fact);
      name("rows");
      rows(missing.rows);
      name("rules");
      array(missing.rules, [&](Index rule) { text(rule_of(rule).name); });
      if (!missing.items.empty()) name("items"), texts(missing.items);
      json_.EndObject();
    });
  }

  /// Which rows a transition is about, where it says so by values alone.
  void where_of(const Selector& on) {
    if (on.where.empty()) return;
    const auto& root = on.where.front();
    std::vector<const Condition*> parts;
    if (root.op == Condition::Op::all)
      for (const auto& part : root.parts) parts.push_back(&part);
    else
      parts.push_back(&root);
    for (const auto* part : parts)
      if (part->op != Condition::Op::fact || part->compare != Compare::is) return;
    name("where");
    json_.StartObject();
    for (const auto* part : parts) name(part->fact), texts(part->values);
    json_.EndObject();
  }

  void write(const NextStep& step) {
    constexpr std::array<std::string_view, 3> guards = {"failed", "unknown", "held"};
    const auto& rule = rule_of(step.process);
    const auto& transition = rule.text->transitions[static_cast<std::size_t>(step.transition)];
    json_.StartObject();
    text("process", rule.name);
    scope(step.scope);
    text("event", transition.on.event);
    where_of(transition.on);
    text("to", transition.to);
    text("guard", guards[static_cast<std::size_t>(step.guard)]);
    name("clauses");
    texts(transition.cites);
    if (!transition.derived.empty()) text("derived", transition.derived);
    json_.EndObject();
  }

  const Assessment& a_;
  const Program& program_;
  const Record& record_;
  Json& json_;
  std::vector<std::string> timescale_keys_;
  std::vector<std::string> threshold_keys_;
  std::map<ScopeKey, std::set<std::string>> needs_;
};

std::string_view code_word(Code code) {
  switch (code) {
    case Code::argument:
      return "argument";
    case Code::syntax:
      return "syntax";
    case Code::input:
      return "input";
    case Code::rulebook:
      return "rulebook";
    case Code::calendar:
      return "calendar";
    case Code::not_found:
      return "not_found";
    case Code::no_memory:
      return "no_memory";
    case Code::failed:
      break;
  }
  return "failed";
}

template <class Write>
void write_with(const Assessment& assessment, std::string& out, AssessmentWriting writing, const Write& write) {
  Sink sink{out};
  if (writing.indented) {
    rapidjson::PrettyWriter<Sink> json(sink);
    json.SetIndent(' ', 2);
    AssessmentWriter writer(assessment, json);
    write(writer);
  } else {
    rapidjson::Writer<Sink> json(sink);
    AssessmentWriter writer(assessment, json);
    write(writer);
  }
}

}  // namespace

void write_assessment_json(const Assessment& assessment, std::string& out, AssessmentWriting writing) {
  write_with(assessment, out, writing, [](auto& writer) { writer.document(); });
}

void write_thresholds_json(const Assessment& assessment, std::string& out, AssessmentWriting writing) {
  write_with(assessment, out, writing, [](auto& writer) { writer.thresholds(); });
}

void write_line_error_json(std::int64_t line, const Error& error, std::string& out) {
  Sink sink{out};
  rapidjson::Writer<Sink> json(sink);
  const auto text = [&](const char* key, std::string_view value) {
    json.Key(key);
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  json.StartObject();
  json.Key("line");
  json.Int64(line);
  json.Key("error");
  json.StartObject();
  text("code", code_word(error.code));
  text("message", error.message);
  if (!error.place.empty()) text("place", error.place);
  json.EndObject();
  json.EndObject();
}

}  // namespace cpc
