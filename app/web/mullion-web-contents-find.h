/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
guint mullion_web_contents_find_in_page (MullionWebContents  *self,
                                         const char          *text,
                                         JsonObject          *options,
                                         GError             **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_stop_find_in_page (MullionWebContents  *self,
                                                 const char          *action,
                                                 GError             **error);

G_END_DECLS
