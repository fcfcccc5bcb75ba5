/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-child-process.h"

G_BEGIN_DECLS

/**
 * MullionFraming:
 * @MULLION_FRAMING_LINES: each message is a line of its own
 * @MULLION_FRAMING_LENGTH: before each message stands its length in bytes, as 32 bits in the byte
 *   order of the machine: the native messaging of browsers
 * @MULLION_FRAMING_FORM_FEED: behind each message stands a form feed: the library node-ipc
 *
 * How messages are told apart in a stream of bytes.
 *
 * Since: 0.1
 */
typedef enum
{
  MULLION_FRAMING_LINES,
  MULLION_FRAMING_LENGTH,
  MULLION_FRAMING_FORM_FEED,
} MullionFraming;

/**
 * MULLION_MESSAGE_STREAM_MAX_SIZE:
 *
 * The size in bytes of the largest message of a [class@MessageStream], unless the app sets another.
 *
 * Since: 0.1
 */
#define MULLION_MESSAGE_STREAM_MAX_SIZE (16u * 1024 * 1024)

#define MULLION_TYPE_MESSAGE_STREAM (mullion_message_stream_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionMessageStream, mullion_message_stream, MULLION, MESSAGE_STREAM, GObject)

MULLION_AVAILABLE_IN_ALL
MullionMessageStream *mullion_message_stream_new            (GInputStream          *input,
                                                             GOutputStream         *output,
                                                             MullionFraming         framing);
MULLION_AVAILABLE_IN_ALL
MullionMessageStream *mullion_message_stream_new_for_child  (MullionChildProcess   *child,
                                                             MullionFraming         framing);
MULLION_AVAILABLE_IN_ALL
MullionMessageStream *mullion_message_stream_new_for_stdio  (MullionFraming         framing,
                                                             GError               **error);

MULLION_AVAILABLE_IN_ALL
gboolean              mullion_message_stream_send           (MullionMessageStream  *self,
                                                             JsonNode              *value,
                                                             GError               **error);
MULLION_AVAILABLE_IN_ALL
void                  mullion_message_stream_send_async     (MullionMessageStream  *self,
                                                             JsonNode              *value,
                                                             GCancellable          *cancellable,
                                                             GAsyncReadyCallback    callback,
                                                             gpointer               user_data);
MULLION_AVAILABLE_IN_ALL
gboolean              mullion_message_stream_send_finish    (MullionMessageStream  *self,
                                                             GAsyncResult          *result,
                                                             GError               **error);
MULLION_AVAILABLE_IN_ALL
void                  mullion_message_stream_end            (MullionMessageStream  *self);
MULLION_AVAILABLE_IN_ALL
void                  mullion_message_stream_close          (MullionMessageStream  *self);

MULLION_AVAILABLE_IN_ALL
gsize                 mullion_message_stream_get_queued     (MullionMessageStream  *self);
MULLION_AVAILABLE_IN_ALL
void                  mullion_message_stream_set_max_queued (MullionMessageStream  *self,
                                                             gsize                  max_queued);
MULLION_AVAILABLE_IN_ALL
void                  mullion_message_stream_set_max_size   (MullionMessageStream  *self,
                                                             gsize                  max_size);
MULLION_AVAILABLE_IN_ALL
void                  mullion_message_stream_set_reading    (MullionMessageStream  *self,
                                                             gboolean               reading);

G_END_DECLS
