/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "launcher/mullion-checklist.h"

#include <glib/gstdio.h>

/* Electron's security checklist, held against apps that are written here. */

typedef struct
{
  char *folder;
  GPtrArray *files; /* of char *: what was written */
} Fixture;

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_ptr_array_add (fixture->files, path);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp (NULL, NULL);
  fixture->files = g_ptr_array_new_with_free_func (g_free);
  write_file (fixture, "index.html", "<!doctype html><title>App</title>\n");
  write_file (fixture, "preload.js",
              "'use strict';\nx = (note) => ipcRenderer.invoke('save', note);\n");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < fixture->files->len; i++)
    g_unlink (fixture->files->pdata[i]);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_ptr_array_unref (fixture->files);
  g_free (fixture->folder);
}

static MullionChecklist *
check (Fixture    *fixture,
       const char *in_mullion)
{
  g_autofree char *text =
    g_strdup_printf ("{ \"name\": \"app\", \"version\": \"1.0.0\", \"mullion\": { \"page\": "
                     "\"index.html\"%s%s } }", *in_mullion != '\0' ? ", " : "", in_mullion);
  g_autoptr(MullionManifest) manifest = NULL;
  g_autoptr(GError) error = NULL;

  write_file (fixture, "package.json", text);
  manifest = mullion_manifest_load (fixture->folder, &error);
  g_assert_no_error (error);

  return mullion_checklist_new (manifest);
}

/* What is found under an item, "" when that is nothing. */
static char *
dup_findings (MullionChecklist *checklist,
              guint             number)
{
  g_autofree char *text = mullion_checklist_dup_json (checklist);
  g_autoptr(JsonNode) node = json_from_string (text, NULL);
  JsonArray *list = json_object_get_array_member (json_node_get_object (node), "checklist");
  JsonObject *item = json_array_get_object_element (list, number - 1);
  JsonArray *findings = json_object_get_array_member (item, "findings");
  g_autoptr(GString) found = g_string_new (NULL);

  g_assert_cmpint (json_object_get_int_member (item, "number"), ==, number);
  for (guint i = 0; i < json_array_get_length (findings); i++)
    g_string_append_printf (found, "%s;", json_array_get_string_element (findings, i));
  g_assert_cmpstr (json_object_get_string_member (item, "state"), ==,
                   found->len > 0 ? "look" : "ok");
  g_assert_cmpint (json_object_has_member (item, "advice"), ==, found->len > 0);

  return g_strdup (found->str);
}

static void
assert_finds (Fixture    *fixture,
              const char *in_mullion,
              guint       number,
              const char *expected)
{
  g_autoptr(MullionChecklist) checklist = check (fixture, in_mullion);
  g_autofree char *found = dup_findings (checklist, number);

  g_test_message ("%u: %s", number, found);
  g_assert_false (mullion_checklist_is_clean (checklist));
  g_assert_nonnull (strstr (found, expected));
}

static void
test_clean (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(MullionChecklist) checklist =
    check (fixture, "\"grants\": [ \"notes:*\" ], \"window\": { \"webPreferences\": "
                    "{ \"sandbox\": true } }");
  g_autofree char *report = mullion_checklist_dup_report (checklist);

  g_test_message ("%s", report);
  g_assert_true (mullion_checklist_is_clean (checklist));
  g_assert_true (g_str_has_prefix (report, "ok     1. Only load secure content\n"));
  g_assert_nonnull (strstr (report, "\nok    20. Do not expose Electron APIs"));
  g_assert_null (strstr (report, "\nlook"));
}

static void
test_manifest (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct { guint number; const char *in_mullion; const char *found; } cases[] = {
    { 5, "\"permissions\": [ \"media\" ]", "the app's pages may have media" },
    { 5, "\"permissions\": [ { \"permissions\": [\"media\"], \"origin\": \"https://a.example\" } ]",
      "https://a.example may have media" },
    { 5, "\"downloads\": \"downloads\"", "the user's folder for downloads" },
    { 7, "\"contentSecurityPolicy\": \"script-src *\"", ";" },
    { 12, "\"capabilities\": { \"views\": { \"origins\": [ \"https://example.org\" ] } }",
      "pages may show https://example.org in views" },
    { 13, "\"origins\": [ \"https://example.org\" ]", "pages may go to https://example.org" },
    { 13, "\"navigation\": [ \"https://example.org\" ]", "pages may go to https://example.org" },
    { 14, "\"windows\": { \"origins\": [ \"https://example.org\" ] }", "windows of https://example.org" },
    { 15, "\"capabilities\": [ \"open-external\" ]", "open-external" },
    { 15, "\"capabilities\": [ \"shell\" ]", "https: links opened, by the capability shell" },
    { 15, "\"capabilities\": { \"shell\": { \"schemes\": [\"mailto\"] } }",
      "mailto: links opened, by the capability shell" },
    { 17, "", "there are no grants" },
    { 19, "\"window\": { \"webPreferences\": { \"devTools\": true } }", "the developer tools are on" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_finds (fixture, cases[i].in_mullion, cases[i].number, cases[i].found);
}

static void
test_preferences (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct { guint number; const char *option; const char *value; } cases[] = {
    { 2, "nodeIntegration", "true" },
    { 3, "contextIsolation", "false" },
    { 4, "sandbox", "false" },
    { 6, "webSecurity", "false" },
    { 8, "allowRunningInsecureContent", "true" },
    { 9, "experimentalFeatures", "true" },
    { 10, "enableBlinkFeatures", "\"CSSVariables\"" },
    { 11, "webviewTag", "true" },
    { 17, "nodeIntegrationInSubFrames", "true" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *in_mullion =
        g_strdup_printf ("\"window\": { \"webPreferences\": { \"%s\": %s } }", cases[i].option,
                         cases[i].value);

      assert_finds (fixture, in_mullion, cases[i].number, cases[i].option);
    }
}

static void
test_texts (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { guint number; const char *file; const char *text; const char *found; }
  cases[] = {
    { 1, "index.html", "<p>\n<script src='http://example.org/x.js'></script>",
      "index.html:2: src='http://" },
    { 18, "page.js", "fetch('file:///etc/passwd')", "page.js:1: 'file://" },
    { 20, "preload.js", "contextBridge.exposeInMainWorld('api', ipcRenderer);",
      "preload.js:1: exposeInMainWorld('api', ipcRenderer" },
    { 20, "preload.js", "x = {\n send: (channel, ...args) => ipcRenderer.send(channel, ...args) };",
      "preload.js:2: ipcRenderer.send(channel" },
    { 20, "preload.js", "x = (...args) => ipcRenderer.invoke(...args);",
      "preload.js:1: ipcRenderer.invoke(..." },
    { 20, "preload.js", "x = (c, ...rest) => ipcRenderer.invoke( c , ...rest);",
      "preload.js:1: ipcRenderer.invoke( c" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      write_file (fixture, cases[i].file, cases[i].text);
      assert_finds (fixture, "", cases[i].number, cases[i].found);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/checklist/clean", Fixture, NULL, set_up, test_clean, tear_down);
  g_test_add ("/checklist/manifest", Fixture, NULL, set_up, test_manifest, tear_down);
  g_test_add ("/checklist/preferences", Fixture, NULL, set_up, test_preferences, tear_down);
  g_test_add ("/checklist/texts", Fixture, NULL, set_up, test_texts, tear_down);

  return g_test_run ();
}
