/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-socket-server.h"

#include "mullion-socket-error.h"
#include "mullion-socket-listener.h"
#include "mullion-socket-message.h"
#include "mullion-socket-peer-private.h"

/**
 * MullionSocketServer:
 *
 * A socket where other processes of the user find this one: the server of the Node.js library
 * node-ipc, which clients of that library and [class@SocketClient] connect to.
 *
 * The file of a Unix socket can be opened by its user alone, and the kernel is asked who connects. A
 * port is one of the loopback device; there any user of the machine can connect.
 *
 * The server listens as long as it lives.
 *
 * Since: 0.1
 */

/* What node-ipc has. */
#define DEFAULT_ROOT "/tmp/"
#define DEFAULT_APPSPACE "app."
#define DEFAULT_MAX_CONNECTIONS 100

struct _MullionSocketServer
{
  GObject parent_instance;

  MullionSocketListener *listener; /* (nullable) (owned) */
  guint16 port;
  guint max_connections;
  GPtrArray *peers; /* of MullionSocketPeer (owned) */
};

enum
{
  CONNECT,
  MESSAGE,
  DISCONNECT,
  ERROR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionSocketServer, mullion_socket_server, G_TYPE_OBJECT)

static void
message_cb (MullionSocketPeer   *peer,
            const char          *type,
            JsonNode            *data,
            MullionSocketServer *self)
{
  g_signal_emit (self, signals[MESSAGE], 0, peer, type, data);
}

static void
error_cb (MullionSocketPeer   *peer,
          const GError        *error,
          MullionSocketServer *self)
{
  g_signal_emit (self, signals[ERROR], 0, peer, error);
}

static void
disconnect_cb (MullionSocketPeer   *peer,
               MullionSocketServer *self)
{
  g_object_ref (peer);
  if (g_ptr_array_remove (self->peers, peer))
    g_signal_emit (self, signals[DISCONNECT], 0, peer);
  g_object_unref (peer);
}

static void
refused_cb (const GError *error,
            gpointer      owner)
{
  g_signal_emit (owner, signals[ERROR], 0, NULL, error);
}

/* Peers that this end has disconnected do not tell. */
static void
forget_ended (MullionSocketServer *self)
{
  for (guint i = self->peers->len; i-- > 0;)
    if (!mullion_socket_peer_is_connected (self->peers->pdata[i]))
      g_ptr_array_remove_index (self->peers, i);
}

static void
accepted_cb (GSocketConnection *connection,
             int                pid,
             gpointer           owner)
{
  MullionSocketServer *self = owner;
  g_autoptr(MullionSocketPeer) peer = NULL;
  g_autoptr(GError) error = NULL;

  forget_ended (self);
  if (self->peers->len >= self->max_connections)
    {
      g_set_error (&error, MULLION_SOCKET_ERROR, MULLION_SOCKET_ERROR_TOO_MANY,
                   "A connection was refused: there are %u", self->peers->len);
      refused_cb (error, self);
      return;
    }

  peer = mullion_socket_peer_new (connection, pid);
  g_signal_connect_object (peer, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (peer, "error", G_CALLBACK (error_cb), self, 0);
  g_signal_connect_object (peer, "disconnect", G_CALLBACK (disconnect_cb), self, 0);
  g_ptr_array_add (self->peers, g_object_ref (peer));
  g_signal_emit (self, signals[CONNECT], 0, peer);
}

static const MullionSocketListenerFuncs listener_funcs = {
  .accepted = accepted_cb,
  .refused = refused_cb,
};

static void
mullion_socket_server_dispose (GObject *object)
{
  mullion_socket_server_stop (MULLION_SOCKET_SERVER (object));

  G_OBJECT_CLASS (mullion_socket_server_parent_class)->dispose (object);
}

static void
mullion_socket_server_finalize (GObject *object)
{
  g_ptr_array_unref (MULLION_SOCKET_SERVER (object)->peers);

  G_OBJECT_CLASS (mullion_socket_server_parent_class)->finalize (object);
}

static void
mullion_socket_server_class_init (MullionSocketServerClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_socket_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_socket_server_finalize;

  /**
   * MullionSocketServer::connect:
   * @self: the server
   * @peer: who it is
   *
   * Somebody has connected.
   *
   * Since: 0.1
   */
  signals[CONNECT] = g_signal_new ("connect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, MULLION_TYPE_SOCKET_PEER);

  /**
   * MullionSocketServer::message:
   * @self: the server
   * @peer: who sent it, for the answer
   * @type: what kind of message it is
   * @data: (transfer none): what it says
   *
   * A message came.
   *
   * Since: 0.1
   */
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, MULLION_TYPE_SOCKET_PEER,
                                   G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                                   JSON_TYPE_NODE | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionSocketServer::disconnect:
   * @self: the server
   * @peer: who it was
   *
   * Somebody has gone: `socket.disconnected` of node-ipc.
   *
   * Since: 0.1
   */
  signals[DISCONNECT] = g_signal_new ("disconnect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, MULLION_TYPE_SOCKET_PEER);

  /**
   * MullionSocketServer::error:
   * @self: the server
   * @peer: (nullable): whose message it was; %NULL if somebody could not connect
   * @error: an error of %MULLION_MESSAGE_ERROR, or of %MULLION_SOCKET_ERROR without @peer
   *
   * A message was lost, or somebody was not let in. The server goes on.
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, MULLION_TYPE_SOCKET_PEER,
                                 G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mullion_socket_server_init (MullionSocketServer *self)
{
  self->max_connections = DEFAULT_MAX_CONNECTIONS;
  self->peers = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * mullion_socket_server_build_path:
 * @socket_root: (nullable): what the path begins with, `/tmp/` for %NULL
 * @appspace: (nullable): what the name begins with, `app.` for %NULL
 * @id: the name of the server
 *
 * Says where node-ipc looks for a server: `socketRoot`, `appspace` and `id` of its `config`.
 *
 * Returns: (transfer full): a path
 *
 * Since: 0.1
 */
char *
mullion_socket_server_build_path (const char *socket_root,
                                  const char *appspace,
                                  const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_strconcat (socket_root != NULL ? socket_root : DEFAULT_ROOT,
                      appspace != NULL ? appspace : DEFAULT_APPSPACE, id, NULL);
}

/**
 * mullion_socket_server_new:
 *
 * Makes a server that does not listen yet.
 *
 * Returns: (transfer full): the server
 *
 * Since: 0.1
 */
MullionSocketServer *
mullion_socket_server_new (void)
{
  return g_object_new (MULLION_TYPE_SOCKET_SERVER, NULL);
}

static gboolean
listen_at (MullionSocketServer   *self,
           MullionSocketAddress  *address,
           GError               **error)
{
  g_return_val_if_fail (self->listener == NULL, FALSE);

  self->listener = mullion_socket_listener_new (address, &listener_funcs, self, &self->port, error);
  return self->listener != NULL;
}

/**
 * mullion_socket_server_listen:
 * @self: a server that does not listen
 * @path: (type filename): the path of a Unix socket; see [func@SocketServer.build_path]
 * @error: return location for an error
 *
 * Listens at a Unix socket, `serve` of node-ipc. The file of a server that has ended is replaced;
 * that of one which lives is not, nor anything else that is there.
 *
 * Returns: whether it listens; %FALSE with an error of %MULLION_SOCKET_ERROR
 *
 * Since: 0.1
 */
gboolean
mullion_socket_server_listen (MullionSocketServer  *self,
                              const char           *path,
                              GError              **error)
{
  MullionSocketAddress address = { (char *) path, 0 };

  g_return_val_if_fail (MULLION_IS_SOCKET_SERVER (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return listen_at (self, &address, error);
}

/**
 * mullion_socket_server_listen_tcp:
 * @self: a server that does not listen
 * @port: a port, or 0 for any that is free
 * @error: return location for an error
 *
 * Listens at a port of 127.0.0.1, `serveNet` of node-ipc. Every user and every program of the
 * machine can connect there, also a web browser's pages: take a Unix socket where you can.
 *
 * Returns: whether it listens; %FALSE with an error of %MULLION_SOCKET_ERROR
 *
 * Since: 0.1
 */
gboolean
mullion_socket_server_listen_tcp (MullionSocketServer  *self,
                                  guint16               port,
                                  GError              **error)
{
  MullionSocketAddress address = { NULL, port };

  g_return_val_if_fail (MULLION_IS_SOCKET_SERVER (self), FALSE);

  return listen_at (self, &address, error);
}

/**
 * mullion_socket_server_stop:
 * @self: a server
 *
 * Listens no more, and ends all connections. It may listen again afterwards.
 *
 * Since: 0.1
 */
void
mullion_socket_server_stop (MullionSocketServer *self)
{
  g_return_if_fail (MULLION_IS_SOCKET_SERVER (self));

  g_clear_pointer (&self->listener, mullion_socket_listener_free);
  for (guint i = 0; i < self->peers->len; i++)
    mullion_socket_peer_close (self->peers->pdata[i]);
  g_ptr_array_set_size (self->peers, 0);
}

/**
 * mullion_socket_server_broadcast:
 * @self: a server
 * @type: what kind of message it is
 * @data: (nullable) (transfer full): what it says; %NULL is null
 * @error: return location for an error
 *
 * Sends a message to all who are connected, `broadcast` of node-ipc. Where it could not be sent is
 * told by [signal@SocketServer::error].
 *
 * Returns: %FALSE with an error of %MULLION_MESSAGE_ERROR if the value is none of JSON
 *
 * Since: 0.1
 */
gboolean
mullion_socket_server_broadcast (MullionSocketServer  *self,
                                 const char           *type,
                                 JsonNode             *data,
                                 GError              **error)
{
  g_autoptr(JsonNode) owned_data = data;
  g_autoptr(GPtrArray) peers = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (MULLION_IS_SOCKET_SERVER (self), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  if (!mullion_socket_message_write (text, type, g_steal_pointer (&owned_data), error))
    return FALSE;

  forget_ended (self);
  peers = g_ptr_array_copy (self->peers, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  for (guint i = 0; i < peers->len; i++)
    {
      g_autoptr(GError) reason = NULL;

      if (!mullion_socket_peer_send_text (peers->pdata[i], text, &reason))
        error_cb (peers->pdata[i], reason, self);
    }

  return TRUE;
}

/**
 * mullion_socket_server_get_port:
 * @self: a server
 *
 * Gets the port that it listens at.
 *
 * Returns: a port, or 0 of a Unix socket
 *
 * Since: 0.1
 */
guint16
mullion_socket_server_get_port (MullionSocketServer *self)
{
  g_return_val_if_fail (MULLION_IS_SOCKET_SERVER (self), 0);

  return self->port;
}

/**
 * mullion_socket_server_get_peers:
 * @self: a server
 *
 * Gets who is connected.
 *
 * Returns: (transfer none) (element-type MullionSocketPeer): the peers, until the next turn of the
 *   main loop
 *
 * Since: 0.1
 */
GPtrArray *
mullion_socket_server_get_peers (MullionSocketServer *self)
{
  g_return_val_if_fail (MULLION_IS_SOCKET_SERVER (self), NULL);

  forget_ended (self);
  return self->peers;
}

/**
 * mullion_socket_server_set_max_connections:
 * @self: a server
 * @max_connections: a number, 100 at first
 *
 * Limits how many can be connected: the next one is closed at once.
 *
 * Since: 0.1
 */
void
mullion_socket_server_set_max_connections (MullionSocketServer *self,
                                           guint                max_connections)
{
  g_return_if_fail (MULLION_IS_SOCKET_SERVER (self));

  self->max_connections = max_connections;
}
