#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "json/record_reader.h"
#include "json/rulebook_reader.h"
#include "program/graph.h"
#include "support/calendar.h"
#include "support/catch.h"

using namespace cpc;

namespace {

const std::string folder = CPC_SOURCE_DIR "/tests/program/lint/";

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A rulebook from its text; the test fails where it cannot be read.
Rulebook read(const std::string& text) {
  auto book = read_rulebook(text, embedded_vocabulary());
  INFO((book ? std::string() : book.error().text()));
  REQUIRE(book);
  return std::move(*book);
}

/// The clean rulebook with some values set and some members taken out, each named by a JSON pointer.
Rulebook changed(const rapidjson::Value& change) {
  rapidjson::Document book;
  book.Parse(file(folder + "clean.json").c_str());
  REQUIRE(!book.HasParseError());
  if (change.HasMember("set"))
    for (const auto& one : change["set"].GetObject())
      rapidjson::Pointer(one.name.GetString()).Set(book, rapidjson::Value(one.value, book.GetAllocator()));
  if (change.HasMember("erase"))
    for (const auto& one : change["erase"].GetArray()) REQUIRE(rapidjson::Pointer(one.GetString()).Erase(book));
  rapidjson::StringBuffer out;
  rapidjson::Writer<rapidjson::StringBuffer> writer(out);
  book.Accept(writer);
  return read(out.GetString());
}

std::vector<std::string> lines_of(const std::vector<Diagnostic>& found) {
  std::vector<std::string> out;
  for (const auto& one : found)
    out.push_back((one.level == Diagnostic::Level::note ? "note " : "warning ") + std::string(one.check) + ": " +
                  one.message + " (at " + one.place + ")");
  return out;
}

std::vector<std::string> said(const Rulebook& book) { return lines_of(lint(book, embedded_vocabulary())); }

/// What lint says of one case: of the rulebook alone, of its `examples`, and over the rulebook `below` it.
std::vector<std::string> said(const rapidjson::Value& one) {
  const auto book = changed(one);
  auto found = lint(book, embedded_vocabulary());
  const auto append = [&](const std::vector<Diagnostic>& more) { found.insert(found.end(), more.begin(), more.end()); };
  if (one.HasMember("examples")) {
    std::vector<ExampleMark> marks;
    for (const auto& mark : one["examples"].GetArray())
      marks.push_back({mark["rule"].GetString(), mark["passes"].GetBool(), mark["place"].GetString()});
    append(lint_examples(book, marks));
  }
  if (one.HasMember("over")) {
    append(lint_layer(book, read(file(folder + one["over"].GetString())), test::calendar_to_2028(),
                      embedded_vocabulary()));
  }
  return lines_of(found);
}

}  // namespace

TEST_CASE("lint has nothing to say of a clean rulebook", "[program][rulebook]") {
  const rapidjson::Value nothing(rapidjson::kObjectType);
  CHECK(said(changed(nothing)).empty());
}

TEST_CASE("lint says of each broken rulebook what is wrong, and nothing else", "[program][rulebook]") {
  rapidjson::Document cases;
  cases.Parse(file(folder + "cases.json").c_str());
  REQUIRE(!cases.HasParseError());
  for (const auto& one : cases["cases"].GetArray()) {
    INFO(one["name"].GetString());
    std::vector<std::string> expected;
    for (const auto& line : one["says"].GetArray()) expected.emplace_back(line.GetString());
    CHECK(said(one) == expected);
  }
}

TEST_CASE("every check of lint has a rulebook that it is said of", "[program][rulebook]") {
  rapidjson::Document cases;
  cases.Parse(file(folder + "cases.json").c_str());
  std::set<std::string> seen;
  for (const auto& one : cases["cases"].GetArray())
    for (const auto& line : one["says"].GetArray()) {
      const std::string text = line.GetString();
      const auto begin = text.find(' ') + 1;
      seen.insert(text.substr(begin, text.find(':') - begin));
    }
  seen.insert("too_large");  // the next test
  std::set<std::string> known;
  for (const auto& one : lint_checks()) known.emplace(one.check);
  CHECK(seen == known);
}

TEST_CASE("lint says when a tree has more ways than it walks", "[program][rulebook]") {
  RuleText tree;
  tree.type = RuleText::Type::threshold;
  tree.id = "wide";
  tree.root = "n0";
  for (int i = 0; i < 40; ++i) {
    NodeText node;
    node.node = "n" + std::to_string(i);
    node.question.op = Condition::Op::fact;
    node.question.fact = "f" + std::to_string(i % 39);
    node.question.values = {"true"};
    node.yes = node.no = i < 39 ? "n" + std::to_string(i + 1) : "met";
    tree.nodes.push_back(node);
  }
  const auto out = lint_tree(tree);
  REQUIRE(out.size() == 1);
  CHECK(out[0].check == "too_large");
}

TEST_CASE("the rulebooks of the library have no warning", "[program][rulebook]") {
  for (const auto& name : embedded_rulebook_names()) {
    const auto book = embedded_rulebook(name, embedded_vocabulary());
    REQUIRE(book);
    for (const auto& one : lint(*book, embedded_vocabulary())) {
      INFO(name + ": " + one.message + " (at " + one.place + ")");
      CHECK(one.level == Diagnostic::Level::note);
    }
  }
}
