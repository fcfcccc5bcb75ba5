/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <webkit/webkit-web-process-extension.h>

G_BEGIN_DECLS

/* Adds to a context menu what the main process's hit test does not know. */
void mullion_context_details_add (WebKitContextMenu      *menu,
                                  WebKitWebHitTestResult *hit,
                                  WebKitScriptWorld      *preload_world);

G_END_DECLS
