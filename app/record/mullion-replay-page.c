/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-replay-page.h"

#include "mullion-byte-store.h"
#include "mullion-channel.h"
#include "mullion-error.h"
#include "mullion-json-access.h"
#include "mullion-json-number.h"
#include "mullion-json-writer.h"
#include "mullion-web-contents-private.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/*
 * MullionReplayPage: the other end of a channel, without a web process.
 *
 * Lives in the main process, where a replay runs. It speaks the wire as a web process does, so that
 * all that a recording says is checked again, by the code that checks every page. What the main
 * process answers is read and forgotten here: the recorder at the other end has written it down.
 */

struct _MullionReplayPage
{
  MullionWebContents *contents;
  MullionChannel *channel;
  gboolean is_closed;
};

static void
frame_cb (MullionChannel     *channel,
          const MullionFrame *frame,
          gpointer            user_data)
{
}

static void
closed_cb (MullionChannel *channel,
           const GError   *reason,
           gpointer        user_data)
{
  MullionReplayPage *self = user_data;

  self->is_closed = TRUE;
}

static const MullionChannelFuncs channel_funcs = {
  .frame = frame_cb,
  .closed = closed_cb,
};

MullionReplayPage *
mullion_replay_page_new (MullionWebContents  *contents,
                         guint64              page_id,
                         GError             **error)
{
  MullionReplayPage *self;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "no socket for a page: %s",
                   g_strerror (errno));
      return NULL;
    }

  self = g_new0 (MullionReplayPage, 1);
  self->contents = g_object_ref (contents);
  self->channel = mullion_channel_new (fds[0], &channel_funcs, self);
  mullion_channel_attach (self->channel, G_PRIORITY_DEFAULT);
  mullion_web_contents_add_channel (contents, page_id, fds[1]);

  return self;
}

void
mullion_replay_page_free (MullionReplayPage *self)
{
  mullion_channel_close (self->channel);
  g_object_unref (self->channel);
  g_object_unref (self->contents);
  g_free (self);
}

gboolean
mullion_replay_page_is_open (MullionReplayPage *self)
{
  return !self->is_closed;
}

/* -- Binary values and streams -- */

static gboolean
is_buffer (JsonObject *object)
{
  return g_strcmp0 (mullion_json_get_string (object, "$mullion"), "buffer") == 0;
}

/* Calls @visit for each tag of an ArrayBuffer or a stream below @node until one returns FALSE. */
static gboolean
visit_tags (JsonNode  *node,
            gboolean (*visit) (JsonObject *tag, gpointer user_data),
            gpointer   user_data)
{
  JsonObject *object;
  JsonObjectIter iter;
  JsonNode *member;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!visit_tags (json_array_get_element (array, i), visit, user_data))
          return FALSE;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;

  object = json_node_get_object (node);
  if (is_buffer (object) || mullion_byte_store_is_stream (object))
    return visit (object, user_data);

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    if (!visit_tags (member, visit, user_data))
      return FALSE;

  return TRUE;
}

static gboolean
find_tag_gap (JsonObject *tag,
              gpointer    gap)
{
  const char **reason = gap;

  if (!is_buffer (tag))
    *reason = "what goes through streams is not recorded";
  else if (mullion_json_get_string (tag, "base64") == NULL)
    *reason = "a binary value was too large to be recorded";

  return *reason == NULL;
}

const char *
mullion_replay_page_find_gap (const MullionRecordingLine *line)
{
  const char *gap = NULL;

  if (line->omitted != NULL)
    return line->omitted;
  if (line->n_ports > 0)
    return "what goes through ports is not recorded";
  if (line->args != NULL)
    visit_tags (line->args, find_tag_gap, &gap);

  return gap;
}

/* Puts the bytes into the side area, and their place into the tag. */
static gboolean
place_bytes (JsonObject *tag,
             gpointer    side)
{
  gsize size;
  guchar *data = g_base64_decode (mullion_json_get_string (tag, "base64"), &size);
  g_autoptr(GBytes) bytes = g_bytes_new_take (data, size);

  json_object_remove_member (tag, "base64");
  json_object_set_int_member (tag, "size", size);
  if (size > 0)
    json_object_set_int_member (tag, "at", mullion_side_add_bytes (side, bytes));

  return TRUE;
}

/* -- What it says -- */

/* There is no WebKit that would take the view there first. */
static void
lead_view (MullionReplayPage *self,
           JsonObject        *document)
{
  const char *url = mullion_json_get_string (document, "url");

  if (url != NULL && mullion_json_get_boolean (document, "isMainFrame", FALSE) &&
      !mullion_web_contents_is_destroyed (self->contents))
    mullion_navigation_policy_expect (self->contents->navigation, url);
}

/* A line is said once: its binary values go out of it into @side. */
static char *
write_message (const MullionRecordingLine *line,
               MullionSide                *side)
{
  GString *text = g_string_new ("[[");

  visit_tags (line->args, place_bytes, side);
  mullion_json_number_write_integer (text, line->kind->kind);
  g_string_append_c (text, ',');
  mullion_json_number_write_integer (text, line->id);
  g_string_append_c (text, ',');
  mullion_json_write_string (text, line->outcome != NULL ? line->outcome : line->channel);
  g_string_append_c (text, ',');
  mullion_json_write (text, line->args);
  g_string_append (text, "]]");

  return g_string_free (text, FALSE);
}

gboolean
mullion_replay_page_say (MullionReplayPage           *self,
                         const MullionRecordingLine  *line,
                         GError                     **error)
{
  g_autoptr(MullionSide) side = mullion_side_new ();
  g_autofree char *text = NULL;
  MullionFrameKind frame;
  gboolean is_sync = line->kind != NULL && line->kind->is_sync;

  if (line->kind == NULL)
    {
      frame = mullion_record_event_lookup (line->event)->frame;
      text = mullion_json_to_string (line->body);
      if (frame == MULLION_FRAME_DOCUMENT_CREATED && JSON_NODE_HOLDS_OBJECT (line->body))
        lead_view (self, json_node_get_object (line->body));
    }
  else
    {
      frame = is_sync ? MULLION_FRAME_MESSAGES_SYNC : MULLION_FRAME_MESSAGES;
      text = write_message (line, side);
    }

  return mullion_channel_send_full (self->channel, frame, line->document, is_sync ? line->id : 0,
                                    text, strlen (text), side, NULL, error);
}
