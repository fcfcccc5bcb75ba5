/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-page-host.h"

G_BEGIN_DECLS

gboolean mullion_message_route (MullionPageHost     *host,
                                MullionWebFrameMain *frame,
                                JsonNode            *message,
                                guint64              sync_id,
                                GError             **error);

G_END_DECLS
