/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-host-private.h"

#include "mullion-app-private.h"
#include "mullion-error-reply.h"
#include "mullion-error.h"
#include "mullion-json-number.h"
#include "mullion-json-writer.h"
#include "mullion-long-text.h"
#include "mullion-web-contents-private.h"
#include "mullion-web-frame-main-private.h"

#include <unistd.h>

/*
 * MullionPageHost: the main process's half of a page.
 *
 * Owns the channel to the page's web process and knows the documents that live at its other end.
 * What comes in is checked in mullion-page-host-input.c; here is what goes out, and the end of it
 * all. What goes out in one turn of the loop travels as one frame.
 */

/* A batch that grows beyond this is sent before the turn is over. */
#define BATCH_SIZE (256u * 1024)

/* A batch, a message in it, and the arguments in that. */
#define ENVELOPE_DEPTH 3

G_DEFINE_FINAL_TYPE (MullionPageHost, mullion_page_host, G_TYPE_OBJECT)

static void
clear_attachments (MullionPageHost *self)
{
  mullion_side_clear (self->beside.side);
  g_object_unref (self->beside.ports);
  self->beside.ports = g_unix_fd_list_new ();
}

void
mullion_page_host_flush (MullionPageHost *self)
{
  g_autoptr(GError) error = NULL;

  if (self->batch->len == 0 || self->contents == NULL)
    return;

  g_string_append_c (self->batch, ']');
  if (!mullion_channel_send_full (self->channel, MULLION_FRAME_DELIVER, self->batch_document,
                                  0, self->batch->str, self->batch->len, self->beside.side,
                                  g_object_ref (self->beside.ports), &error))
    g_debug ("A batch of messages was not delivered: %s", error->message);

  /* A burst must not keep its memory for ever. */
  if (self->batch->allocated_len > 4 * BATCH_SIZE)
    {
      g_string_free (self->batch, TRUE);
      self->batch = g_string_sized_new (256);
    }
  g_string_truncate (self->batch, 0);
  clear_attachments (self);
}

static gboolean
flush_batch_cb (gpointer user_data)
{
  MullionPageHost *self = user_data;

  g_clear_pointer (&self->flush_source, g_source_unref);
  mullion_page_host_flush (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_flush (MullionPageHost *self)
{
  if (self->batch->len > BATCH_SIZE)
    mullion_page_host_flush (self);

  /* The end of the frame sends what its handlers said, but not what is said meanwhile in a loop
   * that one of them runs. */
  if (self->dispatch_depth == g_main_depth () && self->dispatch_depth != 0)
    return;
  if (self->flush_source != NULL || self->batch->len == 0)
    return;

  self->flush_source = g_idle_source_new ();
  g_source_set_priority (self->flush_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->flush_source, flush_batch_cb, self, NULL);
  g_source_set_static_name (self->flush_source, "[mullion] flush messages");
  g_source_attach (self->flush_source, NULL);
}

/* Both ways: every message of a page passes here once, when there is a recorder. */
static void
record (MullionPageHost          *self,
        gboolean                  is_from_page,
        guint64                   document,
        MullionMessageKind        kind,
        gboolean                  is_sync,
        guint64                   id,
        const char               *channel,
        JsonArray                *args,
        guint                     n_ports)
{
  const MullionRecordedMessage message = {
    .kind = mullion_record_kind_find (is_from_page, kind, is_sync), .document = document, .id = id,
    .channel = channel, .args = args, .n_ports = n_ports,
  };

  mullion_recorder_add_message (self->recorder, self, &message);
}

void
mullion_page_host_record (MullionPageHost    *self,
                          guint64             document,
                          MullionMessageKind  kind,
                          gboolean            is_sync,
                          guint64             id,
                          const char         *channel,
                          JsonArray          *args,
                          guint               n_ports)
{
  if (G_UNLIKELY (self->recorder != NULL))
    record (self, TRUE, document, kind, is_sync, id, channel, args, n_ports);
}

static void
record_sent (MullionPageHost    *self,
             guint64             document,
             MullionMessageKind  kind,
             gboolean            is_sync,
             guint64             id,
             const char         *channel,
             JsonArray          *args,
             guint               n_ports)
{
  if (G_UNLIKELY (self->recorder != NULL) && self->contents != NULL)
    record (self, FALSE, document, kind, is_sync, id, channel, args, n_ports);
}

static gboolean
write_message (GString             *out,
               MullionMessageKind   kind,
               guint64              id,
               const char          *channel,
               JsonArray           *args,
               MullionAttachments  *beside,
               int                  n_ports,
               GError             **error)
{
  g_autoptr(JsonNode) args_node = NULL;
  gboolean written = TRUE;

  g_string_append_c (out, '[');
  mullion_json_number_write_integer (out, kind);
  g_string_append_c (out, ',');
  mullion_json_number_write_integer (out, id);
  g_string_append_c (out, ',');
  mullion_json_write_string (out, channel);
  g_string_append_c (out, ',');
  if (args != NULL)
    {
      args_node = json_node_init_array (json_node_alloc (), args);
      written = mullion_json_write_tagged (out, args_node, MULLION_WIRE_MAX_DEPTH - ENVELOPE_DEPTH,
                                           mullion_byte_store_write_tag, mullion_long_text_write,
                                           beside, error);
    }
  else
    g_string_append (out, "[]");
  for (int i = 0; i < n_ports; i++)
    g_string_append_printf (out, "%s%d", i == 0 ? ",[" : ",", i);
  g_string_append (out, n_ports > 0 ? "]]" : "]");

  return written;
}

/* The message that was written last, from @start on, begins a batch of its own. What travels beside
 * the batch belongs to it. */
static void
part_last_message (MullionPageHost *self,
                   gsize            start)
{
  g_autofree char *message = g_strdup (self->batch->str + start + 1);
  MullionAttachments beside = self->beside;

  self->beside = (MullionAttachments) { mullion_side_new (), g_unix_fd_list_new () };
  g_string_truncate (self->batch, start);
  mullion_page_host_flush (self);
  mullion_side_free (self->beside.side);
  g_object_unref (self->beside.ports);
  self->beside = beside;
  g_string_append_c (self->batch, '[');
  g_string_append (self->batch, message);
}

static gboolean
check_size (gsize                     length,
            const MullionAttachments *beside,
            GError                  **error)
{
  int n_ports = beside->ports != NULL ? g_unix_fd_list_get_length (beside->ports) : 0;

  if (length > MULLION_WIRE_MAX_LENGTH - 2)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                 "The message is over the limit of %u bytes", MULLION_WIRE_MAX_LENGTH);
  else if (mullion_side_get_size (beside->side) >= MULLION_WIRE_MAX_SIDE)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                 "The binary values of the message are over the limit: they must have less than %"
                 G_GUINT64_FORMAT " bytes", MULLION_WIRE_MAX_SIDE);
  else if (n_ports > MULLION_WIRE_MAX_PORTS)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                 "%d ports and streams in one message are over the limit of %d", n_ports,
                 MULLION_WIRE_MAX_PORTS);
  else
    return TRUE;

  return FALSE;
}

/* Queues a message for a document. @args stays the caller's. */
gboolean
mullion_page_host_deliver (MullionPageHost     *self,
                           guint64              document,
                           MullionMessageKind   kind,
                           guint64              id,
                           const char          *channel,
                           JsonArray           *args,
                           GError             **error)
{
  gboolean has_beside;
  gsize length;

  if (self->batch->len > 0 && self->batch_document != document)
    mullion_page_host_flush (self);

  length = self->batch->len;
  self->batch_document = document;
  g_string_append_c (self->batch, length == 0 ? '[' : ',');
  if (!write_message (self->batch, kind, id, channel, args, &self->beside, 0, error) ||
      !check_size (self->batch->len - length, &self->beside, error))
    {
      g_string_truncate (self->batch, length);
      clear_attachments (self);
      return FALSE;
    }

  /* A message with something beside it travels alone, so that its places there are right, and at once,
   * for long texts lie there only as long as their nodes. */
  has_beside = mullion_side_get_size (self->beside.side) > 0 ||
               g_unix_fd_list_get_length (self->beside.ports) > 0;
  if (length > 0 && (has_beside || self->batch->len > MULLION_WIRE_MAX_LENGTH - 1))
    part_last_message (self, length);
  record_sent (self, document, kind, FALSE, id, channel, args, 0);
  if (has_beside)
    mullion_page_host_flush (self);
  else
    schedule_flush (self);
  return TRUE;
}

gboolean
mullion_page_host_deliver_ports (MullionPageHost     *self,
                                 guint64              document,
                                 MullionMessageKind   kind,
                                 guint64              id,
                                 const char          *channel,
                                 JsonArray           *args,
                                 GUnixFDList         *ports,
                                 GError             **error)
{
  g_autoptr(GString) text = g_string_new ("[");
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autoptr(GUnixFDList) all_ports = ports != NULL ? ports : g_unix_fd_list_new ();
  int n_ports = g_unix_fd_list_get_length (all_ports);
  MullionAttachments beside = { side, all_ports };

  /* Streams come behind the ports. */
  if (!write_message (text, kind, id, channel, args, &beside, n_ports, error) ||
      !check_size (text->len, &beside, error))
    return FALSE;

  g_string_append_c (text, ']');
  mullion_page_host_flush (self);
  record_sent (self, document, kind, FALSE, id, channel, args, n_ports);

  return mullion_channel_send_full (self->channel, MULLION_FRAME_DELIVER, document, 0,
                                    text->str, text->len, side, g_steal_pointer (&all_ports),
                                    error);
}

/* Releases a page that stands still in sendSync. */
void
mullion_page_host_reply_sync (MullionPageHost    *self,
                              guint64             document,
                              guint64             sync_id,
                              MullionMessageKind  kind,
                              JsonArray          *args)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(MullionSide) side = mullion_side_new ();
  MullionAttachments beside = { side, NULL };
  g_autoptr(GError) error = NULL;

  if (!write_message (text, kind, 0, "", args, &beside, 0, &error) ||
      !check_size (text->len, &beside, &error))
    {
      g_autoptr(JsonArray) reason = mullion_error_reply_new ("", error->message);

      mullion_page_host_reply_sync (self, document, sync_id, MULLION_MESSAGE_REPLY_ERROR, reason);
      return;
    }

  record_sent (self, document, kind, TRUE, sync_id, "", args, 0);
  /* One message, not a batch: it is all that the page waits for. */
  mullion_channel_send_full (self->channel, MULLION_FRAME_SYNC_REPLY, document, sync_id,
                             text->str, text->len, side, NULL, NULL);
}

/* Tells the page what its next documents are made with. */
void
mullion_page_host_configure (MullionPageHost *self,
                             JsonNode        *configuration)
{
  g_autofree char *text = mullion_json_to_string (configuration);
  g_autoptr(GError) error = NULL;

  if (!mullion_channel_send (self->channel, MULLION_FRAME_CONFIGURE, 0, 0,
                             text, strlen (text), &error))
    g_debug ("A page was not configured: %s", error->message);
}

static void
record_script (MullionPageHost *self,
               guint64          id,
               const char      *code)
{
  g_autoptr(JsonArray) args = NULL;

  if (self->recorder == NULL)
    return;

  args = json_array_new ();
  json_array_add_string_element (args, code);
  record_sent (self, mullion_web_frame_main_get_document (self->main_frame),
               MULLION_RECORD_EVALUATE, FALSE, id, MULLION_RECORD_EVALUATE_CHANNEL, args, 0);
}

gboolean
mullion_page_host_evaluate (MullionPageHost  *self,
                            guint64           id,
                            const char       *code,
                            GError          **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) body = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = NULL;

  if (self->main_frame == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE, "There is no page");
      return FALSE;
    }

  json_object_set_string_member (object, "code", code);
  text = mullion_json_to_string (body);
  mullion_page_host_flush (self);
  record_script (self, id, code);

  return mullion_channel_send (self->channel, MULLION_FRAME_EVALUATE,
                               mullion_web_frame_main_get_document (self->main_frame), id,
                               text, strlen (text), error);
}

MullionWebContents *
mullion_page_host_get_contents (MullionPageHost *self)
{
  return self->contents;
}

MullionWebFrameMain *
mullion_page_host_get_main_frame (MullionPageHost *self)
{
  return self->main_frame;
}

MullionByteHold *
mullion_page_host_get_byte_hold (MullionPageHost *self)
{
  return self->hold;
}

/* Who offers a socket that the main process made must not pass for it. */
int
mullion_page_host_take_port (MullionPageHost *self,
                             gint64           index)
{
  return mullion_frame_ports_take (self->ports, index);
}

MullionPortQuota *
mullion_page_host_get_port_quota (MullionPageHost *self)
{
  return self->port_quota;
}

GPid
mullion_page_host_get_process_id (MullionPageHost *self)
{
  GPid pid = mullion_channel_get_peer_pid (self->channel);

  return pid != getpid () ? pid : 0;
}

/* Counts the calls of all documents that wait for their answers. */
guint64
mullion_page_host_count_unread (MullionPageHost *self)
{
  return self->batch->len + mullion_channel_get_queued (self->channel);
}

guint
mullion_page_host_count_calls (MullionPageHost *self)
{
  GHashTableIter iter;
  gpointer frame;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, NULL, &frame))
    n += mullion_web_frame_main_count_calls (frame);

  return n;
}

guint64
mullion_page_host_get_page_id (MullionPageHost *self)
{
  return self->page_id;
}

static void
drop_input (MullionPageHost *self)
{
  g_clear_pointer (&self->job, mullion_frame_job_free);
  g_queue_clear_full (&self->batches, (GDestroyNotify) mullion_batch_free);
  if (self->work_source != NULL)
    g_source_destroy (self->work_source);
  g_clear_pointer (&self->work_source, g_source_unref);
}

/* Ends the channel and every document at its other end. */
void
mullion_page_host_close (MullionPageHost *self)
{
  g_autoptr(GList) frames = NULL;

  if (self->contents == NULL)
    return;

  mullion_page_host_flush (self);
  if (self->recorder != NULL)
    mullion_recorder_add_gone (self->recorder, self);
  self->contents = NULL;
  self->main_frame = NULL;
  if (self->flush_source != NULL)
    g_source_destroy (self->flush_source);
  g_clear_pointer (&self->flush_source, g_source_unref);
  mullion_channel_close (self->channel);
  drop_input (self);

  frames = g_hash_table_get_values (self->documents);
  g_list_foreach (frames, (GFunc) (void (*) (void)) g_object_ref, NULL);
  g_hash_table_remove_all (self->documents);
  for (GList *l = frames; l != NULL; l = l->next)
    {
      mullion_web_frame_main_detach (l->data);
      g_object_unref (l->data);
    }
}

static void
mullion_page_host_dispose (GObject *object)
{
  MullionPageHost *self = MULLION_PAGE_HOST (object);

  mullion_page_host_close (self);
  g_clear_object (&self->channel);

  G_OBJECT_CLASS (mullion_page_host_parent_class)->dispose (object);
}

static void
mullion_page_host_finalize (GObject *object)
{
  MullionPageHost *self = MULLION_PAGE_HOST (object);

  g_clear_pointer (&self->documents, g_hash_table_unref);
  g_string_free (self->batch, TRUE);
  mullion_side_free (self->beside.side);
  g_object_unref (self->beside.ports);
  g_clear_error (&self->end_reason);
  mullion_remains_free (self->remains);
  mullion_port_quota_unref (self->port_quota);
  g_clear_pointer (&self->recorder, mullion_recorder_unref);

  G_OBJECT_CLASS (mullion_page_host_parent_class)->finalize (object);
}

static void
mullion_page_host_class_init (MullionPageHostClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mullion_page_host_dispose;
  object_class->finalize = mullion_page_host_finalize;
}

static void
mullion_page_host_init (MullionPageHost *self)
{
  self->documents = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->batch = g_string_sized_new (256);
  self->beside.side = mullion_side_new ();
  self->beside.ports = g_unix_fd_list_new ();
  self->remains = mullion_remains_new ();
  self->port_quota = mullion_port_quota_new ();
}

/* Takes @fd, our end of the page's socket pair. */
MullionPageHost *
mullion_page_host_new (MullionWebContents *contents,
                       guint64             page_id,
                       int                 fd)
{
  MullionPageHost *self = g_object_new (MULLION_TYPE_PAGE_HOST, NULL);
  MullionRecorder *recorder = mullion_app_get_recorder (mullion_web_contents_get_app (contents));

  self->contents = contents;
  self->page_id = page_id;
  self->recorder = recorder != NULL ? mullion_recorder_ref (recorder) : NULL;
  self->channel = mullion_channel_new (fd, &mullion_page_host_channel_funcs, self);
  mullion_channel_set_turn (self->channel, mullion_port_quota_get_turn (self->port_quota));
  mullion_channel_attach (self->channel, MULLION_PAGE_HOST_PRIORITY);

  return self;
}
