/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

#include "desktop/mullion-desktop-menu-bar.h"

/*
 * The modules `menu` and `tray`: menus from templates of pages, in a window and on the desktop. Main
 * process.
 *
 * A click is told by the item's id, for a function of a page cannot be kept. Roles do what they do in
 * any menu, by the hand of the user.
 */

/* -- Templates -- */

/* Lives as long as the item that it is connected to, which may be longer than the module. */
typedef struct
{
  MullionDesktop *desktop;
  const char *event; /* (unowned): a literal */
} Clicks;

static void
free_clicks (gpointer  data,
             GClosure *closure)
{
  Clicks *clicks = data;

  mullion_desktop_unref (clicks->desktop);
  g_free (clicks);
}

static void
click_cb (MullionMenuItem      *item,
          MullionBrowserWindow *window,
          gpointer              user_data)
{
  Clicks *clicks = user_data;
  const char *id = mullion_menu_item_get_id (item);
  JsonArray *details = json_array_new ();

  if (id != NULL)
    json_array_add_string_element (details, id);
  else
    json_array_add_null_element (details);
  json_array_add_boolean_element (details, mullion_menu_item_get_checked (item));
  mullion_desktop_tell (clicks->desktop, NULL, clicks->event, details);
}

/* A template nests 16 menus at most. */
static void
listen_to_items (MullionDesktop *self,
                 const char     *event,
                 MullionMenu    *menu)
{
  GListModel *items = mullion_menu_get_items (menu);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr(MullionMenuItem) item = g_list_model_get_item (items, i);
      MullionMenu *submenu = mullion_menu_item_get_submenu (item);
      Clicks *clicks = g_new0 (Clicks, 1);

      clicks->desktop = mullion_desktop_ref (self);
      clicks->event = event;
      g_signal_connect_data (item, "click", G_CALLBACK (click_cb), clicks, free_clicks, 0);
      if (submenu != NULL)
        listen_to_items (self, event, submenu);
    }
}

static MullionMenu *
create_menu (MullionDesktop  *self,
             const char      *event,
             JsonArray       *template,
             GError         **error)
{
  MullionMenu *menu = mullion_menu_new_from_template (template, error);

  if (menu != NULL)
    listen_to_items (self, event, menu);

  return menu;
}

/* -- menu -- */

static void
set_application_menu_cb (MullionIpcMainInvokeEvent *event,
                         JsonArray                 *args,
                         gpointer                   user_data)
{
  MullionDesktopMenuBar *self = user_data;
  JsonNode *template = json_array_get_element (args, 0);
  g_autoptr(MullionMenu) menu = NULL;
  GError *error = NULL;

  if (JSON_NODE_HOLDS_ARRAY (template))
    menu = create_menu (mullion_desktop_menu_bar_get_desktop (self), "click",
                        json_node_get_array (template), &error);
  if (error == NULL)
    mullion_desktop_menu_bar_show (self, menu);
  mullion_desktop_answer (event, error);
}

static void
popup_cb (GObject      *menu,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_autoptr(MullionMenuItem) item =
    mullion_menu_popup_finish (MULLION_MENU (menu), result, &error);
  const char *id = item != NULL ? mullion_menu_item_get_id (item) : NULL;

  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else if (id != NULL)
    mullion_desktop_answer_text (event, g_strdup (id), NULL);
  else
    mullion_ipc_main_invoke_event_return (event, json_node_new (JSON_NODE_NULL));
}

static int
get_coordinate (JsonObject *position,
                const char *name)
{
  return position != NULL && json_object_has_member (position, name)
           ? (int) json_object_get_int_member (position, name) : -1;
}

static void
show_popup_cb (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  MullionBrowserWindow *window = mullion_desktop_get_window (event);
  JsonObject *position = mullion_desktop_get_object (args, 1);
  g_autoptr(MullionMenu) menu = NULL;
  GError *error = NULL;

  if (window == NULL)
    g_set_error_literal (&error, MULLION_ERROR, MULLION_ERROR_GONE, "the page has no window");
  else
    menu = create_menu (mullion_desktop_menu_bar_get_desktop (user_data), "click",
                        json_array_get_array_element (args, 0), &error);
  if (menu == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }
  mullion_menu_popup_async (menu, window, get_coordinate (position, "x"),
                            get_coordinate (position, "y"),
                            mullion_ipc_main_invoke_event_get_cancellable (event), popup_cb,
                            g_object_ref (event));
}

#define COORDINATE "{\"type\":\"integer\",\"minimum\":0,\"maximum\":32767}"

#define ID "{\"type\":\"string\",\"minLength\":1,\"maxLength\":1024}"
#define BOOLEAN "{\"type\":\"boolean\"}"

static const MullionDesktopMethod menu_methods[] = {
  { "activate", mullion_desktop_menu_bar_activate_cb, "[" ID "]" },
  { "getItem", mullion_desktop_menu_bar_get_item_cb, "[" ID "]" },
  { "popup", show_popup_cb,
    "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"array\"},{\"type\":\"object\","
    "\"properties\":{\"x\":" COORDINATE ",\"y\":" COORDINATE "},\"required\":[\"x\",\"y\"],"
    "\"additionalProperties\":false}],\"minItems\":1,\"maxItems\":2}" },
  { "setApplicationMenu", set_application_menu_cb, "[{\"type\":[\"array\",\"null\"]}]" },
  { "setItem", mullion_desktop_menu_bar_set_item_cb,
    "[" ID ",{\"type\":\"object\",\"properties\":{\"label\":{\"type\":\"string\","
    "\"maxLength\":1024},\"enabled\":" BOOLEAN ",\"visible\":" BOOLEAN ",\"checked\":" BOOLEAN "},"
    "\"additionalProperties\":false}]" },
  { NULL },
};

static const char *const menu_events[] = { "changed", "click", NULL };

const MullionDesktopModule mullion_desktop_menu = {
  .name = "menu",
  .methods = menu_methods,
  .events = menu_events,
  .open = mullion_desktop_menu_bar_new,
  .close = mullion_desktop_menu_bar_free,
};

/* -- tray -- */

/* The one icon of the app. */
typedef struct
{
  MullionDesktop *desktop; /* (unowned) */
  MullionTray *tray;       /* (nullable): not shown */
} Tray;

static void
tell_click (Tray       *self,
            const char *event,
            int         x,
            int         y)
{
  JsonArray *details = json_array_new ();

  json_array_add_int_element (details, x);
  json_array_add_int_element (details, y);
  mullion_desktop_tell (self->desktop, NULL, event, details);
}

static void
tray_click_cb (MullionTray *tray,
               int          x,
               int          y,
               gpointer     user_data)
{
  tell_click (user_data, "click", x, y);
}

static void
tray_middle_click_cb (MullionTray *tray,
                      int          x,
                      int          y,
                      gpointer     user_data)
{
  tell_click (user_data, "middle-click", x, y);
}

static void
tray_right_click_cb (MullionTray *tray,
                     int          x,
                     int          y,
                     gpointer     user_data)
{
  tell_click (user_data, "right-click", x, y);
}

static void
tray_scroll_cb (MullionTray    *tray,
                int             delta,
                GtkOrientation  orientation,
                gpointer        user_data)
{
  Tray *self = user_data;
  JsonArray *details = json_array_new ();

  json_array_add_int_element (details, delta);
  json_array_add_string_element (
    details, orientation == GTK_ORIENTATION_HORIZONTAL ? "horizontal" : "vertical");
  mullion_desktop_tell (self->desktop, NULL, "scroll", details);
}

static void
tray_failed_cb (MullionTray  *tray,
                const GError *error,
                gpointer      user_data)
{
  Tray *self = user_data;
  JsonArray *details = json_array_new ();

  json_array_add_string_element (details, error->message);
  mullion_desktop_tell (self->desktop, NULL, "failed", details);
}

static void
remove_tray (Tray *self)
{
  if (self->tray == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->tray, self);
  mullion_tray_destroy (self->tray);
  g_clear_object (&self->tray);
}

static const char *
get_text (JsonObject *options,
          const char *name)
{
  return json_object_has_member (options, name) ? json_object_get_string_member (options, name)
                                                : NULL;
}

static void
show_image (Tray       *self,
            const char *image)
{
  if (self->tray != NULL)
    {
      mullion_tray_set_image (self->tray, image);
      return;
    }

  self->tray = mullion_tray_new (image);
  g_signal_connect (self->tray, "click", G_CALLBACK (tray_click_cb), self);
  g_signal_connect (self->tray, "middle-click", G_CALLBACK (tray_middle_click_cb), self);
  g_signal_connect (self->tray, "right-click", G_CALLBACK (tray_right_click_cb), self);
  g_signal_connect (self->tray, "scroll", G_CALLBACK (tray_scroll_cb), self);
  g_signal_connect (self->tray, "failed", G_CALLBACK (tray_failed_cb), self);
}

/* What is left out stays as it is. */
static void
show_tray_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  Tray *self = user_data;
  JsonObject *options = json_array_get_object_element (args, 0);
  g_autoptr(MullionMenu) menu = NULL;
  GError *error = NULL;

  if (!mullion_desktop_check_icon (json_object_get_string_member (options, "image"), &error)
      || (json_object_has_member (options, "menu")
          && (menu = create_menu (self->desktop, "menu-click",
                                  json_object_get_array_member (options, "menu"),
                                  &error)) == NULL))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  show_image (self, json_object_get_string_member (options, "image"));
  if (get_text (options, "toolTip") != NULL)
    mullion_tray_set_tool_tip (self->tray, get_text (options, "toolTip"));
  if (get_text (options, "title") != NULL)
    mullion_tray_set_title (self->tray, get_text (options, "title"));
  if (json_object_has_member (options, "needsAttention"))
    mullion_tray_set_needs_attention (
      self->tray, json_object_get_boolean_member (options, "needsAttention"));
  if (menu != NULL)
    mullion_tray_set_context_menu (self->tray, menu);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
hide_tray_cb (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  remove_tray (user_data);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static gpointer
open_tray (MullionDesktop *desktop)
{
  Tray *self = g_new0 (Tray, 1);

  self->desktop = desktop;

  return self;
}

static void
close_tray (gpointer data)
{
  remove_tray (data);
  g_free (data);
}

#define TEXT "{\"type\":\"string\",\"maxLength\":1024}"

static const MullionDesktopMethod tray_methods[] = {
  { "hide", hide_tray_cb, MULLION_DESKTOP_NOTHING },
  { "show", show_tray_cb,
    "[{\"type\":\"object\",\"required\":[\"image\"],\"properties\":{\"image\":" TEXT ","
    "\"toolTip\":" TEXT ",\"title\":" TEXT ",\"menu\":{\"type\":\"array\"},"
    "\"needsAttention\":{\"type\":\"boolean\"}},"
    "\"additionalProperties\":false}]" },
  { NULL },
};

static const char *const tray_events[] = {
  "click", "failed", "menu-click", "middle-click", "right-click", "scroll", NULL,
};

const MullionDesktopModule mullion_desktop_tray = {
  .name = "tray",
  .methods = tray_methods,
  .events = tray_events,
  .open = open_tray,
  .close = close_tray,
};
