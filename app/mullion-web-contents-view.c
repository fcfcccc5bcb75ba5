/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-contents-view.h"

#include "mullion-web-contents-private.h"

/**
 * MullionWebContentsView:
 *
 * A page as a widget, like Electron's `WebContentsView`: one more page in a window, or one beside
 * widgets of GTK in a window of any kind.
 *
 * [method@BrowserWindow.add_child_view] lays it above the page of a window, at its bounds. In any
 * other place it is a [class@Gtk.Widget] that takes the room which its parent gives it.
 *
 * Its page ends with it: when the last reference is dropped, or its window is destroyed.
 * To show and to hide it, like Electron's `view.setVisible`, is [method@Gtk.Widget.set_visible].
 *
 * Since: 0.1
 */

/* Main process. The page in it is trusted no more than that of a window, and has a preload script,
 * grants and a session of its own. */

struct _MullionWebContentsView
{
  GtkWidget parent_instance;

  MullionWebContents *contents; /* NULL once it is disposed of */
  GdkRectangle bounds;
  GtkCssProvider *corners; /* (nullable): they are square */
};

G_DEFINE_FINAL_TYPE (MullionWebContentsView, mullion_web_contents_view, GTK_TYPE_WIDGET)

static void
mullion_web_contents_view_dispose (GObject *object)
{
  MullionWebContentsView *self = MULLION_WEB_CONTENTS_VIEW (object);
  g_autoptr(MullionWebContents) contents = g_steal_pointer (&self->contents);

  if (contents != NULL)
    {
      GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

      if (child != NULL)
        gtk_widget_unparent (child);
      mullion_web_contents_destroy (contents);
    }
  g_clear_object (&self->corners);

  G_OBJECT_CLASS (mullion_web_contents_view_parent_class)->dispose (object);
}

static void
mullion_web_contents_view_class_init (MullionWebContentsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_web_contents_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mullion_web_contents_view_init (MullionWebContentsView *self)
{
}

static JsonObject *
get_preferences (JsonObject *options)
{
  JsonNode *node = options != NULL ? json_object_get_member (options, "webPreferences") : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  g_warning ("View option \"webPreferences\" must be an object: ignored");
  return NULL;
}

/**
 * mullion_web_contents_view_new:
 * @app: the app
 * @options: (nullable) (transfer none): Electron's constructor options: `webPreferences`
 *
 * Creates a view with a page of its own. `docs/window-options.md` has all preferences; one that is
 * not good is warned about.
 *
 * Returns: (transfer floating): the view
 *
 * Since: 0.1
 */
MullionWebContentsView *
mullion_web_contents_view_new (MullionApp *app,
                               JsonObject *options)
{
  MullionWebContentsView *self;
  GtkWidget *view;

  g_return_val_if_fail (MULLION_IS_APP (app), NULL);

  self = g_object_new (MULLION_TYPE_WEB_CONTENTS_VIEW, NULL);
  self->contents = mullion_web_contents_new (
    app, mullion_web_preferences_new_from_json (get_preferences (options)), NULL);
  view = GTK_WIDGET (mullion_web_contents_get_web_view (self->contents));
  gtk_widget_set_parent (view, GTK_WIDGET (self));
  return self;
}

/**
 * mullion_web_contents_view_get_web_contents:
 * @self: the view
 *
 * Gets what is in the view, like Electron's `view.webContents`.
 *
 * Returns: (nullable) (transfer none): the web contents; %NULL once the view is disposed of
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_web_contents_view_get_web_contents (MullionWebContentsView *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_CONTENTS_VIEW (self), NULL);

  return self->contents;
}

/**
 * mullion_web_contents_view_set_bounds:
 * @self: the view
 * @bounds: its place above the page of its window, in pixels
 *
 * Places the view, like Electron's `view.setBounds`. It has no size before.
 *
 * Since: 0.1
 */
void
mullion_web_contents_view_set_bounds (MullionWebContentsView *self,
                                      const GdkRectangle     *bounds)
{
  GtkWidget *parent;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS_VIEW (self));
  g_return_if_fail (bounds != NULL && bounds->width >= 0 && bounds->height >= 0);

  self->bounds = *bounds;
  parent = gtk_widget_get_parent (GTK_WIDGET (self));
  if (parent != NULL)
    gtk_widget_queue_allocate (parent);
}

/**
 * mullion_web_contents_view_get_bounds:
 * @self: the view
 * @bounds: (out caller-allocates): return location for its place
 *
 * Tells where the view is, like Electron's `view.getBounds`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_view_get_bounds (MullionWebContentsView *self,
                                      GdkRectangle           *bounds)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS_VIEW (self));
  g_return_if_fail (bounds != NULL);

  *bounds = self->bounds;
}

/**
 * mullion_web_contents_view_set_background_color:
 * @self: the view
 * @color: the colour; what is below shows through where its alpha is less than 1
 *
 * Sets what the view shows where its page has painted nothing, like Electron's
 * `view.setBackgroundColor`.
 *
 * Since: 0.1
 */
void
mullion_web_contents_view_set_background_color (MullionWebContentsView *self,
                                                const GdkRGBA          *color)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS_VIEW (self));
  g_return_if_fail (color != NULL);

  if (self->contents != NULL)
    webkit_web_view_set_background_color (mullion_web_contents_get_web_view (self->contents), color);
}

static void
style_corners (MullionWebContentsView *self)
{
  if (self->corners != NULL)
    return;

  self->corners = gtk_css_provider_new ();
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_style_context_add_provider (gtk_widget_get_style_context (GTK_WIDGET (self)),
                                  GTK_STYLE_PROVIDER (self->corners),
                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  G_GNUC_END_IGNORE_DEPRECATIONS
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * mullion_web_contents_view_set_border_radius:
 * @self: the view
 * @radius: how round its corners are, in pixels; 0 for square ones
 *
 * Rounds the corners of the view, like Electron's `view.setBorderRadius`. What is below shows there,
 * and gets the clicks.
 *
 * Since: 0.1
 */
void
mullion_web_contents_view_set_border_radius (MullionWebContentsView *self,
                                             int                     radius)
{
  g_autofree char *css = NULL;

  g_return_if_fail (MULLION_IS_WEB_CONTENTS_VIEW (self));
  g_return_if_fail (radius >= 0);

  style_corners (self);
  css = g_strdup_printf ("* { border-radius: %dpx; }", radius);
  gtk_css_provider_load_from_data (self->corners, css, -1);
}
