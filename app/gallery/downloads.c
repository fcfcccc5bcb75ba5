/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-replies.h"
#include "slow-server.h"

/*
 * Files that come from the web, and how far they are.
 *
 * Whether a file may come, and where it goes, is decided here. What the page hears of it has a number,
 * by which it can stop it.
 */

#define MAX_AT_ONCE 4

static GHashTable *items; /* number → (owned) MullionDownloadItem, as long as it runs */
static guint n_items;

/* (transfer full): in a folder of the Gallery, where nothing of the user's lies. */
static char *
dup_path (MullionApp          *app,
          MullionDownloadItem *item,
          guint                id)
{
  g_autofree char *data = mullion_app_dup_path (app, "userData", NULL);
  g_autofree char *folder = g_build_filename (data, "downloads", NULL);
  g_autofree char *name = g_strdup_printf ("%u %s", id, mullion_download_item_get_filename (item));

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

/* -- What becomes of it -- */

static void
tell (MullionDownloadItem *item,
      guint                id)
{
  g_autoptr(JsonObject) state = json_object_new ();

  json_object_set_int_member (state, "id", id);
  json_object_set_string_member (state, "path", mullion_download_item_get_save_path (item));
  json_object_set_string_member (state, "state", mullion_download_item_get_state (item));
  json_object_set_int_member (state, "received",
                              (gint64) mullion_download_item_get_received_bytes (item));
  json_object_set_int_member (state, "total",
                              (gint64) mullion_download_item_get_total_bytes (item));
  gallery_tell_pages ("downloads:changed",
                      gallery_args_new (json_node_init_object (json_node_alloc (), state), NULL));
}

static void
updated_cb (MullionDownloadItem *item,
            const char          *state,
            gpointer             id)
{
  tell (item, GPOINTER_TO_UINT (id));
}

static void
done_cb (MullionDownloadItem *item,
         const char          *state,
         gpointer             id)
{
  tell (item, GPOINTER_TO_UINT (id));
  g_hash_table_remove (items, id);
}

static void
will_download_cb (MullionSession      *session,
                  MullionDownloadItem *item,
                  MullionWebContents  *contents,
                  gpointer             app)
{
  g_autofree char *path = NULL;
  gpointer id;

  /* Without a path it is refused. */
  if (g_hash_table_size (items) >= MAX_AT_ONCE)
    return;

  id = GUINT_TO_POINTER (++n_items);
  path = dup_path (app, item, n_items);
  mullion_download_item_set_save_path (item, path);
  g_hash_table_insert (items, id, g_object_ref (item));
  g_signal_connect (item, "updated", G_CALLBACK (updated_cb), id);
  g_signal_connect (item, "done", G_CALLBACK (done_cb), id);
  tell (item, n_items);
}

/* -- What the page asks for -- */

static void
start (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  GError *error = NULL;
  g_autofree char *uri = gallery_slow_server_dup_uri (&error);

  if (uri != NULL)
    mullion_web_contents_download_uri (mullion_ipc_main_invoke_event_get_sender (event), uri);
  gallery_reply (event, error);
}

static void
cancel (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  GError *error = NULL;
  double id;

  if (gallery_args_get_number (args, 0, 1, G_MAXINT, &id, &error))
    {
      MullionDownloadItem *item = g_hash_table_lookup (items, GUINT_TO_POINTER ((guint) id));

      /* It may have ended in between, and that is no mistake. */
      if (item != NULL)
        mullion_download_item_cancel (item);
    }
  gallery_reply (event, error);
}

static void
ready_cb (MullionApp *app)
{
  items = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  g_signal_connect (mullion_session_get_default (app), "will-download",
                    G_CALLBACK (will_download_cb), app);
}

static void
will_quit_cb (void)
{
  gallery_slow_server_stop ();
}

void
gallery_downloads_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "downloads:start", start, NULL, NULL);
  mullion_ipc_main_handle (ipc, "downloads:cancel", cancel, NULL, NULL);
  g_signal_connect (app, "ready", G_CALLBACK (ready_cb), NULL);
  g_signal_connect (app, "will-quit", G_CALLBACK (will_quit_cb), NULL);
}
