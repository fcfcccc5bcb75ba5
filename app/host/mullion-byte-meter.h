/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many bytes of one page are kept alive here. */
typedef struct
{
  gsize n_bytes; /* atomic */
} MullionByteMeter;

/* A page of which more than this waits here is cut off: two of the largest frames. */
#define MULLION_BYTE_METER_LIMIT ((gsize) 2 * 1024 * 1024 * 1024)

MullionByteMeter *mullion_byte_meter_new     (void);
MullionByteMeter *mullion_byte_meter_ref     (MullionByteMeter  *self);
void              mullion_byte_meter_unref   (MullionByteMeter  *self);

/* FALSE, and nothing is counted, when that would be too many. In any thread, as all of these. */
gboolean          mullion_byte_meter_take    (MullionByteMeter  *self,
                                              gsize              n_bytes,
                                              GError           **error);
void              mullion_byte_meter_release (MullionByteMeter  *self,
                                              gsize              n_bytes);
/* (transfer full) (nullable): @bytes, which count from now until they are freed; NULL when they
 * would be too many. */
GBytes           *mullion_byte_meter_count   (MullionByteMeter  *self,
                                              GBytes            *bytes,
                                              GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionByteMeter, mullion_byte_meter_unref)

G_END_DECLS
