#include "base/hash.h"
#include "base/text.h"
#include "support/catch.h"

using namespace cpc;

TEST_CASE("an unknown word in a message is cut at forty characters and escaped", "[base]") {
  CHECK(cpc::quoted("parent") == "'parent'");
  CHECK(cpc::quoted("a\nb'c\\") == "'a\\x0ab\\x27c\\x5c'");
  CHECK(cpc::quoted("\xc3\xa9") == "'\\xc3\\xa9'");
  CHECK(cpc::quoted(std::string(41, 'x')) == "'" + std::string(40, 'x') + "...'");
}

TEST_CASE("bytes that are not UTF-8 are found at their place", "[base]") {
  CHECK(first_bad_utf8("plain text that is longer than eight bytes") == std::string_view::npos);
  CHECK(first_bad_utf8("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80") == std::string_view::npos);
  CHECK(first_bad_utf8("0123456789\xff") == 10);
  CHECK(first_bad_utf8("\xc0\xaf") == 0);          // overlong
  CHECK(first_bad_utf8("ab\xed\xa0\x80") == 2);    // surrogate
  CHECK(first_bad_utf8("\xf4\x90\x80\x80") == 0);  // beyond U+10FFFF
  CHECK(first_bad_utf8("x\xe2\x82") == 1);         // cut off
}

TEST_CASE("places count lines and columns from one", "[base]") {
  CHECK(line_and_column("ab\ncd", 0) == "line 1, column 1");
  CHECK(line_and_column("ab\ncd", 4) == "line 2, column 2");
}

TEST_CASE("the nearest word is offered only when it is near", "[base]") {
  const std::vector<std::string> words{"conference_held", "conference_arranged", "plan_ended"};
  CHECK(nearest("conference_hold", words) == "conference_held");
  CHECK(nearest("zebra", words).empty());
}

TEST_CASE("a fingerprint names its text", "[base]") {
  CHECK(fingerprint("") == "99aa06d3014798d86001c324468d497f");
  CHECK(fingerprint("a") != fingerprint("b"));
}
