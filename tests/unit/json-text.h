/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-json-reader.h"
#include "mullion-json-writer.h"

#include <string.h>

/* For tests of the reader and the writer of the wire's JSON. */

/* Reads all of @text out of a block of just its size, so that a sanitizer sees
 * a step beyond its end. */
static JsonNode *
read_bytes (const char *text,
            gsize length,
            guint max_depth,
            GError **error)
{
  g_autofree char *block = g_memdup2 (text, length);

  return mullion_json_read (block, length, max_depth, error);
}

static JsonNode *
read_text (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = read_bytes (text, strlen (text), MULLION_JSON_MAX_DEPTH, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

static void
assert_refused (const char *text,
                gsize length,
                MullionJsonError code,
                const char *message)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = read_bytes (text, length, MULLION_JSON_MAX_DEPTH, &error);

  g_assert_null (node);
  g_assert_error (error, MULLION_JSON_ERROR, (int) code);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

static void
assert_written (JsonNode *node,
                const char *expected)
{
  g_autofree char *text = mullion_json_to_string (node);

  g_assert_cmpstr (text, ==, expected);
}
