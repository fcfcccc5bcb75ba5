/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-commands.h"

#include "driver-error.h"

/*
 * The commands of a session: https://www.w3.org/TR/webdriver2/#endpoints
 *
 * Those that only look at pages and change them are left to WebKit's driver.
 */

static const struct
{
  const char *method;
  const char *path; /* a star stands for one part, whatever it is */
  DriverRun run;
} commands[] = {
  { "GET", "/timeouts", driver_session_forward },
  { "POST", "/timeouts", driver_session_forward },
  { "POST", "/url", driver_session_navigate },
  { "GET", "/url", driver_session_forward },
  { "POST", "/back", driver_session_forward },
  { "POST", "/forward", driver_session_forward },
  { "POST", "/refresh", driver_session_forward },
  { "GET", "/title", driver_session_forward },
  { "GET", "/window", driver_session_forward },
  { "DELETE", "/window", driver_session_forward },
  { "POST", "/window", driver_session_forward },
  { "GET", "/window/handles", driver_session_forward },
  { "POST", "/window/new", driver_session_new_window },
  { "GET", "/window/rect", driver_session_forward },
  { "POST", "/window/rect", driver_session_forward },
  { "POST", "/window/maximize", driver_session_forward },
  { "POST", "/window/minimize", driver_session_forward },
  { "POST", "/window/fullscreen", driver_session_forward },
  { "POST", "/frame", driver_session_forward },
  { "POST", "/frame/parent", driver_session_forward },
  { "GET", "/element/active", driver_session_forward },
  { "GET", "/element/*/shadow", driver_session_forward },
  { "POST", "/element", driver_session_forward },
  { "POST", "/elements", driver_session_forward },
  { "POST", "/element/*/element", driver_session_forward },
  { "POST", "/element/*/elements", driver_session_forward },
  { "POST", "/shadow/*/element", driver_session_forward },
  { "POST", "/shadow/*/elements", driver_session_forward },
  { "GET", "/element/*/selected", driver_session_forward },
  { "GET", "/element/*/displayed", driver_session_forward },
  { "GET", "/element/*/attribute/*", driver_session_forward },
  { "GET", "/element/*/property/*", driver_session_forward },
  { "GET", "/element/*/css/*", driver_session_forward },
  { "GET", "/element/*/text", driver_session_forward },
  { "GET", "/element/*/name", driver_session_forward },
  { "GET", "/element/*/rect", driver_session_forward },
  { "GET", "/element/*/enabled", driver_session_forward },
  { "GET", "/element/*/computedrole", driver_session_forward },
  { "GET", "/element/*/computedlabel", driver_session_forward },
  { "POST", "/element/*/click", driver_session_click },
  { "POST", "/element/*/clear", driver_session_forward },
  { "POST", "/element/*/value", driver_session_send_keys },
  { "GET", "/source", driver_session_forward },
  { "POST", "/execute/sync", driver_session_forward },
  { "POST", "/execute/async", driver_session_forward },
  { "GET", "/cookie", driver_session_forward },
  { "GET", "/cookie/*", driver_session_forward },
  { "POST", "/cookie", driver_session_add_cookie },
  { "DELETE", "/cookie/*", driver_session_forward },
  { "DELETE", "/cookie", driver_session_forward },
  { "POST", "/actions", driver_session_perform_actions },
  { "DELETE", "/actions", driver_session_release_actions },
  { "POST", "/alert/dismiss", driver_session_forward },
  { "POST", "/alert/accept", driver_session_forward },
  { "GET", "/alert/text", driver_session_forward },
  { "POST", "/alert/text", driver_session_forward },
  { "GET", "/screenshot", driver_session_forward },
  { "GET", "/element/*/screenshot", driver_session_forward },
  { "POST", "/print", driver_session_ask },
  { "GET", "/mullion/log", driver_session_take_log },
  { "GET", "/mullion/recording", driver_session_get_recording },
  { "GET", "/mullion/screenshot", driver_session_take_picture },
  { "GET", "/mullion/clipboard", driver_session_get_clipboard },
  { "POST", "/mullion/clipboard", driver_session_set_clipboard },
  { "GET", "/mullion/menu", driver_session_ask },
  { "POST", "/mullion/menu/activate", driver_session_ask },
  { "GET", "/mullion/dialog", driver_session_ask },
  { "POST", "/mullion/dialog/answer", driver_session_ask },
  { "GET", "/mullion/notification", driver_session_ask },
  { "POST", "/mullion/ipc/invoke", driver_session_ask },
  { "POST", "/mullion/ipc/send", driver_session_ask },
  { "POST", "/mullion/ipc/mock", driver_session_ask },
  { "POST", "/mullion/ipc/unmock", driver_session_ask },
  { "GET", "/mullion/ipc/calls", driver_session_ask },
  { "POST", "/mullion/ipc/wait", driver_session_wait_for_message },
  { "POST", "/mullion/kill", driver_session_kill },
  { "POST", "/mullion/restart", driver_session_restart },
};

/* (transfer full): what stands where the stars are, or %NULL when the paths differ */
static char **
match_path (const char *pattern,
            const char *path)
{
  g_auto(GStrv) expected = g_strsplit (pattern, "/", -1);
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr(GStrvBuilder) variables = g_strv_builder_new ();
  guint i;

  for (i = 0; expected[i] != NULL && parts[i] != NULL; i++)
    {
      gboolean varies = g_str_equal (expected[i], "*");

      if (varies ? *parts[i] == '\0' : !g_str_equal (expected[i], parts[i]))
        return NULL;
      if (varies)
        g_strv_builder_add (variables, parts[i]);
    }

  return expected[i] == NULL && parts[i] == NULL ? g_strv_builder_end (variables) : NULL;
}

DriverRun
driver_commands_find (const char   *method,
                      const char   *path,
                      char       ***variables,
                      GError      **error)
{
  gboolean is_path = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto(GStrv) matched = match_path (commands[i].path, path);

      if (matched == NULL)
        continue;
      is_path = TRUE;
      if (g_str_equal (commands[i].method, method))
        {
          *variables = g_steal_pointer (&matched);
          return commands[i].run;
        }
    }

  g_set_error (error, DRIVER_ERROR,
               is_path ? DRIVER_ERROR_UNKNOWN_METHOD : DRIVER_ERROR_UNKNOWN_COMMAND,
               "There is no command %s %s", method, path);
  return NULL;
}
