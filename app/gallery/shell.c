/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-files.h"
#include "gallery-replies.h"

/*
 * Links and files in other programs.
 *
 * The page names no file: there is one for it to show, which is written here. A page that could name any
 * would have programs of the user started with a file of its choice.
 */

#define FILE_NAME "A note of the Gallery.txt"
#define MAX_LINK 2000

static char *
dup_path (gpointer app)
{
  g_autofree char *folder = mullion_app_dup_path (app, "userData", NULL);

  return g_build_filename (folder, FILE_NAME, NULL);
}

/* -- Links -- */

static void
link_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_shell_open_external_finish (result, &error);
  gallery_reply (event, error);
}

/* The scheme is checked by the library: https, http and mailto, unless an app lists others. */
static void
open_link (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  GError *error = NULL;
  const char *url = gallery_args_get_string (args, 0, MAX_LINK, &error);

  if (url == NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_shell_open_external_async (url, NULL, NULL, link_opened_cb, g_object_ref (event));
}

/* -- The file -- */

static void
make_file (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  GError *error = NULL;
  g_autofree char *path =
    gallery_write_file (user_data, FILE_NAME, "Four panes, and one mullion\n", &error);

  if (path != NULL)
    mullion_ipc_main_invoke_event_return (event, gallery_string_node (path));
  else
    mullion_ipc_main_invoke_event_return_error (event, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_shell_open_path_finish (result, &error);
  gallery_reply (event, error);
}

static void
open_file (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  g_autofree char *path = dup_path (user_data);

  mullion_shell_open_path_async (path, NULL, opened_cb, g_object_ref (event));
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_shell_show_item_in_folder_finish (result, &error);
  gallery_reply (event, error);
}

static void
show_file (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  g_autofree char *path = dup_path (user_data);

  mullion_shell_show_item_in_folder_async (path, NULL, shown_cb, g_object_ref (event));
}

static void
trashed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;

  mullion_shell_trash_item_finish (result, &error);
  gallery_reply (event, error);
}

static void
trash_file (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  g_autofree char *path = dup_path (user_data);

  mullion_shell_trash_item_async (path, NULL, trashed_cb, g_object_ref (event));
}

static void
beep (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  mullion_shell_beep ();
  mullion_ipc_main_invoke_event_return (event, NULL);
}

void
gallery_shell_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "shell:open-link", open_link, NULL, NULL);
  mullion_ipc_main_handle (ipc, "shell:make", make_file, app, NULL);
  mullion_ipc_main_handle (ipc, "shell:open", open_file, app, NULL);
  mullion_ipc_main_handle (ipc, "shell:show", show_file, app, NULL);
  mullion_ipc_main_handle (ipc, "shell:trash", trash_file, app, NULL);
  mullion_ipc_main_handle (ipc, "shell:beep", beep, NULL, NULL);
}
