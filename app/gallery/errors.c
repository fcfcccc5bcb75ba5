/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

/*
 * Handlers that go wrong, each in its own way.
 *
 * None of them can leave a page waiting: an event that nobody holds any more answers for itself.
 */

static void
fail (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_FAILED,
                                                  "The glass is broken");
}

static void
echo (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  JsonNode *answer = NULL;

  if (json_array_get_length (args) > 0)
    answer = json_node_copy (json_array_get_element (args, 0));

  mullion_ipc_main_invoke_event_return (event, answer);
}

/* It keeps no reference and gives no answer. */
static void
never_answer (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
}

void
gallery_errors_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "errors:fails", fail, NULL, NULL);
  mullion_ipc_main_handle (ipc, "errors:echo", echo, NULL, NULL);
  mullion_ipc_main_handle (ipc, "errors:never", never_answer, NULL, NULL);
}
