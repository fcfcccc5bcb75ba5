/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-program.h"

#include "bench-floor.h"
#include "bench-processes.h"

#include <gio/gunixinputstream.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * BenchProgram: a program that runs, and tells on its standard output how far it is
 * (programs/stages.c). It belongs to a process that does nothing but wait for it.
 */

#define STAGE_TIMEOUT_MS 60000
#define END_TIMEOUT_MS 10000

struct _BenchProgram
{
  GSubprocess *process;
  GString *output; /* of which no line was taken yet */
  gint64 start;    /* nanoseconds */
};

/* @launcher: it pipes the standard output */
BenchProgram *
bench_program_start (GSubprocessLauncher  *launcher,
                     const char *const    *argv,
                     GError              **error)
{
  gint64 start = bench_clock ();
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, argv, error);
  BenchProgram *self;

  if (process == NULL)
    return NULL;

  self = g_new (BenchProgram, 1);
  self->start = start;
  self->process = process;
  self->output = g_string_new (NULL);

  return self;
}

/* All of its processes have to be gone, or what starts next would share the machine with them. */
void
bench_program_end (BenchProgram *self)
{
  g_autoptr(GArray) processes = bench_processes_list (bench_program_get_id (self));
  gint64 deadline = g_get_monotonic_time () + END_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  while (bench_processes_are_alive (processes) && g_get_monotonic_time () < deadline)
    g_usleep (5 * G_TIME_SPAN_MILLISECOND);

  g_object_unref (self->process);
  g_string_free (self->output, TRUE);
  g_free (self);
}

int
bench_program_get_id (BenchProgram *self)
{
  return atoi (g_subprocess_get_identifier (self->process));
}

/* Returns: (nullable) (transfer full): NULL if none comes */
static char *
read_line (BenchProgram *self)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (self->process);
  GPollFD poll = { g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream)), G_IO_IN, 0 };
  const char *end;
  char *line;

  while ((end = strchr (self->output->str, '\n')) == NULL)
    {
      char bytes[256];
      gssize n = 0;

      if (g_poll (&poll, 1, STAGE_TIMEOUT_MS) > 0)
        n = read (poll.fd, bytes, sizeof (bytes));
      if (n <= 0)
        return NULL;
      g_string_append_len (self->output, bytes, n);
    }

  line = g_strndup (self->output->str, end - self->output->str);
  g_string_erase (self->output, 0, strlen (line) + 1);

  return line;
}

/* Returns: how long after its start it came to @stage for the @times-th time, in nanoseconds; 0 if
 *   it does not come there */
gint64
bench_program_wait_for_stage (BenchProgram *self,
                              const char   *stage,
                              int           times)
{
  g_autofree char *prefix = g_strdup_printf ("stage %s ", stage);
  gint64 time = self->start;

  while (times > 0)
    {
      g_autofree char *line = read_line (self);

      if (line == NULL)
        return 0;
      if (!g_str_has_prefix (line, prefix))
        continue;

      time = g_ascii_strtoll (line + strlen (prefix), NULL, 10);
      times--;
    }

  return time - self->start;
}
