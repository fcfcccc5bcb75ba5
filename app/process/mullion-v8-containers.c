/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-v8-reader-private.h"

#include "mullion-v8-format.h"
#include "mullion-value.h"

/*
 * What V8 serializes: objects, arrays, Maps and Sets.
 *
 * Each of them says at its end how many members it had, which has to be so. A value that was read and
 * cannot be kept is freed, but never one that may have a name already.
 */

/* -- Members -- */

/* Takes both. */
static void
add_entry (JsonArray *entries,
           JsonNode  *key,
           JsonNode  *value)
{
  JsonArray *entry = json_array_sized_new (2);

  json_array_add_element (entry, key);
  json_array_add_element (entry, value);
  json_array_add_array_element (entries, entry);
}

/* Reads pairs until @end, and how many they were: what @add gets both of. */
typedef gboolean (*AddFunc) (MullionV8Reader   *self,
                             gpointer  owner,
                             JsonNode *key,
                             JsonNode *value);

static guint32
read_members (MullionV8Reader *self,
              guint8           end,
              AddFunc          add,
              gpointer         owner)
{
  guint32 n = 0;

  for (; self->error == NULL && mullion_v8_peek_tag (self) != end; n++)
    {
      JsonNode *key = mullion_v8_read_key (self);
      JsonNode *value = key != NULL ? mullion_v8_read_value (self) : NULL;

      if (value != NULL && mullion_v8_charge (self, MULLION_V8_COST_OF_VALUE) &&
          add (self, owner, key, value))
        continue;

      g_clear_pointer (&key, json_node_unref);
      g_clear_pointer (&value, json_node_unref);
    }

  mullion_v8_take_tag (self);
  if (self->error == NULL && mullion_v8_read_number (self) != n)
    mullion_v8_fail_syntax (self, "an object has another number of members than it says");

  return n;
}

/* (nullable): the pairs of an object that has an unusual name in it. */
static JsonArray *
get_entries (JsonObject *object)
{
  return json_object_has_member (object, "$mullion") ? json_object_get_array_member (object, "entries")
                                                     : NULL;
}

/* Makes the tag of an object with pairs of one with members. */
static JsonArray *
use_entries (MullionV8Reader *self,
             JsonObject      *object)
{
  JsonArray *entries = json_array_new ();
  g_autoptr(GList) names = json_object_get_members (object);

  mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT * (gsize) json_object_get_size (object));
  for (GList *l = names; l != NULL; l = l->next)
    add_entry (entries, json_node_init_string (json_node_alloc (), l->data),
               json_node_ref (json_object_get_member (object, l->data)));
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_strdup (l->data);

      json_object_remove_member (object, name);
    }

  json_object_set_string_member (object, "$mullion", "object");
  json_object_set_array_member (object, "entries", entries);
  return entries;
}

/* Whether the tags of values leave a name alone. */
static gboolean
is_usual (JsonNode *key)
{
  return JSON_NODE_HOLDS_VALUE (key) && !g_str_equal (json_node_get_string (key), "$mullion");
}

static gboolean
add_member (MullionV8Reader *self,
            gpointer         owner,
            JsonNode        *key,
            JsonNode        *value)
{
  JsonObject *object = owner;
  JsonArray *entries = get_entries (object);

  if (entries == NULL && !is_usual (key))
    entries = use_entries (self, object);

  if (entries != NULL)
    {
      mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT);
      add_entry (entries, key, value);
      return TRUE;
    }

  /* V8 writes none twice, and the first might have a name elsewhere. */
  if (json_object_has_member (object, json_node_get_string (key)))
    {
      mullion_v8_fail_syntax (self, "an object has a member twice");
      return FALSE;
    }

  json_object_set_member (object, json_node_get_string (key), value);
  json_node_unref (key);
  return TRUE;
}

/* -- Objects -- */

JsonNode *
mullion_v8_read_object (MullionV8Reader *self,
                        guint8           tag)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  mullion_v8_add_slot (self, node);
  read_members (self, V8_OBJECT_END, add_member, object);
  return node;
}

/* The tag of an array with pairs. */
static JsonObject *
new_sparse (guint32     length,
            JsonArray **entries)
{
  JsonObject *tag = json_object_new ();

  *entries = json_array_new ();
  json_object_set_string_member (tag, "$mullion", "array");
  json_object_set_int_member (tag, "length", length);
  json_object_set_array_member (tag, "entries", *entries);
  return tag;
}

static void
add_element (JsonArray *entries,
             guint32    index,
             JsonNode  *value)
{
  char name[16];

  g_snprintf (name, sizeof name, "%u", index);
  add_entry (entries, json_node_init_string (json_node_alloc (), name), value);
}

static gboolean
add_pair (MullionV8Reader *self,
          gpointer         owner,
          JsonNode        *key,
          JsonNode        *value)
{
  mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT);
  add_entry (owner, key, value);
  return TRUE;
}

static void
check_length (MullionV8Reader *self,
              guint32          length)
{
  if (self->error == NULL && mullion_v8_read_number (self) != length && self->error == NULL)
    mullion_v8_fail_syntax (self, "an array has another length than it says");
}

JsonNode *
mullion_v8_read_sparse_array (MullionV8Reader *self,
                              guint8           tag)
{
  guint32 length = mullion_v8_read_number (self);
  JsonArray *entries;
  g_autoptr(JsonObject) object = new_sparse (length, &entries);
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  mullion_v8_add_slot (self, node);
  read_members (self, V8_SPARSE_ARRAY_END, add_pair, entries);
  check_length (self, length);
  return node;
}

typedef struct
{
  MullionV8Slot *slot;
  guint32 length;
  JsonArray *elements; /* (owned): those of an array without holes, or */
  JsonArray *entries;  /* (nullable) (unowned): pairs */
} Dense;

/* A hole, or a member that is no element: there have to be pairs. */
static void
use_pairs (MullionV8Reader *self,
           Dense           *dense,
           guint32          n_elements)
{
  JsonObject *tag;

  if (dense->entries != NULL || !mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT * (gsize) n_elements))
    return;

  tag = new_sparse (dense->length, &dense->entries);
  for (guint32 i = 0; i < n_elements; i++)
    add_element (dense->entries, i, json_node_ref (json_array_get_element (dense->elements, i)));
  mullion_v8_become (dense->slot->value, tag);
  g_clear_pointer (&dense->elements, json_array_unref);
}

static void
read_element (MullionV8Reader *self,
              Dense           *dense,
              guint32          index)
{
  gsize cost = dense->entries != NULL ? MULLION_V8_COST_OF_OBJECT : MULLION_V8_COST_OF_VALUE;
  JsonNode *value;

  if (mullion_v8_peek_tag (self) == V8_HOLE)
    {
      mullion_v8_take_tag (self);
      use_pairs (self, dense, index);
      return;
    }

  value = mullion_v8_read_value (self);
  if (value == NULL || !mullion_v8_charge (self, cost))
    g_clear_pointer (&value, json_node_unref);
  else if (dense->entries != NULL)
    add_element (dense->entries, index, value);
  else
    json_array_add_element (dense->elements, value);
}

static gboolean
add_named (MullionV8Reader *self,
           gpointer         owner,
           JsonNode        *key,
           JsonNode        *value)
{
  Dense *dense = owner;

  use_pairs (self, dense, dense->length);
  return dense->entries != NULL && add_pair (self, dense->entries, key, value);
}

JsonNode *
mullion_v8_read_dense_array (MullionV8Reader *self,
                             guint8           tag)
{
  JsonNode *node = json_node_alloc ();
  Dense dense = { .elements = json_array_new (), .length = mullion_v8_read_number (self) };

  json_node_init_array (node, dense.elements);
  dense.slot = mullion_v8_add_slot (self, node);
  /* An element has a byte at least. */
  if (dense.length > (gsize) (self->end - self->at))
    mullion_v8_fail_syntax (self, "an array is longer than the message");

  for (guint32 i = 0; self->error == NULL && i < dense.length; i++)
    read_element (self, &dense, i);
  read_members (self, V8_DENSE_ARRAY_END, add_named, &dense);
  check_length (self, dense.length);
  g_clear_pointer (&dense.elements, json_array_unref);
  return node;
}

/* Reads values until @end, and how many they were. */
static void
read_list (MullionV8Reader *self,
           guint8           end,
           JsonArray       *list)
{
  guint32 n = 0;

  for (; self->error == NULL && mullion_v8_peek_tag (self) != end; n++)
    {
      JsonNode *value = mullion_v8_read_value (self);

      if (value != NULL && mullion_v8_charge (self, MULLION_V8_COST_OF_VALUE))
        json_array_add_element (list, value);
      else
        g_clear_pointer (&value, json_node_unref);
    }

  mullion_v8_take_tag (self);
  if (self->error == NULL && mullion_v8_read_number (self) != n)
    mullion_v8_fail_syntax (self, "a collection has another length than it says");
}

JsonNode *
mullion_v8_read_set (MullionV8Reader *self,
                     guint8           tag)
{
  JsonArray *values = json_array_new ();
  JsonNode *node = mullion_value_new_set (values);

  mullion_v8_add_slot (self, node);
  read_list (self, V8_SET_END, values);
  return node;
}

/* Its pairs are in one list: they get into arrays as they come. */
JsonNode *
mullion_v8_read_map (MullionV8Reader *self,
                     guint8           tag)
{
  JsonArray *entries = json_array_new ();
  JsonNode *node = mullion_value_new_map (entries);
  guint32 n = 0;

  mullion_v8_add_slot (self, node);
  for (; self->error == NULL && mullion_v8_peek_tag (self) != V8_MAP_END; n += 2)
    {
      JsonNode *key = mullion_v8_read_value (self);
      JsonNode *value = key != NULL ? mullion_v8_read_value (self) : NULL;

      if (value != NULL && mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT))
        add_entry (entries, key, value);
      else
        {
          g_clear_pointer (&key, json_node_unref);
          g_clear_pointer (&value, json_node_unref);
        }
    }

  mullion_v8_take_tag (self);
  if (self->error == NULL && mullion_v8_read_number (self) != n)
    mullion_v8_fail_syntax (self, "a Map has another length than it says");
  return node;
}
