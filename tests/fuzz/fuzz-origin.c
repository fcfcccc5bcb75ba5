/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-error.h"
#include "mullion-origin.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
assert_has_only_origin (const char *origin)
{
  g_autoptr(GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);

  g_assert_nonnull (uri);
  g_assert_null (g_uri_get_userinfo (uri));
  g_assert_cmpstr (g_uri_get_path (uri), ==, "");
  g_assert_null (g_uri_get_query (uri));
  g_assert_null (g_uri_get_fragment (uri));
  for (const char *c = origin; *c != '\0'; c++)
    g_assert_true (g_ascii_isgraph (*c) && !g_ascii_isupper (*c) && *c != '*');
}

/* What is trusted is an origin, in the one spelling that WebKit has for it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr(GError) error = NULL;

  if (mullion_origin_check (text, &error))
    {
      g_assert_no_error (error);
      assert_has_only_origin (text);
    }
  else
    g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);

  return 0;
}
