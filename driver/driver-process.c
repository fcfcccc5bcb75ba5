/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-process.h"

#include "driver-log.h"

#include <gio/gio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/* DriverProcess: a program that must not outlive the driver. */

#define TERM_PATIENCE_MSEC 1000

struct _DriverProcess
{
  GSubprocess *subprocess;
  DriverLog *log;
  int pid;
  GMutex lock;
  GCond ended;
  gboolean has_ended;
  GSubprocess *follower; /* (nullable) (owned) */
  int n_refs;
};

static void
unref (DriverProcess *self)
{
  if (!g_atomic_int_dec_and_test (&self->n_refs))
    return;

  g_object_unref (self->subprocess);
  g_clear_object (&self->follower);
  driver_log_unref (self->log);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ended);
  g_free (self);
}

/* Reaps it wherever the driver is busy: a thread of its own waits. */
static gpointer
wait_for_end (gpointer data)
{
  DriverProcess *self = data;

  g_subprocess_wait (self->subprocess, NULL, NULL);
  g_mutex_lock (&self->lock);
  self->has_ended = TRUE;
  if (self->follower != NULL)
    g_subprocess_force_exit (self->follower);
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->lock);
  unref (self);
  return NULL;
}

/* In the child, before its program runs: nothing but calls that are safe there. */
static void
die_with_driver (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

DriverProcess *
driver_process_spawn (const char * const  *argv,
                      const char * const  *environ,
                      const char          *folder,
                      int                  fd,
                      int                  child_fd,
                      GError             **error)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                     G_SUBPROCESS_FLAGS_STDERR_MERGE);
  const char *identifier; /* (nullable): one that has ended has none */
  GSubprocess *subprocess;
  DriverProcess *self;

  g_subprocess_launcher_set_environ (launcher, (char **) environ);
  if (folder != NULL)
    g_subprocess_launcher_set_cwd (launcher, folder);
  if (fd >= 0)
    g_subprocess_launcher_take_fd (launcher, fd, child_fd);
  g_subprocess_launcher_set_child_setup (launcher, die_with_driver, NULL, NULL);

  subprocess = g_subprocess_launcher_spawnv (launcher, argv, error);
  if (subprocess == NULL)
    return NULL;

  self = g_new0 (DriverProcess, 1);
  self->subprocess = subprocess;
  self->log = driver_log_new (g_subprocess_get_stdout_pipe (subprocess));
  identifier = g_subprocess_get_identifier (subprocess);
  self->pid = identifier != NULL ? (GPid) g_ascii_strtoll (identifier, NULL, 10) : 0;
  self->n_refs = 2;
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  g_thread_unref (g_thread_new ("waiter", wait_for_end, self));
  return self;
}

void
driver_process_free (DriverProcess *self)
{
  driver_process_end (self, 0);
  unref (self);
}

char *
driver_process_take_log (DriverProcess *self)
{
  return driver_log_take (self->log);
}

void
driver_process_kill (DriverProcess *self,
                     int            signal_number)
{
  g_subprocess_send_signal (self->subprocess, signal_number);
}

int
driver_process_get_pid (DriverProcess *self)
{
  return self->pid;
}

void
driver_process_take_along (DriverProcess *self,
                           DriverProcess *follower)
{
  g_mutex_lock (&self->lock);
  self->follower = g_object_ref (follower->subprocess);
  if (self->has_ended)
    g_subprocess_force_exit (self->follower);
  g_mutex_unlock (&self->lock);
}

gboolean
driver_process_has_ended (DriverProcess *self,
                          guint          patience_msec)
{
  gint64 until = g_get_monotonic_time () + (gint64) patience_msec * G_TIME_SPAN_MILLISECOND;
  gboolean has_ended;

  g_mutex_lock (&self->lock);
  while (!self->has_ended && g_cond_wait_until (&self->ended, &self->lock, until))
    ;
  has_ended = self->has_ended;
  g_mutex_unlock (&self->lock);
  return has_ended;
}

void
driver_process_end (DriverProcess *self,
                    guint          patience_msec)
{
  if (driver_process_has_ended (self, patience_msec))
    return;

  g_subprocess_send_signal (self->subprocess, SIGTERM);
  if (driver_process_has_ended (self, TERM_PATIENCE_MSEC))
    return;

  g_subprocess_force_exit (self->subprocess);
  driver_process_has_ended (self, G_MAXUINT / 2);
}
