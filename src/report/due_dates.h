#pragma once
#include <string>

#include "assessment/assessment.h"

namespace cpc {

/// Appends what is due or overdue as an iCalendar file (RFC 5545), one event a limit: a whole day, or a local time in
/// Europe/London where the limit has one. An event's UID comes from the case and the result's key, so that a later file
/// takes the place of an earlier one; its DTSTAMP is the moment assessed as of, as no clock is read.
void write_due_dates(const Assessment& assessment, std::string& out);

}  // namespace cpc
