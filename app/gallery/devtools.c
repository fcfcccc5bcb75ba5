/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

/*
 * Developer tools of the page that asks, and of no other.
 *
 * Whether they are allowed at all is said by the window's webPreferences, not by the page.
 */

static void
answer_state (MullionIpcMainInvokeEvent *event)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  gboolean opened = mullion_web_contents_is_dev_tools_opened (sender);

  mullion_ipc_main_invoke_event_return (event, json_node_init_boolean (json_node_alloc (), opened));
}

static void
open_tools (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  mullion_web_contents_open_dev_tools (mullion_ipc_main_invoke_event_get_sender (event));
  answer_state (event);
}

static void
close_tools (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  mullion_web_contents_close_dev_tools (mullion_ipc_main_invoke_event_get_sender (event));
  answer_state (event);
}

static void
is_open (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  answer_state (event);
}

void
gallery_devtools_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "devtools:open", open_tools, NULL, NULL);
  mullion_ipc_main_handle (ipc, "devtools:close", close_tools, NULL, NULL);
  mullion_ipc_main_handle (ipc, "devtools:is-open", is_open, NULL, NULL);
}
