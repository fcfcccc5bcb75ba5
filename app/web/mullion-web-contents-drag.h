/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
gboolean mullion_web_contents_start_drag (MullionWebContents  *self,
                                          const char *const   *files,
                                          const char          *icon,
                                          GError             **error);

G_END_DECLS
