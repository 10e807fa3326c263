#include "support.h"

using namespace cpc;
using namespace cpc::capi;

extern "C" {

cpc_status cpc_moment_read(cpc_text text, cpc_moment* out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    const auto given = given_text(text, "text");
    if (!given) return report(given.error(), error);
    const auto moment = parse_moment(*given);
    if (!moment) return report(moment.error(), error);
    *out = c_moment(*moment);
    return CPC_OK;
  });
}

cpc_status cpc_moment_write(cpc_moment moment, char* out, size_t capacity, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    const auto given = given_moment(moment, "moment");
    if (!given) return report(given.error(), error);
    const auto text = to_string(*given);
    if (text.size() >= capacity) return report(mistake("capacity is too small: CPC_MOMENT_SIZE is enough"), error);
    std::memcpy(out, text.c_str(), text.size() + 1);
    return CPC_OK;
  });
}

cpc_status cpc_moment_from_date(int32_t year, int32_t month, int32_t day, cpc_moment* out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    const auto found = day_of({year, month, day});
    if (!found)
      return report(mistake("there is no day " + std::to_string(year) + "-" + std::to_string(month) + "-" +
                            std::to_string(day) + " from 1900 to 2199"),
                    error);
    *out = {found->number, CPC_NO_MINUTE};
    return CPC_OK;
  });
}

}  // extern "C"
