/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "user-drop.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

/*
 * The source of a drag, by the XDND protocol: https://freedesktop.org/wiki/Specifications/XDND
 *
 * It has a connection and a thread of its own, so that it is another program to GTK. The thread says
 * where it is until it is let go and the target takes the drop, drops, and ends when the target has
 * finished.
 */

#define XDND_VERSION 5
/* A hand moves about as often; the target would have nothing else to do. */
#define PACE_MICROSECONDS 10000

struct _UserDrop
{
  GThread *thread;
  char *uris;
  Window target;
  int x, y; /* on the root window */
  int is_let_go;   /* atomic */
  int is_finished; /* atomic */

  /* The thread's. */
  Display *display;
  Window window;
  gboolean is_dropped;
};

static Atom
get_atom (UserDrop   *self,
          const char *name)
{
  return XInternAtom (self->display, name, False);
}

static void
tell (UserDrop   *self,
      const char *kind,
      long        first,
      long        second,
      long        third,
      long        fourth)
{
  XClientMessageEvent message = {
    .type = ClientMessage,
    .display = self->display,
    .window = self->target,
    .message_type = get_atom (self, kind),
    .format = 32,
    .data.l = { (long) self->window, first, second, third, fourth },
  };

  XSendEvent (self->display, self->target, False, 0, (XEvent *) &message);
}

static void
tell_position (UserDrop *self)
{
  tell (self, "XdndPosition", 0, (self->x << 16) | self->y, CurrentTime,
        (long) get_atom (self, "XdndActionCopy"));
}

static void
give (UserDrop               *self,
      XSelectionRequestEvent *request)
{
  XSelectionEvent answer = {
    .type = SelectionNotify,
    .requestor = request->requestor,
    .selection = request->selection,
    .target = request->target,
    .time = request->time,
    .property = None,
  };

  if (request->target == get_atom (self, "text/uri-list"))
    {
      XChangeProperty (self->display, request->requestor, request->property, request->target, 8,
                       PropModeReplace, (const unsigned char *) self->uris,
                       (int) strlen (self->uris));
      answer.property = request->property;
    }
  XSendEvent (self->display, request->requestor, False, 0, (XEvent *) &answer);
}

static void
hear (UserDrop            *self,
      XClientMessageEvent *message)
{
  gboolean is_taken = (message->data.l[1] & 1) != 0;

  if (message->message_type == get_atom (self, "XdndFinished"))
    {
      g_atomic_int_set (&self->is_finished, TRUE);
      return;
    }
  if (message->message_type != get_atom (self, "XdndStatus") || self->is_dropped)
    return;

  self->is_dropped = is_taken && g_atomic_int_get (&self->is_let_go);
  if (self->is_dropped)
    {
      tell (self, "XdndDrop", 0, CurrentTime, 0, 0);
      return;
    }

  g_usleep (PACE_MICROSECONDS);
  tell_position (self);
}

static gpointer
drag (gpointer user_data)
{
  UserDrop *self = user_data;

  self->display = XOpenDisplay (NULL);
  self->window = XCreateSimpleWindow (self->display, DefaultRootWindow (self->display), 0, 0, 1, 1,
                                      0, 0, 0);
  XSetSelectionOwner (self->display, get_atom (self, "XdndSelection"), self->window, CurrentTime);
  tell (self, "XdndEnter", XDND_VERSION << 24, (long) get_atom (self, "text/uri-list"), 0, 0);
  tell_position (self);

  while (!g_atomic_int_get (&self->is_finished))
    {
      XEvent event;

      XNextEvent (self->display, &event);
      if (event.type == SelectionRequest)
        give (self, &event.xselectionrequest);
      else if (event.type == ClientMessage)
        hear (self, &event.xclient);
    }

  XCloseDisplay (self->display);
  g_main_context_wakeup (NULL);
  return NULL;
}

UserDrop *
user_drop_begin (GtkWidget  *widget,
                 const char *uris)
{
  UserDrop *self = g_new0 (UserDrop, 1);
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  Display *display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (widget));
  double x, y, surface_x, surface_y;
  Window child;

  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (native),
                                                   gtk_widget_get_width (widget) / 2.0,
                                                   gtk_widget_get_height (widget) / 2.0, &x, &y));
  self->uris = g_strdup (uris);
  self->target = gdk_x11_surface_get_xid (surface);
  XTranslateCoordinates (display, self->target, DefaultRootWindow (display), (int) (x + surface_x),
                         (int) (y + surface_y), &self->x, &self->y, &child);
  self->thread = g_thread_new ("drag", drag, self);

  return self;
}

void
user_drop_let_go (UserDrop *self)
{
  g_atomic_int_set (&self->is_let_go, TRUE);
}

gboolean
user_drop_is_finished (UserDrop *self)
{
  return g_atomic_int_get (&self->is_finished);
}

void
user_drop_end (UserDrop *self)
{
  g_thread_join (self->thread);
  g_free (self->uris);
  g_free (self);
}
