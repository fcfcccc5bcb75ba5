/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "mullion-side.h"

G_BEGIN_DECLS

/* Makes texts of the nodes below @body that are the places of texts in @side. Returns FALSE when one
 * of them is none. */
gboolean mullion_long_text_receive (JsonNode    *body,
                                    GBytes      *side,
                                    GError     **error);

/* A MullionJsonTextFunc, whose data are MullionAttachments: a long text is put into the side area,
 * where it must stay until that is sent. */
gboolean mullion_long_text_write   (GString     *out,
                                    const char  *text,
                                    gpointer     attachments);

G_END_DECLS
