/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-socket-address.h"

#include "mullion-socket-error.h"

#include <libsoup/soup.h>
#include <string.h>

/*
 * The URL of a WebSocket, that of the web platform, and of the Node.js library ws for a Unix socket.
 * What is in it goes into a request: nothing that could begin another line of it is let in.
 */

#define UNIX_PREFIX "ws+unix://"

static gboolean
fail (const char  *url,
      const char  *reason,
      GError     **error)
{
  g_set_error (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_ADDRESS, "“%s” %s", url, reason);
  return FALSE;
}

static gboolean
is_printable (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;

  return TRUE;
}

static gboolean
read_unix (MullionWebSocketAddress *self)
{
  const char *path = self->url + strlen (UNIX_PREFIX);
  const char *colon = strchr (path, ':');
  gsize length = colon != NULL ? (gsize) (colon - path) : strlen (path);

  self->path = g_strndup (path, length);
  self->host = g_strdup ("localhost");
  self->resource = g_strdup (colon != NULL && colon[1] == '/' ? colon + 1 : "/");

  return *self->path == '/';
}

static gboolean
read_url (MullionWebSocketAddress  *self,
          GError                  **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(GUri) uri = g_uri_parse (self->url, SOUP_HTTP_URI_FLAGS, &reason);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL)
    return fail (self->url, reason->message, error);
  if (!g_str_equal (scheme, "ws") && !g_str_equal (scheme, "wss"))
    return fail (self->url, "is no WebSocket: expected ws:, wss: or ws+unix:", error);
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return fail (self->url, "has no host", error);
  if (g_uri_get_fragment (uri) != NULL)
    return fail (self->url, "has a fragment, which a WebSocket cannot have", error);
  if (g_uri_get_port (uri) > G_MAXUINT16)
    return fail (self->url, "has a port that is none", error);

  self->is_secure = g_str_equal (scheme, "wss");
  self->host = g_strdup (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : self->is_secure ? 443 : 80;
  self->resource = g_strconcat (*g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/",
                                g_uri_get_query (uri) != NULL ? "?" : NULL, g_uri_get_query (uri),
                                NULL);
  return TRUE;
}

MullionWebSocketAddress *
mullion_web_socket_address_new (const char  *url,
                                GError     **error)
{
  g_autoptr(MullionWebSocketAddress) self = g_new0 (MullionWebSocketAddress, 1);

  self->url = g_strdup (url);
  if (!g_utf8_validate (url, -1, NULL) || !is_printable (url))
    fail ("URL", "of a WebSocket: has signs that have to be escaped", error);
  else if (g_str_has_prefix (url, UNIX_PREFIX))
    {
      if (read_unix (self))
        return g_steal_pointer (&self);
      fail (url, "has no path of a Unix socket, which begins with /", error);
    }
  else if (read_url (self, error))
    return g_steal_pointer (&self);

  return NULL;
}

void
mullion_web_socket_address_free (MullionWebSocketAddress *self)
{
  g_free (self->url);
  g_free (self->path);
  g_free (self->host);
  g_free (self->resource);
  g_free (self);
}

gboolean
mullion_web_socket_address_check_protocols (const char *const  *protocols,
                                            GError            **error)
{
  const char *allowed = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "!#$%&'*+-.^_`|~";

  for (; protocols != NULL && *protocols != NULL; protocols++)
    if (**protocols == '\0' || strspn (*protocols, allowed) != strlen (*protocols))
      return fail (*protocols, "is no name of a protocol", error);

  return TRUE;
}
