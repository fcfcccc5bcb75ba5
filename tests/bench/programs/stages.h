/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

#define STAGES_TITLE "Start-up"
#define STAGES_WIDTH 800
#define STAGES_HEIGHT 600

char *stages_dup_folder (void);
void  stages_watch      (WebKitWebView *view);

G_END_DECLS
