/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "utility-echo.h"

#include <stdlib.h>
#include <sys/wait.h>

/* The helper as a program. */

/* Of a helper that never asks for its port, a program that it runs has nothing: neither the variable nor,
 * as the first descriptor behind the usual ones, the socket. */
static int
run_shell (void)
{
  int status = system ("test -z \"$MULLION_PARENT_PORT_FD\" && test ! -S /proc/self/fd/3");

  return WIFEXITED (status) ? WEXITSTATUS (status) : 100;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  MullionMessagePortMain *port;

  if (argc > 1 && g_str_equal (argv[1], "run-shell"))
    return run_shell ();

  port = mullion_utility_process_get_parent_port (&error);
  if (port == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  g_assert_true (mullion_utility_process_get_parent_port (NULL) == port);
  start_echo (port);
  g_signal_connect_swapped (port, "close", G_CALLBACK (g_main_loop_quit), loop);
  mullion_message_port_main_start (port);
  if (argc > 1)
    mullion_message_port_main_post_message (port, mullion_value_new_string (argv[1], -1), NULL, 0, NULL);
  g_main_loop_run (loop);
  return 0;
}
