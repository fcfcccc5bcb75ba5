/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-recorder.h"

#include "mullion-byte-store.h"
#include "mullion-json-number.h"
#include "mullion-json-writer.h"
#include "mullion-web-contents.h"

/*
 * MullionRecorder: each message of a run becomes a line of JSON.
 *
 * Lives in the main process, on the thread of the main loop. docs/record-replay.md describes the
 * lines. Page hosts call it at the two places that all messages pass, mullion_message_route () and
 * what sends in MullionPageHost, and only while there is a recorder: else they look at one pointer.
 *
 * Security: a recording holds what users typed. Channels are redacted here, before anything of them
 * is written, and their answers with them: an answer carries the number of its call and no channel,
 * so the channels of what waits for an answer are kept.
 */

/* Larger binary values are known by their hash: enough to compare, and no place for a film. */
#define MAX_BYTES (64u * 1024)

/* A line, and the arguments in it. */
#define ENVELOPE_DEPTH 2

typedef struct
{
  guint64 page;
  guint64 document;
  guint64 id;
  MullionRecordLink link;
} Key;

struct _MullionRecorder
{
  grefcount ref_count;

  MullionRecorderFunc func; /* (nullable): after the end */
  gpointer user_data;
  GDestroyNotify user_data_free;

  MullionChannelSet *redacted; /* (nullable) */
  GHashTable *channels; /* Key → channel of what waits for its answer */
  GString *line;
  gint64 start;
};

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;
  guint64 sum = ((key->page * 31 + key->document) * 31 + key->id) * 31 + key->link;

  return g_int64_hash (&sum);
}

static gboolean
are_keys_equal (gconstpointer a,
                gconstpointer b)
{
  const Key *first = a;
  const Key *second = b;

  return first->page == second->page && first->document == second->document &&
         first->id == second->id && first->link == second->link;
}

MullionRecorder *
mullion_recorder_new (MullionChannelSet   *redacted,
                      MullionRecorderFunc  func,
                      gpointer             user_data,
                      GDestroyNotify       user_data_free)
{
  MullionRecorder *self = g_new0 (MullionRecorder, 1);

  g_ref_count_init (&self->ref_count);
  self->redacted = redacted;
  self->func = func;
  self->user_data = user_data;
  self->user_data_free = user_data_free;
  self->channels = g_hash_table_new_full (hash_key, are_keys_equal, g_free, g_free);
  self->line = g_string_sized_new (1024);
  self->start = g_get_monotonic_time ();

  return self;
}

MullionRecorder *
mullion_recorder_ref (MullionRecorder *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
mullion_recorder_unref (MullionRecorder *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);
  g_clear_pointer (&self->redacted, mullion_channel_set_free);
  g_hash_table_unref (self->channels);
  g_string_free (self->line, TRUE);
  g_free (self);
}

/* -- Parts of a line -- */

static void
begin_line (MullionRecorder *self)
{
  g_string_truncate (self->line, 0);
  g_string_append (self->line, "{\"time\":");
  mullion_json_number_write_integer (self->line, g_get_monotonic_time () - self->start);
}

static void
add_number (MullionRecorder *self,
            const char      *name,
            gint64           value)
{
  g_string_append_printf (self->line, ",\"%s\":", name);
  mullion_json_number_write_integer (self->line, value);
}

static void
add_text (MullionRecorder *self,
          const char      *name,
          const char      *value)
{
  g_string_append_printf (self->line, ",\"%s\":", name);
  mullion_json_write_string (self->line, value);
}

static void
add_place (MullionRecorder *self,
           MullionPageHost *host,
           guint64          document)
{
  add_number (self, "contents", mullion_web_contents_get_id (mullion_page_host_get_contents (host)));
  add_number (self, "page", mullion_page_host_get_page_id (host));
  if (document != 0)
    add_number (self, "document", document);
}

/* A burst must not keep its memory for ever. */
static void
end_line (MullionRecorder *self)
{
  g_string_append (self->line, "}\n");
  self->func (self->line->str, self->line->len, self->user_data);
  if (self->line->allocated_len > 1024 * 1024)
    {
      g_string_free (self->line, TRUE);
      self->line = g_string_sized_new (1024);
    }
}

/* -- What is not JSON -- */

static void
write_bytes (GString *out,
             GBytes  *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = size <= MAX_BYTES ? g_base64_encode (data != NULL ? data : "", size)
    : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  g_string_append (out, "{\"$mullion\":\"buffer\",\"size\":");
  mullion_json_number_write_integer (out, size);
  g_string_append_printf (out, ",\"%s\":\"%s\"}", size <= MAX_BYTES ? "base64" : "sha256", text);
}

/* What goes through a stream does not pass here, and its name means nothing to anybody else. */
static void
write_stream (GString    *out,
              JsonObject *tag)
{
  g_string_append (out, "{\"$mullion\":");
  mullion_json_write_string (out, json_object_get_string_member (tag, "$mullion"));
  g_string_append_c (out, '}');
}

/* A MullionJsonTagFunc: other tags are JSON as they stand. */
static gboolean
write_tag (GString     *out,
           JsonObject  *tag,
           gpointer     user_data,
           GError     **error)
{
  g_autoptr(GBytes) bytes = mullion_byte_store_lookup (tag);

  if (bytes != NULL)
    write_bytes (out, bytes);
  else if (mullion_byte_store_is_stream (tag))
    write_stream (out, tag);
  else
    return FALSE;

  return TRUE;
}

static void
add_args (MullionRecorder *self,
          JsonArray       *args)
{
  gsize length = self->line->len;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  g_string_append (self->line, ",\"args\":");
  if (args == NULL)
    {
      g_string_append (self->line, "[]");
      return;
    }

  node = json_node_init_array (json_node_alloc (), args);
  if (mullion_json_write_tagged (self->line, node, MULLION_WIRE_MAX_DEPTH - ENVELOPE_DEPTH,
                                 write_tag, NULL, NULL, &error))
    return;

  g_string_truncate (self->line, length);
  add_text (self, "omitted", error->message);
}

/* -- Answers and what they answer -- */

/* Returns: (transfer full) (nullable): what @message answers has this channel */
static char *
follow_link (MullionRecorder              *self,
             MullionPageHost              *host,
             const MullionRecordedMessage *message)
{
  Key key = { mullion_page_host_get_page_id (host), message->document, message->id,
              message->kind->link };
  g_autofree Key *stolen = NULL;
  char *channel = NULL;

  if (message->kind->link == MULLION_RECORD_LINK_NONE)
    return NULL;

  if (message->kind->begins)
    g_hash_table_replace (self->channels, g_memdup2 (&key, sizeof key), g_strdup (message->channel));
  else
    g_hash_table_steal_extended (self->channels, &key, (gpointer *) &stolen, (gpointer *) &channel);

  return channel;
}

static gboolean
is_of_page_cb (gpointer key,
               gpointer value,
               gpointer page)
{
  return ((Key *) key)->page == *(guint64 *) page;
}

/* -- Lines -- */

void
mullion_recorder_begin (MullionRecorder *self,
                        const char      *app_id)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *started = g_date_time_format_iso8601 (now);

  g_string_assign (self->line, "{\"mullion\":\"recording\"");
  add_number (self, "version", 1);
  add_text (self, "app", app_id != NULL ? app_id : "");
  add_text (self, "library", MULLION_VERSION);
  add_text (self, "started", started);
  end_line (self);
}

void
mullion_recorder_end (MullionRecorder *self)
{
  if (self->func == NULL)
    return;

  begin_line (self);
  add_text (self, "event", MULLION_RECORD_END);
  end_line (self);
  self->func = NULL;
}

void
mullion_recorder_add_event (MullionRecorder  *self,
                            MullionPageHost  *host,
                            MullionFrameKind  frame,
                            guint64           document,
                            JsonNode         *body)
{
  const MullionRecordEvent *event = mullion_record_event_find (frame);

  if (event == NULL || self->func == NULL)
    return;

  begin_line (self);
  add_place (self, host, document);
  add_text (self, "event", event->name);
  g_string_append (self->line, ",\"body\":");
  mullion_json_write (self->line, body);
  end_line (self);
}

void
mullion_recorder_add_gone (MullionRecorder *self,
                           MullionPageHost *host)
{
  guint64 page = mullion_page_host_get_page_id (host);

  g_hash_table_foreach_remove (self->channels, is_of_page_cb, &page);
  if (self->func == NULL)
    return;

  begin_line (self);
  add_place (self, host, 0);
  add_text (self, "event", MULLION_RECORD_PAGE_GONE);
  end_line (self);
}

void
mullion_recorder_add_message (MullionRecorder              *self,
                              MullionPageHost              *host,
                              const MullionRecordedMessage *message)
{
  g_autofree char *asked = NULL;
  const char *channel;

  if (self->func == NULL)
    return;

  asked = follow_link (self, host, message);
  channel = asked != NULL ? asked : message->channel;
  begin_line (self);
  add_place (self, host, message->document);
  add_text (self, "direction", message->kind->is_from_page ? "from-page" : "to-page");
  add_text (self, "kind", message->kind->name);
  if (message->id != 0)
    add_number (self, "id", message->id);
  add_text (self, "channel", channel);
  /* How a page's answer came out stands where others have their channel. */
  if (message->kind->kind == MULLION_MESSAGE_ANSWER || message->kind->kind == MULLION_MESSAGE_RESULT)
    add_text (self, "outcome", message->channel);
  if (message->n_ports > 0)
    add_number (self, "ports", message->n_ports);
  if (self->redacted != NULL && mullion_channel_set_has (self->redacted, channel))
    add_text (self, "omitted", "redacted");
  else
    add_args (self, message->args);
  end_line (self);
}
