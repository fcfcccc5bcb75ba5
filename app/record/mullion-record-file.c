/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-record-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * MullionRecordFile: where a recording goes.
 *
 * Lives in the main process. Each line is one write at the end of the file, so what ends the program,
 * a signal that nobody can catch too, costs the last line at most. Others may not read it: it holds
 * what pages and the app said to each other.
 */

struct _MullionRecordFile
{
  char *path;
  int fd; /* -1 after a failure */
};

static gboolean
fail (const char  *path,
      int          reason,
      GError     **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason), "cannot record to %s: %s", path,
               g_strerror (reason));
  return FALSE;
}

/* A file that is there already may be open to others. A pipe would make the app wait for whoever
 * reads it. */
static gboolean
prepare (int          fd,
         const char  *path,
         GError     **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return fail (path, errno, error);
  if (S_ISCHR (info.st_mode))
    return TRUE;
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   "cannot record to %s: it is not a file", path);
      return FALSE;
    }
  if (fchmod (fd, 0600) != 0 || ftruncate (fd, 0) != 0)
    return fail (path, errno, error);

  return TRUE;
}

MullionRecordFile *
mullion_record_file_new (const char  *path,
                         GError     **error)
{
  g_autoptr(MullionRecordFile) self = g_new0 (MullionRecordFile, 1);

  self->path = g_strdup (path);
  self->fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  if (self->fd < 0)
    {
      fail (path, errno, error);
      return NULL;
    }

  return prepare (self->fd, path, error) ? g_steal_pointer (&self) : NULL;
}

/* Ends the file with its last whole line. */
static void
give_up (MullionRecordFile *self,
         gsize              n_written,
         int                reason)
{
  off_t end = lseek (self->fd, 0, SEEK_END);

  g_warning ("Recording to %s ends here: %s. The app goes on.", self->path, g_strerror (reason));
  if (n_written > 0 && end >= (off_t) n_written && ftruncate (self->fd, end - n_written) != 0)
    g_debug ("A part of a line stays in %s", self->path);
  close (self->fd);
  self->fd = -1;
}

void
mullion_record_file_add (MullionRecordFile *self,
                         const char        *line,
                         gsize              length)
{
  gsize n_written = 0;

  while (self->fd >= 0 && n_written < length)
    {
      gssize n = write (self->fd, line + n_written, length - n_written);

      if (n > 0)
        n_written += n;
      else if (n == 0 || errno != EINTR)
        give_up (self, n_written, n == 0 ? ENOSPC : errno);
    }
}

void
mullion_record_file_free (MullionRecordFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_free (self);
}
