/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-child-process.h"

#include "mullion-process-error.h"
#include "mullion-spawn-options-private.h"

#include <unistd.h>

/*
 * Scripts of Node.js as child processes with a channel: the fork () of Node.
 */

static const char *
get_path (MullionSpawnOptions *options)
{
  return options->env != NULL ? g_environ_getenv (options->env, "PATH") : g_getenv ("PATH");
}

/* (transfer full) (nullable): a program in @path. */
static char *
find_in_path (const char *path,
              const char *name)
{
  g_auto(GStrv) folders = g_strsplit (path != NULL ? path : "", G_SEARCHPATH_SEPARATOR_S, -1);

  for (char **folder = folders; *folder != NULL; folder++)
    {
      g_autofree char *program = g_build_filename (*folder, name, NULL);

      if (**folder != '\0' && g_file_test (program, G_FILE_TEST_IS_EXECUTABLE) &&
          !g_file_test (program, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&program);
    }

  return NULL;
}

static char *
find_node (MullionSpawnOptions  *options,
           const char           *module_path,
           GError              **error)
{
  static const char *const names[] = { "node", "nodejs" };
  char *program;

  if (options->exec_path != NULL)
    return g_strdup (options->exec_path);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if ((program = find_in_path (get_path (options), names[i])) != NULL)
      return program;

  g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NODE_NOT_FOUND,
               "Cannot run the script “%s”: there is no Node.js (no “node” or “nodejs” in PATH)",
               module_path);
  return NULL;
}

/* Node's own fork () leaves standard input, output and error to the script. */
static MullionSpawnOptions *
make_default_options (void)
{
  MullionSpawnOptions *options = mullion_spawn_options_new ();

  for (guint fd = 0; fd <= STDERR_FILENO; fd++)
    mullion_spawn_options_set_stdio (options, fd, MULLION_STDIO_INHERIT);

  return options;
}

static gboolean
has_channel (MullionSpawnOptions *options)
{
  for (guint fd = 0; fd < options->stdio->len; fd++)
    if (g_array_index (options->stdio, MullionStdioEntry, fd).what == MULLION_STDIO_IPC)
      return TRUE;

  return FALSE;
}

static void
add_all (GPtrArray          *argv,
         const char * const *args)
{
  for (const char * const *arg = args; arg != NULL && *arg != NULL; arg++)
    g_ptr_array_add (argv, (gpointer) *arg);
}

/**
 * mullion_child_process_fork: (constructor)
 * @module_path: (type filename): a script
 * @args: (nullable) (array zero-terminated=1): its arguments
 * @options: (nullable) (transfer none): what it is started with; without them, standard input, output
 *   and error are the app's own
 * @cancellable: (nullable): ends the process later, as in [ctor@ChildProcess.spawn]
 * @error: return location for an error
 *
 * Runs a script with Node.js, and with a channel to it, as Node's `fork`. If @options say which
 * descriptor the channel is, it is that one; else it is added to them as the next one.
 *
 * Returns: (transfer full): the process, or %NULL with an error of %MULLION_PROCESS_ERROR, such as
 *   that there is no Node.js. A script that is not there is told by Node.js itself, which ends then.
 *
 * Since: 0.1
 */
MullionChildProcess *
mullion_child_process_fork (const char           *module_path,
                            const char * const   *args,
                            MullionSpawnOptions  *options,
                            GCancellable         *cancellable,
                            GError              **error)
{
  g_autoptr(MullionSpawnOptions) actual_options = NULL;
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *node = NULL;

  g_return_val_if_fail (module_path != NULL, NULL);
  g_return_val_if_fail (options == NULL || MULLION_IS_SPAWN_OPTIONS (options), NULL);

  actual_options = options != NULL ? g_object_ref (options) : make_default_options ();
  node = find_node (actual_options, module_path, error);
  if (node == NULL)
    return NULL;

  if (!has_channel (actual_options))
    mullion_spawn_options_set_stdio (actual_options, actual_options->stdio->len, MULLION_STDIO_IPC);

  g_ptr_array_add (argv, node);
  add_all (argv, (const char * const *) actual_options->exec_argv);
  g_ptr_array_add (argv, (gpointer) module_path);
  add_all (argv, args);
  g_ptr_array_add (argv, NULL);

  return mullion_child_process_spawn ((const char * const *) argv->pdata, actual_options,
                                      cancellable, error);
}
