#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "support/catch.h"

using namespace cpc::test;

namespace {

const std::string folder = "tests/cli/samples/page/";
const std::string judged = " --rulebook " + folder + "rulebook.json --as-of 2026-05-22";
const std::string example = "tests/cli/samples/example-case.json --rulebook hertfordshire --as-of 2026-11-22";

std::string page_of(const std::string& arguments) {
  const auto ran = run("assess " + arguments + " --format html");
  CHECK(ran.error.empty());
  CHECK(ran.status == 1);
  return ran.out;
}

/// The words of a text with single spaces between them.
std::string words_of(const std::string& text) {
  std::istringstream in(text);
  std::string out;
  for (std::string word; in >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// Every piece that begins with `from` and ends before `to`, in other words.
std::string replaced(const std::string& text, const std::string& from, const std::string& to,
                     const std::string& instead) {
  std::string out;
  std::size_t at = 0;
  for (auto begin = text.find(from); begin != std::string::npos; begin = text.find(from, at)) {
    out.append(text, at, begin - at).append(instead);
    at = std::min(text.find(to, begin + from.size()), text.size());
  }
  return out.append(text, at);
}

/// Without what changes with every release or calendar, and without the style.
std::string lasting(const std::string& page) {
  auto out = replaced(page, "<style>", "</head>", "");
  out = replaced(out, "Made by cpconf ", ";", "Made by cpconf VERSION");
  return replaced(out, "; calendar england-and-wales ", "</p>", "; calendar VERSION.");
}

/// What a reader sees of it: the text between the tags, with single spaces.
std::string text_of(const std::string& page) {
  auto text = replaced(replaced(page, "<style>", "</head>", ""), "<", ">", " ");
  text.erase(std::remove(text.begin(), text.end(), '>'), text.end());
  const std::vector<std::pair<std::string, std::string>> entities = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, letter] : entities) text = replaced(text, entity, "", letter);
  return words_of(text);
}

}  // namespace

TEST_CASE("a page is what it was, but for style and versions", "[cli]") {
  CHECK(lasting(page_of(folder + "case.json" + judged)) == read_text(CPC_SOURCE_DIR "/" + folder + "page.html"));
}

TEST_CASE("what a record says never becomes markup of the page", "[cli]") {
  const auto page = page_of(folder + "case.json" + judged + " --all");
  for (const auto* markup : {"<script", "</style><b>", "<b>", "<co>", "b'en"}) {
    INFO(markup);
    CHECK(page.find(markup) == std::string::npos);
  }
  const auto text = text_of(page);
  CHECK(text.find("Case <script>alert(1)</script>") != std::string::npos);
  CHECK(text.find("b'en & <co>") != std::string::npos);
  CHECK(text.find("Initial conference of 20 April 2026 (</style><b>)") != std::string::npos);
}

TEST_CASE("a character that turns the direction of text does not reach the page", "[cli]") {
  const auto record = read_text(CPC_SOURCE_DIR "/" + folder + "case.json");
  const TemporaryFile file(replaced(record, "\"ada", "\"", "\"one\xe2\x80\xaetwo"));
  const auto page = page_of("'" + file.path() + "'" + judged);
  CHECK(page.find("\xe2\x80\xae") == std::string::npos);
  CHECK(page.find("one\xef\xbf\xbdtwo") != std::string::npos);
}

TEST_CASE("a page loads nothing and runs nothing", "[cli]") {
  const auto page = page_of(example + " --all");
  CHECK(page.find("default-src 'none'") != std::string::npos);
  for (const auto* word : {"<script", "<link", "<img", "<iframe", "src=", "url(", "@import", "http:", "https:"}) {
    INFO(word);
    CHECK(page.find(word) == std::string::npos);
  }
}

TEST_CASE("a page says what the text report says", "[cli]") {
  const auto report = words_of(run("assess " + example).out);
  const auto page = text_of(page_of(example));
  // A section whose lines stand in both in the same words and order.
  const std::string title = "MISSING OR OTHER THAN EXPECTED";
  const auto begin = report.find(title), end = report.find("THE TEST OF SIGNIFICANT HARM");
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  const auto section = report.substr(begin + title.size(), end - begin - title.size());
  CHECK(section.size() > 2000);
  CHECK(page.find("Missing or other than expected" + section) != std::string::npos);
  CHECK(page.find("the decision is the chair's.") != std::string::npos);
}

TEST_CASE("a page is the same for any order of the rows", "[cli]") {
  rapidjson::Document record;
  record.Parse(read_text(CPC_SOURCE_DIR "/" + folder + "case.json").c_str());
  for (const auto* list : {"events", "children"}) {
    auto rows = record[list].GetArray();
    for (rapidjson::SizeType i = 0, j = rows.Size() - 1; i < j; ++i, --j) rows[i].Swap(rows[j]);
  }
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  record.Accept(writer);
  const TemporaryFile reversed(buffer.GetString());
  for (const auto* format : {"html", "ics"}) {
    INFO(format);
    const auto one = run("assess " + folder + "case.json" + judged + " --format " + format);
    CHECK(one.out.size() > 1000);
    CHECK(run("assess '" + reversed.path() + "'" + judged + " --format " + format).out == one.out);
  }
}

TEST_CASE("the headings of a page go down one step at a time, and every link has its place", "[cli]") {
  for (const auto& arguments : {example, example + " --all", folder + "case.json" + judged}) {
    const auto page = page_of(arguments);
    char last = '0';
    for (auto at = page.find("<h"); at != std::string::npos; at = page.find("<h", at + 1)) {
      const char level = page[at + 2];
      if (std::isdigit(static_cast<unsigned char>(level)) == 0) continue;
      CHECK(level <= last + 1);
      CHECK((level > '1' || last == '0'));
      last = level;
    }
    CHECK(last > '1');
    const std::string link = "href=\"#";
    int links = 0;
    for (auto at = page.find(link); at != std::string::npos; at = page.find(link, at + 1), ++links) {
      const auto begin = at + link.size();
      const auto place = "id=\"" + page.substr(begin, page.find('"', begin) + 1 - begin);
      INFO(place);
      CHECK(page.find(place) != std::string::npos);
    }
    CHECK(links > 5);
  }
}

TEST_CASE("a record of nothing is a page that says so", "[cli]") {
  const TemporaryFile file(R"({"cpconf": 1, "case": "new", "children": [], "events": []})");
  const auto ran = run("assess '" + file.path() + "'" + judged + " --format html");
  CHECK(ran.status == 0);
  const auto text = text_of(ran.out);
  CHECK(text.find("No limit is running or overdue on this record.") != std::string::npos);
  CHECK(text.find("Nothing is recorded up to that day.") != std::string::npos);
}

TEST_CASE("a stream gives no page and no calendar", "[cli]") {
  const auto* const format = GENERATE("html", "ics");
  const auto ran = run(std::string("assess - --rulebook england --as-of 2026-05-22 --format ") + format, "{}\n");
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.error == "cpconf: a stream of records gives --format json alone\n");
}
