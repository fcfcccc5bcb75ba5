/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has @view remember the press of the first button, while it is held down in it. */
void      mullion_held_press_watch (GtkWidget *view);

/* (transfer full) (nullable): the press, which is then used up */
GdkEvent *mullion_held_press_take  (GtkWidget *view);

G_END_DECLS
