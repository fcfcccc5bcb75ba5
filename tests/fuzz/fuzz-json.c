/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-json-reader.h"
#include "mullion-json-writer.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

/* Whatever a page sends is refused with an error or becomes a value; and what
 * we write of that value is a text that leads to itself. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr(GError) error = NULL;
  const char *text = (const char *) data;
  g_autoptr(JsonNode) node = mullion_json_read (text, size, MULLION_JSON_MAX_DEPTH, &error);
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (node == NULL)
    {
      g_assert_true (error->domain == MULLION_JSON_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_no_error (error);
  first = mullion_json_to_string (node);

  /* -0 is written as a tag object, one level deeper than a number. */
  again = mullion_json_read (first, strlen (first), MULLION_JSON_MAX_DEPTH, &error);
  if (g_error_matches (error, MULLION_JSON_ERROR, MULLION_JSON_ERROR_DEPTH))
    return 0;

  g_assert_no_error (error);
  second = mullion_json_to_string (again);
  g_assert_cmpstr (first, ==, second);
  return 0;
}
