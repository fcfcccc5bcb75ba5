/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-byte-store.h"

#include "mullion-error.h"
#include "mullion-json-access.h"
#include "mullion-json-number.h"
#include "mullion-long-text.h"

#include <string.h>
#include <sys/random.h>

/*
 * The byte store: the binary values and the streams that nodes of messages name.
 *
 * Lives in the main process. A JsonNode cannot hold bytes, so it holds a name for them that nobody
 * can guess: 128 random bits, which no page ever sees, for on the way to a page they become an
 * offset, and on the way from it nothing else is believed. So a page can name no bytes but those that
 * it sends along. The same goes for streams, which are sockets beside the message.
 *
 * What came with a message lives as long as its event. What the app made lives until it was sent,
 * and a little longer, so that one node with bytes can go to several pages.
 */

#define NAME_BYTES 16

/* Who makes so many and sends none of them has forgotten something. */
#define MANY_UNSENT 10000

/* Fewer are freed sooner than a thread begins. */
#define MANY_ENTRIES 1000

typedef struct
{
  char name[2 * NAME_BYTES + 1];
  GBytes *bytes;            /* (nullable): or */
  MullionStreamEnd *stream; /* (nullable) */
  guint n_holds;
  gboolean is_unsent; /* one of the holds is that of the app that made it */
} Entry;

struct _MullionByteHold
{
  GPtrArray *entries;
};

static GMutex lock;
static GHashTable *entries; /* name → Entry; NULL until the first */
static guint n_unsent;

static void
make_name (char *name)
{
  guint8 random[NAME_BYTES];

  while (getrandom (random, sizeof random, 0) != sizeof random)
    ;
  for (gsize i = 0; i < sizeof random; i++)
    g_snprintf (name + 2 * i, 3, "%02x", random[i]);
}

/* Takes @bytes or @stream. */
static Entry *
add_entry (GBytes           *bytes,
           MullionStreamEnd *stream)
{
  Entry *entry = g_new0 (Entry, 1);

  make_name (entry->name);
  entry->bytes = bytes;
  entry->stream = stream;
  entry->n_holds = 1;
  if (entries == NULL)
    entries = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (entries, entry->name, entry);

  return entry;
}

static void
let_go (gpointer data)
{
  Entry *entry = data;

  g_mutex_lock (&lock);
  if (--entry->n_holds > 0)
    entry = NULL;
  else
    g_hash_table_remove (entries, entry->name);
  g_mutex_unlock (&lock);

  if (entry == NULL)
    return;
  g_clear_pointer (&entry->bytes, g_bytes_unref);
  g_clear_pointer (&entry->stream, mullion_stream_end_unref);
  g_free (entry);
}

static MullionByteHold *
hold_new (void)
{
  MullionByteHold *self = g_atomic_rc_box_new0 (MullionByteHold);

  self->entries = g_ptr_array_new_with_free_func (let_go);

  return self;
}

MullionByteHold *
mullion_byte_hold_ref (MullionByteHold *self)
{
  return g_atomic_rc_box_acquire (self);
}

static gpointer
free_entries (gpointer held)
{
  g_ptr_array_unref (held);

  return NULL;
}

/* A frame may bring more values than can be freed while a window waits. */
static void
clear_hold (gpointer data)
{
  MullionByteHold *self = data;

  if (self->entries->len > MANY_ENTRIES)
    g_thread_unref (g_thread_new ("mullion-free", free_entries, self->entries));
  else
    free_entries (self->entries);
}

void
mullion_byte_hold_unref (MullionByteHold *self)
{
  g_atomic_rc_box_release_full (self, clear_hold);
}

static gboolean
unref_cb (gpointer hold)
{
  return G_SOURCE_REMOVE;
}

void
mullion_byte_hold_unref_later (MullionByteHold *self)
{
  g_idle_add_full (G_PRIORITY_LOW, unref_cb, self, (GDestroyNotify) mullion_byte_hold_unref);
}

/* -- Tags -- */

typedef struct
{
  const char *type;
  const char *member; /* that holds the name */
  gboolean is_stream;
  MullionStreamKind kind; /* of one that is */
} Form;

static const Form forms[] = {
  { "buffer", "bytes", FALSE, 0 },
  { "readable", "stream", TRUE, MULLION_STREAM_READABLE },
  { "writable", "stream", TRUE, MULLION_STREAM_WRITABLE },
};

/* (nullable): NULL for all tags that need no name. */
static const Form *
find_form (JsonObject *object)
{
  const char *type = mullion_json_get_string (object, "$mullion");

  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i].type, type) == 0)
      return &forms[i];

  return NULL;
}

/* Under the lock. (nullable) */
static Entry *
find_entry (JsonObject *tag,
            const Form *form)
{
  const char *name = mullion_json_get_string (tag, form->member);

  return name != NULL && entries != NULL ? g_hash_table_lookup (entries, name) : NULL;
}

/* An ArrayBuffer without bytes needs no entry. */
static gboolean
is_empty (JsonObject *tag)
{
  return !json_object_has_member (tag, "bytes") && mullion_json_get_int (tag, "size", -1) == 0;
}

static JsonNode *
new_tag (const Form *form,
         const char *name)
{
  JsonObject *tag = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), tag);

  json_object_set_string_member (tag, "$mullion", form->type);
  json_object_set_string_member (tag, form->member, name);
  json_object_unref (tag);

  return node;
}

/* Takes @bytes or @stream. */
static JsonNode *
add_unsent (const Form       *form,
            GBytes           *bytes,
            MullionStreamEnd *stream)
{
  Entry *entry;
  gboolean are_many;

  g_mutex_lock (&lock);
  entry = add_entry (bytes, stream);
  entry->is_unsent = TRUE;
  are_many = ++n_unsent == MANY_UNSENT;
  g_mutex_unlock (&lock);

  if (are_many)
    g_warning ("%d binary values or streams were made and not sent: each is kept until it is",
               MANY_UNSENT);

  return new_tag (form, entry->name);
}

JsonNode *
mullion_byte_store_add (GBytes *bytes)
{
  return add_unsent (&forms[0], g_bytes_ref (bytes), NULL);
}

JsonNode *
mullion_byte_store_add_stream (MullionStreamEnd *stream)
{
  gsize i = 1;

  while (forms[i].kind != mullion_stream_end_get_kind (stream))
    i++;

  return add_unsent (&forms[i], NULL, stream);
}

GBytes *
mullion_byte_store_lookup (JsonObject *tag)
{
  const Form *form = find_form (tag);
  GBytes *bytes = NULL;
  Entry *entry;

  if (form == NULL || form->is_stream)
    return NULL;
  if (is_empty (tag))
    return g_bytes_new (NULL, 0);

  g_mutex_lock (&lock);
  entry = find_entry (tag, form);
  if (entry != NULL && entry->bytes != NULL)
    bytes = g_bytes_ref (entry->bytes);
  g_mutex_unlock (&lock);

  return bytes;
}

gboolean
mullion_byte_store_is_stream (JsonObject *tag)
{
  const Form *form = find_form (tag);

  return form != NULL && form->is_stream;
}

MullionStreamEnd *
mullion_byte_store_lookup_stream (JsonObject *tag)
{
  const Form *form = find_form (tag);
  MullionStreamEnd *stream = NULL;
  Entry *entry;

  if (form == NULL || !form->is_stream)
    return NULL;

  g_mutex_lock (&lock);
  entry = find_entry (tag, form);
  if (entry != NULL && entry->stream != NULL)
    stream = mullion_stream_end_ref (entry->stream);
  g_mutex_unlock (&lock);

  return stream;
}

gboolean
mullion_byte_store_is_used (void)
{
  gboolean is_used;

  g_mutex_lock (&lock);
  is_used = entries != NULL && g_hash_table_size (entries) > 0;
  g_mutex_unlock (&lock);

  return is_used;
}

/* -- Walking through values -- */

/* Calls @visit for each tag below @node that has a name, until one returns FALSE. */
static gboolean
visit_tags (JsonNode  *node,
            gboolean (*visit) (JsonObject *tag, const Form *form, gpointer user_data),
            gpointer   user_data)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const Form *form = object != NULL ? find_form (object) : NULL;

  if (form != NULL)
    return visit (object, form, user_data);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!visit_tags (json_array_get_element (array, i), visit, user_data))
          return FALSE;
    }
  else if (object != NULL)
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, object);
      while (json_object_iter_next (&iter, NULL, &member))
        if (!visit_tags (member, visit, user_data))
          return FALSE;
    }

  return TRUE;
}

static gboolean
hold_tag (JsonObject *tag,
          const Form *form,
          gpointer    user_data)
{
  MullionByteHold *hold = user_data;
  Entry *entry;

  g_mutex_lock (&lock);
  entry = find_entry (tag, form);
  if (entry != NULL)
    {
      entry->n_holds++;
      g_ptr_array_add (hold->entries, entry);
    }
  g_mutex_unlock (&lock);

  return TRUE;
}

MullionByteHold *
mullion_byte_hold_new (JsonNode *value)
{
  g_autoptr(MullionByteHold) self = NULL;

  if (value == NULL || !mullion_byte_store_is_used ())
    return NULL;

  self = hold_new ();
  visit_tags (value, hold_tag, self);

  return self->entries->len > 0 ? g_steal_pointer (&self) : NULL;
}

MullionByteHold *
mullion_byte_hold_new_array (JsonArray *values)
{
  g_autoptr(JsonNode) node = NULL;

  if (values == NULL || !mullion_byte_store_is_used ())
    return NULL;

  node = json_node_init_array (json_node_alloc (), values);

  return mullion_byte_hold_new (node);
}

typedef struct
{
  MullionByteHold *hold;
  GBytes *side;
  MullionFramePorts *ports; /* (nullable) */
  MullionPortQuota *quota;
  const char *reason; /* why it is refused */
} Arrival;

/* Takes @bytes or @stream. */
static void
name_arrival (Arrival          *arrival,
              JsonObject       *tag,
              const Form       *form,
              GBytes           *bytes,
              MullionStreamEnd *stream)
{
  Entry *entry;

  g_mutex_lock (&lock);
  entry = add_entry (bytes, stream);
  g_ptr_array_add (arrival->hold->entries, entry);
  g_mutex_unlock (&lock);

  json_object_set_string_member (tag, form->member, entry->name);
}

static gboolean
receive_buffer (Arrival    *arrival,
                JsonObject *tag,
                const Form *form)
{
  gint64 at = mullion_json_get_int (tag, "at", -1);
  gint64 size = mullion_json_get_int (tag, "size", -1);
  gint64 limit = g_bytes_get_size (arrival->side);

  if (at < 0 || size < 0 || size > limit || at > limit - size)
    return FALSE;

  json_object_remove_member (tag, "at");
  json_object_remove_member (tag, "size");
  name_arrival (arrival, tag, form, g_bytes_new_from_bytes (arrival->side, at, size), NULL);

  return TRUE;
}

/* Each socket is taken once: two streams that share one would take each other's bytes. */
static gboolean
receive_stream (Arrival    *arrival,
                JsonObject *tag,
                const Form *form)
{
  gint64 port = mullion_json_get_int (tag, "port", -1);
  int fd = mullion_frame_ports_take (arrival->ports, port);

  if (fd < 0)
    return FALSE;

  json_object_remove_member (tag, "port");
  name_arrival (arrival, tag, form, NULL,
                mullion_stream_end_new_received (form->kind, fd, arrival->quota));

  return TRUE;
}

/* A page may give a tag a name of its own, which would be one of ours if it could be guessed. */
static gboolean
receive_tag (JsonObject *tag,
             const Form *form,
             gpointer    user_data)
{
  Arrival *arrival = user_data;

  arrival->reason = form->is_stream ? "A stream did not come with its frame"
                                    : "A binary value lies outside of its frame";

  return form->is_stream ? receive_stream (arrival, tag, form)
                         : receive_buffer (arrival, tag, form);
}

MullionByteHold *
mullion_byte_store_receive (JsonNode           *body,
                            GBytes             *side,
                            MullionFramePorts  *ports,
                            MullionPortQuota   *quota,
                            GError            **error)
{
  g_autoptr(MullionByteHold) hold = hold_new ();
  Arrival arrival = { hold, side, ports, quota, NULL };

  if (!mullion_long_text_receive (body, side, error))
    return NULL;
  if (visit_tags (body, receive_tag, &arrival))
    return g_steal_pointer (&hold);

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, arrival.reason);
  return NULL;
}

/* -- On the way to a page -- */

/* The app's own hold of an entry ends when it has been sent and the loop is idle. */
static void
note_sent (Entry *entry)
{
  MullionByteHold *hold;

  if (!entry->is_unsent)
    return;

  entry->is_unsent = FALSE;
  n_unsent--;
  hold = hold_new ();
  g_ptr_array_add (hold->entries, entry);
  mullion_byte_hold_unref_later (hold);
}

static void
write_place (GString *out,
             guint64  at,
             guint64  size)
{
  g_string_append (out, "{\"$mullion\":\"buffer\",\"at\":");
  mullion_json_number_write_integer (out, at);
  g_string_append (out, ",\"size\":");
  mullion_json_number_write_integer (out, size);
  g_string_append_c (out, '}');
}

static void
note_sent_tag (JsonObject *tag,
               const Form *form)
{
  Entry *entry;

  g_mutex_lock (&lock);
  entry = find_entry (tag, form);
  if (entry != NULL)
    note_sent (entry);
  g_mutex_unlock (&lock);
}

static gboolean
write_buffer (GString     *out,
              JsonObject  *tag,
              MullionSide *side,
              GError     **error)
{
  g_autoptr(GBytes) bytes = mullion_byte_store_lookup (tag);

  if (bytes == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE,
                           "The bytes of a binary value are gone: they live as long as the event "
                           "that brought them");
      return FALSE;
    }

  write_place (out, mullion_side_add_bytes (side, bytes), g_bytes_get_size (bytes));

  return TRUE;
}

static gboolean
write_stream (GString      *out,
              JsonObject   *tag,
              const Form   *form,
              GUnixFDList  *ports,
              GError      **error)
{
  g_autoptr(MullionStreamEnd) stream = mullion_byte_store_lookup_stream (tag);
  int port;

  if (ports == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                           "A stream can neither answer sendSync nor go through a port");
      return FALSE;
    }

  if (stream == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE,
                           "A stream is gone: it lives as long as the event that brought it");
      return FALSE;
    }

  port = mullion_stream_end_send (stream, ports, error);
  if (port < 0)
    return FALSE;

  g_string_append_printf (out, "{\"$mullion\":\"%s\",\"port\":%d}", form->type, port);
  return TRUE;
}

gboolean
mullion_byte_store_write_tag (GString     *out,
                              JsonObject  *tag,
                              gpointer     attachments,
                              GError     **error)
{
  const MullionAttachments *beside = attachments;
  const Form *form = find_form (tag);

  if (form == NULL ||
      !(form->is_stream ? write_stream (out, tag, form, beside->ports, error)
                        : write_buffer (out, tag, beside->side, error)))
    return FALSE;

  note_sent_tag (tag, form);
  return TRUE;
}
