/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-spawn-options-private.h"

#include <signal.h>
#include <unistd.h>

/**
 * MullionSpawnOptions:
 *
 * What a child process is started with. Names and defaults are those of Node's `child_process`.
 *
 * The same options may start several processes, but for a file descriptor, which is given away to
 * the first.
 *
 * Since: 0.1
 */

/* Whoever asks for more descriptors than this made a mistake. */
#define MAX_STDIO 256

G_DEFINE_FINAL_TYPE (MullionSpawnOptions, mullion_spawn_options, G_TYPE_OBJECT)

static void
clear_entry (gpointer data)
{
  MullionStdioEntry *entry = data;

  if (entry->source >= 0)
    close (entry->source);
}

/* Those in between that nobody spoke of are not open in the process. */
static void
set_entry (MullionSpawnOptions *self,
           guint                fd,
           MullionStdioEntry    entry)
{
  const MullionStdioEntry nothing = { MULLION_STDIO_IGNORE, -1 };

  while (self->stdio->len <= fd)
    g_array_append_val (self->stdio, nothing);

  clear_entry (&g_array_index (self->stdio, MullionStdioEntry, fd));
  g_array_index (self->stdio, MullionStdioEntry, fd) = entry;
}

static void
mullion_spawn_options_finalize (GObject *object)
{
  MullionSpawnOptions *self = MULLION_SPAWN_OPTIONS (object);

  g_free (self->cwd);
  g_strfreev (self->env);
  g_free (self->exec_path);
  g_strfreev (self->exec_argv);
  g_free (self->encoding);
  g_array_unref (self->stdio);

  G_OBJECT_CLASS (mullion_spawn_options_parent_class)->finalize (object);
}

static void
mullion_spawn_options_class_init (MullionSpawnOptionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_spawn_options_finalize;
}

static void
mullion_spawn_options_init (MullionSpawnOptions *self)
{
  self->kill_signal = SIGTERM;
  self->stdio = g_array_new (FALSE, FALSE, sizeof (MullionStdioEntry));
  g_array_set_clear_func (self->stdio, clear_entry);
  for (guint fd = 0; fd <= STDERR_FILENO; fd++)
    set_entry (self, fd, (MullionStdioEntry) { MULLION_STDIO_PIPE, -1 });
}

/**
 * mullion_spawn_options_new:
 *
 * Makes the options that Node's `spawn` has by itself: the app's folder and environment, and pipes
 * for standard input, output and error.
 *
 * Returns: (transfer full): new options
 *
 * Since: 0.1
 */
MullionSpawnOptions *
mullion_spawn_options_new (void)
{
  return g_object_new (MULLION_TYPE_SPAWN_OPTIONS, NULL);
}

/**
 * mullion_spawn_options_set_cwd:
 * @self: options
 * @cwd: (nullable) (type filename): a folder; %NULL is the app's own
 *
 * Sets the folder that the process starts in.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_cwd (MullionSpawnOptions *self,
                               const char          *cwd)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  g_free (self->cwd);
  self->cwd = g_strdup (cwd);
}

/**
 * mullion_spawn_options_set_env:
 * @self: options
 * @env: (nullable) (array zero-terminated=1) (element-type filename): entries `NAME=value`; %NULL
 *   is the app's own
 *
 * Sets the whole environment of the process, as Node's option `env`. The program is looked for in
 * its `PATH`.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_env (MullionSpawnOptions *self,
                               const char * const  *env)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  g_strfreev (self->env);
  self->env = g_strdupv ((char **) env);
}

/**
 * mullion_spawn_options_setenv:
 * @self: options
 * @name: (type filename): the name of a variable
 * @value: (nullable) (type filename): its value; %NULL leaves it out
 *
 * Changes one variable of the environment, which is the app's own of this moment unless
 * [method@SpawnOptions.set_env] was called before.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_setenv (MullionSpawnOptions *self,
                              const char          *name,
                              const char          *value)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));
  g_return_if_fail (name != NULL && *name != '\0' && strchr (name, '=') == NULL);

  if (self->env == NULL)
    self->env = g_get_environ ();

  if (value != NULL)
    self->env = g_environ_setenv (self->env, name, value, TRUE);
  else
    self->env = g_environ_unsetenv (self->env, name);
}

/**
 * mullion_spawn_options_set_stdio:
 * @self: options
 * @fd: the number of a file descriptor in the process: 0 is standard input, 1 output, 2 error
 * @stdio: what it shall be
 *
 * Says what a file descriptor of the process is.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_stdio (MullionSpawnOptions *self,
                                 guint                fd,
                                 MullionStdio         stdio)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));
  g_return_if_fail (fd < MAX_STDIO);
  g_return_if_fail (stdio >= MULLION_STDIO_PIPE && stdio <= MULLION_STDIO_IPC);

  set_entry (self, fd, (MullionStdioEntry) { stdio, -1 });
}

/**
 * mullion_spawn_options_take_fd:
 * @self: options
 * @fd: the number of a file descriptor in the process
 * @source: a file descriptor of the app
 *
 * Gives a file descriptor away, to be open as @fd in the process. It is closed here when the
 * process was started, or when @self is gone.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_take_fd (MullionSpawnOptions *self,
                               guint                fd,
                               int                  source)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));
  g_return_if_fail (fd < MAX_STDIO);
  g_return_if_fail (source >= 0);

  set_entry (self, fd, (MullionStdioEntry) { MULLION_STDIO_FD, source });
}

/**
 * mullion_spawn_options_set_exec_path:
 * @self: options
 * @exec_path: (nullable) (type filename): the Node.js that [ctor@ChildProcess.fork] runs; %NULL is the
 *   one in `PATH`
 *
 * Chooses a Node.js, as the option `execPath` of `fork`.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_exec_path (MullionSpawnOptions *self,
                                     const char          *exec_path)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  g_free (self->exec_path);
  self->exec_path = g_strdup (exec_path);
}

/**
 * mullion_spawn_options_set_exec_argv:
 * @self: options
 * @exec_argv: (nullable) (array zero-terminated=1): arguments of Node.js itself, which stand before
 *   the script
 *
 * Sets the option `execArgv` of `fork`.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_exec_argv (MullionSpawnOptions *self,
                                     const char * const  *exec_argv)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  g_strfreev (self->exec_argv);
  self->exec_argv = g_strdupv ((char **) exec_argv);
}

/**
 * mullion_spawn_options_set_encoding:
 * @self: options
 * @encoding: (nullable): the name of a character set as iconv knows it; %NULL for bytes
 *
 * Says in which encoding the process writes its standard output and error. What is read is UTF-8
 * then. With `UTF-8` the text stays as it is, and is checked: what is not valid ends the stream with
 * %G_IO_ERROR_INVALID_DATA, and a character is never cut.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_encoding (MullionSpawnOptions *self,
                                    const char          *encoding)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  g_free (self->encoding);
  self->encoding = g_strdup (encoding);
}

/**
 * mullion_spawn_options_set_detached:
 * @self: options
 * @detached: whether the process gets a session of its own
 *
 * As Node's option `detached`: the process leads a session and a process group of its own, so that
 * what ends the terminal of the app does not end it too. Give it no pipes then: nobody reads them
 * when the app is gone.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_detached (MullionSpawnOptions *self,
                                    gboolean             detached)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  self->detached = !!detached;
}

/**
 * mullion_spawn_options_set_ends_with_app:
 * @self: options
 * @ends_with_app: whether the process is ended when the app ends
 *
 * Asks the kernel to send the process the kill signal when the app ends, however it ends: nothing
 * stays behind even of an app that crashed. Without this, and in Node.js always, a process lives on.
 *
 * The kernel means the thread that starts the process, so that has to be the main thread, and
 * forgets the wish when the program is set-user-ID. The children of the process are its own affair.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_ends_with_app (MullionSpawnOptions *self,
                                         gboolean             ends_with_app)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  self->ends_with_app = !!ends_with_app;
}

/**
 * mullion_spawn_options_set_serialization:
 * @self: the options
 * @serialization: what messages on the channel can carry, `json` at first
 *
 * Chooses how messages on the IPC channel are written, as `serialization` of Node.js. The process learns
 * it from its environment.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_serialization (MullionSpawnOptions  *self,
                                         MullionSerialization  serialization)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  self->serialization = serialization;
}

/**
 * mullion_spawn_options_set_timeout:
 * @self: options
 * @timeout_ms: milliseconds; 0 is no limit
 *
 * Says how long the process may run. Then it is sent the kill signal.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_timeout (MullionSpawnOptions *self,
                                   guint                timeout_ms)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));

  self->timeout_ms = timeout_ms;
}

/**
 * mullion_spawn_options_set_kill_signal:
 * @self: options
 * @kill_signal: the number of a signal, `SIGTERM` at first
 *
 * Sets the signal that a process gets which is cancelled, whose time is up, or whose app ends.
 *
 * Since: 0.1
 */
void
mullion_spawn_options_set_kill_signal (MullionSpawnOptions *self,
                                       int                  kill_signal)
{
  g_return_if_fail (MULLION_IS_SPAWN_OPTIONS (self));
  g_return_if_fail (kill_signal > 0 && kill_signal < NSIG);

  self->kill_signal = kill_signal;
}
