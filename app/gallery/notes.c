/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

#include <errno.h>
#include <glib/gstdio.h>

/*
 * Notes: text of the user, kept in files below the data folder of the app.
 *
 * A page names a note, never a path: the name is checked here, and becomes the name of one file
 * in one folder. All file work is asynchronous, so no slow disk stops the windows.
 */

#define MAX_NAME 100
#define MAX_TEXT (1024 * 1024)

static char *
dup_folder (MullionApp  *app,
            GError     **error)
{
  g_autofree char *data = mullion_app_dup_path (app, "userData", error);

  return data != NULL ? g_build_filename (data, "notes", NULL) : NULL;
}

/* The security of this page is in this function: a name that could leave the folder, hide a file
 * or hold a line break ends here. */
static gboolean
check_name (const char  *name,
            GError     **error)
{
  gboolean good = *name != '\0' && *name != '.' && strchr (name, G_DIR_SEPARATOR) == NULL
                  && g_utf8_validate (name, -1, NULL);

  for (const char *at = name; good && *at != '\0'; at = g_utf8_next_char (at))
    good = g_unichar_isprint (g_utf8_get_char (at));

  if (!good)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                 "A note cannot be called “%s”: a name is printable text, does not begin "
                 "with a dot and holds no slash", name);
  return good;
}

static GFile *
find_note (MullionApp  *app,
           JsonArray   *args,
           GError     **error)
{
  const char *name = gallery_args_get_string (args, 0, MAX_NAME, error);
  g_autofree char *folder = NULL;
  g_autofree char *file_name = NULL;

  if (name == NULL || !check_name (name, error))
    return NULL;

  folder = dup_folder (app, error);
  if (folder == NULL)
    return NULL;

  file_name = g_strconcat (name, ".txt", NULL);
  return g_file_new_build_filename (folder, file_name, NULL);
}

static void
save_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    mullion_ipc_main_invoke_event_return (event,
                                          gallery_string_node (g_file_peek_path (G_FILE (source))));
  else
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
}

/* Written aside, brought to the disk, and renamed: whatever happens, the old note or the new one is
 * there, and all of it. g_file_replace_contents () does that only where it can. */
static void
write_note (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  GError *error = NULL;

  if (g_file_set_contents_full (g_file_peek_path (source), data, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
create_folder (GFile   *note,
               GError **error)
{
  g_autofree char *folder = g_path_get_dirname (g_file_peek_path (note));

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Cannot make the folder %s: %s",
               folder, g_strerror (errno));
  return FALSE;
}

static void
save (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) note = find_note (user_data, args, &error);
  const char *text = note != NULL ? gallery_args_get_string (args, 1, MAX_TEXT, &error) : NULL;
  g_autoptr(GTask) task = NULL;

  if (text == NULL || !create_folder (note, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
      return;
    }

  /* No cancellable: what the user asked to save is saved, also when the window closes meanwhile. */
  task = g_task_new (note, NULL, save_cb, g_object_ref (event));
  g_task_set_task_data (task, g_strdup (text), g_free);
  g_task_run_in_thread (task, write_note);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else if (length > MAX_TEXT || !g_utf8_validate (text, length, NULL))
    mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_FAILED,
                                                    "%s is not a text of at most 1 MiB",
                                                    g_file_peek_path (G_FILE (source)));
  else
    mullion_ipc_main_invoke_event_return (event, gallery_string_node (text));
}

static void
read_note (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) note = find_note (user_data, args, &error);

  if (note == NULL)
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else
    g_file_load_contents_async (note, mullion_ipc_main_invoke_event_get_cancellable (event),
                                read_cb, g_object_ref (event));
}

static void
remove_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_delete_finish (G_FILE (source), result, &error))
    mullion_ipc_main_invoke_event_return (event, NULL);
  else
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
}

static void
remove_note (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) note = find_note (user_data, args, &error);

  if (note == NULL)
    mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
  else
    g_file_delete_async (note, G_PRIORITY_DEFAULT, NULL, remove_cb, g_object_ref (event));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
collect_names (const char *folder)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  /* No folder means no notes yet. */
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (*name != '.' && g_str_has_suffix (name, ".txt") && g_utf8_validate (name, -1, NULL))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (".txt")));

  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static void
list (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = dup_folder (user_data, &error);
  g_autoptr(GPtrArray) names = NULL;
  JsonNode *answer = NULL;

  if (folder == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
      return;
    }

  names = collect_names (folder);
  answer = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (answer, json_array_new ());
  for (guint i = 0; i < names->len; i++)
    json_array_add_string_element (json_node_get_array (answer), g_ptr_array_index (names, i));

  mullion_ipc_main_invoke_event_return (event, answer);
}

void
gallery_notes_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "notes:list", list, app, NULL);
  mullion_ipc_main_handle (ipc, "notes:read", read_note, app, NULL);
  mullion_ipc_main_handle (ipc, "notes:save", save, app, NULL);
  mullion_ipc_main_handle (ipc, "notes:remove", remove_note, app, NULL);
}
