/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-page-host-private.h"

#include "mullion-json-access.h"
#include "mullion-message-router.h"
#include "mullion-shown-text.h"
#include "mullion-web-contents-private.h"
#include "mullion-web-frame-main-private.h"

#include <string.h>
#include <time.h>

/*
 * What comes in to MullionPageHost.
 *
 * Lives in the main process and trusts nobody: the web process may be in the hands of an attacker.
 * Every frame is checked by the table below before anything is done with it. What breaks the rules
 * ends the channel with a reason; the app goes on.
 *
 * Nor may it keep the window waiting: a large frame is read in a thread, many messages are handed
 * out in many turns of the loop, and meanwhile nothing more of that page is read.
 */

/* Documents that one page may have at a time, one in each of its frames. */
#define MAX_DOCUMENTS 1000

/* Addresses are cut off here: each document keeps its own, and data: URLs have no end. */
#define MAX_URL (64 * 1024)

/* Up to this size a body is read at once, which takes some milliseconds at the worst. */
#define LARGE_BODY (256u * 1024)
/* The same of a side area, which may hold texts. */
#define LARGE_SIDE (4u * 1024 * 1024)

/* How long we try to hear all that a page has said. Afterwards it has to save that up again, at so
 * much of the time that passes: the web process chooses how often WebKit says that it must be heard. */
#define DRAIN_US 20000
#define DRAIN_PART 20

typedef struct
{
  MullionFrameKind kind;
  gboolean from_document; /* and from one that lives */
  JsonNodeType body;
  gboolean (*handle) (MullionPageHost          *self,
                      const MullionFrameHeader *header,
                      MullionWebFrameMain      *frame,
                      JsonNode                 *body,
                      GError                  **error);
} FrameRule;

static gboolean job_cb  (gpointer user_data);
static gboolean work_cb (gpointer user_data);

/* -- What is put off -- */

static gboolean
is_busy (MullionPageHost *self)
{
  return self->job != NULL || !g_queue_is_empty (&self->batches) ||
         !mullion_remains_is_empty (self->remains);
}

static void
begin_work (MullionPageHost *self)
{
  self->work_source = mullion_turn_add_source (mullion_channel_get_turn (self->channel),
                                               "[mullion] work put off",
                                               MULLION_PAGE_HOST_PRIORITY, work_cb, self);
  g_source_set_ready_time (self->work_source, 0);
}

static void
end_work (MullionPageHost *self)
{
  g_source_destroy (self->work_source);
  g_clear_pointer (&self->work_source, g_source_unref);
}

/* While something is put off, the rest stays in the socket: all is heard in its order. */
static void
go_on (MullionPageHost *self)
{
  gboolean has_work = is_busy (self) && self->job == NULL;

  if (self->is_paused != is_busy (self))
    {
      self->is_paused = !self->is_paused;
      mullion_channel_set_reading (self->channel, !self->is_paused);
    }

  if (has_work && self->work_source == NULL)
    begin_work (self);
  else if (!has_work && self->work_source != NULL)
    end_work (self);
  if (!is_busy (self) && self->end_reason != NULL)
    mullion_web_contents_channel_failed (self->contents, self, self->end_reason);
}

/* -- What a frame says -- */

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

/* Who has nothing to gain from a lie about it may be of any origin. */
static gboolean
check_origin (MullionPageHost      *self,
              MullionWebFrameMain  *frame,
              GError              **error)
{
  const char *origin = mullion_web_frame_main_get_origin (frame);
  gboolean is_main_frame = mullion_web_frame_main_is_main_frame (frame);
  g_autofree char *shown = NULL;

  if (!mullion_gate_has_bridge (frame) ||
      mullion_navigation_policy_may_hold (self->contents->navigation, self->page_id, origin,
                                          is_main_frame))
    return TRUE;

  shown = mullion_shown_text_dup (origin);
  g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
               "A document claims the origin %s, which the view does not show", shown);
  return FALSE;
}

static gboolean
handle_document_created (MullionPageHost          *self,
                         const MullionFrameHeader *header,
                         MullionWebFrameMain      *none,
                         JsonNode                 *body,
                         GError                  **error)
{
  JsonObject *object = json_node_get_object (body);
  gint64 frame_id = mullion_json_get_int (object, "frame", 0);
  const char *url = mullion_json_get_string (object, "url");
  const char *origin = mullion_json_get_string (object, "origin");
  gboolean is_main_frame = mullion_json_get_boolean (object, "isMainFrame", FALSE);
  g_autofree char *short_url = NULL;
  g_autoptr(MullionWebFrameMain) frame = NULL;
  MullionWebFrameMain *before;

  /* Numbers only rise, so none can be used a second time to inherit what belonged to another. */
  if (frame_id <= 0 || url == NULL || origin == NULL || strlen (origin) > MAX_URL ||
      header->document <= self->last_document)
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
  short_url = g_utf8_substring (url, 0, MIN (g_utf8_strlen (url, MAX_URL), MAX_URL));
  frame = mullion_web_frame_main_new (self, header->document, frame_id, short_url, origin,
                                      is_main_frame);
  if (!check_origin (self, frame, error))
    return FALSE;

  g_hash_table_insert (self->documents, g_memdup2 (&header->document, sizeof (guint64)),
                       g_object_ref (frame));
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
                       JsonNode                 *body,
                       GError                  **error)
{
  if (frame == self->main_frame)
    mullion_web_contents_document_ready (self->contents);
  return TRUE;
}

static gboolean
handle_document_gone (MullionPageHost          *self,
                      const MullionFrameHeader *header,
                      MullionWebFrameMain      *frame,
                      JsonNode                 *body,
                      GError                  **error)
{
  end_document (self, header->document);
  return TRUE;
}

static gboolean
handle_dom_ready (MullionPageHost          *self,
                  const MullionFrameHeader *header,
                  MullionWebFrameMain      *frame,
                  JsonNode                 *body,
                  GError                  **error)
{
  if (frame == self->main_frame)
    mullion_web_contents_dom_ready (self->contents);
  return TRUE;
}

static gint64
get_turn_end (MullionPageHost *self)
{
  return MAX (mullion_turn_get_end (mullion_channel_get_turn (self->channel)), self->drain_end);
}

static gboolean
is_turn_over (MullionPageHost *self)
{
  return g_get_monotonic_time () >= get_turn_end (self);
}

static gboolean
handle_messages (MullionPageHost          *self,
                 const MullionFrameHeader *header,
                 MullionWebFrameMain      *frame,
                 JsonNode                 *body,
                 GError                  **error)
{
  JsonArray *messages = json_node_get_array (body);
  guint length = json_array_get_length (messages);
  gboolean is_sync = header->kind == MULLION_FRAME_MESSAGES_SYNC;

  if (is_sync && (header->id == 0 || length == 0))
    return FALSE;

  for (guint i = 0; i < length; i++)
    {
      gboolean is_last = i + 1 == length;
      guint64 sync_id = is_sync ? header->id : 0;

      if (!mullion_message_route (self, frame, json_array_get_element (messages, i),
                                  is_last ? sync_id : 0, error))
        return FALSE;
      /* A handler may close the window. */
      if (self->contents == NULL)
        return TRUE;
      if (!is_last && is_turn_over (self))
        {
          g_queue_push_tail (&self->batches, mullion_batch_new (frame, self->hold, self->ports,
                                                                sync_id, messages, i + 1));
          return TRUE;
        }
    }

  return self->contents == NULL || mullion_frame_ports_check (self->ports, error);
}

static gboolean
handle_preload_error (MullionPageHost          *self,
                      const MullionFrameHeader *header,
                      MullionWebFrameMain      *frame,
                      JsonNode                 *body,
                      GError                  **error)
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
                JsonNode                 *body,
                GError                  **error)
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

static const FrameRule *
check_frame (MullionPageHost           *self,
             const MullionFrameHeader  *header,
             GError                   **error)
{
  const FrameRule *rule = find_rule (header->kind);

  if (rule == NULL)
    g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                 "A frame is of the unknown kind %u", header->kind);
  else if (rule->from_document && !g_hash_table_contains (self->documents, &header->document))
    g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                 "A frame of kind %u is from document %" G_GUINT64_FORMAT ", which does not live",
                 header->kind, header->document);
  else if (header->n_ports > 0 && rule->handle != handle_messages)
    g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                 "A frame of kind %u brought ports", header->kind);
  else
    return rule;

  return NULL;
}

static gboolean
refuse_shape (guint16   kind,
              GError  **error)
{
  /* What refused may have said why. */
  if (*error == NULL)
    g_set_error (error, MULLION_CHANNEL_ERROR, MULLION_CHANNEL_ERROR_MALFORMED,
                 "A frame of kind %u is not of the shape that it must have", kind);

  return FALSE;
}

static gboolean
handle_content (MullionPageHost            *self,
                const MullionFrameHeader   *header,
                const MullionFrameContent  *content,
                GError                    **error)
{
  const FrameRule *rule = check_frame (self, header, error);
  g_autoptr(MullionWebFrameMain) sender = NULL;

  if (rule == NULL)
    return FALSE;

  sender = g_hash_table_lookup (self->documents, &header->document);
  if (sender != NULL)
    g_object_ref (sender);
  self->hold = content->hold;
  self->ports = content->ports;
  if (G_UNLIKELY (self->recorder != NULL) && JSON_NODE_TYPE (content->body) == rule->body)
    mullion_recorder_add_event (self->recorder, self, header->kind, header->document, content->body);
  if (JSON_NODE_TYPE (content->body) == rule->body &&
      rule->handle (self, header, sender, content->body, error))
    return TRUE;

  return refuse_shape (header->kind, error);
}

static gboolean
handle_frame (MullionPageHost  *self,
              gpointer          data,
              GError          **error)
{
  const MullionFrame *frame = data;
  MullionByteMeter *meter = mullion_port_quota_get_meter (self->port_quota);
  g_auto(MullionFrameContent) content = { NULL };
  gboolean accepted;

  if (check_frame (self, &frame->header, error) == NULL)
    return FALSE;

  if (frame->header.length > LARGE_BODY || frame->header.side_length > LARGE_SIDE)
    {
      self->job = mullion_frame_job_new (frame, meter, self->port_quota,
                                         mullion_channel_get_turn (self->channel),
                                         MULLION_PAGE_HOST_PRIORITY, job_cb, self);
      return TRUE;
    }

  accepted = mullion_frame_content_read (&content, frame, meter, self->port_quota, error) &&
             handle_content (self, &frame->header, &content, error);
  /* What is put off is of this frame. */
  if (content.body != NULL && !g_queue_is_empty (&self->batches))
    mullion_remains_add (self->remains, g_steal_pointer (&content.body));

  return accepted;
}

static gboolean
finish_job (MullionPageHost  *self,
            gpointer          nothing,
            GError          **error)
{
  g_autoptr(MullionFrameJob) job = g_steal_pointer (&self->job);
  const MullionFrame *frame = mullion_frame_job_get_frame (job);
  g_auto(MullionFrameContent) content = { NULL };
  gboolean accepted = mullion_frame_job_steal (job, &content, error) &&
                      handle_content (self, &frame->header, &content, error);

  if (content.body != NULL)
    mullion_remains_add (self->remains, g_steal_pointer (&content.body));

  return accepted;
}

static gboolean
hand_out_message (MullionPageHost  *self,
                  MullionBatch     *batch,
                  GError          **error)
{
  g_autoptr(MullionWebFrameMain) sender = g_object_ref (batch->sender);
  g_autoptr(MullionByteHold) hold =
    batch->hold != NULL ? mullion_byte_hold_ref (batch->hold) : NULL;
  g_autoptr(MullionFramePorts) ports =
    batch->ports != NULL ? mullion_frame_ports_ref (batch->ports) : NULL;
  guint64 sync_id = 0;
  g_autoptr(JsonNode) message = mullion_batch_take (batch, &sync_id);
  gboolean accepted;

  if (message == NULL)
    {
      mullion_batch_free (g_queue_pop_head (&self->batches));
      return mullion_frame_ports_check (ports, error);
    }

  self->hold = hold;
  self->ports = ports;
  accepted = mullion_message_route (self, sender, message, sync_id, error);

  return accepted || refuse_shape (sync_id != 0 ? MULLION_FRAME_MESSAGES_SYNC
                                                : MULLION_FRAME_MESSAGES, error);
}

/* A handler may run a loop of its own, in which the next messages are handed out: so the batch is
 * asked for anew each time. */
static gboolean
work (MullionPageHost  *self,
      gpointer          nothing,
      GError          **error)
{
  do
    {
      MullionBatch *batch = g_queue_peek_head (&self->batches);

      if (batch == NULL)
        {
          mullion_remains_free_some (self->remains, get_turn_end (self));
          break;
        }
      if (!hand_out_message (self, batch, error))
        return FALSE;
    }
  while (self->contents != NULL && !is_turn_over (self));

  return TRUE;
}

/* -- Turns -- */

/* What is kept of an outer turn, for a handler may run a loop of its own. */
typedef struct
{
  int depth;
  MullionByteHold *hold;
  MullionFramePorts *ports;
} Turn;

/* Does @step, which says whether all is well with what came in, as a turn of the main loop. */
static void
take_turn (MullionPageHost *host,
           gboolean       (*step) (MullionPageHost *self, gpointer data, GError **error),
           gpointer         data)
{
  g_autoptr(MullionPageHost) self = g_object_ref (host);
  g_autoptr(MullionWebContents) contents = g_object_ref (self->contents);
  g_autoptr(GError) error = NULL;
  const Turn outer = { self->dispatch_depth, self->hold, self->ports };
  gboolean accepted;

  self->dispatch_depth = g_main_depth ();
  accepted = step (self, data, &error);
  self->dispatch_depth = outer.depth;
  self->hold = outer.hold;
  self->ports = outer.ports;

  if (self->contents == NULL)
    return;

  if (!accepted)
    {
      mullion_web_contents_channel_failed (self->contents, self, error);
      return;
    }

  mullion_page_host_flush (self);
  go_on (self);
}

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
  take_turn (user_data, handle_frame, (gpointer) frame);
}

static gboolean
job_cb (gpointer user_data)
{
  take_turn (user_data, finish_job, NULL);

  return G_SOURCE_REMOVE;
}

static gboolean
work_cb (gpointer user_data)
{
  take_turn (user_data, work, NULL);

  return G_SOURCE_CONTINUE;
}

/* The time that this thread has worked, in µs: others may keep the processor for as long as they like. */
static gint64
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Waits for the thread that reads a frame. Returns how long. */
static gint64
hear_job (MullionPageHost *self)
{
  gint64 start = g_get_monotonic_time ();
  gboolean is_done = mullion_frame_job_wait (self->job, self->drain_end);
  gint64 waited = g_get_monotonic_time () - start;

  if (is_done)
    take_turn (self, finish_job, NULL);

  return waited;
}

/* Hears some of what the page has said. Returns how long that took, or -1 when it was all. */
static gint64
hear (MullionPageHost *self)
{
  gint64 start = get_work ();
  gint64 waited = 0;
  gboolean is_more = FALSE;

  if (self->job != NULL)
    waited = hear_job (self);
  else if (is_busy (self))
    take_turn (self, work, NULL);
  else
    is_more = mullion_channel_drain (self->channel, self->drain_end);

  if (self->contents == NULL || (!is_more && !is_busy (self)))
    return -1;
  return waited + get_work () - start;
}

/* Hears what the page has said until now. A page that goes on talking is left at some time. */
void
mullion_page_host_drain (MullionPageHost *host)
{
  g_autoptr(MullionPageHost) self = g_object_ref (host);
  gint64 saved = (g_get_monotonic_time () - self->drained) / DRAIN_PART;
  gint64 left = MIN (self->drain_allowance + saved, DRAIN_US);

  while (left > 0 && self->contents != NULL)
    {
      gint64 taken;

      self->drain_end = g_get_monotonic_time () + left;
      taken = hear (self);
      if (taken < 0)
        break;
      left -= taken;
    }

  self->drain_end = 0;
  self->drain_allowance = left;
  self->drained = g_get_monotonic_time ();
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  g_autoptr(MullionPageHost) self = g_object_ref (user_data);

  /* What was sent before the end still counts. */
  if (is_busy (self))
    self->end_reason = g_error_copy (reason);
  else if (self->contents != NULL)
    mullion_web_contents_channel_failed (self->contents, self, reason);
}

const MullionChannelFuncs mullion_page_host_channel_funcs = {
  .frame = frame_cb,
  .closed = closed_cb,
};
