#!/bin/sh
# Everything that has to hold before a change lands: sh cmake/test.sh
# Installs what it needs (Debian), builds with gcc, clang and the sanitizers, runs every test and every check.
set -eu
cd "$(dirname "$0")/.."
. cmake/steps.sh

export UBSAN_OPTIONS=print_stacktrace=1
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1

configure_clang() {
  cmake -S . -B build/clang -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ \
    -DCPC_TESTS=OFF
}

# Each benchmark checks its answer before it times anything; it says so on a line, not by its exit status.
check_benchmarks() {
  build/release/bench/cpconf-bench --benchmark_min_time=0.01 >build/benchmarks.txt 2>&1 || { cat build/benchmarks.txt; return 1; }
  cat build/benchmarks.txt
  ! grep -q 'ERROR OCCURRED' build/benchmarks.txt
}

step "Install what is needed" sh cmake/setup.sh test
use_tools
check "Do what README.md begins with" sh cmake/try.sh
check "Check the formatting" sh cmake/format.sh --check
step "Configure for gcc" cmake --preset release -DCPC_TESTS=ON -DCPC_BENCH=ON
step "Build with gcc" cmake --build --preset release -- -k 0
check "Run the tests" ctest --preset release
check "Use it installed" sh cmake/check_install.sh build/release
check "Run README.md's snippets" build/venv/bin/python3 -B cmake/check_snippets.py \
  --command-folder build/release --prefix build/installed README.md
check "Follow the guide to a rulebook, with the installed command" build/venv/bin/python3 -B cmake/check_snippets.py \
  --command-folder build/installed/bin src/data/README.md
check "Compare the answers that the benchmarks time" check_benchmarks
step "Configure for clang" configure_clang
step "Build with clang" cmake --build build/clang -- -k 0
check "Look for bugs with clang-tidy" sh cmake/tidy.sh build/clang
step "Configure for the address and undefined-behaviour sanitizers" cmake --preset asan
step "Build under the sanitizers" cmake --build --preset asan -- -k 0
check "Run the tests under the sanitizers" ctest --preset asan
steps_end
