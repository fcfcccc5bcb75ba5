/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-batch.h"
#include "mullion-channel.h"
#include "mullion-frame-job.h"
#include "mullion-frame-ports.h"
#include "mullion-page-host.h"
#include "mullion-port-quota.h"
#include "mullion-recorder.h"
#include "mullion-remains.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Below GDK's painting: a page that floods us slows its own messages down, not the window. */
#define MULLION_PAGE_HOST_PRIORITY (GDK_PRIORITY_REDRAW + 5)

struct _MullionPageHost
{
  GObject parent_instance;

  MullionWebContents *contents; /* (unowned): owns us; NULL when closed */
  MullionChannel *channel;
  guint64 page_id; /* WebKit's number of the page, another one in each process */
  MullionRecorder *recorder; /* (nullable): writes down all that passes here */

  GHashTable *documents; /* document → MullionWebFrameMain */
  MullionWebFrameMain *main_frame; /* (nullable) */
  guint64 last_document;

  GString *batch; /* messages for batch_document that wait for the end of the turn */
  guint64 batch_document;
  MullionAttachments beside; /* the binary values and streams of the batch */
  GSource *flush_source; /* (nullable) */
  MullionByteHold *hold; /* (nullable): (unowned): of the frame that is handled */
  MullionFramePorts *ports; /* (nullable): (unowned): of the same frame */
  MullionPortQuota *port_quota;
  int dispatch_depth; /* of the main loop, while a frame is handled; else 0 */

  /* What has come in and is put off. */
  MullionFrameJob *job;   /* (nullable): a frame that a thread reads */
  GQueue batches;         /* of MullionBatch: messages for the next turns */
  MullionRemains *remains; /* values that are to be freed */
  GSource *work_source;   /* (nullable): while there is some of these two */
  gboolean is_paused;     /* the channel is not read meanwhile */
  GError *end_reason;     /* (nullable): of the channel, which ended meanwhile */

  gint64 drain_end;       /* no turn ends before; else 0 */
  gint64 drain_allowance; /* how long the page may be heard at once, in µs, when … */
  gint64 drained;         /* … it last was, in monotonic time */
};

extern const MullionChannelFuncs mullion_page_host_channel_funcs;

/* Sends what waits for the end of the turn. */
void mullion_page_host_flush (MullionPageHost *self);

G_END_DECLS
