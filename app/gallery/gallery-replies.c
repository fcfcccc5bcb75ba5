/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery-replies.h"

/* What the handlers of several pages say back. */

void
gallery_reply (MullionIpcMainInvokeEvent *event,
               GError                    *error)
{
  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_ipc_main_invoke_event_return (event, NULL);
}

void
gallery_tell_pages (const char *channel,
                    JsonArray  *args)
{
  g_autoptr(GList) all = mullion_web_contents_get_all ();

  for (GList *l = all; l != NULL; l = l->next)
    mullion_web_contents_send (l->data, channel, json_array_ref (args));
  json_array_unref (args);
}
