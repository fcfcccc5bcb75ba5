/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-stream-reader.h"

G_BEGIN_DECLS

typedef struct _MullionStreamWriter MullionStreamWriter;

/* Takes @fd. @changed: there is room, or the stream is over */
MullionStreamWriter *mullion_stream_writer_new      (int                          fd,
                                                     int                          priority,
                                                     MullionStreamFunc            changed,
                                                     gpointer                     user_data);
/* What the stream shares with others from now on. */
void                 mullion_stream_writer_set_turn (MullionStreamWriter         *self,
                                                     MullionTurn                 *turn);
/* A stream that has no end yet fails at the other end; one that has goes out whole. */
void                 mullion_stream_writer_free     (MullionStreamWriter         *self);

/* How many bytes may be written at once now; 0 when it must wait. */
gsize                mullion_stream_writer_get_room (MullionStreamWriter         *self);
/* @size: not 0, and not more than there is room for. Returns FALSE when the stream is over. */
gboolean             mullion_stream_writer_write    (MullionStreamWriter         *self,
                                                     const void                  *data,
                                                     gsize                        size);
/* Whether everything that was written is in the socket. */
gboolean             mullion_stream_writer_is_flushed (MullionStreamWriter       *self);
/* Says that nothing more comes. The stream is over when the other end has taken all. */
void                 mullion_stream_writer_end      (MullionStreamWriter         *self);
void                 mullion_stream_writer_fail     (MullionStreamWriter         *self,
                                                     const MullionStreamFailure  *failure);
/* @failure: (out) (optional) (nullable) (transfer none): why, unless the other end has taken all */
gboolean             mullion_stream_writer_is_over  (MullionStreamWriter         *self,
                                                     const MullionStreamFailure **failure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionStreamWriter, mullion_stream_writer_free)

G_END_DECLS
