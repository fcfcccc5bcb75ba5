/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-remote-desktop.h"

#include "driver-arrival.h"
#include "driver-pointer.h"
#include "driver-remote-session.h"

#include <linux/input-event-codes.h>

/*
 * DriverRemoteDesktop: the pointer and the keyboard of a Wayland compositor that lets programs on the
 * session bus use them, as GNOME's does. The app sees the compositor's own devices.
 *
 * The compositor passes input on in its own time, so the app is asked what of it has come.
 */

/* X11's and GTK's numbers of keys begin with those that the kernel cannot have. */
#define FIRST_KEYCODE 8
/* A key that says nothing: with it the compositor finds out that there is a keyboard. */
#define NO_KEY KEY_UNKNOWN
#define MAX_WINDOWS 32
/* Less than the app remembers. */
#define MAX_EXPECTED 4096

typedef struct
{
  guint keycode; /* GTK's */
  guint level;   /* 0 alone, 1 with shift, more with other modifiers */
} Key;

struct _DriverRemoteDesktop
{
  DriverDisplay parent_instance;

  DriverApp *app; /* (unowned) */
  DriverRemoteSession *session;
  DriverPointer *pointer;

  GHashTable *keys; /* keysym → (owned) Key: of the layout that is used */
  guint64 since;    /* how much had come to the app when the following was begun */
  GArray *expected; /* of guint32 */
  GError *error;    /* (nullable): the first that nobody was told */
};

G_DEFINE_FINAL_TYPE (DriverRemoteDesktop, driver_remote_desktop, DRIVER_TYPE_DISPLAY)

/* -- What is expected -- */

static gboolean
synchronize (DriverDisplay  *display,
             GError        **error)
{
  DriverRemoteDesktop *self = DRIVER_REMOTE_DESKTOP (display);
  gboolean done;

  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (self->expected->len == 0)
    return driver_remote_session_check (self->session, error);

  done = driver_remote_session_check (self->session, error) &&
         driver_arrival_await_input (self->app, self->since, self->expected, error) &&
         driver_arrival_count (self->app, &self->since, error);
  g_array_set_size (self->expected, 0);
  return done;
}

static void
expect (DriverRemoteDesktop *self,
        guint32              what,
        gboolean             is_down)
{
  guint32 value = what | (is_down ? 0 : DRIVER_ARRIVAL_RELEASE);
  g_autoptr(GError) error = NULL;

  g_array_append_val (self->expected, value);
  if (self->expected->len >= MAX_EXPECTED && !synchronize (DRIVER_DISPLAY (self), &error) &&
      self->error == NULL)
    self->error = g_steal_pointer (&error);
}

/* -- Windows -- */

/* A person would press alt and escape till the window comes. Forwards, the compositor goes to the
 * window that had the keyboard before, and then back again; backwards it comes to all of them. */
static void
rotate (DriverRemoteDesktop *self,
        gboolean             is_backwards)
{
  driver_remote_session_keycode (self->session, KEY_LEFTALT, TRUE);
  if (is_backwards)
    driver_remote_session_keycode (self->session, KEY_LEFTSHIFT, TRUE);
  driver_remote_session_keycode (self->session, KEY_ESC, TRUE);
  driver_remote_session_keycode (self->session, KEY_ESC, FALSE);
  if (is_backwards)
    driver_remote_session_keycode (self->session, KEY_LEFTSHIFT, FALSE);
  driver_remote_session_keycode (self->session, KEY_LEFTALT, FALSE);
}

/* The modifier comes up in the window that has the keyboard then. */
static gboolean
rotate_and_wait (DriverRemoteDesktop  *self,
                 gboolean              is_backwards,
                 guint                *active,
                 GError              **error)
{
  guint previous = *active;

  g_array_set_size (self->expected, 0);
  if (!driver_arrival_count (self->app, &self->since, error))
    return FALSE;

  rotate (self, is_backwards);
  expect (self, KEY_LEFTALT + FIRST_KEYCODE, FALSE);
  return synchronize (DRIVER_DISPLAY (self), error) &&
         driver_arrival_await_focus (self->app, previous, error) &&
         driver_arrival_find_active (self->app, active, error);
}

/* A window that cannot have the keyboard, as a dialog is before it, ends the search. */
static gboolean
find_window (DriverRemoteDesktop  *self,
             guint                 window,
             guint                 active,
             GError              **error)
{
  for (int i = 0; i < MAX_WINDOWS && active != window; i++)
    {
      guint previous = active;

      if (!rotate_and_wait (self, i > 0, &active, error))
        return FALSE;
      if (active == previous)
        break;
    }

  return TRUE;
}

static gboolean
focus (DriverDisplay      *display,
       const DriverPlace  *place,
       GError            **error)
{
  DriverRemoteDesktop *self = DRIVER_REMOTE_DESKTOP (display);
  guint active = 0;
  gboolean done;

  g_hash_table_remove_all (self->keys);
  if (!driver_arrival_find_active (self->app, &active, error))
    return FALSE;

  if (active != place->id)
    {
      if (!driver_arrival_hide (self->app, TRUE, FALSE, error))
        return FALSE;
      done = find_window (self, place->id, active, error);
      if (!driver_arrival_hide (self->app, FALSE, FALSE, done ? error : NULL) || !done)
        return FALSE;
    }

  return driver_arrival_count (self->app, &self->since, error);
}

static GBytes *
take_picture (DriverDisplay      *display,
              const DriverPlace  *place,
              int                 pid,
              GError            **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               "On Wayland nobody gets a picture of the window with its frame");
  return NULL;
}

/* -- The pointer -- */

static gboolean
move_pointer (DriverDisplay      *display,
              const DriverPlace  *place,
              int                 x,
              int                 y,
              GError            **error)
{
  DriverRemoteDesktop *self = DRIVER_REMOTE_DESKTOP (display);
  g_autoptr(GError) local_error = NULL;

  if (driver_pointer_move (self->pointer, place, x, y, &local_error))
    return TRUE;

  /* A window that has just opened may be over this one. */
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return focus (display, place, error) && driver_pointer_move (self->pointer, place, x, y, error);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
turn_wheel (DriverRemoteDesktop *self,
            guint                button)
{
  gboolean is_horizontal = button == DRIVER_DISPLAY_WHEEL_LEFT ||
                           button == DRIVER_DISPLAY_WHEEL_RIGHT;
  gboolean is_back = button == DRIVER_DISPLAY_WHEEL_UP || button == DRIVER_DISPLAY_WHEEL_LEFT;

  driver_remote_session_turn_wheel (self->session, is_horizontal, is_back ? -1 : 1);
  expect (self, DRIVER_ARRIVAL_BUTTON | button, TRUE);
}

static void
press_button (DriverDisplay *display,
              guint          button,
              gboolean       is_down)
{
  static const guint codes[] = {
    [1] = BTN_LEFT, [2] = BTN_MIDDLE, [3] = BTN_RIGHT, [8] = BTN_SIDE, [9] = BTN_EXTRA,
  };
  DriverRemoteDesktop *self = DRIVER_REMOTE_DESKTOP (display);

  g_return_if_fail (button < G_N_ELEMENTS (codes));

  if (codes[button] != 0)
    {
      driver_remote_session_button (self->session, codes[button], is_down);
      expect (self, DRIVER_ARRIVAL_BUTTON | button, is_down);
    }
  else if (is_down)
    {
      turn_wheel (self, button);
    }
}

/* -- The keyboard -- */

/* (transfer none): the app reads the same keyboard */
static const Key *
find_key (DriverRemoteDesktop *self,
          gulong               keysym)
{
  gpointer name = GSIZE_TO_POINTER (keysym);
  Key *key = g_hash_table_lookup (self->keys, name);

  if (key != NULL)
    return key;

  key = g_new0 (Key, 1);
  g_hash_table_insert (self->keys, name, key);
  if (!driver_arrival_find_key (self->app, keysym, &key->keycode, &key->level,
                                self->error == NULL ? &self->error : NULL))
    key->keycode = 0;
  return key;
}

/* None can be borrowed, for the keyboard is the compositor's. */
static gboolean
borrow_key (DriverDisplay *display,
            gulong         keysym)
{
  return find_key (DRIVER_REMOTE_DESKTOP (display), keysym)->keycode != 0;
}

static gboolean
needs_shift (DriverDisplay *display,
             gulong         keysym)
{
  return find_key (DRIVER_REMOTE_DESKTOP (display), keysym)->level == 1;
}

static gboolean
press_key (DriverDisplay *display,
           gulong         keysym,
           gboolean       is_down)
{
  DriverRemoteDesktop *self = DRIVER_REMOTE_DESKTOP (display);
  const Key *key = find_key (self, keysym);

  if (key->keycode < FIRST_KEYCODE)
    return FALSE;

  if (key->level <= 1)
    driver_remote_session_keycode (self->session, key->keycode - FIRST_KEYCODE, is_down);
  else
    driver_remote_session_keysym (self->session, keysym, is_down);
  expect (self, key->keycode, is_down);
  return TRUE;
}

/* -- The class -- */

/* There may be a compositor on the session bus that is not the one that shows the app's windows: its
 * pointer never comes to them. Before that is known, no key is pressed that could do anything. */
static gboolean
check_display (DriverRemoteDesktop  *self,
               const DriverPlace    *place,
               GError              **error)
{
  if (!driver_pointer_find (self->pointer, place, error))
    return FALSE;

  driver_remote_session_keycode (self->session, NO_KEY, TRUE);
  driver_remote_session_keycode (self->session, NO_KEY, FALSE);
  return driver_remote_session_check (self->session, error) &&
         driver_arrival_await_focus (self->app, 0, error);
}

DriverDisplay *
driver_remote_desktop_open (DriverApp          *app,
                            const DriverPlace  *place,
                            GError            **error)
{
  g_autoptr(DriverRemoteDesktop) self = NULL;
  DriverRemoteSession *session = driver_remote_session_open (error);

  if (session == NULL)
    return NULL;

  self = g_object_new (DRIVER_TYPE_REMOTE_DESKTOP, NULL);
  self->app = app;
  self->session = session;
  self->pointer = driver_pointer_new (session, app);
  return check_display (self, place, error) ? DRIVER_DISPLAY (g_steal_pointer (&self)) : NULL;
}

static void
driver_remote_desktop_finalize (GObject *object)
{
  DriverRemoteDesktop *self = DRIVER_REMOTE_DESKTOP (object);

  g_clear_pointer (&self->pointer, driver_pointer_free);
  g_clear_pointer (&self->session, driver_remote_session_close);
  g_clear_error (&self->error);
  g_array_unref (self->expected);
  g_hash_table_unref (self->keys);

  G_OBJECT_CLASS (driver_remote_desktop_parent_class)->finalize (object);
}

static void
driver_remote_desktop_class_init (DriverRemoteDesktopClass *klass)
{
  DriverDisplayClass *display_class = DRIVER_DISPLAY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = driver_remote_desktop_finalize;
  display_class->name = "remote-desktop";
  display_class->focus = focus;
  display_class->move_pointer = move_pointer;
  display_class->press_button = press_button;
  display_class->borrow_key = borrow_key;
  display_class->needs_shift = needs_shift;
  display_class->press_key = press_key;
  display_class->take_picture = take_picture;
  display_class->sync = synchronize;
}

static void
driver_remote_desktop_init (DriverRemoteDesktop *self)
{
  self->expected = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->keys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}
