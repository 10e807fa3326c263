#include "support.h"

#include <optional>

namespace cpc::capi {

Result<std::string_view> given_text(cpc_text text, std::string_view parameter) {
  if (text.data) return std::string_view(text.data, text.size);
  if (text.size > 0) return mistake(std::string(parameter) + ".data must not be NULL where its size is not 0");
  return std::string_view("");
}

Result<Day> given_day(std::int32_t day, std::string_view parameter) {
  if (supported(Day{day}) == Day{day}) return Day{day};
  return mistake(std::string(parameter) + " is day " + std::to_string(day) +
                 ", which lies outside 1900-01-01 to 2199-12-31");
}

Result<Moment> given_moment(cpc_moment moment, std::string_view parameter) {
  const auto day = given_day(moment.day, std::string(parameter) + ".day");
  if (!day) return day.error();
  const Moment made{*day, moment.minute};
  if (moment.minute < CPC_NO_MINUTE || moment.minute >= 24 * 60)
    return mistake(std::string(parameter) + ".minute is " + std::to_string(moment.minute) +
                   "; it lies between 0 and 1439, or is CPC_NO_MINUTE");
  if (local_time_kind(made) == LocalTime::skipped)
    return mistake(std::string(parameter) + " is " + to_string(made) +
                   ", in the hour that the clocks skip in Europe/London");
  return made;
}

Result<std::optional<Moment>> optional_moment(cpc_moment moment, std::string_view parameter) {
  if (moment.day == CPC_NO_DAY) return std::optional<Moment>{};
  const auto given = given_moment(moment, parameter);
  if (!given) return given.error();
  return std::optional<Moment>{*given};
}

Result<std::uint32_t> known_bytes(const void* given, std::span<const std::uint32_t> ends) {
  std::uint32_t size = 0;
  std::memcpy(&size, given, sizeof size);
  if (size < ends.front() || size > most_option_bytes)
    return mistake("options.struct_size is " + std::to_string(size) + "; set it to the size of the struct");
  if (size > ends.back()) {
    const auto* bytes = static_cast<const unsigned char*>(given);
    if (std::any_of(bytes + ends.back(), bytes + size, [](unsigned char byte) { return byte != 0; }))
      return mistake("options has a field that this version does not know, and it is not 0");
    return ends.back();
  }
  if (std::find(ends.begin(), ends.end(), size) == ends.end())
    return mistake("options.struct_size is " + std::to_string(size) + ", which ends within a field");
  return size;
}

}  // namespace cpc::capi
