/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-json-measure.h"

#include "mullion-json-reader.h"
#include "mullion-json-text-private.h"

/* Tells what a text would take as a tree of values, without making one.
 *
 * An empty array is two bytes of text and more than a hundred of memory, an
 * object three hundred: a frame of nothing else, 128 MiB of it, would fill the
 * memory of most machines. The web process asks before it sends, so that the
 * caller hears of it; the main process asks again, because it trusts nobody. */

/* What json-glib and GLib take, in bytes, measured on 64 bits. Each value but the
 * first of an array or object stands behind a comma; of what stands behind the
 * bracket, the bracket pays for it. */
static const guint16 costs[256] = {
  ['['] = 136, ['{'] = 304, [','] = 96, [':'] = 96, ['"'] = 16,
};

/* No byte costs more than those of `{},{},…`. */
#define MAX_COST_OF_BYTE 135

/* Returns the byte behind the quote that ends the string at @at, or @end. */
static const char *
skip_string (const char *at,
             const char *end)
{
  for (at = mullion_json_skip_text (at, end); at < end && *at != '"';
       at = mullion_json_skip_text (at, end))
    at += *at == '\\' && end - at > 1 ? 2 : 1;

  return at < end ? at + 1 : end;
}

static guint64
measure (const char *text,
         gsize       length)
{
  const char *end = text + length;
  guint64 memory = length;

  for (const char *at = text; at < end;)
    {
      guchar byte = *at++;

      memory += costs[byte];
      if (byte == '"')
        at = skip_string (at, end);
    }

  return memory;
}

/**
 * mullion_json_check_memory:
 * @text: (array length=length) (element-type guint8): a JSON text, or anything
 * @length: the length of @text in bytes
 * @error: return location for an error
 *
 * Tells whether the values of a text would stay below %MULLION_JSON_MAX_MEMORY.
 *
 * Returns: whether they would; if not, with %MULLION_JSON_ERROR_SIZE
 *
 * Since: 0.1
 */
gboolean
mullion_json_check_memory (const char  *text,
                           gsize        length,
                           GError     **error)
{
  guint64 memory;

  if (length <= MULLION_JSON_MAX_MEMORY / MAX_COST_OF_BYTE)
    return TRUE;

  memory = measure (text, length);
  if (memory <= MULLION_JSON_MAX_MEMORY)
    return TRUE;

  g_set_error (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_SIZE,
               "Too many values: they would take about %" G_GUINT64_FORMAT
               " MiB of memory, and the limit is %u MiB",
               memory >> 20, MULLION_JSON_MAX_MEMORY >> 20);
  return FALSE;
}
