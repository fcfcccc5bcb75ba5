/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-message-splitter.h"

G_BEGIN_DECLS

/* What may wait to be written, unless the app says otherwise. */
#define MULLION_MESSAGE_WRITER_MAX_QUEUED (32u * 1024 * 1024)

/* Writes messages to a stream, and keeps what the other end has not taken yet. */
typedef struct _MullionMessageWriter MullionMessageWriter;

typedef void (*MullionDrainedFunc) (gpointer owner);

/* @drained: the other end has taken nearly all that had been waiting */
MullionMessageWriter *mullion_message_writer_new            (GOutputStream        *stream,
                                                             MullionFraming        framing,
                                                             MullionDrainedFunc    drained,
                                                             gpointer              owner);
/* Gives up what waits, unless the end was asked for, forgets the owner and gives up the caller's
 * reference. */
void                  mullion_message_writer_close          (MullionMessageWriter *self);
/* The same, and closes the stream. */
void                  mullion_message_writer_close_stream   (MullionMessageWriter *self);
void                  mullion_message_writer_set_max_queued (MullionMessageWriter *self,
                                                             gsize                 max_queued);
gsize                 mullion_message_writer_get_queued     (MullionMessageWriter *self);
gboolean              mullion_message_writer_send           (MullionMessageWriter *self,
                                                             const char           *data,
                                                             gsize                 length,
                                                             GError              **error);
/* Returns TRUE to @task, which it takes, when all that was sent until now is written. */
void                  mullion_message_writer_await          (MullionMessageWriter *self,
                                                             GTask                *task);
/* Closes the stream when all is written. */
void                  mullion_message_writer_end            (MullionMessageWriter *self);

G_END_DECLS
