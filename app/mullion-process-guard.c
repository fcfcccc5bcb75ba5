/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-process-guard.h"

#include "mullion-own-files.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The main process's side of the process guard, the program in helpers/.
 *
 * One for the whole process, as WebKit has its own processes for the whole of it: it is there from a
 * second after the first page until this process ends, and is never stopped. It learns of that end from
 * the kernel, by a socket that nobody else has; all that is ever said on it is that it may look again.
 */

/* Pages that come and go do so without the guard, and a start is not the time for it. */
#define DELAY_SECONDS 1

static int guard_socket = -1;
static guint delay;

char *
mullion_process_guard_dup_path (void)
{
  return mullion_own_files_dup_program ("mullion-guard");
}

/* Its descriptors it closes itself, so that this large process need not be copied for it to start. */
static GSubprocess *
launch (int      end,
        GError **error)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_INHERIT_FDS | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                               G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *path = mullion_process_guard_dup_path ();

  g_subprocess_launcher_take_stdin_fd (launcher, end);
  return g_subprocess_launcher_spawn (launcher, error, path, NULL);
}

static void
start (void)
{
  static gboolean has_failed;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  int ends[2];

  if (has_failed || socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return;

  process = launch (ends[1], &error);
  if (process != NULL)
    {
      guard_socket = ends[0];
      return;
    }

  close (ends[0]);
  has_failed = TRUE;
  g_message ("Without the process guard a web process that hangs may outlive the app: %s",
             error->message);
}

/* Returns whether there is a guard to hear it. When its ears are full it will look anyway; and whatever
 * else goes wrong, a guard that lives must not lose the socket: it would take that for our end. */
static gboolean
tell (void)
{
  return guard_socket >= 0 &&
         (send (guard_socket, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1 ||
          (errno != EPIPE && errno != ECONNRESET));
}

static gboolean
look_cb (gpointer user_data)
{
  delay = 0;
  if (tell ())
    return G_SOURCE_REMOVE;

  /* There is none yet, or somebody has ended it. */
  if (guard_socket >= 0)
    close (guard_socket);
  guard_socket = -1;
  start ();
  tell ();

  return G_SOURCE_REMOVE;
}

void
mullion_process_guard_look (void)
{
  if (delay == 0)
    delay = g_timeout_add_seconds_full (G_PRIORITY_LOW, DELAY_SECONDS, look_cb, NULL, NULL);
}
