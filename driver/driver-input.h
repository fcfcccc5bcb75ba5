/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "driver-display.h"

G_BEGIN_DECLS

typedef struct _DriverInput DriverInput;

typedef enum
{
  DRIVER_BUTTON_LEFT,
  DRIVER_BUTTON_MIDDLE,
  DRIVER_BUTTON_RIGHT,
  DRIVER_BUTTON_BACK,
  DRIVER_BUTTON_FORWARD,
} DriverButton;

/* @app lives longer. Takes @display. */
DriverInput *driver_input_new           (DriverApp     *app,
                                         DriverDisplay *display);
void         driver_input_free          (DriverInput   *self);

/* What the client is told its input is done with. */
const char  *driver_input_get_name      (DriverInput   *self);

/* Input goes to this window from now on. @css_width: how wide its page is, in CSS pixels. */
gboolean     driver_input_begin         (DriverInput   *self,
                                         guint          window,
                                         double         css_width,
                                         GError       **error);
/* Returns once the page has heard of all that was done since driver_input_begin (). */
gboolean     driver_input_finish        (DriverInput   *self,
                                         GError       **error);

/* To a place of the page, in CSS pixels of its window. */
gboolean     driver_input_move          (DriverInput   *self,
                                         double         x,
                                         double         y,
                                         GError       **error);
void         driver_input_get_pointer   (DriverInput   *self,
                                         double        *x,
                                         double        *y);
void         driver_input_press_button  (DriverInput   *self,
                                         DriverButton   button,
                                         gboolean       is_down);
/* By CSS pixels, as near as the notches of a wheel come. */
void         driver_input_scroll        (DriverInput   *self,
                                         int            delta_x,
                                         int            delta_y);

/* @key: a character, or a key of WebDriver */
gboolean     driver_input_press_key     (DriverInput   *self,
                                         gunichar       key,
                                         gboolean       is_down,
                                         GError       **error);
/* Presses and releases the keys of a text one after another. A modifier stays down till it is named
 * again, or till the end of the text. */
gboolean     driver_input_type          (DriverInput   *self,
                                         const char    *text,
                                         GError       **error);

/* Whatever is still down comes up. */
gboolean     driver_input_release_all   (DriverInput   *self,
                                         GError       **error);

/* (transfer full): a PNG of a window, as a person sees it */
GBytes      *driver_input_take_picture  (DriverInput   *self,
                                         guint          window,
                                         GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DriverInput, driver_input_free)

G_END_DECLS
