#include "handles.h"

using namespace cpc;
using namespace cpc::capi;

struct cpc_workspace {
  cpc_record record{std::make_shared<Record>()};
  bool has_record = false;
  Workspace memory;
  cpc_assessment assessment;
};

extern "C" {

cpc_status cpc_workspace_new(cpc_workspace** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    *out = new cpc_workspace;
    return CPC_OK;
  });
}

void cpc_workspace_free(cpc_workspace* workspace) { delete workspace; }

cpc_status cpc_workspace_read(cpc_workspace* workspace, cpc_text json, const cpc_record_options* options,
                              cpc_record** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (out) *out = nullptr;
    if (!workspace) return report(mistake("workspace must not be NULL"), error);
    workspace->has_record = false;
    const auto done = read(json, options, *workspace->record.record);
    if (!done) return report(done.error(), error);
    workspace->has_record = true;
    if (out) *out = &workspace->record;
    return CPC_OK;
  });
}

cpc_status cpc_workspace_assess(cpc_workspace* workspace, const cpc_program* program, cpc_moment as_of,
                                const cpc_assess_options* options, const cpc_assessment** out, cpc_error** error) {
  return guard(error, [&]() -> cpc_status {
    if (!out) return report(mistake("out must not be NULL"), error);
    *out = nullptr;
    if (!workspace || !program) return report(mistake("workspace and program must not be NULL"), error);
    if (!workspace->has_record) return report(mistake("the workspace holds no record: read one first"), error);
    const auto settings = assess_options(as_of, options);
    if (!settings) return report(settings.error(), error);
    auto& assessment = workspace->assessment;
    assess(program->program, *workspace->record.record, *settings, workspace->memory, assessment.result);
    *out = &assessment;
    return CPC_OK;
  });
}

}  // extern "C"
