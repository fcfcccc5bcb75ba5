/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-socket-client.h"

#include "mullion-message-error.h"
#include "mullion-socket-address.h"
#include "mullion-socket-error.h"
#include "mullion-socket-peer-private.h"

/**
 * MullionSocketClient:
 *
 * A connection to a server of the user, which is made again when it breaks: the client of the Node.js
 * library node-ipc, which connects to servers of that library and to a [class@SocketServer].
 *
 * A Unix socket, and the process behind it, have to be this user's.
 *
 * Since: 0.1
 */

/* What node-ipc has. */
#define DEFAULT_RETRY_MS 500

struct _MullionSocketClient
{
  GObject parent_instance;

  MullionSocketAddress address;
  guint retry_ms;
  guint max_retries;
  guint n_retries; /* since it was connected */

  MullionSocketPeer *peer;   /* (nullable) (owned): while it is connected */
  GCancellable *cancellable; /* (nullable) (owned): while it connects */
  guint retry_id;            /* 0, or tries again */
};

enum
{
  CONNECT,
  MESSAGE,
  DISCONNECT,
  DESTROY,
  ERROR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionSocketClient, mullion_socket_client, G_TYPE_OBJECT)

static void begin_to_connect (MullionSocketClient *self);

static gboolean
retry_cb (gpointer user_data)
{
  MullionSocketClient *self = user_data;

  self->retry_id = 0;
  begin_to_connect (self);
  return G_SOURCE_REMOVE;
}

/* As node-ipc: it is told that there is no connection after each try, and once that there will be no
 * other. A handler may have connected or disconnected meanwhile. */
static void
consider_retry (MullionSocketClient *self)
{
  gboolean is_last = self->n_retries >= self->max_retries;

  if (!is_last)
    {
      self->n_retries++;
      self->retry_id = g_timeout_add (self->retry_ms, retry_cb, self);
    }

  g_signal_emit (self, signals[DISCONNECT], 0);
  if (is_last)
    g_signal_emit (self, signals[DESTROY], 0);
}

static void
message_cb (MullionSocketPeer   *peer,
            const char          *type,
            JsonNode            *data,
            MullionSocketClient *self)
{
  g_signal_emit (self, signals[MESSAGE], 0, type, data);
}

static void
error_cb (MullionSocketPeer   *peer,
          const GError        *error,
          MullionSocketClient *self)
{
  g_signal_emit (self, signals[ERROR], 0, error);
}

static void
disconnect_cb (MullionSocketPeer   *peer,
               MullionSocketClient *self)
{
  if (self->peer != peer)
    return;

  g_clear_object (&self->peer);
  consider_retry (self);
}

static void
set_up_peer (MullionSocketClient *self,
             GSocketConnection   *connection,
             int                  pid)
{
  self->n_retries = 0;
  self->peer = mullion_socket_peer_new (connection, pid);
  g_signal_connect_object (self->peer, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (self->peer, "error", G_CALLBACK (error_cb), self, 0);
  g_signal_connect_object (self->peer, "disconnect", G_CALLBACK (disconnect_cb), self, 0);
  g_signal_emit (self, signals[CONNECT], 0);
}

/* Takes @reason. */
static void
fail (MullionSocketClient *self,
      GError              *reason)
{
  g_autofree char *name = mullion_socket_address_to_string (&self->address);
  g_autoptr(GError) error = NULL;

  mullion_socket_address_set_error (&error, reason, "Cannot connect to “%s”", name);
  g_signal_emit (self, signals[ERROR], 0, error);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(MullionSocketClient) self = user_data;
  GError *error = NULL;
  g_autoptr(GSocketConnection) connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  int pid = -1;

  /* Who disconnected meanwhile may have begun to connect again: that is another try. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }

  g_clear_object (&self->cancellable);
  if (connection != NULL &&
      mullion_socket_address_check_peer (g_socket_connection_get_socket (connection), &pid, &error))
    {
      set_up_peer (self, connection, pid);
      return;
    }

  fail (self, error);
  if (self->peer == NULL && self->cancellable == NULL && self->retry_id == 0)
    consider_retry (self);
}

/* (nullable) (transfer full) */
static GSocketAddress *
find_server (MullionSocketClient  *self,
             GError              **error)
{
  GSocketAddress *where = mullion_socket_address_to_gio (&self->address, error);
  gboolean exists = FALSE;

  if (where != NULL && !mullion_socket_address_check_file (&self->address, &exists, error))
    g_clear_object (&where);

  return where;
}

static gboolean
failed_cb (gpointer user_data)
{
  MullionSocketClient *self = user_data;

  self->retry_id = 0;
  consider_retry (self);
  return G_SOURCE_REMOVE;
}

static void
begin_to_connect (MullionSocketClient *self)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  GError *error = NULL;
  g_autoptr(GSocketAddress) where = find_server (self, &error);

  if (where == NULL)
    {
      self->retry_id = g_idle_add (failed_cb, self);
      fail (self, error);
      return;
    }

  g_socket_client_set_enable_proxy (client, FALSE);
  self->cancellable = g_cancellable_new ();
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (where), self->cancellable,
                                 connected_cb, g_object_ref (self));
}

static void
stop (MullionSocketClient *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->peer != NULL)
    mullion_socket_peer_close (self->peer);
  g_clear_object (&self->peer);
}

static void
mullion_socket_client_dispose (GObject *object)
{
  stop (MULLION_SOCKET_CLIENT (object));

  G_OBJECT_CLASS (mullion_socket_client_parent_class)->dispose (object);
}

static void
mullion_socket_client_finalize (GObject *object)
{
  mullion_socket_address_clear (&MULLION_SOCKET_CLIENT (object)->address);

  G_OBJECT_CLASS (mullion_socket_client_parent_class)->finalize (object);
}

static guint
add_signal (MullionSocketClientClass *klass,
            const char               *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
mullion_socket_client_class_init (MullionSocketClientClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_socket_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_socket_client_finalize;

  /**
   * MullionSocketClient::connect:
   * @self: the client
   *
   * There is a connection.
   *
   * Since: 0.1
   */
  signals[CONNECT] = add_signal (klass, "connect");

  /**
   * MullionSocketClient::message:
   * @self: the client
   * @type: what kind of message it is
   * @data: (transfer none): what it says
   *
   * A message came.
   *
   * Since: 0.1
   */
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE,
                                   JSON_TYPE_NODE | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionSocketClient::disconnect:
   * @self: the client
   *
   * The connection is over, or a try to make one was in vain. Unless [signal@SocketClient::destroy]
   * follows, there will be another try.
   *
   * Since: 0.1
   */
  signals[DISCONNECT] = add_signal (klass, "disconnect");

  /**
   * MullionSocketClient::destroy:
   * @self: the client
   *
   * There were as many tries as there may be.
   *
   * Since: 0.1
   */
  signals[DESTROY] = add_signal (klass, "destroy");

  /**
   * MullionSocketClient::error:
   * @self: the client
   * @error: an error of %MULLION_SOCKET_ERROR if no connection could be made, and of
   *   %MULLION_MESSAGE_ERROR if a message was lost
   *
   * Something went wrong, and the client goes on.
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mullion_socket_client_init (MullionSocketClient *self)
{
  self->retry_ms = DEFAULT_RETRY_MS;
  self->max_retries = G_MAXUINT;
}

/**
 * mullion_socket_client_new:
 * @path: (type filename): the path of a Unix socket; see [func@SocketServer.build_path]
 *
 * Makes a client that is not connected yet, `connectTo` of node-ipc.
 *
 * Returns: (transfer full): the client
 *
 * Since: 0.1
 */
MullionSocketClient *
mullion_socket_client_new (const char *path)
{
  MullionSocketClient *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (MULLION_TYPE_SOCKET_CLIENT, NULL);
  self->address.path = g_strdup (path);

  return self;
}

/**
 * mullion_socket_client_new_tcp:
 * @port: a port of 127.0.0.1
 *
 * Makes a client that is not connected yet, `connectToNet` of node-ipc. Who listens there is not
 * known: it may be another user.
 *
 * Returns: (transfer full): the client
 *
 * Since: 0.1
 */
MullionSocketClient *
mullion_socket_client_new_tcp (guint16 port)
{
  MullionSocketClient *self = g_object_new (MULLION_TYPE_SOCKET_CLIENT, NULL);

  self->address.port = port;

  return self;
}

/**
 * mullion_socket_client_open:
 * @self: a client
 *
 * Connects, and again whenever there is no connection any more, until there were too many tries or
 * [method@SocketClient.close]. Nothing happens if it does so already.
 *
 * Since: 0.1
 */
void
mullion_socket_client_open (MullionSocketClient *self)
{
  g_return_if_fail (MULLION_IS_SOCKET_CLIENT (self));

  if (self->peer != NULL || self->cancellable != NULL || self->retry_id != 0)
    return;

  self->n_retries = 0;
  begin_to_connect (self);
}

/**
 * mullion_socket_client_close:
 * @self: a client
 *
 * Ends the connection, and tries no more to make one. What was sent before is still written.
 *
 * Since: 0.1
 */
void
mullion_socket_client_close (MullionSocketClient *self)
{
  g_return_if_fail (MULLION_IS_SOCKET_CLIENT (self));

  stop (self);
}

/**
 * mullion_socket_client_send:
 * @self: a client
 * @type: what kind of message it is, such as `message`
 * @data: (nullable) (transfer full): what it says; %NULL is null
 * @error: return location for an error
 *
 * Sends a message, `emit` of node-ipc. What is sent as the connection breaks may be lost: nothing is
 * sent again on the next one.
 *
 * Returns: whether the message is on its way; see [method@SocketPeer.send]
 *
 * Since: 0.1
 */
gboolean
mullion_socket_client_send (MullionSocketClient  *self,
                            const char           *type,
                            JsonNode             *data,
                            GError              **error)
{
  g_return_val_if_fail (MULLION_IS_SOCKET_CLIENT (self), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  if (self->peer != NULL)
    return mullion_socket_peer_send (self->peer, type, data, error);

  g_clear_pointer (&data, json_node_unref);
  g_set_error_literal (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                       "No message can be sent: there is no connection");
  return FALSE;
}

/**
 * mullion_socket_client_get_peer:
 * @self: a client
 *
 * Gets the other end, to set limits and to know how much waits.
 *
 * Returns: (nullable) (transfer none): the server, or %NULL while there is no connection
 *
 * Since: 0.1
 */
MullionSocketPeer *
mullion_socket_client_get_peer (MullionSocketClient *self)
{
  g_return_val_if_fail (MULLION_IS_SOCKET_CLIENT (self), NULL);

  return self->peer;
}

/**
 * mullion_socket_client_set_retry:
 * @self: a client
 * @milliseconds: a time, 500 at first
 *
 * Says how long to wait between two tries, `retry` of node-ipc.
 *
 * Since: 0.1
 */
void
mullion_socket_client_set_retry (MullionSocketClient *self,
                                 guint                milliseconds)
{
  g_return_if_fail (MULLION_IS_SOCKET_CLIENT (self));

  self->retry_ms = milliseconds;
}

/**
 * mullion_socket_client_set_max_retries:
 * @self: a client
 * @max_retries: a number, %G_MAXUINT at first
 *
 * Limits how often it is tried again since there last was a connection, `maxRetries` of node-ipc.
 *
 * Since: 0.1
 */
void
mullion_socket_client_set_max_retries (MullionSocketClient *self,
                                       guint                max_retries)
{
  g_return_if_fail (MULLION_IS_SOCKET_CLIENT (self));

  self->max_retries = max_retries;
}
