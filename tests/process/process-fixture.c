/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

#include <glib/gstdio.h>
#include <time.h>

#define TICK_MS 16

/* Instrumented code takes its time. */
#ifdef __SANITIZE_ADDRESS__
#define MAX_LATE (500 * G_TIME_SPAN_MILLISECOND)
#else
#define MAX_LATE (100 * G_TIME_SPAN_MILLISECOND)
#endif

gboolean
expire_cb (gpointer condition)
{
  g_error ("this did not happen: %s", (const char *) condition);
  return G_SOURCE_REMOVE;
}

static gint64
get_own_time (void)
{
  struct timespec now;

  g_assert_no_errno (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now));
  return now.tv_sec * G_TIME_SPAN_SECOND + now.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer user_data)
{
  LoopWatch *watch = user_data;
  gint64 now = get_own_time ();

  if (watch->last != 0)
    watch->longest = MAX (watch->longest, now - watch->last);
  watch->last = now;
  watch->n_ticks++;
  return G_SOURCE_CONTINUE;
}

void
watch_loop (LoopWatch *watch)
{
  *watch = (LoopWatch) { 0 };
  watch->id = g_timeout_add_full (G_PRIORITY_HIGH_IDLE + 20, TICK_MS, tick_cb, watch, NULL);
}

void
unwatch_loop (LoopWatch *watch,
              guint      n_ticks)
{
  wait_until (watch->n_ticks >= n_ticks);
  g_clear_handle_id (&watch->id, g_source_remove);
  g_test_message ("the loop was busy for %" G_GINT64_FORMAT " µs at the most", watch->longest);
  g_assert_cmpint (watch->longest, <, MAX_LATE);
}

static char *
install_packages (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "npm", "install.sh", NULL);
  g_autofree char *source = g_path_get_dirname (script);
  char *argv[] = { (char *) "sh", script, source, (char *) g_getenv ("MULLION_TEST_PACKAGES"), NULL };
  g_autofree char *reason = NULL;
  g_autoptr(GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &reason, NULL, &status, &error);
  g_assert_no_error (error);

  return status != 0 ? g_strdup (g_strstrip (reason)) : NULL;
}

gboolean
skips_certificate (const char *folder)
{
  const char *argv[] = {
    "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
    "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
    "subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:proxied.test", "-keyout", "key.pem", "-out", "cert.pem",
    NULL,
  };
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autoptr(GError) error = NULL;
  int status = 0;

  if (program == NULL)
    {
      g_test_skip ("openssl is not installed");
      return TRUE;
    }

  g_spawn_sync (folder, (char **) argv, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return FALSE;
}

gboolean
skips_packages (void)
{
  static gboolean is_known = FALSE;
  static char *reason = NULL;

  if (!is_known)
    reason = install_packages ();
  is_known = TRUE;
  if (reason != NULL)
    g_test_skip (reason);

  return reason != NULL;
}

void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_folder (child);
    }
  g_remove (path);
}

static void
exit_cb (MullionChildProcess *child,
         int                  code,
         int                  signal_number,
         gpointer             user_data)
{
  Outcome *outcome = user_data;

  g_assert_false (mullion_child_process_is_running (child));
  g_assert_cmpint (mullion_child_process_get_exit_code (child), ==, code);
  g_assert_cmpint (mullion_child_process_get_signal_code (child), ==, signal_number);
  outcome->n_exits++;
  outcome->code = code;
  outcome->signal_number = signal_number;
}

static void
close_cb (MullionChildProcess *child,
          int                  code,
          int                  signal_number,
          gpointer             user_data)
{
  Outcome *outcome = user_data;

  g_assert_cmpuint (outcome->n_exits, ==, 1);
  g_assert_cmpint (outcome->code, ==, code);
  outcome->n_closes++;
}

static void
error_cb (MullionChildProcess *child,
          const GError        *error,
          gpointer             user_data)
{
  Outcome *outcome = user_data;

  g_assert_no_error (outcome->error);
  outcome->error = g_error_copy (error);
}

void
follow (MullionChildProcess *child,
        Outcome             *outcome)
{
  g_signal_connect (child, "exit", G_CALLBACK (exit_cb), outcome);
  g_signal_connect (child, "close", G_CALLBACK (close_cb), outcome);
  g_signal_connect (child, "error", G_CALLBACK (error_cb), outcome);
}

MullionChildProcess *
spawn (MullionSpawnOptions *options,
       Outcome             *outcome,
       const char          *program,
       ...)
{
  g_autoptr(MullionSpawnOptions) owned_options = options;
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  MullionChildProcess *child;
  va_list arguments;

  va_start (arguments, program);
  for (const char *argument = program; argument != NULL; argument = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (gpointer) argument);
  va_end (arguments);
  g_ptr_array_add (argv, NULL);

  child = mullion_child_process_spawn ((const char * const *) argv->pdata, options, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (child);
  follow (child, outcome);
  return child;
}

MullionChildProcess *
spawn_shell (MullionSpawnOptions *options,
             Outcome             *outcome,
             const char          *script)
{
  return spawn (options, outcome, "/bin/sh", "-c", script, NULL);
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error), >=, 0);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

char *
read_to_end (GInputStream *stream)
{
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  gboolean is_done = FALSE;

  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT,
                                NULL, spliced_cb, &is_done);
  wait_until (is_done);
  g_assert_true (g_output_stream_write_all (memory, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (memory, NULL, NULL));

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (memory));
}

void
finish (MullionChildProcess *child,
        Outcome             *outcome)
{
  wait_until (outcome->n_exits > 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (outcome->n_exits, ==, 1);
  g_assert_cmpuint (outcome->n_closes, <=, 1);
  g_clear_error (&outcome->error);
  g_assert_finalize_object (child);
}
