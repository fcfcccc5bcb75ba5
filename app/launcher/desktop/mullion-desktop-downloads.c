/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "desktop/mullion-desktop.h"

/*
 * The module `downloads`: what becomes of the files that a document downloads. Main process.
 *
 * Whether a file may come, and where it goes, is the affair of the manifest's `downloads` or of the
 * app's own module. A document hears of what its page began while it was shown, and may cancel that; it
 * learns the name of a file and not its folder, and gets no right to the file.
 */

/* Of a fast server WebKit tells of each few kilobytes. */
#define INTERVAL_US (100 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  MullionDesktop *desktop;
  GHashTable *sessions; /* MullionSession (owned): those that are followed */
  GHashTable *running;  /* number → Running (owned) */
  guint last_number;
} Downloads;

typedef struct
{
  Downloads *owner;
  guint number;
  MullionDownloadItem *item;
  MullionWebFrameMain *frame; /* of the document that hears of it */
  gint64 told;                /* when it last did */
  gulong updated;
  gulong done;
} Running;

static void
free_running (gpointer data)
{
  Running *self = data;

  g_clear_signal_handler (&self->updated, self->item);
  g_clear_signal_handler (&self->done, self->item);
  g_object_unref (self->item);
  g_object_unref (self->frame);
  g_free (self);
}

static void
tell (Running    *self,
      const char *event)
{
  const char *path = mullion_download_item_get_save_path (self->item);
  g_autofree char *saved = path != NULL ? g_path_get_basename (path) : NULL;
  JsonObject *object = json_object_new ();
  JsonArray *details = json_array_new ();

  json_object_set_int_member (object, "id", self->number);
  json_object_set_string_member (object, "url", mullion_download_item_get_url (self->item));
  json_object_set_string_member (object, "filename",
                                 saved != NULL ? saved
                                               : mullion_download_item_get_filename (self->item));
  json_object_set_string_member (object, "mimeType",
                                 mullion_download_item_get_mime_type (self->item));
  json_object_set_string_member (object, "state", mullion_download_item_get_state (self->item));
  json_object_set_int_member (object, "receivedBytes",
                              (gint64) mullion_download_item_get_received_bytes (self->item));
  json_object_set_int_member (object, "totalBytes",
                              (gint64) mullion_download_item_get_total_bytes (self->item));
  json_array_add_object_element (details, object);
  self->told = g_get_monotonic_time ();
  mullion_desktop_tell (self->owner->desktop, self->frame, event, details);
}

static void
updated_cb (MullionDownloadItem *item,
            const char          *state,
            Running             *self)
{
  if (g_get_monotonic_time () - self->told >= INTERVAL_US)
    tell (self, "updated");
}

static void
done_cb (MullionDownloadItem *item,
         const char          *state,
         Running             *self)
{
  tell (self, "done");
  g_hash_table_remove (self->owner->running, GUINT_TO_POINTER (self->number));
}

static void
will_download_cb (MullionSession      *session,
                  MullionDownloadItem *item,
                  MullionWebContents  *contents,
                  Downloads           *self)
{
  MullionWebFrameMain *frame =
    contents != NULL ? mullion_web_contents_get_main_frame (contents) : NULL;
  Running *running;

  if (frame == NULL)
    return;

  running = g_new0 (Running, 1);
  running->owner = self;
  running->number = ++self->last_number;
  running->item = g_object_ref (item);
  running->frame = g_object_ref (frame);
  running->updated = g_signal_connect (item, "updated", G_CALLBACK (updated_cb), running);
  running->done = g_signal_connect (item, "done", G_CALLBACK (done_cb), running);
  g_hash_table_insert (self->running, GUINT_TO_POINTER (running->number), running);

  /* One that a handler has refused only ends. */
  if (g_str_equal (mullion_download_item_get_state (item), "progressing"))
    tell (running, "started");
}

/* -- The module -- */

static void
follow (MullionDesktop      *desktop,
        MullionWebFrameMain *frame,
        const char          *event)
{
  Downloads *self = mullion_desktop_get_state (desktop);
  MullionSession *session =
    mullion_web_contents_get_session (mullion_web_frame_main_get_web_contents (frame));

  if (g_hash_table_contains (self->sessions, session))
    return;

  g_signal_connect (session, "will-download", G_CALLBACK (will_download_cb), self);
  g_hash_table_add (self->sessions, g_object_ref (session));
}

static void
cancel_cb (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  Downloads *self = user_data;
  gint64 number = json_array_get_int_element (args, 0);
  Running *running = g_hash_table_lookup (self->running, GUINT_TO_POINTER ((guint) number));

  if (running == NULL || running->frame != mullion_ipc_main_invoke_event_get_sender_frame (event))
    {
      mullion_ipc_main_invoke_event_return_new_error (
        event, MULLION_ERROR, MULLION_ERROR_NOT_FOUND,
        "this document has no download %" G_GINT64_FORMAT " that is running", number);
      return;
    }

  mullion_download_item_cancel (running->item);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* Other schemes lead to what is no server's. */
static gboolean
is_of_web (const char *url)
{
  g_autofree char *scheme = g_uri_parse_scheme (url);

  return scheme != NULL && (g_ascii_strcasecmp (scheme, "https") == 0 ||
                            g_ascii_strcasecmp (scheme, "http") == 0);
}

static void
download_url_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  const char *url = json_array_get_string_element (args, 0);
  MullionWebContents *contents = mullion_desktop_find_contents (event);

  if (contents == NULL)
    return;
  if (!is_of_web (url))
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR,
                                                      MULLION_ERROR_INVALID_ARGUMENT,
                                                      "url: expected an address of https: or http:");
      return;
    }
  mullion_web_contents_download_uri (contents, url);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

static gpointer
open_module (MullionDesktop *desktop)
{
  Downloads *self = g_new0 (Downloads, 1);

  self->desktop = desktop;
  self->sessions = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->running = g_hash_table_new_full (NULL, NULL, NULL, free_running);

  return self;
}

static void
close_module (gpointer data)
{
  Downloads *self = data;
  GHashTableIter iter;
  gpointer session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    g_signal_handlers_disconnect_by_data (session, self);
  g_hash_table_unref (self->sessions);
  g_hash_table_unref (self->running);
  g_free (self);
}

static const MullionDesktopMethod methods[] = {
  { "cancel", cancel_cb, "[{\"type\":\"integer\",\"minimum\":1,\"maximum\":4294967295}]" },
  { "downloadURL", download_url_cb, MULLION_DESKTOP_STRING },
  { NULL },
};

static const char *const events[] = { "done", "started", "updated", NULL };

const MullionDesktopModule mullion_desktop_downloads = {
  .name = "downloads",
  .methods = methods,
  .events = events,
  .listened = follow,
  .open = open_module,
  .close = close_module,
};
