#!/bin/sh
# sh cmake/tidy.sh BUILD [FILE...]: clang-tidy with .clang-tidy over the named sources, or over every source of the
# library, the C API and the command. BUILD is a folder configured for clang.
set -eu
cd "$(dirname "$0")/.."
build=${1:?"tidy: expected the build folder"}
shift
[ -f "$build/compile_commands.json" ] || { echo "tidy: $build has no compile_commands.json" >&2; exit 1; }
files=${*:-$(find src capi -name '*.cpp' | sort)}
count=$(echo "$files" | wc -w | tr -d ' ')
[ "$count" -gt 0 ] || { echo "tidy: found no file to look at" >&2; exit 1; }

# One line a file as it is done; what clang-tidy says only where it found something.
one='said=$(clang-tidy --quiet --config-file=.clang-tidy -p "$0" "$1" 2>&1) && echo "tidy: $1" || { echo "$said"; echo "tidy: FAILED $1"; exit 1; }'
# shellcheck disable=SC2086  # file names here hold no spaces
printf '%s\n' $files | xargs -n 1 -P "$(nproc 2>/dev/null || echo 2)" sh -c "$one" "$build" || {
  echo "tidy: clang-tidy found faults; see above" >&2
  exit 1
}
echo "tidy: $count files, no fault"
