/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-utility-process.h"

#include "mullion-message-channel-main.h"
#include "mullion-message-event.h"
#include "mullion-message-port-main-private.h"
#include "mullion-parent-socket.h"
#include "mullion-process-gone.h"
#include "mullion-utility-launch.h"

#include <signal.h>
#include <unistd.h>

/**
 * MullionUtilityProcess:
 *
 * A helper in a process of its own, as Electron's `utilityProcess`: a module in C, or a program that is
 * linked with Mullion, with a message port to this process.
 *
 * A module is given its end, see [callback@UtilityModuleStartFunc]; a program finds it with
 * [func@UtilityProcess.get_parent_port]. Ports can be sent to it as to
 * a page: with the two ends of a [class@MessageChannelMain], one for a page and one for the helper,
 * both talk directly, and this process has no part in it.
 *
 * A helper that crashes is told by [signal@UtilityProcess::exit], and by
 * [signal@App::child-process-gone]; nothing else of the app ends.
 * When the object goes, the port is closed, and the helper may end; when the app ends, it is ended.
 *
 * Since: 0.1
 */

/* Something else may hold the helper's end of the port. */
#define LAST_WORDS_MS 1000

struct _MullionUtilityProcess
{
  GObject parent_instance;

  MullionChildProcess *child;
  MullionMessagePortMain *port;
  char *name; /* of the program or module */
  int status; /* what a module that could not run says of it, or -1 */

  guint spawn_id; /* 0, or tells of it in the next turn of the loop */
  guint exit_id;  /* 0, or does not wait for last words any longer */
  gboolean is_port_closed;
  gboolean has_exited;
  int code;
  int signal_number;
};

enum
{
  SPAWN,
  MESSAGE,
  ERROR,
  EXIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionUtilityProcess, mullion_utility_process, G_TYPE_OBJECT)

static gboolean
spawned_cb (gpointer user_data)
{
  MullionUtilityProcess *self = user_data;

  self->spawn_id = 0;
  g_signal_emit (self, signals[SPAWN], 0);
  return G_SOURCE_REMOVE;
}

/* All that it can say of it is in the pipe by now. */
static gboolean
tell_error (MullionUtilityProcess *self)
{
  g_autoptr(GError) error = NULL;

  if (self->status < 0)
    return FALSE;

  error = mullion_utility_launch_read_error (self->status);
  close (g_steal_fd (&self->status));
  if (error != NULL)
    g_signal_emit (self, signals[ERROR], 0, error);

  return error != NULL;
}

static gboolean
tell_exit_cb (gpointer user_data)
{
  g_autoptr(MullionUtilityProcess) self = g_object_ref (user_data);
  gboolean was_asked;
  gboolean has_run;

  self->exit_id = 0;
  self->has_exited = FALSE;
  was_asked = mullion_child_process_is_killed (self->child);
  has_run = !tell_error (self);
  g_signal_emit (self, signals[EXIT], 0, self->code, self->signal_number);
  mullion_process_gone_tell (self->name, self->code, self->signal_number, has_run, was_asked);
  return G_SOURCE_REMOVE;
}

/* What the helper said before it ended comes first. */
static void
consider_exit (MullionUtilityProcess *self)
{
  if (!self->has_exited)
    return;

  if (self->is_port_closed)
    {
      g_clear_handle_id (&self->exit_id, g_source_remove);
      tell_exit_cb (self);
    }
  else if (self->exit_id == 0)
    self->exit_id = g_timeout_add (LAST_WORDS_MS, tell_exit_cb, self);
}

static void
exit_cb (MullionChildProcess   *child,
         int                    code,
         int                    signal_number,
         MullionUtilityProcess *self)
{
  self->has_exited = TRUE;
  self->code = code;
  self->signal_number = signal_number;
  consider_exit (self);
}

static void
close_cb (MullionMessagePortMain *port,
          MullionUtilityProcess  *self)
{
  self->is_port_closed = TRUE;
  consider_exit (self);
}

static void
message_cb (MullionMessagePortMain *port,
            MullionMessageEvent    *event,
            MullionUtilityProcess  *self)
{
  g_signal_emit (self, signals[MESSAGE], 0, event);
}

static void
mullion_utility_process_dispose (GObject *object)
{
  MullionUtilityProcess *self = MULLION_UTILITY_PROCESS (object);

  g_clear_handle_id (&self->spawn_id, g_source_remove);
  g_clear_handle_id (&self->exit_id, g_source_remove);
  if (self->status >= 0)
    close (g_steal_fd (&self->status));
  if (self->port != NULL)
    mullion_message_port_main_close (self->port);
  g_clear_object (&self->port);
  g_clear_object (&self->child);

  G_OBJECT_CLASS (mullion_utility_process_parent_class)->dispose (object);
}

static void
mullion_utility_process_finalize (GObject *object)
{
  g_free (MULLION_UTILITY_PROCESS (object)->name);

  G_OBJECT_CLASS (mullion_utility_process_parent_class)->finalize (object);
}

static void
mullion_utility_process_class_init (MullionUtilityProcessClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mullion_utility_process_dispose;
  G_OBJECT_CLASS (klass)->finalize = mullion_utility_process_finalize;

  /**
   * MullionUtilityProcess::spawn:
   * @self: the process
   *
   * The helper runs.
   *
   * Since: 0.1
   */
  signals[SPAWN] = g_signal_new ("spawn", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 0);

  /**
   * MullionUtilityProcess::message:
   * @self: the process
   * @event: the message, with its data and its ports
   *
   * The helper has posted a message on its parent port.
   *
   * Since: 0.1
   */
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, MULLION_TYPE_MESSAGE_EVENT);

  /**
   * MullionUtilityProcess::error:
   * @self: the process
   * @error: an error of %MULLION_PROCESS_ERROR
   *
   * The helper could not run its module: it is no shared library, needs what is not there, or has no
   * function to call. [signal@UtilityProcess::exit] follows.
   *
   * Since: 0.1
   */
  signals[ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * MullionUtilityProcess::exit:
   * @self: the process
   * @code: what it ended with, or -1 if a signal ended it
   * @signal_number: the signal, or 0
   *
   * The helper has ended, by itself or by a crash. What it said before was told before.
   *
   * Since: 0.1
   */
  signals[EXIT] = g_signal_new ("exit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_INT, G_TYPE_INT);
}

static void
mullion_utility_process_init (MullionUtilityProcess *self)
{
  self->status = -1;
}

/* Electron's: nothing to read from, and the output of the app. */
static MullionSpawnOptions *
make_default_options (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  mullion_spawn_options_set_stdio (options, STDIN_FILENO, MULLION_STDIO_IGNORE);
  mullion_spawn_options_set_stdio (options, STDOUT_FILENO, MULLION_STDIO_INHERIT);
  mullion_spawn_options_set_stdio (options, STDERR_FILENO, MULLION_STDIO_INHERIT);

  return options;
}

static void
follow (MullionUtilityProcess  *self,
        MullionChildProcess    *child,
        MullionMessagePortMain *port)
{
  self->child = child;
  self->port = g_object_ref (port);
  self->spawn_id = g_idle_add_full (G_PRIORITY_DEFAULT, spawned_cb, self, NULL);
  g_signal_connect_object (child, "exit", G_CALLBACK (exit_cb), self, 0);
  g_signal_connect_object (port, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (port, "close", G_CALLBACK (close_cb), self, 0);
  mullion_message_port_main_start (port);
}

/**
 * mullion_utility_process_fork: (constructor)
 * @program: (type filename): a module in C, whose name ends in `.so`, or a program that is linked with
 *   Mullion
 * @args: (nullable) (array zero-terminated=1): its arguments
 * @options: (nullable) (transfer none): what it is started with; without them it has nothing to read
 *   from, and the app's own output
 * @error: return location for an error
 *
 * Starts a helper, as `utilityProcess.fork`. Connect to the signals in the same turn of the main loop.
 *
 * A module is a shared library with the function `mullion_utility_module_start`, see
 * [callback@UtilityModuleStartFunc]. It is loaded in its own process and never in this one: that it
 * cannot be is told by [signal@UtilityProcess::error]. Its path is one in the folder of @options, and no
 * name in `PATH`.
 *
 * Returns: (transfer full): the process, or %NULL with an error of %MULLION_PROCESS_ERROR
 *
 * Since: 0.1
 */
MullionUtilityProcess *
mullion_utility_process_fork (const char           *program,
                              const char * const   *args,
                              MullionSpawnOptions  *options,
                              GError              **error)
{
  g_autoptr(MullionSpawnOptions) actual_options = NULL;
  g_autoptr(MullionMessageChannelMain) channel = NULL;
  MullionUtilityProcess *self;
  MullionChildProcess *child;
  int status;
  int fd;

  g_return_val_if_fail (program != NULL, NULL);
  g_return_val_if_fail (options == NULL || MULLION_IS_SPAWN_OPTIONS (options), NULL);

  actual_options = options != NULL ? g_object_ref (options) : make_default_options ();
  channel = mullion_message_channel_main_new (error);
  if (channel == NULL)
    return NULL;

  fd = mullion_message_port_main_take_fd (mullion_message_channel_main_get_port2 (channel), error);
  if (fd < 0)
    return NULL;

  child = mullion_utility_launch (program, args, actual_options, fd, &status, error);
  if (child == NULL)
    return NULL;

  self = g_object_new (MULLION_TYPE_UTILITY_PROCESS, NULL);
  self->name = g_filename_display_basename (program);
  self->status = status;
  follow (self, child, mullion_message_channel_main_get_port1 (channel));

  return self;
}

/**
 * mullion_utility_process_post_message:
 * @self: a process
 * @message: (nullable) (transfer full): a value; %NULL is undefined
 * @ports: (nullable) (array length=n_ports) (transfer none): ports to send along, which are gone here
 *   then
 * @n_ports: how many they are
 * @error: return location for an error
 *
 * Sends a message to the helper's parent port, as [method@MessagePortMain.post_message] does.
 *
 * Returns: whether it is on its way; %FALSE with an error of %MULLION_ERROR
 *
 * Since: 0.1
 */
gboolean
mullion_utility_process_post_message (MullionUtilityProcess   *self,
                                      JsonNode                *message,
                                      MullionMessagePortMain **ports,
                                      guint                    n_ports,
                                      GError                 **error)
{
  g_return_val_if_fail (MULLION_IS_UTILITY_PROCESS (self), FALSE);

  return mullion_message_port_main_post_message (self->port, message, ports, n_ports, error);
}

/**
 * mullion_utility_process_kill:
 * @self: a process
 *
 * Asks the helper to end, with SIGTERM.
 *
 * Returns: whether it was there to be asked
 *
 * Since: 0.1
 */
gboolean
mullion_utility_process_kill (MullionUtilityProcess *self)
{
  g_return_val_if_fail (MULLION_IS_UTILITY_PROCESS (self), FALSE);

  return mullion_child_process_kill (self->child, SIGTERM);
}

/**
 * mullion_utility_process_get_pid:
 * @self: a process
 *
 * Gets the number of the process.
 *
 * Returns: a number; -1 when it has ended, `undefined` in Electron
 *
 * Since: 0.1
 */
int
mullion_utility_process_get_pid (MullionUtilityProcess *self)
{
  g_return_val_if_fail (MULLION_IS_UTILITY_PROCESS (self), -1);

  return mullion_child_process_is_running (self->child) ? mullion_child_process_get_pid (self->child)
                                                        : -1;
}

/**
 * mullion_utility_process_get_stdout:
 * @self: a process
 *
 * Gets what the helper writes to its standard output, if that is a pipe.
 *
 * Returns: (nullable) (transfer none): the stream; see [method@ChildProcess.get_stdout]
 *
 * Since: 0.1
 */
GInputStream *
mullion_utility_process_get_stdout (MullionUtilityProcess *self)
{
  g_return_val_if_fail (MULLION_IS_UTILITY_PROCESS (self), NULL);

  return mullion_child_process_get_stdout (self->child);
}

/**
 * mullion_utility_process_get_stderr:
 * @self: a process
 *
 * Gets what the helper writes to its standard error, if that is a pipe.
 *
 * Returns: (nullable) (transfer none): the stream
 *
 * Since: 0.1
 */
GInputStream *
mullion_utility_process_get_stderr (MullionUtilityProcess *self)
{
  g_return_val_if_fail (MULLION_IS_UTILITY_PROCESS (self), NULL);

  return mullion_child_process_get_stderr (self->child);
}

/* The end of a helper's port until it asks for it; -1 in any other process. */
static int parent_fd = -1;

static gboolean
claim_parent_port (GError **error)
{
  int fd = -1;

  if (!mullion_parent_socket_check (MULLION_UTILITY_PORT, &fd, error))
    return FALSE;

  mullion_parent_socket_claim (MULLION_UTILITY_PORT, fd);
  parent_fd = fd;
  return TRUE;
}

/* Before the program's own code: one that never asks would hand its port on to every program that it runs,
 * and the app would wait for the last of them. What is no socket stays, for the error that names it. */
__attribute__ ((constructor)) static void
claim_at_start (void)
{
  claim_parent_port (NULL);
}

/**
 * mullion_utility_process_get_parent_port:
 * @error: return location for an error
 *
 * Gets the port to the process that forked this one: `process.parentPort` in Electron. Nothing comes
 * before [method@MessagePortMain.start].
 *
 * To be called on the main thread. The port is this process's alone from its start, whether it is asked
 * for or not: neither the descriptor nor the variable that names it go to programs that it runs.
 *
 * Returns: (transfer none): the port, always the same; %NULL with an error of %MULLION_PROCESS_ERROR
 *   if this process is no helper
 *
 * Since: 0.1
 */
MullionMessagePortMain *
mullion_utility_process_get_parent_port (GError **error)
{
  static MullionMessagePortMain *port;

  if (port == NULL && (parent_fd >= 0 || claim_parent_port (error)))
    port = mullion_message_port_main_new (g_steal_fd (&parent_fd), NULL);

  return port;
}
