/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Expected warnings, for code that logs structured: g_test_expect_message () does
 * not see that. A warning that nobody expects still aborts the test. */

static GQueue expected_warnings = G_QUEUE_INIT;

static const char *
find_log_field (const GLogField *fields,
                gsize            n_fields,
                const char      *key)
{
  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, key))
        return fields[i].value;
    }
  return NULL;
}

static GLogWriterOutput
check_warning (GLogLevelFlags   level,
               const GLogField *fields,
               gsize            n_fields,
               gpointer         user_data)
{
  const char *message = find_log_field (fields, n_fields, "MESSAGE");
  const char *pattern = g_queue_peek_head (&expected_warnings);

  if (!(level & G_LOG_LEVEL_WARNING) || pattern == NULL ||
      !g_pattern_match_simple (pattern, message))
    return g_log_writer_default (level, fields, n_fields, user_data);

  g_free (g_queue_pop_head (&expected_warnings));
  return G_LOG_WRITER_HANDLED;
}

/* Once, at the start of main (). */
static inline void
watch_warnings (void)
{
  g_log_set_writer_func (check_warning, NULL, NULL);
}

/* The next warnings must match the patterns, in their order. */
static inline void
expect_warning (const char *pattern)
{
  g_queue_push_tail (&expected_warnings, g_strdup (pattern));
}

#define assert_warned() g_assert_cmpstr (g_queue_peek_head (&expected_warnings), ==, NULL)
