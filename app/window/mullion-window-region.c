/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-region.h"

/*
 * The part of a window that takes the pointer: what lies outside of it goes to whatever is below the
 * window.
 *
 * Main process. GDK has a region for that on X11 and on Wayland. GTK sets it too, for the shadow of a
 * window that it draws the frame of, whenever such a window has a new size; so this comes after GTK.
 */

#define KEY "mullion-region"

typedef struct
{
  GtkWindow *window;            /* unowned: it owns us */
  GdkSurface *surface;          /* (nullable): that we listen to */
  cairo_region_t *shape;        /* (nullable): all of it */
  gboolean is_ignored;
} Region;

static void
forget_surface (Region *self)
{
  if (self->surface != NULL)
    g_signal_handlers_disconnect_by_data (self->surface, self);
  g_clear_object (&self->surface);
}

static void
free_region (gpointer data)
{
  Region *self = data;

  forget_surface (self);
  g_clear_pointer (&self->shape, cairo_region_destroy);
  g_free (self);
}

static void
apply (Region *self)
{
  cairo_region_t *region = NULL;
  double left, top;

  if (self->surface == NULL)
    return;

  if (self->is_ignored)
    region = cairo_region_create ();
  else if (self->shape != NULL)
    {
      gtk_native_get_surface_transform (GTK_NATIVE (self->window), &left, &top);
      region = cairo_region_copy (self->shape);
      cairo_region_translate (region, (int) left, (int) top);
    }
  gdk_surface_set_input_region (self->surface, region);
  g_clear_pointer (&region, cairo_region_destroy);
}

static void
layout_cb (Region *self)
{
  if (self->is_ignored || self->shape != NULL)
    apply (self);
}

static void
realize_cb (Region *self)
{
  forget_surface (self);
  self->surface = g_object_ref (gtk_native_get_surface (GTK_NATIVE (self->window)));
  g_signal_connect_data (self->surface, "layout", G_CALLBACK (layout_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  apply (self);
}

static Region *
ensure_region (GtkWindow *window)
{
  Region *self = g_object_get_data (G_OBJECT (window), KEY);

  if (self != NULL)
    return self;

  self = g_new0 (Region, 1);
  self->window = window;
  g_object_set_data_full (G_OBJECT (window), KEY, self, free_region);
  g_signal_connect_data (window, "realize", G_CALLBACK (realize_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (window, "unrealize", G_CALLBACK (forget_surface), self);
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realize_cb (self);
  return self;
}

void
mullion_window_region_set_shape (GtkWindow      *window,
                                 cairo_region_t *region)
{
  Region *self = ensure_region (window);

  g_clear_pointer (&self->shape, cairo_region_destroy);
  self->shape = region;
  apply (self);
}

void
mullion_window_region_set_ignored (GtkWindow *window,
                                   gboolean   is_ignored)
{
  Region *self = ensure_region (window);

  self->is_ignored = is_ignored;
  apply (self);
}
