#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# install.sh SOURCE TARGET: puts the packages that tests speak with into the folder TARGET, as the
# lock file beside this script says. What is there already is left alone. It fails where there is no
# npm, or no way to the packages: then the test says so and is skipped.
set -eu

source=$1
target=$2

mkdir -p "$target"
exec 9>"$target/lock"
flock 9

if cmp -s "$source/package-lock.json" "$target/installed.json"; then
  exit 0
fi

if ! command -v npm >/dev/null; then
  echo 'npm is not installed'
  exit 1
fi

cp "$source/package.json" "$source/package-lock.json" "$target/"
cd "$target"
# No script of a package is run: what they are is fixed by the hashes in the lock file.
if ! timeout 240 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
  --cache "$target/cache" >install.log 2>&1 9>&-; then
  echo "npm could not install the packages of $source"
  exit 1
fi
cp package-lock.json installed.json
