/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-path.h"
#include "mullion-error.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ORIGIN "app://org.example.notes"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

static void
assert_stays_inside (const char *relative)
{
  g_auto(GStrv) segments = g_strsplit (relative, "/", -1);

  g_assert_true (g_utf8_validate (relative, -1, NULL));
  g_assert_null (strchr (relative, '\\'));
  g_assert_false (g_path_is_absolute (relative));
  for (gsize i = 0; segments[i] != NULL; i++)
    g_assert_false (g_str_equal (segments[i], "..") || g_str_equal (segments[i], "."));
}

/* An address is refused with an error, or gives a path that stays inside and
 * that has one address only, which leads to it again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *uri = g_strconcat (ORIGIN, text, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *relative = mullion_app_path_decode (uri, ORIGIN, &error);
  g_autofree char *encoded = NULL;
  g_autofree char *again = NULL;
  g_autofree char *back = NULL;

  if (relative == NULL)
    {
      g_assert_true (error->domain == MULLION_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_no_error (error);
  assert_stays_inside (relative);

  encoded = mullion_app_path_encode (relative, &error);
  g_assert_no_error (error);
  again = g_strconcat (ORIGIN, encoded, NULL);
  back = mullion_app_path_decode (again, ORIGIN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back, ==, relative);

  return 0;
}
