#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# check-licence.sh SOURCE_ROOT
#
# Every source file says its licence in its first lines.
set -eu

cd -- "$1"

bare=$(find .ci app docs ipc preload renderer resources tests dev meson.build meson_options.txt \
  -type f \( -name '*.[ch]' -o -name '*.js' -o -name '*.css' -o -name '*.sh' -o -name '*.svg' \
  -o -name 'meson*' -o -name run -o -name dev \) \
  -exec grep -L 'SPDX-License-Identifier: LGPL-2.1-or-later' {} +) || :

if test -n "$bare"; then
  echo 'no SPDX line:'
  echo "$bare"
  exit 1
fi
