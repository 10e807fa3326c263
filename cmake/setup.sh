#!/bin/sh
# Installs what the other scripts need: sh cmake/setup.sh [build|test]
#   build   the compiler, the build tools and the libraries: enough for cmake/try.sh
#   test    (default) also the second compiler, the linters, a Python environment in build/venv, and a browser where
#           the distribution has one without windows
# Debian and its relatives. Packages that are there are left alone, so a second run takes a moment.
set -eu
cd "$(dirname "$0")/.."

purpose=${1:-test}
packages="g++ cmake ninja-build ccache pkg-config libboost-dev rapidjson-dev libxxhash-dev libexpat1-dev libcli11-dev"
wished=""
case $purpose in
  build) ;;
  test) packages="$packages catch2 libbenchmark-dev clang clang-format clang-tidy python3 python3-venv git"
    wished="chromium-headless-shell" ;;
  *) echo "setup: expected build or test, not '$purpose'" >&2; exit 2 ;;
esac

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 ||
  fail "this script knows Debian and its relatives only. Install the counterparts of: $packages; then use CMake directly (README.md)"

not_installed() {
  for package in "$@"; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || printf ' %s' "$package"
  done
}
# shellcheck disable=SC2086  # one word a package
missing=$(not_installed $packages) wanted=$(not_installed $wished)

root=""
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null 2>&1; then root="sudo"; else root="none"; fi
fi
as_root() { $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }

if [ -n "$missing" ]; then
  say "installing$missing"
  [ "$root" != none ] || fail "these packages are missing and only root can install them: apt-get install$missing"
  as_root update -q || fail "'apt-get update' failed; see the lines above. Is there a network, and are the package sources right?"
  # shellcheck disable=SC2086  # one word a package
  as_root install -q -y --no-install-recommends $missing ||
    fail "'apt-get install$missing' failed; see the lines above"
else
  say "all $(echo "$packages" | wc -w | tr -d ' ') packages are installed"
fi

# Not every relative of Debian has it. Without it one test is left out, and CMake says so.
if [ -n "$wanted" ]; then
  # shellcheck disable=SC2086  # one word a package
  if [ "$root" = none ] || ! apt-cache show $wanted >/dev/null 2>&1 ||
    ! as_root install -q -y --no-install-recommends $wanted; then
    say "going on without$wanted"
  fi
fi

[ "$purpose" = test ] || exit 0

# Debian's own Python, whatever else is first on the path.
python=/usr/bin/python3
venv=build/venv
wanted=$({ "$python" --version; cat cmake/requirements.txt; } | cksum)
if [ -x "$venv/bin/python3" ] && [ "$(cat "$venv/requirements.cksum" 2>/dev/null)" = "$wanted" ]; then
  say "$venv is up to date"
  exit 0
fi
say "making $venv from cmake/requirements.txt"
rm -rf "$venv"
mkdir -p build
"$python" -m venv "$venv" || fail "'$python -m venv $venv' failed; see the lines above"
"$venv/bin/pip" install --disable-pip-version-check --no-input --progress-bar off -r cmake/requirements.txt ||
  fail "the Python packages of cmake/requirements.txt could not be installed; see the lines above"
echo "$wanted" >"$venv/requirements.cksum"
say "$venv is ready"
