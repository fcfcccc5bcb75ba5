/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-download-item-private.h"

#include "mullion-refusal.h"
#include "mullion-session.h"
#include "mullion-web-contents-private.h"

#include <string.h>

/**
 * MullionDownloadItem:
 *
 * A file that is being downloaded, like Electron's `DownloadItem`.
 *
 * It comes with [signal@Session::will-download], whose handler says where the file goes. A download
 * that nobody gives a path is cancelled, with a line in the log: Electron would ask the user, which
 * a handler can do here by itself, before it starts the download.
 *
 * WebKitGTK can neither pause a download nor take up one that was interrupted.
 *
 * It lives in the main process, as long as the download. Its address and what the server says of the
 * file are not to be trusted; [method@DownloadItem.get_filename] is always the plain name of a file.
 *
 * Since: 0.1
 */

typedef enum
{
  PROGRESSING,
  COMPLETED,
  CANCELLED,
  INTERRUPTED,
} State;

struct _MullionDownloadItem
{
  GObject parent_instance;

  WebKitDownload *download;
  MullionSession *session;
  State state;
  char *filename;  /* (nullable): before the server has answered */
  char *save_path; /* (nullable) */
  gboolean is_done;
};

G_DEFINE_FINAL_TYPE (MullionDownloadItem, mullion_download_item, G_TYPE_OBJECT)

enum
{
  UPDATED,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const state_names[] = { "progressing", "completed", "cancelled", "interrupted" };

/* What fits into a name on any file system, with room for what a browser may add to it. */
#define MAX_NAME 200

/* -- The name of the file -- */

static gboolean
is_unfit (gunichar c)
{
  return c == '/' || c == '\\' || g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* Security: a server may suggest any name. What comes out is no path, not hidden, and shows itself
 * as it is: characters that turn the direction of text make an .exe look like a .txt. */
char *
mullion_download_item_dup_filename (const char *suggested)
{
  g_autofree char *valid = g_utf8_make_valid (suggested, -1);
  g_autoptr(GString) name = g_string_new (NULL);

  for (const char *c = valid; *c != '\0' && name->len < MAX_NAME; c = g_utf8_next_char (c))
    if (is_unfit (g_utf8_get_char (c)))
      g_string_append_c (name, '_');
    else
      g_string_append_unichar (name, g_utf8_get_char (c));
  if (name->len > 0 && name->str[0] == '.')
    name->str[0] = '_';
  g_strstrip (name->str);

  return g_strdup (*name->str != '\0' ? name->str : "download");
}

/* -- What it is -- */

/**
 * mullion_download_item_get_url:
 * @self: an item
 *
 * Gets where the file comes from.
 *
 * Returns: the address
 *
 * Since: 0.1
 */
const char *
mullion_download_item_get_url (MullionDownloadItem *self)
{
  g_return_val_if_fail (MULLION_IS_DOWNLOAD_ITEM (self), NULL);

  return webkit_uri_request_get_uri (webkit_download_get_request (self->download));
}

static WebKitURIResponse *
get_response (MullionDownloadItem *self)
{
  return webkit_download_get_response (self->download);
}

/**
 * mullion_download_item_get_mime_type:
 * @self: an item
 *
 * Gets what the server says that the file is.
 *
 * Returns: the type, "" when it is not known
 *
 * Since: 0.1
 */
const char *
mullion_download_item_get_mime_type (MullionDownloadItem *self)
{
  const char *type = NULL;

  g_return_val_if_fail (MULLION_IS_DOWNLOAD_ITEM (self), NULL);

  if (get_response (self) != NULL)
    type = webkit_uri_response_get_mime_type (get_response (self));

  return type != NULL ? type : "";
}

/**
 * mullion_download_item_get_filename:
 * @self: an item
 *
 * Gets the name that the file should have. It is never a path, whatever the server suggests.
 *
 * Returns: a name of a file
 *
 * Since: 0.1
 */
const char *
mullion_download_item_get_filename (MullionDownloadItem *self)
{
  g_return_val_if_fail (MULLION_IS_DOWNLOAD_ITEM (self), NULL);

  return self->filename;
}

/**
 * mullion_download_item_get_total_bytes:
 * @self: an item
 *
 * Gets the size of the file.
 *
 * Returns: how many bytes the server says it has, 0 when that is not known
 *
 * Since: 0.1
 */
guint64
mullion_download_item_get_total_bytes (MullionDownloadItem *self)
{
  g_return_val_if_fail (MULLION_IS_DOWNLOAD_ITEM (self), 0);

  return get_response (self) != NULL
           ? webkit_uri_response_get_content_length (get_response (self)) : 0;
}

/**
 * mullion_download_item_get_received_bytes:
 * @self: an item
 *
 * Gets how much of the file is here.
 *
 * Returns: how many bytes have come
 *
 * Since: 0.1
 */
guint64
mullion_download_item_get_received_bytes (MullionDownloadItem *self)
{
  g_return_val_if_fail (MULLION_IS_DOWNLOAD_ITEM (self), 0);

  return webkit_download_get_received_data_length (self->download);
}

/**
 * mullion_download_item_get_percent_complete:
 * @self: an item
 *
 * Gets how far the download is.
 *
 * Returns: 0 to 100, -1 when the size of the file is not known
 *
 * Since: 0.1
 */
int
mullion_download_item_get_percent_complete (MullionDownloadItem *self)
{
  guint64 total, received;

  g_return_val_if_fail (MULLION_IS_DOWNLOAD_ITEM (self), -1);

  total = mullion_download_item_get_total_bytes (self);
  received = mullion_download_item_get_received_bytes (self);
  if (total == 0)
    return -1;

  return (int) MIN (100.0 * received / total, 100.0);
}

/**
 * mullion_download_item_get_state:
 * @self: an item
 *
 * Gets what has become of the download: `progressing`, `completed`, `cancelled` or `interrupted`.
 *
 * Returns: Electron's name of the state
 *
 * Since: 0.1
 */
const char *
mullion_download_item_get_state (MullionDownloadItem *self)
{
  g_return_val_if_fail (MULLION_IS_DOWNLOAD_ITEM (self), NULL);

  return state_names[self->state];
}

/**
 * mullion_download_item_get_save_path:
 * @self: an item
 *
 * Gets where the file goes.
 *
 * Returns: (nullable): the path, %NULL while there is none
 *
 * Since: 0.1
 */
const char *
mullion_download_item_get_save_path (MullionDownloadItem *self)
{
  g_return_val_if_fail (MULLION_IS_DOWNLOAD_ITEM (self), NULL);

  return self->save_path;
}

/**
 * mullion_download_item_set_save_path:
 * @self: an item
 * @path: the absolute path of the file to write; what is there is replaced
 *
 * Says where the file goes. This counts in a handler of [signal@Session::will-download], and not
 * later. The file is written beside its place first and is there as a whole, or not at all.
 *
 * Since: 0.1
 */
void
mullion_download_item_set_save_path (MullionDownloadItem *self,
                                     const char          *path)
{
  g_return_if_fail (MULLION_IS_DOWNLOAD_ITEM (self));
  g_return_if_fail (path != NULL && g_path_is_absolute (path));

  g_free (self->save_path);
  self->save_path = g_strdup (path);
}

/* -- Its end -- */

static void
finish (MullionDownloadItem *self)
{
  if (self->is_done)
    return;

  self->is_done = TRUE;
  g_signal_emit (self, signals[DONE], 0, state_names[self->state]);
  /* The download was what held us. */
  g_signal_handlers_disconnect_by_data (self->download, self);
  g_object_unref (self);
}

/**
 * mullion_download_item_cancel:
 * @self: an item
 *
 * Ends the download. Nothing of the file is left. Does nothing when the download has ended.
 *
 * Since: 0.1
 */
void
mullion_download_item_cancel (MullionDownloadItem *self)
{
  g_return_if_fail (MULLION_IS_DOWNLOAD_ITEM (self));

  if (self->is_done || self->state != PROGRESSING)
    return;

  self->state = CANCELLED;
  webkit_download_cancel (self->download);
}

/* -- What WebKit reports -- */

static void
refuse (MullionDownloadItem *self,
        MullionWebContents  *contents,
        const char          *why)
{
  const char *url = mullion_download_item_get_url (self);

  if (contents != NULL)
    mullion_refusal_log (contents, "the download of", url, why);
  else
    g_warning ("A download was refused: %s", why);
  mullion_download_item_cancel (self);
}

static gboolean
decide_destination_cb (WebKitDownload      *download,
                       const char          *suggested,
                       MullionDownloadItem *self)
{
  g_autoptr(MullionDownloadItem) alive = g_object_ref (self);
  MullionWebContents *contents =
    mullion_web_contents_from_web_view (webkit_download_get_web_view (self->download));
  guint signal = g_signal_lookup ("will-download", MULLION_TYPE_SESSION);

  self->filename = mullion_download_item_dup_filename (suggested);
  if (!g_signal_has_handler_pending (self->session, signal, 0, FALSE))
    refuse (self, contents, "there is no handler of will-download");
  else
    g_signal_emit (self->session, signal, 0, self, contents);

  if (self->state != PROGRESSING)
    return TRUE;
  if (self->save_path == NULL)
    {
      refuse (self, contents, "no handler of will-download has given it a path");
      return TRUE;
    }

  webkit_download_set_allow_overwrite (download, TRUE);
  webkit_download_set_destination (download, self->save_path);
  return TRUE;
}

static void
received_data_cb (WebKitDownload      *download,
                  guint64              length,
                  MullionDownloadItem *self)
{
  if (self->state == PROGRESSING)
    g_signal_emit (self, signals[UPDATED], 0, state_names[self->state]);
}

static void
failed_cb (WebKitDownload      *download,
           GError              *error,
           MullionDownloadItem *self)
{
  g_debug ("A download failed: %s", error->message);
  if (self->state == PROGRESSING)
    self->state = INTERRUPTED;
  finish (self);
}

static void
finished_cb (WebKitDownload      *download,
             MullionDownloadItem *self)
{
  if (self->state == PROGRESSING)
    self->state = COMPLETED;
  finish (self);
}

/* -- Its beginning -- */

static void
mullion_download_item_finalize (GObject *object)
{
  MullionDownloadItem *self = MULLION_DOWNLOAD_ITEM (object);

  g_clear_object (&self->download);
  g_clear_object (&self->session);
  g_free (self->filename);
  g_free (self->save_path);

  G_OBJECT_CLASS (mullion_download_item_parent_class)->finalize (object);
}

static void
mullion_download_item_class_init (MullionDownloadItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_download_item_finalize;

  /**
   * MullionDownloadItem::updated:
   * @self: an item
   * @state: what [method@DownloadItem.get_state] gives
   *
   * More of the file has come.
   *
   * Since: 0.1
   */
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * MullionDownloadItem::done:
   * @self: an item
   * @state: `completed`, `cancelled` or `interrupted`
   *
   * The download has ended. This comes once, and last.
   *
   * Since: 0.1
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mullion_download_item_init (MullionDownloadItem *self)
{
  self->state = PROGRESSING;
}

void
mullion_download_item_begin (MullionSession *session,
                             WebKitDownload *download)
{
  MullionDownloadItem *self = g_object_new (MULLION_TYPE_DOWNLOAD_ITEM, NULL);

  self->session = g_object_ref (session);
  self->download = g_object_ref (download);
  g_signal_connect (download, "decide-destination", G_CALLBACK (decide_destination_cb), self);
  g_signal_connect (download, "received-data", G_CALLBACK (received_data_cb), self);
  g_signal_connect (download, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect (download, "finished", G_CALLBACK (finished_cb), self);
}
