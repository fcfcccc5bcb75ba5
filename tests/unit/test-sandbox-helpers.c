/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "app/mullion-sandbox-helpers.h"

#include <glib/gstdio.h>

/* What is said of machines that lack a program. The PATH is a folder of the test. */

typedef struct
{
  char *folder;
} Fixture;

static void
write_file (Fixture    *fixture,
            const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("mullion-helpers-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  g_setenv ("PATH", fixture->folder, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  g_unsetenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS");
  g_unsetenv ("SNAP");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const names[] = { "bwrap", "xdg-dbus-proxy", ".flatpak-info" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static void
assert_missing (Fixture    *fixture,
                const char *program)
{
  g_autofree char *fault = mullion_sandbox_helpers_dup_fault (fixture->folder);
  g_autofree char *start = g_strdup_printf ("the program %s is missing, ", program);

  g_assert_nonnull (fault);
  g_assert_true (g_str_has_prefix (fault, start));
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  assert_missing (fixture, "bwrap");
  write_file (fixture, "bwrap");
  assert_missing (fixture, "xdg-dbus-proxy");
  write_file (fixture, "xdg-dbus-proxy");
  g_assert_null (mullion_sandbox_helpers_dup_fault (fixture->folder));
}

/* The bus needs no proxy where there is none. */
static void
test_no_bus (Fixture       *fixture,
             gconstpointer  data)
{
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  assert_missing (fixture, "bwrap");
  write_file (fixture, "bwrap");
  g_assert_null (mullion_sandbox_helpers_dup_fault (fixture->folder));
}

static void
test_not_needed (Fixture       *fixture,
                 gconstpointer  data)
{
  assert_missing (fixture, "bwrap");
  write_file (fixture, ".flatpak-info");
  g_assert_null (mullion_sandbox_helpers_dup_fault (fixture->folder));
}

static void
test_no_sandbox (Fixture       *fixture,
                 gconstpointer  data)
{
  g_setenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1", TRUE);
  g_assert_null (mullion_sandbox_helpers_dup_fault (fixture->folder));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/sandbox-helpers/missing", Fixture, NULL, set_up, test_missing, tear_down);
  g_test_add ("/sandbox-helpers/no-bus", Fixture, NULL, set_up, test_no_bus, tear_down);
  g_test_add ("/sandbox-helpers/not-needed", Fixture, NULL, set_up, test_not_needed, tear_down);
  g_test_add ("/sandbox-helpers/no-sandbox", Fixture, NULL, set_up, test_no_sandbox, tear_down);

  return g_test_run ();
}
