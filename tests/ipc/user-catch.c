/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "user-catch.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>

/*
 * The target of a drag, by the XDND protocol: https://freedesktop.org/wiki/Specifications/XDND
 *
 * It has a connection and a thread of its own, so that it is another program to GTK. The thread
 * takes whatever comes, asks for it as text/uri-list, and ends.
 */

#define XDND_VERSION 5L

struct _UserCatch
{
  GThread *thread;
  int x, y, width, height;
  int is_ready;   /* atomic */
  int is_entered; /* atomic */
  char *dropped;  /* atomic (nullable) */

  /* The thread's. */
  Display *display;
  Window window;
  Window source;
  Time time;
};

static Atom
get_atom (UserCatch  *self,
          const char *name)
{
  return XInternAtom (self->display, name, False);
}

static void
show (UserCatch *self)
{
  XSetWindowAttributes attributes = { .override_redirect = True };

  self->window = XCreateWindow (self->display, DefaultRootWindow (self->display), self->x, self->y,
                                (guint) self->width, (guint) self->height, 0, CopyFromParent,
                                InputOutput, CopyFromParent, CWOverrideRedirect, &attributes);
  XChangeProperty (self->display, self->window, get_atom (self, "XdndAware"), XA_ATOM, 32,
                   PropModeReplace, (const unsigned char *) &(long) { XDND_VERSION }, 1);
  XMapRaised (self->display, self->window);
  XSync (self->display, False);
  g_atomic_int_set (&self->is_ready, TRUE);
  g_main_context_wakeup (NULL);
}

static void
tell (UserCatch  *self,
      const char *kind,
      long        flags,
      Atom        action)
{
  XClientMessageEvent message = {
    .type = ClientMessage,
    .display = self->display,
    .window = self->source,
    .message_type = get_atom (self, kind),
    .format = 32,
    .data.l = { (long) self->window, flags, 0, 0, (long) action },
  };

  /* XdndFinished has its action one place before. */
  if (message.message_type == get_atom (self, "XdndFinished"))
    message.data.l[2] = (long) action;
  XSendEvent (self->display, self->source, False, 0, (XEvent *) &message);
}

static void
hear (UserCatch           *self,
      XClientMessageEvent *message)
{
  self->source = (Window) message->data.l[0];
  if (message->message_type == get_atom (self, "XdndPosition"))
    {
      tell (self, "XdndStatus", 1, (Atom) message->data.l[4]);
      XSync (self->display, False);
      g_atomic_int_set (&self->is_entered, TRUE);
      g_main_context_wakeup (NULL);
    }
  else if (message->message_type == get_atom (self, "XdndDrop"))
    XConvertSelection (self->display, get_atom (self, "XdndSelection"),
                       get_atom (self, "text/uri-list"), get_atom (self, "MULLION_DROPPED"),
                       self->window, (Time) message->data.l[2]);
}

static char *
read_dropped (UserCatch       *self,
              XSelectionEvent *event)
{
  Atom type;
  int format;
  gulong n_items, left;
  guchar *bytes = NULL;
  char *text;

  if (event->property == None)
    return g_strdup ("nothing");

  XGetWindowProperty (self->display, self->window, event->property, 0, 4096, True, AnyPropertyType,
                      &type, &format, &n_items, &left, &bytes);
  text = g_strndup ((const char *) bytes, n_items);
  XFree (bytes);
  return text;
}

static gpointer
catch (gpointer user_data)
{
  UserCatch *self = user_data;
  char *dropped = NULL;

  self->display = XOpenDisplay (NULL);
  show (self);
  while (dropped == NULL)
    {
      XEvent event;

      XNextEvent (self->display, &event);
      if (event.type == SelectionNotify)
        dropped = read_dropped (self, &event.xselection);
      else if (event.type == ClientMessage)
        hear (self, &event.xclient);
    }

  tell (self, "XdndFinished", 1, get_atom (self, "XdndActionCopy"));
  XCloseDisplay (self->display);
  g_atomic_pointer_set (&self->dropped, dropped);
  g_main_context_wakeup (NULL);
  return NULL;
}

UserCatch *
user_catch_new (int x,
                int y,
                int width,
                int height)
{
  UserCatch *self = g_new0 (UserCatch, 1);

  self->x = x;
  self->y = y;
  self->width = width;
  self->height = height;
  self->thread = g_thread_new ("catch", catch, self);
  return self;
}

gboolean
user_catch_is_ready (UserCatch *self)
{
  return g_atomic_int_get (&self->is_ready);
}

gboolean
user_catch_is_entered (UserCatch *self)
{
  return g_atomic_int_get (&self->is_entered);
}

const char *
user_catch_get_dropped (UserCatch *self)
{
  return g_atomic_pointer_get (&self->dropped);
}

void
user_catch_free (UserCatch *self)
{
  g_thread_join (self->thread);
  g_free (self->dropped);
  g_free (self);
}
