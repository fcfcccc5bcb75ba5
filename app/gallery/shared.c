/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Data of the app, held here and shown by all windows.
 *
 * A page asks for a change; the main process makes it, and tells every window. No window holds
 * the truth, so none can disagree with another for long.
 */

#define MAX_KEYS 32
#define MAX_KEY 64
#define MAX_VALUE 4096

/* The sender knows it already, and is typing: what it wrote before would come in its way. */
static void
broadcast (MullionWebContents *sender,
           const char         *key,
           const char         *value)
{
  g_autoptr(GList) all = mullion_web_contents_get_all ();

  for (GList *at = all; at != NULL; at = at->next)
    if (at->data != sender)
      mullion_web_contents_send (at->data, "shared:changed",
                                 gallery_args_new (gallery_string_node (key),
                                                   gallery_string_node (value), NULL));
}

static void
get_all (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  JsonObject *copy = json_object_new ();
  JsonNode *answer = json_node_new (JSON_NODE_OBJECT);
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *value = NULL;

  /* A copy, as the store goes on changing while an answer waits to be written. */
  json_object_iter_init (&iter, user_data);
  while (json_object_iter_next (&iter, &key, &value))
    json_object_set_member (copy, key, json_node_copy (value));

  json_node_take_object (answer, copy);
  mullion_ipc_main_invoke_event_return (event, answer);
}

static void
set (MullionIpcMainInvokeEvent *event,
     JsonArray                 *args,
     gpointer                   user_data)
{
  JsonObject *store = user_data;
  g_autoptr(GError) error = NULL;
  const char *key = gallery_args_get_string (args, 0, MAX_KEY, &error);
  const char *value = key != NULL ? gallery_args_get_string (args, 1, MAX_VALUE, &error) : NULL;

  if (value == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
      return;
    }

  if (!json_object_has_member (store, key) && json_object_get_size (store) >= MAX_KEYS)
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                                                      "No more than %d keys are kept", MAX_KEYS);
      return;
    }

  json_object_set_string_member (store, key, value);
  mullion_ipc_main_invoke_event_return (event, NULL);
  broadcast (mullion_ipc_main_invoke_event_get_sender (event), key, value);
}

static void
open_window (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  gallery_open_window (user_data, GALLERY_WINDOW_SMALL, "shared");
  mullion_ipc_main_invoke_event_return (event, NULL);
}

void
gallery_shared_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);
  g_autoptr(JsonObject) store = json_object_new ();

  json_object_set_string_member (store, "text", "One truth, many panes");
  mullion_ipc_main_handle (ipc, "shared:all", get_all,
                           json_object_ref (store), (GDestroyNotify) json_object_unref);
  mullion_ipc_main_handle (ipc, "shared:set", set,
                           json_object_ref (store), (GDestroyNotify) json_object_unref);
  mullion_ipc_main_handle (ipc, "shared:open-window", open_window, app, NULL);
}
