/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _DriverDisplay DriverDisplay;

/* @name: such as ":0" */
DriverDisplay *driver_display_open         (const char     *name,
                                            GError        **error);
void           driver_display_close        (DriverDisplay  *self);

/* What is typed goes to this window. */
void           driver_display_focus        (DriverDisplay  *self,
                                            gulong          window);

/* To a place in a window, in pixels. */
gboolean       driver_display_move_pointer (DriverDisplay  *self,
                                            gulong          window,
                                            int             x,
                                            int             y,
                                            GError        **error);
void           driver_display_press_button (DriverDisplay  *self,
                                            guint           button,
                                            gboolean        is_down);

/* Whether a key of the keyboard gives @keysym. One that does not can borrow a key that is free,
 * till driver_display_return_keys (): FALSE when none is left. */
gboolean       driver_display_borrow_key   (DriverDisplay  *self,
                                            gulong          keysym);
void           driver_display_return_keys  (DriverDisplay  *self);

/* Presses a key alone; shift where the character needs it is the caller's business. */
gboolean       driver_display_press_key    (DriverDisplay  *self,
                                            gulong          keysym,
                                            gboolean        is_down);
gboolean       driver_display_needs_shift  (DriverDisplay  *self,
                                            gulong          keysym);

/* (transfer full): see driver_picture_take () */
GBytes        *driver_display_take_picture (DriverDisplay  *self,
                                            gulong          window,
                                            int             pid,
                                            GError        **error);

/* Returns once the display has handled what it was sent. */
void           driver_display_sync         (DriverDisplay  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DriverDisplay, driver_display_close)

G_END_DECLS
