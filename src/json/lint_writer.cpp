#include "json/lint_writer.h"

#include <algorithm>
#include <string_view>

#include "json/document_writer.h"

namespace cpc {
namespace {

std::string_view word_of(Diagnostic::Level level) { return level == Diagnostic::Level::warning ? "warning" : "note"; }

std::int64_t count(const std::vector<Diagnostic>& diagnostics, Diagnostic::Level level) {
  return std::count_if(diagnostics.begin(), diagnostics.end(),
                       [&](const Diagnostic& one) { return one.level == level; });
}

/// A path as a relative or absolute reference of a URI: what may not stand in one is escaped.
std::string uri_of(std::string_view path) {
  constexpr std::string_view plain = "/-._~!$&'()*+,;=@";
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      out += c;
    } else if (c == '\\') {
      out += '/';
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

void write_driver(DocumentWriter& json) {
  json.begin("tool");
  json.begin("driver");
  json.text("name", "cpconf");
  json.text("semanticVersion", CPC_VERSION);
  json.begin_list("rules");
  for (const auto& check : lint_checks()) {
    json.begin();
    json.text("id", check.check);
    json.begin("shortDescription");
    json.text("text", check.about);
    json.end();
    json.end();
  }
  json.end_list();
  json.end();
  json.end();
}

void write_result(const Linted& linted, const Diagnostic& one, DocumentWriter& json) {
  const auto& checks = lint_checks();
  const auto rule =
      std::find_if(checks.begin(), checks.end(), [&](const LintCheck& check) { return check.check == one.check; });
  json.begin();
  json.text("ruleId", one.check);
  json.number("ruleIndex", rule - checks.begin());
  json.text("level", word_of(one.level));
  json.begin("message");
  json.text("text", one.message);
  json.end();
  json.begin_list("locations");
  json.begin();
  if (!linted.file.empty()) {
    json.begin("physicalLocation");
    json.begin("artifactLocation");
    json.text("uri", uri_of(linted.file));
    json.end();
    json.end();
  }
  json.begin_list("logicalLocations");
  json.begin();
  json.text("fullyQualifiedName", linted.rulebook->name + "#" + one.place);
  json.end();
  json.end_list();
  json.end();
  json.end_list();
  if (!one.clause.empty()) {
    json.begin("properties");
    json.text("clause", one.clause);
    json.end();
  }
  json.end();
}

}  // namespace

std::string write_lint_json(const Linted& linted, const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  DocumentWriter json(out);
  json.begin();
  json.heading();
  json.key("rulebook");
  json.rulebook(*linted.rulebook);
  if (linted.over) {
    json.key("over");
    json.rulebook(*linted.over);
  } else {
    json.null("over");
  }
  json.number("warnings", count(diagnostics, Diagnostic::Level::warning));
  json.number("notes", count(diagnostics, Diagnostic::Level::note));
  json.begin_list("diagnostics");
  for (const auto& one : diagnostics) {
    json.begin();
    json.text("check", one.check);
    json.text("severity", word_of(one.level));
    json.text("message", one.message);
    json.text("place", one.place);
    json.text_or_null("clause", one.clause);
    json.end();
  }
  json.end_list();
  json.end();
  return out += '\n';
}

std::string write_lint_sarif(const Linted& linted, const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  DocumentWriter json(out);
  json.begin();
  json.text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  json.text("version", "2.1.0");
  json.begin_list("runs");
  json.begin();
  write_driver(json);
  json.begin_list("results");
  for (const auto& one : diagnostics) write_result(linted, one, json);
  json.end_list();
  json.end();
  json.end_list();
  json.end();
  return out += '\n';
}

}  // namespace cpc
