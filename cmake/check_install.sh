#!/bin/sh
# sh cmake/check_install.sh BUILD: installs BUILD, moves the tree to build/installed, and uses it as somebody
# else would: by the package config, by pkg-config, linked and static, and by the command.
set -eu
cd "$(dirname "$0")/.."
build=${1:?"check_install: expected the build folder"}
at=$PWD/build/installed
rm -rf build/install-here build/installed build/consumer
cmake --install "$build" --prefix build/install-here >build/install.log || { cat build/install.log >&2; exit 1; }
mv build/install-here build/installed

for file in include/cpconf/cpconf.h bin/cpconf; do
  [ -f "$at/$file" ] || { echo "check_install: $file is not installed" >&2; exit 1; }
done

echo "check_install: by the package config"
cmake -S tests/install -B build/consumer -G Ninja -DCMAKE_PREFIX_PATH="$at" >build/install.log ||
  { cat build/install.log >&2; exit 1; }
cmake --build build/consumer
build/consumer/consumer-shared
build/consumer/consumer-static

echo "check_install: by pkg-config"
PKG_CONFIG_PATH=$(dirname "$(find "$at" -name cpconf.pc)")
export PKG_CONFIG_PATH
library=$(pkg-config --variable=libdir cpconf)
# shellcheck disable=SC2046  # one word a flag
cc -std=c11 -Wall -Wextra -Wpedantic -Werror tests/install/consumer.c -o build/consumer/by-pkg-config \
  $(pkg-config --cflags --libs cpconf) -Wl,-rpath,"$library"
build/consumer/by-pkg-config

echo "check_install: what the library needs at run time"
needed=$(readelf -d "$library/libcpconf.so" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p')
for name in $needed; do
  case $name in
    libstdc++.so.* | libm.so.* | libgcc_s.so.* | libc.so.* | ld-linux-*) ;;
    *) echo "check_install: libcpconf.so needs $name" >&2; exit 1 ;;
  esac
done

echo "check_install: the command"
due=$("$at/bin/cpconf" deadline --from 2026-03-19 --within "15 working_days")
[ "$due" = 2026-04-13 ] || { echo "check_install: the installed command says '$due'" >&2; exit 1; }
echo "check_install: all of it works"
