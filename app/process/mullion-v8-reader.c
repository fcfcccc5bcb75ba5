/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-v8-reader-private.h"

#include "mullion-json-reader.h"
#include "mullion-message-error.h"
#include "mullion-v8-format.h"
#include "mullion-value-tag.h"

/*
 * Values as V8 serializes them, to values of messages.
 *
 * Lives in the main process. The other end may be any program: no length is believed beyond the bytes
 * that are there, nesting is limited, and so is the memory that the values take.
 *
 * V8 counts objects as they begin. One that is met again becomes a value with a name, in its place, and
 * what names it.
 */

typedef JsonNode *(*ReadFunc) (MullionV8Reader *self,
                               guint8           tag);

/* -- Objects that are met again -- */

MullionV8Slot *
mullion_v8_add_slot (MullionV8Reader *self,
                     JsonNode        *value)
{
  MullionV8Slot *slot = g_rc_box_new0 (MullionV8Slot);

  slot->value = value;
  slot->id = self->slots->len;
  g_ptr_array_add (self->slots, slot);
  mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT);
  return slot;
}

/* json-glib forgets what a node held of another type. Takes @object. */
void
mullion_v8_become (JsonNode   *node,
                   JsonObject *object)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    json_node_set_array (node, NULL);
  else
    json_node_set_object (node, NULL);
  json_node_init_object (node, object);
  json_object_unref (object);
}

/* What the node was moves into another one, so that it can get a name. */
static void
name_value (MullionV8Slot *slot)
{
  JsonNode *value = json_node_copy (slot->value);
  JsonObject *tag = json_object_new ();

  json_object_set_string_member (tag, "$mullion", "ref");
  json_object_set_int_member (tag, "id", slot->id);
  json_object_set_member (tag, "value", value);
  mullion_v8_become (slot->value, tag);
  slot->value = value;
  slot->is_named = TRUE;
}

static JsonNode *
read_reference (MullionV8Reader *self,
                guint8           tag)
{
  guint32 id = mullion_v8_read_number (self);
  gboolean is_known = self->error == NULL && id < self->slots->len;
  MullionV8Slot *slot = is_known ? g_ptr_array_index (self->slots, id) : NULL;
  JsonObject *object;
  JsonNode *node;

  if (slot == NULL || slot->value == NULL)
    return mullion_v8_fail_syntax (self, "it names an object that is not there");

  if (!slot->is_named)
    name_value (slot);

  object = json_object_new ();
  json_object_set_string_member (object, "$mullion", "ref");
  json_object_set_int_member (object, "id", slot->id);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT);
  return node;
}

/* -- Primitives -- */

static JsonNode *
read_simple (MullionV8Reader *self,
             guint8           tag)
{
  switch (tag)
    {
    case V8_NULL:
      return json_node_init_null (json_node_alloc ());
    case V8_TRUE:
    case V8_FALSE:
      return json_node_init_boolean (json_node_alloc (), tag == V8_TRUE);
    default:
      mullion_v8_charge (self, MULLION_V8_COST_OF_OBJECT);
      return mullion_value_new_undefined ();
    }
}

static JsonNode *
read_number_value (MullionV8Reader *self,
                   guint8           tag)
{
  return mullion_value_new_number (mullion_v8_read_any_number (self, tag));
}

static JsonNode *
read_date (MullionV8Reader *self,
           guint8           tag)
{
  JsonNode *node = mullion_value_new_date (mullion_v8_read_double (self));

  mullion_v8_add_slot (self, node);
  return node;
}

static JsonNode *
read_boxed (MullionV8Reader *self,
            guint8           tag)
{
  MullionV8Slot *slot = mullion_v8_add_slot (self, NULL);
  JsonNode *primitive;

  switch (tag)
    {
    case V8_BOXED_NUMBER:
      primitive = read_number_value (self, V8_DOUBLE);
      break;
    case V8_BOXED_BIGINT:
      primitive = mullion_v8_read_bigint (self, V8_BIGINT);
      break;
    case V8_BOXED_STRING:
      primitive = mullion_v8_read_text (self);
      break;
    default:
      primitive = json_node_init_boolean (json_node_alloc (), tag == V8_BOXED_TRUE);
    }

  if (primitive != NULL)
    slot->value = mullion_value_new_boxed (primitive);
  return slot->value;
}

static JsonNode *
read_regexp (MullionV8Reader *self,
             guint8           tag)
{
  static const MullionV8Name flags[] = MULLION_V8_FLAGS;
  MullionV8Slot *slot = mullion_v8_add_slot (self, NULL);
  g_autoptr(JsonNode) source = mullion_v8_read_text (self);
  guint32 bits = source != NULL ? mullion_v8_read_number (self) : 0;
  g_autoptr(GString) text = g_string_new (NULL);

  if (self->error != NULL)
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if ((bits & flags[i].value) != 0)
      {
        g_string_append (text, flags[i].name);
        bits &= ~flags[i].value;
      }

  if (bits != 0 || !JSON_NODE_HOLDS_VALUE (source))
    return mullion_v8_fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED, "a RegExp is an unusual one");

  slot->value = mullion_value_new_regexp (json_node_get_string (source), text->str);
  return slot->value;
}

/* -- Errors -- */

/* (nullable): the class that a tag means. */
static const char *
find_class (guint8 tag)
{
  static const MullionV8Name classes[] = MULLION_V8_ERRORS;

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (classes[i].value == tag)
      return classes[i].name;

  return NULL;
}

/* @value: (nullable): takes it. A member that comes twice might have a name elsewhere. */
static void
set_member (MullionV8Reader *self,
            JsonObject      *object,
            const char      *name,
            JsonNode        *value)
{
  if (value != NULL && !json_object_has_member (object, name))
    json_object_set_member (object, name, value);
  else if (value != NULL)
    {
      json_node_unref (value);
      mullion_v8_fail_syntax (self, "an error has a member twice");
    }
}

static JsonNode *
read_error (MullionV8Reader *self,
            guint8           unused)
{
  JsonNode *node = mullion_value_new_error (NULL, NULL, NULL);
  JsonObject *object = json_node_get_object (node);
  guint8 tag;

  mullion_v8_add_slot (self, node);
  while ((tag = mullion_v8_take_tag (self)) != V8_ERROR_END && self->error == NULL)
    {
      if (find_class (tag) != NULL)
        json_object_set_string_member (object, "name", find_class (tag));
      else if (tag == V8_ERROR_MESSAGE)
        set_member (self, object, "message", mullion_v8_read_text (self));
      else if (tag == V8_ERROR_STACK)
        set_member (self, object, "stack", mullion_v8_read_text (self));
      else if (tag == V8_ERROR_CAUSE)
        set_member (self, object, "cause", mullion_v8_read_value (self));
      else
        mullion_v8_fail_syntax (self, "an error has an unknown member");
    }

  return node;
}

/* -- Bytes -- */

/* (nullable) (transfer full): an ArrayBuffer. */
static JsonNode *
make_buffer (MullionV8Reader *self,
             guint32          length)
{
  const guint8 *bytes = self->error == NULL ? mullion_v8_take (self, length) : NULL;

  JsonNode *node;

  if (bytes == NULL || !mullion_v8_charge (self, MULLION_V8_COST_OF_BYTES + length))
    return NULL;

  node = mullion_value_new_array_buffer (g_bytes_new (bytes, length));
  json_array_add_element (self->buffers, json_node_copy (node));
  return node;
}

static JsonNode *
read_array_buffer (MullionV8Reader *self,
                   guint8           tag)
{
  MullionV8Slot *slot = mullion_v8_add_slot (self, NULL);

  slot->value = make_buffer (self, mullion_v8_read_number (self));
  return slot->value;
}

static JsonNode *
read_view (MullionV8Reader *self,
           MullionV8Slot   *slot)
{
  static const MullionV8Name classes[] = MULLION_V8_VIEWS;
  guint32 class = mullion_v8_read_number (self);
  guint32 length = mullion_v8_read_number (self);
  JsonNode *buffer;
  gsize size;

  if (self->error != NULL)
    return NULL;

  if (class >= G_N_ELEMENTS (classes))
    return mullion_v8_fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED,
                            "a view of bytes is of an unknown class");

  size = mullion_value_get_element_size (classes[class].name);
  if (length % size != 0)
    return mullion_v8_fail_syntax (self, "a view of bytes ends within an element");

  buffer = make_buffer (self, length);
  if (buffer != NULL)
    slot->value = mullion_value_new_view (classes[class].name, 0, length / size, buffer);
  return slot->value;
}

/* What Node.js writes itself. Its copy of an object is counted anew, and is the object. */
static JsonNode *
read_host_object (MullionV8Reader *self,
                  guint8           tag)
{
  MullionV8Slot *slot = mullion_v8_add_slot (self, NULL);
  guint32 kind = mullion_v8_read_number (self);
  guint index = self->slots->len;
  JsonNode *node;

  if (self->error == NULL && kind == MULLION_V8_HOST_VIEW)
    return read_view (self, slot);
  if (self->error == NULL && kind != MULLION_V8_HOST_COPY)
    return mullion_v8_fail_syntax (self, "an object of Node.js is of an unknown kind");

  node = self->error == NULL ? mullion_v8_read_value (self) : NULL;
  if (node != NULL && self->slots->len > index)
    {
      gpointer *slots = self->slots->pdata;

      g_rc_box_release (slots[index - 1]);
      slots[index - 1] = g_rc_box_acquire (slots[index]);
    }
  return node;
}

/* -- All of them -- */

static const struct
{
  guint8 tag;
  ReadFunc read;
} forms[] = {
  { V8_UNDEFINED, read_simple },
  { V8_NULL, read_simple },
  { V8_TRUE, read_simple },
  { V8_FALSE, read_simple },
  { V8_INT32, read_number_value },
  { V8_UINT32, read_number_value },
  { V8_DOUBLE, read_number_value },
  { V8_BIGINT, mullion_v8_read_bigint },
  { V8_UTF8, mullion_v8_read_string },
  { V8_LATIN1, mullion_v8_read_string },
  { V8_UTF16, mullion_v8_read_string },
  { V8_REFERENCE, read_reference },
  { V8_OBJECT, mullion_v8_read_object },
  { V8_SPARSE_ARRAY, mullion_v8_read_sparse_array },
  { V8_DENSE_ARRAY, mullion_v8_read_dense_array },
  { V8_DATE, read_date },
  { V8_BOXED_TRUE, read_boxed },
  { V8_BOXED_FALSE, read_boxed },
  { V8_BOXED_NUMBER, read_boxed },
  { V8_BOXED_BIGINT, read_boxed },
  { V8_BOXED_STRING, read_boxed },
  { V8_REGEXP, read_regexp },
  { V8_MAP, mullion_v8_read_map },
  { V8_SET, mullion_v8_read_set },
  { V8_ARRAY_BUFFER, read_array_buffer },
  { V8_HOST_OBJECT, read_host_object },
  { V8_ERROR, read_error },
};

static ReadFunc
find_form (guint8 tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].tag == tag)
      return forms[i].read;

  return NULL;
}

/* How many objects follow is for old readers alone; it may be said any number of times. */
static guint8
take_tag_of_value (MullionV8Reader *self)
{
  guint8 tag = mullion_v8_take_tag (self);

  while (tag == V8_OBJECT_COUNT && self->error == NULL)
    {
      mullion_v8_read_number (self);
      tag = mullion_v8_take_tag (self);
    }

  return tag;
}

/* (nullable) (transfer full): NULL with an error alone, with which there may be a part of a value. */
JsonNode *
mullion_v8_read_value (MullionV8Reader *self)
{
  guint8 tag = take_tag_of_value (self);
  ReadFunc read = find_form (tag);
  JsonNode *node = NULL;

  if (self->error == NULL && read == NULL)
    mullion_v8_fail_syntax (self, "nothing of V8's begins so");
  if (self->error == NULL && self->depth == MULLION_JSON_MAX_DEPTH)
    mullion_v8_fail (self, MULLION_MESSAGE_ERROR_UNSUPPORTED, "objects are nested too deeply");

  if (read != NULL && self->error == NULL && mullion_v8_charge (self, MULLION_V8_COST_OF_VALUE))
    {
      self->depth++;
      node = read (self, tag);
      self->depth--;
    }

  return node;
}

static gboolean
read_header (MullionV8Reader *self)
{
  const guint8 *head = mullion_v8_take (self, 2);

  if (head != NULL && (head[0] != V8_VERSION || head[1] < MULLION_V8_OLDEST_VERSION ||
                       head[1] > MULLION_V8_VERSION))
    mullion_v8_fail_syntax (self, "this is not what V8 serializes, or a version of it that is unknown");

  return self->error == NULL;
}

static void
release_slot (gpointer slot)
{
  g_rc_box_release (slot);
}

JsonNode *
mullion_v8_read (const char       *data,
                 gsize             length,
                 MullionByteHold **hold,
                 GError          **error)
{
  const guint8 *start = (const guint8 *) data;
  g_autoptr(GPtrArray) slots = g_ptr_array_new_with_free_func (release_slot);
  g_autoptr(JsonArray) buffers = json_array_new ();
  MullionV8Reader self = {
    .start = start, .at = start, .end = start + length, .slots = slots, .buffers = buffers,
  };
  JsonNode *node = read_header (&self) ? mullion_v8_read_value (&self) : NULL;

  *hold = mullion_byte_hold_new_array (buffers);
  if (self.error == NULL && self.at != self.end)
    mullion_v8_fail_syntax (&self, "something is behind the value");
  if (self.error == NULL)
    return node;

  g_clear_pointer (&node, json_node_unref);
  g_clear_pointer (hold, mullion_byte_hold_unref);
  g_propagate_error (error, self.error);
  return NULL;
}
