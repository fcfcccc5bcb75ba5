/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-web-frame-main-private.h"

#include "mullion-error-reply.h"
#include "mullion-ipc-main.h"
#include "mullion-port-list.h"

/**
 * MullionWebFrameMain:
 *
 * A document in a frame of a page, as the main process sees it, like Electron's `WebFrameMain`.
 *
 * What it says of itself was asked of WebKit before any script of the page ran, and never of the
 * page. It stands for one document: when the frame navigates, or the page closes or crashes, it is
 * detached, and the frame's next document is another object.
 *
 * Since: 0.1
 */
G_DEFINE_FINAL_TYPE (MullionWebFrameMain, mullion_web_frame_main, G_TYPE_OBJECT)

static guint detached;

static GHashTable *
new_calls (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                (GDestroyNotify) mullion_call_unref);
}

/**
 * mullion_web_frame_main_get_frame_id:
 * @self: a frame
 *
 * Gets the number of the frame.
 *
 * Returns: WebKit's number of the frame, the same for all documents that it shows
 *
 * Since: 0.1
 */
guint64
mullion_web_frame_main_get_frame_id (MullionWebFrameMain *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), 0);

  return self->frame_id;
}

/**
 * mullion_web_frame_main_get_url:
 * @self: a frame
 *
 * Gets the address of the document.
 *
 * Returns: the address of the document when it began
 *
 * Since: 0.1
 */
const char *
mullion_web_frame_main_get_url (MullionWebFrameMain *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), NULL);

  return self->url;
}

/**
 * mullion_web_frame_main_get_origin:
 * @self: a frame
 *
 * Gets the origin that WebKit gives the document.
 *
 * Returns: the origin of the document, for example `app://org.example.app`, or `null` in letters
 *   for an opaque one
 *
 * Since: 0.1
 */
const char *
mullion_web_frame_main_get_origin (MullionWebFrameMain *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), NULL);

  return self->origin;
}

/**
 * mullion_web_frame_main_is_main_frame:
 * @self: a frame
 *
 * Asks whether the frame is the whole page.
 *
 * Returns: whether this is the page itself, and not a frame inside it
 *
 * Since: 0.1
 */
gboolean
mullion_web_frame_main_is_main_frame (MullionWebFrameMain *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), FALSE);

  return self->is_main_frame;
}

/**
 * mullion_web_frame_main_is_detached:
 * @self: a frame
 *
 * Asks whether the document has navigated away or closed.
 *
 * Returns: whether the document is gone
 *
 * Since: 0.1
 */
gboolean
mullion_web_frame_main_is_detached (MullionWebFrameMain *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), TRUE);

  return self->host == NULL;
}

/**
 * mullion_web_frame_main_get_web_contents:
 * @self: a frame
 *
 * Gets the page to which the frame belongs.
 *
 * Returns: (transfer none) (nullable): the contents that show the document, %NULL when it is gone
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_web_frame_main_get_web_contents (MullionWebFrameMain *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), NULL);

  return self->host != NULL ? mullion_page_host_get_contents (self->host) : NULL;
}

/**
 * mullion_web_frame_main_get_ipc:
 * @self: a frame
 *
 * Gets the `ipcMain` of this document alone. Its listeners and handlers come before those of the
 * contents and the app, and go with the document.
 *
 * Returns: (transfer none): the frame's own `ipcMain`
 *
 * Since: 0.1
 */
MullionIpcMain *
mullion_web_frame_main_get_ipc (MullionWebFrameMain *self)
{
  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), NULL);

  if (self->ipc == NULL)
    self->ipc = mullion_ipc_main_new ();

  return self->ipc;
}

gboolean
mullion_web_frame_main_has_ipc (MullionWebFrameMain *self)
{
  return self->ipc != NULL;
}

/**
 * mullion_web_frame_main_send:
 * @self: a frame
 * @channel: the name that the preload listens to with `ipcRenderer.on`
 * @args: (nullable) (transfer full): what its listener gets after the event
 *
 * Sends a message to exactly this document.
 *
 * Returns: %FALSE when the document is gone, and the message with it
 *
 * Since: 0.1
 */
gboolean
mullion_web_frame_main_send (MullionWebFrameMain *self,
                             const char          *channel,
                             JsonArray           *args)
{
  gboolean sent;

  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), FALSE);
  g_return_val_if_fail (channel != NULL, FALSE);

  sent = mullion_web_frame_main_deliver (self, 0, channel, args);
  g_clear_pointer (&args, json_array_unref);

  return sent;
}

/**
 * mullion_web_frame_main_post_message:
 * @self: a frame
 * @channel: the name that the preload listens to with `ipcRenderer.on`
 * @message: (nullable) (transfer full): what its listener gets after the event; %NULL is `undefined`
 * @ports: (array length=n_ports) (nullable): ports that go with it, and are gone from here then
 * @n_ports: how many, 200 at most
 *
 * Sends a message to exactly this document, with ports that its listener finds in `event.ports`.
 *
 * Fails with %MULLION_ERROR_GONE when the document is gone, and with %MULLION_ERROR_INVALID_ARGUMENT
 * when one of @ports is closed, was sent away, or is there twice. All ports stay as they are then.
 *
 * Returns: whether the message is on its way
 *
 * Since: 0.1
 */
gboolean
mullion_web_frame_main_post_message (MullionWebFrameMain     *self,
                                     const char              *channel,
                                     JsonNode                *message,
                                     MullionMessagePortMain **ports,
                                     guint                    n_ports,
                                     GError                 **error)
{
  g_autoptr(JsonArray) args = json_array_sized_new (1);
  GUnixFDList *fds = NULL;

  if (message != NULL)
    json_array_add_element (args, message);

  g_return_val_if_fail (MULLION_IS_WEB_FRAME_MAIN (self), FALSE);
  g_return_val_if_fail (channel != NULL, FALSE);
  g_return_val_if_fail (ports != NULL || n_ports == 0, FALSE);

  if (self->host == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE, "The document is gone");
      return FALSE;
    }

  if (!mullion_port_list_check (ports, n_ports, NULL, error) ||
      (n_ports > 0 && (fds = mullion_port_list_take (ports, n_ports, error)) == NULL))
    return FALSE;

  return mullion_page_host_deliver_ports (self->host, self->document, MULLION_MESSAGE_DELIVERED, 0,
                                          channel, args, fds, error);
}

static gboolean
was_delivered (MullionWebFrameMain *self,
               const char          *channel,
               const GError        *error)
{
  if (error != NULL)
    g_warning ("Sending '%s' to %s failed: %s", channel, self->url, error->message);

  return error == NULL;
}

guint64
mullion_web_frame_main_count_unread (MullionWebFrameMain *self)
{
  return self->host != NULL ? mullion_page_host_count_unread (self->host) : 0;
}

/* @sender_id: the contents whose page sent it by way of us, or 0 */
gboolean
mullion_web_frame_main_deliver (MullionWebFrameMain *self,
                                guint64              sender_id,
                                const char          *channel,
                                JsonArray           *args)
{
  g_autoptr(GError) error = NULL;

  if (self->host == NULL)
    return FALSE;

  mullion_page_host_deliver (self->host, self->document, MULLION_MESSAGE_DELIVERED,
                             sender_id, channel, args, &error);
  return was_delivered (self, channel, error);
}

gboolean
mullion_web_frame_main_deliver_ports (MullionWebFrameMain *self,
                                      guint64              sender_id,
                                      const char          *channel,
                                      JsonArray           *args,
                                      GUnixFDList         *ports)
{
  g_autoptr(GError) error = NULL;

  if (ports == NULL)
    return mullion_web_frame_main_deliver (self, sender_id, channel, args);

  if (self->host != NULL)
    mullion_page_host_deliver_ports (self->host, self->document, MULLION_MESSAGE_DELIVERED,
                                     sender_id, channel, args, ports, &error);
  else
    g_object_unref (ports);
  return self->host != NULL && was_delivered (self, channel, error);
}

void
mullion_web_frame_main_refuse (MullionWebFrameMain *self,
                               const char          *reason)
{
  g_autoptr(JsonArray) args = mullion_error_reply_new ("", reason);

  if (self->host != NULL)
    mullion_page_host_deliver (self->host, self->document, MULLION_MESSAGE_REFUSED, 0, "", args,
                               NULL);
}

guint64
mullion_web_frame_main_get_document (MullionWebFrameMain *self)
{
  return self->document;
}

/* Through the document's own channel: the contents may show the page of another process. */
void
mullion_web_frame_main_reply_sync (MullionWebFrameMain *self,
                                   guint64              sync_id,
                                   MullionMessageKind   kind,
                                   JsonArray           *args)
{
  if (self->host != NULL)
    mullion_page_host_reply_sync (self->host, self->document, sync_id, kind, args);
}

gboolean
mullion_web_frame_main_has_call (MullionWebFrameMain *self,
                                 guint64              id)
{
  return g_hash_table_contains (self->calls, &id);
}

guint
mullion_web_frame_main_count_calls (MullionWebFrameMain *self)
{
  return g_hash_table_size (self->calls);
}

void
mullion_web_frame_main_add_call (MullionWebFrameMain *self,
                                 MullionCall         *call)
{
  g_hash_table_replace (self->calls, &call->id, mullion_call_ref (call));
}

void
mullion_web_frame_main_cancel_call (MullionWebFrameMain *self,
                                    guint64              id)
{
  g_autoptr(MullionCall) call = NULL;

  if (g_hash_table_steal_extended (self->calls, &id, NULL, (gpointer *) &call))
    mullion_call_cancel (call);
}

void
mullion_web_frame_main_answer_call (MullionWebFrameMain *self,
                                    MullionCall         *call,
                                    MullionMessageKind   kind,
                                    JsonArray           *args)
{
  g_autoptr(GError) error = NULL;

  /* The page may have given a call up, and its number to another. */
  if (g_hash_table_lookup (self->calls, &call->id) != call)
    return;

  g_hash_table_remove (self->calls, &call->id);
  if (self->host == NULL)
    return;

  if (!mullion_page_host_deliver (self->host, self->document, kind, call->id, "", args, &error))
    {
      g_autoptr(JsonArray) reason = mullion_error_reply_new ("Error: ", error->message);

      /* An answer that cannot travel must not leave the caller waiting. */
      mullion_page_host_deliver (self->host, self->document, MULLION_MESSAGE_REPLY_ERROR,
                                 call->id, "", reason, NULL);
    }
}

void
mullion_web_frame_main_detach (MullionWebFrameMain *self)
{
  g_autoptr(GHashTable) calls = g_steal_pointer (&self->calls);
  GHashTableIter iter;
  gpointer call;

  self->host = NULL;
  self->calls = new_calls ();

  /* Handlers that are told may answer at once. */
  g_hash_table_iter_init (&iter, calls);
  while (g_hash_table_iter_next (&iter, NULL, &call))
    mullion_call_cancel (call);
  mullion_web_frame_main_fail_questions (self);
  g_signal_emit (self, detached, 0);
}

static void
mullion_web_frame_main_finalize (GObject *object)
{
  MullionWebFrameMain *self = MULLION_WEB_FRAME_MAIN (object);

  g_clear_object (&self->ipc);
  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_clear_pointer (&self->questions, g_hash_table_unref);
  mullion_gate_clear (&self->gate);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->origin, g_free);

  G_OBJECT_CLASS (mullion_web_frame_main_parent_class)->finalize (object);
}

static void
mullion_web_frame_main_class_init (MullionWebFrameMainClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_web_frame_main_finalize;

  /**
   * MullionWebFrameMain::detached:
   * @self: a frame
   *
   * The document is gone: it has navigated away, or its page has closed or crashed. What it held in
   * the main process can be let go.
   *
   * Since: 0.1
   */
  detached = g_signal_new ("detached", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                           NULL, G_TYPE_NONE, 0);
}

static void
mullion_web_frame_main_init (MullionWebFrameMain *self)
{
  self->calls = new_calls ();
  self->questions = g_hash_table_new (g_int64_hash, g_int64_equal);
}

MullionWebFrameMain *
mullion_web_frame_main_new (MullionPageHost *host,
                            guint64          document,
                            guint64          frame_id,
                            const char      *url,
                            const char      *origin,
                            gboolean         is_main_frame)
{
  MullionWebFrameMain *self = g_object_new (MULLION_TYPE_WEB_FRAME_MAIN, NULL);

  self->host = host;
  self->document = document;
  self->frame_id = frame_id;
  self->url = g_strdup (url);
  self->origin = g_strdup (origin);
  self->is_main_frame = is_main_frame;

  return self;
}
