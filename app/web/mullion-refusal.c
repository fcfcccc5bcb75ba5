/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-refusal.h"

#include "mullion-web-contents-private.h"

/*
 * What all that refuses a page something has in common. Main process; the addresses are the page's, and
 * so is how often it tries: it is told no more often than other complaints about the page.
 */

/* A data: address can be of megabytes. */
#define MAX_LOGGED 200

void
mullion_refusal_log (MullionWebContents *contents,
                     const char         *what,
                     const char         *uri,
                     const char         *why)
{
  g_autofree char *start = g_utf8_make_valid (uri, MIN (strlen (uri), MAX_LOGGED));
  g_autofree char *clean = g_strescape (start, NULL);
  g_autofree char *text = g_strdup_printf ("WebContents #%u: %s %s%s was refused: %s",
                                           mullion_web_contents_get_id (contents), what, clean,
                                           strlen (uri) > MAX_LOGGED ? "…" : "", why);

  mullion_web_contents_complain (contents, text);
}

char *
mullion_refusal_dup_origin (const char *uri)
{
  WebKitSecurityOrigin *origin;
  char *text;

  if (g_uri_peek_scheme (uri) == NULL)
    return NULL;

  origin = webkit_security_origin_new_for_uri (uri);
  text = webkit_security_origin_to_string (origin);
  webkit_security_origin_unref (origin);

  return text;
}
