/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How many arrays and objects may stand within each other, whatever the
 * caller allows: the reader and the writer recurse, and so does json-glib when
 * it frees what was read. */
#define MULLION_JSON_MAX_DEPTH 2000

#define MULLION_JSON_ERROR (mullion_json_error_quark ())

/**
 * MullionJsonError:
 * @MULLION_JSON_ERROR_SYNTAX: the text is not JSON
 * @MULLION_JSON_ERROR_ENCODING: a string is not UTF-8, or holds a character
 *   that a C string cannot carry (U+0000, half of a surrogate pair)
 * @MULLION_JSON_ERROR_RANGE: a number is too large for a double
 * @MULLION_JSON_ERROR_DEPTH: arrays and objects are nested too deeply
 * @MULLION_JSON_ERROR_TOIL: the text is made to be slow to read
 * @MULLION_JSON_ERROR_SIZE: the values would take too much memory
 */
typedef enum
{
  MULLION_JSON_ERROR_SYNTAX,
  MULLION_JSON_ERROR_ENCODING,
  MULLION_JSON_ERROR_RANGE,
  MULLION_JSON_ERROR_DEPTH,
  MULLION_JSON_ERROR_TOIL,
  MULLION_JSON_ERROR_SIZE,
} MullionJsonError;

GQuark mullion_json_error_quark (void);

JsonNode *mullion_json_read (const char *text,
                             gsize length,
                             guint max_depth,
                             GError **error);

G_END_DECLS
