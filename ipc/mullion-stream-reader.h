/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-channel.h"
#include "mullion-stream-failure.h"

G_BEGIN_DECLS

typedef struct _MullionStreamReader MullionStreamReader;

/* There is something to read, or the stream is over. Called from the main loop, and never from
 * inside a call to the reader or writer, which may be freed in it. */
typedef void (*MullionStreamFunc) (gpointer user_data);

/* Takes @fd. */
MullionStreamReader *mullion_stream_reader_new           (int                          fd,
                                                          int                          priority,
                                                          MullionStreamFunc            changed,
                                                          gpointer                     user_data);
/* What the stream shares with others from now on. */
void                 mullion_stream_reader_set_turn      (MullionStreamReader         *self,
                                                          MullionTurn                 *turn);
/* What is read no further than this is cancelled. */
void                 mullion_stream_reader_free          (MullionStreamReader         *self);

gsize                mullion_stream_reader_get_available (MullionStreamReader         *self);
/* Lets the other end send, for somebody wants to read. */
void                 mullion_stream_reader_start         (MullionStreamReader         *self);
/* Copies up to @size bytes that are there to @to. Returns how many; 0 says nothing of the end. */
gsize                mullion_stream_reader_read          (MullionStreamReader         *self,
                                                          void                        *to,
                                                          gsize                        size);
/* Whether nothing is left, and nothing comes.
 * @failure: (out) (optional) (nullable) (transfer none): why, unless that was the end of all */
gboolean             mullion_stream_reader_is_over       (MullionStreamReader         *self,
                                                          const MullionStreamFailure **failure);
/* Tells the other end that all has been taken. */
void                 mullion_stream_reader_finish        (MullionStreamReader         *self);
/* @failure: why nothing more is wanted */
void                 mullion_stream_reader_cancel        (MullionStreamReader         *self,
                                                          const MullionStreamFailure  *failure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionStreamReader, mullion_stream_reader_free)

G_END_DECLS
