/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-error.h"
#include "mullion-json-reader.h"
#include "mullion-schema.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

/* A schema, a NUL, and a value of a page. The one is refused, or the other has its shape, or a
 * sentence says why not. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  gsize length = strlen (text);
  const char *rest = (const char *) data + length + 1;
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionSchema) schema = NULL;
  g_autoptr(JsonNode) value = NULL;

  if (length == size)
    return 0;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK);
  schema = mullion_schema_new_from_text (text, &error);
  if (schema == NULL)
    {
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      return 0;
    }

  g_assert_no_error (error);
  value = mullion_json_read (rest, size - length - 1, MULLION_JSON_MAX_DEPTH, NULL);
  if (value == NULL || mullion_schema_check (schema, value, &error))
    return 0;

  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
