# SPDX-License-Identifier: LGPL-2.1-or-later
#
# awk -f electron-api.awk electron-api.txt > electron-api.md
function trim (text)
{
  gsub (/^[ \t]+|[ \t]+$/, "", text)
  return text
}

function code (names, separator,    list, count, i, text)
{
  count = split (names, list, separator)
  text = ""
  for (i = 1; i <= count; i++)
    text = text (i > 1 ? ", " : "") "`" list[i] (list[i] ~ /^(mullion|gtk)_/ ? " ()" : "") "`"
  return text
}

BEGIN {
  FS = "|"
  print "<!-- SPDX-License-Identifier: LGPL-2.1-or-later -->"
  print "<!-- Made of electron-api.txt by electron-api.awk: change that one. -->"
  print "# Electron's main process, and Mullion's"
  print ""
  print "Every module of Electron's main process, by Electron's names: what is here, what differs, and why something is not."
  print "Options of windows are in [window-options.md](window-options.md)."
}

/^#/ || /^[ \t]*$/ { next }

/^= / {
  print ""
  print "## " trim (substr ($1, 3))
  print ""
  print "| Electron | here | in C | |"
  print "| --- | --- | --- | --- |"
  next
}

{
  name = trim ($1)
  here = trim ($2)
  symbols = trim ($3)
  # What is Mullion's own stands in parentheses, and is no name of Electron's.
  printf "| %s | %s | %s | %s |\n", name ~ /^\(/ ? name : code (name, "; *"), here,
    symbols == "" ? "" : code (symbols, ", *"), trim ($4)
}
