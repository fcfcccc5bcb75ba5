/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-rule-notes.h"

/*
 * What the author of an app is told when a rule of the manifest stands in the way of a page. Main
 * process.
 *
 * A page can want the same a thousand times, and address after address: each sentence is said once,
 * and a hundred of them are enough for anybody.
 */

#define MAX_NOTES 100
#define MAX_LENGTH 300

static GHashTable *notes;

void
mullion_rule_note (const char *format,
                   ...)
{
  g_autofree char *text = NULL;
  g_autofree char *start = NULL;
  g_autofree char *clean = NULL;
  va_list list;

  va_start (list, format);
  text = g_strdup_vprintf (format, list);
  va_end (list);
  start = g_utf8_make_valid (text, MIN (strlen (text), MAX_LENGTH));
  clean = g_strescape (start, NULL);

  if (notes == NULL)
    notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_size (notes) >= MAX_NOTES || g_hash_table_contains (notes, clean))
    return;

  g_printerr ("mullion: %s\n", clean);
  g_hash_table_add (notes, g_steal_pointer (&clean));
}
