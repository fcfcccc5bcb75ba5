/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-json-writer.h"
#include "mullion-json-number.h"
#include "mullion-json-reader.h"
#include "mullion-json-text-private.h"

#include <math.h>
#include <string.h>

/* The writer of the wire's JSON, for both processes. The values come from the
 * program's own handlers, but may repeat what a page said, so that whatever is
 * in them, the text is valid JSON in valid UTF-8: the other side treats
 * anything else as an attack and closes the channel.
 *
 * json-glib's own generator is not used: it writes 1e21 as `1e+21.0`, which is
 * no JSON, and knows no limit of depth. */

/* One text while it is written. */
typedef struct
{
  GString *out;
  MullionJsonTagFunc tag_func;   /* (nullable) */
  MullionJsonTextFunc text_func; /* (nullable) */
  gpointer user_data;
  gboolean is_plain; /* numbers that JSON lacks are no tags, but what JSON.stringify () writes */
  GError *error;
} Writer;

static gboolean write_value (Writer   *self,
                             JsonNode *node,
                             guint     room);

static void
write_escape (GString *out,
              guchar byte)
{
  static const char names[0x80] = {
    ['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
    ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't',
  };
  static const char digits[] = "0123456789abcdef";
  char escape[6] = { '\\', names[byte], '0', '0', digits[byte >> 4], digits[byte & 15] };

  if (names[byte] != '\0')
    {
      mullion_json_append (out, escape, 2);
      return;
    }

  escape[1] = 'u';
  mullion_json_append (out, escape, 6);
}

/**
 * mullion_json_write_string:
 * @out: where to append the text
 * @string: the string
 *
 * Appends @string to @out, quoted, as mullion_json_write() writes it.
 *
 * Since: 0.1
 */
void
mullion_json_write_string (GString *out,
                           const char *string)
{
  const char *at = string;
  const char *end = string + strlen (string);

  g_string_append_c (out, '"');

  for (;;)
    {
      const char *stop = mullion_json_skip_text (at, end);

      mullion_json_append (out, at, stop - at);
      if (stop == end)
        break;

      /* What is no UTF-8 becomes U+FFFD, byte by byte, so that a handler that
       * passes on a file's name or content cannot end the channel. */
      if ((guchar) *stop < 0x80)
        write_escape (out, *stop);
      else
        g_string_append (out, "\357\277\275");
      at = stop + 1;
    }

  g_string_append_c (out, '"');
}

static gboolean
write_array (Writer    *self,
             JsonArray *array,
             guint      room)
{
  guint length = json_array_get_length (array);

  if (room == 0)
    return FALSE;

  g_string_append_c (self->out, '[');

  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (self->out, ',');
      if (!write_value (self, json_array_get_element (array, i), room - 1))
        return FALSE;
    }

  g_string_append_c (self->out, ']');
  return TRUE;
}

/* Lets the owner of tags write @object, which began at @start. Returns whether it did. */
static gboolean
write_tag (Writer     *self,
           JsonObject *object,
           gsize       start)
{
  gsize length = self->out->len;
  g_autofree char *written = g_strdup (self->out->str + start);

  g_string_truncate (self->out, start);
  if (self->tag_func (self->out, object, self->user_data, &self->error))
    return TRUE;

  g_string_append_len (self->out, written, length - start);
  return FALSE;
}

static gboolean
write_object (Writer     *self,
              JsonObject *object,
              guint       room)
{
  gsize start = self->out->len;
  JsonObjectIter iter;
  const char *name = NULL;
  gboolean is_first = TRUE;
  JsonNode *value = NULL;

  if (room == 0)
    return FALSE;

  g_string_append_c (self->out, '{');
  json_object_iter_init_ordered (&iter, object);

  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      /* Looked for on the way, for this is asked of every object. */
      if (*name == '$' && self->tag_func != NULL && strcmp (name, "$mullion") == 0)
        {
          if (write_tag (self, object, start))
            return TRUE;
          if (self->error != NULL)
            return FALSE;
        }
      if (!is_first)
        g_string_append_c (self->out, ',');
      is_first = FALSE;
      mullion_json_write_string (self->out, name);
      g_string_append_c (self->out, ':');
      if (!write_value (self, value, room - 1))
        return FALSE;
    }

  g_string_append_c (self->out, '}');
  return TRUE;
}

static void
write_real (Writer *self,
            double number)
{
  if (!self->is_plain || (isfinite (number) && number != 0))
    mullion_json_number_write_real (self->out, number);
  else
    g_string_append (self->out, isfinite (number) ? "0" : "null");
}

static void
write_text (Writer     *self,
            const char *text)
{
  if (self->text_func == NULL || !self->text_func (self->out, text, self->user_data))
    mullion_json_write_string (self->out, text);
}

/* Writes a number, string or boolean, and null for a node that holds none. */
static void
write_scalar (Writer *self,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  GString *out = self->out;

  if (type == G_TYPE_STRING && json_node_get_string (node) != NULL)
    write_text (self, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    mullion_json_number_write_integer (out, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    write_real (self, json_node_get_double (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else
    g_string_append (out, "null");
}

/* Writes @node with at most @room levels of arrays and objects; returns whether
 * they were enough. A node whose array or object was never set is null. */
static gboolean
write_value (Writer   *self,
             JsonNode *node,
             guint     room)
{
  JsonNodeType type = node != NULL ? JSON_NODE_TYPE (node) : JSON_NODE_NULL;

  if (type == JSON_NODE_OBJECT && json_node_get_object (node) != NULL)
    return write_object (self, json_node_get_object (node), room);

  if (type == JSON_NODE_ARRAY && json_node_get_array (node) != NULL)
    return write_array (self, json_node_get_array (node), room);

  if (type == JSON_NODE_VALUE)
    write_scalar (self, node);
  else
    g_string_append (self->out, "null");

  return TRUE;
}

/* Writes @node, or leaves @out as it was. */
static gboolean
write_whole (Writer   *self,
             JsonNode *node,
             guint     max_depth,
             GError  **error)
{
  gsize start = self->out->len;

  max_depth = MIN (max_depth, MULLION_JSON_MAX_DEPTH);
  if (write_value (self, node, max_depth))
    return TRUE;

  g_string_truncate (self->out, start);
  if (self->error != NULL)
    g_propagate_error (error, self->error);
  else
    g_set_error (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_DEPTH,
                 "Cannot write JSON: arrays and objects are nested more than %u levels deep",
                 max_depth);
  return FALSE;
}

/**
 * mullion_json_write_tagged:
 * @out: where to append the text
 * @node: (nullable): the value; %NULL is null
 * @max_depth: how many arrays and objects may stand within each other, at most
 *   %MULLION_JSON_MAX_DEPTH
 * @tag_func: (nullable) (scope call): writes tags in its own way
 * @text_func: (nullable) (scope call): writes strings in its own way
 * @user_data: for both
 * @error: return location for an error
 *
 * Does what mullion_json_write_checked() does, but for the tags and strings that
 * these functions write.
 *
 * Returns: whether @node was written
 *
 * Since: 0.1
 */
gboolean
mullion_json_write_tagged (GString              *out,
                           JsonNode             *node,
                           guint                 max_depth,
                           MullionJsonTagFunc    tag_func,
                           MullionJsonTextFunc   text_func,
                           gpointer              user_data,
                           GError              **error)
{
  Writer writer = {
    .out = out, .tag_func = tag_func, .text_func = text_func, .user_data = user_data,
  };

  return write_whole (&writer, node, max_depth, error);
}

static gboolean
refuse_tag (GString    *out,
            JsonObject *tag,
            gpointer    user_data,
            GError    **error)
{
  *(gboolean *) user_data = TRUE;
  g_set_error_literal (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_SYNTAX,
                       "Cannot write plain JSON: there is a tag in it");
  return FALSE;
}

/**
 * mullion_json_write_plain:
 * @out: where to append the text
 * @node: (nullable): the value; %NULL is null
 * @max_depth: how many arrays and objects may stand within each other, at most
 *   %MULLION_JSON_MAX_DEPTH
 * @has_tag: (out) (optional): set to %TRUE, and nothing written, when there is a
 *   tag; without it tags are objects like any other
 * @error: return location for an error
 *
 * Does what mullion_json_write_checked() does, for a reader that knows no tags:
 * NaN and the infinities are written as null, and -0 as 0.
 *
 * Returns: whether @node was written
 *
 * Since: 0.1
 */
gboolean
mullion_json_write_plain (GString   *out,
                          JsonNode  *node,
                          guint      max_depth,
                          gboolean  *has_tag,
                          GError   **error)
{
  Writer writer = {
    .out = out, .tag_func = has_tag != NULL ? refuse_tag : NULL, .user_data = has_tag,
    .is_plain = TRUE,
  };

  return write_whole (&writer, node, max_depth, error);
}

/**
 * mullion_json_write_checked:
 * @out: where to append the text
 * @node: (nullable): the value; %NULL is null
 * @max_depth: how many arrays and objects may stand within each other, at most
 *   %MULLION_JSON_MAX_DEPTH
 * @error: return location for an error
 *
 * Appends @node to @out as one compact JSON text. NaN, the infinities and -0
 * are written as tags, and bytes that are not UTF-8 as U+FFFD.
 *
 * A value that is nested too deeply, or that holds itself, is an error, and @out
 * is as it was before.
 *
 * Returns: whether @node was written
 *
 * Since: 0.1
 */
gboolean
mullion_json_write_checked (GString *out,
                            JsonNode *node,
                            guint max_depth,
                            GError **error)
{
  return mullion_json_write_tagged (out, node, max_depth, NULL, NULL, NULL, error);
}

/**
 * mullion_json_write:
 * @out: where to append the text
 * @node: (nullable): the value; %NULL is null
 *
 * Appends @node to @out as mullion_json_write_checked() does, for a value that
 * this process made or read itself. One that is nested more than
 * %MULLION_JSON_MAX_DEPTH levels is the caller's mistake: it is warned of, and
 * written as null.
 *
 * Since: 0.1
 */
void
mullion_json_write (GString *out,
                    JsonNode *node)
{
  g_autoptr(GError) error = NULL;

  if (mullion_json_write_checked (out, node, MULLION_JSON_MAX_DEPTH, &error))
    return;

  g_warning ("%s", error->message);
  g_string_append (out, "null");
}

/**
 * mullion_json_to_string:
 * @node: (nullable): the value; %NULL is null
 *
 * Makes one JSON text of @node as mullion_json_write() does.
 *
 * Returns: (transfer full): the text
 *
 * Since: 0.1
 */
char *
mullion_json_to_string (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  mullion_json_write (out, node);
  return g_string_free (out, FALSE);
}
