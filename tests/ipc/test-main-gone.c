/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>

/* An app that ends takes all its processes with it, whatever its page is doing and whatever they do
 * about it. The test runs itself as that app. */

#define OPTIONS "{ \"show\": false, \"webPreferences\": { \"preload\": \"crashes/preload.js\" } }"

static const char *own_path;

/* -- The app -- */

static void
say_ready (int web_process)
{
  g_print ("ready %d\n", web_process);
}

/* The page waits for the answer of a call that has none. */
static void
hang_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  say_ready (mullion_web_contents_get_os_process_id (
    mullion_ipc_main_event_get_sender (event)));
  for (;;)
    pause ();
}

static void
busy_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  mullion_ipc_main_event_set_return_value (event, json_node_new (JSON_NODE_NULL));
  say_ready (mullion_web_contents_get_os_process_id (
    mullion_ipc_main_event_get_sender (event)));
}

static gboolean
reload_cb (gpointer user_data)
{
  mullion_web_contents_reload (user_data);

  return G_SOURCE_CONTINUE;
}

static void
run_app (const char *what)
{
  g_autoptr(MullionApp) app = ipc_app_new ("io.github.mullion.TestMainGone");
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);
  IpcWindow *window = ipc_window_new (OPTIONS);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  mullion_ipc_main_on (ipc, "hang", hang_cb, NULL, NULL);
  mullion_ipc_main_on (ipc, "busy", busy_cb, NULL, NULL);
  ipc_window_load (window, "crashes/index.html");
  g_unix_signal_add (SIGHUP, reload_cb, window->contents);

  if (g_str_equal (what, "idle"))
    say_ready (mullion_web_contents_get_os_process_id (window->contents));
  if (g_str_equal (what, "busy"))
    mullion_web_contents_execute_javascript_async (window->contents,
                                                   "api.sendSync('busy'); for (;;);",
                                                   NULL, NULL, NULL);
  if (g_str_equal (what, "hang"))
    mullion_web_contents_execute_javascript_async (window->contents, "api.sendSync('hang')",
                                                   NULL, NULL, NULL);
  g_main_loop_run (loop);
}

/* -- Its family -- */

static int
get_parent (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *stat = NULL;
  const char *end;

  /* The name, in brackets, can hold anything. */
  if (!g_file_get_contents (path, &stat, NULL, NULL) || (end = strrchr (stat, ')')) == NULL)
    return 0;

  return strlen (end) > 4 ? g_ascii_strtoll (end + 4, NULL, 10) : 0;
}

static gboolean
is_descendant (int pid,
               int ancestor)
{
  while (pid > 1 && pid != ancestor)
    pid = get_parent (pid);

  return pid == ancestor;
}

typedef struct
{
  int pid;
  int fd;
  guint source;
  gboolean is_gone;
} Relative;

static void
relative_free (gpointer data)
{
  Relative *self = data;

  if (!self->is_gone)
    g_source_remove (self->source);
  close (self->fd);
  g_free (self);
}

static gboolean
gone_cb (int           fd,
         GIOCondition  condition,
         gpointer      user_data)
{
  Relative *self = user_data;

  self->is_gone = TRUE;

  return G_SOURCE_REMOVE;
}

/* All that the app has started, and what that has. */
static GPtrArray *
find_family (int pid)
{
  g_autoptr(GPtrArray) family = g_ptr_array_new_with_free_func (relative_free);
  g_autoptr(GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      int other = g_ascii_strtoll (name, NULL, 10);
      int fd = other > 0 && other != pid && is_descendant (other, pid) ? pidfd_open (other, 0) : -1;
      Relative *relative;

      if (fd < 0)
        continue;
      relative = g_new0 (Relative, 1);
      relative->pid = other;
      relative->fd = fd;
      g_ptr_array_add (family, relative);
      relative->source = g_unix_fd_add (fd, G_IO_IN, gone_cb, relative);
    }

  return g_steal_pointer (&family);
}

static gboolean
has_member (GPtrArray *family,
            int        pid)
{
  for (guint i = 0; i < family->len; i++)
    if (((Relative *) family->pdata[i])->pid == pid)
      return TRUE;

  return FALSE;
}

static void
expect_gone (GPtrArray *family)
{
  for (guint i = 0; i < family->len; i++)
    {
      Relative *relative = family->pdata[i];

      ipc_wait_until (relative->is_gone);
    }
}

static void
stop_all_but (GPtrArray *family,
              int        pid)
{
  for (guint i = 0; i < family->len; i++)
    if (((Relative *) family->pdata[i])->pid != pid)
      g_assert_no_errno (kill (((Relative *) family->pdata[i])->pid, SIGSTOP));
}

/* -- Its guard -- */

static gboolean
is_guard (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/comm", pid);
  g_autofree char *name = NULL;

  return g_file_get_contents (path, &name, NULL, NULL) && g_str_equal (name, "mullion-guard\n");
}

/* The processes that it has a descriptor of. */
static GHashTable *
find_guarded (int guard)
{
  g_autoptr(GHashTable) guarded = g_hash_table_new (NULL, NULL);
  g_autofree char *path = g_strdup_printf ("/proc/%d/fdinfo", guard);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *info = NULL;
      const char *line;

      if (g_file_get_contents (file, &info, NULL, NULL) &&
          (line = strstr (info, "\nPid:\t")) != NULL)
        g_hash_table_add (guarded, GINT_TO_POINTER (atoi (line + strlen ("\nPid:\t"))));
    }

  return g_steal_pointer (&guarded);
}

/* Whether its end is the end of @pid: the first process of a sandbox takes all of it along. */
static gboolean
is_held (GHashTable *guarded,
         int         pid)
{
  while (pid > 1 && !g_hash_table_contains (guarded, GINT_TO_POINTER (pid)))
    pid = get_parent (pid);

  return pid > 1;
}

/* Returns the guard of the family when there is one that has seen all the others. */
static int
get_ready_guard (GPtrArray *family)
{
  g_autoptr(GHashTable) guarded = NULL;
  int guard = 0;

  for (guint i = 0; i < family->len; i++)
    if (is_guard (((Relative *) family->pdata[i])->pid))
      guard = ((Relative *) family->pdata[i])->pid;
  if (guard == 0)
    return 0;

  guarded = find_guarded (guard);
  for (guint i = 0; i < family->len; i++)
    if (((Relative *) family->pdata[i])->pid != guard &&
        !is_held (guarded, ((Relative *) family->pdata[i])->pid))
      return 0;

  return guard;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GPtrArray *
wait_guarded_family (int  app,
                     int *guard)
{
  /* Nothing tells us what happens in another process. */
  guint ticks = g_timeout_add (50, tick_cb, NULL);
  GPtrArray *family = find_family (app);

  while ((*guard = get_ready_guard (family)) == 0)
    {
      guint limit = ipc_limit_begin ("the guard has seen all");

      g_main_context_iteration (NULL, TRUE);
      g_source_remove (limit);
      g_ptr_array_unref (family);
      family = find_family (app);
    }
  g_source_remove (ticks);

  return family;
}

/* -- The tests -- */

static void
line_cb (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  *(char **) user_data = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (stream), result,
                                                               NULL, &error);
  g_assert_no_error (error);
}

static int
wait_ready (GSubprocess *app)
{
  g_autoptr(GDataInputStream) output =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (app));
  int web_process = 0;

  while (web_process == 0)
    {
      g_autofree char *line = NULL;

      g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, line_cb, &line);
      ipc_wait_until (line != NULL);
      if (g_str_has_prefix (line, "ready "))
        web_process = g_ascii_strtoll (line + strlen ("ready "), NULL, 10);
    }

  return web_process;
}

static void
test_killed (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) app = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                 own_path, "--app", data, NULL);
  g_autoptr(GPtrArray) family = NULL;
  int web_process;

  g_assert_no_error (error);
  web_process = wait_ready (app);
  family = find_family (g_ascii_strtoll (g_subprocess_get_identifier (app), NULL, 10));
  g_test_message ("a family of %u, page in process %d", family->len, web_process);
  g_assert_true (has_member (family, web_process));
  /* The network process at least. */
  g_assert_cmpuint (family->len, >=, 2);

  g_subprocess_force_exit (app);
  expect_gone (family);
}

static void
lead_group (gpointer user_data)
{
  setpgid (0, 0);
}

static GSubprocess *
run_in_group (void)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr(GError) error = NULL;
  GSubprocess *app;

  g_subprocess_launcher_set_child_setup (launcher, lead_group, NULL, NULL);
  app = g_subprocess_launcher_spawn (launcher, &error, own_path, "--app", "idle", NULL);
  g_assert_no_error (error);

  return app;
}

/* A process that was stopped hears of nothing, as one that does not want to. */
static void
test_stopped (gconstpointer data)
{
  g_autoptr(GSubprocess) app = run_in_group ();
  int pid = g_ascii_strtoll (g_subprocess_get_identifier (app), NULL, 10);
  g_autoptr(GPtrArray) family = NULL;
  int web_process = wait_ready (app);
  int guard;

  family = wait_guarded_family (pid, &guard);
  g_test_message ("a family of %u, page in process %d, guard in %d", family->len, web_process,
                  guard);
  g_assert_true (has_member (family, web_process));
  stop_all_but (family, guard);

  /* As the kernel does that needs memory, or a terminal when somebody types Ctrl+C. */
  g_assert_no_errno (kill (GPOINTER_TO_INT (data) == SIGKILL ? pid : -pid, GPOINTER_TO_INT (data)));
  expect_gone (family);
}

/* Whoever ends the guard gets another. */
static void
test_guard_gone (void)
{
  g_autoptr(GSubprocess) app = run_in_group ();
  int pid = g_ascii_strtoll (g_subprocess_get_identifier (app), NULL, 10);
  g_autoptr(GPtrArray) family = NULL;
  int first;
  int guard;

  wait_ready (app);
  family = wait_guarded_family (pid, &first);
  g_assert_no_errno (kill (first, SIGKILL));
  for (guint i = 0; i < family->len; i++)
    if (((Relative *) family->pdata[i])->pid == first)
      ipc_wait_until (((Relative *) family->pdata[i])->is_gone);
  g_clear_pointer (&family, g_ptr_array_unref);

  /* WebKit may have started something again, and so it is missed. */
  g_assert_no_errno (kill (pid, SIGHUP));
  family = wait_guarded_family (pid, &guard);
  g_assert_cmpint (guard, !=, first);
  stop_all_but (family, guard);
  g_subprocess_force_exit (app);
  expect_gone (family);
}

int
main (int    argc,
      char **argv)
{
  static const char *const modes[] = { "idle", "busy", "hang" };
  const char *what = argc == 3 && g_str_equal (argv[1], "--app") ? argv[2] : NULL;

  own_path = argv[0];
  if (what != NULL)
    argc = 1;
  g_test_init (&argc, &argv, NULL);
  if (what != NULL)
    {
      run_app (what);
      return 0;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *path = g_strconcat ("/main-gone/", modes[i], NULL);

      g_test_add_data_func (path, modes[i], test_killed);
    }
  g_test_add_data_func ("/main-gone/stopped", GINT_TO_POINTER (SIGKILL), test_stopped);
  g_test_add_data_func ("/main-gone/stopped-at-terminal", GINT_TO_POINTER (SIGINT), test_stopped);
  g_test_add_func ("/main-gone/guard-gone", test_guard_gone);

  return g_test_run ();
}
