#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# check-examples.sh SOURCE_ROOT CC FLAGS…
#
# Each C example of our documents that includes <mullion.h> compiles as it stands,
# without a warning. What people copy first must work.
set -eu

source_root=$1
shift

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

awk -v folder="$folder" '
  /^```c$/ { inside = 1; name = sprintf ("%s/%03d.c", folder, ++count); next }
  /^```$/ { inside = 0; next }
  inside { print > name }
' "$source_root"/README.md "$source_root"/docs/*.md

compiled=0
failed=0
for example in "$folder"/*.c; do
  grep -q '#include <mullion.h>' "$example" || continue
  compiled=$((compiled + 1))
  if ! "$@" -std=gnu17 -Wall -Wextra -Wno-unused-parameter -Werror -fsyntax-only "$example"; then
    failed=1
    cat "$example"
  fi
done

if test "$compiled" -eq 0; then
  echo 'no example found: this test looks in the wrong place'
  exit 1
fi

echo "$compiled examples compile"
exit $failed
