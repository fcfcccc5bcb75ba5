/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* Ends a call that has nothing to say but that it is done, or @error: (transfer full) (nullable). */
void gallery_reply      (MullionIpcMainInvokeEvent *event,
                         GError                    *error);

/* Tells all pages, in all windows; @args is (transfer full). */
void gallery_tell_pages (const char                *channel,
                         JsonArray                 *args);

G_END_DECLS
