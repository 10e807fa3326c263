#pragma once
#include "json/record_parts.h"

/// Single values of a row. Each function says whether to go on; where it may and the value was bad, `out` is as before.
namespace cpc::reading {

/// An attribute that is not null. @param checklist  It is `covered` or `not_covered`, which name items one by one.
bool read_value(const Slot& slot, bool checklist, const Members& row, const Member& member, Complaints& told,
                Value& out);
bool read_date(const Member& member, bool with_time, Complaints& told, Value& out);
bool read_id(const Member& member, Complaints& told, std::uint32_t& out);
/// "'at' is `wanted`, not a list".
bool wrong_form(Complaints& told, const Member& member, std::string_view wanted);

}  // namespace cpc::reading
