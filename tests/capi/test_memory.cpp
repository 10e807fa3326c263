#include <vector>

#include "capi/support.h"
#include "support/allocations.h"

using namespace cpc::test;

namespace {

/// What came of a call with one of its allocations failing.
struct Trial {
  bool reached = false;  ///< The call made so many allocations.
  cpc_status status = CPC_OK;
  bool error_agrees = false;
  bool nothing_left = false;  ///< `out` is NULL after a failure.
  long leaked = 0;
};

template <class Handle, class Call>
Trial trial(long failing, const Call& call, void (*free)(Handle*)) {
  Trial result;
  Handle* out = nullptr;
  cpc_error* error = nullptr;
  const long before = living;
  countdown = failing;
  result.status = call(&out, &error);
  result.reached = countdown.exchange(never) < 0;
  result.error_agrees = (result.status == CPC_OK) == (error == nullptr) && cpc_error_code(error) == result.status;
  result.nothing_left = result.status == CPC_OK ? out != nullptr : out == nullptr;
  free(out);
  cpc_error_free(error);
  result.leaked = living - before;
  return result;
}

/// Lets each allocation of a call fail in turn; of more than `most`, as many spread over all of them.
template <class Handle, class Call>
void fail_each(const char* name, const Call& call, void (*free)(Handle*), long most = 1500) {
  INFO(name);
  REQUIRE(trial(never, call, free).status == CPC_OK);  // what is built once is built now
  const long start = made;
  REQUIRE(trial(never, call, free).status == CPC_OK);
  const long all = made - start;
  REQUIRE(all > 0);
  const long step = all / most + 1;
  long failed = 0;
  for (long i = 0; i < all; i += step) {
    const auto result = trial(i, call, free);
    // A sort that gets no buffer goes on without one: then the call succeeds.
    const bool good = result.reached && (result.status == CPC_OK || result.status == CPC_E_NO_MEMORY) &&
                      result.error_agrees && result.nothing_left && result.leaked == 0;
    if (result.status == CPC_E_NO_MEMORY) ++failed;
    if (good) continue;
    INFO("allocation " << i << " of " << all << ": reached " << result.reached << ", status " << result.status
                       << ", error agrees " << result.error_agrees << ", out as it should be " << result.nothing_left
                       << ", leaked " << result.leaked);
    CHECK(good);
  }
  CHECK(failed * 10 >= all / step * 9);
}

}  // namespace

TEST_CASE("every allocation may fail: calendars", "[capi][memory]") {
  const Exact name("scotland");
  const Exact closures(R"({"closures": ["2026-12-29"], "reason": "the office is closed between the years"})");
  const auto days = calendar();
  fail_each<cpc_calendar>(
      "load", [&](auto** out, auto** error) { return cpc_calendar_load(name.text(), nullptr, out, error); },
      cpc_calendar_free);
  fail_each<cpc_calendar>(
      "closures",
      [&](auto** out, auto** error) { return cpc_calendar_with_closures(days.get(), closures.text(), out, error); },
      cpc_calendar_free);
}

TEST_CASE("every allocation may fail: rulebooks and programs", "[capi][memory]") {
  const Exact name("england");
  const auto layer = rulebook("england");
  const auto days = calendar();
  const cpc_rulebook* layers[] = {layer.get()};
  fail_each<cpc_rulebook>(
      "load", [&](auto** out, auto** error) { return cpc_rulebook_load(name.text(), out, error); }, cpc_rulebook_free,
      400);
  fail_each<cpc_program>(
      "compile", [&](auto** out, auto** error) { return cpc_program_compile(layers, 1, days.get(), out, error); },
      cpc_program_free, 400);
}

TEST_CASE("every allocation may fail: records and assessments", "[capi][memory]") {
  const Exact text(small_case);
  const auto rules = program("hertfordshire");
  const auto rows = record(small_case);
  const auto as_of = moment("2026-11-30");
  const auto done = assess(rules.get(), rows.get(), "2026-11-30");
  fail_each<cpc_record>(
      "read", [&](auto** out, auto** error) { return cpc_record_read(text.text(), nullptr, out, error); },
      cpc_record_free);
  fail_each<cpc_assessment>(
      "assess",
      [&](auto** out, auto** error) { return cpc_program_assess(rules.get(), rows.get(), as_of, nullptr, out, error); },
      cpc_assessment_free, 400);
  fail_each<cpc_findings>(
      "findings", [&](auto** out, auto** error) { return cpc_assessment_findings(done.get(), out, error); },
      cpc_findings_free, 400);
  fail_each<cpc_buffer>(
      "write", [&](auto** out, auto** error) { return cpc_assessment_write_json(done.get(), nullptr, out, error); },
      cpc_buffer_free);
  fail_each<cpc_texts>(
      "keys", [&](auto** out, auto** error) { return cpc_assessment_timescale_keys(done.get(), out, error); },
      cpc_texts_free);
  fail_each<cpc_workspace>(
      "workspace", [&](auto** out, auto** error) { return cpc_workspace_new(out, error); }, cpc_workspace_free);
}

TEST_CASE("a report that finds no memory still says so", "[capi][memory]") {
  cpc_calendar* out = nullptr;
  const Exact name("a calendar that nobody has heard of yet");
  for (long i = 0;; ++i) {
    cpc_error* error = nullptr;
    countdown = i;
    const auto status = cpc_calendar_load(name.text(), nullptr, &out, &error);
    const bool reached = countdown.exchange(never) < 0;
    CHECK(out == nullptr);
    CHECK(cpc_error_code(error) == status);
    CHECK(cpc_error_message(error).size > 0);
    const bool expected = status == CPC_E_NO_MEMORY || (status == CPC_E_NOT_FOUND && !reached);
    CHECK(expected);
    cpc_error_free(error);
    if (!reached || !expected) break;
  }
}

TEST_CASE("a workspace goes on after its memory ran out", "[capi][memory]") {
  const auto rules = program();
  const Exact text(small_case);
  const auto as_of = moment("2026-11-30");
  const auto expected = json(assess(rules.get(), record(small_case).get(), "2026-11-30").get());
  cpc_workspace* workspace = nullptr;
  REQUIRE(cpc_workspace_new(&workspace, nullptr) == CPC_OK);
  const Workspace owned(workspace);
  const auto run = [&](const cpc_assessment** lent) {
    const auto status = cpc_workspace_read(workspace, text.text(), nullptr, nullptr, nullptr);
    return status == CPC_OK ? cpc_workspace_assess(workspace, rules.get(), as_of, nullptr, lent, nullptr) : status;
  };
  for (long i = 0;; ++i) {
    const cpc_assessment* lent = nullptr;
    countdown = i;
    const auto status = run(&lent);
    const bool reached = countdown.exchange(never) < 0;
    if (!reached && status == CPC_OK) break;
    const bool expected_status = status == CPC_E_NO_MEMORY || status == CPC_OK;
    CHECK(expected_status);
    REQUIRE(run(&lent) == CPC_OK);
    if (i % 16 == 0) CHECK(json(lent) == expected);
  }
}

TEST_CASE("a workspace in use allocates nothing to read a record, and less to assess it than objects of their own",
          "[capi][memory]") {
  const auto rules = program();
  const Exact text(small_case);
  const auto as_of = moment("2026-11-30");
  cpc_workspace* workspace = nullptr;
  REQUIRE(cpc_workspace_new(&workspace, nullptr) == CPC_OK);
  const Workspace owned(workspace);
  long reading = 0, assessing = 0;
  for (int i = 0; i < 10; ++i) {
    const cpc_assessment* lent = nullptr;
    const long start = made;
    const auto read = cpc_workspace_read(workspace, text.text(), nullptr, nullptr, nullptr);
    const long between = made;
    const auto status = cpc_workspace_assess(workspace, rules.get(), as_of, nullptr, &lent, nullptr);
    assessing = made - between;
    reading = between - start;
    REQUIRE(read == CPC_OK);
    REQUIRE(status == CPC_OK);
  }
  const auto rows = record(small_case);
  cpc_assessment* alone = nullptr;
  const long start = made;
  const auto status = cpc_program_assess(rules.get(), rows.get(), as_of, nullptr, &alone, nullptr);
  const long separate = made - start;
  cpc_assessment_free(alone);
  REQUIRE(status == CPC_OK);
  CHECK(reading == 0);
  CHECK(assessing * 4 < separate);
}
