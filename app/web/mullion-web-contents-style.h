/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
char *mullion_web_contents_insert_css (MullionWebContents  *self,
                                       const char          *css,
                                       JsonObject          *options,
                                       GError             **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_remove_inserted_css (MullionWebContents *self,
                                                   const char         *key);

G_END_DECLS
