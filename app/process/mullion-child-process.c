/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-child-process.h"

#include "mullion-child-launch.h"

#include <signal.h>
#include <unistd.h>

/**
 * MullionChildProcess:
 *
 * A program that runs beside the app, with the names of Node's `child_process`.
 *
 * It is started by [ctor@ChildProcess.spawn]. What it writes is read from
 * [method@ChildProcess.get_stdout] and [method@ChildProcess.get_stderr] when the app wants to: until
 * then it waits in a pipe, and a process whose pipe is full waits with it. What it is to read goes
 * to [method@ChildProcess.get_stdin]. Use the asynchronous functions of the streams, so that a
 * process which does not read or write never stops the app.
 *
 * The object stays alive until [signal@ChildProcess::exit], and until its channel is disconnected if it
 * has one, also without a reference of the app. It leaves no zombie, whatever becomes of the object.
 *
 * All of it belongs to the main thread, but for the streams.
 *
 * Since: 0.1
 */

struct _MullionChildProcess
{
  GObject parent_instance;

  GSubprocess *subprocess;
  MullionChildStdio stdio;

  int pid; /* it keeps that name when it is gone */
  int kill_signal;
  gboolean is_killed;

  guint timeout_id;    /* 0 when there is none, or the time is over */
  GSource *abort_source; /* (nullable) (owned): watches the cancellable while it runs */

  guint open_outputs; /* that were not read to the end yet, and the channel */
  gboolean has_exited;
  gboolean awaits_disconnect; /* and has a reference of itself until then */
  int exit_code;
  int signal_code;
};

enum
{
  EXIT,
  CLOSE,
  ERROR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionChildProcess, mullion_child_process, G_TYPE_OBJECT)

static void
consider_closed (MullionChildProcess *self)
{
  if (self->has_exited && self->open_outputs == 0)
    g_signal_emit (self, signals[CLOSE], 0, self->exit_code, self->signal_code);
}

static void
output_ended_cb (MullionChildProcess *self)
{
  self->open_outputs--;
  consider_closed (self);
}

static void
disconnected_cb (MullionChildProcess *self)
{
  g_autoptr(MullionChildProcess) last = self->awaits_disconnect ? self : NULL;

  self->awaits_disconnect = FALSE;
  output_ended_cb (self);
}

static void
stop_watching (MullionChildProcess *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->abort_source != NULL)
    g_source_destroy (self->abort_source);
  g_clear_pointer (&self->abort_source, g_source_unref);
}

static void
note_status (MullionChildProcess *self)
{
  self->has_exited = TRUE;
  if (g_subprocess_get_if_exited (self->subprocess))
    self->exit_code = g_subprocess_get_exit_status (self->subprocess);
  else
    self->signal_code = g_subprocess_get_term_sig (self->subprocess);
}

/* Has the reference that keeps the process alive while it runs. */
static void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(MullionChildProcess) self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  stop_watching (self);
  note_status (self);

  g_signal_emit (self, signals[EXIT], 0, self->exit_code, self->signal_code);
  consider_closed (self);

  /* What it sent at last is still to be read. */
  if (self->stdio.channel != NULL && mullion_node_channel_is_connected (self->stdio.channel))
    {
      self->awaits_disconnect = TRUE;
      g_steal_pointer (&self);
    }
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  MullionChildProcess *self = user_data;

  self->timeout_id = 0;
  mullion_child_process_kill (self, self->kill_signal);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr(MullionChildProcess) self = g_object_ref (user_data);
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->abort_source, g_source_unref);
  if (!mullion_child_process_kill (self, self->kill_signal))
    return G_SOURCE_REMOVE;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  g_signal_emit (self, signals[ERROR], 0, error);
  return G_SOURCE_REMOVE;
}

static void
watch (MullionChildProcess *self,
       guint                timeout_ms,
       GCancellable        *cancellable)
{
  if (timeout_ms > 0)
    self->timeout_id = g_timeout_add (timeout_ms, time_is_up_cb, self);

  if (cancellable != NULL)
    {
      self->abort_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->abort_source, G_SOURCE_FUNC (cancelled_cb), self, NULL);
      g_source_attach (self->abort_source, NULL);
    }

  if (self->stdio.channel != NULL)
    {
      self->open_outputs++;
      g_signal_connect_object (self->stdio.channel, "disconnect", G_CALLBACK (disconnected_cb), self,
                               G_CONNECT_SWAPPED);
    }

  for (guint fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
    if (self->stdio.bare[fd] != NULL)
      {
        self->open_outputs++;
        g_signal_connect_object (self->stdio.bare[fd], "ended", G_CALLBACK (output_ended_cb), self,
                                 G_CONNECT_SWAPPED);
      }

  g_subprocess_wait_async (self->subprocess, NULL, exited_cb, g_object_ref (self));
}

static gboolean
start (MullionChildProcess  *self,
       const char * const   *argv,
       MullionSpawnOptions  *options,
       GCancellable         *cancellable,
       GError              **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  self->subprocess = mullion_child_launch (argv, options, &self->stdio, error);
  if (self->subprocess == NULL)
    return FALSE;

  /* NULL when it has ended already. */
  if (g_subprocess_get_identifier (self->subprocess) != NULL)
    self->pid = (GPid) g_ascii_strtoll (g_subprocess_get_identifier (self->subprocess), NULL, 10);
  self->kill_signal = options->kill_signal;
  watch (self, options->timeout_ms, cancellable);
  return TRUE;
}

/**
 * mullion_child_process_spawn: (constructor)
 * @argv: (array zero-terminated=1) (element-type filename): the program and its arguments. A name
 *   without a slash is looked for in `PATH`; no shell sees any of it
 * @options: (nullable) (transfer none): what it is started with
 * @cancellable: (nullable): ends the process later, as the option `signal` of Node.js: it is sent the
 *   kill signal, and [signal@ChildProcess::error] says %G_IO_ERROR_CANCELLED
 * @error: return location for an error
 *
 * Starts a program, as Node's `spawn`.
 *
 * Returns: (transfer full): the process, or %NULL with an error of %MULLION_PROCESS_ERROR that names
 *   the program or the folder
 *
 * Since: 0.1
 */
MullionChildProcess *
mullion_child_process_spawn (const char * const   *argv,
                             MullionSpawnOptions  *options,
                             GCancellable         *cancellable,
                             GError              **error)
{
  g_autoptr(MullionChildProcess) self = NULL;
  g_autoptr(MullionSpawnOptions) actual_options = NULL;

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, NULL);
  g_return_val_if_fail (options == NULL || MULLION_IS_SPAWN_OPTIONS (options), NULL);

  actual_options = options != NULL ? g_object_ref (options) : mullion_spawn_options_new ();
  self = g_object_new (MULLION_TYPE_CHILD_PROCESS, NULL);
  if (!start (self, argv, actual_options, cancellable, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
mullion_child_process_dispose (GObject *object)
{
  MullionChildProcess *self = MULLION_CHILD_PROCESS (object);

  stop_watching (self);
  g_clear_object (&self->subprocess);
  mullion_child_stdio_clear (&self->stdio);

  G_OBJECT_CLASS (mullion_child_process_parent_class)->dispose (object);
}

static void
mullion_child_process_class_init (MullionChildProcessClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_child_process_dispose;

  /**
   * MullionChildProcess::exit:
   * @self: the process
   * @code: what it returned; -1 if a signal ended it
   * @signal_number: the signal that ended it, or 0
   *
   * The process has ended. What it wrote may still wait in its pipes.
   *
   * Since: 0.1
   */
  signals[EXIT] = g_signal_new ("exit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  /**
   * MullionChildProcess::close:
   * @self: the process
   * @code: what it returned; -1 if a signal ended it
   * @signal_number: the signal that ended it, or 0
   *
   * The process has ended, and its standard output and error were read to their ends or closed,
   * where they are pipes, and its channel is disconnected. For this signal the app must keep a
   * reference: nobody else may want to read.
   *
   * Since: 0.1
   */
  signals[CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);

  /**
   * MullionChildProcess::error:
   * @self: the process
   * @error: what happened
   *
   * The process was cancelled. That it could not be started is told by [ctor@ChildProcess.spawn].
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mullion_child_process_init (MullionChildProcess *self)
{
  self->exit_code = -1;
}

/**
 * mullion_child_process_get_stdin:
 * @self: a process
 *
 * Gets what the process reads as its standard input. Close it to say that nothing more will come.
 * The process may have gone: then a write fails with %G_IO_ERROR_BROKEN_PIPE.
 *
 * Returns: (transfer none) (nullable): the stream; %NULL if standard input is no pipe
 *
 * Since: 0.1
 */
GOutputStream *
mullion_child_process_get_stdin (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), NULL);

  return self->stdio.input;
}

/**
 * mullion_child_process_get_stdout:
 * @self: a process
 *
 * Gets what the process writes to its standard output.
 *
 * Returns: (transfer none) (nullable): the stream; %NULL if standard output is no pipe
 *
 * Since: 0.1
 */
GInputStream *
mullion_child_process_get_stdout (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), NULL);

  return self->stdio.output[STDOUT_FILENO];
}

/**
 * mullion_child_process_get_stderr:
 * @self: a process
 *
 * Gets what the process writes to its standard error.
 *
 * Returns: (transfer none) (nullable): the stream; %NULL if standard error is no pipe
 *
 * Since: 0.1
 */
GInputStream *
mullion_child_process_get_stderr (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), NULL);

  return self->stdio.output[STDERR_FILENO];
}

/**
 * mullion_child_process_get_stdio:
 * @self: a process
 * @fd: the number of a file descriptor in the process, from 3 on
 *
 * Gets the app's end of a further pipe, which goes both ways.
 *
 * Returns: (transfer none) (nullable): the stream; %NULL if @fd is none of those
 *
 * Since: 0.1
 */
GIOStream *
mullion_child_process_get_stdio (MullionChildProcess *self,
                                 guint                fd)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), NULL);

  return g_hash_table_lookup (self->stdio.others, GUINT_TO_POINTER (fd));
}

/**
 * mullion_child_process_get_channel:
 * @self: a process
 *
 * Gets the IPC channel to a program that is Node.js, or that is linked with Mullion: see
 * [func@NodeChannel.get_parent].
 *
 * Returns: (transfer none) (nullable): the channel; %NULL if no descriptor is %MULLION_STDIO_IPC
 *
 * Since: 0.1
 */
MullionNodeChannel *
mullion_child_process_get_channel (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), NULL);

  return self->stdio.channel;
}

/**
 * mullion_child_process_get_pid:
 * @self: a process
 *
 * Gets the number of the process. When it has ended, another process may have got that number: use
 * [method@ChildProcess.kill], which knows.
 *
 * Returns: the number; 0 if the process ended as soon as it was started
 *
 * Since: 0.1
 */
int
mullion_child_process_get_pid (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), 0);

  return self->pid;
}

/**
 * mullion_child_process_is_running:
 * @self: a process
 *
 * Asks whether the process runs, as far as the app was told.
 *
 * Returns: whether [signal@ChildProcess::exit] is still to come
 *
 * Since: 0.1
 */
gboolean
mullion_child_process_is_running (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), FALSE);

  return !self->has_exited;
}

/**
 * mullion_child_process_get_exit_code:
 * @self: a process
 *
 * Gets what the process returned.
 *
 * Returns: the number; -1 if it still runs or a signal ended it
 *
 * Since: 0.1
 */
int
mullion_child_process_get_exit_code (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), -1);

  return self->exit_code;
}

/**
 * mullion_child_process_get_signal_code:
 * @self: a process
 *
 * Gets the signal that ended the process.
 *
 * Returns: its number; 0 if the process still runs or returned by itself
 *
 * Since: 0.1
 */
int
mullion_child_process_get_signal_code (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), 0);

  return self->signal_code;
}

/**
 * mullion_child_process_kill:
 * @self: a process
 * @signal_number: the number of a signal, such as `SIGTERM`; 0 only looks whether there is somebody
 *   to get one
 *
 * Sends the process a signal, never another one that has got its number since.
 *
 * Returns: whether it was there to get it
 *
 * Since: 0.1
 */
gboolean
mullion_child_process_kill (MullionChildProcess *self,
                            int                  signal_number)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), FALSE);
  g_return_val_if_fail (signal_number >= 0 && signal_number < NSIG, FALSE);

  if (self->subprocess == NULL || g_subprocess_get_identifier (self->subprocess) == NULL)
    return FALSE;

  if (signal_number == 0)
    return TRUE;

  g_subprocess_send_signal (self->subprocess, signal_number);
  self->is_killed = TRUE;
  return TRUE;
}

/**
 * mullion_child_process_is_killed:
 * @self: a process
 *
 * Asks whether the app sent the process a signal. That does not mean that it has ended.
 *
 * Returns: whether [method@ChildProcess.kill] sent one
 *
 * Since: 0.1
 */
gboolean
mullion_child_process_is_killed (MullionChildProcess *self)
{
  g_return_val_if_fail (MULLION_IS_CHILD_PROCESS (self), FALSE);

  return self->is_killed;
}
