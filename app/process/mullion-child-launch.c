/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-child-launch.h"

#include "mullion-node-codec.h"
#include "mullion-process-error.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/*
 * How a child process is started, and what is said when it cannot be.
 *
 * Lives in the main process. GSubprocess does the work: it reaps the process whatever becomes of
 * our objects, and never sends a signal to a number that another process has got since.
 */

typedef struct
{
  gboolean detached;
  int parent_death_signal; /* 0 is none */
  pid_t parent;
} ChildSetup;

/* Runs in the child, between fork () and exec (): only what signal-safety (7) lists. */
static void
set_up_child (gpointer user_data)
{
  const ChildSetup *setup = user_data;

  if (setup->detached)
    setsid ();

  if (setup->parent_death_signal == 0)
    return;

  prctl (PR_SET_PDEATHSIG, setup->parent_death_signal);
  /* The app may have ended just before: nobody would tell us any more. */
  if (getppid () != setup->parent)
    _exit (1);
}

static GSubprocessLauncher *
make_launcher (MullionSpawnOptions *options)
{
  GSubprocessLauncher *launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_SEARCH_PATH_FROM_ENVP);
  ChildSetup *setup = g_new0 (ChildSetup, 1);

  setup->detached = options->detached;
  setup->parent_death_signal = options->ends_with_app ? options->kill_signal : 0;
  setup->parent = getpid ();
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, setup, g_free);

  if (options->cwd != NULL)
    g_subprocess_launcher_set_cwd (launcher, options->cwd);
  if (options->env != NULL)
    g_subprocess_launcher_set_environ (launcher, options->env);

  return launcher;
}

static void
explain_folder (const char  *program,
                const char  *cwd,
                GError     **error)
{
  const char *why = "it may not be entered";

  if (!g_file_test (cwd, G_FILE_TEST_EXISTS))
    why = "there is no such folder";
  else if (!g_file_test (cwd, G_FILE_TEST_IS_DIR))
    why = "it is no folder";

  g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_FOLDER_NOT_FOUND,
               "Cannot run “%s” in the folder “%s”: %s", program, cwd, why);
}

/* What the kernel calls missing may be the interpreter of a script. */
static void
explain_missing (const char  *program,
                 GError     **error)
{
  if (g_path_is_absolute (program) && g_file_test (program, G_FILE_TEST_EXISTS))
    g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NOT_EXECUTABLE,
                 "Cannot run “%s”: the interpreter that it needs is not there", program);
  else
    g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_PROGRAM_NOT_FOUND,
                 "Cannot run “%s”: there is no such program", program);
}

static void
explain (const char           *program,
         MullionSpawnOptions  *options,
         const GError         *reason,
         GError              **error)
{
  int code = reason->domain == G_SPAWN_ERROR ? reason->code : G_SPAWN_ERROR_FAILED;

  switch (code)
    {
    case G_SPAWN_ERROR_CHDIR:
      explain_folder (program, options->cwd, error);
      break;
    case G_SPAWN_ERROR_NOENT:
    case G_SPAWN_ERROR_NOTDIR:
      explain_missing (program, error);
      break;
    case G_SPAWN_ERROR_ACCES:
    case G_SPAWN_ERROR_PERM:
    case G_SPAWN_ERROR_NOEXEC:
    case G_SPAWN_ERROR_ISDIR:
      g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_NOT_EXECUTABLE,
                   "Cannot run “%s”: it cannot be executed", program);
      break;
    default:
      g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_FAILED,
                   "Cannot run “%s”: %s", program, reason->message);
    }
}

/* A channel that the app itself has to its parent is none of the child's. */
static void
announce_channel (GSubprocessLauncher     *launcher,
                  const MullionChildStdio *stdio,
                  MullionSerialization     serialization)
{
  g_autofree char *fd = g_strdup_printf ("%u", stdio->channel_fd);

  if (stdio->channel == NULL)
    {
      g_subprocess_launcher_unsetenv (launcher, "NODE_CHANNEL_FD");
      g_subprocess_launcher_unsetenv (launcher, "NODE_CHANNEL_SERIALIZATION_MODE");
      return;
    }

  g_subprocess_launcher_setenv (launcher, "NODE_CHANNEL_FD", fd, TRUE);
  g_subprocess_launcher_setenv (launcher, "NODE_CHANNEL_SERIALIZATION_MODE",
                                mullion_node_codec_get_name (serialization), TRUE);
}

GSubprocess *
mullion_child_launch (const char * const   *argv,
                      MullionSpawnOptions  *options,
                      MullionChildStdio    *stdio,
                      GError              **error)
{
  g_autoptr(GSubprocessLauncher) launcher = make_launcher (options);
  g_autoptr(GError) reason = NULL;
  GSubprocess *subprocess;

  if (!mullion_child_stdio_open (stdio, options, launcher, error))
    return NULL;

  announce_channel (launcher, stdio, options->serialization);
  subprocess = g_subprocess_launcher_spawnv (launcher, argv, &reason);
  if (subprocess == NULL)
    explain (argv[0], options, reason, error);

  return subprocess;
}
