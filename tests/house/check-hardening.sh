#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# check-hardening.sh READELF FORTIFIED BUILD_ROOT FLAGS FILE…
#
# Programs and libraries are built so that a mistake in them is hard to use: at a place that chance
# chooses, with tables that nobody can write once they run, a stack that is guarded and not executed, and the
# checked functions of the C library. FLAGS are what leaves no trace in a file and must have been
# given to the compiler each time. FORTIFIED is yes where the build is optimized.
set -eu

readelf=$1
is_fortified=$2
build_root=$3
flags=$4
shift 4

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
failed=0

complain ()
{
  echo "$1"
  failed=1
}

# expect FILE TABLE PATTERN WHAT
expect ()
{
  grep -q -E -e "$3" "$folder/$2" || complain "$1: $4"
}

check_file ()
{
  name=${1##*/}
  LC_ALL=C "$readelf" -W --file-header "$1" >"$folder/header"
  LC_ALL=C "$readelf" -W --program-headers "$1" >"$folder/segments"
  LC_ALL=C "$readelf" -W --dynamic "$1" >"$folder/dynamic"
  LC_ALL=C "$readelf" -W --dyn-syms "$1" >"$folder/symbols"

  expect "$name" header 'Type: *DYN' 'it is not position independent'
  if grep -q ' INTERP ' "$folder/segments"; then
    expect "$name" dynamic 'FLAGS_1.*PIE' 'it is no position independent program'
  fi
  expect "$name" segments ' GNU_RELRO ' 'its tables stay writable (relro)'
  expect "$name" dynamic 'BIND_NOW|FLAGS_1.*NOW' 'its tables are filled late, and so stay writable (now)'
  expect "$name" segments ' GNU_STACK .* RW +0x' 'its stack can be executed, or nothing says that it cannot'
  if grep -q -E ' LOAD .* (RWE|WE) ' "$folder/segments"; then
    complain "$name: it has memory that can be written and executed"
  fi
  if grep -q 'TEXTREL' "$folder/dynamic"; then
    complain "$name: its code is changed when it is loaded"
  fi
  expect "$name" symbols '__stack_chk_(fail|guard)' 'its stack is not guarded'
  if test "$is_fortified" = yes; then
    expect "$name" symbols ' __[a-z]+_chk' 'it calls no checked function of the C library'
  fi
}

for file in "$@"; do
  check_file "$file"
done

# One line of the file is one call of the compiler; the tests' are not what anybody installs.
grep '"command":' "$build_root/compile_commands.json" | grep -v -e ' -o tests/' >"$folder/commands"
test -s "$folder/commands" || complain "$build_root/compile_commands.json names no command"
for flag in $flags; do
  if grep -v -F -q -e " $flag " "$folder/commands"; then
    complain "$(grep -v -F -c -e " $flag " "$folder/commands") files are compiled without $flag"
  fi
done

test $failed -eq 0 && echo "$# files and $(wc -l <"$folder/commands") calls of the compiler"
exit $failed
