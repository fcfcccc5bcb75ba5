#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# check-install.sh SOURCE_ROOT BUILD_ROOT PREFIX MESON…
#
# Installs into an empty folder and looks at what came out: everything that a user
# needs is there, and no file knows where it was built. A program that does would
# work on the machine of its maker and nowhere else.
set -eu

source_root=$1
build_root=$2
prefix=$3
shift 3

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
stage=$folder/stage

DESTDIR=$stage "$@" install -C "$build_root" --no-rebuild --quiet

failed=0

# expect FOLDER NAME: below the prefix, wherever the distribution keeps its libraries.
expect ()
{
  if test -z "$(find "$stage$prefix" -path "*/$1/$2" -print 2>/dev/null)"; then
    echo "not installed: $1/$2"
    failed=1
  fi
}

expect bin mullion
expect 'lib*' 'libmullion-1.0.so'
expect mullion-1.0/web-process-extensions libmullion-renderer.so
expect mullion-1.0/helpers mullion-guard
expect mullion-1.0/helpers mullion-utility-host
expect pkgconfig mullion-1.0.pc
expect include/mullion-1.0 mullion.h
expect 'lib*' 'libmullion-test-1.0.so'
expect pkgconfig mullion-test-1.0.pc
expect include/mullion-test-1.0 mullion-test.h
expect applications io.github.mullion.Gallery.desktop
expect metainfo io.github.mullion.Gallery.metainfo.xml
expect scalable/apps io.github.mullion.Gallery.svg

# WebKit loads every module of this folder into every page.
strangers=$(find "$stage$prefix" -path '*/web-process-extensions/*' ! -name libmullion-renderer.so)
if test -n "$strangers"; then
  echo "strangers beside the extension: $strangers"
  failed=1
fi

# Debug information names its sources by right, so look at what the program itself holds.
find "$stage" -type f >"$folder/list"
while IFS= read -r file; do
  objcopy --strip-debug "$file" "$folder/stripped" 2>/dev/null || cp "$file" "$folder/stripped"
  for path in "$build_root/" "$source_root/app" "$source_root/renderer" "$source_root/ipc" \
    "$source_root/preload" "$source_root/resources"; do
    if LC_ALL=C grep -q -a -F -e "$path" "$folder/stripped"; then
      echo "${file#"$stage"} names $path"
      failed=1
    fi
  done
done <"$folder/list"

exit $failed
