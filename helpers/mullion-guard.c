/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-guard-table.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The process guard: sees to it that no process of WebKit's outlives the app, however that ends.
 *
 * A program of its own, for nothing in the app's process survives a SIGKILL, and started by the app.
 * It trusts the app and the kernel. Its standard input is one end of a pair of sockets, whose other
 * end the app alone has: a byte there says that WebKit may have started something, the end of file
 * that the app has ended. Processes of WebKit's then end by themselves, as a rule; those that were
 * stopped, or taken over by code that does not want to, get SIGKILL after a while.
 */

/* WebKit's network process may have something to write to the disk. */
#define GRACE_MILLISECONDS 5000

/* A terminal sends its signals to the group of the app. The guard is to end after the app, and does
 * so by itself. */
static void
stand_apart (void)
{
  setsid ();
  signal (SIGHUP, SIG_IGN);
  signal (SIGINT, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
}

/* The process that made the socket: who our parent is now is another question, when that has ended. */
static pid_t
get_app (void)
{
  struct ucred credentials;
  socklen_t size = sizeof credentials;

  if (getsockopt (STDIN_FILENO, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
    return 0;

  return credentials.pid;
}

int
main (void)
{
  pid_t app = get_app ();
  char bytes[64];

  if (app <= 0)
    return 1;

  stand_apart ();
  /* Somebody may wait for the end of what the app has open. */
  closefrom (STDERR_FILENO + 1);

  while (read (STDIN_FILENO, bytes, sizeof bytes) > 0)
    mullion_guard_table_look (app);

  mullion_guard_table_wait (GRACE_MILLISECONDS);
  mullion_guard_table_kill ();

  return 0;
}
