/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

/*
 * The shared object of old Electron apps: global.sharedObject of the main process, read and
 * written by windows that were made with enableRemoteModule.
 *
 * Every access blocks its page, and every such window may write whatever it likes: for apps that
 * come from there, not for new ones.
 */

static void
share_object (MullionApp *app)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "someProperty", "default value");
  json_node_take_object (node, object);
  mullion_app_set_global (app, "sharedObject", node);
}

static void
open_window (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  gallery_open_window (user_data, GALLERY_WINDOW_REMOTE, "legacy");
  mullion_ipc_main_invoke_event_return (event, NULL);
}

void
gallery_legacy_register (MullionApp *app)
{
  share_object (app);
  mullion_ipc_main_handle (mullion_app_get_ipc_main (app), "legacy:open-window", open_window,
                           app, NULL);
}
