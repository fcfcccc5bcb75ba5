/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-app.h"

G_BEGIN_DECLS

#define DRIVER_TYPE_DISPLAY (driver_display_get_type ())
G_DECLARE_DERIVABLE_TYPE (DriverDisplay, driver_display, DRIVER, DISPLAY, GObject)

/* Buttons have the numbers that X11 and GTK have for them; a wheel is four more. */
enum
{
  DRIVER_DISPLAY_WHEEL_UP = 4,
  DRIVER_DISPLAY_WHEEL_DOWN = 5,
  DRIVER_DISPLAY_WHEEL_LEFT = 6,
  DRIVER_DISPLAY_WHEEL_RIGHT = 7,
};

struct _DriverDisplayClass
{
  GObjectClass parent_class;

  const char *name;

  gboolean (*focus)        (DriverDisplay      *self,
                            const DriverPlace  *place,
                            GError            **error);
  gboolean (*move_pointer) (DriverDisplay      *self,
                            const DriverPlace  *place,
                            int                 x,
                            int                 y,
                            GError            **error);
  void     (*press_button) (DriverDisplay      *self,
                            guint               button,
                            gboolean            is_down);
  gboolean (*borrow_key)   (DriverDisplay      *self,
                            gulong              keysym);
  void     (*return_keys)  (DriverDisplay      *self);
  gboolean (*needs_shift)  (DriverDisplay      *self,
                            gulong              keysym);
  gboolean (*press_key)    (DriverDisplay      *self,
                            gulong              keysym,
                            gboolean            is_down);
  GBytes  *(*take_picture) (DriverDisplay      *self,
                            const DriverPlace  *place,
                            int                 pid,
                            GError            **error);
  gboolean (*sync)         (DriverDisplay      *self,
                            GError            **error);
};

/* What the client is told its input is done with. */
const char *driver_display_get_name     (DriverDisplay      *self);

/* What is typed goes to this window. */
gboolean    driver_display_focus        (DriverDisplay      *self,
                                         const DriverPlace  *place,
                                         GError            **error);

/* To a place in a window, in the pixels that @place counts. */
gboolean    driver_display_move_pointer (DriverDisplay      *self,
                                         const DriverPlace  *place,
                                         int                 x,
                                         int                 y,
                                         GError            **error);
void        driver_display_press_button (DriverDisplay      *self,
                                         guint               button,
                                         gboolean            is_down);

/* Whether a key of the keyboard gives @keysym. One that does not can borrow a key that is free,
 * till driver_display_return_keys (): FALSE when none is left. */
gboolean    driver_display_borrow_key   (DriverDisplay      *self,
                                         gulong              keysym);
void        driver_display_return_keys  (DriverDisplay      *self);

/* Presses a key alone; shift where the character needs it is the caller's business. */
gboolean    driver_display_press_key    (DriverDisplay      *self,
                                         gulong              keysym,
                                         gboolean            is_down);
gboolean    driver_display_needs_shift  (DriverDisplay      *self,
                                         gulong              keysym);

/* (transfer full): a PNG of a window of the process @pid, with its frame and open menus */
GBytes     *driver_display_take_picture (DriverDisplay      *self,
                                         const DriverPlace  *place,
                                         int                 pid,
                                         GError            **error);

/* Returns once the app can read what the display was sent. */
gboolean    driver_display_sync         (DriverDisplay      *self,
                                         GError            **error);

G_END_DECLS
