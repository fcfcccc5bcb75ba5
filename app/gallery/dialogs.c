/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * The desktop's dialogs: to open, to save and to ask.
 *
 * What they say is decided here; the page only says which, and hears how it ended.
 */

static const char open_options[] =
  "{ \"title\": \"Open pictures\", \"properties\": [\"openFile\", \"multiSelections\"],"
  "  \"filters\": [ { \"name\": \"Pictures\", \"extensions\": [\"png\", \"jpg\", \"svg\"] },"
  "                 { \"name\": \"All files\", \"extensions\": [\"*\"] } ] }";

static const char save_options[] =
  "{ \"title\": \"Save the picture\", \"defaultPath\": \"window.png\", \"buttonLabel\": \"Keep\" }";

static const char ask_options[] =
  "{ \"type\": \"question\", \"message\": \"Clean the panes?\","
  "  \"detail\": \"It will rain tomorrow.\", \"buttons\": [\"Cancel\", \"Clean\"],"
  "  \"defaultId\": 1, \"cancelId\": 0, \"checkboxLabel\": \"Both sides\" }";

static JsonObject *
parse (const char *options)
{
  g_autoptr(JsonNode) node = json_from_string (options, NULL);

  return json_object_ref (json_node_get_object (node));
}

static MullionBrowserWindow *
get_window (MullionIpcMainInvokeEvent *event)
{
  return mullion_browser_window_from_web_contents (
    mullion_ipc_main_invoke_event_get_sender (event));
}

static void
opened_cb (GObject      *window,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  g_auto(GStrv) paths = mullion_dialog_show_open_dialog_finish (result, &error);
  g_autoptr(JsonArray) array = NULL;

  if (paths == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  array = json_array_new ();
  for (guint i = 0; paths[i] != NULL; i++)
    json_array_add_string_element (array, paths[i]);
  mullion_ipc_main_invoke_event_return (event, json_node_init_array (json_node_alloc (), array));
}

static void
open_files (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  g_autoptr(JsonObject) options = parse (open_options);

  mullion_dialog_show_open_dialog_async (get_window (event), options,
                                         mullion_ipc_main_invoke_event_get_cancellable (event),
                                         opened_cb, g_object_ref (event));
}

static void
saved_cb (GObject      *window,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (!mullion_dialog_show_save_dialog_finish (result, &path, &error))
    mullion_ipc_main_invoke_event_return_error (event, error);
  else if (path == NULL)
    mullion_ipc_main_invoke_event_return (event, json_node_new (JSON_NODE_NULL));
  else
    mullion_ipc_main_invoke_event_return (event, gallery_string_node (path));
}

static void
save_file (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  g_autoptr(JsonObject) options = parse (save_options);

  mullion_dialog_show_save_dialog_async (get_window (event), options,
                                         mullion_ipc_main_invoke_event_get_cancellable (event),
                                         saved_cb, g_object_ref (event));
}

static void
answered_cb (GObject      *window,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  gboolean is_checked = FALSE;
  GError *error = NULL;
  int response = mullion_dialog_show_message_box_finish (result, &is_checked, &error);
  g_autoptr(JsonObject) answer = NULL;

  if (response < 0)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  answer = json_object_new ();
  json_object_set_int_member (answer, "response", response);
  json_object_set_boolean_member (answer, "checkboxChecked", is_checked);
  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), answer));
}

static void
ask (MullionIpcMainInvokeEvent *event,
     JsonArray                 *args,
     gpointer                   user_data)
{
  g_autoptr(JsonObject) options = parse (ask_options);

  mullion_dialog_show_message_box_async (get_window (event), options,
                                         mullion_ipc_main_invoke_event_get_cancellable (event),
                                         answered_cb, g_object_ref (event));
}

void
gallery_dialogs_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "dialogs:open", open_files, NULL, NULL);
  mullion_ipc_main_handle (ipc, "dialogs:save", save_file, NULL, NULL);
  mullion_ipc_main_handle (ipc, "dialogs:ask", ask, NULL, NULL);
}
