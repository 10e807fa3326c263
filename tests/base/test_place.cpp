#include "base/box.h"
#include "base/place.h"
#include "support/catch.h"

using namespace cpc;

TEST_CASE("a place is written as a JSON pointer", "[base]") {
  const Place root;
  const Place sections("/sections");
  const Place section(sections, std::size_t{12});
  const Place odd(section, "a/b~c\n");
  CHECK(root.text().empty());
  CHECK(section.text() == "/sections/12");
  CHECK(odd.text() == "/sections/12/a~1b~0c?");
  CHECK(Place(root, std::string(41, 'x')).text() == "/" + std::string(40, 'x'));
}

TEST_CASE("a place that is kept outlives those that it was made of, and is kept once", "[base]") {
  KeptPlaces kept;
  const Place* rule = nullptr;
  const Place* when = nullptr;
  {
    const std::string key = "a key of the document";
    const Place root;
    const Place holder(root, key);
    const Place inner(holder, "when");
    when = kept.keep(inner);
    rule = kept.keep(holder);
    CHECK(kept.keep(inner) == when);
    CHECK(kept.keep(*when) == kept.keep(*when));
  }
  CHECK(when->text() == "/a key of the document/when");
  CHECK(rule->text() == "/a key of the document");
}

TEST_CASE("a box is copied with what it holds", "[base]") {
  Box<std::string> empty;
  CHECK(empty.empty());
  CHECK(empty.begin() == empty.end());
  Box<std::string> one;
  one.emplace("x");
  auto other = one;
  other.front() = "y";
  CHECK(one.front() == "x");
  CHECK(other.size() == 1);
  other = one;
  CHECK(other.front() == "x");
  other = empty;
  CHECK(other.empty());
  one.clear();
  CHECK(one.empty());
}
