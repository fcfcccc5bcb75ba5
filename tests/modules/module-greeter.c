/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <mullion-module.h>
#include <mullion.h>

/*
 * The C module of the page-only app with a module: one handler, and proof that it came before the
 * first window.
 */

#ifndef GREETING
#define GREETING "hello from C"
#endif

static void
greet_cb (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  JsonNode *answer = json_node_init_string (json_node_alloc (), user_data);

  mullion_ipc_main_invoke_event_return (event, answer);
}

void
mullion_app_module_activate (MullionApp *app)
{
  g_autoptr (GList) windows = mullion_browser_window_get_all ();
  const char *answer = windows == NULL && mullion_app_is_ready (app) ? GREETING : "too late";

  mullion_ipc_main_handle (mullion_app_get_ipc_main (app), "greet", greet_cb, (gpointer) answer,
                           NULL);
}
