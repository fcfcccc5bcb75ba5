/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 id;                /* the page's number of the call */
  GCancellable *cancellable; /* (atomic) (nullable) until somebody asks for it */
  int is_cancelled;          /* (atomic) */
} MullionCall;

MullionCall  *mullion_call_new             (guint64      id);
MullionCall  *mullion_call_ref             (MullionCall *self);
void          mullion_call_unref           (MullionCall *self);
GCancellable *mullion_call_get_cancellable (MullionCall *self);
void          mullion_call_cancel          (MullionCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionCall, mullion_call_unref)

G_END_DECLS
