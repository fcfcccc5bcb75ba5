/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-floor.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/*
 * The floor: 64 bytes to another process and back, over a socket pair and with nothing else to it.
 * No message between two processes that sleep till they are woken can be faster on this machine. And
 * many bytes to that process, which drops them; and copies of payloads, each into memory that nobody
 * has touched yet, as each process that receives one must make.
 *
 * The other process is forked before GTK starts, for a process with threads may not.
 */

#define MESSAGE_SIZE 64
#define ROUND_TRIPS 300

/* As many as a stream that is measured has, and in parts of the same size. */
#define STREAM_SIZE (128 * 1024 * 1024)
#define PART_SIZE (512 * 1024)

static int floor_fd = -1;

/* Nanoseconds, of the clock that all of the benchmark goes by. */
gint64
bench_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static gboolean
transfer (int      fd,
          gboolean is_sending,
          guint8  *bytes,
          gsize    size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = is_sending ? write (fd, bytes + done, size - done)
                            : read (fd, bytes + done, size - done);

      if (n == 0 || (n < 0 && errno != EINTR))
        return FALSE;
      done += MAX (n, 0);
    }

  return TRUE;
}

static _Noreturn void
echo_until_closed (int fd)
{
  static guint8 part[PART_SIZE];
  guint8 bytes[MESSAGE_SIZE];

  while (transfer (fd, FALSE, bytes, MESSAGE_SIZE))
    {
      /* What asks for a stream is followed by one. */
      for (gsize left = bytes[0] == 1 ? STREAM_SIZE : 0; left > 0; left -= PART_SIZE)
        transfer (fd, FALSE, part, PART_SIZE);
      if (!transfer (fd, TRUE, bytes, MESSAGE_SIZE))
        break;
    }
  _exit (0);
}

gboolean
bench_floor_start (GError **error)
{
  int pair[2];
  pid_t child = -1;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0)
    child = fork ();

  if (child < 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   "Starting the other end of the floor failed: %s", g_strerror (saved_errno));
      return FALSE;
    }

  if (child == 0)
    {
      close (pair[0]);
      /* The end of the socket would be lost in a process that still holds the other end. */
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      echo_until_closed (pair[1]);
    }

  close (pair[1]);
  floor_fd = pair[0];

  return TRUE;
}

/* Returns: (transfer full): microseconds of each round trip */
JsonArray *
bench_floor_run (void)
{
  JsonArray *samples = json_array_sized_new (ROUND_TRIPS);
  guint8 bytes[MESSAGE_SIZE] = { 0 };

  for (int i = 0; i < ROUND_TRIPS; i++)
    {
      gint64 start = bench_clock ();

      if (!transfer (floor_fd, TRUE, bytes, MESSAGE_SIZE) ||
          !transfer (floor_fd, FALSE, bytes, MESSAGE_SIZE))
        g_error ("The other end of the floor is gone");
      json_array_add_double_element (samples, (bench_clock () - start) / 1000.0);
    }

  return samples;
}

/* Returns: (transfer full): how many MB a second went there */
JsonArray *
bench_floor_stream (void)
{
  static guint8 part[PART_SIZE];
  JsonArray *samples = json_array_new ();
  guint8 bytes[MESSAGE_SIZE] = { 1 };
  gint64 start = bench_clock ();
  gboolean is_there = transfer (floor_fd, TRUE, bytes, MESSAGE_SIZE);

  for (gsize left = STREAM_SIZE; is_there && left > 0; left -= PART_SIZE)
    is_there = transfer (floor_fd, TRUE, part, PART_SIZE);
  if (!is_there || !transfer (floor_fd, FALSE, bytes, MESSAGE_SIZE))
    g_error ("The other end of the floor is gone");

  json_array_add_double_element (samples, STREAM_SIZE / 1e6 / ((bench_clock () - start) / 1e9));
  return samples;
}

/* Returns: (transfer full): microseconds of @n copies of @size bytes */
JsonArray *
bench_floor_copy (gsize size,
                  guint n)
{
  JsonArray *samples = json_array_new ();
  g_autofree guint8 *from = g_malloc (size);
  gint64 start;

  memset (from, 42, size);
  start = bench_clock ();
  for (guint i = 0; i < n; i++)
    {
      void *to = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

      if (to == MAP_FAILED)
        g_error ("There is no memory for a copy of %" G_GSIZE_FORMAT " bytes", size);
      memcpy (to, from, size);
      munmap (to, size);
    }
  json_array_add_double_element (samples, (bench_clock () - start) / 1000.0);

  return samples;
}
