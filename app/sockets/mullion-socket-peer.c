/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-socket-peer-private.h"

#include "mullion-message-error.h"
#include "mullion-message-reader.h"
#include "mullion-message-writer.h"
#include "mullion-socket-message.h"
#include "mullion-value.h"

/**
 * MullionSocketPeer:
 *
 * A process at the other end of a socket, with messages that have a type and data: those of the
 * Node.js library node-ipc.
 *
 * A [class@SocketServer] has one for each of its connections, and a [class@SocketClient] one at a
 * time. What comes in is not read faster than the handlers take it, and sending never waits: see
 * [class@MessageStream], whose limits and errors are the same.
 *
 * Since: 0.1
 */

struct _MullionSocketPeer
{
  GObject parent_instance;

  GSocketConnection *connection; /* (nullable) (owned): NULL when it is over, as the next two */
  MullionMessageReader *reader;  /* (nullable) (owned) */
  MullionMessageWriter *writer;  /* (nullable) (owned) */

  int pid;
  char *id; /* (nullable): what it calls itself */
  gsize max_size;
};

enum
{
  MESSAGE,
  ERROR,
  DISCONNECT,
  DRAINED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionSocketPeer, mullion_socket_peer, G_TYPE_OBJECT)

/* As node-ipc does: who says an id in its data is called that from then on. */
static void
learn_id (MullionSocketPeer *self,
          JsonNode          *data)
{
  JsonNode *id = NULL;

  if (mullion_value_get_kind (data) == MULLION_VALUE_OBJECT)
    id = mullion_value_get_member (data, "id");
  if (id == NULL || mullion_value_get_kind (id) != MULLION_VALUE_STRING)
    return;

  g_free (self->id);
  self->id = mullion_value_dup_string (id, NULL);
}

static void
error_cb (const GError *error,
          gpointer      owner)
{
  g_autoptr(MullionSocketPeer) self = g_object_ref (owner);

  g_signal_emit (self, signals[ERROR], 0, error);
}

static void
message_cb (const char *text,
            gsize       length,
            gpointer    owner)
{
  g_autoptr(MullionSocketPeer) self = g_object_ref (owner);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) data = NULL;
  g_autofree char *type = NULL;

  if (mullion_socket_message_read (text, length, &type, &data, &error))
    {
      learn_id (self, data);
      g_signal_emit (self, signals[MESSAGE], 0, type, data);
      return;
    }

  g_prefix_error (&error, "Message %" G_GUINT64_FORMAT ": ",
                  mullion_message_reader_get_count (self->reader));
  error_cb (error, self);
}

/* What was sent is still written; the socket is closed with the last of it. */
static void
end (MullionSocketPeer *self)
{
  if (self->connection == NULL)
    return;

  mullion_message_writer_end (self->writer);
  g_clear_pointer (&self->writer, mullion_message_writer_close);
  g_clear_pointer (&self->reader, mullion_message_reader_close);
  g_clear_object (&self->connection);
}

static void
ended_cb (const GError *reason,
          gpointer      owner)
{
  g_autoptr(MullionSocketPeer) self = g_object_ref (owner);

  /* Nobody is there to read what waits. */
  g_clear_pointer (&self->writer, mullion_message_writer_close);
  g_clear_pointer (&self->reader, mullion_message_reader_close);
  g_clear_object (&self->connection);
  g_signal_emit (self, signals[DISCONNECT], 0);
}

static void
drained_cb (gpointer owner)
{
  g_autoptr(MullionSocketPeer) self = g_object_ref (owner);

  g_signal_emit (self, signals[DRAINED], 0);
}

static const MullionMessageReaderFuncs reader_funcs = {
  .message = message_cb,
  .error = error_cb,
  .ended = ended_cb,
};

static void
mullion_socket_peer_dispose (GObject *object)
{
  end (MULLION_SOCKET_PEER (object));

  G_OBJECT_CLASS (mullion_socket_peer_parent_class)->dispose (object);
}

static void
mullion_socket_peer_finalize (GObject *object)
{
  g_free (MULLION_SOCKET_PEER (object)->id);

  G_OBJECT_CLASS (mullion_socket_peer_parent_class)->finalize (object);
}

static void
mullion_socket_peer_class_init (MullionSocketPeerClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_socket_peer_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_socket_peer_finalize;

  /**
   * MullionSocketPeer::message:
   * @self: the peer
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
   * MullionSocketPeer::error:
   * @self: the peer
   * @error: an error of %MULLION_MESSAGE_ERROR, which names the message by its number, from 1
   *
   * A message was lost, and the connection goes on.
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionSocketPeer::disconnect:
   * @self: the peer
   *
   * The other end has gone. It does not come when this end disconnects.
   *
   * Since: 0.1
   */
  signals[DISCONNECT] = g_signal_new ("disconnect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);

  /**
   * MullionSocketPeer::drained:
   * @self: the peer
   *
   * Of what had been waiting to be sent, little is left: see [signal@MessageStream::drained].
   *
   * Since: 0.1
   */
  signals[DRAINED] = g_signal_new ("drained", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mullion_socket_peer_init (MullionSocketPeer *self)
{
  self->max_size = MULLION_MESSAGE_STREAM_MAX_SIZE;
}

MullionSocketPeer *
mullion_socket_peer_new (GSocketConnection *connection,
                         int                pid)
{
  MullionSocketPeer *self = g_object_new (MULLION_TYPE_SOCKET_PEER, NULL);
  GIOStream *stream = G_IO_STREAM (connection);

  self->pid = pid;
  self->connection = g_object_ref (connection);
  self->reader = mullion_message_reader_new (g_io_stream_get_input_stream (stream),
                                             MULLION_FRAMING_FORM_FEED, &reader_funcs, self);
  self->writer = mullion_message_writer_new (g_io_stream_get_output_stream (stream),
                                             MULLION_FRAMING_FORM_FEED, drained_cb, self);

  return self;
}

gboolean
mullion_socket_peer_send_text (MullionSocketPeer  *self,
                               GString            *text,
                               GError            **error)
{
  if (self->writer == NULL)
    g_set_error_literal (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                         "No message can be sent: the connection is over");
  else if (text->len > self->max_size)
    g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE,
                 "A message of %" G_GSIZE_FORMAT " bytes is over the limit of %" G_GSIZE_FORMAT
                 " bytes", text->len, self->max_size);
  else
    return mullion_message_writer_send (self->writer, text->str, text->len, error);

  return FALSE;
}

/**
 * mullion_socket_peer_send:
 * @self: a peer
 * @type: what kind of message it is, such as `message`
 * @data: (nullable) (transfer full): what it says; %NULL is null
 * @error: return location for an error
 *
 * Sends a message, as `emit` of node-ipc, or keeps it until the other end reads.
 *
 * Returns: whether the message is on its way; %FALSE with an error of %MULLION_MESSAGE_ERROR: it is
 *   too large, too much is waiting, the value is none of JSON, or the connection is over
 *
 * Since: 0.1
 */
gboolean
mullion_socket_peer_send (MullionSocketPeer  *self,
                          const char         *type,
                          JsonNode           *data,
                          GError            **error)
{
  g_autoptr(JsonNode) owned_data = data;
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (MULLION_IS_SOCKET_PEER (self), FALSE);
  g_return_val_if_fail (type != NULL, FALSE);

  return mullion_socket_message_write (text, type, g_steal_pointer (&owned_data), error) &&
         mullion_socket_peer_send_text (self, text, error);
}

/**
 * mullion_socket_peer_close:
 * @self: a peer
 *
 * Ends the connection. What was sent before is still written, and nothing comes any more.
 *
 * Since: 0.1
 */
void
mullion_socket_peer_close (MullionSocketPeer *self)
{
  g_return_if_fail (MULLION_IS_SOCKET_PEER (self));

  end (self);
}

/**
 * mullion_socket_peer_is_connected:
 * @self: a peer
 *
 * Asks whether messages can be sent.
 *
 * Returns: whether neither end has ended the connection
 *
 * Since: 0.1
 */
gboolean
mullion_socket_peer_is_connected (MullionSocketPeer *self)
{
  g_return_val_if_fail (MULLION_IS_SOCKET_PEER (self), FALSE);

  return self->connection != NULL;
}

/**
 * mullion_socket_peer_get_id:
 * @self: a peer
 *
 * Gets what the other end calls itself: the `id` in the data of one of its messages. Nobody has
 * checked it.
 *
 * Returns: (nullable): the name, or %NULL if it has said none
 *
 * Since: 0.1
 */
const char *
mullion_socket_peer_get_id (MullionSocketPeer *self)
{
  g_return_val_if_fail (MULLION_IS_SOCKET_PEER (self), NULL);

  return self->id;
}

/**
 * mullion_socket_peer_get_process_id:
 * @self: a peer
 *
 * Gets the process that made the other end, which the kernel knows. It may have ended since.
 *
 * Returns: its number, or -1 over TCP
 *
 * Since: 0.1
 */
int
mullion_socket_peer_get_process_id (MullionSocketPeer *self)
{
  g_return_val_if_fail (MULLION_IS_SOCKET_PEER (self), -1);

  return self->pid;
}

/**
 * mullion_socket_peer_get_queued:
 * @self: a peer
 *
 * Gets how much waits to be sent.
 *
 * Returns: a number of bytes
 *
 * Since: 0.1
 */
gsize
mullion_socket_peer_get_queued (MullionSocketPeer *self)
{
  g_return_val_if_fail (MULLION_IS_SOCKET_PEER (self), 0);

  return self->writer != NULL ? mullion_message_writer_get_queued (self->writer) : 0;
}

/**
 * mullion_socket_peer_set_max_queued:
 * @self: a peer
 * @max_queued: a number of bytes, 32 MiB at first
 *
 * Limits how much may wait to be sent.
 *
 * Since: 0.1
 */
void
mullion_socket_peer_set_max_queued (MullionSocketPeer *self,
                                    gsize              max_queued)
{
  g_return_if_fail (MULLION_IS_SOCKET_PEER (self));

  if (self->writer != NULL)
    mullion_message_writer_set_max_queued (self->writer, max_queued);
}

/**
 * mullion_socket_peer_set_max_size:
 * @self: a peer
 * @max_size: a number of bytes, %MULLION_MESSAGE_STREAM_MAX_SIZE at first
 *
 * Limits the size of one message, in both directions.
 *
 * Since: 0.1
 */
void
mullion_socket_peer_set_max_size (MullionSocketPeer *self,
                                  gsize              max_size)
{
  g_return_if_fail (MULLION_IS_SOCKET_PEER (self));
  g_return_if_fail (max_size > 0 && max_size <= G_MAXUINT32 / 2);

  self->max_size = max_size;
  if (self->reader != NULL)
    mullion_message_reader_set_max_size (self->reader, max_size);
}

/**
 * mullion_socket_peer_set_reading:
 * @self: a peer
 * @reading: whether messages are read
 *
 * Stops and goes on. What is not read waits, and its sender with it; that the other end has gone is
 * not noticed meanwhile.
 *
 * Since: 0.1
 */
void
mullion_socket_peer_set_reading (MullionSocketPeer *self,
                                 gboolean           reading)
{
  g_return_if_fail (MULLION_IS_SOCKET_PEER (self));

  if (self->reader != NULL)
    mullion_message_reader_set_reading (self->reader, !!reading);
}
