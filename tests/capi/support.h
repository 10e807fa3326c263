#pragma once
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "cpconf/cpconf.h"
#include "support/catch.h"

namespace cpc::test {

inline std::string str(cpc_text text) { return {text.data, text.size}; }

/// Bytes on the heap with nothing after them, so that a sanitizer sees whoever reads too far.
class Exact {
 public:
  explicit Exact(std::string_view text) : size_(text.size()), bytes_(new char[text.size()]) {
    std::memcpy(bytes_.get(), text.data(), size_);
  }
  [[nodiscard]] cpc_text text() const { return {bytes_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<char[]> bytes_;
};

template <auto free>
struct Free {
  template <class Handle>
  void operator()(Handle* handle) const {
    free(handle);
  }
};
template <class Handle, auto free>
using Owned = std::unique_ptr<Handle, Free<free>>;

using Calendar = Owned<cpc_calendar, cpc_calendar_free>;
using Rulebook = Owned<cpc_rulebook, cpc_rulebook_free>;
using Program = Owned<cpc_program, cpc_program_free>;
using Record = Owned<cpc_record, cpc_record_free>;
using Assessment = Owned<cpc_assessment, cpc_assessment_free>;
using Findings = Owned<cpc_findings, cpc_findings_free>;
using Buffer = Owned<cpc_buffer, cpc_buffer_free>;
using Workspace = Owned<cpc_workspace, cpc_workspace_free>;
using Error = Owned<cpc_error, cpc_error_free>;

/// What a call said: "ok", or "code: message" with " (at place)" where there is one. Frees the error.
/// Checks on the way that status and error agree.
template <class Call>
std::string said(const Call& call) {
  static char untouched;
  auto* error = reinterpret_cast<cpc_error*>(&untouched);  // a call has to set it, whatever stood there
  const cpc_status status = call(&error);
  CHECK((status == CPC_OK) == (error == nullptr));
  if (!error) return "ok";
  const Error owned(error);
  CHECK(cpc_error_code(error) == status);
  CHECK(call(static_cast<cpc_error**>(nullptr)) == status);
  const auto place = str(cpc_error_place(error));
  return str(cpc_status_name(status)) + ": " + str(cpc_error_message(error)) +
         (place.empty() ? "" : " (at " + place + ")");
}

inline cpc_moment moment(const char* text) {
  cpc_moment out = CPC_NO_MOMENT;
  REQUIRE(cpc_moment_read(cpc_text_of(text), &out, nullptr) == CPC_OK);
  return out;
}

inline std::int32_t day(const char* text) { return moment(text).day; }

inline std::string written(cpc_moment moment) {
  char text[CPC_MOMENT_SIZE];
  return cpc_moment_write(moment, text, sizeof text, nullptr) == CPC_OK ? text : "none";
}

inline Calendar calendar(const char* name = "england-and-wales") {
  cpc_calendar* made = nullptr;
  REQUIRE(cpc_calendar_load(cpc_text_of(name), nullptr, &made, nullptr) == CPC_OK);
  return Calendar(made);
}

inline Rulebook rulebook(const char* name) {
  cpc_rulebook* made = nullptr;
  REQUIRE(cpc_rulebook_load(cpc_text_of(name), &made, nullptr) == CPC_OK);
  return Rulebook(made);
}

inline Program program(const char* name = "england") {
  const auto layer = rulebook(name);
  const auto days = calendar();
  const cpc_rulebook* layers[] = {layer.get()};
  cpc_program* made = nullptr;
  REQUIRE(cpc_program_compile(layers, 1, days.get(), &made, nullptr) == CPC_OK);
  return Program(made);
}

inline Record record(std::string_view json) {
  const Exact exact(json);
  cpc_record* made = nullptr;
  REQUIRE(said([&](cpc_error** error) { return cpc_record_read(exact.text(), nullptr, &made, error); }) == "ok");
  return Record(made);
}

inline Assessment assess(const cpc_program* program, const cpc_record* record, const char* as_of) {
  cpc_assessment* made = nullptr;
  REQUIRE(cpc_program_assess(program, record, moment(as_of), nullptr, &made, nullptr) == CPC_OK);
  return Assessment(made);
}

inline std::string json(const cpc_assessment* assessment) {
  cpc_buffer* made = nullptr;
  REQUIRE(cpc_assessment_write_json(assessment, nullptr, &made, nullptr) == CPC_OK);
  const Buffer owned(made);
  return str(cpc_buffer_text(made));
}

/// Two children, a strategy discussion on 2 November 2026 and nothing after it.
inline constexpr const char* small_case =
    R"({"cpconf": 1, "case": "c", "children": [{"child": "ada"}, {"child": "ben"}], "events": [
      {"event": "strategy_discussion_held", "at": "2026-11-02", "section_47": "s1", "child": ["ada", "ben"]},
      {"event": "section_47_started", "at": "2026-11-02", "section_47": "s1", "child": ["ada", "ben"]}]})";

}  // namespace cpc::test
