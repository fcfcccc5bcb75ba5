/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-message-error.h"
#include "mullion-v8-reader.h"
#include "mullion-v8-writer.h"
#include "mullion-value.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

/* (nullable) (transfer full): what was written of what was read. */
static GString *
pass (const char *data,
      gsize       length)
{
  g_autoptr(MullionByteHold) hold = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) value = mullion_v8_read (data, length, &hold, &error);
  g_autoptr(GString) out = g_string_new (NULL);

  if (value == NULL)
    {
      g_assert_true (error->domain == MULLION_MESSAGE_ERROR);
      g_assert_null (hold);
      return NULL;
    }

  g_assert_cmpint (mullion_value_get_kind (value), !=, MULLION_VALUE_INVALID);
  if (mullion_v8_write (out, value, &error))
    return g_steal_pointer (&out);

  g_assert_true (error->domain == MULLION_MESSAGE_ERROR);
  return NULL;
}

/* What is written of a value is read as the same value. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GString) first = NULL;
  g_autoptr(GString) second = NULL;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  first = pass ((const char *) data, size);
  if (first == NULL)
    return 0;

  second = pass (first->str, first->len);
  g_assert_nonnull (second);
  g_assert_cmpmem (first->str, first->len, second->str, second->len);
  return 0;
}
