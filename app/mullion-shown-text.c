/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-shown-text.h"

/*
 * A page's text in a message to a person, in the log for example.
 *
 * Main process. It is cut to a length, and what could move the cursor of a terminal, or begin a line
 * of its own in a log, is left out.
 */

#define MAX_SHOWN 100

char *
mullion_shown_text_dup (const char *text)
{
  gboolean is_long = g_utf8_strlen (text, -1) > MAX_SHOWN;
  g_autofree char *start = g_utf8_substring (text, 0, is_long ? MAX_SHOWN : -1);
  GString *shown = g_string_new (NULL);

  for (const char *c = start; *c != '\0'; c = g_utf8_next_char (c))
    g_string_append_unichar (shown, g_unichar_isprint (g_utf8_get_char (c)) ? g_utf8_get_char (c)
                                                                           : 0xfffd);
  if (is_long)
    g_string_append (shown, "…");

  return g_string_free (shown, FALSE);
}
