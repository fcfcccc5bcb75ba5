#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# check-links.sh SOURCE_ROOT
#
# Every link of our documents to a file of this tree finds it, and every link to a
# heading of a document finds that.
set -eu

cd -- "$1"
failed=0

# The anchors that a document offers: its headings in lower case, blanks as dashes.
list_anchors ()
{
  sed -n 's/^#\{1,6\} *//p' "$1" | tr '[:upper:]' '[:lower:]' |
    sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

# Code is no prose: what looks like a link in there is none.
# shellcheck disable=SC2016
list_links ()
{
  awk '/^ *```/ { code = !code; next } !code' "$1" | sed 's/`[^`]*`//g' |
    grep -o '](\([^)]*\))' | sed 's/^](//; s/)$//; s/ ".*"$//' || :
  grep -o '<img [^>]*src="[^"]*"' "$1" | sed 's/.*src="//; s/"$//' || :
}

check_link ()
{
  case $2 in
    *://* | mailto:*) return 0 ;;
  esac

  target=${2%%#*}
  anchor=
  case $2 in *'#'*) anchor=${2#*#} ;; esac

  if test -z "$target"; then
    path=$1
  else
    path=$(dirname -- "$1")/$target
  fi

  if ! test -e "$path"; then
    echo "$1: no such file: $2"
    failed=1
  elif test -n "$anchor" && ! list_anchors "$path" | grep -q -x -F -e "$anchor"; then
    echo "$1: no such heading: $2"
    failed=1
  fi
}

seen=0
for document in *.md docs/*.md; do
  test -e "$document" || continue
  for link in $(list_links "$document"); do
    check_link "$document" "$link"
    seen=$((seen + 1))
  done
done

if test "$seen" -eq 0; then
  echo 'no link found at all: this test looks in the wrong place'
  exit 1
fi

exit $failed
