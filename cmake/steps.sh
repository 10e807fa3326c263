# Sourced by try.sh and test.sh: named steps that show what runs and how long it took. A step that fails ends the run.
steps_total=0
steps_done=0
steps_report=""
steps_started=$(date +%s)

# step TITLE COMMAND...
step() {
  steps_done=$((steps_done + 1))
  title=$1
  shift
  printf '\n== [%s/%s] %s\n' "$steps_done" "$steps_total" "$title"
  started=$(date +%s)
  "$@" || {
    status=$?
    printf '\n== FAILED: %s (status %s)\n   command: %s\n' "$title" "$status" "$*" >&2
    exit "$status"
  }
  steps_report="$steps_report$(printf '%5ss  %s' "$(($(date +%s) - started))" "$title")
"
}

steps_summary() {
  printf '\n%s%5ss  in all\n' "$steps_report" "$(($(date +%s) - steps_started))"
}

jobs_at_once=$(nproc 2>/dev/null || echo 2)
if command -v ccache >/dev/null 2>&1; then
  CMAKE_C_COMPILER_LAUNCHER=ccache
  CMAKE_CXX_COMPILER_LAUNCHER=ccache
  export CMAKE_C_COMPILER_LAUNCHER CMAKE_CXX_COMPILER_LAUNCHER
fi
