/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-open-external.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"

/*
 * The capability `open-external`: a link that opens in the user's browser. Main process.
 *
 * Of what shell.openExternal opens, https alone passes, and the check is made here and not in a
 * preload, which the page's process may have taken over.
 */

#define MAX_URL_LENGTH 8192

gboolean
mullion_open_external_check (const char  *url,
                             GError     **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);

  if (scheme == NULL || g_ascii_strcasecmp (scheme, "https") == 0)
    return mullion_shell_check_external (url, error);

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                       "cannot open this link: only https addresses are opened");
  return FALSE;
}

/* The call ends here, however the desktop took it. */
static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  if (mullion_shell_open_external_finish (result, &error))
    mullion_ipc_main_invoke_event_return (event, NULL);
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
open_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  MullionBrowserWindow *window = NULL;
  GError *error = NULL;
  const char *url;

  url = mullion_arguments_get_string (args, 0, "url", MAX_URL_LENGTH, &error);
  if (url == NULL || !mullion_arguments_check_count (args, 1, &error) ||
      !mullion_open_external_check (url, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }
  if (sender != NULL)
    window = mullion_browser_window_from_web_contents (sender);
  mullion_shell_open_external_async (url, window != NULL ? GTK_WINDOW (window) : NULL,
                                     mullion_ipc_main_invoke_event_get_cancellable (event),
                                     opened_cb, g_object_ref (event));
}

void
mullion_open_external_add_handlers (MullionCapabilitySet *set)
{
  mullion_capability_set_handle (set, "mullion:open-external", open_cb, NULL);
}
