/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-print-ranges.h"

#include "mullion-error.h"

/*
 * Texts that say which pages of a document are printed, as a user would type them. Main process.
 *
 * An app may hand on what a page wrote.
 */

#define MAX_RANGES 1000
#define LAST_PAGE 1000000

/* A page's number counts from 1; @fallback is for one that is left out. */
static gboolean
read_page (const char **text,
           int          fallback,
           int         *page)
{
  gint64 number;
  char *end;

  *page = fallback;
  if (!g_ascii_isdigit (**text))
    return fallback > 0;

  number = g_ascii_strtoll (*text, &end, 10);
  *text = end;
  *page = (int) MIN (number, LAST_PAGE);
  return number > 0;
}

/* "3", "3-5", "3-" or "-5" */
static gboolean
read_range (const char   *part,
            GtkPageRange *range)
{
  g_autofree char *stripped = g_strstrip (g_strdup (part));
  const char *text = stripped;
  int first, last;

  if (!read_page (&text, *text == '-' && text[1] != '\0' ? 1 : 0, &first))
    return FALSE;
  last = first;
  if (*text == '-')
    {
      text++;
      if (!read_page (&text, LAST_PAGE, &last))
        return FALSE;
    }
  range->start = first - 1;
  range->end = last - 1;
  return *text == '\0' && first <= last;
}

gboolean
mullion_print_ranges_apply (const char        *text,
                            GtkPrintSettings  *settings,
                            GError           **error)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", MAX_RANGES);
  g_autoptr(GArray) ranges = g_array_new (FALSE, FALSE, sizeof (GtkPageRange));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      GtkPageRange range;

      if (!read_range (parts[i], &range))
        {
          g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                               "pageRanges: expected pages such as \"1-5, 8, 11-13\"");
          return FALSE;
        }
      g_array_append_val (ranges, range);
    }
  if (ranges->len == 0)
    return TRUE;

  gtk_print_settings_set_print_pages (settings, GTK_PRINT_PAGES_RANGES);
  gtk_print_settings_set_page_ranges (settings, (GtkPageRange *) ranges->data, ranges->len);
  return TRUE;
}
