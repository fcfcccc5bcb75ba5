/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*MullionShortcutGrabFunc) (guint           key,
                                         GdkModifierType modifiers);

/* Takes a key from all other programs on an X11 display. @func hears of every key that is taken. */
gboolean mullion_shortcut_grab    (guint                     key,
                                   GdkModifierType           modifiers,
                                   MullionShortcutGrabFunc   func,
                                   GError                  **error);
void     mullion_shortcut_ungrab  (guint                     key,
                                   GdkModifierType           modifiers);

G_END_DECLS
