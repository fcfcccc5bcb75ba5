/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-menu-private.h"

#include "mullion-browser-window.h"
#include "mullion-error.h"
#include "mullion-menu-actions.h"
#include "mullion-menu-item-private.h"
#include "mullion-web-contents.h"

/*
 * MullionMenu as a popup over the page of a window.
 *
 * Main process. The popup is a child of the web view, so that the actions of a GMenuModel are found
 * there and above it. It ends once, with one answer: when it closes, when its view goes, or when it
 * is cancelled.
 */

typedef struct
{
  GTask *task;
  MullionWebContents *contents; /* (unowned): when they close, so do we */
  GtkWidget *popover;           /* (unowned): the view of the contents owns it */
  MullionMenuActions *actions;
  MullionMenuItem *choice;      /* (nullable) */
  GSource *cancelled;           /* (nullable) */
} Popup;

static MullionMenu *
get_menu (Popup *self)
{
  return g_task_get_source_object (self->task);
}

static void
finish (Popup *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);
  MullionMenu *menu = g_task_get_source_object (task);

  mullion_menu_actions_free (self->actions);
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
  mullion_menu_set_popup (menu, NULL);
  g_signal_handlers_disconnect_by_data (self->contents, self);
  g_signal_handlers_disconnect_by_data (self->popover, self);
  gtk_widget_unparent (self->popover);

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&self->choice), g_object_unref);
  g_clear_object (&self->choice);
  g_free (self);
}

static gboolean
finish_cb (gpointer user_data)
{
  finish (user_data);
  return G_SOURCE_REMOVE;
}

/* GTK closes the popover first and activates the item after it: the answer waits for that. */
static void
closed_cb (Popup *self)
{
  g_signal_handlers_disconnect_by_func (self->popover, closed_cb, self);
  mullion_menu_emit_will_close (get_menu (self));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, finish_cb, self, NULL);
}

/* From the main loop and not from inside the cancellation, whose lock is still held there. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Popup *self = user_data;

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  return G_SOURCE_REMOVE;
}

/* A window that closes takes its popup along, while there still is a view. The popup has to be closed
 * for that: one that only vanishes leaves the pointer grabbed. */
static void
contents_closed_cb (Popup *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  while (g_idle_remove_by_data (self))
    ;
  finish (self);
}

static void
chosen_cb (MullionMenuItem *item,
           gpointer         user_data)
{
  Popup *self = user_data;

  g_set_object (&self->choice, item);
}

/* The middle of the view stands for a pointer that is elsewhere, or not known. */
static void
find_pointer (GtkWidget *view,
              double    *x,
              double    *y)
{
  GtkNative *native = gtk_widget_get_native (view);
  GdkSurface *surface = gtk_native_get_surface (native);
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (view));
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  double left, top;

  *x = gtk_widget_get_width (view) / 2.0;
  *y = gtk_widget_get_height (view) / 2.0;
  if (surface == NULL || pointer == NULL ||
      !gdk_surface_get_device_position (surface, pointer, &left, &top, NULL))
    return;

  gtk_native_get_surface_transform (native, x, y);
  gtk_widget_translate_coordinates (GTK_WIDGET (native), view, left - *x, top - *y, x, y);
}

static void
point (Popup *self,
       int    x,
       int    y)
{
  GtkWidget *view = gtk_widget_get_parent (self->popover);
  double zoom = mullion_web_contents_get_zoom_factor (self->contents);
  double left = x * zoom;
  double top = y * zoom;
  GdkRectangle area = { 0, 0, 1, 1 };

  if (x < 0 || y < 0)
    find_pointer (view, &left, &top);
  area.x = (int) CLAMP (left, 0, gtk_widget_get_width (view));
  area.y = (int) CLAMP (top, 0, gtk_widget_get_height (view));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &area);
}

static void
watch (Popup *self)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect_swapped (self->contents, "closed", G_CALLBACK (contents_closed_cb), self);
  if (cancellable == NULL)
    return;

  self->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), self, NULL);
  g_source_attach (self->cancelled, NULL);
}

static void
open_popup (MullionMenu          *menu,
            MullionBrowserWindow *window,
            int                   x,
            int                   y,
            GTask                *task)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  Popup *self = g_new0 (Popup, 1);
  GtkWidget *view;

  self->task = task;
  self->contents = mullion_browser_window_get_web_contents (window);
  view = GTK_WIDGET (mullion_web_contents_get_web_view (self->contents));
  self->popover = gtk_popover_menu_new_from_model (mullion_menu_get_model (menu));
  self->actions = mullion_menu_actions_new (menu, group, window, chosen_cb, self);
  gtk_widget_insert_action_group (self->popover, MULLION_MENU_PREFIX, G_ACTION_GROUP (group));
  gtk_widget_set_parent (self->popover, view);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  point (self, x, y);
  watch (self);

  mullion_menu_close_popup (menu);
  mullion_menu_set_popup (menu, GTK_POPOVER (self->popover));
  mullion_menu_emit_will_show (menu);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/**
 * mullion_menu_popup_async:
 * @self: a menu
 * @window: the window over whose page it opens
 * @x: where, in pixels of the page from its left edge; -1 for where the pointer is
 * @y: where, in pixels of the page from its upper edge; -1 for where the pointer is
 * @cancellable: (nullable): closes the popup
 * @callback: (scope async): called when the popup has closed
 * @user_data: given to @callback
 *
 * Opens the menu at a point, like Electron's `menu.popup`. A menu has one popup at a time: the one
 * before it closes.
 *
 * Since: 0.1
 */
void
mullion_menu_popup_async (MullionMenu          *self,
                          MullionBrowserWindow *window,
                          int                   x,
                          int                   y,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data)
{
  GTask *task;

  g_return_if_fail (MULLION_IS_MENU (self));
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (window));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, mullion_menu_popup_async);
  if (!mullion_browser_window_is_destroyed (window) &&
      gtk_widget_get_mapped (GTK_WIDGET (window)))
    {
      open_popup (self, window, x, y, task);
      return;
    }

  g_task_return_new_error (task, MULLION_ERROR, MULLION_ERROR_GONE,
                           "A menu cannot open over a window that is not shown");
  g_object_unref (task);
}

/**
 * mullion_menu_popup_finish:
 * @self: a menu
 * @result: what the callback got
 * @error: why it did not open: %MULLION_ERROR_GONE when the window is not there, or %G_IO_ERROR when
 *   it was cancelled
 *
 * Ends [method@Menu.popup_async]. The item was clicked already.
 *
 * Returns: (transfer full) (nullable): what was chosen; %NULL when the menu was closed without a
 *   choice, when it was made from a model, and with @error set when it failed
 *
 * Since: 0.1
 */
MullionMenuItem *
mullion_menu_popup_finish (MullionMenu   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
