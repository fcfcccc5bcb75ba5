/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "desktop/mullion-desktop.h"

G_BEGIN_DECLS

typedef struct _MullionDesktopOpening MullionDesktopOpening;

MullionDesktopOpening *mullion_desktop_opening_new         (MullionDesktop        *desktop);
void                   mullion_desktop_opening_free        (MullionDesktopOpening *self);
MullionDesktop        *mullion_desktop_opening_get_desktop (MullionDesktopOpening *self);
/* The document begins to listen: it is told what has waited for somebody to do so. */
void                   mullion_desktop_opening_hand_over   (MullionDesktopOpening *self,
                                                            MullionWebFrameMain   *frame,
                                                            const char            *event);

G_END_DECLS
