#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# The types of the preload API name what the runtime has: the suite preload-world compares the
# runtime with lists of names, and here those lists are compared with mullion.d.ts.
set -eu

root=$1
types=$root/preload/mullion.d.ts
suite=$root/tests/ipc/preload-world/preload.js
status=0

# The members of an interface, one a line.
members_of_type () {
  sed -n "/^  export interface $1 {/,/^  }/p" "$types" |
    sed -n 's/^    \(readonly \)\{0,1\}\([A-Za-z]*\)[<(:].*/\2/p' | sort -u
}

# The names in a list of the suite, which begins with a text and ends with a bracket.
names_of_list () {
  tr '\n' ' ' < "$suite" | sed "s/.*$1[^[]*\[\([^]]*\)\].*/\1/" | grep -o "[A-Za-z]*" | sort -u
}

compare () {
  if [ -z "$(members_of_type "$1")" ]; then
    echo "mullion.d.ts has no interface $1"
    status=1
  elif [ "$(members_of_type "$1")" != "$(names_of_list "$2")" ]; then
    echo "mullion.d.ts and the runtime differ in $1:"
    echo "types:   $(members_of_type "$1" | tr '\n' ' ')"
    echo "runtime: $(names_of_list "$2" | tr '\n' ' ')"
    status=1
  fi
}

compare Actions "'actions has its members'"
compare ContextBridge "'contextBridge has its members'"
compare IpcRenderer "const IPC_RENDERER ="
compare WebFrame "'webFrame has its members'"
compare WebUtils "'webUtils has its members'"

# mullion/desktop: the types of each module have what the runtime has, and so has its document. That
# the handlers of the main process are the same is a matter of tests/desktop/test-desktop-modules.c.
desktop_types=$root/preload/mullion-desktop.d.ts
desktop_table=$root/preload/desktop-modules.js

types_of_module () {
  sed -n "/^  export interface $1 {/,/^  }/p" "$desktop_types" |
    sed -n 's/^    \([A-Za-z]*\)(.*/\1/p' | sort -u
}

names_of_module () {
  sed -n "/^  $1: {/,/^  }/p" "$desktop_table" | tr '\n' ' ' |
    sed 's/.*methods: \[\([^]]*\)\].*hasEvents: \(true\)\{0,1\}.*/\1 \2/; s/true/on/' |
    grep -o "[A-Za-z]*" | sort -u
}

desktop_modules=$(sed -n 's/^  \([A-Za-z]*\): {$/\1/p' "$desktop_table")
if [ -z "$desktop_modules" ] || [ "$(echo "$desktop_modules" | sort)" != \
  "$(sed -n 's/^  export const \([A-Za-z]*\): .*/\1/p' "$desktop_types" | sort)" ]; then
  echo "mullion-desktop.d.ts and the runtime differ in the modules of mullion/desktop"
  status=1
fi
for module in $desktop_modules; do
  interface=$(printf '%s' "$module" | cut -c 1 | tr '[:lower:]' '[:upper:]')${module#?}
  if [ -z "$(types_of_module "$interface")" ] ||
    [ "$(types_of_module "$interface")" != "$(names_of_module "$module")" ]; then
    echo "mullion-desktop.d.ts and the runtime differ in $module:"
    echo "types:   $(types_of_module "$interface" | tr '\n' ' ')"
    echo "runtime: $(names_of_module "$module" | tr '\n' ' ')"
    status=1
  fi
  for name in $(names_of_module "$module" | grep -v '^on$'); do
    if ! sed -n "/^### $module$/,/^##/p" "$root/docs/page-desktop.md" | grep -q "\`$name\b"; then
      echo "docs/page-desktop.md says nothing of $module.$name"
      status=1
    fi
  done
done

# The client of mullion-driver: the methods of its class, beside those that its types have.
methods_of_client () {
  sed -n "/$2/,/^}/p" "$root/driver/client/$1" |
    sed -n 's/^  \(static \)\{0,1\}\(async \)\{0,1\}\([a-zA-Z]*\)(.*/\3/p' | sort -u
}

if [ -z "$(methods_of_client index.d.ts 'class MullionSession {')" ] ||
  [ "$(methods_of_client index.d.ts 'class MullionSession {')" != \
    "$(methods_of_client index.js 'class MullionSession {')" ]; then
  echo "driver/client: the methods of MullionSession differ in index.js and index.d.ts"
  status=1
fi

modules=$(sed -n 's/^  export const \([A-Za-z]*\): .*/\1/p' "$types" | grep -v '^remote$' | sort -u)
if [ "$modules" != "$(names_of_list "'electron has its members'")" ]; then
  echo "mullion.d.ts and the runtime differ in what the module electron exports"
  status=1
fi

exit $status
