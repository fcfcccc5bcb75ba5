/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A user's hand on the pointer and the keyboard of a virtual display, by way of xdotool. */
gboolean user_hand_is_there (void);
/* A click at a point of @widget, with button 1, 2 or 3. */
void     user_hand_click    (GtkWidget  *widget,
                             double      x,
                             double      y,
                             guint       button);
/* The first button goes down at a point of @widget, the pointer moves by so many pixels, and the
 * button comes up. */
void     user_hand_grab     (GtkWidget  *widget,
                             double      x,
                             double      y);
void     user_hand_pull     (int         x,
                             int         y);
void     user_hand_let_go   (void);
/* Keys as xdotool writes them, such as "ctrl+shift+k". */
void     user_hand_press    (const char *keys);
/* A key goes down, and comes up. */
void     user_hand_hold     (const char *key);
void     user_hand_release  (const char *key);

G_END_DECLS
