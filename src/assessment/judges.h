#pragma once
#include <cstdint>
#include <vector>

#include "assessment/evaluator.h"

namespace cpc {

/// Memory of run_processes, kept from one record to the next.
struct ProcessLists {
  /// A process of a scope that a row may concern.
  struct Touched {
    Index process;
    const std::vector<std::int16_t>* transitions;  ///< Those that the row's event may take.
    std::int32_t scope;
    Truth part;
  };
  /// How the row moves it.
  struct Move {
    std::uint64_t states = 0;
    bool concerned = false;
    bool irregular = false;
    bool sure = true;               ///< No other transition may have been taken instead, and one was.
    std::int16_t transition = -1;   ///< The one taken.
    std::size_t first_finding = 0;  ///< What it left to say, in `findings`.
    std::size_t finding_count = 0;
  };
  std::vector<Touched> touched;
  std::vector<Move> moves;
  std::vector<ProcessFinding> findings;
  std::vector<std::uint8_t> silent;
};

/// Runs every process over the rows, all in step: one row moves all that it concerns. Adds states, findings and next
/// steps.
void run_processes(Evaluator& evaluator, ProcessLists& lists);

/// Judges one timescale for every scope that occurs, cycle by cycle where it repeats.
void judge_timescale(Evaluator& evaluator, Index rule);

/// Judges one requirement or quorum by every row that it is about.
void judge_requirement(Evaluator& evaluator, Index rule);

/// Follows a threshold tree for every row of answers; an unanswered node follows both branches.
void judge_threshold(Evaluator& evaluator, Index rule);

/// Says of a recorded decision or view that it does not follow from the answers of the same person.
void compare_decisions(Evaluator& evaluator, Index rule);

/// Whether the host explained a variance from a duty: yes, unknown (no reason given), no.
[[nodiscard]] Truth explained(const Evaluator& evaluator, Index rule, const Scope& scope, const ScopeIndex& index);

/// The scope as results name it.
[[nodiscard]] ScopeId scope_id(const Scope& scope);

}  // namespace cpc
