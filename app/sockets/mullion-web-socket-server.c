/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-socket-server.h"

#include "mullion-socket-error.h"
#include "mullion-socket-listener.h"
#include "mullion-web-socket-address.h"
#include "mullion-web-socket-private.h"

/**
 * MullionWebSocketServer:
 *
 * A place where other programs open WebSockets: `WebSocketServer` of the Node.js library ws.
 *
 * It listens at a Unix socket, which is its user's alone, or at a port of 127.0.0.1. Any program of the
 * machine can connect to a port, and any page in a web browser, wherever it is from: pages are let in
 * only when [method@WebSocketServer.allow_origin] says so.
 *
 * The server listens as long as it lives, and so do its connections.
 *
 * Since: 0.1
 */

#define DEFAULT_MAX_CONNECTIONS 100

/* For a handshake. */
#define PATIENCE_S 10

struct _MullionWebSocketServer
{
  GObject parent_instance;

  MullionSocketListener *listener; /* (nullable) (owned) */
  guint16 port;
  SoupServer *http;
  GPtrArray *visitors; /* of Visitor (owned): connections without a handshake */
  GPtrArray *clients;  /* of MullionWebSocket (owned) */

  GHashTable *origins; /* set of origins */
  GStrv protocols;     /* (nullable) */
  guint max_connections;
};

typedef struct
{
  MullionWebSocketServer *server; /* (unowned) */
  GIOStream *connection;
  GSocketAddress *address;
  guint timeout_id;
} Visitor;

enum
{
  CONNECTION,
  ERROR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionWebSocketServer, mullion_web_socket_server, G_TYPE_OBJECT)

/* -- Who has not said what it wants -- */

static void
free_visitor (gpointer data)
{
  Visitor *visitor = data;

  g_clear_handle_id (&visitor->timeout_id, g_source_remove);
  g_object_unref (visitor->connection);
  g_object_unref (visitor->address);
  g_free (visitor);
}

static gboolean
expire_cb (gpointer user_data)
{
  Visitor *visitor = user_data;

  visitor->timeout_id = 0;
  g_io_stream_close_async (visitor->connection, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_ptr_array_remove_fast (visitor->server->visitors, visitor);
  return G_SOURCE_REMOVE;
}

static void
add_visitor (MullionWebSocketServer *self,
             GSocketConnection      *connection,
             GSocketAddress         *address)
{
  Visitor *visitor = g_new0 (Visitor, 1);

  visitor->server = self;
  visitor->connection = g_object_ref (G_IO_STREAM (connection));
  visitor->address = g_object_ref (address);
  visitor->timeout_id = g_timeout_add_seconds (PATIENCE_S, expire_cb, visitor);
  g_ptr_array_add (self->visitors, visitor);
}

/* Returns whether it was one. An address is an object of one connection. */
static gboolean
remove_visitor (MullionWebSocketServer *self,
                GSocketAddress         *address)
{
  for (guint i = 0; i < self->visitors->len; i++)
    if (((Visitor *) self->visitors->pdata[i])->address == address)
      {
        g_ptr_array_remove_index_fast (self->visitors, i);
        return TRUE;
      }

  return FALSE;
}

static void
refused_cb (const GError *error,
            gpointer      owner)
{
  g_signal_emit (owner, signals[ERROR], 0, error);
}

static gboolean
take_visitor (MullionWebSocketServer  *self,
              GSocketConnection       *connection,
              GError                 **error)
{
  g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address (connection, error);
  g_autoptr(GSocketAddress) remote =
      local != NULL ? g_socket_connection_get_remote_address (connection, error) : NULL;

  if (remote == NULL)
    return FALSE;

  /* Its request may be answered before this returns. */
  add_visitor (self, connection, remote);
  if (soup_server_accept_iostream (self->http, G_IO_STREAM (connection), local, remote, error))
    return TRUE;

  remove_visitor (self, remote);
  return FALSE;
}

static void
accepted_cb (GSocketConnection *connection,
             int                pid,
             gpointer           owner)
{
  MullionWebSocketServer *self = owner;
  guint n = self->visitors->len + self->clients->len;
  g_autoptr(GError) error = NULL;

  if (n >= self->max_connections)
    g_set_error (&error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_TOO_MANY,
                 "A connection was refused: there are %u", n);
  else
    take_visitor (self, connection, &error);

  if (error != NULL)
    refused_cb (error, self);
}

static const MullionSocketListenerFuncs listener_funcs = {
  .accepted = accepted_cb,
  .refused = refused_cb,
};

/* -- Who wants a WebSocket -- */

static void
close_cb (MullionWebSocket       *socket,
          guint                   code,
          const char             *reason,
          MullionWebSocketServer *self)
{
  g_ptr_array_remove (self->clients, socket);
}

/* The answer was written, and frames follow: libsoup's server has nothing to do with them. */
static void
answered_cb (SoupServerMessage      *message,
             MullionWebSocketServer *self)
{
  g_autoptr(MullionWebSocketServer) owned_self = g_object_ref (self);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *protocol =
      g_strdup (soup_message_headers_get_one (headers, "Sec-WebSocket-Protocol"));
  g_autoptr(GUri) uri = g_uri_ref (soup_server_message_get_uri (message));
  g_autoptr(GIOStream) connection = NULL;
  g_autoptr(MullionWebSocket) socket = NULL;

  if (!remove_visitor (self, soup_server_message_get_remote_address (message)))
    return;

  connection = soup_server_message_steal_connection (message);
  socket = mullion_web_socket_new_accepted (connection, uri, protocol);
  g_ptr_array_add (self->clients, g_object_ref (socket));
  g_signal_connect_object (socket, "close", G_CALLBACK (close_cb), self, 0);
  g_signal_emit (self, signals[CONNECTION], 0, socket);
}

static gboolean
is_let_in (MullionWebSocketServer *self,
           SoupServerMessage      *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_list (headers, "Origin");

  return origin == NULL || g_hash_table_contains (self->origins, origin);
}

static void
request_cb (SoupServer        *http,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  MullionWebSocketServer *self = user_data;

  /* What is wrong with a handshake is answered by libsoup. */
  if (!is_let_in (self, message))
    soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
  else if (soup_websocket_server_process_handshake (message, NULL, self->protocols, NULL, NULL))
    g_signal_connect_object (message, "wrote-informational", G_CALLBACK (answered_cb), self, 0);
}

static void
mullion_web_socket_server_dispose (GObject *object)
{
  MullionWebSocketServer *self = MULLION_WEB_SOCKET_SERVER (object);

  mullion_web_socket_server_stop (self);
  if (self->http != NULL)
    soup_server_remove_handler (self->http, NULL);
  g_clear_object (&self->http);

  G_OBJECT_CLASS (mullion_web_socket_server_parent_class)->dispose (object);
}

static void
mullion_web_socket_server_finalize (GObject *object)
{
  MullionWebSocketServer *self = MULLION_WEB_SOCKET_SERVER (object);

  g_ptr_array_unref (self->visitors);
  g_ptr_array_unref (self->clients);
  g_hash_table_unref (self->origins);
  g_strfreev (self->protocols);

  G_OBJECT_CLASS (mullion_web_socket_server_parent_class)->finalize (object);
}

static void
mullion_web_socket_server_class_init (MullionWebSocketServerClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_web_socket_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_web_socket_server_finalize;

  /**
   * MullionWebSocketServer::connection:
   * @self: the server
   * @socket: a WebSocket that is open
   *
   * Somebody has connected. The server keeps @socket as long as it is open.
   *
   * Since: 0.1
   */
  signals[CONNECTION] = g_signal_new ("connection", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, MULLION_TYPE_WEB_SOCKET);

  /**
   * MullionWebSocketServer::error:
   * @self: the server
   * @error: an error of %MULLION_SOCKET_ERROR
   *
   * Somebody was not let in. The server goes on.
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mullion_web_socket_server_init (MullionWebSocketServer *self)
{
  self->max_connections = DEFAULT_MAX_CONNECTIONS;
  self->visitors = g_ptr_array_new_with_free_func (free_visitor);
  self->clients = g_ptr_array_new_with_free_func (g_object_unref);
  self->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->http = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->http, NULL, request_cb, self, NULL);
}

/**
 * mullion_web_socket_server_new:
 *
 * Makes a server that does not listen yet.
 *
 * Returns: (transfer full): the server
 *
 * Since: 0.1
 */
MullionWebSocketServer *
mullion_web_socket_server_new (void)
{
  return g_object_new (MULLION_TYPE_WEB_SOCKET_SERVER, NULL);
}

static gboolean
listen_at (MullionWebSocketServer  *self,
           MullionSocketAddress    *address,
           GError                 **error)
{
  g_return_val_if_fail (self->listener == NULL, FALSE);

  self->listener = mullion_socket_listener_new (address, &listener_funcs, self, &self->port, error);
  return self->listener != NULL;
}

/**
 * mullion_web_socket_server_listen:
 * @self: a server that does not listen
 * @path: (type filename): the path of a Unix socket
 * @error: return location for an error
 *
 * Listens at a Unix socket, as [method@SocketServer.listen] does. Clients find it at the URL
 * `ws+unix://PATH:/`.
 *
 * Returns: whether it listens; %FALSE with an error of %MULLION_SOCKET_ERROR
 *
 * Since: 0.1
 */
gboolean
mullion_web_socket_server_listen (MullionWebSocketServer  *self,
                                  const char              *path,
                                  GError                 **error)
{
  MullionSocketAddress address = { (char *) path, 0 };

  g_return_val_if_fail (MULLION_IS_WEB_SOCKET_SERVER (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return listen_at (self, &address, error);
}

/**
 * mullion_web_socket_server_listen_tcp:
 * @self: a server that does not listen
 * @port: a port, or 0 for any that is free
 * @error: return location for an error
 *
 * Listens at a port of 127.0.0.1. Every user and every program of the machine can connect there: have
 * them say something that only yours can know, or take a Unix socket.
 *
 * Returns: whether it listens; %FALSE with an error of %MULLION_SOCKET_ERROR
 *
 * Since: 0.1
 */
gboolean
mullion_web_socket_server_listen_tcp (MullionWebSocketServer  *self,
                                      guint16                  port,
                                      GError                 **error)
{
  MullionSocketAddress address = { NULL, port };

  g_return_val_if_fail (MULLION_IS_WEB_SOCKET_SERVER (self), FALSE);

  return listen_at (self, &address, error);
}

/**
 * mullion_web_socket_server_stop:
 * @self: a server
 *
 * Listens no more, and lets its connections go: those that nobody else references are closed. It may
 * listen again afterwards.
 *
 * Since: 0.1
 */
void
mullion_web_socket_server_stop (MullionWebSocketServer *self)
{
  g_return_if_fail (MULLION_IS_WEB_SOCKET_SERVER (self));

  g_clear_pointer (&self->listener, mullion_socket_listener_free);
  while (self->visitors->len > 0)
    {
      Visitor *visitor = self->visitors->pdata[0];

      g_io_stream_close_async (visitor->connection, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      g_ptr_array_remove_index_fast (self->visitors, 0);
    }
  g_ptr_array_set_size (self->clients, 0);
}

/**
 * mullion_web_socket_server_get_port:
 * @self: a server
 *
 * Gets the port that it listens at.
 *
 * Returns: a port, or 0 of a Unix socket
 *
 * Since: 0.1
 */
guint16
mullion_web_socket_server_get_port (MullionWebSocketServer *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET_SERVER (self), 0);

  return self->port;
}

/**
 * mullion_web_socket_server_get_clients:
 * @self: a server
 *
 * Gets who is connected.
 *
 * Returns: (transfer none) (element-type MullionWebSocket): the WebSockets, until the next turn of the
 *   main loop
 *
 * Since: 0.1
 */
GPtrArray *
mullion_web_socket_server_get_clients (MullionWebSocketServer *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET_SERVER (self), NULL);

  return self->clients;
}

/**
 * mullion_web_socket_server_allow_origin:
 * @self: a server
 * @origin: an origin, letter by letter as the web writes it, such as `https://example.org`
 *
 * Lets pages of an origin connect, those in a web browser and those of apps. Programs that are no
 * browser say no origin, and need none.
 *
 * Since: 0.1
 */
void
mullion_web_socket_server_allow_origin (MullionWebSocketServer *self,
                                        const char             *origin)
{
  g_return_if_fail (MULLION_IS_WEB_SOCKET_SERVER (self));
  g_return_if_fail (origin != NULL);

  g_hash_table_add (self->origins, g_strdup (origin));
}

/**
 * mullion_web_socket_server_set_protocols:
 * @self: a server
 * @protocols: (nullable) (array zero-terminated=1): names, the best one first; none at first
 * @error: return location for an error
 *
 * Says which protocols clients may ask for. The first one that a client knows is agreed on, and who asks
 * for others only is not let in.
 *
 * Returns: %FALSE with %MULLION_SOCKET_ERROR_ADDRESS if one of them is no name
 *
 * Since: 0.1
 */
gboolean
mullion_web_socket_server_set_protocols (MullionWebSocketServer  *self,
                                         const char * const      *protocols,
                                         GError                 **error)
{
  g_return_val_if_fail (MULLION_IS_WEB_SOCKET_SERVER (self), FALSE);

  if (!mullion_web_socket_address_check_protocols (protocols, error))
    return FALSE;

  g_strfreev (self->protocols);
  self->protocols = g_strdupv ((char **) protocols);
  return TRUE;
}

/**
 * mullion_web_socket_server_set_max_connections:
 * @self: a server
 * @max_connections: a number, 100 at first
 *
 * Limits how many can be connected: the next one is closed at once.
 *
 * Since: 0.1
 */
void
mullion_web_socket_server_set_max_connections (MullionWebSocketServer *self,
                                               guint                   max_connections)
{
  g_return_if_fail (MULLION_IS_WEB_SOCKET_SERVER (self));

  self->max_connections = max_connections;
}
