/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

/* Has the contents emit `context-menu` when the user asks @view for one. */
void mullion_context_menu_watch (MullionWebContents *contents,
                                 WebKitWebView      *view);

G_END_DECLS
