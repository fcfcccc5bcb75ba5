/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-channel-set.h"
#include "mullion-grants.h"

G_BEGIN_DECLS

typedef struct
{
  char *origin; /* (nullable): the app's own */
  char *channel;
  MullionGrantFrames frames;
} MullionGrant;

gboolean            mullion_grants_try_add        (MullionGrants       *self,
                                                   const char          *channel,
                                                   const char          *origin,
                                                   MullionGrantFrames   frames,
                                                   GError             **error);
/* Adds a channel that a page used. */
void                mullion_grants_record         (MullionGrants       *self,
                                                   const char          *channel,
                                                   const char          *origin,
                                                   MullionGrantFrames   frames);

/* (transfer container): each MullionGrant, in an order that is always the same. */
GPtrArray          *mullion_grants_list           (MullionGrants       *self);
gboolean            mullion_grants_name           (MullionGrants       *self,
                                                   const char          *origin,
                                                   MullionGrantFrames   frame);
/* (transfer full): what documents of @origin may say in such a frame; @is_own: the app's own. */
MullionChannelSet  *mullion_grants_compile        (MullionGrants       *self,
                                                   const char          *origin,
                                                   gboolean             is_own,
                                                   MullionGrantFrames   frame);

/* A number that rises whenever who may say what has changed, of any grants, window or app: what was
 * made of them before has to be made anew. Never 0. */
guint64             mullion_grants_get_epoch      (void);
void                mullion_grants_begin_epoch    (void);

G_END_DECLS
