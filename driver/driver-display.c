/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-display.h"

/*
 * DriverDisplay: the pointer and the keyboard of a display, moved by a program so that the app cannot
 * tell that from a person. How that is done depends on the display: DriverXtest on X11,
 * DriverRemoteDesktop on Wayland.
 *
 * Used by one thread.
 */

G_DEFINE_ABSTRACT_TYPE (DriverDisplay, driver_display, G_TYPE_OBJECT)

static void
driver_display_class_init (DriverDisplayClass *klass)
{
}

static void
driver_display_init (DriverDisplay *self)
{
}

const char *
driver_display_get_name (DriverDisplay *self)
{
  return DRIVER_DISPLAY_GET_CLASS (self)->name;
}

gboolean
driver_display_focus (DriverDisplay      *self,
                      const DriverPlace  *place,
                      GError            **error)
{
  return DRIVER_DISPLAY_GET_CLASS (self)->focus (self, place, error);
}

gboolean
driver_display_move_pointer (DriverDisplay      *self,
                             const DriverPlace  *place,
                             int                 x,
                             int                 y,
                             GError            **error)
{
  return DRIVER_DISPLAY_GET_CLASS (self)->move_pointer (self, place, x, y, error);
}

void
driver_display_press_button (DriverDisplay *self,
                             guint          button,
                             gboolean       is_down)
{
  DRIVER_DISPLAY_GET_CLASS (self)->press_button (self, button, is_down);
}

gboolean
driver_display_borrow_key (DriverDisplay *self,
                           gulong         keysym)
{
  return DRIVER_DISPLAY_GET_CLASS (self)->borrow_key (self, keysym);
}

void
driver_display_return_keys (DriverDisplay *self)
{
  if (DRIVER_DISPLAY_GET_CLASS (self)->return_keys != NULL)
    DRIVER_DISPLAY_GET_CLASS (self)->return_keys (self);
}

gboolean
driver_display_needs_shift (DriverDisplay *self,
                            gulong         keysym)
{
  return DRIVER_DISPLAY_GET_CLASS (self)->needs_shift (self, keysym);
}

gboolean
driver_display_press_key (DriverDisplay *self,
                          gulong         keysym,
                          gboolean       is_down)
{
  return DRIVER_DISPLAY_GET_CLASS (self)->press_key (self, keysym, is_down);
}

GBytes *
driver_display_take_picture (DriverDisplay      *self,
                             const DriverPlace  *place,
                             int                 pid,
                             GError            **error)
{
  return DRIVER_DISPLAY_GET_CLASS (self)->take_picture (self, place, pid, error);
}

gboolean
driver_display_sync (DriverDisplay  *self,
                     GError        **error)
{
  return DRIVER_DISPLAY_GET_CLASS (self)->sync (self, error);
}
