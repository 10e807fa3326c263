#include "support.h"

using namespace cpc::capi;

extern "C" {

cpc_text cpc_buffer_text(const cpc_buffer* buffer) { return buffer ? borrowed(buffer->text) : empty_text(); }

void cpc_buffer_free(cpc_buffer* buffer) { delete buffer; }

size_t cpc_texts_count(const cpc_texts* texts) { return texts ? texts->list.size() : 0; }

cpc_text cpc_texts_at(const cpc_texts* texts, size_t index) {
  const auto* text = texts ? element(texts->list, index) : nullptr;
  return text ? borrowed(*text) : empty_text();
}

void cpc_texts_free(cpc_texts* texts) { delete texts; }

}  // extern "C"
