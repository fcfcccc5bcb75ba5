/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <jsc/jsc.h>

#include "mullion-channel.h"
#include "mullion-render-sides.h"

G_BEGIN_DECLS

/* The sockets of a document: ends of socket pairs, each with a number that is never used again. One
 * that was not opened can be sent away, with a frame of another or of the page's own channel. */
typedef struct _MullionRenderSockets MullionRenderSockets;

/* What JavaScript hears of the sockets that are open.
 * @frame: number, kind, text, number of the side area, number of the first port, how many ports
 * @drained: number; so much was taken that there is room for more
 * @closed: number; nothing comes any more */
typedef struct
{
  JSCValue *frame;
  JSCValue *drained;
  JSCValue *closed;
} MullionRenderSocketsListener;

MullionRenderSockets *mullion_render_sockets_new      (void);
MullionRenderSockets *mullion_render_sockets_ref      (MullionRenderSockets  *self);
void                  mullion_render_sockets_unref    (MullionRenderSockets  *self);

/* Nothing is heard before. @listener: an object with the functions named above.
 * @sides: (unowned): gets the side areas of frames, and lives until close () */
void                  mullion_render_sockets_listen   (MullionRenderSockets  *self,
                                                       JSCValue              *listener,
                                                       MullionRenderSides    *sides);
/* The document ends, and all of its sockets do. */
void                  mullion_render_sockets_close    (MullionRenderSockets  *self);

/* Keeps the ports of @frame. Returns the number of the first, the others follow; 0 if it has none. */
guint                 mullion_render_sockets_add      (MullionRenderSockets  *self,
                                                       const MullionFrame    *frame);
/* Returns the number of one end, the other has the next number; 0 with an error. */
guint                 mullion_render_sockets_make_pair (MullionRenderSockets *self,
                                                       GError               **error);
/* Frames are heard from now on. FALSE when there is no such socket, or it is open. */
gboolean              mullion_render_sockets_open     (MullionRenderSockets  *self,
                                                       guint                  number);
/* Sends a frame, or keeps what the socket does not take: never waits. CLOSED when the other end is
 * gone. @ports: (nullable) (transfer full) */
gboolean              mullion_render_sockets_send     (MullionRenderSockets  *self,
                                                       guint                  number,
                                                       MullionFrameKind       kind,
                                                       const char            *text,
                                                       const MullionSide     *side,
                                                       GUnixFDList           *ports,
                                                       GError               **error);
void                  mullion_render_sockets_set_reading (MullionRenderSockets *self,
                                                       guint                  number,
                                                       gboolean               reading);
/* What was sent and not yet taken, in bytes. */
guint64               mullion_render_sockets_get_queued (MullionRenderSockets *self,
                                                       guint                  number);
/* What was sent goes on its way nevertheless. */
void                  mullion_render_sockets_remove   (MullionRenderSockets  *self,
                                                       guint                  number);
/* Takes sockets out that were not opened, to be sent away. (transfer full) (nullable): NULL with an
 * error, and none is taken. @numbers: a JavaScript array */
GUnixFDList          *mullion_render_sockets_take     (MullionRenderSockets  *self,
                                                       JSCValue              *numbers,
                                                       GError               **error);

/* The same for one that stays in the document, and counts as one of its sockets until it is given
 * back. Returns its file descriptor, or -1. */
int                   mullion_render_sockets_borrow   (MullionRenderSockets  *self,
                                                       guint                  number);
void                  mullion_render_sockets_give_back (MullionRenderSockets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionRenderSockets, mullion_render_sockets_unref)

G_END_DECLS
