/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-guard-table.h"

#include "mullion-process-list.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <time.h>
#include <unistd.h>

/*
 * The processes that shall not outlive the app. In the process guard.
 *
 * They are held by descriptors and not by numbers, for another process may get the number of one that
 * has ended. With WebKit's sandbox a child of the app is bwrap, and the child of that is the first
 * process of a namespace; with that one the kernel ends all that is in there. So children and their
 * children are held, and nothing below: code in the sandbox can start as many there as it likes.
 */

/* Of a hundred windows and what they need. */
#define MAX_GUARDED 512

typedef struct
{
  pid_t pid;
  int is_child; /* of the app's */
} Guarded;

static Guarded guarded[MAX_GUARDED];
static struct pollfd fds[MAX_GUARDED]; /* of the same */
static unsigned n_guarded;

static int
is_guarded (pid_t pid)
{
  for (unsigned i = 0; i < n_guarded; i++)
    if (guarded[i].pid == pid)
      return 1;

  return 0;
}

static void
guard (const MullionProcess *process,
       int                   is_child)
{
  int fd;

  if (n_guarded == MAX_GUARDED || is_guarded (process->pid))
    return;

  fd = pidfd_open (process->pid, 0);
  if (fd < 0)
    return;

  /* Whoever had the number when it was read may have ended before it was opened. */
  if (mullion_process_get_parent (process->pid) != process->parent)
    {
      close (fd);
      return;
    }

  guarded[n_guarded] = (Guarded) { process->pid, is_child };
  fds[n_guarded++] = (struct pollfd) { .fd = fd, .events = POLLIN };
}

static void
guard_grandchildren (const MullionProcess *list,
                     size_t                n)
{
  unsigned n_parents = n_guarded;

  for (size_t i = 0; i < n; i++)
    for (unsigned j = 0; j < n_parents; j++)
      if (guarded[j].is_child && guarded[j].pid == list[i].parent)
        guard (&list[i], 0);
}

static void
forget_ended (int milliseconds)
{
  unsigned n = 0;

  if (poll (fds, n_guarded, milliseconds) <= 0)
    return;

  for (unsigned i = 0; i < n_guarded; i++)
    {
      if (fds[i].revents != 0)
        {
          close (fds[i].fd);
          continue;
        }
      guarded[n] = guarded[i];
      fds[n++] = fds[i];
    }
  n_guarded = n;
}

void
mullion_guard_table_look (pid_t app)
{
  MullionProcess *list;
  size_t n = mullion_process_list_read (&list);

  forget_ended (0);
  for (size_t i = 0; i < n; i++)
    if (list[i].parent == app && mullion_process_is_webkit (list[i].pid))
      guard (&list[i], 1);
  guard_grandchildren (list, n);
  free (list);
}

static long
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void
mullion_guard_table_wait (int milliseconds)
{
  long end = now () + milliseconds;

  for (long left = milliseconds; n_guarded > 0 && left > 0; left = end - now ())
    forget_ended ((int) left);
}

void
mullion_guard_table_kill (void)
{
  MullionProcess *list;
  size_t n = mullion_process_list_read (&list);

  /* One whose sandbox had not begun when it was looked for. */
  guard_grandchildren (list, n);
  free (list);

  for (unsigned i = 0; i < n_guarded; i++)
    pidfd_send_signal (fds[i].fd, SIGKILL, NULL, 0);
}
