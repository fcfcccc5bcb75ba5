/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-sandbox-helpers.h"

/*
 * The programs that WebKit makes its sandbox with.
 *
 * Main process. WebKit ends the whole program with a crash when it cannot start one of them, and that
 * is at the first page: so an app looks for them before it starts, and says what to install.
 */

static const struct
{
  const char *program;
  const char *variable; /* (nullable): it is needed where this is set */
} helpers[] = {
  { "bwrap", NULL },
  { "xdg-dbus-proxy", "DBUS_SESSION_BUS_ADDRESS" },
};

static gboolean
is_there (const char *root,
          const char *path)
{
  g_autofree char *full = g_build_filename (root, path, NULL);

  return g_file_test (full, G_FILE_TEST_EXISTS);
}

/* In Flatpak it is Flatpak that makes the sandbox, and in a container WebKit decides for itself. */
static gboolean
does_without (const char *root)
{
  return g_getenv ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS") != NULL ||
         g_getenv ("SNAP") != NULL || is_there (root, ".flatpak-info") ||
         is_there (root, "run/.containerenv");
}

char *
mullion_sandbox_helpers_dup_fault (const char *root)
{
  if (does_without (root))
    return NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (helpers); i++)
    {
      g_autofree char *path = g_find_program_in_path (helpers[i].program);

      if (path == NULL && (helpers[i].variable == NULL || g_getenv (helpers[i].variable) != NULL))
        return g_strdup_printf ("the program %s is missing, and without it WebKit shows no page: "
                                "install bubblewrap and xdg-dbus-proxy", helpers[i].program);
    }

  return NULL;
}
