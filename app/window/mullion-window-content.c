/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-content.h"

/*
 * What a window shows below its menu bar: its page, other pages above that, and on top of all the
 * buttons of a window that has no title bar, and its edges.
 *
 * Main process. It is a GtkOverlay; the pages above say themselves where they are.
 */

static gboolean
get_child_position_cb (GtkOverlay   *overlay,
                       GtkWidget    *child,
                       GdkRectangle *place)
{
  if (!MULLION_IS_WEB_CONTENTS_VIEW (child))
    return FALSE;

  mullion_web_contents_view_get_bounds (MULLION_WEB_CONTENTS_VIEW (child), place);
  return TRUE;
}

/* The buttons of one side, as the user's settings have them; none, if there they are none. */
static void
add_controls (GtkOverlay                 *overlay,
              GtkPackType                 side,
              const MullionWindowOptions *options)
{
  GtkWidget *controls = gtk_window_controls_new (side);

  g_object_bind_property (controls, "empty", controls, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  gtk_widget_set_halign (controls, side == GTK_PACK_START ? GTK_ALIGN_START : GTK_ALIGN_END);
  gtk_widget_set_valign (controls, GTK_ALIGN_START);
  if (options->overlay_height > 0)
    gtk_widget_set_size_request (controls, -1, options->overlay_height);
  gtk_overlay_add_overlay (overlay, controls);
}

GtkWidget *
mullion_window_content_new (GtkWidget                  *view,
                            const MullionWindowOptions *options)
{
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_overlay_set_child (GTK_OVERLAY (overlay), view);
  /* Security: a page above is not seen beyond the page of the window, and gets no click there, as on
   * the menu bar. */
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  g_signal_connect (overlay, "get-child-position", G_CALLBACK (get_child_position_cb), NULL);
  if (options->has_controls)
    {
      add_controls (GTK_OVERLAY (overlay), GTK_PACK_START, options);
      add_controls (GTK_OVERLAY (overlay), GTK_PACK_END, options);
    }
  return overlay;
}

/* (nullable): the first of what is no page: buttons and edges */
static GtkWidget *
find_top (GtkWidget *content)
{
  GtkWidget *child = gtk_widget_get_first_child (content);

  while (child != NULL && (child == gtk_overlay_get_child (GTK_OVERLAY (content))
                           || MULLION_IS_WEB_CONTENTS_VIEW (child)))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Above the other pages, and below what is no page. */
void
mullion_window_content_add_view (GtkWidget              *content,
                                 MullionWebContentsView *child)
{
  GtkWidget *widget = GTK_WIDGET (child);
  GtkWidget *top = find_top (content);

  gtk_overlay_add_overlay (GTK_OVERLAY (content), widget);
  gtk_overlay_set_clip_overlay (GTK_OVERLAY (content), widget, TRUE);
  if (top != NULL)
    gtk_widget_insert_before (widget, content, top);
}

gboolean
mullion_window_content_remove_view (GtkWidget              *content,
                                    MullionWebContentsView *child)
{
  if (gtk_widget_get_parent (GTK_WIDGET (child)) != content)
    return FALSE;

  gtk_overlay_remove_overlay (GTK_OVERLAY (content), GTK_WIDGET (child));
  return TRUE;
}

GList *
mullion_window_content_list_views (GtkWidget *content)
{
  GList *views = NULL;

  for (GtkWidget *child = gtk_widget_get_last_child (content); child != NULL;
       child = gtk_widget_get_prev_sibling (child))
    if (MULLION_IS_WEB_CONTENTS_VIEW (child))
      views = g_list_prepend (views, child);
  return views;
}
