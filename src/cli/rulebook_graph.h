#pragma once
#include "cli/commands.h"

namespace cpc::cli {

/// `rulebook graph`: its processes and threshold trees in DOT.
void add_rulebook_graph(CLI::App& parent, Exit& exit);

}  // namespace cpc::cli
