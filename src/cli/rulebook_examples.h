#pragma once
#include "cli/commands.h"

namespace cpc::cli {

/// `rulebook test` and `rulebook clauses`: what the examples beside a rulebook show.
void add_rulebook_examples(CLI::App& rulebook, Exit& exit);

}  // namespace cpc::cli
