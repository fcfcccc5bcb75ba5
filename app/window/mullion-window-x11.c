/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-x11.h"

#include <X11/Xatom.h>
#include <X11/Xutil.h>
#include <gdk/x11/gdkx.h>

/*
 * What is said to the window manager of X11 about a window, in the words of ICCCM and of the Extended
 * Window Manager Hints. GTK 4 has no functions for it, as Wayland has none of it.
 *
 * Main process. All of them are wishes: what becomes of them is the window manager's decision.
 */

#define ALL_DESKTOPS 0xFFFFFFFF

/* Where a message comes from: an app that acts by itself. */
#define SOURCE_APP 1

GdkSurface *
mullion_window_x11_get_surface (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  return surface != NULL && GDK_IS_X11_SURFACE (surface) ? surface : NULL;
}

static Display *
get_display (GdkSurface *surface)
{
  return gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
}

static Atom
get_atom (GdkSurface *surface,
          const char *name)
{
  return gdk_x11_get_xatom_by_name_for_display (gdk_surface_get_display (surface), name);
}

static gboolean
read_cardinals (GdkSurface *surface,
                Window      window,
                const char *name,
                long       *values,
                gulong      n_values)
{
  Atom type = None;
  int format = 0;
  unsigned long n_items = 0;
  unsigned long left_over;
  unsigned char *data = NULL;
  gboolean is_there;

  is_there = XGetWindowProperty (get_display (surface), window, get_atom (surface, name), 0,
                                 (long) n_values, False, XA_CARDINAL, &type, &format, &n_items,
                                 &left_over, &data) == Success
             && type == XA_CARDINAL && format == 32 && n_items == n_values;
  for (gulong i = 0; is_there && i < n_values; i++)
    values[i] = ((long *) data)[i];
  if (data != NULL)
    XFree (data);
  return is_there;
}

gboolean
mullion_window_x11_read_cardinals (GdkSurface *surface,
                                   const char *name,
                                   long       *values,
                                   gulong      n_values)
{
  return read_cardinals (surface, gdk_x11_surface_get_xid (surface), name, values, n_values);
}

/* To the root window, where the window manager listens. */
static void
send_message (GdkSurface *surface,
              const char *name,
              long        first,
              long        second,
              long        third,
              long        fourth)
{
  Display *display = get_display (surface);
  XClientMessageEvent message = {
    .type = ClientMessage,
    .window = gdk_x11_surface_get_xid (surface),
    .message_type = get_atom (surface, name),
    .format = 32,
    .data.l = { first, second, third, fourth },
  };

  XSendEvent (display, DefaultRootWindow (display), False,
              SubstructureRedirectMask | SubstructureNotifyMask, (XEvent *) &message);
}

void
mullion_window_x11_change_state (GdkSurface *surface,
                                 const char *state,
                                 gboolean    is_on)
{
  send_message (surface, "_NET_WM_STATE", is_on, (long) get_atom (surface, state), 0, SOURCE_APP);
}

void
mullion_window_x11_change_desktops (GdkSurface *surface,
                                    gboolean    is_on_all)
{
  long desktop = ALL_DESKTOPS;

  /* A window manager without desktops does not say which one it is on, and keeps the window on it. */
  if (!is_on_all && !read_cardinals (surface, DefaultRootWindow (get_display (surface)),
                                     "_NET_CURRENT_DESKTOP", &desktop, 1))
    desktop = 0;
  send_message (surface, "_NET_WM_DESKTOP", desktop, SOURCE_APP, 0, 0);
}

void
mullion_window_x11_raise (GdkSurface *surface,
                          GdkSurface *sibling)
{
  Display *display = get_display (surface);
  XWindowChanges changes = { .stack_mode = Above };
  unsigned int mask = CWStackMode;

  if (sibling != NULL)
    {
      changes.sibling = gdk_x11_surface_get_xid (sibling);
      mask |= CWSibling;
    }

  /* Behind frames the two are no siblings for the server. This one leaves it to the window manager
   * then, where a plain XConfigureWindow () would be an error. */
  XReconfigureWMWindow (display, gdk_x11_surface_get_xid (surface), DefaultScreen (display), mask,
                        &changes);
}

/* With WM_TAKE_FOCUS among them, a window takes the focus by itself, whatever its hint says. */
static void
change_protocols (GdkSurface *surface,
                  gboolean    takes_focus)
{
  Display *display = get_display (surface);
  Window window = gdk_x11_surface_get_xid (surface);
  Atom take_focus = get_atom (surface, "WM_TAKE_FOCUS");
  g_autoptr(GArray) kept = g_array_new (FALSE, FALSE, sizeof (Atom));
  Atom *protocols = NULL;
  int n_protocols = 0;

  if (!XGetWMProtocols (display, window, &protocols, &n_protocols))
    n_protocols = 0;
  for (int i = 0; i < n_protocols; i++)
    if (protocols[i] != take_focus)
      g_array_append_val (kept, protocols[i]);
  if (protocols != NULL)
    XFree (protocols);

  if (takes_focus)
    g_array_append_val (kept, take_focus);
  XSetWMProtocols (display, window, (Atom *) kept->data, (int) kept->len);
}

void
mullion_window_x11_set_accept_focus (GdkSurface *surface,
                                     gboolean    accept_focus)
{
  Display *display = get_display (surface);
  Window window = gdk_x11_surface_get_xid (surface);
  XWMHints *hints = XGetWMHints (display, window);

  change_protocols (surface, accept_focus);
  if (hints == NULL)
    hints = XAllocWMHints ();
  hints->flags |= InputHint;
  hints->input = accept_focus;
  XSetWMHints (display, window, hints);
  XFree (hints);
}

void
mullion_window_x11_set_opacity (GdkSurface *surface,
                                double      opacity)
{
  Display *display = get_display (surface);
  Window window = gdk_x11_surface_get_xid (surface);
  Atom name = get_atom (surface, "_NET_WM_WINDOW_OPACITY");
  unsigned long value = (unsigned long) (opacity * 0xFFFFFFFF);

  if (opacity < 1)
    XChangeProperty (display, window, name, XA_CARDINAL, 32, PropModeReplace,
                     (const unsigned char *) &value, 1);
  else
    XDeleteProperty (display, window, name);
}
