#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# check-electron-api.sh SOURCE_ROOT NM LIBRARY
#
# The table of Electron's interface is the one that its data file makes, it names
# only what there is, and of the families that it describes it names everything.
set -eu

source_root=$1
nm=$2
library=$3
data=docs/electron-api.txt
failed=0

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

complain ()
{
  echo "$*"
  failed=1
}

"$nm" -D --defined-only "$library" | awk '{ print $NF }' | sed 's/@.*//' | sort -u \
  >"$folder/exported"
cd -- "$source_root"

awk -f docs/electron-api.awk "$data" >"$folder/made"
diff -u docs/electron-api.md "$folder/made" ||
  complain 'docs/electron-api.md is not what electron-api.awk makes of electron-api.txt'

grep -v '^#' "$data" | grep -o 'mullion_[a-z0-9_]*[a-z0-9]\( \|,\|$\)' | tr -d ' ,' | sort -u \
  >"$folder/named"
if ! test -s "$folder/exported" || ! test -s "$folder/named"; then
  complain 'nothing to compare: this test looks in the wrong place'
fi

for symbol in $(comm -23 "$folder/named" "$folder/exported"); do
  complain "$data names $symbol, which the library does not export"
done

for prefix in $(sed -n 's/^= .*| *\(mullion_[a-z_]*\) *$/\1/p' "$data"); do
  for symbol in $(grep "^$prefix" "$folder/exported" | grep -v '_get_type$' |
    comm -23 - "$folder/named"); do
    complain "$data does not name $symbol"
  done
done

# Signals: Class::name is a text of the library's sources.
for signal in $(grep -v '^#' "$data" | grep -o 'Mullion[A-Za-z]*::[a-z-]*'); do
  grep -rqF "\"${signal#*::}\"" app || complain "$data names $signal, which no source has"
done

# A row says yes, partly or no; what is there has a name, and what is not has a reason.
awk -F '|' '
  /^#/ || /^=/ || /^[ \t]*$/ { next }
  NF != 4 { print "not four columns: " $0; bad = 1; next }
  { here = $2; gsub (/ /, "", here) }
  here !~ /^(yes|partly|no|)$/ { print "neither yes, partly nor no: " $0; bad = 1 }
  here == "no" && $4 ~ /^ *$/ { print "does not say why not: " $0; bad = 1 }
  here == "partly" && $4 ~ /^ *$/ { print "does not say what differs: " $0; bad = 1 }
  END { exit bad }
' "$data" || failed=1

echo "$(wc -l <"$folder/named") names compared"
exit $failed
