/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-shortcut-grab.h"

#include "mullion-error.h"

#include <gdk/x11/gdkx.h>

/*
 * Global shortcuts on an X11 display: a key is grabbed at the root window.
 *
 * Main process. The display says at once whether another program has the key. Caps Lock and Num Lock
 * are modifiers to X11 and not to a person, so each key is grabbed with and without them.
 */

#define MODIFIERS (ShiftMask | ControlMask | Mod1Mask | Mod4Mask)

static const guint locks[] = { 0, LockMask, Mod2Mask, LockMask | Mod2Mask };

static MullionShortcutGrabFunc listener;

static guint
to_x11 (GdkModifierType modifiers)
{
  return (modifiers & GDK_SHIFT_MASK ? ShiftMask : 0)
         | (modifiers & GDK_CONTROL_MASK ? ControlMask : 0)
         | (modifiers & GDK_ALT_MASK ? Mod1Mask : 0)
         | (modifiers & GDK_SUPER_MASK ? Mod4Mask : 0);
}

static GdkModifierType
from_x11 (guint state)
{
  return (state & ShiftMask ? GDK_SHIFT_MASK : 0)
         | (state & ControlMask ? GDK_CONTROL_MASK : 0)
         | (state & Mod1Mask ? GDK_ALT_MASK : 0)
         | (state & Mod4Mask ? GDK_SUPER_MASK : 0);
}

static gboolean
event_cb (GdkDisplay *display,
          gpointer    data)
{
  XEvent *event = data;

  if (event->type != KeyPress || event->xkey.window != DefaultRootWindow (event->xkey.display))
    return GDK_EVENT_PROPAGATE;

  listener ((guint) XLookupKeysym (&event->xkey, 0), from_x11 (event->xkey.state & MODIFIERS));
  return GDK_EVENT_STOP;
}

static void
ungrab_code (Display *display,
             int      code,
             guint    state)
{
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    XUngrabKey (display, code, state | locks[i], DefaultRootWindow (display));
}

gboolean
mullion_shortcut_grab (guint                     key,
                       GdkModifierType           modifiers,
                       MullionShortcutGrabFunc   func,
                       GError                  **error)
{
  GdkDisplay *display = gdk_display_get_default ();
  Display *x_display = gdk_x11_display_get_xdisplay (display);
  int code = XKeysymToKeycode (x_display, key);
  guint state = to_x11 (modifiers);

  if (code == 0)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
                   "The keyboard has no key “%s”", gdk_keyval_name (key));
      return FALSE;
    }

  gdk_x11_display_error_trap_push (display);
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    XGrabKey (x_display, code, state | locks[i], DefaultRootWindow (x_display), False,
              GrabModeAsync, GrabModeAsync);
  if (gdk_x11_display_error_trap_pop (display) != 0)
    {
      ungrab_code (x_display, code, state);
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                   "Another program has the shortcut already");
      return FALSE;
    }

  if (listener == NULL)
    g_signal_connect (display, "xevent", G_CALLBACK (event_cb), NULL);
  listener = func;
  return TRUE;
}

void
mullion_shortcut_ungrab (guint           key,
                         GdkModifierType modifiers)
{
  Display *display = gdk_x11_display_get_xdisplay (gdk_display_get_default ());

  ungrab_code (display, XKeysymToKeycode (display, key), to_x11 (modifiers));
  XFlush (display);
}
