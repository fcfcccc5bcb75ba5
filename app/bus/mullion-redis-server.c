/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-redis-server.h"

#include "mullion-bus-error.h"
#include "mullion-socket-address.h"
#include "mullion-socket-error.h"

#include <string.h>

/*
 * Where a Redis server is, and how a connection to it begins.
 *
 * An encrypted one is GIO's, which believes the authorities of the system unless the app says
 * otherwise. What goes wrong never tells a password.
 */

void
mullion_redis_server_clear (MullionRedisServer *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->password, g_free);
  g_clear_object (&self->authorities);
  g_clear_object (&self->certificate);
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

gboolean
mullion_redis_server_parse (MullionRedisServer  *self,
                            const char          *text,
                            GError             **error)
{
  g_autoptr(GUri) uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  gboolean is_encrypted = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "rediss");
  gboolean is_redis = is_encrypted || (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "redis"));

  if (!is_redis || !has_text (g_uri_get_host (uri)) || g_uri_get_port (uri) == 0 ||
      strlen (g_uri_get_path (uri)) > strspn (g_uri_get_path (uri), "/") ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL ||
      (has_text (g_uri_get_user (uri)) && g_uri_get_password (uri) == NULL))
    {
      g_set_error_literal (error, MULLION_BUS_ERROR, MULLION_BUS_ERROR_ADDRESS,
                           "This is no address of a Redis server, such as "
                           "rediss://USER:PASSWORD@HOST:6379");
      return FALSE;
    }

  self->host = g_strdup (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : MULLION_REDIS_PORT;
  self->user = has_text (g_uri_get_user (uri)) ? g_strdup (g_uri_get_user (uri)) : NULL;
  self->password = g_strdup (g_uri_get_password (uri));
  self->is_encrypted = is_encrypted;
  return TRUE;
}

GError *
mullion_redis_server_new_error (const MullionRedisServer *self,
                                int                       code,
                                const char               *reason)
{
  if (self->port == 0)
    return g_error_new (MULLION_BUS_ERROR, code, "The Redis server at “%s”: %s", self->host, reason);

  return g_error_new (MULLION_BUS_ERROR, code, "The Redis server at %s:%u: %s", self->host, self->port,
                      reason);
}

int
mullion_redis_server_classify_error (const GError *error)
{
  if (g_error_matches (error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_PATH_TOO_LONG))
    return MULLION_BUS_ERROR_ADDRESS;
  if (error->domain != G_TLS_ERROR || error->code == G_TLS_ERROR_EOF)
    return MULLION_BUS_ERROR_UNAVAILABLE;

  /* What a server says that wants another certificate, or one at all, has no code there. */
  return error->code == G_TLS_ERROR_BAD_CERTIFICATE || error->code == G_TLS_ERROR_MISC ||
         error->code == G_TLS_ERROR_CERTIFICATE_REQUIRED ? MULLION_BUS_ERROR_DENIED
                                                         : MULLION_BUS_ERROR_PROTOCOL;
}

static void
event_cb (GSocketClient            *client,
          GSocketClientEvent        event,
          GSocketConnectable       *connectable,
          GIOStream                *connection,
          const MullionRedisServer *self)
{
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKING)
    return;

  if (self->authorities != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (connection), self->authorities);
  if (self->certificate != NULL)
    g_tls_connection_set_certificate (G_TLS_CONNECTION (connection), self->certificate);
}

/* What is longer than a socket's path can be must not become another path. */
static GSocketConnectable *
find_place (const MullionRedisServer  *self,
            GError                   **error)
{
  MullionSocketAddress file = { .path = self->host };

  if (self->port != 0)
    return g_network_address_new (self->host, self->port);

  return G_SOCKET_CONNECTABLE (mullion_socket_address_to_gio (&file, error));
}

void
mullion_redis_server_connect_async (const MullionRedisServer *self,
                                    GCancellable             *cancellable,
                                    GAsyncReadyCallback       callback,
                                    gpointer                  user_data)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  GError *error = NULL;
  g_autoptr(GSocketConnectable) where = find_place (self, &error);

  if (where == NULL)
    {
      g_task_report_error (client, callback, user_data, mullion_redis_server_connect_async, error);
      return;
    }

  g_socket_client_set_enable_proxy (client, FALSE);
  if (self->is_encrypted)
    {
      g_socket_client_set_tls (client, TRUE);
      g_signal_connect (client, "event", G_CALLBACK (event_cb), (gpointer) self);
    }
  g_socket_client_connect_async (client, where, cancellable, callback, user_data);
}

GSocketConnection *
mullion_redis_server_connect_finish (GObject       *source,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  if (g_async_result_is_tagged (result, mullion_redis_server_connect_async))
    return g_task_propagate_pointer (G_TASK (result), error);

  return g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, error);
}
