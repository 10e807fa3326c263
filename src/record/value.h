#pragma once
#include <cstdint>

#include "date/moment.h"

namespace cpc {

/// One attribute of one row in one word. 0 is "not known" for every type.
/// yes_no, present: 1 no, 2 yes. enumeration: position + 1. count: number + 1. id: number of the id + 1.
/// enumeration_set: bit 63 and a bit per member. date, datetime: bit 63, the day and the minute.
using Value = std::uint64_t;

inline constexpr Value unknown_value = 0;
inline constexpr Value no_value = 1;
inline constexpr Value yes_value = 2;
inline constexpr Value given_bit = Value{1} << 63;

inline Value value_of(bool yes) { return yes ? yes_value : no_value; }
inline Value value_of(Moment moment) {
  return given_bit | (static_cast<Value>(static_cast<std::uint32_t>(moment.day.number)) << 16) |
         static_cast<std::uint16_t>(moment.minute + 1);
}
/// The moment of a date value that is given.
inline Moment moment_of(Value value) {
  return {Day{static_cast<std::int32_t>(static_cast<std::uint32_t>(value >> 16))},
          static_cast<std::int32_t>(value & 0xffff) - 1};
}
/// The members of a set that is given.
inline std::uint64_t members_of(Value value) { return value & ~given_bit; }

/// No, unknown, yes; `all` is min, `any` is max, `not` is 2 - x.
enum class Truth : std::uint8_t { no = 0, unknown = 1, yes = 2 };
inline Truth operator!(Truth t) { return static_cast<Truth>(2 - static_cast<int>(t)); }
inline Truth both(Truth a, Truth b) { return a < b ? a : b; }
inline Truth either(Truth a, Truth b) { return a < b ? b : a; }
inline Truth truth(bool yes) { return yes ? Truth::yes : Truth::no; }

}  // namespace cpc
