/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-host-private.h"

#include "mullion-json-access.h"
#include "mullion-json-reader.h"
#include "mullion-message-router.h"
#include "mullion-web-contents-private.h"
#include "mullion-web-frame-main-private.h"

/*
 * What comes in to MullionPageHost.
 *
 * Lives in the main process and trusts nobody: the web process may be in the hands of an attacker.
 * Every frame is checked by the table below before anything is done with it. What breaks the rules
 * ends the channel with a reason; the app goes on.
 */

/* Documents that one page may have at a time, one in each of its frames. */
#define MAX_DOCUMENTS 1000

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
  mullion_gate_has_bridge (frame);
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
    mullion_page_host_flush (self);
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

const MullionChannelFuncs mullion_page_host_channel_funcs = {
  .frame = frame_cb,
  .closed = closed_cb,
};
