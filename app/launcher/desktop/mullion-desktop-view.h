/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "desktop/mullion-desktop.h"

G_BEGIN_DECLS

/* One page of the module `views`. */
typedef struct _MullionDesktopView MullionDesktopView;

/* Its page has closed itself, or the document that made it is gone: @view is to be freed. */
typedef void (*MullionDesktopViewEnded) (MullionDesktopView *view,
                                         gpointer            user_data);

/* @origins: (transfer none): as the web writes them; they stay until the view is freed
 * @frame: of the document that makes it */
MullionDesktopView     *mullion_desktop_view_new          (MullionDesktop           *desktop,
                                                           const char *const        *origins,
                                                           MullionWebFrameMain      *frame,
                                                           MullionDesktopViewEnded   ended,
                                                           gpointer                  user_data);
/* Takes it out of its window; its page ends. */
void                    mullion_desktop_view_free         (MullionDesktopView       *self);

/* That of its web contents. */
guint                   mullion_desktop_view_get_number   (MullionDesktopView       *self);
MullionWebFrameMain    *mullion_desktop_view_get_frame    (MullionDesktopView       *self);
MullionWebContentsView *mullion_desktop_view_get_widget   (MullionDesktopView       *self);
MullionWebContents     *mullion_desktop_view_get_contents (MullionDesktopView       *self);

/* Loads a page that it may show; an address may be relative to that of the document. */
gboolean                mullion_desktop_view_load         (MullionDesktopView       *self,
                                                           const char               *url,
                                                           GError                  **error);
/* As if its page had closed itself. */
void                    mullion_desktop_view_close        (MullionDesktopView       *self);

G_END_DECLS
