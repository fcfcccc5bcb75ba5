/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-long-text.h"

#include "mullion-byte-store.h"
#include "mullion-error.h"
#include "mullion-json-access.h"
#include "mullion-json-number.h"
#include "mullion-wire.h"

#include <string.h>

/*
 * Long texts, which travel beside the JSON as binary values do.
 *
 * Lives in the main process. JSON takes a text through an escaping and an unescaping on each side,
 * and JavaScriptCore turns what goes to C and back into UTF-8 and into a string one character at a
 * time. A handler sees nothing of this: its nodes hold texts. What a page sends is checked, for a
 * JsonNode holds what is UTF-8 and has no NUL.
 */

/* From so many bytes on it was faster. preload/values-text.js has the number for the other way. */
#define LONG_TEXT 4096

typedef struct
{
  GBytes *side;
  gsize room; /* bytes that texts may still have */
} Arrival;

/* (nullable): the text that @place names, if it is one. In the side area a NUL follows it, so that it
 * is copied no more than once. */
static const char *
find_text (JsonObject *place,
           Arrival    *arrival)
{
  gint64 at = mullion_json_get_int (place, "at", -1);
  gint64 size = mullion_json_get_int (place, "size", -1);
  gint64 limit = g_bytes_get_size (arrival->side);
  const char *text;

  if (at < 0 || size < 0 || size >= limit || at >= limit - size)
    return NULL;

  /* Else a few bytes could be named as a thousand texts, each of which we would make. */
  if ((gsize) size > arrival->room)
    return NULL;
  arrival->room -= size;

  text = (const char *) g_bytes_get_data (arrival->side, NULL) + at;
  return strnlen (text, size + 1) == (gsize) size ? text : NULL;
}

static gboolean
is_ascii (const char *text)
{
  gsize size = strlen (text);
  guint64 all = 0;
  guint64 word;

  for (; size >= sizeof word; text += sizeof word, size -= sizeof word)
    {
      memcpy (&word, text, sizeof word);
      all |= word;
    }
  for (; size > 0; text++, size--)
    all |= (guint8) *text;

  return (all & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

static char *
latin1_to_utf8 (const char *text)
{
  char *utf8 = g_malloc (2 * strlen (text) + 1);
  char *to = utf8;

  for (; *text != '\0'; text++)
    to += g_unichar_to_utf8 ((guint8) *text, to);
  *to = '\0';

  return utf8;
}

static void
set_text (JsonNode   *node,
          const char *text)
{
  /* json_node_init () alone leaves the node with a pointer to the object that it lets go of. */
  json_node_set_object (node, NULL);
  json_node_init (node, JSON_NODE_VALUE);
  json_node_set_string (node, text);
}

static gboolean
make_text (JsonNode *node,
           Arrival  *arrival)
{
  JsonObject *place = json_node_get_object (node);
  gboolean is_latin1 = mullion_json_get_boolean (place, "latin1", FALSE);
  const char *text = find_text (place, arrival);
  gboolean is_plain = text != NULL && is_ascii (text);
  g_autofree char *utf8 = NULL;

  if (text == NULL)
    return FALSE;

  if (is_latin1 && !is_plain)
    text = utf8 = latin1_to_utf8 (text);
  else if (!is_plain && !g_utf8_validate (text, -1, NULL))
    return FALSE;

  set_text (node, text);
  return TRUE;
}

static gboolean receive (JsonNode *node,
                         Arrival  *arrival);

static gboolean
receive_elements (JsonArray *array,
                  Arrival   *arrival)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!receive (json_array_get_element (array, i), arrival))
      return FALSE;

  return TRUE;
}

static gboolean
receive_members (JsonObject *object,
                 Arrival    *arrival)
{
  JsonObjectIter iter;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    if (!receive (member, arrival))
      return FALSE;

  return TRUE;
}

static gboolean
receive (JsonNode *node,
         Arrival  *arrival)
{
  JsonObject *object;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return receive_elements (json_node_get_array (node), arrival);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;

  object = json_node_get_object (node);
  if (g_strcmp0 (mullion_json_get_string (object, "$mullion"), "text") == 0)
    return make_text (node, arrival);

  return receive_members (object, arrival);
}

gboolean
mullion_long_text_receive (JsonNode  *body,
                           GBytes    *side,
                           GError   **error)
{
  Arrival arrival = { side, MULLION_WIRE_MAX_LENGTH };

  if (receive (body, &arrival))
    return TRUE;

  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT,
                       "A text lies outside of its frame, or is none, or is too long");
  return FALSE;
}

gboolean
mullion_long_text_write (GString    *out,
                         const char *text,
                         gpointer    attachments)
{
  const MullionAttachments *beside = attachments;
  gsize size;

  if (strnlen (text, LONG_TEXT) < LONG_TEXT)
    return FALSE;

  size = strlen (text);
  g_string_append (out, "{\"$mullion\":\"text\",\"at\":");
  mullion_json_number_write_integer (out, mullion_side_add (beside->side, text, size + 1));
  g_string_append (out, ",\"size\":");
  mullion_json_number_write_integer (out, size);
  g_string_append_c (out, '}');

  return TRUE;
}
