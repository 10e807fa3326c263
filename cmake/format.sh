#!/bin/sh
# sh cmake/format.sh           formats every C and C++ file
# sh cmake/format.sh --check   changes nothing and fails where a file is not formatted
set -eu
cd "$(dirname "$0")/.."
case ${1:-} in
  "") mode=change ;;
  --check) mode=check ;;
  *) echo "format: expected nothing or --check, not '$1'" >&2; exit 2 ;;
esac
files=$(find src include capi tests bench -name '*.h' -o -name '*.cpp' -o -name '*.c' | sort)
[ -n "$files" ] || { echo "format: found no file to look at" >&2; exit 1; }
count=$(echo "$files" | wc -l | tr -d ' ')
if [ "$mode" = change ]; then
  # shellcheck disable=SC2086  # file names here hold no spaces
  clang-format -i $files
  echo "format: $count files"
  exit 0
fi
bad=""
for file in $files; do
  clang-format --dry-run -Werror "$file" 2>/dev/null || bad="$bad $file"
done
if [ -n "$bad" ]; then
  printf 'format: not formatted: %s\n' $bad >&2
  echo "format: 'sh cmake/format.sh' would put it right" >&2
  exit 1
fi
echo "format: all $count files are formatted"
