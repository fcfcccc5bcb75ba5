/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * sendSync: the page stands still until the return value is set.
 *
 * The listener may set it later too, as the slow one does. The main process goes on meanwhile: it
 * is only the page that waits.
 */

#define LONGEST_WAIT (5 * 1000)

static JsonNode *
create_error (const GError *error)
{
  g_autofree char *text = g_strconcat ("Error: ", error->message, NULL);

  return gallery_string_node (text);
}

static void
reverse (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  g_autoptr(GError) error = NULL;
  const char *text = gallery_args_get_string (args, 0, 1000, &error);
  g_autofree char *reversed = NULL;

  if (text == NULL)
    {
      mullion_ipc_main_event_set_return_value (event, create_error (error));
      return;
    }

  reversed = g_utf8_strreverse (text, -1);
  mullion_ipc_main_event_set_return_value (event, gallery_string_node (reversed));
}

static gboolean
wake_cb (gpointer user_data)
{
  mullion_ipc_main_event_set_return_value (user_data, gallery_string_node ("Good morning"));
  return G_SOURCE_REMOVE;
}

static void
slow (MullionIpcMainEvent *event,
      JsonArray           *args,
      gpointer             user_data)
{
  g_autoptr(GError) error = NULL;
  double milliseconds = 0;

  if (!gallery_args_get_number (args, 0, 0, LONGEST_WAIT, &milliseconds, &error))
    mullion_ipc_main_event_set_return_value (event, create_error (error));
  else
    g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) milliseconds, wake_cb,
                        g_object_ref (event), g_object_unref);
}

void
gallery_sync_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_on (ipc, "sync:reverse", reverse, NULL, NULL);
  mullion_ipc_main_on (ipc, "sync:slow", slow, NULL, NULL);
}
