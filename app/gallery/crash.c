/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

/*
 * A page that dies and comes back.
 *
 * The windows of the Gallery have the option reloadAfterCrash, so nothing here loads anything. What
 * is counted here outlives the page, as this is another process.
 */

#define DEATHS "gallery-deaths"

typedef struct
{
  guint count;
  char *reason; /* (nullable): of the last one */
} Deaths;

static void
deaths_free (gpointer data)
{
  Deaths *deaths = data;

  g_free (deaths->reason);
  g_free (deaths);
}

static void
gone_cb (MullionWebContents *contents,
         const char         *reason)
{
  Deaths *deaths = g_object_get_data (G_OBJECT (contents), DEATHS);

  deaths->count++;
  g_free (deaths->reason);
  deaths->reason = g_strdup (reason);
}

static void
created_cb (MullionApp         *app,
            MullionWebContents *contents)
{
  g_object_set_data_full (G_OBJECT (contents), DEATHS, g_new0 (Deaths, 1), deaths_free);
  g_signal_connect (contents, "render-process-gone", G_CALLBACK (gone_cb), NULL);
}

/* Each page can end its own process only: which that is, the message's sender says. */
static void
end_page (MullionIpcMainEvent *event,
          JsonArray           *args,
          gpointer             user_data)
{
  mullion_web_contents_forcefully_crash_renderer (mullion_ipc_main_event_get_sender (event));
}

static void
report (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  const Deaths *deaths = g_object_get_data (G_OBJECT (sender), DEATHS);
  JsonObject *answer = json_object_new ();

  json_object_set_int_member (answer, "process", mullion_web_contents_get_os_process_id (sender));
  json_object_set_int_member (answer, "count", deaths->count);
  if (deaths->reason != NULL)
    json_object_set_string_member (answer, "reason", deaths->reason);

  mullion_ipc_main_invoke_event_return (event, json_node_init_object (json_node_alloc (), answer));
  json_object_unref (answer);
}

void
gallery_crash_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  g_signal_connect (app, "web-contents-created", G_CALLBACK (created_cb), NULL);
  mullion_ipc_main_on (ipc, "crash:end", end_page, NULL, NULL);
  mullion_ipc_main_handle (ipc, "crash:report", report, NULL, NULL);
}
