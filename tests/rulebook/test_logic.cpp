#include "rulebook/logic.h"

#include "support/catch.h"

using namespace cpc;

namespace {

Condition fact(const std::string& name, std::vector<std::string> values) {
  Condition out;
  out.op = Condition::Op::fact;
  out.fact = name;
  out.values = std::move(values);
  return out;
}

Condition number(const std::string& name, Compare compare, std::int32_t bound) {
  Condition out;
  out.op = Condition::Op::fact;
  out.fact = name;
  out.compare = compare;
  out.number = bound;
  return out;
}

Condition rows(const std::string& event, std::int32_t at_least, std::int32_t at_most = -1) {
  Condition out;
  out.op = at_least < 0 && at_most < 0 ? Condition::Op::occurs : Condition::Op::count;
  out.at_least = at_least;
  out.at_most = at_most;
  out.selector.emplace();
  out.selector.front().event = event;
  return out;
}

Condition state(std::vector<std::string> values) {
  auto out = fact("plan", std::move(values));
  out.op = Condition::Op::state;
  return out;
}

bool implies(const std::vector<Condition>& first, const std::vector<Condition>& second) {
  return cpc::implies(first, second);
}

}  // namespace

TEST_CASE("one condition implies another where no answers make the first hold alone", "[rulebook]") {
  const auto initial = fact("type", {"initial"});
  const auto either = fact("type", {"transfer", "initial"});
  CHECK(implies({initial}, {either}));
  CHECK_FALSE(implies({either}, {initial}));
  CHECK(implies({initial}, {}));
  CHECK_FALSE(implies({}, {initial}));
  CHECK(implies({}, {all_of({})}));
  CHECK(implies({all_of({initial, fact("born", {"true"})})}, {either}));
  CHECK(implies({none_of({either})}, {none_of({initial})}));
  CHECK_FALSE(implies({none_of({initial})}, {none_of({either})}));
}

TEST_CASE("bounds of one number are one question", "[rulebook]") {
  CHECK(implies({number("age", Compare::at_least, 12)}, {number("age", Compare::at_least, 10)}));
  CHECK_FALSE(implies({number("age", Compare::at_least, 10)}, {number("age", Compare::at_least, 12)}));
  CHECK(implies({number("age", Compare::at_most, 9)}, {none_of({number("age", Compare::at_least, 10)})}));
  const auto at_least = number("age", Compare::at_least, 12), at_most = number("age", Compare::at_most, 11);
  CHECK_FALSE(can_hold({{&at_least}, {&at_most}}));
  const auto at_most_12 = number("age", Compare::at_most, 12);
  const auto found = model_of({{&at_least}, {&at_most_12}});
  REQUIRE(found.can == Model::Can::yes);
  CHECK(found.answers.front().value == "12");
}

TEST_CASE("how many rows there are is one question, whether any is asked or several", "[rulebook]") {
  CHECK(implies({rows("attendance", 2)}, {rows("attendance", -1)}));
  CHECK_FALSE(implies({rows("attendance", -1)}, {rows("attendance", 2)}));
  CHECK(implies({rows("attendance", -1, 0)}, {none_of({rows("attendance", -1)})}));
  CHECK_FALSE(implies({rows("attendance", 2)}, {rows("report", -1)}));
}

TEST_CASE("a closed list whose every value is named leaves no other", "[rulebook]") {
  const auto a = fact("basis", {"likely"}), b = fact("basis", {"possible"});
  const std::vector<Wanted> neither{{&a, false}, {&b, false}};
  CHECK(model_of(neither).answers.front().value.empty());
  const auto domain = [](std::vector<std::string> values) { return [values](const std::string&) { return values; }; };
  CHECK(model_of(neither, domain({"likely", "possible"})).can == Model::Can::no);
  CHECK(model_of(neither, domain({"likely", "possible", "certain"})).answers.front().value == "certain");
}

TEST_CASE("the state of a process is one thing at one moment, and two across a row", "[rulebook]") {
  const auto active = state({"active"}), ended = state({"ended"});
  CHECK(model_of({{&active}, {&ended}}).can == Model::Can::yes);
  CHECK(model_of({{&active}, {&ended}}, {}, States::of_one_moment).can == Model::Can::no);
  CHECK(implies({active}, {state({"active", "pending"})}));
}

TEST_CASE("conditions that say the same are written alike", "[rulebook]") {
  CHECK(written(fact("type", {"a", "b"})) == written(fact("type", {"b", "a"})));
  CHECK(written(all_of({fact("type", {"a"})})) == written(fact("type", {"a"})));
  CHECK(written(fact("type", {"a"})) != written(fact("type", {"b"})));
  CHECK(written(rows("report", 2)) != written(rows("report", 3)));
}
