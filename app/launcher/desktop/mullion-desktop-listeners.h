/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <mullion.h>

G_BEGIN_DECLS

typedef struct _MullionDesktopListeners MullionDesktopListeners;

/* @module: (unowned): what the channel is called after */
MullionDesktopListeners *mullion_desktop_listeners_new    (const char              *module);
void                     mullion_desktop_listeners_free   (MullionDesktopListeners *self);
/* @source: (nullable): the object whose signal @event the document wants to hear of, with what it
 * carries; without it, it hears what is told below. */
void                     mullion_desktop_listeners_add    (MullionDesktopListeners *self,
                                                           MullionWebFrameMain     *frame,
                                                           const char              *event,
                                                           gpointer                 source);
void                     mullion_desktop_listeners_remove (MullionDesktopListeners *self,
                                                           MullionWebFrameMain     *frame,
                                                           const char              *event);
gboolean                 mullion_desktop_listeners_has    (MullionDesktopListeners *self,
                                                           const char              *event);
/* @details: (nullable) (transfer full): what comes after the event's name. @frame: (nullable): all */
void                     mullion_desktop_listeners_tell   (MullionDesktopListeners *self,
                                                           MullionWebFrameMain     *frame,
                                                           const char              *event,
                                                           JsonArray               *details);

G_END_DECLS
