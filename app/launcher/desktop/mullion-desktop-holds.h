/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

/* What documents hold outside of their process, each thing by a name. */
typedef struct _MullionDesktopHolds MullionDesktopHolds;

typedef void (*MullionDesktopRelease) (const char *name);

MullionDesktopHolds *mullion_desktop_holds_new    (MullionDesktopRelease  release);
/* Releases what is held still. */
void                 mullion_desktop_holds_free   (MullionDesktopHolds   *self);
/* Until the document of @frame, (nullable), is gone, which it may be already. */
void                 mullion_desktop_holds_add    (MullionDesktopHolds   *self,
                                                   MullionWebFrameMain   *frame,
                                                   const char            *name);
gboolean             mullion_desktop_holds_has    (MullionDesktopHolds   *self,
                                                   const char            *name);
guint                mullion_desktop_holds_count  (MullionDesktopHolds   *self);
/* Returns: whether there was one */
gboolean             mullion_desktop_holds_remove (MullionDesktopHolds   *self,
                                                   const char            *name);
void                 mullion_desktop_holds_clear  (MullionDesktopHolds   *self);

G_END_DECLS
