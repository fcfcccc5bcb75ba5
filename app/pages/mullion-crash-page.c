/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-crash-page.h"

#include "mullion-pages-resources.h"

#include <gio/gio.h>

/*
 * What the user sees instead of a page that crashes each time it is loaded.
 *
 * Made in the main process. It has no script, no bridge and no origin, so nothing in it can crash
 * the way the page did. It names the page by an address that a page may have chosen: all is escaped.
 */

/* The user recognizes a page by the beginning of its address. */
#define MAX_URI 200

#define PATH MULLION_RESOURCE_PREFIX "/pages/crash-page.html"

static const char *
describe (const char *reason)
{
  if (g_str_equal (reason, "oom"))
    return "It needed more memory than there is, several times in a row.";
  if (g_str_equal (reason, "killed"))
    return "It was ended several times in a row.";

  return "It crashed several times in a row. What you had saved is still there.";
}

static char *
escape_uri (const char *uri)
{
  g_autofree char *valid = g_utf8_make_valid (uri, -1);
  g_autofree char *start = g_utf8_strlen (valid, -1) > MAX_URI
                             ? g_utf8_substring (valid, 0, MAX_URI) : NULL;
  g_autofree char *shown = start != NULL ? g_strconcat (start, "…", NULL) : g_strdup (valid);

  return g_markup_escape_text (shown, -1);
}

char *
mullion_crash_page_new (const char *uri,
                        const char *reason)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resource_lookup_data (mullion_pages_get_resource (), PATH,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr(GString) page = NULL;
  g_autofree char *escaped_uri = escape_uri (uri);
  g_autofree char *escaped_reason = g_markup_escape_text (reason, -1);

  g_assert_no_error (error);
  page = g_string_new (g_bytes_get_data (bytes, NULL));
  g_string_replace (page, "@TITLE@", "This page stopped working", 0);
  g_string_replace (page, "@TEXT@", describe (reason), 0);
  g_string_replace (page, "@REASON@", escaped_reason, 0);
  /* Last, for it may hold any text. */
  g_string_replace (page, "@URL@", escaped_uri, 0);

  return g_string_free (g_steal_pointer (&page), FALSE);
}
