/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-host.h"

#include "mullion-channel.h"
#include "mullion-error-reply.h"
#include "mullion-error.h"
#include "mullion-json-access.h"
#include "mullion-json-number.h"
#include "mullion-json-reader.h"
#include "mullion-json-writer.h"
#include "mullion-message-router.h"
#include "mullion-web-contents-private.h"
#include "mullion-web-frame-main-private.h"

/*
 * MullionPageHost: the main process's half of a page.
 *
 * Owns the channel to the page's web process and knows the documents that live at its other end.
 * Every frame that comes in is checked here, by the table below, before anything is done with it:
 * the web process may be in the hands of an attacker. What breaks the rules ends the channel with
 * a reason; the app goes on.
 *
 * What goes out in one turn of the loop travels as one frame.
 */

/* Below GDK's painting: a page that floods us slows its own messages down, not the window. */
#define CHANNEL_PRIORITY (GDK_PRIORITY_REDRAW + 5)

/* A batch that grows beyond this is sent before the turn is over. */
#define BATCH_SIZE (256u * 1024)

/* A batch, a message in it, and the arguments in that. */
#define ENVELOPE_DEPTH 3

/* Documents that one page may have at a time, one in each of its frames. */
#define MAX_DOCUMENTS 1000

struct _MullionPageHost
{
  GObject parent_instance;

  MullionWebContents *contents; /* (unowned): owns us; NULL when closed */
  MullionChannel *channel;

  GHashTable *documents; /* document → MullionWebFrameMain */
  MullionWebFrameMain *main_frame; /* (nullable) */
  guint64 last_document;

  GString *batch; /* messages for batch_document that wait for the end of the turn */
  guint64 batch_document;
  MullionSide *side; /* the binary values of the batch */
  GSource *flush_source; /* (nullable) */
  MullionByteHold *hold; /* (nullable): (unowned): of the frame that is handled */
  int dispatch_depth; /* of the main loop, while a frame is handled; else 0 */
};

typedef struct
{
  MullionFrameKind kind;
  gboolean from_document; /* and from one that lives */
  JsonNodeType body;
  gboolean (*handle) (MullionPageHost          *self,
                      const MullionFrameHeader *header,
                      MullionWebFrameMain      *frame,
                      JsonNode                 *body);
} FrameRule;

G_DEFINE_FINAL_TYPE (MullionPageHost, mullion_page_host, G_TYPE_OBJECT)

static void
flush_batch (MullionPageHost *self)
{
  g_autoptr(GError) error = NULL;

  if (self->batch->len == 0 || self->contents == NULL)
    return;

  g_string_append_c (self->batch, ']');
  if (!mullion_channel_send_full (self->channel, MULLION_FRAME_DELIVER, self->batch_document,
                                  0, self->batch->str, self->batch->len, self->side, NULL, &error))
    g_debug ("A batch of messages was not delivered: %s", error->message);

  /* A burst must not keep its memory for ever. */
  if (self->batch->allocated_len > 4 * BATCH_SIZE)
    {
      g_string_free (self->batch, TRUE);
      self->batch = g_string_sized_new (256);
    }
  g_string_truncate (self->batch, 0);
  mullion_side_clear (self->side);
}

static gboolean
flush_batch_cb (gpointer user_data)
{
  MullionPageHost *self = user_data;

  g_clear_pointer (&self->flush_source, g_source_unref);
  flush_batch (self);

  return G_SOURCE_REMOVE;
}

static void
schedule_flush (MullionPageHost *self)
{
  if (self->batch->len > BATCH_SIZE)
    flush_batch (self);

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

static gboolean
write_message (GString             *out,
               MullionMessageKind   kind,
               guint64              id,
               const char          *channel,
               JsonArray           *args,
               MullionSide         *side,
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
                                           mullion_byte_store_write_tag, side, error);
    }
  else
    g_string_append (out, "[]");
  g_string_append_c (out, ']');

  return written;
}

/* The message that was written last, from @start on, would make the batch too long: it travels
 * alone. */
static void
part_last_message (MullionPageHost *self,
                   gsize            start)
{
  g_autofree char *message = g_strdup (self->batch->str + start + 1);

  g_string_truncate (self->batch, start);
  flush_batch (self);
  g_string_append_c (self->batch, '[');
  g_string_append (self->batch, message);
}

static gboolean
check_size (gsize               length,
            const MullionSide  *side,
            GError            **error)
{
  if (length > MULLION_WIRE_MAX_LENGTH - 2)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                 "The message is over the limit of %u bytes", MULLION_WIRE_MAX_LENGTH);
  else if (mullion_side_get_size (side) >= MULLION_WIRE_MAX_SIDE)
    g_set_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE,
                 "The binary values of the message are over the limit: they must have less than %"
                 G_GUINT64_FORMAT " bytes", MULLION_WIRE_MAX_SIDE);
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
  gsize length;

  /* A message that may have binary values begins a batch: so their places in the side area stay
   * right, and go with it when it cannot be sent. */
  if (self->batch->len > 0 &&
      (self->batch_document != document || mullion_byte_store_is_used ()))
    flush_batch (self);

  length = self->batch->len;
  self->batch_document = document;
  g_string_append_c (self->batch, length == 0 ? '[' : ',');
  if (!write_message (self->batch, kind, id, channel, args, self->side, error) ||
      !check_size (self->batch->len - length, self->side, error))
    {
      g_string_truncate (self->batch, length);
      if (length == 0)
        mullion_side_clear (self->side);
      return FALSE;
    }

  if (self->batch->len > MULLION_WIRE_MAX_LENGTH - 1)
    part_last_message (self, length);
  schedule_flush (self);
  return TRUE;
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
  g_autoptr(GError) error = NULL;

  if (!write_message (text, kind, 0, "", args, side, &error) ||
      !check_size (text->len, side, &error))
    {
      g_autoptr(JsonArray) reason = mullion_error_reply_new ("", error->message);

      mullion_page_host_reply_sync (self, document, sync_id, MULLION_MESSAGE_REPLY_ERROR, reason);
      return;
    }

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
  flush_batch (self);

  return mullion_channel_send (self->channel, MULLION_FRAME_EVALUATE,
                               mullion_web_frame_main_get_document (self->main_frame), id,
                               text, strlen (text), error);
}

/* -- What comes in -- */

static void
end_document (MullionPageHost *self,
              guint64          document)
{
  MullionWebFrameMain *frame = g_hash_table_lookup (self->documents, &document);

  if (frame == self->main_frame)
    self->main_frame = NULL;
  g_object_ref (frame);
  g_hash_table_remove (self->documents, &document);
  mullion_web_frame_main_detach (frame);
  g_object_unref (frame);
}

static MullionWebFrameMain *
find_frame (MullionPageHost *self,
            guint64          frame_id)
{
  GHashTableIter iter;
  gpointer frame;

  g_hash_table_iter_init (&iter, self->documents);
  while (g_hash_table_iter_next (&iter, NULL, &frame))
    if (mullion_web_frame_main_get_frame_id (frame) == frame_id)
      return frame;

  return NULL;
}

static gboolean
handle_document_created (MullionPageHost          *self,
                         const MullionFrameHeader *header,
                         MullionWebFrameMain      *none,
                         JsonNode                 *body)
{
  JsonObject *object = json_node_get_object (body);
  gint64 frame_id = mullion_json_get_int (object, "frame", 0);
  const char *url = mullion_json_get_string (object, "url");
  const char *origin = mullion_json_get_string (object, "origin");
  gboolean is_main_frame = mullion_json_get_boolean (object, "isMainFrame", FALSE);
  MullionWebFrameMain *before;
  MullionWebFrameMain *frame;

  /* Numbers only rise, so none can be used a second time to inherit what belonged to another. */
  if (frame_id <= 0 || url == NULL || origin == NULL || header->document <= self->last_document)
    return FALSE;

  before = is_main_frame ? self->main_frame : find_frame (self, frame_id);
  if (before != NULL)
    end_document (self, mullion_web_frame_main_get_document (before));
  /* Who was told that his call is cancelled may have closed the window. */
  if (self->contents == NULL)
    return TRUE;
  if (g_hash_table_size (self->documents) >= MAX_DOCUMENTS)
    return FALSE;

  self->last_document = header->document;
  frame = mullion_web_frame_main_new (self, header->document, frame_id, url, origin, is_main_frame);
  g_hash_table_insert (self->documents, g_memdup2 (&header->document, sizeof (guint64)), frame);
  if (is_main_frame)
    {
      self->main_frame = frame;
      mullion_web_contents_document_created (self->contents, self);
    }

  return TRUE;
}

static gboolean
handle_document_ready (MullionPageHost          *self,
                       const MullionFrameHeader *header,
                       MullionWebFrameMain      *frame,
                       JsonNode                 *body)
{
  if (frame == self->main_frame)
    mullion_web_contents_document_ready (self->contents);
  return TRUE;
}

static gboolean
handle_document_gone (MullionPageHost          *self,
                      const MullionFrameHeader *header,
                      MullionWebFrameMain      *frame,
                      JsonNode                 *body)
{
  end_document (self, header->document);
  return TRUE;
}

static gboolean
handle_dom_ready (MullionPageHost          *self,
                  const MullionFrameHeader *header,
                  MullionWebFrameMain      *frame,
                  JsonNode                 *body)
{
  if (frame == self->main_frame)
    g_signal_emit_by_name (self->contents, "dom-ready");
  return TRUE;
}

static gboolean
handle_messages (MullionPageHost          *self,
                 const MullionFrameHeader *header,
                 MullionWebFrameMain      *frame,
                 JsonNode                 *body)
{
  JsonArray *messages = json_node_get_array (body);
  guint length = json_array_get_length (messages);
  gboolean is_sync = header->kind == MULLION_FRAME_MESSAGES_SYNC;

  if (is_sync && (header->id == 0 || length == 0))
    return FALSE;

  for (guint i = 0; i < length; i++)
    {
      guint64 sync_id = is_sync && i + 1 == length ? header->id : 0;

      /* A handler may close the window. */
      if (self->contents == NULL)
        return TRUE;
      if (!mullion_message_route (self, frame, json_array_get_element (messages, i), sync_id))
        return FALSE;
    }

  return TRUE;
}

static gboolean
handle_preload_error (MullionPageHost          *self,
                      const MullionFrameHeader *header,
                      MullionWebFrameMain      *frame,
                      JsonNode                 *body)
{
  JsonObject *object = json_node_get_object (body);
  const char *path = mullion_json_get_string (object, "path");
  const char *message = mullion_json_get_string (object, "message");

  if (path == NULL || message == NULL)
    return FALSE;

  mullion_web_contents_preload_failed (self->contents, path, message);
  return TRUE;
}

static gboolean
handle_console (MullionPageHost          *self,
                const MullionFrameHeader *header,
                MullionWebFrameMain      *none,
                JsonNode                 *body)
{
  JsonObject *object = json_node_get_object (body);
  const char *text = mullion_json_get_string (object, "text");
  const char *source = mullion_json_get_string (object, "source");

  if (text == NULL || source == NULL)
    return FALSE;

  g_signal_emit_by_name (self->contents, "console-message",
                         (int) mullion_json_get_int (object, "level", 0),
                         text,
                         (int) mullion_json_get_int (object, "line", 0),
                         source);
  return TRUE;
}

static const FrameRule frame_rules[] = {
  { MULLION_FRAME_DOCUMENT_CREATED, FALSE, JSON_NODE_OBJECT, handle_document_created },
  { MULLION_FRAME_DOCUMENT_READY, TRUE, JSON_NODE_OBJECT, handle_document_ready },
  { MULLION_FRAME_DOCUMENT_GONE, TRUE, JSON_NODE_OBJECT, handle_document_gone },
  { MULLION_FRAME_DOM_READY, TRUE, JSON_NODE_OBJECT, handle_dom_ready },
  { MULLION_FRAME_MESSAGES, TRUE, JSON_NODE_ARRAY, handle_messages },
  { MULLION_FRAME_MESSAGES_SYNC, TRUE, JSON_NODE_ARRAY, handle_messages },
  { MULLION_FRAME_PRELOAD_ERROR, TRUE, JSON_NODE_OBJECT, handle_preload_error },
  { MULLION_FRAME_CONSOLE, FALSE, JSON_NODE_OBJECT, handle_console },
};

static const FrameRule *
find_rule (guint16 kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (frame_rules); i++)
    if (frame_rules[i].kind == kind)
      return &frame_rules[i];

  return NULL;
}

/* Returns: (nullable) (transfer full): what keeps the binary values of @body, NULL if they are not in
 * the side area */
static MullionByteHold *
receive_side (const MullionFrame  *frame,
              JsonNode            *body,
              GError             **error)
{
  g_autoptr(GBytes) side = mullion_frame_dup_side (frame, error);

  return side != NULL ? mullion_byte_store_receive (body, side, error) : NULL;
}

static gboolean
handle_frame (MullionPageHost     *self,
              const MullionFrame  *frame,
              GError             **error)
{
  const FrameRule *rule = find_rule (frame->header.kind);
  MullionWebFrameMain *sender = g_hash_table_lookup (self->documents, &frame->header.document);
  g_autoptr(MullionWebFrameMain) kept_sender = sender != NULL ? g_object_ref (sender) : NULL;
  g_autoptr(JsonNode) body = NULL;
  g_autoptr(MullionByteHold) hold = NULL;

  if (rule == NULL)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "A frame is of the unknown kind %u", frame->header.kind);
      return FALSE;
    }

  if (rule->from_document && sender == NULL)
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "A frame of kind %u is from document %" G_GUINT64_FORMAT ", which does not live",
                   frame->header.kind, frame->header.document);
      return FALSE;
    }

  body = mullion_json_read (frame->body, frame->header.length, MULLION_WIRE_MAX_DEPTH, error);
  if (body == NULL)
    {
      g_prefix_error (error, "A frame of kind %u holds no JSON: ", frame->header.kind);
      return FALSE;
    }

  if (frame->header.side_length > 0 && (hold = receive_side (frame, body, error)) == NULL)
    return FALSE;

  self->hold = hold;
  if (JSON_NODE_TYPE (body) != rule->body || !rule->handle (self, &frame->header, sender, body))
    {
      g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                   "A frame of kind %u is not of the shape that it must have", frame->header.kind);
      return FALSE;
    }

  return TRUE;
}

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  g_autoptr(MullionPageHost) self = g_object_ref (user_data);
  g_autoptr(MullionWebContents) contents = g_object_ref (self->contents);
  g_autoptr(GError) error = NULL;
  int outer_depth = self->dispatch_depth;
  MullionByteHold *outer_hold = self->hold;
  gboolean accepted;

  self->dispatch_depth = g_main_depth ();
  accepted = handle_frame (self, frame, &error);
  self->dispatch_depth = outer_depth;
  self->hold = outer_hold;

  if (self->contents == NULL)
    return;

  if (accepted)
    flush_batch (self);
  else
    mullion_web_contents_channel_failed (self->contents, self, error);
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  g_autoptr(MullionPageHost) self = g_object_ref (user_data);

  if (self->contents != NULL)
    mullion_web_contents_channel_failed (self->contents, self, reason);
}

static const MullionChannelFuncs channel_funcs = { .frame = frame_cb, .closed = closed_cb };

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

GPid
mullion_page_host_get_process_id (MullionPageHost *self)
{
  return mullion_channel_get_peer_pid (self->channel);
}

/* Hears what the page has said until now. */
void
mullion_page_host_drain (MullionPageHost *self)
{
  g_autoptr(MullionPageHost) kept = g_object_ref (self);

  if (self->contents != NULL)
    mullion_channel_drain (self->channel);
}

/* Ends the channel and every document at its other end. */
void
mullion_page_host_close (MullionPageHost *self)
{
  g_autoptr(GList) frames = NULL;

  if (self->contents == NULL)
    return;

  flush_batch (self);
  self->contents = NULL;
  self->main_frame = NULL;
  if (self->flush_source != NULL)
    g_source_destroy (self->flush_source);
  g_clear_pointer (&self->flush_source, g_source_unref);
  mullion_channel_close (self->channel);

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
  mullion_side_free (self->side);

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
  self->side = mullion_side_new ();
}

/* Takes @fd, our end of the page's socket pair. */
MullionPageHost *
mullion_page_host_new (MullionWebContents *contents,
                       int                 fd)
{
  MullionPageHost *self = g_object_new (MULLION_TYPE_PAGE_HOST, NULL);

  self->contents = contents;
  self->channel = mullion_channel_new (fd, &channel_funcs, self);
  mullion_channel_attach (self->channel, CHANNEL_PRIORITY);

  return self;
}
