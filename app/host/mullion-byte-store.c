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
 * The byte store: the binary values that nodes of messages name.
 *
 * Lives in the main process. A JsonNode cannot hold bytes, so it holds a name for them that nobody
 * can guess: 128 random bits, which no page ever sees, for on the way to a page they become an
 * offset, and on the way from it nothing else is believed. So a page can name no bytes but those that
 * it sends along.
 *
 * Bytes that came with a message live as long as its event. Those that the app made live until they
 * were sent, and a little longer, so that one node can go to several pages.
 */

#define NAME_BYTES 16

/* Who makes so many and sends none of them has forgotten something. */
#define MANY_UNSENT 10000

/* Fewer are freed sooner than a thread begins. */
#define MANY_ENTRIES 1000

typedef struct
{
  char name[2 * NAME_BYTES + 1];
  GBytes *bytes;
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

static Entry *
add_entry (GBytes *bytes)
{
  Entry *entry = g_new0 (Entry, 1);

  make_name (entry->name);
  entry->bytes = g_bytes_ref (bytes);
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
  g_bytes_unref (entry->bytes);
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

static gboolean
is_buffer (JsonObject *object)
{
  return g_strcmp0 (mullion_json_get_string (object, "$mullion"), "buffer") == 0;
}

/* Under the lock. (nullable) */
static Entry *
find_entry (JsonObject *tag)
{
  const char *name = mullion_json_get_string (tag, "bytes");

  return name != NULL && entries != NULL ? g_hash_table_lookup (entries, name) : NULL;
}

/* An ArrayBuffer without bytes needs no entry. */
static gboolean
is_empty (JsonObject *tag)
{
  return !json_object_has_member (tag, "bytes") && mullion_json_get_int (tag, "size", -1) == 0;
}

static JsonNode *
new_tag (const char *name)
{
  JsonObject *tag = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), tag);

  json_object_set_string_member (tag, "$mullion", "buffer");
  json_object_set_string_member (tag, "bytes", name);
  json_object_unref (tag);

  return node;
}

JsonNode *
mullion_byte_store_add (GBytes *bytes)
{
  Entry *entry;
  gboolean are_many;

  g_mutex_lock (&lock);
  entry = add_entry (bytes);
  entry->n_holds = 1;
  entry->is_unsent = TRUE;
  are_many = ++n_unsent == MANY_UNSENT;
  g_mutex_unlock (&lock);

  if (are_many)
    g_warning ("%d binary values were made and not sent: each is kept until it is", MANY_UNSENT);

  return new_tag (entry->name);
}

GBytes *
mullion_byte_store_lookup (JsonObject *tag)
{
  Entry *entry;
  GBytes *bytes = NULL;

  if (!is_buffer (tag))
    return NULL;
  if (is_empty (tag))
    return g_bytes_new (NULL, 0);

  g_mutex_lock (&lock);
  entry = find_entry (tag);
  if (entry != NULL)
    bytes = g_bytes_ref (entry->bytes);
  g_mutex_unlock (&lock);

  return bytes;
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

/* Calls @visit for each tag of a buffer below @node until one returns FALSE. */
static gboolean
visit_buffers (JsonNode  *node,
               gboolean (*visit) (JsonObject *tag, gpointer user_data),
               gpointer   user_data)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (!visit_buffers (json_array_get_element (array, i), visit, user_data))
          return FALSE;
    }
  else if (JSON_NODE_HOLDS_OBJECT (node) && is_buffer (json_node_get_object (node)))
    return visit (json_node_get_object (node), user_data);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        if (!visit_buffers (member, visit, user_data))
          return FALSE;
    }

  return TRUE;
}

static gboolean
hold_buffer (JsonObject *tag,
             gpointer    user_data)
{
  MullionByteHold *hold = user_data;
  Entry *entry;

  g_mutex_lock (&lock);
  entry = find_entry (tag);
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
  visit_buffers (value, hold_buffer, self);

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
} Arrival;

static gboolean
receive_buffer (JsonObject *tag,
                gpointer    user_data)
{
  Arrival *arrival = user_data;
  gint64 at = mullion_json_get_int (tag, "at", -1);
  gint64 size = mullion_json_get_int (tag, "size", -1);
  gint64 limit = g_bytes_get_size (arrival->side);
  g_autoptr(GBytes) bytes = NULL;
  Entry *entry;

  if (at < 0 || size < 0 || size > limit || at > limit - size)
    return FALSE;

  bytes = g_bytes_new_from_bytes (arrival->side, at, size);
  g_mutex_lock (&lock);
  entry = add_entry (bytes);
  entry->n_holds = 1;
  g_ptr_array_add (arrival->hold->entries, entry);
  g_mutex_unlock (&lock);

  json_object_remove_member (tag, "at");
  json_object_remove_member (tag, "size");
  json_object_set_string_member (tag, "bytes", entry->name);

  return TRUE;
}

MullionByteHold *
mullion_byte_store_receive (JsonNode  *body,
                            GBytes    *side,
                            GError   **error)
{
  g_autoptr(MullionByteHold) hold = hold_new ();
  Arrival arrival = { hold, side };

  if (!mullion_long_text_receive (body, side, error))
    return NULL;
  if (visit_buffers (body, receive_buffer, &arrival))
    return g_steal_pointer (&hold);

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "A binary value lies outside of its frame");
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

gboolean
mullion_byte_store_write_tag (GString     *out,
                              JsonObject  *tag,
                              gpointer     side,
                              GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;
  Entry *entry;

  if (!is_buffer (tag))
    return FALSE;

  bytes = mullion_byte_store_lookup (tag);
  if (bytes == NULL)
    {
      g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_GONE,
                           "The bytes of a binary value are gone: they live as long as the event "
                           "that brought them");
      return FALSE;
    }

  write_place (out, mullion_side_add_bytes (side, bytes), g_bytes_get_size (bytes));

  g_mutex_lock (&lock);
  entry = find_entry (tag);
  if (entry != NULL)
    note_sent (entry);
  g_mutex_unlock (&lock);

  return TRUE;
}
