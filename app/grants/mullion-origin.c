/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-origin.h"

#include "mullion-error.h"

/*
 * What an app may write for an origin that it trusts. Main process; the texts are the developer's.
 *
 * Origins are compared letter by letter with what WebKit says, so another spelling of the same would
 * never match: it is refused, with the right one. Plain http is taken from this machine alone, for
 * anybody on the way could write such a page.
 */

static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "localhost") || g_str_equal (host, "127.0.0.1") ||
         g_str_equal (host, "::1");
}

/* WebKit writes the names of other scripts in ASCII, and g_uri_parse () lets control characters by. */
static gboolean
is_host (const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;
  for (const char *c = host; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) || *c == '*' || *c == '%')
      return FALSE;

  return TRUE;
}

static gboolean
is_trustworthy (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (!is_host (host))
    return FALSE;

  return g_str_equal (scheme, "https") || g_str_equal (scheme, "app") ||
         (g_str_equal (scheme, "http") && is_loopback (host));
}

static char *
spell (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  gboolean is_v6 = strchr (host, ':') != NULL;
  int default_port = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s://%s%s%s", g_uri_get_scheme (uri),
                   is_v6 ? "[" : "", host, is_v6 ? "]" : "");
  if (g_uri_get_port (uri) != -1 && g_uri_get_port (uri) != default_port)
    g_string_append_printf (text, ":%d", g_uri_get_port (uri));

  return g_string_free (text, FALSE);
}

gboolean
mullion_origin_check (const char  *origin,
                      GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  g_autofree char *spelling = NULL;

  if (uri == NULL || !is_trustworthy (uri))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "'%s' is no origin such as https://example.org (http only for localhost)",
                   origin);
      return FALSE;
    }

  spelling = spell (uri);
  if (!g_str_equal (spelling, origin))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "'%s' is not spelled as an origin: expected '%s'", origin, spelling);
      return FALSE;
    }

  return TRUE;
}
