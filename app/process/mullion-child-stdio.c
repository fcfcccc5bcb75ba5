/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-child-stdio.h"

#include "mullion-child-output.h"
#include "mullion-node-channel-private.h"
#include "mullion-process-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The descriptors of a child process, and the app's ends of them.
 *
 * Lives in the main process. Standard input, output and error are pipes and no sockets, so that
 * programs can open /dev/stdin and its kin. The app's ends do not block: a write of more than the
 * pipe has room for would otherwise stop the main loop until the child has read it.
 */

static gboolean
fail (const char  *what,
      guint        fd,
      GError     **error)
{
  int saved_errno = errno;

  g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_FAILED,
               "Cannot %s the file descriptor %u of a process: %s", what, fd,
               g_strerror (saved_errno));
  return FALSE;
}

static void
hand_over (GSubprocessLauncher *launcher,
           int                  source,
           guint                fd)
{
  if (fd == STDIN_FILENO)
    g_subprocess_launcher_take_stdin_fd (launcher, source);
  else if (fd == STDOUT_FILENO)
    g_subprocess_launcher_take_stdout_fd (launcher, source);
  else if (fd == STDERR_FILENO)
    g_subprocess_launcher_take_stderr_fd (launcher, source);
  else
    g_subprocess_launcher_take_fd (launcher, source, fd);
}

static gboolean
open_null (GSubprocessLauncher  *launcher,
           guint                 fd,
           GError              **error)
{
  int null;

  if (fd > STDERR_FILENO)
    return TRUE;

  null = open ("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0)
    return fail ("ignore", fd, error);

  hand_over (launcher, null, fd);
  return TRUE;
}

/* What the app itself was started without, the process has as /dev/null. */
static gboolean
inherit (GSubprocessLauncher  *launcher,
         guint                 fd,
         GError              **error)
{
  int copy = fcntl ((int) fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);

  if (copy < 0 && errno == EBADF && fd <= STDERR_FILENO)
    return open_null (launcher, fd, error);
  if (copy < 0)
    return fail ("inherit", fd, error);

  hand_over (launcher, copy, fd);
  return TRUE;
}

static GInputStream *
decode (GInputStream  *bytes,
        const char    *encoding,
        GError       **error)
{
  g_autoptr(GCharsetConverter) converter = NULL;

  if (encoding == NULL)
    return g_object_ref (bytes);

  converter = g_charset_converter_new ("UTF-8", encoding, error);
  if (converter == NULL)
    return NULL;

  return g_converter_input_stream_new (bytes, G_CONVERTER (converter));
}

static gboolean
open_input (MullionChildStdio    *self,
            GSubprocessLauncher  *launcher,
            GError              **error)
{
  int ends[2];

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
    return fail ("make a pipe for", STDIN_FILENO, error);

  g_unix_set_fd_nonblocking (ends[1], TRUE, NULL);
  self->input = g_unix_output_stream_new (ends[1], TRUE);
  hand_over (launcher, ends[0], STDIN_FILENO);
  return TRUE;
}

static gboolean
open_output (MullionChildStdio    *self,
             GSubprocessLauncher  *launcher,
             guint                 fd,
             const char           *encoding,
             GError              **error)
{
  int ends[2];

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, NULL))
    return fail ("make a pipe for", fd, error);

  g_unix_set_fd_nonblocking (ends[0], TRUE, NULL);
  self->bare[fd] = mullion_child_output_new (ends[0]);
  hand_over (launcher, ends[1], fd);
  self->output[fd] = decode (self->bare[fd], encoding, error);
  return self->output[fd] != NULL;
}

static gboolean
open_socket (MullionChildStdio    *self,
             GSubprocessLauncher  *launcher,
             guint                 fd,
             GError              **error)
{
  int ends[2];
  g_autoptr(GSocket) socket = NULL;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
    return fail ("make a socket for", fd, error);

  hand_over (launcher, ends[1], fd);
  socket = g_socket_new_from_fd (ends[0], error);
  if (socket == NULL)
    {
      close (ends[0]);
      return FALSE;
    }

  g_hash_table_insert (self->others, GUINT_TO_POINTER (fd),
                       g_socket_connection_factory_create_connection (socket));
  return TRUE;
}

static gboolean
open_channel (MullionChildStdio     *self,
              GSubprocessLauncher   *launcher,
              guint                  fd,
              MullionSerialization   serialization,
              GError               **error)
{
  int ends[2];

  if (self->channel != NULL)
    {
      g_set_error (error, MULLION_PROCESS_ERROR, MULLION_PROCESS_ERROR_FAILED,
                   "A process can have one IPC channel only: the file descriptors %u and %u are both "
                   "to be one", self->channel_fd, fd);
      return FALSE;
    }

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
    return fail ("make a channel for", fd, error);

  hand_over (launcher, ends[1], fd);
  self->channel = mullion_node_channel_new (ends[0], serialization, error);
  self->channel_fd = fd;
  return self->channel != NULL;
}

static gboolean
open_pipe (MullionChildStdio    *self,
           GSubprocessLauncher  *launcher,
           guint                 fd,
           const char           *encoding,
           GError              **error)
{
  if (fd == STDIN_FILENO)
    return open_input (self, launcher, error);

  if (fd <= STDERR_FILENO)
    return open_output (self, launcher, fd, encoding, error);

  return open_socket (self, launcher, fd, error);
}

static gboolean
open_entry (MullionChildStdio    *self,
            MullionSpawnOptions  *options,
            GSubprocessLauncher  *launcher,
            guint                 fd,
            GError              **error)
{
  MullionStdioEntry *entry = &g_array_index (options->stdio, MullionStdioEntry, fd);

  switch ((int) entry->what)
    {
    case MULLION_STDIO_PIPE:
      return open_pipe (self, launcher, fd, options->encoding, error);
    case MULLION_STDIO_INHERIT:
      return inherit (launcher, fd, error);
    case MULLION_STDIO_IPC:
      return open_channel (self, launcher, fd, options->serialization, error);
    case (int) MULLION_STDIO_FD:
      hand_over (launcher, entry->source, fd);
      *entry = (MullionStdioEntry) { MULLION_STDIO_IGNORE, -1 };
      return TRUE;
    default:
      return open_null (launcher, fd, error);
    }
}

/* A child that ended before it read all that was sent to it must not end the app. GIO does the same
 * when it makes its first socket; what is started gets the signal's own effect back. */
static void
ignore_broken_pipes (void)
{
  struct sigaction action;

  if (sigaction (SIGPIPE, NULL, &action) == 0 && action.sa_handler == SIG_DFL)
    signal (SIGPIPE, SIG_IGN);
}

gboolean
mullion_child_stdio_open (MullionChildStdio    *self,
                          MullionSpawnOptions  *options,
                          GSubprocessLauncher  *launcher,
                          GError              **error)
{
  ignore_broken_pipes ();

  self->others = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  for (guint fd = 0; fd < options->stdio->len; fd++)
    if (!open_entry (self, options, launcher, fd, error))
      return FALSE;

  return TRUE;
}

void
mullion_child_stdio_clear (MullionChildStdio *self)
{
  g_clear_object (&self->input);
  g_clear_object (&self->channel);
  for (guint fd = 0; fd < G_N_ELEMENTS (self->output); fd++)
    {
      g_clear_object (&self->output[fd]);
      g_clear_object (&self->bare[fd]);
    }
  g_clear_pointer (&self->others, g_hash_table_unref);
}
