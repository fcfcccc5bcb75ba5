/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-display.h"

#include "driver-picture.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

/*
 * DriverDisplay: the pointer and the keyboard of an X11 display, moved with its XTEST extension.
 * The app cannot tell that from a person.
 *
 * Used by one thread.
 */

#define NO_LEVEL -1

struct _DriverDisplay
{
  Display *display;
  int first_keycode;
  int last_keycode;
  GArray *borrowed; /* of KeyCode */
};

/* A window that is just being closed is no reason to end the driver. */
static int
ignore_error (Display     *display,
              XErrorEvent *event)
{
  g_debug ("X11 error %d of request %d", event->error_code, event->request_code);
  return 0;
}

DriverDisplay *
driver_display_open (const char  *name,
                     GError     **error)
{
  Display *display = name != NULL ? XOpenDisplay (name) : NULL;
  DriverDisplay *self;
  int unused;

  if (display == NULL || !XTestQueryExtension (display, &unused, &unused, &unused, &unused))
    {
      if (display != NULL)
        XCloseDisplay (display);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "There is no X11 display with the XTEST extension at “%s”",
                   name != NULL ? name : "");
      return NULL;
    }

  XSetErrorHandler (ignore_error);
  /* Input goes on while somebody else holds the display, as a menu does. */
  XTestGrabControl (display, True);
  self = g_new0 (DriverDisplay, 1);
  self->display = display;
  self->borrowed = g_array_new (FALSE, FALSE, sizeof (KeyCode));
  XDisplayKeycodes (display, &self->first_keycode, &self->last_keycode);
  return self;
}

void
driver_display_close (DriverDisplay *self)
{
  driver_display_return_keys (self);
  g_array_unref (self->borrowed);
  XCloseDisplay (self->display);
  g_free (self);
}

void
driver_display_sync (DriverDisplay *self)
{
  XSync (self->display, False);
}

/* -- Windows -- */

/* The window that a window manager has made to say that it is there, or None. */
static Window
get_checking_window (DriverDisplay *self,
                     Window         holder)
{
  Atom atom = XInternAtom (self->display, "_NET_SUPPORTING_WM_CHECK", False);
  Atom type = None;
  int format = 0;
  unsigned long n_items = 0, n_left = 0;
  unsigned char *data = NULL;
  Window window = None;

  XGetWindowProperty (self->display, holder, atom, 0, 1, False, XA_WINDOW, &type, &format, &n_items,
                      &n_left, &data);
  if (data != NULL && n_items > 0 && format == 32)
    window = *(Window *) data;
  if (data != NULL)
    XFree (data);
  return window;
}

/* One that was killed leaves its name on the display, but not its window. */
static gboolean
has_window_manager (DriverDisplay *self)
{
  Window check = get_checking_window (self, DefaultRootWindow (self->display));

  return check != None && get_checking_window (self, check) == check;
}

/* Under a window manager the app has asked it to bring the window to the front; without one nobody
 * else gives the keyboard away. */
void
driver_display_focus (DriverDisplay *self,
                      gulong         window)
{
  if (has_window_manager (self))
    return;

  XRaiseWindow (self->display, window);
  XSetInputFocus (self->display, window, RevertToParent, CurrentTime);
}

GBytes *
driver_display_take_picture (DriverDisplay  *self,
                             gulong          window,
                             int             pid,
                             GError        **error)
{
  return driver_picture_take (self->display, window, pid, error);
}

/* -- The pointer -- */

gboolean
driver_display_move_pointer (DriverDisplay  *self,
                             gulong          window,
                             int             x,
                             int             y,
                             GError        **error)
{
  int root_x = 0;
  int root_y = 0;
  Window child;

  if (!XTranslateCoordinates (self->display, window, DefaultRootWindow (self->display), x, y,
                              &root_x, &root_y, &child))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The window is not on the display");
      return FALSE;
    }

  XTestFakeMotionEvent (self->display, -1, root_x, root_y, CurrentTime);
  return TRUE;
}

void
driver_display_press_button (DriverDisplay *self,
                             guint          button,
                             gboolean       is_down)
{
  XTestFakeButtonEvent (self->display, button, is_down, CurrentTime);
}

/* -- The keyboard -- */

/* On which level of its key a keysym is: 0 alone, 1 with shift. */
static int
find_level (DriverDisplay *self,
            KeySym         keysym,
            KeyCode        keycode)
{
  for (int level = 0; level < 2; level++)
    if (XkbKeycodeToKeysym (self->display, keycode, 0, level) == keysym)
      return level;

  return NO_LEVEL;
}

static KeyCode
find_key (DriverDisplay *self,
          KeySym         keysym)
{
  KeyCode keycode = XKeysymToKeycode (self->display, keysym);

  return keycode != 0 && find_level (self, keysym, keycode) != NO_LEVEL ? keycode : 0;
}

static KeyCode
find_free_key (DriverDisplay *self)
{
  for (int keycode = self->last_keycode; keycode >= self->first_keycode; keycode--)
    if (XkbKeycodeToKeysym (self->display, (KeyCode) keycode, 0, 0) == NoSymbol &&
        XkbKeycodeToKeysym (self->display, (KeyCode) keycode, 0, 1) == NoSymbol)
      return (KeyCode) keycode;

  return 0;
}

static void
map_key (DriverDisplay *self,
         KeyCode        keycode,
         KeySym         keysym)
{
  KeySym keysyms[2] = { keysym, keysym };

  XChangeKeyboardMapping (self->display, keycode, 2, keysyms, 1);
  XSync (self->display, False);
}

/* Xlib notes its own change only when it reads of it. */
static void
read_mapping (DriverDisplay *self)
{
  XEvent event;

  while (XPending (self->display) > 0)
    {
      XNextEvent (self->display, &event);
      if (event.type == MappingNotify)
        XRefreshKeyboardMapping (&event.xmapping);
    }
}

gboolean
driver_display_borrow_key (DriverDisplay *self,
                           gulong         keysym)
{
  KeyCode keycode = find_key (self, keysym);

  if (keycode != 0)
    return TRUE;

  keycode = find_free_key (self);
  if (keycode == 0)
    return FALSE;

  map_key (self, keycode, keysym);
  read_mapping (self);
  g_array_append_val (self->borrowed, keycode);
  return find_key (self, keysym) != 0;
}

void
driver_display_return_keys (DriverDisplay *self)
{
  for (guint i = 0; i < self->borrowed->len; i++)
    map_key (self, g_array_index (self->borrowed, KeyCode, i), NoSymbol);
  if (self->borrowed->len > 0)
    read_mapping (self);
  g_array_set_size (self->borrowed, 0);
}

gboolean
driver_display_needs_shift (DriverDisplay *self,
                            gulong         keysym)
{
  KeyCode keycode = find_key (self, keysym);

  return keycode != 0 && find_level (self, keysym, keycode) == 1;
}

gboolean
driver_display_press_key (DriverDisplay *self,
                          gulong         keysym,
                          gboolean       is_down)
{
  KeyCode keycode = find_key (self, keysym);

  if (keycode == 0)
    return FALSE;

  XTestFakeKeyEvent (self->display, keycode, is_down, CurrentTime);
  return TRUE;
}
