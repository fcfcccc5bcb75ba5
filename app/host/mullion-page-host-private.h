/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-channel.h"
#include "mullion-page-host.h"

G_BEGIN_DECLS

struct _MullionPageHost
{
  GObject parent_instance;

  MullionWebContents *contents; /* (unowned): owns us; NULL when closed */
  MullionChannel *channel;
  guint64 page_id; /* WebKit's number of the page, another one in each process */

  GHashTable *documents; /* document → MullionWebFrameMain */
  MullionWebFrameMain *main_frame; /* (nullable) */
  guint64 last_document;

  GString *batch; /* messages for batch_document that wait for the end of the turn */
  guint64 batch_document;
  MullionSide *side; /* the binary values of the batch */
  GSource *flush_source; /* (nullable) */
  MullionByteHold *hold; /* (nullable): (unowned): of the frame that is handled */
  int dispatch_depth; /* of the main loop, while a frame is handled; else 0 */
};

extern const MullionChannelFuncs mullion_page_host_channel_funcs;

/* Sends what waits for the end of the turn. */
void mullion_page_host_flush (MullionPageHost *self);

G_END_DECLS
