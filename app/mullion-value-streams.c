/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-value.h"

#include "mullion-byte-store.h"
#include "mullion-value-tag.h"

/*
 * Streams in messages: GIO's on this side, the web's on that of the page.
 */

/* (nullable) (transfer full) */
static MullionStreamEnd *
dup_stream (JsonNode         *value,
            MullionValueKind  kind)
{
  JsonObject *tag = mullion_value_get_tag (value, kind);

  return tag != NULL ? mullion_byte_store_lookup_stream (tag) : NULL;
}

/**
 * mullion_value_get_input_stream:
 * @value: (nullable): a value
 *
 * Gets a `ReadableStream` of a page, to be read: a [class@ReadableStream].
 *
 * It is the event's: keep it with a reference to read it after the event is gone. One that nobody
 * takes or keeps is cancelled then. A value whose stream was not taken can be passed on, to the same
 * page or to another, and then the bytes do not pass through the main process.
 *
 * Returns: (transfer none) (nullable): the stream; %NULL if @value is none, or was sent on
 *
 * Since: 0.1
 */
GInputStream *
mullion_value_get_input_stream (JsonNode *value)
{
  g_autoptr(MullionStreamEnd) stream = dup_stream (value, MULLION_VALUE_READABLE_STREAM);

  return stream != NULL ? mullion_stream_end_get_input (stream) : NULL;
}

/**
 * mullion_value_new_input_stream:
 * @stream: what a page shall read
 *
 * Makes a `ReadableStream`. It can be sent once, to one page.
 *
 * @stream is read when the page reads, asynchronously and in the main loop, up to 4 MiB ahead of it;
 * nobody else should read it. It is closed when it is at its end, when it fails, and when the page
 * cancels its stream, navigates, closes or crashes; a read that is on its way is cancelled before.
 * When it fails the page's stream does, with an `Error` that has the message of the GError, its
 * domain and its code. [class@StreamSource] is a stream whose bytes a function makes.
 *
 * Returns: (transfer full): a value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_input_stream (GInputStream *stream)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  return mullion_byte_store_add_stream (mullion_stream_end_new_input (stream));
}

/**
 * mullion_value_get_output_stream:
 * @value: (nullable): a value
 *
 * Gets a `WritableStream` of a page, to be written: a [class@WritableStream].
 *
 * It is the event's, as with [func@value_get_input_stream]. One that nobody takes or keeps is
 * aborted.
 *
 * Returns: (transfer none) (nullable): the stream; %NULL if @value is none, or was sent on
 *
 * Since: 0.1
 */
GOutputStream *
mullion_value_get_output_stream (JsonNode *value)
{
  g_autoptr(MullionStreamEnd) stream = dup_stream (value, MULLION_VALUE_WRITABLE_STREAM);

  return stream != NULL ? mullion_stream_end_get_output (stream) : NULL;
}

/**
 * mullion_value_new_output_stream:
 * @stream: what a page shall write to
 *
 * Makes a `WritableStream`. It can be sent once, to one page.
 *
 * What the page writes is written to @stream, asynchronously and in the main loop; a page that is
 * faster waits. When the page closes its stream @stream is closed, and the page hears that it is.
 * When the page aborts its stream, navigates, closes or crashes before that, @stream is closed with a
 * cancellable that was cancelled, for which the streams of [iface@Gio.File] keep the file as it was.
 * When @stream fails the page's stream does, with the message of the GError, its domain and its code.
 *
 * Returns: (transfer full): a value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_output_stream (GOutputStream *stream)
{
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  return mullion_byte_store_add_stream (mullion_stream_end_new_output (stream));
}
