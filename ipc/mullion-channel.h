/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "mullion-frame.h"
#include "mullion-side.h"
#include "mullion-turn.h"

G_BEGIN_DECLS

#define MULLION_TYPE_CHANNEL (mullion_channel_get_type ())

G_DECLARE_FINAL_TYPE (MullionChannel, mullion_channel, MULLION, CHANNEL, GObject)

#define MULLION_CHANNEL_ERROR (mullion_channel_error_quark ())

typedef enum
{
  MULLION_CHANNEL_ERROR_CLOSED,    /* the other end went away, or we closed */
  MULLION_CHANNEL_ERROR_MALFORMED, /* the other end broke the rules of the wire */
  MULLION_CHANNEL_ERROR_TOO_LARGE, /* what we were asked to send is over a limit */
  MULLION_CHANNEL_ERROR_TIMED_OUT,
} MullionChannelError;

GQuark mullion_channel_error_quark (void);

typedef struct
{
  /* A frame came. It is the channel's and lives until the function returns; its ports may be
   * stolen, and any of its parts referenced. */
  void (*frame)  (MullionChannel     *channel,
                  const MullionFrame *frame,
                  gpointer            user_data);
  /* Nothing will come any more. Called once, never from inside a call to the channel. */
  void (*closed) (MullionChannel     *channel,
                  const GError       *reason,
                  gpointer            user_data);
  /* (nullable): The other end has taken so much that not more than MULLION_CHANNEL_LOW_WATER is
   * left of what had been queued above that. Never called from inside a call to the channel. */
  void (*drained) (MullionChannel    *channel,
                   gpointer           user_data);
} MullionChannelFuncs;

/* Whoever makes data faster than they are taken makes more of them at this many queued bytes. */
#define MULLION_CHANNEL_LOW_WATER (256u * 1024)

MullionChannel *mullion_channel_new            (int                        fd,
                                                const MullionChannelFuncs *funcs,
                                                gpointer                   user_data);
void            mullion_channel_attach         (MullionChannel            *self,
                                                int                        priority);
/* What the channel shares with others from now on; at first it has a turn of its own. */
void            mullion_channel_set_turn       (MullionChannel            *self,
                                                MullionTurn               *turn);
/* The same of the memory of large frames that come in; at first that has no limit but a frame's own. */
void            mullion_channel_set_budget     (MullionChannel            *self,
                                                MullionFrameBudget        *budget);
/* (transfer none) */
MullionTurn    *mullion_channel_get_turn       (MullionChannel            *self);
/* Who hears of the channel from now on. */
void            mullion_channel_set_owner      (MullionChannel            *self,
                                                const MullionChannelFuncs *funcs,
                                                gpointer                   user_data);
/* Hands out what has come until now, and does not wait for the loop. Who goes on sending is left at
 * @end, in monotonic time, but not before something was heard. Returns whether there may be more. */
gboolean        mullion_channel_drain          (MullionChannel            *self,
                                                gint64                     end);
void            mullion_channel_close          (MullionChannel            *self);
/* The same, but what was sent still goes out first. The owner hears nothing any more, and may let go
 * at once. For a channel that is attached. */
void            mullion_channel_finish         (MullionChannel            *self);
/* Takes the socket out, so that another can go on with it, and ends the channel. -1 if something
 * of it is still here: a frame that was not sent or not handed out, or a part of one. */
int             mullion_channel_steal_fd       (MullionChannel            *self);
gboolean        mullion_channel_is_open        (MullionChannel            *self);
GPid            mullion_channel_get_peer_pid   (MullionChannel            *self);
/* What the body of a frame that comes in may have: MULLION_WIRE_MAX_LENGTH at first. */
void            mullion_channel_set_max_length (MullionChannel            *self,
                                                guint32                    max_length);

gboolean        mullion_channel_send           (MullionChannel            *self,
                                                MullionFrameKind           kind,
                                                guint64                    document,
                                                guint64                    id,
                                                const char                *body,
                                                gsize                      length,
                                                GError                   **error);

/* The same with a side area and with ports.
 * @side: (nullable)
 * @ports: (nullable) (transfer full): sockets, closed here when they are sent or refused */
gboolean        mullion_channel_send_full      (MullionChannel            *self,
                                                MullionFrameKind           kind,
                                                guint64                    document,
                                                guint64                    id,
                                                const char                *body,
                                                gsize                      length,
                                                const MullionSide         *side,
                                                GUnixFDList               *ports,
                                                GError                   **error);

/* What was sent and the socket has not taken, memfds included. */
guint64         mullion_channel_get_queued     (MullionChannel            *self);
/* Whether frames are read and handed out: yes at first. What is not read stays in the socket, and
 * makes the other end wait in its turn; the end of the channel is not noticed meanwhile either. */
void            mullion_channel_set_reading    (MullionChannel            *self,
                                                gboolean                   reading);

/* Whether frames are read even while much waits to be sent: no at first. It is for ends whose owners
 * bound themselves what they send. Two that did not read meanwhile would wait for one another. */
void            mullion_channel_set_reads_always (MullionChannel          *self,
                                                gboolean                   reads_always);

/* For the side that may block, the web process. Both keep reading while they wait, so that two
 * full sockets never wait for one another. */
gboolean        mullion_channel_flush_blocking (MullionChannel            *self,
                                                GError                   **error);
MullionFrame   *mullion_channel_wait_frame     (MullionChannel            *self,
                                                MullionFrameKind           kind,
                                                guint64                    id,
                                                int                        timeout_ms,
                                                GError                   **error);
MullionFrame   *mullion_channel_steal_frame    (MullionChannel            *self,
                                                MullionFrameKind           kind);

G_END_DECLS
