/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-plain-json.h"

#include "mullion-json-reader.h"
#include "mullion-json-writer.h"
#include "mullion-message-error.h"
#include "mullion-value.h"

#include <string.h>

/*
 * Plain JSON, which other processes speak, and the values of messages.
 *
 * Pages speak JSON with tags in it. What another process says has none: an object of its own with
 * the key of our tags must not be taken for one when the value goes on to a page.
 */

static gboolean
translate_error (GError  *reason,
                 GError **error)
{
  MullionMessageError code = MULLION_MESSAGE_ERROR_SYNTAX;

  if (reason->code == MULLION_JSON_ERROR_ENCODING)
    code = MULLION_MESSAGE_ERROR_ENCODING;
  else if (reason->code != MULLION_JSON_ERROR_SYNTAX)
    code = MULLION_MESSAGE_ERROR_UNSUPPORTED;

  g_set_error_literal (error, MULLION_MESSAGE_ERROR, code, reason->message);
  g_error_free (reason);
  return FALSE;
}

/* A key may be written with escapes; whoever does that, or has the word in a text, pays a copy. */
static gboolean
may_have_tag (const char *text,
              gsize       length)
{
  return memmem (text, length, "$mullion", strlen ("$mullion")) != NULL ||
         memmem (text, length, "\\u", strlen ("\\u")) != NULL;
}

JsonNode *
mullion_plain_json_read (const char  *text,
                         gsize        length,
                         GError     **error)
{
  GError *reason = NULL;
  JsonNode *node = mullion_json_read (text, length, MULLION_JSON_MAX_DEPTH, &reason);

  if (node == NULL)
    {
      translate_error (reason, error);
      return NULL;
    }

  return may_have_tag (text, length) ? mullion_value_new_from_json (node) : node;
}

static gboolean
write_converted (GString   *out,
                 JsonNode  *value,
                 GError   **error)
{
  GError *reason = NULL;
  g_autoptr(JsonNode) plain = mullion_value_to_json (value, &reason);

  if (plain == NULL)
    {
      g_set_error_literal (error, MULLION_MESSAGE_ERROR, MULLION_MESSAGE_ERROR_UNSUPPORTED,
                           reason->message);
      g_error_free (reason);
      return FALSE;
    }

  return mullion_json_write_plain (out, plain, MULLION_JSON_MAX_DEPTH, NULL, &reason) ||
         translate_error (reason, error);
}

/* Most values have no tag: only one that has is converted first. */
gboolean
mullion_plain_json_write (GString   *out,
                          JsonNode  *value,
                          GError   **error)
{
  GError *reason = NULL;
  gboolean has_tag = FALSE;

  if (mullion_json_write_plain (out, value, MULLION_JSON_MAX_DEPTH, &has_tag, &reason))
    return TRUE;

  if (!has_tag)
    return translate_error (reason, error);

  g_error_free (reason);
  return write_converted (out, value, error);
}
