#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# check-symbols.sh NM LIBRARY HEADER…
# check-symbols.sh NM LIBRARY =SYMBOL…
#
# The library exports what its headers mark with MULLION_AVAILABLE_IN_ALL and
# nothing else. A symbol that slips out becomes a promise that nobody made; one
# that is declared and missing breaks a program only when it is linked.
set -eu

nm=$1
library=$2
shift 2

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

# A mark stands on its own line or in front of the declaration, whose name is the
# last word before the first parenthesis; the GObject macros declare NAME_get_type.
list_declared ()
{
  awk '
    function take (text)
    {
      if (match (text, /G_DECLARE_([A-Z_]+TYPE|INTERFACE) *\(/))
        {
          text = substr (text, RSTART + RLENGTH)
          split (text, fields, ",")
          gsub (/[^a-z0-9_]/, "", fields[2])
          print fields[2] "_get_type"
        }
      else
        {
          sub (/ *\(.*/, "", text)
          sub (/.*[^a-z0-9_]/, "", text)
          print text
        }
    }

    /^#/ { next }
    /^MULLION_AVAILABLE_IN_ALL/ { marked = 1; text = ""; sub (/^MULLION_AVAILABLE_IN_ALL/, "") }
    marked {
      text = text " " $0
      if (text ~ /\(.*/ && (text !~ /G_DECLARE/ || text ~ /\([^,]*,[^,]*,/))
        {
          take (text)
          marked = 0
        }
    }
  ' "$@"
}

case $1 in
  =*) printf '%s\n' "$@" | sed 's/^=//' ;;
  *) list_declared "$@" ;;
esac | sort -u >"$folder/declared"

# Symbols that the linker or the C start files put in every library do not count.
"$nm" -D --defined-only "$library" | awk '{ print $NF }' |
  sed 's/@.*//' | grep -v -e '^_init$' -e '^_fini$' -e '^__bss_start$' -e '^_edata$' -e '^_end$' |
  sort -u >"$folder/exported"

if ! test -s "$folder/declared" || ! test -s "$folder/exported"; then
  echo "nothing to compare: the headers declare $(wc -l <"$folder/declared") symbols," \
    "the library exports $(wc -l <"$folder/exported")"
  exit 1
fi

if ! diff -u "$folder/declared" "$folder/exported"; then
  echo 'The lines with - are declared and not exported, those with + are exported without a mark.'
  exit 1
fi

echo "$(wc -l <"$folder/declared") symbols, as declared"
