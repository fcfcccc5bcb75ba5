/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-byte-store.h"
#include "mullion-frame-ports.h"
#include "mullion-types.h"
#include "mullion-wire.h"

G_BEGIN_DECLS

/* The messages of a frame that are still to be handed out. */
typedef struct
{
  MullionWebFrameMain *sender; /* (owned) */
  MullionByteHold *hold;       /* (owned) (nullable): their binary values */
  MullionFramePorts *ports;    /* (owned) (nullable): their sockets */
  guint64 sync_id;             /* what the sender of the last one waits for, or 0 */
  JsonArray *messages;         /* (owned): of the frame, which somebody else frees little by little */
  guint next;
} MullionBatch;

/* @hold: (nullable)
 * @ports: (nullable) */
MullionBatch *mullion_batch_new  (MullionWebFrameMain *sender,
                                  MullionByteHold     *hold,
                                  MullionFramePorts   *ports,
                                  guint64              sync_id,
                                  JsonArray           *messages,
                                  guint                first);
/* (transfer full) (nullable): the next message; NULL after the last one. */
JsonNode     *mullion_batch_take (MullionBatch        *self,
                                  guint64             *sync_id);
void          mullion_batch_free (MullionBatch        *self);

G_END_DECLS
