/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * A native menu that a page asked for.
 *
 * The menu is made here, from a GMenu: the page says only where. The call ends when the menu
 * closes, with the id of what was chosen or with null.
 */

#define LARGEST_COORDINATE 1e5

/* One open menu; it belongs to its popover. */
typedef struct
{
  MullionIpcMainInvokeEvent *event;
  char *choice;
} Menu;

static void
free_menu (gpointer data)
{
  Menu *menu = data;

  g_object_unref (menu->event);
  g_free (menu->choice);
  g_free (menu);
}

static GMenuModel *
create_model (void)
{
  static const char *const items[][2] = {
    { "Cu_t", "menu.choose::cut" },
    { "_Copy", "menu.choose::copy" },
    { "_Paste", "menu.choose::paste" },
  };
  static const char *const panes[][2] = {
    { "One _Pane", "menu.choose::one-pane" },
    { "_Two Panes", "menu.choose::two-panes" },
  };
  g_autoptr(GMenu) edit = g_menu_new ();
  g_autoptr(GMenu) view = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    g_menu_append (edit, items[i][0], items[i][1]);
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    g_menu_append (view, panes[i][0], panes[i][1]);

  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_submenu (menu, "_Window", G_MENU_MODEL (view));
  return G_MENU_MODEL (menu);
}

static void
choose_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Menu *menu = user_data;

  g_free (menu->choice);
  menu->choice = g_variant_dup_string (parameter, NULL);
}

static gboolean
answer_cb (gpointer user_data)
{
  GtkWidget *popover = user_data;
  Menu *menu = g_object_get_data (G_OBJECT (popover), "gallery-menu");

  mullion_ipc_main_invoke_event_return (menu->event, menu->choice != NULL
                                                       ? gallery_string_node (menu->choice)
                                                       : json_node_new (JSON_NODE_NULL));
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* GTK closes the popover first and activates the item after it: the answer waits for that. */
static void
closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, answer_cb, g_object_ref (popover), g_object_unref);
}

static GSimpleActionGroup *
create_actions (Menu *menu)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) action = g_simple_action_new ("choose", G_VARIANT_TYPE_STRING);

  g_signal_connect (action, "activate", G_CALLBACK (choose_cb), menu);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  return group;
}

static void
open_menu (MullionIpcMainInvokeEvent *event,
           double                     x,
           double                     y)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  GtkWidget *view = GTK_WIDGET (mullion_web_contents_get_web_view (sender));
  double zoom = mullion_web_contents_get_zoom_factor (sender);
  g_autoptr(GMenuModel) model = create_model ();
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);
  Menu *menu = g_new0 (Menu, 1);
  g_autoptr(GSimpleActionGroup) actions = create_actions (menu);
  GdkRectangle point = { 0, 0, 1, 1 };

  /* The page counts in its own pixels, and may name a point outside of its view. */
  point.x = (int) CLAMP (x * zoom, 0, gtk_widget_get_width (view));
  point.y = (int) CLAMP (y * zoom, 0, gtk_widget_get_height (view));

  menu->event = g_object_ref (event);
  g_object_set_data_full (G_OBJECT (popover), "gallery-menu", menu, free_menu);
  gtk_widget_insert_action_group (popover, "menu", G_ACTION_GROUP (actions));
  gtk_widget_set_parent (popover, view);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &point);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);

  /* A page that goes away takes its menu along, and so does a window that closes. */
  g_signal_connect_object (mullion_ipc_main_invoke_event_get_cancellable (event), "cancelled",
                           G_CALLBACK (gtk_popover_popdown), popover, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "destroy", G_CALLBACK (gtk_widget_unparent), popover,
                           G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
popup (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  double x = 0;
  double y = 0;

  if (!gallery_args_get_number (args, 0, 0, LARGEST_COORDINATE, &x, &error)
      || !gallery_args_get_number (args, 1, 0, LARGEST_COORDINATE, &y, &error))
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else
    open_menu (event, x, y);
}

void
gallery_menu_register (MullionApp *app)
{
  mullion_ipc_main_handle (mullion_app_get_ipc_main (app), "menu:popup", popup, NULL, NULL);
}
