/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-json-reader.h"
#include "mullion-json-crowd.h"
#include "mullion-json-measure.h"
#include "mullion-json-number.h"
#include "mullion-json-text-private.h"

#include <math.h>
#include <string.h>

/* The reader of the wire's JSON, for both processes. It trusts nobody: the
 * text comes from a web page, and what RFC 8259 does not allow is an error that
 * names the byte.
 *
 * json-glib gives the values, but its own parser is not used: it accepts what
 * is not JSON (comments, single quotes, hexadecimal numbers), makes -1 of a
 * number that is too large for an integer, cuts a string at \u0000, recurses
 * without a limit, and takes many times as long.
 *
 * The text is copied once and then read in place: a string is unescaped where
 * it stands, and its closing quote becomes the NUL that C wants. The copy ends
 * with a NUL, which is no part of any token, so most steps need not ask whether
 * the end was reached. */

G_DEFINE_QUARK (mullion-json-error-quark, mullion_json_error)

typedef struct
{
  /* The copy of the text, the next byte, and the NUL behind the last one. */
  const char *start;
  char *at;
  char *end;

  /* How many more arrays and objects may be opened within the present one. */
  guint room;

  /* Steps that json-glib may still waste on repeated member names. */
  guint64 patience;

  GError **error;
} Reader;

static JsonNode *read_value (Reader *reader);

G_GNUC_PRINTF (4, 5)
static void
fail (Reader *reader,
      const char *where,
      MullionJsonError code,
      const char *format,
      ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (reader->error, MULLION_JSON_ERROR, code,
               "Invalid JSON at byte %" G_GSIZE_FORMAT ": %s",
               (gsize) (where - reader->start), what);
}

/* Reports the byte at which the text stops being JSON. */
static void
fail_unexpected (Reader *reader,
                 const char *expected)
{
  guchar byte = *reader->at;

  if (reader->at >= reader->end)
    fail (reader, reader->at, MULLION_JSON_ERROR_SYNTAX, "expected %s, not the end", expected);
  else if (g_ascii_isgraph (byte))
    fail (reader, reader->at, MULLION_JSON_ERROR_SYNTAX, "expected %s, not '%c'", expected, byte);
  else
    fail (reader, reader->at, MULLION_JSON_ERROR_SYNTAX, "expected %s, not 0x%02x", expected, byte);
}

/* Reports the byte that no string can hold as it is. */
static void
fail_in_string (Reader *reader)
{
  if ((guchar) *reader->at < 0x80)
    fail_unexpected (reader, "a character or '\"'");
  else
    fail (reader, reader->at, MULLION_JSON_ERROR_ENCODING, "a string is not valid UTF-8");
}

static inline void
skip_space (Reader *reader)
{
  while (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t')
    reader->at++;
}

/* Steps over @byte and the space on both sides, if it comes next. */
static inline gboolean
skip_byte (Reader *reader,
           char byte)
{
  skip_space (reader);
  if (*reader->at != byte)
    return FALSE;

  reader->at++;
  skip_space (reader);
  return TRUE;
}

/* Reads the four digits of the escape whose 'u' is at @at; -1 if they are none.
 * A NUL is no digit, so this never leaves the text. */
static int
read_hex (const char *at)
{
  int unit = 0;

  for (int i = 1; i <= 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      unit = unit << 4 | digit;
    }

  return unit;
}

/* Reads a \u escape or a pair of them, with reader->at on the first 'u', and
 * writes its UTF-8 to @to. Returns the end of what it wrote, or NULL. */
static char *
read_unicode_escape (Reader *reader,
                     char *to)
{
  const char *escape = reader->at - 1;
  gint64 character = read_hex (reader->at);

  if (character < 0)
    {
      fail (reader, escape, MULLION_JSON_ERROR_SYNTAX, "\\u needs four hexadecimal digits");
      return NULL;
    }

  reader->at += 5;

  if (character >= 0xd800 && character <= 0xdbff && reader->at[0] == '\\' && reader->at[1] == 'u')
    {
      int low = read_hex (reader->at + 1);

      if (low >= 0xdc00 && low <= 0xdfff)
        {
          character = 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
          reader->at += 6;
        }
    }

  /* The page's side sends strings with these in a tag of their own, because
   * neither a C string nor UTF-8 can hold them. */
  if (character == 0 || (character >= 0xd800 && character <= 0xdfff))
    {
      fail (reader, escape, MULLION_JSON_ERROR_ENCODING, "a string cannot hold U+%04X",
            (guint) character);
      return NULL;
    }

  return to + g_unichar_to_utf8 ((gunichar) character, to);
}

/* Reads the escape whose backslash is at reader->at, and writes what it means
 * to @to. No escape is shorter than its UTF-8, so @to stays behind. */
static char *
read_escape (Reader *reader,
             char *to)
{
  static const char meanings[128] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
  };
  guchar byte = *++reader->at;

  if (byte == 'u')
    return read_unicode_escape (reader, to);

  if (byte >= G_N_ELEMENTS (meanings) || meanings[byte] == '\0')
    {
      fail_unexpected (reader, "an escaped character");
      return NULL;
    }

  reader->at++;
  *to++ = meanings[byte];
  return to;
}

/* Steps to the next byte that does not stand for itself, and moves what was
 * before it down to @to, where escapes left room. Returns the end of that. */
static char *
read_text (Reader *reader,
           char *to)
{
  const char *stop = mullion_json_skip_text (reader->at, reader->end);
  gsize length = stop - reader->at;

  if (to != reader->at)
    memmove (to, reader->at, length);

  reader->at += length;
  return to + length;
}

/* Reads the string whose opening quote is at reader->at. It stays where it is,
 * in the copy of the text, and so lives as long as the reader does. */
static const char *
read_string (Reader *reader)
{
  const char *string = ++reader->at;
  char *to = read_text (reader, reader->at);

  while (*reader->at == '\\')
    {
      to = read_escape (reader, to);
      if (to == NULL)
        return NULL;
      to = read_text (reader, to);
    }

  if (*reader->at != '"')
    {
      fail_in_string (reader);
      return NULL;
    }

  reader->at++;
  *to = '\0';
  return string;
}

static JsonNode *
read_string_value (Reader *reader)
{
  const char *string = read_string (reader);

  return string != NULL ? json_node_init_string (json_node_alloc (), string) : NULL;
}

static JsonNode *
read_number (Reader *reader)
{
  MullionJsonNumber number;
  const char *start = reader->at;
  const char *end;
  gboolean is_number = mullion_json_number_parse (&number, start, &end);

  reader->at += end - start;

  if (!is_number)
    {
      fail_unexpected (reader, "a digit");
      return NULL;
    }

  if (number.is_integer)
    return json_node_init_int (json_node_alloc (), number.integer);

  if (!isfinite (number.real))
    {
      fail (reader, start, MULLION_JSON_ERROR_RANGE, "the number is too large");
      return NULL;
    }

  return json_node_init_double (json_node_alloc (), number.real);
}

/* Steps over @word, if it comes next. */
static gboolean
skip_word (Reader *reader,
           const char *word)
{
  gsize length = strlen (word);

  /* The NUL behind the text differs from every letter, so this stays within. */
  if (strncmp (reader->at, word, length) != 0)
    {
      fail_unexpected (reader, "a value");
      return FALSE;
    }

  reader->at += length;
  return TRUE;
}

static JsonNode *
read_boolean (Reader *reader,
              const char *word,
              gboolean value)
{
  return skip_word (reader, word) ? json_node_init_boolean (json_node_alloc (), value) : NULL;
}

/* Opens the array or object whose first byte is at reader->at. */
static gboolean
enter (Reader *reader)
{
  if (reader->room == 0)
    {
      fail (reader, reader->at, MULLION_JSON_ERROR_DEPTH,
            "arrays and objects are nested too deeply");
      return FALSE;
    }

  reader->room--;
  reader->at++;
  skip_space (reader);
  return TRUE;
}

static JsonNode *
read_array (Reader *reader)
{
  g_autoptr(JsonArray) array = json_array_new ();
  gboolean is_open;

  if (!enter (reader))
    return NULL;

  for (is_open = *reader->at != ']'; is_open; is_open = skip_byte (reader, ','))
    {
      JsonNode *element = read_value (reader);

      if (element == NULL)
        return NULL;
      json_array_add_element (array, element);
    }

  if (*reader->at != ']')
    {
      fail_unexpected (reader, "',' or ']'");
      return NULL;
    }

  reader->at++;
  reader->room++;
  return json_node_init_array (json_node_alloc (), array);
}

/* Sets a member; of two with one name the last one wins, as in JavaScript.
 *
 * With names that are chosen for it, json-glib takes time that grows with the
 * square of their number: a hostile page could keep us busy for hours with one
 * message. Names that collide in the hash table are one way. Repeated names are
 * the other, for which json-glib walks the list of all names; JSON.stringify
 * writes none, so they are rationed. */
static gboolean
set_member (Reader *reader,
            JsonObject *object,
            MullionJsonCrowd *crowd,
            const char *name,
            JsonNode *value)
{
  guint size = json_object_get_size (object);

  json_object_set_member (object, name, value);

  if (json_object_get_size (object) != size)
    {
      if (mullion_json_crowd_add (crowd, object, name))
        return TRUE;
      fail (reader, reader->at, MULLION_JSON_ERROR_TOIL, "too many names in an object collide");
      return FALSE;
    }

  if (size > reader->patience)
    {
      fail (reader, reader->at, MULLION_JSON_ERROR_TOIL,
            "too many names in an object are repeated");
      return FALSE;
    }

  reader->patience -= size;
  return TRUE;
}

static gboolean
read_member (Reader *reader,
             JsonObject *object,
             MullionJsonCrowd *crowd)
{
  const char *name;
  JsonNode *value;

  if (*reader->at != '"')
    {
      fail_unexpected (reader, "a name in quotes");
      return FALSE;
    }

  name = read_string (reader);
  if (name == NULL)
    return FALSE;

  if (!skip_byte (reader, ':'))
    {
      fail_unexpected (reader, "':'");
      return FALSE;
    }

  value = read_value (reader);
  return value != NULL && set_member (reader, object, crowd, name, value);
}

static JsonNode *
read_object (Reader *reader)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_auto(MullionJsonCrowd) crowd = { 0 };
  gboolean is_open;

  if (!enter (reader))
    return NULL;

  for (is_open = *reader->at != '}'; is_open; is_open = skip_byte (reader, ','))
    if (!read_member (reader, object, &crowd))
      return NULL;

  if (*reader->at != '}')
    {
      fail_unexpected (reader, "',' or '}'");
      return NULL;
    }

  reader->at++;
  reader->room++;
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_value (Reader *reader)
{
  switch (*reader->at)
    {
    case '{':
      return read_object (reader);

    case '[':
      return read_array (reader);

    case '"':
      return read_string_value (reader);

    case 't':
      return read_boolean (reader, "true", TRUE);

    case 'f':
      return read_boolean (reader, "false", FALSE);

    case 'n':
      return skip_word (reader, "null") ? json_node_init_null (json_node_alloc ()) : NULL;

    case '-':
    case '0' ... '9':
      return read_number (reader);

    default:
      fail_unexpected (reader, "a value");
      return NULL;
    }
}

/**
 * mullion_json_read:
 * @text: (array length=length) (element-type guint8): one JSON text in UTF-8
 * @length: the length of @text in bytes; a NUL need not follow
 * @max_depth: how many arrays and objects may stand within each other, at most
 *   %MULLION_JSON_MAX_DEPTH
 * @error: return location for an error
 *
 * Reads one JSON text (RFC 8259), with nothing but space around it.
 *
 * An integer that fits 64 bits becomes an integer node, every other number a
 * double node. Of members with the same name the last one wins. Time is bounded by
 * the length of the text, and memory by that and by %MULLION_JSON_MAX_MEMORY.
 *
 * Returns: (transfer full): the value, or %NULL with an error of
 *   %MULLION_JSON_ERROR, which names the byte unless the whole is too large
 *
 * Since: 0.1
 */
JsonNode *
mullion_json_read (const char *text,
                   gsize length,
                   guint max_depth,
                   GError **error)
{
  g_autofree char *copy = NULL;
  g_autoptr(JsonNode) node = NULL;
  Reader reader = {
    .room = MIN (max_depth, MULLION_JSON_MAX_DEPTH),
    .patience = (1 << 20) + 16 * (guint64) length,
    .error = error,
  };

  if (!mullion_json_check_memory (text, length, error))
    return NULL;

  copy = g_malloc (length + 1);
  if (length > 0)
    memcpy (copy, text, length);
  copy[length] = '\0';
  reader.start = copy;
  reader.at = copy;
  reader.end = copy + length;

  skip_space (&reader);
  node = read_value (&reader);
  if (node == NULL)
    return NULL;

  skip_space (&reader);
  if (reader.at != reader.end)
    {
      fail_unexpected (&reader, "the end");
      return NULL;
    }

  return g_steal_pointer (&node);
}
