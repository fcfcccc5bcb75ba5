/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "launcher/mullion-manifest.h"

#include <glib/gstdio.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static char *folder;

static const char *const names[] = { "index.html", "preload.js", "package.json" };

static void
remove_folder (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static void
write_file (const char    *name,
            const uint8_t *data,
            size_t         size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  /* Not atomic, for it is not to be synced to the disk each time. */
  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
make_folder (void)
{
  if (folder != NULL)
    return;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK);
  folder = g_dir_make_tmp ("mullion-fuzz-XXXXXX", NULL);
  g_assert_nonnull (folder);
  atexit (remove_folder);
  write_file ("index.html", NULL, 0);
  write_file ("preload.js", NULL, 0);
}

static void
assert_good_path (const char *path)
{
  g_auto(GStrv) segments = g_strsplit (path, "/", -1);

  g_assert_false (g_path_is_absolute (path));
  g_assert_false (g_strv_contains ((const char *const *) segments, ".."));
}

/* What is described can be shown. */
static void
assert_good_rules (MullionManifest *manifest)
{
  MullionPermissionRules *permissions = mullion_manifest_get_permissions (manifest);
  MullionDownloadRules *downloads = mullion_manifest_get_downloads (manifest);
  MullionWindowRules *windows = mullion_manifest_get_windows (manifest);
  g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  if (permissions != NULL)
    mullion_permission_rules_describe (permissions, sentences);
  if (downloads != NULL)
    mullion_download_rules_describe (downloads, sentences);
  if (windows != NULL)
    mullion_window_rules_describe (windows, sentences);
  for (guint i = 0; i < sentences->len; i++)
    g_assert_true (g_utf8_validate (sentences->pdata[i], -1, NULL));
}

static void
assert_good (MullionManifest *manifest)
{
  const char *arguments[] = { "--argument", NULL };
  g_autoptr(JsonObject) options = mullion_manifest_create_window_options (manifest, arguments);

  assert_good_rules (manifest);
  assert_good_path (mullion_manifest_get_page (manifest));
  if (mullion_manifest_get_preload (manifest) != NULL)
    assert_good_path (mullion_manifest_get_preload (manifest));
  g_assert_true (g_application_id_is_valid (mullion_manifest_get_app_id (manifest)));
  g_assert_cmpstr (mullion_manifest_get_name (manifest), !=, "");
  if (mullion_manifest_get_grants (manifest) != NULL)
    {
      g_autoptr(JsonNode) json = mullion_grants_to_json (mullion_manifest_get_grants (manifest));
      g_autoptr(MullionGrants) again = mullion_grants_new_from_json (json, NULL);

      g_assert_nonnull (again);
    }
}

/* Whatever stands in package.json: an error that can be shown, or an app that stays in its folder. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionManifest) manifest = NULL;

  make_folder ();
  write_file ("package.json", data, size);
  manifest = mullion_manifest_load (folder, &error);
  if (manifest != NULL)
    {
      g_assert_no_error (error);
      assert_good (manifest);
      return 0;
    }

  g_assert_true (error->domain == MULLION_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return 0;
}
