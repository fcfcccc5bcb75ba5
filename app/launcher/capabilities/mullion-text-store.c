/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-text-store.h"

#include "mullion-error.h"
#include "mullion-text-path.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Text files below one folder, and those that the user chose. Main process, any thread; calls block.
 *
 * A relative path lies below the root, an absolute one was granted by the user in a dialog, and
 * everything else is refused: see mullion-text-path.c. A file is either wholly the old text or
 * wholly the new one, also when the machine stops in the middle of a write.
 */

struct _MullionTextStore
{
  GObject parent_instance;

  char *root;
  MullionFileGrants *grants;
};

G_DEFINE_FINAL_TYPE (MullionTextStore, mullion_text_store, G_TYPE_OBJECT)

static void
set_errno (GError     **error,
           const char  *path,
           int          code)
{
  g_set_error (error, MULLION_ERROR,
               code == ENOENT || code == ENOTDIR ? MULLION_ERROR_NOT_FOUND : MULLION_ERROR_FAILED,
               "\"%s\": %s", path, g_strerror (code));
}

/* A path that the user chose stands as it is: the dialog gave it, letter by letter. */
static gboolean
is_granted (MullionTextStore *self,
            const char       *path)
{
  return g_path_is_absolute (path) && mullion_file_grants_has (self->grants, path);
}

static char *
resolve (MullionTextStore  *self,
         const char        *path,
         GError           **error)
{
  if (is_granted (self, path))
    return g_strdup (path);
  if (!mullion_text_path_check (path, error))
    return NULL;
  return mullion_text_path_resolve (self->root, path, error);
}

/* Opened without waiting, so that a pipe under that name cannot hold us; then only files count. */
static int
open_file (const char   *file,
           const char   *path,
           struct stat  *info,
           GError      **error)
{
  int fd = open (file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0 || fstat (fd, info) != 0)
    set_errno (error, path, errno);
  else if (!S_ISREG (info->st_mode))
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "\"%s\": not a file", path);
  else if (info->st_size > MULLION_TEXT_STORE_MAX_SIZE)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                 "\"%s\": the file is over the limit of 64 MiB", path);
  else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/* The size is only what the file had when it was opened: what grew since is left for the next read. */
static gboolean
read_all (int     fd,
          char   *buffer,
          gsize   size,
          gsize  *length)
{
  *length = 0;
  while (*length < size)
    {
      gssize n = read (fd, buffer + *length, size - *length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      *length += n;
    }
  buffer[*length] = '\0';
  return TRUE;
}

char *
mullion_text_store_read (MullionTextStore  *self,
                         const char        *path,
                         GError           **error)
{
  g_autofree char *file = resolve (self, path, error);
  g_autofree char *text = NULL;
  struct stat info;
  gsize length;
  int fd;

  if (file == NULL || (fd = open_file (file, path, &info, error)) < 0)
    return NULL;
  text = g_malloc (info.st_size + 1);
  if (!read_all (fd, text, info.st_size, &length))
    {
      set_errno (error, path, errno);
      g_clear_pointer (&text, g_free);
    }
  else if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "\"%s\": the file is no text in UTF-8", path);
      g_clear_pointer (&text, g_free);
    }
  close (fd);
  return g_steal_pointer (&text);
}

/* Where a write goes: a chosen path, the end of a link that stays in the folder, or a new name. */
static char *
resolve_for_write (MullionTextStore  *self,
                   const char        *path,
                   GError           **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *full = NULL;
  g_autofree char *name = NULL;

  if (is_granted (self, path))
    {
      char *real = realpath (path, NULL);

      /* A user's own link to a file elsewhere stays a link. */
      return real != NULL ? real : g_strdup (path);
    }
  if (!mullion_text_path_check (path, error))
    return NULL;
  folder = mullion_text_path_make_folder (self->root, path, error);
  if (folder == NULL)
    return NULL;
  name = g_path_get_basename (path);
  full = g_build_filename (folder, name, NULL);
  if (!g_file_test (full, G_FILE_TEST_IS_SYMLINK))
    return g_steal_pointer (&full);
  return mullion_text_path_resolve (self->root, path, error);
}

gboolean
mullion_text_store_write (MullionTextStore  *self,
                          const char        *path,
                          const char        *text,
                          GError           **error)
{
  gsize length = strlen (text);
  g_autofree char *file = NULL;
  g_autoptr (GError) failure = NULL;
  struct stat info;
  int mode = is_granted (self, path) ? 0666 : 0600;

  if (length > MULLION_TEXT_STORE_MAX_SIZE)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "\"%s\": the text is over the limit of 64 MiB", path);
      return FALSE;
    }
  if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                   "\"%s\": the text is not in UTF-8", path);
      return FALSE;
    }
  if ((file = resolve_for_write (self, path, error)) == NULL)
    return FALSE;

  /* The new file takes the place of the old one, so it has to take its mode as well. */
  if (stat (file, &info) == 0)
    {
      mode = info.st_mode & 0777;
      if (!S_ISREG (info.st_mode))
        {
          g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "\"%s\": not a file",
                       path);
          return FALSE;
        }
    }
  if (g_file_set_contents_full (file, text, length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode,
                                &failure))
    return TRUE;
  g_set_error (error, MULLION_ERROR, MULLION_ERROR_FAILED, "\"%s\": cannot write: %s", path,
               failure->message);
  return FALSE;
}

static void
add_entry (JsonBuilder *builder,
           const char  *folder,
           const char  *name)
{
  g_autofree char *file = g_build_filename (folder, name, NULL);
  struct stat info;

  /* The name goes to the page, where only text can go; and what vanished meanwhile is not there. */
  if (!g_utf8_validate (name, -1, NULL) || stat (file, &info) != 0 ||
      !(S_ISREG (info.st_mode) || S_ISDIR (info.st_mode)))
    return;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, name);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, S_ISDIR (info.st_mode) ? "folder" : "file");
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, S_ISDIR (info.st_mode) ? 0 : info.st_size);
  json_builder_set_member_name (builder, "modified");
  json_builder_add_int_value (builder, (gint64) info.st_mtim.tv_sec * 1000 +
                                       info.st_mtim.tv_nsec / 1000000);
  json_builder_end_object (builder);
}

static int
compare_names_cb (gconstpointer a,
                  gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char  *folder,
            const char  *path,
            GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      set_errno (error, path, errno);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_ptr_array_add (names, g_strdup (name));
      if (names->len <= MULLION_TEXT_STORE_MAX_ENTRIES)
        continue;
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                   "\"%s\": the folder has more than 10000 entries", path);
      return NULL;
    }
  g_ptr_array_sort (names, compare_names_cb);
  return g_steal_pointer (&names);
}

JsonNode *
mullion_text_store_list (MullionTextStore  *self,
                         const char        *path,
                         GError           **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *folder = NULL;

  /* The root is made by the first write: an app that has not written yet has an empty one. */
  if (*path == '\0')
    folder = mullion_text_path_make_folder (self->root, "", error);
  else
    folder = resolve (self, path, error);
  if (folder == NULL || (names = list_names (folder, path, error)) == NULL)
    return NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < names->len; i++)
    add_entry (builder, folder, names->pdata[i]);
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

/* A file of the user's is never removed, chosen or not: a page asked for it to read or save it. */
gboolean
mullion_text_store_remove (MullionTextStore  *self,
                           const char        *path,
                           GError           **error)
{
  g_autofree char *parent = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;

  if (is_granted (self, path))
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                   "\"%s\": files outside the app's data folder are not removed", path);
      return FALSE;
    }
  if (!mullion_text_path_check (path, error))
    return FALSE;

  /* The folder must be ours; a link in it is removed as the link that it is. */
  parent = g_path_get_dirname (path);
  folder = mullion_text_path_resolve (self->root, parent, error);
  if (folder == NULL)
    return FALSE;
  name = g_path_get_basename (path);
  file = g_build_filename (folder, name, NULL);
  if (g_remove (file) == 0)
    return TRUE;
  set_errno (error, path, errno);
  return FALSE;
}

static void
mullion_text_store_finalize (GObject *object)
{
  MullionTextStore *self = MULLION_TEXT_STORE (object);

  g_free (self->root);
  g_object_unref (self->grants);

  G_OBJECT_CLASS (mullion_text_store_parent_class)->finalize (object);
}

static void
mullion_text_store_class_init (MullionTextStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_text_store_finalize;
}

static void
mullion_text_store_init (MullionTextStore *self)
{
}

MullionTextStore *
mullion_text_store_new (const char        *root,
                        MullionFileGrants *grants)
{
  MullionTextStore *self = g_object_new (MULLION_TYPE_TEXT_STORE, NULL);

  self->root = g_strdup (root);
  self->grants = g_object_ref (grants);
  return self;
}
