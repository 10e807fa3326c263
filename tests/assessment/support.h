#pragma once
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "assessment/assessment.h"
#include "json/calendar_reader.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "support/catch.h"

namespace cpc::test {

inline std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  INFO("reading " << path);
  REQUIRE(in.good());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline Calendar calendar(std::string_view name = "england-and-wales") {
  auto text = embedded_calendar(name);
  if (!text) FAIL(text.error().text());
  auto compiled = Calendar::compile(std::move(*text));
  if (!compiled) FAIL(compiled.error().text());
  return std::move(*compiled);
}

inline std::shared_ptr<const Program> program(std::vector<Rulebook> books) {
  auto compiled = compile(std::move(books), calendar(), embedded_vocabulary());
  if (!compiled) FAIL(compiled.error().text());
  return *compiled;
}

inline std::shared_ptr<const Program> program(const std::string& name) {
  auto book = embedded_rulebook(name, embedded_vocabulary());
  if (!book) FAIL(book.error().text());
  std::vector<Rulebook> books;
  books.push_back(std::move(*book));
  return program(std::move(books));
}

inline std::shared_ptr<const Program> program_of_text(const std::string& json) {
  auto book = read_rulebook(json, embedded_vocabulary());
  if (!book) FAIL(book.error().text());
  std::vector<Rulebook> books;
  books.push_back(std::move(*book));
  return program(std::move(books));
}

inline Moment moment(const std::string& text) {
  auto read = parse_moment(text);
  if (!read) FAIL(read.error().text());
  return *read;
}

/// A record, its assessment and what both refer to, kept together.
struct Assessed {
  std::unique_ptr<Record> record = std::make_unique<Record>();
  Workspace workspace;
  Assessment result;

  [[nodiscard]] const Rule& rule(const TimescaleResult& timescale) const {
    return result.program->rules[static_cast<std::size_t>(timescale.rule)];
  }
  [[nodiscard]] std::string child(const ScopeId& scope) const {
    return scope.child < 0 ? std::string{}
                           : std::string(record->ids.text(record->children[static_cast<std::size_t>(scope.child)]));
  }
  [[nodiscard]] std::string scope(const ScopeId& scope_id) const {
    std::string out = child(scope_id);
    for (const auto at : scope_id.instance)
      if (at >= 0) out += (out.empty() ? "" : ", ") + result.instances[static_cast<std::size_t>(at)].id;
    return out;
  }
  [[nodiscard]] std::string state(const std::string& process, const std::string& in_scope) const {
    for (const auto& each : result.states) {
      const Rule& rule = result.program->rules[static_cast<std::size_t>(each.process)];
      if (rule.text->id != process || scope(each.scope) != in_scope) continue;
      std::string out;
      for (std::size_t s = 0; s < rule.text->states.size(); ++s)
        if ((each.states >> s & 1) != 0) out += (out.empty() ? "" : " or ") + rule.text->states[s];
      return out;
    }
    return "no such process";
  }
};

inline Assessed assessed(std::shared_ptr<const Program> program, const std::string& record_json,
                         const std::string& as_of, bool needs = false) {
  Assessed out;
  auto read = read_record(record_json, Reading::strict, *out.record);
  if (!read) FAIL(read.error().text());
  AssessOptions options;
  options.as_of = moment(as_of);
  options.needs = needs;
  assess(std::move(program), *out.record, options, out.workspace, out.result);
  return out;
}

inline std::string date_text(Value value) {
  return value == unknown_value ? std::string{} : to_string(moment_of(value));
}

}  // namespace cpc::test
