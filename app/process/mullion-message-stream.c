/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-stream.h"

#include "mullion-message-error.h"
#include "mullion-message-reader.h"
#include "mullion-message-writer.h"
#include "mullion-plain-json.h"

/**
 * MullionMessageStream:
 *
 * JSON messages to and from another process, over its standard input and output or any other pair of
 * streams.
 *
 * What comes in is told by [signal@MessageStream::message], from the main loop; connect to it in the
 * turn of the loop in which the stream was made. A message that is no JSON, or over the limit, is told
 * by [signal@MessageStream::error], and the next one is found again.
 *
 * Sending never waits. What the other end has not read yet is kept, up to a limit: then
 * [method@MessageStream.send] fails with %MULLION_MESSAGE_ERROR_FULL, until
 * [signal@MessageStream::drained]. What comes in is not read faster than the handlers take it, so a
 * process that floods the app waits, and the app's windows are painted meanwhile.
 *
 * Values are those of [func@value_get_kind] and its kin. On the way to another process they become
 * plain JSON as by [func@value_to_json]; what comes from there is plain JSON, and may be sent on to a
 * page as it is.
 *
 * The stream is read as long as the object lives.
 *
 * Since: 0.1
 */

struct _MullionMessageStream
{
  GObject parent_instance;

  MullionMessageReader *reader; /* (nullable) (owned): NULL when nothing will come any more */
  MullionMessageWriter *writer; /* (nullable) (owned): NULL after close () */
  gsize max_size;
};

enum
{
  MESSAGE,
  ERROR,
  CLOSED,
  DRAINED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionMessageStream, mullion_message_stream, G_TYPE_OBJECT)

static void
error_cb (const GError *error,
          gpointer      owner)
{
  g_autoptr(MullionMessageStream) self = g_object_ref (owner);

  g_signal_emit (self, signals[ERROR], 0, error);
}

static void
message_cb (const char *data,
            gsize       length,
            gpointer    owner)
{
  g_autoptr(MullionMessageStream) self = g_object_ref (owner);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value = mullion_plain_json_read (data, length, &error);

  if (value != NULL)
    {
      g_signal_emit (self, signals[MESSAGE], 0, value);
      return;
    }

  g_prefix_error (&error, "Message %" G_GUINT64_FORMAT ": ",
                  mullion_message_reader_get_count (self->reader));
  error_cb (error, self);
}

static void
ended_cb (const GError *reason,
          gpointer      owner)
{
  g_autoptr(MullionMessageStream) self = g_object_ref (owner);
  g_autoptr(GError) error = NULL;

  if (reason != NULL)
    error = g_error_new (MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                         "No message can be read any more: %s", reason->message);

  g_clear_pointer (&self->reader, mullion_message_reader_close_stream);
  g_signal_emit (self, signals[CLOSED], 0, error);
}

static void
drained_cb (gpointer owner)
{
  g_autoptr(MullionMessageStream) self = g_object_ref (owner);

  g_signal_emit (self, signals[DRAINED], 0);
}

static const MullionMessageReaderFuncs reader_funcs = {
  .message = message_cb,
  .error = error_cb,
  .ended = ended_cb,
};

static void
mullion_message_stream_dispose (GObject *object)
{
  MullionMessageStream *self = MULLION_MESSAGE_STREAM (object);

  g_clear_pointer (&self->reader, mullion_message_reader_close);
  g_clear_pointer (&self->writer, mullion_message_writer_close);

  G_OBJECT_CLASS (mullion_message_stream_parent_class)->dispose (object);
}

static guint
add_signal (MullionMessageStreamClass *klass,
            const char                *name,
            guint                      n_params,
            GType                      type)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_params, type | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mullion_message_stream_class_init (MullionMessageStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_message_stream_dispose;

  /**
   * MullionMessageStream::message:
   * @self: the stream
   * @value: (transfer none): what the other end sent
   *
   * A message came.
   *
   * Since: 0.1
   */
  signals[MESSAGE] = add_signal (klass, "message", 1, JSON_TYPE_NODE);

  /**
   * MullionMessageStream::error:
   * @self: the stream
   * @error: an error of %MULLION_MESSAGE_ERROR, which names the message by its number, from 1
   *
   * A message was lost, and the stream goes on.
   *
   * Since: 0.1
   */
  signals[ERROR] = add_signal (klass, "error", 1, G_TYPE_ERROR);

  /**
   * MullionMessageStream::closed:
   * @self: the stream
   * @error: (nullable): why, if it is not that the other end closed its output
   *
   * Nothing more will come. It may still be possible to send.
   *
   * Since: 0.1
   */
  signals[CLOSED] = add_signal (klass, "closed", 1, G_TYPE_ERROR);

  /**
   * MullionMessageStream::drained:
   * @self: the stream
   *
   * Of what had been waiting to be sent, little is left: whoever stopped may go on. It comes when
   * more than 256 KiB had been waiting, or a message was refused.
   *
   * Since: 0.1
   */
  signals[DRAINED] = g_signal_new ("drained", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mullion_message_stream_init (MullionMessageStream *self)
{
  self->max_size = MULLION_MESSAGE_STREAM_MAX_SIZE;
}

/**
 * mullion_message_stream_new:
 * @input: (transfer none): where messages come from
 * @output: (transfer none): where they go to
 * @framing: how they are told apart, in both directions
 *
 * Makes a stream of messages. Nobody else may read or write the two streams then.
 *
 * Returns: (transfer full): the stream
 *
 * Since: 0.1
 */
MullionMessageStream *
mullion_message_stream_new (GInputStream   *input,
                            GOutputStream  *output,
                            MullionFraming  framing)
{
  MullionMessageStream *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (input), NULL);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (output), NULL);

  self = g_object_new (MULLION_TYPE_MESSAGE_STREAM, NULL);
  self->reader = mullion_message_reader_new (input, framing, &reader_funcs, self);
  self->writer = mullion_message_writer_new (output, framing, drained_cb, self);

  return self;
}

/**
 * mullion_message_stream_new_for_child:
 * @child: a process whose standard input and output are pipes
 * @framing: how messages are told apart
 *
 * Makes a stream of messages over the standard input and output of a process.
 *
 * Returns: (transfer full): the stream
 *
 * Since: 0.1
 */
MullionMessageStream *
mullion_message_stream_new_for_child (MullionChildProcess *child,
                                      MullionFraming       framing)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (child), NULL);

  return mullion_message_stream_new (mullion_child_process_get_stdout (child),
                                     mullion_child_process_get_stdin (child), framing);
}

static gboolean
send (MullionMessageStream  *self,
      JsonNode              *value,
      GError               **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (!mullion_plain_json_write (text, value, error))
    return FALSE;

  if (text->len > self->max_size)
    {
      g_set_error (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_TOO_LARGE,
                   "A message of %" G_GSIZE_FORMAT " bytes is over the limit of %" G_GSIZE_FORMAT
                   " bytes", text->len, self->max_size);
      return FALSE;
    }

  if (self->writer == NULL)
    {
      g_set_error_literal (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_CLOSED,
                           "No message can be sent any more: this end was closed");
      return FALSE;
    }

  return mullion_message_writer_send (self->writer, text->str, text->len, error);
}

/**
 * mullion_message_stream_send:
 * @self: a stream
 * @value: (nullable) (transfer full): a value; %NULL is null
 * @error: return location for an error
 *
 * Sends a message, or keeps it until the other end reads. That it was read, or even written, is not
 * known then: see [method@MessageStream.send_async].
 *
 * Returns: whether the message is on its way; %FALSE with an error of %MULLION_MESSAGE_ERROR: it is
 *   too large, too much is waiting, the value is none of JSON, or nobody reads any more
 *
 * Since: 0.1
 */
gboolean
mullion_message_stream_send (MullionMessageStream  *self,
                             JsonNode              *value,
                             GError               **error)
{
  g_autoptr(JsonNode) owned_value = value;

  g_return_val_if_fail (MULLION_IS_MESSAGE_STREAM (self), FALSE);

  return send (self, value, error);
}

/**
 * mullion_message_stream_send_async:
 * @self: a stream
 * @value: (nullable) (transfer full): a value; %NULL is null
 * @cancellable: (nullable): stops the waiting; the message is sent all the same
 * @callback: (scope async): called when the message was written, or cannot be
 * @user_data: for @callback
 *
 * Sends a message as [method@MessageStream.send] does, and tells when the system has taken all of it.
 *
 * Since: 0.1
 */
void
mullion_message_stream_send_async (MullionMessageStream *self,
                                   JsonNode             *value,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  g_autoptr(JsonNode) owned_value = value;
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (MULLION_IS_MESSAGE_STREAM (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_message_stream_send_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  if (!send (self, value, &error))
    g_task_return_error (task, error);
  else
    mullion_message_writer_await (self->writer, g_steal_pointer (&task));
}

/**
 * mullion_message_stream_send_finish:
 * @self: a stream
 * @result: the result that the callback got
 * @error: return location for an error
 *
 * Asks what became of a message.
 *
 * Returns: whether it was written
 *
 * Since: 0.1
 */
gboolean
mullion_message_stream_send_finish (MullionMessageStream  *self,
                                    GAsyncResult          *result,
                                    GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mullion_message_stream_end:
 * @self: a stream
 *
 * Says that no message will be sent any more: the output is closed when all that waits is written.
 * Messages still come in.
 *
 * Since: 0.1
 */
void
mullion_message_stream_end (MullionMessageStream *self)
{
  g_return_if_fail (MULLION_IS_MESSAGE_STREAM (self));

  if (self->writer != NULL)
    mullion_message_writer_end (self->writer);
}

/**
 * mullion_message_stream_close:
 * @self: a stream
 *
 * Closes both directions at once. What waits is lost, and no signal comes any more.
 *
 * Since: 0.1
 */
void
mullion_message_stream_close (MullionMessageStream *self)
{
  g_return_if_fail (MULLION_IS_MESSAGE_STREAM (self));

  g_clear_pointer (&self->reader, mullion_message_reader_close_stream);
  g_clear_pointer (&self->writer, mullion_message_writer_close_stream);
}

/**
 * mullion_message_stream_get_queued:
 * @self: a stream
 *
 * Gets how much waits to be sent.
 *
 * Returns: a number of bytes
 *
 * Since: 0.1
 */
gsize
mullion_message_stream_get_queued (MullionMessageStream *self)
{
  g_return_val_if_fail (MULLION_IS_MESSAGE_STREAM (self), 0);

  return self->writer != NULL ? mullion_message_writer_get_queued (self->writer) : 0;
}

/**
 * mullion_message_stream_set_max_queued:
 * @self: a stream
 * @max_queued: a number of bytes, 32 MiB at first
 *
 * Limits how much may wait to be sent. One message may always wait, so that a large one can be sent.
 *
 * Since: 0.1
 */
void
mullion_message_stream_set_max_queued (MullionMessageStream *self,
                                       gsize                 max_queued)
{
  g_return_if_fail (MULLION_IS_MESSAGE_STREAM (self));

  if (self->writer != NULL)
    mullion_message_writer_set_max_queued (self->writer, max_queued);
}

/**
 * mullion_message_stream_set_max_size:
 * @self: a stream
 * @max_size: a number of bytes, %MULLION_MESSAGE_STREAM_MAX_SIZE at first
 *
 * Limits the size of one message, in both directions.
 *
 * Since: 0.1
 */
void
mullion_message_stream_set_max_size (MullionMessageStream *self,
                                     gsize                 max_size)
{
  g_return_if_fail (MULLION_IS_MESSAGE_STREAM (self));
  g_return_if_fail (max_size > 0 && max_size <= G_MAXUINT32 / 2);

  self->max_size = max_size;
  if (self->reader != NULL)
    mullion_message_reader_set_max_size (self->reader, max_size);
}

/**
 * mullion_message_stream_set_reading:
 * @self: a stream
 * @reading: whether messages are read
 *
 * Stops and goes on. What is not read waits, and its sender with it; that the other end has gone is
 * not noticed meanwhile.
 *
 * Since: 0.1
 */
void
mullion_message_stream_set_reading (MullionMessageStream *self,
                                    gboolean              reading)
{
  g_return_if_fail (MULLION_IS_MESSAGE_STREAM (self));

  if (self->reader != NULL)
    mullion_message_reader_set_reading (self->reader, !!reading);
}
