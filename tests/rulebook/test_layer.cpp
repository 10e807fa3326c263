#include "rulebook/layer.h"

#include <map>
#include <string>

#include "support/catch.h"

using namespace cpc;

namespace {

using Stack = std::vector<std::unique_ptr<const Rulebook>>;

Day day(std::string_view text) { return *parse_day(text); }

RuleText rule(std::string id, std::string_view from = "2000-01-01", std::string_view to = "2099-12-31") {
  RuleText out;
  out.id = std::move(id);
  out.in_force_from = day(from);
  out.in_force_to = day(to);
  return out;
}

std::unique_ptr<Rulebook> book(std::string name, std::vector<RuleText> rules, std::vector<OverText> over = {}) {
  auto out = std::make_unique<Rulebook>();
  out->name = std::move(name);
  out->in_force_from = day("2000-01-01");
  out->in_force_to = day("2099-12-31");
  out->rules = std::move(rules);
  out->over = std::move(over);
  return out;
}

OverText replace(std::string rulebook, std::string id, std::string by) {
  return {std::move(rulebook), std::move(id), std::move(by), "a reason", "/over/x/0", {}};
}

OverText disable(std::string rulebook, std::string id) { return replace(std::move(rulebook), std::move(id), ""); }

/// "rulebook/rule from to" of each.
std::vector<std::string> shown(const Stack& stack) {
  const auto layered = layer(stack);
  INFO((layered ? std::string() : layered.error().text()));
  REQUIRE(layered);
  std::vector<std::string> out;
  for (const auto& one : *layered)
    out.push_back(stack[static_cast<std::size_t>(one.rulebook)]->name + "/" + one.rule->id + " " + to_string(one.from) +
                  " " + to_string(one.to));
  return out;
}

template <class... Books>
Stack stack_of(Books... books) {
  Stack out;
  (out.push_back(std::move(books)), ...);
  return out;
}

using Shown = std::vector<std::string>;

}  // namespace

TEST_CASE("without over, the rules of all layers speak in the order of the layers", "[rulebook]") {
  const auto stack = stack_of(book("england", {rule("a"), rule("b")}), book("local", {rule("a")}));
  CHECK(shown(stack) ==
        Shown{"england/a 2000-01-01 2099-12-31", "england/b 2000-01-01 2099-12-31", "local/a 2000-01-01 2099-12-31"});
}

TEST_CASE("a rule that is replaced falls silent and the one above speaks", "[rulebook]") {
  const auto stack =
      stack_of(book("england", {rule("a"), rule("b")}), book("local", {rule("x")}, {replace("england", "a", "x")}));
  CHECK(shown(stack) == Shown{"england/b 2000-01-01 2099-12-31", "local/x 2000-01-01 2099-12-31"});
}

TEST_CASE("a rule that is disabled falls silent", "[rulebook]") {
  const auto stack =
      stack_of(book("england", {rule("a"), rule("b")}), book("local", {rule("x")}, {disable("england", "b")}));
  CHECK(shown(stack) == Shown{"england/a 2000-01-01 2099-12-31", "local/x 2000-01-01 2099-12-31"});
}

TEST_CASE("outside the layer's own days the rule below stands", "[rulebook]") {
  auto local = book("local", {rule("x", "2010-04-01", "2019-03-31")}, {replace("england", "a", "x")});
  local->in_force_from = day("2010-04-01");
  local->in_force_to = day("2019-03-31");
  const auto stack = stack_of(book("england", {rule("a")}), std::move(local));
  CHECK(shown(stack) ==
        Shown{"england/a 2000-01-01 2010-03-31", "england/a 2019-04-01 2099-12-31", "local/x 2010-04-01 2019-03-31"});
}

TEST_CASE("a layer that begins before the rule below leaves only its end", "[rulebook]") {
  auto local = book("local", {rule("x")}, {disable("england", "a")});
  local->in_force_from = day("1990-01-01");
  local->in_force_to = day("2005-12-31");
  const auto stack = stack_of(book("england", {rule("a")}), std::move(local));
  CHECK(shown(stack).front() == "england/a 2006-01-01 2099-12-31");
}

TEST_CASE("every edition of a rule is replaced, each on the layer's days", "[rulebook]") {
  auto local = book("local", {rule("x")}, {replace("england", "a", "x")});
  local->in_force_from = day("2008-01-01");
  const auto stack =
      stack_of(book("england", {rule("a", "2000-01-01", "2009-12-31"), rule("a", "2010-01-01", "2099-12-31")}),
               std::move(local));
  CHECK(shown(stack) == Shown{"england/a 2000-01-01 2007-12-31", "local/x 2000-01-01 2099-12-31"});
}

TEST_CASE("a third layer replaces rules of both below it", "[rulebook]") {
  const auto stack =
      stack_of(book("england", {rule("a"), rule("b")}), book("local", {rule("x")}, {replace("england", "a", "x")}),
               book("trial", {rule("t")}, {replace("local", "x", "t"), disable("england", "b")}));
  CHECK(shown(stack) == Shown{"trial/t 2000-01-01 2099-12-31"});
}

TEST_CASE("replacing a layer does not wake what that layer had replaced", "[rulebook]") {
  auto trial = book("trial", {rule("t")}, {disable("local", "x")});
  const auto stack = stack_of(book("england", {rule("a")}), book("local", {rule("x")}, {replace("england", "a", "x")}),
                              std::move(trial));
  CHECK(shown(stack) == Shown{"trial/t 2000-01-01 2099-12-31"});
}

TEST_CASE("a rulebook that may lie over another stands alone as well", "[rulebook]") {
  const auto stack = stack_of(book("local", {rule("x")}, {replace("england", "a", "x")}));
  CHECK(shown(stack) == Shown{"local/x 2000-01-01 2099-12-31"});
}

TEST_CASE("a layer that names no rule below it is refused with the place", "[rulebook]") {
  const auto refused = [](const Stack& stack) {
    const auto layered = layer(stack);
    REQUIRE_FALSE(layered);
    CHECK(layered.error().code == Code::rulebook);
    return layered.error().text();
  };
  CHECK(refused(stack_of(book("england", {rule("initial-conference")}),
                         book("local", {rule("x")}, {replace("england", "initial-conferences", "x")}))) ==
        "rulebook 'local': 'england' has no rule 'initial-conferences'; did you mean initial-conference? "
        "(at /over/x/0/replace)");
  CHECK(refused(stack_of(book("england", {rule("a")}), book("local", {}, {disable("england", "zzzzzzzz")}))) ==
        "rulebook 'local': 'england' has no rule 'zzzzzzzz' (at /over/x/0/disable)");
  CHECK(refused(stack_of(book("wales", {rule("a")}), book("local", {rule("x")}, {disable("england", "a")}))) ==
        "rulebook 'local': it lies over 'england', which is not among the layers below it (at /over/x/0)");
  CHECK(refused(stack_of(book("local", {rule("x")}, {disable("england", "a")}), book("england", {rule("a")}))) ==
        "rulebook 'local': it lies over 'england', which is not among the layers below it (at /over/x/0)");
  CHECK(refused(stack_of(book("england", {rule("a")}), book("england", {rule("a")}))) ==
        "rulebook 'england': it stands twice among the layers");
}

TEST_CASE("a timescale that is replaced in some cases stands in the others, on the layer's days", "[rulebook]") {
  auto over = replace("england", "a", "x");
  over.when.emplace();
  auto local = book("local", {rule("x")}, {over});
  local->in_force_from = day("2010-04-01");
  const auto stack = stack_of(book("england", {rule("a")}), std::move(local));
  CHECK(shown(stack) ==
        Shown{"england/a 2000-01-01 2010-03-31", "england/a 2010-04-01 2099-12-31", "local/x 2000-01-01 2099-12-31"});
  const auto layered = layer(stack);
  CHECK((*layered)[0].except.empty());
  CHECK((*layered)[1].except == std::vector<const Condition*>{&stack[1]->over.front().when.front()});
}

TEST_CASE("only a timescale is replaced in some cases", "[rulebook]") {
  auto over = replace("england", "plan", "x");
  over.when.emplace();
  auto plan = rule("plan");
  plan.type = RuleText::Type::process;
  const auto layered = layer(stack_of(book("england", {plan}), book("local", {rule("x")}, {over})));
  REQUIRE_FALSE(layered);
  CHECK(layered.error().text() ==
        "rulebook 'local': 'plan' is no timescale, so it is replaced everywhere or not at all (at /over/x/0/when)");
}
