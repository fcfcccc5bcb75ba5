/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <jsc/jsc.h>

#include "mullion-render-sockets.h"
#include "mullion-stream-writer.h"

G_BEGIN_DECLS

/* The streams of a document that are open: ends of sockets that JavaScript reads or writes, each by
 * a number that is never used again. */
typedef struct _MullionRenderStreams MullionRenderStreams;

MullionRenderStreams *mullion_render_streams_new         (MullionRenderSockets *sockets);
MullionRenderStreams *mullion_render_streams_ref         (MullionRenderStreams *self);
void                  mullion_render_streams_unref       (MullionRenderStreams *self);

/* @changed: a function that gets the number of a stream that has bytes, has room, or is over */
void                  mullion_render_streams_listen      (MullionRenderStreams *self,
                                                          JSCValue             *changed);
/* The document ends, and all of its streams do. */
void                  mullion_render_streams_close       (MullionRenderStreams *self);

/* @socket: the number of one that nobody opened. Returns the stream's; 0 when there is no such. */
guint                 mullion_render_streams_open        (MullionRenderStreams *self,
                                                          guint                 socket,
                                                          gboolean              writes);
/* (nullable) (unowned): NULL when there is no such stream, or it is of the other kind. */
MullionStreamReader  *mullion_render_streams_find_reader (MullionRenderStreams *self,
                                                          guint                 number);
MullionStreamWriter  *mullion_render_streams_find_writer (MullionRenderStreams *self,
                                                          guint                 number);
void                  mullion_render_streams_remove      (MullionRenderStreams *self,
                                                          guint                 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionRenderStreams, mullion_render_streams_unref)

G_END_DECLS
