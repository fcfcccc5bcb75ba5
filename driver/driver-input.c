/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-input.h"

#include "driver-arrival.h"
#include "driver-error.h"
#include "driver-keys.h"

#include <math.h>

/*
 * DriverInput: what a person's hands do, done to one window of the app.
 *
 * It knows what is down, for everything that is pressed has to be released, and it counts events,
 * for the page has to hear of each before the next command.
 */

static const guint button_numbers[] = {
  [DRIVER_BUTTON_LEFT] = 1,
  [DRIVER_BUTTON_MIDDLE] = 2,
  [DRIVER_BUTTON_RIGHT] = 3,
  [DRIVER_BUTTON_BACK] = 8,
  [DRIVER_BUTTON_FORWARD] = 9,
};

/* What WebKit scrolls a page by for one notch, in CSS pixels. */
#define NOTCH 53

/* How far a page lags behind a long text at most: whoever waits for it all has a limit. */
#define MAX_EVENTS 200

/* WebDriver's names of the keys. */
#define SHIFT_LEFT 0xE008
#define SHIFT_RIGHT 0xE050

struct _DriverInput
{
  DriverApp *app;
  DriverDisplay *display;

  guint window;
  DriverPlace place;
  double pixels_a_css_pixel;
  double x;
  double y;

  GArray *keys_down;    /* of gunichar, in the order of pressing */
  GArray *buttons_down; /* of DriverButton */
  guint n_events;       /* since the page was waited for */
  guint n_motions;      /* of them */
};

DriverInput *
driver_input_new (DriverApp     *app,
                  DriverDisplay *display)
{
  DriverInput *self = g_new0 (DriverInput, 1);

  self->app = app;
  self->display = display;
  self->keys_down = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->buttons_down = g_array_new (FALSE, FALSE, sizeof (DriverButton));
  return self;
}

void
driver_input_free (DriverInput *self)
{
  g_object_unref (self->display);
  g_array_unref (self->keys_down);
  g_array_unref (self->buttons_down);
  g_free (self);
}

const char *
driver_input_get_name (DriverInput *self)
{
  return driver_display_get_name (self->display);
}

gboolean
driver_input_begin (DriverInput  *self,
                    guint         window,
                    double        css_width,
                    GError      **error)
{
  if (!driver_app_activate (self->app, window, error) ||
      !driver_app_get_place (self->app, window, &self->place, error))
    return FALSE;

  self->window = window;
  self->pixels_a_css_pixel = css_width > 0 ? self->place.width / css_width : self->place.scale;
  return driver_display_focus (self->display, &self->place, error);
}

gboolean
driver_input_finish (DriverInput  *self,
                     GError      **error)
{
  guint n_events = self->n_events;
  guint n_motions = self->n_motions;

  self->n_events = 0;
  self->n_motions = 0;
  return driver_display_sync (self->display, error) &&
         (n_events == 0 ||
          driver_app_settle (self->app, self->window, n_events, n_motions, error));
}

/* -- The pointer -- */

gboolean
driver_input_move (DriverInput  *self,
                   double        x,
                   double        y,
                   GError      **error)
{
  int pixel_x = (int) floor (x * self->pixels_a_css_pixel);
  int pixel_y = (int) floor (y * self->pixels_a_css_pixel);

  if (x < 0 || y < 0 || pixel_x >= self->place.width || pixel_y >= self->place.height)
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_MOVE_OUT_OF_BOUNDS,
                   "(%g, %g) is outside of the window's page", x, y);
      return FALSE;
    }

  self->x = x;
  self->y = y;
  self->n_events++;
  self->n_motions++;
  return driver_display_move_pointer (self->display, &self->place, self->place.x + pixel_x,
                                      self->place.y + pixel_y, error);
}

void
driver_input_get_pointer (DriverInput *self,
                          double      *x,
                          double      *y)
{
  *x = self->x;
  *y = self->y;
}

/* Returns whether @value was not there before, or was, and is now as @is_down says. */
static gboolean
note (GArray   *down,
      guint     value,
      gboolean  is_down)
{
  for (guint i = 0; i < down->len; i++)
    if (g_array_index (down, guint, i) == value)
      {
        if (!is_down)
          g_array_remove_index (down, i);
        return !is_down;
      }

  if (is_down)
    g_array_append_val (down, value);
  return is_down;
}

void
driver_input_press_button (DriverInput  *self,
                           DriverButton  button,
                           gboolean      is_down)
{
  if (!note (self->buttons_down, button, is_down))
    return;

  driver_display_press_button (self->display, button_numbers[button], is_down);
  self->n_events++;
}

static void
turn_wheel (DriverInput *self,
            guint        button,
            int          delta)
{
  int n_notches = MAX (1, (int) lround (ABS (delta) / (double) NOTCH));

  for (int i = 0; delta != 0 && i < n_notches; i++)
    {
      driver_display_press_button (self->display, button, TRUE);
      driver_display_press_button (self->display, button, FALSE);
      self->n_events++;
    }
}

void
driver_input_scroll (DriverInput *self,
                     int          delta_x,
                     int          delta_y)
{
  turn_wheel (self, delta_x < 0 ? DRIVER_DISPLAY_WHEEL_LEFT : DRIVER_DISPLAY_WHEEL_RIGHT, delta_x);
  turn_wheel (self, delta_y < 0 ? DRIVER_DISPLAY_WHEEL_UP : DRIVER_DISPLAY_WHEEL_DOWN, delta_y);
}

/* -- The keyboard -- */

static gboolean
is_down (DriverInput *self,
         gunichar     key)
{
  for (guint i = 0; i < self->keys_down->len; i++)
    if (g_array_index (self->keys_down, gunichar, i) == key)
      return TRUE;

  return FALSE;
}

/* Whoever holds shift has what the character needs. */
static gboolean
lacks_shift (DriverInput *self,
             gulong       keysym)
{
  return driver_display_needs_shift (self->display, keysym) && !is_down (self, SHIFT_LEFT)
         && !is_down (self, SHIFT_RIGHT);
}

/* A character that the keyboard lacks borrows a key of it. The app must have read what was typed on
 * such a key before that can mean something else. */
static gboolean
find_key (DriverInput  *self,
          gulong        keysym,
          GError      **error)
{
  if (keysym == 0 || driver_display_borrow_key (self->display, keysym))
    return keysym != 0;

  if (!driver_input_finish (self, error))
    return FALSE;
  driver_display_return_keys (self->display);
  return driver_display_borrow_key (self->display, keysym);
}

/* What no key gives comes from an input method. That has nothing to release. */
static gboolean
insert (DriverInput  *self,
        gunichar      key,
        gboolean      presses,
        GError      **error)
{
  char text[7] = "";

  if (driver_keys_is_named (key) || driver_keys_find_keysym (key) == 0)
    {
      g_set_error (error, DRIVER_ERROR, DRIVER_ERROR_INVALID_ARGUMENT, "There is no key for U+%04X",
                   key);
      return FALSE;
    }

  g_unichar_to_utf8 (key, text);
  return !presses || driver_arrival_insert_text (self->app, self->window, text, error);
}

gboolean
driver_input_press_key (DriverInput  *self,
                        gunichar      key,
                        gboolean      presses,
                        GError      **error)
{
  gulong shift = driver_keys_find_keysym (SHIFT_LEFT);
  gulong keysym = driver_keys_find_keysym (key);
  g_autoptr(GError) local_error = NULL;
  gboolean needs_shift;

  if (!find_key (self, keysym, &local_error))
    {
      if (local_error == NULL)
        return insert (self, key, presses, error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!note (self->keys_down, key, presses))
    return TRUE;

  needs_shift = presses && lacks_shift (self, keysym);
  if (needs_shift)
    driver_display_press_key (self->display, shift, TRUE);
  driver_display_press_key (self->display, keysym, presses);
  if (needs_shift)
    driver_display_press_key (self->display, shift, FALSE);
  self->n_events += needs_shift ? 3 : 1;
  return TRUE;
}

/* What a text holds down comes up at U+E000, and at its end. */
static gboolean
release_keys (DriverInput  *self,
              GError      **error)
{
  while (self->keys_down->len > 0)
    {
      gunichar key = g_array_index (self->keys_down, gunichar, self->keys_down->len - 1);

      if (!driver_input_press_key (self, key, FALSE, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
type_key (DriverInput  *self,
          gunichar      key,
          GError      **error)
{
  if (key == DRIVER_KEY_NULL)
    return release_keys (self, error);
  if (driver_keys_is_modifier (key))
    return driver_input_press_key (self, key, !is_down (self, key), error);

  return driver_input_press_key (self, key, TRUE, error) &&
         driver_input_press_key (self, key, FALSE, error);
}

gboolean
driver_input_type (DriverInput  *self,
                   const char   *text,
                   GError      **error)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!type_key (self, g_utf8_get_char (at), error) ||
        (self->n_events >= MAX_EVENTS && !driver_input_finish (self, error)))
      return FALSE;

  return release_keys (self, error);
}

gboolean
driver_input_release_all (DriverInput  *self,
                          GError      **error)
{
  while (self->buttons_down->len > 0)
    driver_input_press_button (self, g_array_index (self->buttons_down, DriverButton,
                                                    self->buttons_down->len - 1), FALSE);

  return release_keys (self, error);
}

GBytes *
driver_input_take_picture (DriverInput  *self,
                           guint         window,
                           GError      **error)
{
  DriverPlace place;

  if (!driver_app_get_place (self->app, window, &place, error))
    return NULL;

  return driver_display_take_picture (self->display, &place, driver_app_get_pid (self->app),
                                      error);
}
