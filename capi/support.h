#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "cpconf/cpconf.h"
#include "date/moment.h"

struct cpc_error {
  cpc::Error error;
};

struct cpc_buffer {
  std::string text;
};

struct cpc_texts {
  std::vector<std::string> list;
};

namespace cpc::capi {

/// Hands a failure to the caller. Its status is the code, or CPC_E_NO_MEMORY where the error itself cannot be made.
cpc_status report(Error failure, cpc_error** error) noexcept;
cpc_status report_no_memory(cpc_error** error) noexcept;

/// The body of every function that may fail: clears *error, turns any exception into a status.
template <class Body>
cpc_status guard(cpc_error** error, const Body& body) noexcept {
  if (error) *error = nullptr;
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return report_no_memory(error);
  } catch (const std::length_error&) {
    return report_no_memory(error);
  } catch (...) {
    try {
      return report({Code::failed, "an internal failure of the library", {}, {}}, error);
    } catch (...) {
      return report_no_memory(error);
    }
  }
}

/// A caller's mistake.
[[nodiscard]] inline Error mistake(std::string message) { return {Code::argument, std::move(message), {}, {}}; }

[[nodiscard]] inline cpc_text borrowed(std::string_view text) { return {text.data(), text.size()}; }
[[nodiscard]] inline constexpr cpc_text empty_text() { return {"", 0}; }
/// A text of the caller, or an error that names the parameter.
[[nodiscard]] Result<std::string_view> given_text(cpc_text text, std::string_view parameter);

[[nodiscard]] inline cpc_moment no_moment() { return CPC_NO_MOMENT; }
[[nodiscard]] inline cpc_moment c_moment(Moment moment) { return {moment.day.number, moment.minute}; }
/// A moment of the caller, or an error that names the parameter.
[[nodiscard]] Result<Moment> given_moment(cpc_moment moment, std::string_view parameter);
/// As given_moment; nothing for CPC_NO_MOMENT.
[[nodiscard]] Result<std::optional<Moment>> optional_moment(cpc_moment moment, std::string_view parameter);
[[nodiscard]] Result<Day> given_day(std::int32_t day, std::string_view parameter);

/// Options are at most this long in any version: a larger size is taken for garbage.
inline constexpr std::uint32_t most_option_bytes = 1024;

/// How many bytes of options are to be copied: whole fields alone, for a caller older or newer than this library.
/// @param ends  Where each field ends, from `struct_size` on.
[[nodiscard]] Result<std::uint32_t> known_bytes(const void* given, std::span<const std::uint32_t> ends);

/// The caller's options over the defaults. Refuses flags beyond `flags`.
template <class Options, std::size_t fields>
[[nodiscard]] Result<Options> read_options(const Options* given, Options defaults,
                                           const std::array<std::uint32_t, fields>& ends, std::uint32_t flags) {
  if (!given) return defaults;
  const auto bytes = known_bytes(given, ends);
  if (!bytes) return bytes.error();
  std::memcpy(&defaults, given, *bytes);
  if ((defaults.flags & ~flags) != 0) return mistake("options.flags has a bit that this version does not know");
  return defaults;
}

template <class List>
[[nodiscard]] auto element(const List& list, std::size_t index) -> decltype(&list[0]) {
  return index < list.size() ? &list[index] : nullptr;
}

}  // namespace cpc::capi
