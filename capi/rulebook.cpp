#include "rulebook/rulebook.h"

#include <vector>

#include "handles.h"
#include "json/record_reader.h"
#include "json/rulebook_reader.h"

using namespace cpc;
using namespace cpc::capi;

namespace {

const std::vector<std::string>& embedded_names() {
  static const auto names = embedded_rulebook_names();
  return names;
}

using Reader = Result<Rulebook> (*)(std::string_view, const Vocabulary&);

cpc_status make(cpc_text text, const char* parameter, cpc_rulebook** out, cpc_error** error, Reader reader) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    const auto given = given_text(text, parameter);
    if (!given) return report(given.error(), error);
    auto rulebook = reader(*given, embedded_vocabulary());
    if (!rulebook) return report(rulebook.error(), error);
    *out = new cpc_rulebook{std::move(*rulebook)};
    return CPC_OK;
  });
}

}  // namespace

extern "C" {

size_t cpc_rulebook_embedded_count(void) { return embedded_names().size(); }

cpc_text cpc_rulebook_embedded_name(size_t index) {
  const auto* name = element(embedded_names(), index);
  return name ? borrowed(*name) : empty_text();
}

cpc_status cpc_rulebook_load(cpc_text name, cpc_rulebook** out, cpc_error** error) {
  return make(name, "name", out, error, embedded_rulebook);
}

cpc_status cpc_rulebook_read(cpc_text json, cpc_rulebook** out, cpc_error** error) {
  return make(json, "json", out, error, read_rulebook);
}

void cpc_rulebook_free(cpc_rulebook* rulebook) { delete rulebook; }

cpc_text cpc_rulebook_name(const cpc_rulebook* rulebook) {
  return rulebook ? borrowed(rulebook->rulebook.name) : empty_text();
}

cpc_text cpc_rulebook_edition(const cpc_rulebook* rulebook) {
  return rulebook ? borrowed(rulebook->rulebook.edition) : empty_text();
}

cpc_text cpc_rulebook_title(const cpc_rulebook* rulebook) {
  return rulebook ? borrowed(rulebook->rulebook.title) : empty_text();
}

cpc_text cpc_rulebook_calendar(const cpc_rulebook* rulebook) {
  return rulebook ? borrowed(rulebook->rulebook.calendar) : empty_text();
}

cpc_text cpc_rulebook_fingerprint(const cpc_rulebook* rulebook) {
  return rulebook ? borrowed(rulebook->rulebook.fingerprint) : empty_text();
}

size_t cpc_rulebook_rule_count(const cpc_rulebook* rulebook) { return rulebook ? rulebook->rulebook.rules.size() : 0; }

}  // extern "C"
