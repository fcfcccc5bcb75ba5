/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-utility-launch.h"

#include "mullion-own-files.h"
#include "mullion-process-error.h"
#include "mullion-spawn-options-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <unistd.h>

/*
 * How a helper is started: a program, or a module in the program that runs modules.
 *
 * Lives in the main process. A module is never loaded here: its constructors are code, and a crash of
 * theirs is the helper's. So only the helper can tell whether it has one, and it does so on a pipe that
 * it closes before the module runs: nothing that the module does looks like it.
 */

/* The first descriptor behind those that every program has. */
#define FIRST_FD 3

/* As much as a pipe takes at once, whatever else it holds. */
#define MAX_TEXT 4096

static gboolean
is_module (const char *path)
{
  return g_str_has_suffix (path, ".so");
}

static char *
find_host (GError **error)
{
  g_autofree char *host = mullion_own_files_dup_program ("mullion-utility-host");

  if (g_file_test (host, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&host);

  g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_HOST_NOT_FOUND,
               "The program that runs modules is not at “%s”. Set MULLION_EXTENSION_DIR when running from "
               "a build tree.", host);
  return NULL;
}

/* A path is one in the folder where the helper runs, as that of a program is. */
static char *
find_module (const char           *path,
             MullionSpawnOptions  *options,
             GError              **error)
{
  g_autofree char *folder = g_canonicalize_filename (options->cwd != NULL ? options->cwd : ".", NULL);
  g_autofree char *module = g_canonicalize_filename (path, folder);

  if (g_file_test (module, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&module);

  if (g_file_test (module, G_FILE_TEST_EXISTS))
    g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_MODULE_NOT_LOADED,
                 "Cannot run the module “%s”: it is no file", module);
  else
    g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND,
                 "Cannot run the module “%s”: there is no such file", module);
  return NULL;
}

static gboolean
add_program (GPtrArray            *argv,
             const char           *program,
             MullionSpawnOptions  *options,
             GError              **error)
{
  g_autofree char *host = NULL;
  g_autofree char *module = NULL;

  if (!is_module (program))
    {
      g_ptr_array_add (argv, g_strdup (program));
      return TRUE;
    }

  module = find_module (program, options, error);
  host = module != NULL ? find_host (error) : NULL;
  if (host == NULL)
    return FALSE;

  g_ptr_array_add (argv, g_steal_pointer (&host));
  g_ptr_array_add (argv, g_steal_pointer (&module));
  return TRUE;
}

static void
lend (MullionSpawnOptions *options,
      const char          *variable,
      int                  fd)
{
  guint place = MAX (options->stdio->len, FIRST_FD);
  g_autofree char *number = g_strdup_printf ("%u", place);

  mullion_spawn_options_setenv (options, variable, number);
  mullion_spawn_options_take_fd (options, place, fd);
}

/* The options stay as they are, for the next helper: the descriptors and their variables are lent. */
static MullionChildProcess *
spawn (GPtrArray            *argv,
       MullionSpawnOptions  *options,
       int                   port,
       int                   status,
       GError              **error)
{
  guint n_stdio = options->stdio->len;
  g_auto(GStrv) env = g_strdupv (options->env);
  gboolean ends_with_app = options->ends_with_app;
  MullionChildProcess *child;

  lend (options, MULLION_UTILITY_PORT, port);
  if (status >= 0)
    lend (options, MULLION_UTILITY_STATUS, status);
  options->ends_with_app = TRUE;
  child = mullion_child_process_spawn ((const char * const *) argv->pdata, options, NULL, error);

  options->ends_with_app = ends_with_app;
  g_array_set_size (options->stdio, n_stdio);
  g_strfreev (options->env);
  options->env = g_steal_pointer (&env);

  return child;
}

/* What reads must not wait: the helper may have given the other end to a process of its own. */
static gboolean
open_pipe (int      ends[2],
           GError **error)
{
  return g_unix_open_pipe (ends, FD_CLOEXEC, error) &&
         g_unix_set_fd_nonblocking (ends[0], TRUE, error);
}

/* Takes @port, whatever happens.
 *
 * @status: (out): of a module, where to read what is wrong with it; else -1 */
MullionChildProcess *
mullion_utility_launch (const char           *program,
                        const char * const   *args,
                        MullionSpawnOptions  *options,
                        int                   port,
                        int                  *status,
                        GError              **error)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  MullionChildProcess *child;
  int ends[2] = { -1, -1 };

  *status = -1;
  if (!add_program (argv, program, options, error) ||
      (is_module (program) && !open_pipe (ends, error)))
    {
      close (port);
      return NULL;
    }

  for (const char * const *arg = args; arg != NULL && *arg != NULL; arg++)
    g_ptr_array_add (argv, g_strdup (*arg));
  g_ptr_array_add (argv, NULL);

  child = spawn (argv, options, port, ends[1], error);
  if (child != NULL)
    *status = ends[0];
  else if (ends[0] >= 0)
    close (ends[0]);

  return child;
}

/* What the host said: "CODE TEXT", with a code of MullionProcessError.
 *
 * Returns: (nullable): NULL if the module ran, or if it ended the helper while it was loaded */
GError *
mullion_utility_launch_read_error (int status)
{
  char text[MAX_TEXT + 1];
  g_autofree char *reason = NULL;
  char *end = NULL;
  guint64 code;
  gssize n;

  do
    n = read (status, text, MAX_TEXT);
  while (n < 0 && errno == EINTR);
  if (n <= 0)
    return NULL;

  text[n] = '\0';
  code = g_ascii_strtoull (text, &end, 10);
  if (code > MULLION_PROCESS_ERROR_NO_ENTRY_POINT || *end != ' ')
    return NULL;

  reason = g_utf8_make_valid (end + 1, -1);
  return g_error_new_literal (MULLION_PROCESS_ERROR, (int) code, reason);
}
