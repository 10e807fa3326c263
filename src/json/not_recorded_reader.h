#pragma once
#include "json/record_parts.h"

namespace cpc::reading {

// What a host does not keep. Such a list is short and its writer wants to know of every slip, so there is nothing
// lenient here: what is not understood is refused.

/// `event` or `event.attribute`.
bool read_not_recorded(std::string_view name, Complaints& told);
/// {"event": …, "where": {attribute: [values]}}
bool read_not_recorded(const Members& entry, Complaints& told);

}  // namespace cpc::reading
