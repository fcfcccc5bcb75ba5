/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

typedef struct _MullionDesktopListeners MullionDesktopListeners;

/* @module: (unowned): what the channel is called after */
MullionDesktopListeners *mullion_desktop_listeners_new    (const char              *module);
void                     mullion_desktop_listeners_free   (MullionDesktopListeners *self);
void                     mullion_desktop_listeners_add    (MullionDesktopListeners *self,
                                                           MullionWebFrameMain     *frame,
                                                           const char              *event);
void                     mullion_desktop_listeners_remove (MullionDesktopListeners *self,
                                                           MullionWebFrameMain     *frame,
                                                           const char              *event);
/* @details: (nullable) (transfer full): what comes after the event's name. @frame: (nullable): all */
void                     mullion_desktop_listeners_tell   (MullionDesktopListeners *self,
                                                           MullionWebFrameMain     *frame,
                                                           const char              *event,
                                                           JsonArray               *details);
/* Tells of the signal @event of @source, with what it carries. */
void                     mullion_desktop_listeners_follow (MullionDesktopListeners *self,
                                                           gpointer                 source,
                                                           const char              *event);

G_END_DECLS
