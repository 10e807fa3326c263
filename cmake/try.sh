#!/bin/sh
# Builds cpconf and shows its main job on invented data that ships with it: sh cmake/try.sh
# Installs the packages it needs (Debian); afterwards the command is build/release/cpconf.
set -eu
cd "$(dirname "$0")/.."
. cmake/steps.sh
cpconf=build/release/cpconf

# Shows a command line and what it prints. 1 and 4 are answers too: a breach is recorded, or could not be ruled out.
show() {
  printf '\n$ cpconf'
  printf ' %s' "$@"
  printf '\n'
  status=0
  "$cpconf" "$@" || status=$?
  case $status in
    0) ;;
    1) printf '(exit status 1: the record shows a breach of a rule)\n' ;;
    4) printf '(exit status 4: a rule is undetermined for a fact that is recorded here)\n' ;;
    *) return "$status" ;;
  esac
}

# The tests need packages that trying does not; where they are set up already they stay.
configure() {
  [ -f build/release/CMakeCache.txt ] || set -- -DCPC_TESTS=OFF
  cmake --preset release "$@"
}

step "Install what is needed" sh cmake/setup.sh build
use_tools
step "Configure" configure
step "Build" cmake --build --preset release --target cpconf-cli
check "Count fifteen working days across Easter" show deadline --from 2026-03-19 --within "15 working_days"
check "Assess an invented case" show assess tests/samples/case.json --rulebook hertfordshire --as-of 2026-11-22
check "Assess an invented census" show census tests/census/files/conferences.xml --rulebook england
steps_end
printf '\nThe command is %s; %s --help says what else it does.\n' "$cpconf" "$cpconf"
