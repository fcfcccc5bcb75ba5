/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-file.h"

#include "mullion-error.h"
#include "mullion-mime.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/*
 * Opens a file of the app's folder, or of its GResource, for the app:// origin.
 * It runs in the main process, on a worker thread, and takes paths that
 * mullion_app_path_decode() has let through; what it adds is the disk's view.
 *
 * A symbolic link may lead anywhere below the folder and nowhere else. To be
 * sure of that without a race, a file is first opened as a mere place (O_PATH,
 * which neither reads nor waits), then asked where it really is and what it is,
 * and only then opened for reading through that very descriptor. Whatever is
 * renamed or linked in the meantime cannot change what was checked.
 */

static MullionAppFile *
app_file_new (GInputStream *stream,
              guint64       size,
              const char   *name)
{
  MullionAppFile *self = g_new0 (MullionAppFile, 1);

  self->stream = stream;
  self->size = size;
  self->content_type = stream != NULL ? mullion_mime_type_for_name (name) : NULL;

  return self;
}

static MullionError
code_from_io_error (int code)
{
  switch (code)
    {
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_DIRECTORY:
      return MULLION_ERROR_NOT_FOUND;
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_TOO_MANY_LINKS:
      return MULLION_ERROR_NOT_ALLOWED;
    case G_IO_ERROR_FILENAME_TOO_LONG:
      return MULLION_ERROR_TOO_LARGE;
    default:
      return MULLION_ERROR_FAILED;
    }
}

static void
set_io_error (GError     **error,
              int          code,
              const char  *relative,
              const char  *reason)
{
  g_set_error (error, MULLION_ERROR, (int) code_from_io_error (code),
               "Cannot open %s: %s", *relative != '\0' ? relative : "the app folder", reason);
}

static void
set_errno_error (GError     **error,
                 int          saved_errno,
                 const char  *relative)
{
  set_io_error (error, (int) g_io_error_from_errno (saved_errno), relative,
                g_strerror (saved_errno));
}

/* --- folders ------------------------------------------------------------ */

static char *
dup_link_of (int fd)
{
  return g_strdup_printf ("/proc/self/fd/%d", fd);
}

/* The kernel's own word on where an open descriptor lies, all links resolved. */
static gboolean
lies_beneath (int root_fd,
              int fd)
{
  g_autofree char *root_link = dup_link_of (root_fd);
  g_autofree char *link = dup_link_of (fd);
  g_autofree char *root = g_file_read_link (root_link, NULL);
  g_autofree char *place = g_file_read_link (link, NULL);
  gsize length;

  if (root == NULL || place == NULL)
    return FALSE;
  if (g_str_equal (root, "/") || g_str_equal (root, place))
    return TRUE;

  length = strlen (root);

  return strncmp (root, place, length) == 0 && place[length] == '/';
}

static GInputStream *
read_descriptor (int          fd,
                 const char  *relative,
                 GError     **error)
{
  g_autofree char *link = dup_link_of (fd);
  g_autoptr(GFile) file = g_file_new_for_path (link);
  g_autoptr(GError) local_error = NULL;
  GFileInputStream *stream = g_file_read (file, NULL, &local_error);

  if (stream == NULL)
    {
      set_io_error (error, local_error->code, relative, local_error->message);
      return NULL;
    }

  return G_INPUT_STREAM (stream);
}

static MullionAppFile *
open_place (int          root_fd,
            int          fd,
            const char  *relative,
            GError     **error)
{
  GInputStream *stream;
  struct stat place;

  if (!lies_beneath (root_fd, fd))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                   "%s leads out of the app folder", relative);
      return NULL;
    }
  if (fstat (fd, &place) != 0)
    {
      set_errno_error (error, errno, relative);
      return NULL;
    }
  if (S_ISDIR (place.st_mode))
    return app_file_new (NULL, 0, relative);

  /* A pipe would wait for its writer for ever, a device may do anything. */
  if (!S_ISREG (place.st_mode))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                   "%s is no regular file", relative);
      return NULL;
    }

  stream = read_descriptor (fd, relative, error);
  if (stream == NULL)
    return NULL;

  return app_file_new (stream, (guint64) place.st_size, relative);
}

static MullionAppFile *
open_in_folder (const char  *root,
                const char  *relative,
                GError     **error)
{
  MullionAppFile *self = NULL;
  int root_fd = open (root, O_PATH | O_DIRECTORY | O_CLOEXEC);
  int fd;

  if (root_fd < 0)
    {
      set_errno_error (error, errno, "");
      return NULL;
    }

  fd = openat (root_fd, relative, O_PATH | O_CLOEXEC);
  if (fd < 0)
    set_errno_error (error, errno, relative);
  else
    {
      self = open_place (root_fd, fd, relative, error);
      g_close (fd, NULL);
    }

  g_close (root_fd, NULL);

  return self;
}

/* --- resources ---------------------------------------------------------- */

static MullionAppFile *
open_in_resource (GFile       *root,
                  const char  *relative,
                  GError     **error)
{
  g_autoptr(GFile) file = g_file_resolve_relative_path (root, relative);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GFileInfo) info = NULL;
  GFileInputStream *stream;

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, NULL, &local_error);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    return app_file_new (NULL, 0, relative);

  stream = info != NULL ? g_file_read (file, NULL, &local_error) : NULL;
  if (stream == NULL)
    {
      set_io_error (error, local_error->code, relative, local_error->message);
      return NULL;
    }

  return app_file_new (G_INPUT_STREAM (stream), (guint64) g_file_info_get_size (info), relative);
}

/* --- the task ----------------------------------------------------------- */

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  MullionAppFile *self = mullion_app_file_open (source, task_data, &error);

  if (self == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, self, (GDestroyNotify) mullion_app_file_free);
}

/*
 * mullion_app_file_can_serve:
 * @root: a folder
 *
 * Only folders on a real disk and GResources can be served: for the rest, the
 * check for links that lead out cannot be made.
 *
 * Returns: whether @root can be
 */
gboolean
mullion_app_file_can_serve (GFile *root)
{
  return g_file_is_native (root) || g_file_has_uri_scheme (root, "resource");
}

/*
 * mullion_app_file_open:
 * @root: the app's folder
 * @relative: a path that mullion_app_path_decode() gave
 * @error: return location
 *
 * Opens a file below @root. A path that names a folder (the empty one, or one
 * that ends in a slash) stands for its index.html. This call may block.
 *
 * Fails with %MULLION_ERROR_NOT_FOUND, and with %MULLION_ERROR_NOT_ALLOWED for
 * links that lead out, what is no regular file, and what may not be read.
 *
 * Returns: (transfer full): the file, or %NULL
 */
MullionAppFile *
mullion_app_file_open (GFile       *root,
                       const char  *relative,
                       GError     **error)
{
  gboolean is_folder = *relative == '\0' || g_str_has_suffix (relative, "/");
  g_autofree char *path = g_strconcat (relative, is_folder ? "index.html" : NULL, NULL);

  if (!g_file_is_native (root))
    return open_in_resource (root, path, error);

  return open_in_folder (g_file_peek_path (root), path, error);
}

/*
 * mullion_app_file_open_async:
 * @root: the app's folder
 * @relative: a path that mullion_app_path_decode() gave
 * @callback: called in the thread that calls this
 * @user_data: for @callback
 *
 * Opens a file as mullion_app_file_open() does, on a worker thread.
 */
void
mullion_app_file_open_async (GFile               *root,
                             const char          *relative,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (root, NULL, callback, user_data);

  g_task_set_source_tag (task, mullion_app_file_open_async);
  g_task_set_task_data (task, g_strdup (relative), g_free);
  g_task_run_in_thread (task, open_thread);
}

/*
 * mullion_app_file_open_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the file, or %NULL
 */
MullionAppFile *
mullion_app_file_open_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/*
 * mullion_app_file_free:
 * @self: (transfer full): a file
 *
 * Closes it and frees it.
 */
void
mullion_app_file_free (MullionAppFile *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->content_type, g_free);
  g_free (self);
}
