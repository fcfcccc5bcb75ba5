/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

/*
 * The smallest handler there is: it answers with what it was given. The page times it.
 */

static void
ping (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  JsonNode *answer = NULL;

  if (json_array_get_length (args) > 0)
    answer = json_node_copy (json_array_get_element (args, 0));

  mullion_ipc_main_invoke_event_return (event, answer);
}

void
gallery_welcome_register (MullionApp *app)
{
  mullion_ipc_main_handle (mullion_app_get_ipc_main (app), "welcome:ping", ping, NULL, NULL);
}
