/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-value.h"

#include "mullion-byte-store.h"
#include "mullion-value-tag.h"

/*
 * Binary values of messages: bytes that a page sent or gets, without a copy where they are many.
 */

/* (nullable) (transfer full): the part of a buffer that a view shows, if it lies inside. */
static GBytes *
dup_view_bytes (JsonNode *value)
{
  const char *type = NULL;
  gsize offset = 0;
  gsize length = 0;
  JsonNode *buffer = mullion_value_get_view (value, &type, &offset, &length);
  g_autoptr(GBytes) bytes = buffer != NULL ? mullion_value_dup_bytes (buffer) : NULL;
  gsize size;

  if (bytes == NULL)
    return NULL;

  size = mullion_value_get_element_size (type);
  if (length > G_MAXSIZE / size || offset > g_bytes_get_size (bytes) ||
      length * size > g_bytes_get_size (bytes) - offset)
    return NULL;

  return g_bytes_new_from_bytes (bytes, offset, length * size);
}

/**
 * mullion_value_dup_bytes:
 * @value: (nullable): a value
 *
 * Gets the bytes of an ArrayBuffer, or those that a typed array or a DataView shows. There is no
 * copy: large ones are memory that the page's process has sealed, and that nobody can change.
 *
 * A value names its bytes. What a message brought can be asked as long as its event is referenced,
 * and the result of a script until the callback has returned. The bytes themselves live as long as
 * the reference that this function gives.
 *
 * Of two views of one buffer the second has only a reference to it: see [func@value_resolve].
 *
 * Returns: (nullable) (transfer full): the bytes; %NULL if @value is not binary, if its buffer
 *   stands elsewhere in the argument, or if the bytes are gone
 *
 * Since: 0.1
 */
GBytes *
mullion_value_dup_bytes (JsonNode *value)
{
  JsonObject *tag = mullion_value_get_tag (value, MULLION_VALUE_BUFFER);

  return tag != NULL ? mullion_byte_store_lookup (tag) : dup_view_bytes (value);
}

/**
 * mullion_value_new_array_buffer:
 * @bytes: (transfer full): the bytes, fewer than 1 GiB
 *
 * Makes an ArrayBuffer. The bytes are kept until the value was sent, to one page or to several from
 * one turn of the main loop; what is never sent is kept until the program ends.
 *
 * Returns: (transfer full): a value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_array_buffer (GBytes *bytes)
{
  JsonNode *node;

  g_return_val_if_fail (bytes != NULL, NULL);

  node = mullion_byte_store_add (bytes);
  g_bytes_unref (bytes);

  return node;
}

/**
 * mullion_value_new_bytes:
 * @bytes: (transfer full): the bytes, fewer than 1 GiB
 *
 * Makes a Uint8Array, which is what a page gets of Electron for a Buffer. The bytes are kept as
 * [func@value_new_array_buffer] does.
 *
 * Returns: (transfer full): a value
 *
 * Since: 0.1
 */
JsonNode *
mullion_value_new_bytes (GBytes *bytes)
{
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  size = g_bytes_get_size (bytes);

  return mullion_value_new_view ("Uint8Array", 0, size, mullion_value_new_array_buffer (bytes));
}
