/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
int mullion_web_contents_get_active_index (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
guint mullion_web_contents_get_history_length (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
JsonObject *mullion_web_contents_get_entry_at_index (MullionWebContents *self,
                                                     int                 index);
MULLION_AVAILABLE_IN_ALL
JsonArray *mullion_web_contents_get_all_entries (MullionWebContents *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_can_go_to_offset (MullionWebContents *self,
                                                int                 offset);
MULLION_AVAILABLE_IN_ALL
void mullion_web_contents_go_to_index (MullionWebContents *self,
                                       int                 index);

G_END_DECLS
