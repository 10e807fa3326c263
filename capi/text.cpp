#include "support.h"

using namespace cpc::capi;

extern "C" {

cpc_text cpc_buffer_text(const cpc_buffer* buffer) { return buffer ? borrowed(buffer->text) : empty_text(); }

void cpc_buffer_free(cpc_buffer* buffer) { delete buffer; }

}  // extern "C"
