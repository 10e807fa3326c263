#include "support.h"

namespace cpc::capi {
namespace {

static_assert(static_cast<int>(Code::argument) == CPC_E_ARGUMENT && static_cast<int>(Code::syntax) == CPC_E_SYNTAX &&
              static_cast<int>(Code::input) == CPC_E_INPUT && static_cast<int>(Code::rulebook) == CPC_E_RULEBOOK &&
              static_cast<int>(Code::calendar) == CPC_E_CALENDAR &&
              static_cast<int>(Code::not_found) == CPC_E_NOT_FOUND &&
              static_cast<int>(Code::no_memory) == CPC_E_NO_MEMORY && static_cast<int>(Code::failed) == CPC_E_FAILED);

/// The one error that takes no memory; cpc_error_free leaves it alone. Its message is short enough to need none.
cpc_error* out_of_memory() noexcept {
  static cpc_error none{{Code::no_memory, "no memory left", {}, {}}};
  return &none;
}

}  // namespace

cpc_status report_no_memory(cpc_error** error) noexcept {
  if (error) *error = out_of_memory();
  return CPC_E_NO_MEMORY;
}

cpc_status report(Error failure, cpc_error** error) noexcept {
  const auto code = static_cast<cpc_status>(failure.code);
  if (!error) return code;
  *error = new (std::nothrow) cpc_error{std::move(failure)};
  return *error ? code : report_no_memory(error);
}

}  // namespace cpc::capi

using namespace cpc::capi;

extern "C" {

cpc_text cpc_status_name(cpc_status status) {
  switch (status) {
    case CPC_OK:
      return borrowed("ok");
    case CPC_E_ARGUMENT:
      return borrowed("argument");
    case CPC_E_SYNTAX:
      return borrowed("syntax");
    case CPC_E_INPUT:
      return borrowed("input");
    case CPC_E_RULEBOOK:
      return borrowed("rulebook");
    case CPC_E_CALENDAR:
      return borrowed("calendar");
    case CPC_E_NOT_FOUND:
      return borrowed("not_found");
    case CPC_E_NO_MEMORY:
      return borrowed("no_memory");
    default:
      return borrowed("failed");
  }
}

cpc_status cpc_error_code(const cpc_error* error) {
  return error ? static_cast<cpc_status>(error->error.code) : cpc_status{CPC_OK};
}

cpc_text cpc_error_message(const cpc_error* error) { return error ? borrowed(error->error.message) : empty_text(); }

cpc_text cpc_error_place(const cpc_error* error) { return error ? borrowed(error->error.place) : empty_text(); }

cpc_text cpc_error_clause(const cpc_error* error) { return error ? borrowed(error->error.clause) : empty_text(); }

void cpc_error_free(cpc_error* error) {
  if (error != out_of_memory()) delete error;
}

}  // extern "C"
