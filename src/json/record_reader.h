#pragma once
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/record.h"

namespace cpc {

enum class Reading : std::uint8_t { strict, lenient };

/// The vocabulary compiled into the library. Built on first use; immutable, shared by all threads.
[[nodiscard]] const Vocabulary& embedded_vocabulary();

/// Reads one case record (FORMAT, section 1) into `record`, whose memory is used again.
/// Strict: an unknown event, attribute or value is an error. Lenient: a finding each, the row or attribute left out.
/// Impossible dates, skipped hours, unknown children, more than `most_children` children: always an error.
/// `cpconf` has to be there; `case` may be left out. `children` names every child; a record without that list is told
/// of its children by its `child_recorded` rows. A plain set with an unknown item is left out whole, for it would say
/// of the word that was meant that it is not in it; a checklist loses only the item.
/// The error's place is a JSON pointer; for text that is not JSON or UTF-8, line and column.
[[nodiscard]] Result<Done> read_record(std::string_view json, Reading reading, Record& record);

/// Adds a caller's own `not_recorded` list (the JSON array of FORMAT, or comma-separated event names) to a record.
[[nodiscard]] Result<Done> add_not_recorded(std::string_view list, Record& record);

}  // namespace cpc
