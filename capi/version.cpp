#include "support.h"

extern "C" {

cpc_text cpc_version(void) { return cpc::capi::borrowed(CPC_VERSION); }

int32_t cpc_version_number(void) { return CPC_VERSION_NUMBER; }

}  // extern "C"
