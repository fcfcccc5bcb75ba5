/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "stages.h"

#include <mullion.h>
#include <stdlib.h>
#include <string.h>

/*
 * A small app, which the bare program is compared with (bare.c): the same page in the same windows,
 * with a preload script and a handler as any app has them.
 *
 *   mullion-bench-app [WINDOWS [--no-acceleration]]
 */

static const char options[] =
  "{ \"title\": \"" STAGES_TITLE "\", \"width\": %d, \"height\": %d,"
  "  \"webPreferences\": { \"preload\": \"start-preload.js\" } }";

static void
open_note (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static void
ready_cb (MullionApp *app,
          gpointer    user_data)
{
  int windows = GPOINTER_TO_INT (user_data);
  g_autofree char *json = g_strdup_printf (options, STAGES_WIDTH, STAGES_HEIGHT);

  for (int i = 0; i < windows; i++)
    {
      g_autoptr(GError) error = NULL;
      MullionBrowserWindow *window = mullion_browser_window_new_from_json (app, json, &error);
      MullionWebContents *contents;

      if (window == NULL)
        g_error ("Making a window failed: %s", error->message);

      contents = mullion_browser_window_get_web_contents (window);
      stages_watch (mullion_web_contents_get_web_view (contents));
      mullion_browser_window_load_file (window, "start.html");
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(MullionApp) app = NULL;
  g_autofree char *folder = stages_dup_folder ();
  int windows = argc > 1 ? atoi (argv[1]) : 1;

  app = mullion_app_new ("io.github.mullion.BenchApp", G_APPLICATION_NON_UNIQUE);
  mullion_app_set_app_path (app, folder);
  mullion_ipc_main_handle (mullion_app_get_ipc_main (app), "note:open", open_note, NULL, NULL);
  if (argc > 2 && strcmp (argv[2], "--no-acceleration") == 0)
    mullion_app_disable_hardware_acceleration (app);
  g_signal_connect (app, "ready", G_CALLBACK (ready_cb), GINT_TO_POINTER (windows));

  return mullion_app_run (app, 1, argv);
}
