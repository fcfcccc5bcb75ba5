/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "mullion-side.h"
#include "mullion-wire.h"

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

/* A frame that came in. @body is followed by a NUL that does not count. The side area is the bytes
 * from @data on, unless there is a @side_fd. */
typedef struct
{
  MullionFrameHeader header;
  int side_fd; /* (owned): a memfd that was checked, or -1 */
  char *body;
  char data[];
} MullionFrame;

typedef struct
{
  /* A frame came. It is the channel's and lives until the function returns. */
  void (*frame)  (MullionChannel     *channel,
                  const MullionFrame *frame,
                  gpointer            user_data);
  /* Nothing will come any more. Called once, never from inside a call to the channel. */
  void (*closed) (MullionChannel     *channel,
                  const GError       *reason,
                  gpointer            user_data);
} MullionChannelFuncs;

MullionChannel *mullion_channel_new            (int                        fd,
                                                const MullionChannelFuncs *funcs,
                                                gpointer                   user_data);
void            mullion_channel_attach         (MullionChannel            *self,
                                                int                        priority);
void            mullion_channel_drain          (MullionChannel            *self);
void            mullion_channel_close          (MullionChannel            *self);
gboolean        mullion_channel_is_open        (MullionChannel            *self);
GPid            mullion_channel_get_peer_pid   (MullionChannel            *self);

gboolean        mullion_channel_send           (MullionChannel            *self,
                                                MullionFrameKind           kind,
                                                guint64                    document,
                                                guint64                    id,
                                                const char                *body,
                                                gsize                      length,
                                                GError                   **error);

/* The same with a @side area. */
gboolean        mullion_channel_send_with_side (MullionChannel            *self,
                                                MullionFrameKind           kind,
                                                guint64                    document,
                                                guint64                    id,
                                                const char                *body,
                                                gsize                      length,
                                                const MullionSide         *side,
                                                GError                   **error);

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

/* (transfer full) (nullable): the side area of a frame, without a copy if it is large. */
GBytes         *mullion_frame_dup_side         (const MullionFrame        *frame,
                                                GError                   **error);
void            mullion_frame_free             (MullionFrame              *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionFrame, mullion_frame_free)

G_END_DECLS
