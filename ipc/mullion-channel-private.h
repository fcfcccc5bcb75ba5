/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-channel.h"

#include "mullion-frame-reader.h"
#include "mullion-sender.h"

G_BEGIN_DECLS

/* When to look whether a stalled sender can go on: nothing tells. */
#define MULLION_CHANNEL_LOOK_MS 2

struct _MullionChannel
{
  GObject parent_instance;

  int fd;
  GSource *source; /* (nullable): (owned) */
  gpointer fd_tag; /* (nullable): while the loop watches the socket */
  MullionTurn *turn; /* shared with others of the same page */
  MullionTurnMark turn_mark;

  MullionChannelFuncs funcs;
  gpointer user_data;

  MullionFrameReader *reader;
  gboolean is_reading;
  gboolean reads_always;  /* however much is kept */
  gboolean is_finishing;  /* sends what is kept, and ends; holds a reference to itself meanwhile */

  MullionSender *sender;
  gboolean is_above; /* more was queued than the low-water mark, and that is still to be told */

  gboolean may_linger; /* there is a processor for each end */
  gboolean lingers;
  gint64 idle_since;

  GError *reason; /* (nullable): why nothing more can be read or written */
  gboolean closed_told;
};

/* Returns whether there may be more to read. */
gboolean mullion_channel_read_some     (MullionChannel *self);
void     mullion_channel_write_backlog (MullionChannel *self);

G_END_DECLS
