/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-node-channel-private.h"

#include "mullion-fd-input.h"
#include "mullion-fd-output.h"
#include "mullion-message-error.h"
#include "mullion-message-reader.h"
#include "mullion-message-writer.h"
#include "mullion-node-codec.h"
#include "mullion-node-handle.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/**
 * MullionNodeChannel:
 *
 * The IPC channel of Node.js: what a Node program knows as `process.send ()` and
 * `process.on ('message')`.
 *
 * A child process has one when a descriptor of it is %MULLION_STDIO_IPC: see
 * [method@ChildProcess.get_channel]. And a program that Node.js started with `fork`, or with `ipc`
 * in its `stdio`, finds its parent with [func@NodeChannel.get_parent].
 *
 * A message is a value, as in messages of pages, and may come with a socket. Sending never waits, and
 * what comes in is not read faster than the handlers take it: see [class@MessageStream].
 *
 * Since: 0.1
 */

/* How often Node.js sends a handle again that did not arrive. */
#define MAX_RETRANSMISSIONS 3

/* A message on its way. */
typedef struct
{
  GString *text;
  GSocket *handle; /* (nullable) (owned) */
  guint retransmissions;
} Item;

struct _MullionNodeChannel
{
  GObject parent_instance;

  MullionSerialization serialization;
  gsize max_size;
  gsize max_queued;

  MullionFdInput *input;
  MullionFdOutput *output;
  MullionMessageReader *reader; /* (nullable) (owned): NULL when the channel has ended */
  MullionMessageWriter *writer; /* the same */

  /* The other end has to say that a handle has arrived. Until then everything waits, so that the
   * order is kept. */
  Item *unacknowledged; /* (nullable) (owned) */
  GQueue waiting;       /* of Item (owned) */
  gsize n_waiting;      /* bytes in there */

  gboolean is_connected; /* no end of it has said that it is over */
  guint disconnect_id;   /* 0, or tells of it in the next turn of the loop */
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

G_DEFINE_FINAL_TYPE (MullionNodeChannel, mullion_node_channel, G_TYPE_OBJECT)

static void
free_item (Item *item)
{
  g_string_free (item->text, TRUE);
  g_clear_object (&item->handle);
  g_free (item);
}

static gboolean
tell_disconnect_cb (gpointer user_data)
{
  MullionNodeChannel *self = user_data;

  self->disconnect_id = 0;
  g_signal_emit (self, signals[DISCONNECT], 0);
  return G_SOURCE_REMOVE;
}

static void
tell_error (MullionNodeChannel *self,
            GError             *error)
{
  g_signal_emit (self, signals[ERROR], 0, error);
  g_error_free (error);
}

/* -- Sending -- */

static gboolean
transmit (MullionNodeChannel  *self,
          Item                *item,
          GError             **error)
{
  if (item->handle != NULL &&
      !mullion_fd_output_send_fd (self->output, g_socket_get_fd (item->handle), error))
    return FALSE;

  return mullion_message_writer_send (self->writer, item->text->str, item->text->len, error);
}

/* Takes @item. What it has to be acknowledged for stays until it is. */
static gboolean
transmit_and_await (MullionNodeChannel  *self,
                    Item                *item,
                    GError             **error)
{
  gboolean is_sent = transmit (self, item, error);

  if (is_sent && item->handle != NULL)
    self->unacknowledged = item;
  else
    free_item (item);

  return is_sent;
}

/* What was promised to be sent: it is too late to tell the sender. */
static void
transmit_waiting (MullionNodeChannel *self)
{
  while (self->unacknowledged == NULL && self->writer != NULL)
    {
      Item *item = g_queue_pop_head (&self->waiting);
      GError *error = NULL;

      if (item == NULL)
        break;

      self->n_waiting -= item->text->len;
      if (!transmit_and_await (self, item, &error))
        tell_error (self, error);
    }

  if (!self->is_connected && self->writer != NULL && self->unacknowledged == NULL)
    {
      mullion_message_writer_end (self->writer);
      g_clear_pointer (&self->reader, mullion_message_reader_close_stream);
    }
}

static void
stop_waiting (MullionNodeChannel *self)
{
  g_clear_pointer (&self->unacknowledged, free_item);
  transmit_waiting (self);
}

static void
acknowledged (MullionNodeChannel *self)
{
  if (self->unacknowledged == NULL)
    return;

  /* It is the other end's now, as by Node.js. */
  if (mullion_node_handle_is_moved (self->unacknowledged->handle))
    g_socket_close (self->unacknowledged->handle, NULL);
  stop_waiting (self);
}

static void
not_acknowledged (MullionNodeChannel *self)
{
  GError *error = NULL;

  if (self->unacknowledged == NULL)
    return;

  if (self->unacknowledged->retransmissions++ == MAX_RETRANSMISSIONS)
    error = g_error_new_literal (MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CUT,
                                 "A handle did not reach the receiving process");
  else if (transmit (self, self->unacknowledged, &error))
    return;

  stop_waiting (self);
  tell_error (self, error);
}

static void
answer (MullionNodeChannel *self,
        const char         *command,
        JsonNode           *about)
{
  g_autoptr(JsonNode) message = mullion_node_handle_new_answer (command, about);
  g_autoptr(GString) text = g_string_new (NULL);

  if (self->writer != NULL && mullion_node_codec_write (self->serialization, text, message, NULL))
    mullion_message_writer_send (self->writer, text->str, text->len, NULL);
}

/* -- Receiving -- */

static GSocket *
take_handle (MullionNodeChannel  *self,
             GError             **error)
{
  int fd = mullion_fd_input_take (self->input);
  GSocket *socket;

  if (fd < 0)
    return NULL;

  socket = g_socket_new_from_fd (fd, error);
  if (socket == NULL)
    close (fd);

  return socket;
}

/* Whoever has disconnected hears no more, but for what the protocol still needs. */
static void
deliver (MullionNodeChannel *self,
         JsonNode           *message,
         GSocket            *handle)
{
  if (self->is_connected)
    g_signal_emit (self, signals[MESSAGE], 0, message, handle);
}

static void
receive_handle (MullionNodeChannel *self,
                JsonNode           *envelope)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) handle = take_handle (self, &error);
  g_autoptr(JsonNode) message = NULL;

  if (handle == NULL && error == NULL)
    {
      answer (self, "NODE_HANDLE_NACK", NULL);
      return;
    }

  answer (self, "NODE_HANDLE_ACK", NULL);
  if (error != NULL)
    g_signal_emit (self, signals[ERROR], 0, error);

  message = mullion_node_handle_unwrap (envelope);
  deliver (self, message, handle);
}

static void
receive (MullionNodeChannel *self,
         JsonNode           *message)
{
  switch (mullion_node_handle_classify (message))
    {
    case MULLION_NODE_MESSAGE:
      deliver (self, message, NULL);
      break;
    case MULLION_NODE_HANDLE:
      receive_handle (self, message);
      break;
    case MULLION_NODE_HANDLE_ACK:
      acknowledged (self);
      break;
    case MULLION_NODE_HANDLE_NACK:
      not_acknowledged (self);
      break;
    case MULLION_NODE_SOCKET_GONE:
      answer (self, "NODE_SOCKET_ALL_CLOSED", message);
      break;
    case MULLION_NODE_SOCKET_COUNT:
      answer (self, "NODE_SOCKET_COUNT", message);
      break;
    case MULLION_NODE_OTHER:
    default:
      break;
    }
}

static void
error_cb (const GError *error,
          gpointer      owner)
{
  g_autoptr(MullionNodeChannel) self = g_object_ref (owner);

  g_signal_emit (self, signals[ERROR], 0, error);
}

static void
message_cb (const char *data,
            gsize       length,
            gpointer    owner)
{
  g_autoptr(MullionNodeChannel) self = g_object_ref (owner);
  g_autoptr(GError) error = NULL;
  MullionByteHold *hold = NULL;
  g_autoptr(JsonNode) message =
      mullion_node_codec_read (self->serialization, data, length, &hold, &error);

  if (message == NULL)
    {
      g_prefix_error (&error, "Message %" G_GUINT64_FORMAT ": ",
                      mullion_message_reader_get_count (self->reader));
      error_cb (error, self);
      return;
    }

  receive (self, message);
  if (hold != NULL)
    mullion_byte_hold_unref_later (hold);
}

/* Ends the channel for both directions. What was promised and not written yet is still written when
 * it was we who ended it. */
static void
disconnect (MullionNodeChannel *self)
{
  if (!self->is_connected)
    return;

  self->is_connected = FALSE;
  self->disconnect_id = g_idle_add_full (G_PRIORITY_DEFAULT, tell_disconnect_cb,
                                         g_object_ref (self), g_object_unref);
}

static void
ended_cb (const GError *reason,
          gpointer      owner)
{
  MullionNodeChannel *self = owner;

  g_clear_pointer (&self->reader, mullion_message_reader_close_stream);
  g_clear_pointer (&self->writer, mullion_message_writer_close_stream);
  disconnect (self);
}

static void
drained_cb (gpointer owner)
{
  g_autoptr(MullionNodeChannel) self = g_object_ref (owner);

  g_signal_emit (self, signals[DRAINED], 0);
}

static const MullionMessageReaderFuncs reader_funcs = {
  .message = message_cb,
  .error = error_cb,
  .ended = ended_cb,
};

static void
mullion_node_channel_dispose (GObject *object)
{
  MullionNodeChannel *self = MULLION_NODE_CHANNEL (object);

  g_clear_handle_id (&self->disconnect_id, g_source_remove);
  g_clear_pointer (&self->reader, mullion_message_reader_close_stream);
  g_clear_pointer (&self->writer, mullion_message_writer_close_stream);
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_pointer (&self->unacknowledged, free_item);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) free_item);

  G_OBJECT_CLASS (mullion_node_channel_parent_class)->dispose (object);
}

static void
mullion_node_channel_class_init (MullionNodeChannelClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_node_channel_dispose;

  /**
   * MullionNodeChannel::message:
   * @self: the channel
   * @message: (transfer none): what the other end sent
   * @handle: (nullable) (transfer none): the socket that came with it; keep a reference, or it is
   *   closed
   *
   * A message came, as `process.on ('message')` of Node.js.
   *
   * Since: 0.1
   */
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, JSON_TYPE_NODE | G_SIGNAL_TYPE_STATIC_SCOPE,
                                   G_TYPE_SOCKET);

  /**
   * MullionNodeChannel::error:
   * @self: the channel
   * @error: an error of %MULLION_MESSAGE_ERROR
   *
   * A message was lost, and the channel goes on.
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionNodeChannel::disconnect:
   * @self: the channel
   *
   * The channel was ended, by either end. It comes once, and is the last signal.
   *
   * Since: 0.1
   */
  signals[DISCONNECT] = g_signal_new ("disconnect", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);

  /**
   * MullionNodeChannel::drained:
   * @self: the channel
   *
   * Of what had been waiting to be sent, little is left: see [signal@MessageStream::drained].
   *
   * Since: 0.1
   */
  signals[DRAINED] = g_signal_new ("drained", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
mullion_node_channel_init (MullionNodeChannel *self)
{
  self->max_size = MULLION_MESSAGE_STREAM_MAX_SIZE;
  self->max_queued = MULLION_MESSAGE_WRITER_MAX_QUEUED;
  g_queue_init (&self->waiting);
}

MullionNodeChannel *
mullion_node_channel_new (int                    fd,
                          MullionSerialization   serialization,
                          GError               **error)
{
  MullionFraming framing = mullion_node_codec_get_framing (serialization);
  int output_fd = fcntl (fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  int saved_errno = errno;
  MullionNodeChannel *self;

  if (output_fd < 0)
    {
      g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                   "Cannot open a channel: %s", g_strerror (saved_errno));
      close (fd);
      return NULL;
    }

  self = g_object_new (MULLION_TYPE_NODE_CHANNEL, NULL);
  self->serialization = serialization;
  self->is_connected = TRUE;
  self->input = mullion_fd_input_new (fd);
  self->output = mullion_fd_output_new (output_fd);
  self->reader = mullion_message_reader_new (G_INPUT_STREAM (self->input), framing, &reader_funcs,
                                             self);
  self->writer = mullion_message_writer_new (G_OUTPUT_STREAM (self->output), framing, drained_cb,
                                             self);

  return self;
}

/* -- The public side -- */

/* (transfer full) (nullable): takes nothing. */
static Item *
make_item (MullionNodeChannel  *self,
           JsonNode            *message,
           GSocket             *handle,
           GError             **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(JsonNode) whole = message != NULL ? json_node_ref (message)
                                              : json_node_init_null (json_node_alloc ());
  Item *item;

  if (handle != NULL)
    whole = mullion_node_handle_wrap (whole, handle);
  if (!mullion_node_codec_write (self->serialization, text, whole, error))
    return NULL;

  if (text->len > self->max_size)
    {
      g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE,
                   "A message of %" G_GSIZE_FORMAT " bytes is over the limit of %" G_GSIZE_FORMAT
                   " bytes", text->len, self->max_size);
      return NULL;
    }

  item = g_new0 (Item, 1);
  item->text = g_steal_pointer (&text);
  item->handle = handle != NULL ? g_object_ref (handle) : NULL;
  return item;
}

/* Takes @item. */
static gboolean
put_off (MullionNodeChannel  *self,
         Item                *item,
         GError             **error)
{
  if (self->n_waiting + item->text->len > self->max_queued)
    {
      g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_FULL,
                   "The other end does not take a handle: %" G_GSIZE_FORMAT
                   " bytes are waiting behind it", self->n_waiting);
      free_item (item);
      return FALSE;
    }

  self->n_waiting += item->text->len;
  g_queue_push_tail (&self->waiting, item);
  return TRUE;
}

/**
 * mullion_node_channel_send:
 * @self: a channel
 * @message: (nullable) (transfer full): a value; %NULL is null
 * @handle: (nullable) (transfer none): a socket that shall go with it: a connection, a socket that
 *   listens, or a UDP socket. A connection is closed here when it has arrived, as by Node.js
 * @error: return location for an error
 *
 * Sends a message, as `send` of Node.js, or keeps it until the other end reads.
 *
 * Returns: whether the message is on its way; %FALSE with an error of %MULLION_MESSAGE_ERROR: it is
 *   too large, too much is waiting, the value cannot be said, or the channel is disconnected
 *
 * Since: 0.1
 */
gboolean
mullion_node_channel_send (MullionNodeChannel  *self,
                           JsonNode            *message,
                           GSocket             *handle,
                           GError             **error)
{
  g_autoptr(JsonNode) owned_message = message;
  MullionByteHold *hold = message != NULL ? mullion_byte_hold_new (message) : NULL;
  Item *item;

  g_return_val_if_fail (MULLION_IS_NODE_CHANNEL (self), FALSE);
  g_return_val_if_fail (handle == NULL || G_IS_SOCKET (handle), FALSE);

  /* As with messages to pages: one value with bytes can be sent to several. */
  if (hold != NULL)
    mullion_byte_hold_unref_later (hold);

  if (!self->is_connected)
    {
      g_set_error_literal (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                           "Channel closed");
      return FALSE;
    }

  item = make_item (self, message, handle, error);
  if (item == NULL)
    return FALSE;

  return self->unacknowledged != NULL ? put_off (self, item, error)
                                      : transmit_and_await (self, item, error);
}

/**
 * mullion_node_channel_disconnect:
 * @self: a channel
 *
 * Ends the channel, as `disconnect` of Node.js: nothing comes any more, and nothing can be sent; what
 * was sent before is still written. A Node program that has nothing else to do ends then.
 *
 * Since: 0.1
 */
void
mullion_node_channel_disconnect (MullionNodeChannel *self)
{
  g_return_if_fail (MULLION_IS_NODE_CHANNEL (self));

  disconnect (self);
  transmit_waiting (self);
}

/**
 * mullion_node_channel_is_connected:
 * @self: a channel
 *
 * Asks whether messages can be sent.
 *
 * Returns: whether neither end has disconnected
 *
 * Since: 0.1
 */
gboolean
mullion_node_channel_is_connected (MullionNodeChannel *self)
{
  g_return_val_if_fail (MULLION_IS_NODE_CHANNEL (self), FALSE);

  return self->is_connected;
}

/**
 * mullion_node_channel_get_queued:
 * @self: a channel
 *
 * Gets how much waits to be sent.
 *
 * Returns: a number of bytes
 *
 * Since: 0.1
 */
gsize
mullion_node_channel_get_queued (MullionNodeChannel *self)
{
  gsize n = 0;

  g_return_val_if_fail (MULLION_IS_NODE_CHANNEL (self), 0);

  if (self->writer != NULL)
    n = self->n_waiting + mullion_message_writer_get_queued (self->writer);

  return n;
}

/**
 * mullion_node_channel_set_max_queued:
 * @self: a channel
 * @max_queued: a number of bytes, 32 MiB at first
 *
 * Limits how much may wait to be sent.
 *
 * Since: 0.1
 */
void
mullion_node_channel_set_max_queued (MullionNodeChannel *self,
                                     gsize               max_queued)
{
  g_return_if_fail (MULLION_IS_NODE_CHANNEL (self));

  self->max_queued = max_queued;
  if (self->writer != NULL)
    mullion_message_writer_set_max_queued (self->writer, max_queued);
}

/**
 * mullion_node_channel_set_max_size:
 * @self: a channel
 * @max_size: a number of bytes, %MULLION_MESSAGE_STREAM_MAX_SIZE at first
 *
 * Limits the size of one message, in both directions.
 *
 * Since: 0.1
 */
void
mullion_node_channel_set_max_size (MullionNodeChannel *self,
                                   gsize               max_size)
{
  g_return_if_fail (MULLION_IS_NODE_CHANNEL (self));
  g_return_if_fail (max_size > 0 && max_size <= G_MAXUINT32 / 2);

  self->max_size = max_size;
  if (self->reader != NULL)
    mullion_message_reader_set_max_size (self->reader, max_size);
}

/**
 * mullion_node_channel_set_reading:
 * @self: a channel
 * @reading: whether messages are read
 *
 * Stops and goes on. What is not read waits, and its sender with it; that the other end has gone is
 * not noticed meanwhile.
 *
 * Since: 0.1
 */
void
mullion_node_channel_set_reading (MullionNodeChannel *self,
                                  gboolean            reading)
{
  g_return_if_fail (MULLION_IS_NODE_CHANNEL (self));

  if (self->reader != NULL)
    mullion_message_reader_set_reading (self->reader, !!reading);
}
