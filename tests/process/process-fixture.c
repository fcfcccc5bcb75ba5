/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "process-fixture.h"

gboolean
expire_cb (gpointer condition)
{
  g_error ("this did not happen: %s", (const char *) condition);
  return G_SOURCE_REMOVE;
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
