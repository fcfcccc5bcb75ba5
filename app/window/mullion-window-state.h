/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a window stood and how large it was, for the next run. */
typedef struct
{
  gboolean has_position;        /* whether @x and @y mean anything */
  int x;
  int y;
  int width;                    /* of the window while it is neither maximized nor in full screen */
  int height;
  gboolean is_maximized;
  gboolean is_full_screen;
} MullionWindowState;

gboolean mullion_window_state_load     (MullionWindowState        *self,
                                        const char                *path,
                                        GError                   **error);
gboolean mullion_window_state_save     (const MullionWindowState  *self,
                                        const char                *path,
                                        GError                   **error);
gboolean mullion_window_state_equal    (const MullionWindowState  *self,
                                        const MullionWindowState  *other);

/* Brings the window onto one of @monitors, all of which may have changed since. */
void     mullion_window_state_fit      (MullionWindowState        *self,
                                        const GdkRectangle        *monitors,
                                        guint                      n_monitors);

/* (transfer full): the file for the window that an app calls @name */
char    *mullion_window_state_dup_path (const char                *application_id,
                                        const char                *name);

G_END_DECLS
