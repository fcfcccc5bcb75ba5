/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-picture.h"

#include <X11/Xatom.h>
#include <cairo-xlib.h>

/* What a person sees of a window, menus and all: the part of the display that they cover. */

/* Every window but the last before the root: what a window manager has put around it. */
static Window
find_outermost (Display *display,
                Window   window)
{
  Window root = None;
  Window parent = None;
  Window *children = NULL;
  unsigned int n_children = 0;

  while (XQueryTree (display, window, &root, &parent, &children, &n_children))
    {
      if (children != NULL)
        XFree (children);
      children = NULL;
      if (parent == root || parent == None)
        break;
      window = parent;
    }

  return window;
}

static gboolean
is_of_process (Display *display,
               Window   window,
               int      pid)
{
  Atom atom = XInternAtom (display, "_NET_WM_PID", False);
  Atom type = None;
  int format = 0;
  unsigned long n_items = 0, n_left = 0;
  unsigned char *data = NULL;
  gboolean is_equal = FALSE;

  if (XGetWindowProperty (display, window, atom, 0, 1, False, XA_CARDINAL, &type, &format, &n_items,
                          &n_left, &data) == Success &&
      data != NULL && n_items == 1)
    is_equal = *(unsigned long *) data == (unsigned long) pid;
  if (data != NULL)
    XFree (data);
  return is_equal;
}

static gboolean
get_box (Display               *display,
         Window                 window,
         cairo_rectangle_int_t *box,
         gboolean              *is_menu)
{
  XWindowAttributes attributes;

  if (!XGetWindowAttributes (display, window, &attributes) || attributes.map_state != IsViewable)
    return FALSE;

  box->x = attributes.x;
  box->y = attributes.y;
  box->width = attributes.width + 2 * attributes.border_width;
  box->height = attributes.height + 2 * attributes.border_width;
  *is_menu = attributes.override_redirect;
  return TRUE;
}

static void
add_menus (Display        *display,
           int             pid,
           cairo_region_t *region)
{
  Window root = None;
  Window parent = None;
  Window *children = NULL;
  unsigned int n_children = 0;
  cairo_rectangle_int_t box;
  gboolean is_menu = FALSE;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &children, &n_children))
    return;

  for (unsigned int i = 0; i < n_children; i++)
    if (get_box (display, children[i], &box, &is_menu) && is_menu &&
        is_of_process (display, children[i], pid))
      cairo_region_union_rectangle (region, &box);
  if (children != NULL)
    XFree (children);
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *bytes,
          unsigned int         size)
{
  g_byte_array_append (closure, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

/* (transfer full) */
static GBytes *
paint (Display                     *display,
       const cairo_rectangle_int_t *box)
{
  int screen = DefaultScreen (display);
  cairo_surface_t *shown =
    cairo_xlib_surface_create (display, RootWindow (display, screen),
                               DefaultVisual (display, screen), DisplayWidth (display, screen),
                               DisplayHeight (display, screen));
  cairo_surface_t *copy = cairo_image_surface_create (CAIRO_FORMAT_RGB24, box->width, box->height);
  cairo_t *cr = cairo_create (copy);
  GByteArray *png = g_byte_array_new ();

  cairo_set_source_surface (cr, shown, -box->x, -box->y);
  cairo_paint (cr);
  cairo_surface_write_to_png_stream (copy, write_cb, png);

  cairo_destroy (cr);
  cairo_surface_destroy (copy);
  cairo_surface_destroy (shown);
  return g_byte_array_free_to_bytes (png);
}

GBytes *
driver_picture_take (Display  *display,
                     gulong    window,
                     int       pid,
                     GError  **error)
{
  const cairo_rectangle_int_t screen = {
    0, 0, DisplayWidth (display, DefaultScreen (display)),
    DisplayHeight (display, DefaultScreen (display)),
  };
  cairo_region_t *region = cairo_region_create ();
  cairo_rectangle_int_t box = { 0 };
  gboolean is_menu = FALSE;

  if (get_box (display, find_outermost (display, window), &box, &is_menu))
    {
      cairo_region_union_rectangle (region, &box);
      add_menus (display, pid, region);
      cairo_region_intersect_rectangle (region, &screen);
    }
  cairo_region_get_extents (region, &box);
  cairo_region_destroy (region);

  if (box.width <= 0 || box.height <= 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The window is not seen");
      return NULL;
    }

  return paint (display, &box);
}
