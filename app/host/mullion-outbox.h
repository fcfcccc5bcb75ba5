/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

typedef struct _MullionOutbox MullionOutbox;

MullionOutbox *mullion_outbox_new   (void);
void           mullion_outbox_free  (MullionOutbox       *self);
/* Takes @args (nullable). */
void           mullion_outbox_put   (MullionOutbox       *self,
                                     const char          *channel,
                                     JsonArray           *args);
void           mullion_outbox_flush (MullionOutbox       *self,
                                     MullionWebFrameMain *frame);
void           mullion_outbox_clear (MullionOutbox       *self);

G_END_DECLS
