/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

typedef void (*GalleryTick) (MullionWebContents *contents);

/* A timer that belongs to one page: it ends with it, also when the page reloads or closes without
 * a word. @name tells the timers of one page apart. */
void gallery_ticker_start (MullionWebContents *contents,
                           const char         *name,
                           GalleryTick         tick);
void gallery_ticker_stop  (MullionWebContents *contents,
                           const char         *name);

G_END_DECLS
