/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "stages.h"

#include <stdio.h>
#include <time.h>

/*
 * How far a page is, told to the benchmark on the standard output: a line for each stage that its
 * script reports (start.js), with the monotonic clock, which all processes of a machine share.
 * The script tells it by WebKit's own message in both programs, so that they differ in nothing else.
 */

#define HANDLER "stage"

static void
stage_cb (WebKitUserContentManager *manager,
          JSCValue                 *value,
          gpointer                  user_data)
{
  g_autofree char *stage = jsc_value_to_string (value);
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  printf ("stage %s %lld\n", stage, (long long) now.tv_sec * 1000000000 + now.tv_nsec);
  fflush (stdout);
}

/* Returns: (transfer full): where the program is, and its page beside it */
char *
stages_dup_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return g_path_get_dirname (program);
}

void
stages_watch (WebKitWebView *view)
{
  WebKitUserContentManager *manager = webkit_web_view_get_user_content_manager (view);

  g_signal_connect (manager, "script-message-received::" HANDLER, G_CALLBACK (stage_cb), NULL);
  webkit_user_content_manager_register_script_message_handler (manager, HANDLER, NULL);
}
