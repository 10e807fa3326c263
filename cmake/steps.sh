# Sourced by try.sh and test.sh: named steps that show what runs and how long it took.
#   step TITLE COMMAND...    a failure ends the run: what follows would need it
#   check TITLE COMMAND...   a failure is shown and remembered, and the run goes on; steps_end then fails
steps_total=$(grep -cE '^(step|check) ' "cmake/$(basename "$0")")
steps_done=0
steps_report=""
steps_failed=""
steps_started=$(date +%s)

step() {
  check "$@"
  [ -z "$steps_failed" ] || [ "$steps_status" = 0 ] || steps_end
}

check() {
  steps_done=$((steps_done + 1))
  title=$1
  shift
  printf '\n== [%s/%s] %s\n' "$steps_done" "$steps_total" "$title"
  started=$(date +%s)
  steps_status=0
  "$@" || steps_status=$?
  word="ok"
  if [ "$steps_status" != 0 ]; then
    printf '== FAILED: %s (status %s): %s\n' "$title" "$steps_status" "$*" >&2
    word="FAILED"
    steps_failed="$steps_failed
  $title"
  fi
  steps_report="$steps_report$(printf '%6ss  %-6s  %s' "$(($(date +%s) - started))" "$word" "$title")
"
}

# Shows how long each step took; ends the run with 1 if any failed.
steps_end() {
  printf '\n%s%6ss  in all\n' "$steps_report" "$(($(date +%s) - steps_started))"
  [ -z "$steps_failed" ] || { printf '\nFAILED:%s\n' "$steps_failed" >&2; exit 1; }
}

# Once the tools are installed: compile through ccache where it is there.
use_tools() {
  CTEST_PARALLEL_LEVEL=$(nproc 2>/dev/null || echo 2)
  export CTEST_PARALLEL_LEVEL
  if command -v ccache >/dev/null 2>&1; then
    CMAKE_C_COMPILER_LAUNCHER=ccache
    CMAKE_CXX_COMPILER_LAUNCHER=ccache
    export CMAKE_C_COMPILER_LAUNCHER CMAKE_CXX_COMPILER_LAUNCHER
  fi
}
