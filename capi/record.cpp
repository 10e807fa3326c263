#include "record/record.h"

#include "handles.h"
#include "json/record_reader.h"

using namespace cpc;
using namespace cpc::capi;

namespace cpc::capi {
namespace {

constexpr std::array<std::uint32_t, 2> option_ends{4, sizeof(cpc_record_options)};
static_assert(sizeof(cpc_record_options) == 8);

}  // namespace

Result<Done> read(cpc_text json, const cpc_record_options* options, Record& record) {
  const auto settings =
      read_options(options, cpc_record_options CPC_RECORD_OPTIONS_INIT, option_ends, CPC_RECORD_LENIENT);
  if (!settings) return settings.error();
  const auto text = given_text(json, "json");
  if (!text) return text.error();
  const auto reading = (settings->flags & CPC_RECORD_LENIENT) != 0 ? Reading::lenient : Reading::strict;
  return read_record(*text, reading, record);
}

}  // namespace cpc::capi

extern "C" {

cpc_status cpc_record_read(cpc_text json, const cpc_record_options* options, cpc_record** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    auto made = std::make_unique<cpc_record>(cpc_record{std::make_shared<Record>()});
    const auto done = read(json, options, *made->record);
    if (!done) return report(done.error(), error);
    *out = made.release();
    return CPC_OK;
  });
}

cpc_status cpc_record_add_not_recorded(cpc_record* record, cpc_text list, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!record) return report(mistake("record must not be NULL"), error);
    const auto text = given_text(list, "list");
    if (!text) return report(text.error(), error);
    auto changed = std::make_shared<Record>(*record->record);
    const auto done = add_not_recorded(*text, *changed);
    if (!done) return report(done.error(), error);
    record->record = std::move(changed);
    return CPC_OK;
  });
}

void cpc_record_free(cpc_record* record) { delete record; }

cpc_text cpc_record_case(const cpc_record* record) { return record ? borrowed(record->record->case_id) : empty_text(); }

size_t cpc_record_child_count(const cpc_record* record) { return record ? record->record->children.size() : 0; }

cpc_text cpc_record_child(const cpc_record* record, size_t index) {
  const auto* id = record ? element(record->record->children, index) : nullptr;
  return id ? borrowed(record->record->ids.text(*id)) : empty_text();
}

size_t cpc_record_row_count(const cpc_record* record) { return record ? record->record->rows.size() : 0; }

size_t cpc_record_finding_count(const cpc_record* record) { return record ? record->record->findings.size() : 0; }

cpc_text cpc_record_finding_text(const cpc_record* record, size_t index) {
  const auto* finding = record ? element(record->record->findings, index) : nullptr;
  return finding ? borrowed(finding->says) : empty_text();
}

cpc_text cpc_record_finding_place(const cpc_record* record, size_t index) {
  const auto* finding = record ? element(record->record->findings, index) : nullptr;
  return finding ? borrowed(finding->place) : empty_text();
}

}  // extern "C"
