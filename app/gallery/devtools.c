/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Developer tools of the page that asks, and of no other.
 *
 * Whether they are allowed at all is said by the window's webPreferences, not by the page. They
 * take a moment to open, and their user may close them too: the page is told of each change.
 */

static JsonNode *
create_state (MullionWebContents *contents)
{
  gboolean opened = mullion_web_contents_is_dev_tools_opened (contents);

  return json_node_init_boolean (json_node_alloc (), opened);
}

static void
changed_cb (MullionWebContents *contents)
{
  mullion_web_contents_send (contents, "devtools:changed",
                             gallery_args_new (create_state (contents), NULL));
}

static void
created_cb (MullionApp         *app,
            MullionWebContents *contents)
{
  g_signal_connect (contents, "devtools-opened", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (contents, "devtools-closed", G_CALLBACK (changed_cb), NULL);
}

static void
open_tools (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  mullion_web_contents_open_dev_tools (mullion_ipc_main_invoke_event_get_sender (event));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
close_tools (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  mullion_web_contents_close_dev_tools (mullion_ipc_main_invoke_event_get_sender (event));
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
is_open (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);

  mullion_ipc_main_invoke_event_return (event, create_state (sender));
}

void
gallery_devtools_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  g_signal_connect (app, "web-contents-created", G_CALLBACK (created_cb), NULL);
  mullion_ipc_main_handle (ipc, "devtools:open", open_tools, NULL, NULL);
  mullion_ipc_main_handle (ipc, "devtools:close", close_tools, NULL, NULL);
  mullion_ipc_main_handle (ipc, "devtools:is-open", is_open, NULL, NULL);
}
