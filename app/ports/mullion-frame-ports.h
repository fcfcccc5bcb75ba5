/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-frame.h"

G_BEGIN_DECLS

/* The sockets that a frame brought, until its messages take them. Counted; those that nobody took are
 * closed in the end. */
typedef struct _MullionFramePorts MullionFramePorts;

/* (transfer full) (nullable): takes the sockets of @frame; NULL when it has none. */
MullionFramePorts *mullion_frame_ports_new   (const MullionFrame  *frame);
MullionFramePorts *mullion_frame_ports_ref   (MullionFramePorts   *self);
void               mullion_frame_ports_unref (MullionFramePorts   *self);
/* -1 if there is none at @index, or not any more. @self: (nullable) */
int                mullion_frame_ports_take  (MullionFramePorts   *self,
                                              gint64               index);
/* Whether each was taken: no page of ours sends one for nothing. @self: (nullable) */
gboolean           mullion_frame_ports_check (MullionFramePorts   *self,
                                              GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionFramePorts, mullion_frame_ports_unref)

G_END_DECLS
