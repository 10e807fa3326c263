#!/bin/sh
# hide_unique.sh NM OBJCOPY OBJECT: makes the unique symbols of OBJECT weak, for objcopy keeps those global whatever it
# is told to keep. They are inline variables of the library and of headers it uses.
set -eu
"$1" --extern-only --defined-only "$3" | awk '$2 == "u" { print $3 }' >"$3.unique"
"$2" --weaken-symbols="$3.unique" "$3"
