#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace cpc {

/// What kind of thing went wrong. The numbers are those of `cpc_status` in `cpconf.h`: never renumber.
enum class Code : std::int32_t {
  argument = 10,   ///< A caller's argument is not allowed.
  syntax = 20,     ///< Text is not well-formed JSON, XML, UTF-8 or a date.
  input = 21,      ///< Well-formed, but not what the format or the vocabulary allows.
  rulebook = 30,   ///< A rulebook cannot be loaded or compiled.
  calendar = 31,   ///< A calendar cannot be loaded.
  not_found = 40,  ///< No such rulebook, calendar or file.
  no_memory = 50,
  failed = 90,  ///< Anything else: a bug in this library.
};

/// One failure as a value: one line of what is wrong and what would be right, and where.
struct Error {
  Code code = Code::failed;
  std::string message;
  std::string place;   ///< A JSON pointer, or "line L, column C"; empty where there is none.
  std::string clause;  ///< The clause concerned, or empty.

  /// `message (at place)`, for people.
  [[nodiscard]] std::string text() const { return place.empty() ? message : message + " (at " + place + ")"; }
};

/// A value or an Error (the toolchain's C++20 has no std::expected).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return held_.index() == 0; }
  [[nodiscard]] T& value() { return std::get<0>(held_); }
  [[nodiscard]] const T& value() const { return std::get<0>(held_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  [[nodiscard]] const Error& error() const { return std::get<1>(held_); }

 private:
  std::variant<T, Error> held_;
};

/// Success without a value.
struct Done {};

}  // namespace cpc
