#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# run-node.sh PACKAGES NODE TEST: runs a test with the packages of tests/npm or a folder of it.
set -eu

if ! reason=$(sh "$(dirname "$0")/../npm/install.sh" "$1" "$MULLION_TEST_PACKAGES"); then
  echo "skipped: $reason"
  exit 77
fi

# For the Gallery's own Node.js programs.
export NODE_PATH="$MULLION_TEST_PACKAGES/node_modules"

exec "$2" "$3"
