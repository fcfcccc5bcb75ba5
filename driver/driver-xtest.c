/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-xtest.h"

#include "driver-picture.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

/*
 * DriverXtest: the pointer and the keyboard of an X11 display, moved with its XTEST extension.
 */

#define NO_LEVEL -1

struct _DriverXtest
{
  DriverDisplay parent_instance;

  Display *display;
  int first_keycode;
  int last_keycode;
  GArray *borrowed; /* of KeyCode */
};

G_DEFINE_FINAL_TYPE (DriverXtest, driver_xtest, DRIVER_TYPE_DISPLAY)

/* A window that is just being closed is no reason to end the driver. */
static int
ignore_error (Display     *display,
              XErrorEvent *event)
{
  g_debug ("X11 error %d of request %d", event->error_code, event->request_code);
  return 0;
}

DriverDisplay *
driver_xtest_open (const char  *name,
                   GError     **error)
{
  Display *display = name != NULL ? XOpenDisplay (name) : NULL;
  DriverXtest *self;
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
  self = g_object_new (DRIVER_TYPE_XTEST, NULL);
  self->display = display;
  XDisplayKeycodes (display, &self->first_keycode, &self->last_keycode);
  return DRIVER_DISPLAY (self);
}

static gboolean
synchronize (DriverDisplay  *display,
             GError        **error)
{
  XSync (DRIVER_XTEST (display)->display, False);
  return TRUE;
}

/* -- Windows -- */

/* The window that a window manager has made to say that it is there, or None. */
static Window
get_checking_window (DriverXtest *self,
                     Window       holder)
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
has_window_manager (DriverXtest *self)
{
  Window check = get_checking_window (self, DefaultRootWindow (self->display));

  return check != None && get_checking_window (self, check) == check;
}

/* Under a window manager the app has asked it to bring the window to the front; without one nobody
 * else gives the keyboard away. */
static gboolean
focus (DriverDisplay      *display,
       const DriverPlace  *place,
       GError            **error)
{
  DriverXtest *self = DRIVER_XTEST (display);

  if (has_window_manager (self))
    return TRUE;

  XRaiseWindow (self->display, place->window);
  XSetInputFocus (self->display, place->window, RevertToParent, CurrentTime);
  return TRUE;
}

static GBytes *
take_picture (DriverDisplay      *display,
              const DriverPlace  *place,
              int                 pid,
              GError            **error)
{
  return driver_picture_take (DRIVER_XTEST (display)->display, place->window, pid, error);
}

/* -- The pointer -- */

static gboolean
move_pointer (DriverDisplay      *display,
              const DriverPlace  *place,
              int                 x,
              int                 y,
              GError            **error)
{
  DriverXtest *self = DRIVER_XTEST (display);
  int root_x = 0;
  int root_y = 0;
  Window child;

  if (!XTranslateCoordinates (self->display, place->window, DefaultRootWindow (self->display), x, y,
                              &root_x, &root_y, &child))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The window is not on the display");
      return FALSE;
    }

  XTestFakeMotionEvent (self->display, -1, root_x, root_y, CurrentTime);
  return TRUE;
}

static void
press_button (DriverDisplay *display,
              guint          button,
              gboolean       is_down)
{
  XTestFakeButtonEvent (DRIVER_XTEST (display)->display, button, is_down, CurrentTime);
}

/* -- The keyboard -- */

/* On which level of its key a keysym is: 0 alone, 1 with shift. */
static int
find_level (DriverXtest *self,
            KeySym       keysym,
            KeyCode      keycode)
{
  for (int level = 0; level < 2; level++)
    if (XkbKeycodeToKeysym (self->display, keycode, 0, level) == keysym)
      return level;

  return NO_LEVEL;
}

static KeyCode
find_key (DriverXtest *self,
          KeySym       keysym)
{
  KeyCode keycode = XKeysymToKeycode (self->display, keysym);

  return keycode != 0 && find_level (self, keysym, keycode) != NO_LEVEL ? keycode : 0;
}

static KeyCode
find_free_key (DriverXtest *self)
{
  for (int keycode = self->last_keycode; keycode >= self->first_keycode; keycode--)
    if (XkbKeycodeToKeysym (self->display, (KeyCode) keycode, 0, 0) == NoSymbol &&
        XkbKeycodeToKeysym (self->display, (KeyCode) keycode, 0, 1) == NoSymbol)
      return (KeyCode) keycode;

  return 0;
}

static void
map_key (DriverXtest *self,
         KeyCode      keycode,
         KeySym       keysym)
{
  KeySym keysyms[2] = { keysym, keysym };

  XChangeKeyboardMapping (self->display, keycode, 2, keysyms, 1);
  XSync (self->display, False);
}

/* Xlib notes its own change only when it reads of it. */
static void
read_mapping (DriverXtest *self)
{
  XEvent event;

  while (XPending (self->display) > 0)
    {
      XNextEvent (self->display, &event);
      if (event.type == MappingNotify)
        XRefreshKeyboardMapping (&event.xmapping);
    }
}

static gboolean
borrow_key (DriverDisplay *display,
            gulong         keysym)
{
  DriverXtest *self = DRIVER_XTEST (display);
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

static void
return_keys (DriverDisplay *display)
{
  DriverXtest *self = DRIVER_XTEST (display);

  for (guint i = 0; i < self->borrowed->len; i++)
    map_key (self, g_array_index (self->borrowed, KeyCode, i), NoSymbol);
  if (self->borrowed->len > 0)
    read_mapping (self);
  g_array_set_size (self->borrowed, 0);
}

static gboolean
needs_shift (DriverDisplay *display,
             gulong         keysym)
{
  DriverXtest *self = DRIVER_XTEST (display);
  KeyCode keycode = find_key (self, keysym);

  return keycode != 0 && find_level (self, keysym, keycode) == 1;
}

static gboolean
press_key (DriverDisplay *display,
           gulong         keysym,
           gboolean       is_down)
{
  DriverXtest *self = DRIVER_XTEST (display);
  KeyCode keycode = find_key (self, keysym);

  if (keycode == 0)
    return FALSE;

  XTestFakeKeyEvent (self->display, keycode, is_down, CurrentTime);
  return TRUE;
}

/* -- The class -- */

static void
driver_xtest_finalize (GObject *object)
{
  DriverXtest *self = DRIVER_XTEST (object);

  if (self->display != NULL)
    {
      return_keys (DRIVER_DISPLAY (self));
      XCloseDisplay (self->display);
    }
  g_array_unref (self->borrowed);

  G_OBJECT_CLASS (driver_xtest_parent_class)->finalize (object);
}

static void
driver_xtest_class_init (DriverXtestClass *klass)
{
  DriverDisplayClass *display_class = DRIVER_DISPLAY_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = driver_xtest_finalize;
  display_class->name = "xtest";
  display_class->focus = focus;
  display_class->move_pointer = move_pointer;
  display_class->press_button = press_button;
  display_class->borrow_key = borrow_key;
  display_class->return_keys = return_keys;
  display_class->needs_shift = needs_shift;
  display_class->press_key = press_key;
  display_class->take_picture = take_picture;
  display_class->sync = synchronize;
}

static void
driver_xtest_init (DriverXtest *self)
{
  self->borrowed = g_array_new (FALSE, FALSE, sizeof (KeyCode));
}
