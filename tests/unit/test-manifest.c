/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "launcher/desktop/mullion-desktop.h"
#include "launcher/mullion-manifest-checks.h"
#include "launcher/mullion-manifest.h"
#include "tests/test-folder.h"

#include <glib/gstdio.h>
#include <unistd.h>

/*
 * package.json: what a good one says, and what is said about a bad one. Each folder is made for its
 * test alone, with index.html, preload.js and a few things that a manifest must not point at.
 */

typedef struct
{
  char *folder;
} Fixture;

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_link (Fixture    *fixture,
           const char *name,
           const char *target)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *inner = NULL;

  fixture->folder = g_dir_make_tmp ("mullion-manifest-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  inner = g_build_filename (fixture->folder, "sub", NULL);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  write_file (fixture, "index.html", "<p>");
  write_file (fixture, "preload.js", "");
  write_file (fixture, "sub/page.html", "<p>");
  write_file (fixture, "module.so", "no module");
  make_link (fixture, "inside.html", "sub/page.html");
  make_link (fixture, "outside.html", "/etc/passwd");
  make_link (fixture, "outside", "/etc");
  make_link (fixture, "dangling.html", "nowhere.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static MullionManifest *
load_text (Fixture     *fixture,
           const char  *text,
           GError     **error)
{
  write_file (fixture, "package.json", text);
  return mullion_manifest_load (fixture->folder, error);
}

static MullionManifest *
load_good (Fixture    *fixture,
           const char *text)
{
  g_autoptr (GError) error = NULL;
  MullionManifest *manifest = load_text (fixture, text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (manifest);
  return manifest;
}

static void
test_defaults (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest = load_good (fixture, "{ \"name\": \"my-app\" }");

  g_assert_cmpstr (mullion_manifest_get_folder (manifest), ==, fixture->folder);
  g_assert_cmpstr (mullion_manifest_get_name (manifest), ==, "my-app");
  g_assert_cmpstr (mullion_manifest_get_version (manifest), ==, "0.0.0");
  g_assert_cmpstr (mullion_manifest_get_app_id (manifest), ==, "io.github.mullion.app.my-app");
  g_assert_cmpstr (mullion_manifest_get_page (manifest), ==, "index.html");
  g_assert_null (mullion_manifest_get_preload (manifest));
  g_assert_null (mullion_manifest_get_module (manifest));
  g_assert_null (mullion_manifest_get_policy (manifest));
  g_assert_null (mullion_manifest_get_capabilities (manifest)[0]);
  g_assert_null (mullion_manifest_get_origins (manifest)[0]);
  g_assert_null (mullion_manifest_get_grants (manifest));
  g_assert_null (mullion_manifest_get_downloads (manifest));
  g_assert_null (mullion_manifest_get_permissions (manifest));
  g_assert_null (mullion_manifest_get_windows (manifest));
  g_assert_null (mullion_manifest_get_schemes (manifest));
  g_assert_null (mullion_manifest_get_filters (manifest));
  g_assert_null (mullion_manifest_get_user_agent (manifest));
  g_assert_null (mullion_manifest_get_proxy (manifest));
  g_assert_null (mullion_manifest_get_navigation (manifest)[0]);
  g_assert_cmpuint (g_hash_table_size (mullion_manifest_get_schemas (manifest)), ==, 0);
  g_assert_null (mullion_manifest_get_warnings (manifest)[0]);

  g_assert_finalize_object (g_steal_pointer (&manifest));
}

/* The object says how much of a capability; false is none of it. */
static void
test_capabilities (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest =
    load_good (fixture, "{ \"name\": \"my-app\", \"mullion\": { \"preload\": \"mullion/desktop\","
                        "  \"capabilities\": { \"dialog\": true, \"clipboard\": false,"
                        "    \"shell\": { \"schemes\": [\"https\", \"mailto\"] } } } }");
  const char *const *names = mullion_manifest_get_capabilities (manifest);
  JsonObject *options = mullion_manifest_get_capability_options (manifest, "shell");

  g_assert_cmpuint (g_strv_length ((GStrv) names), ==, 2);
  g_assert_cmpstr (names[0], ==, "dialog");
  g_assert_cmpstr (names[1], ==, "shell");
  g_assert_null (mullion_manifest_get_capability_options (manifest, "dialog"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (options, "schemes")), ==, 2);
  g_assert_cmpstr (mullion_manifest_get_preload (manifest), ==, mullion_desktop_get_preload ());
}

static const char full_text[] =
  "{ \"name\": \"@team/app\", \"version\": \"1.2.3\", \"productName\": \"The App\","
  "  \"dependencies\": { \"left-pad\": \"1\" },"
  "  \"mullion\": {"
  "    \"page\": \"sub/page.html\", \"preload\": \"preload.js\", \"module\": \"module.so\","
  "    \"window\": { \"width\": 700, \"title\": \"Hello\", \"webPreferences\":"
  "      { \"zoomFactor\": 1.5, \"additionalArguments\": [\"--first\"] } },"
  "    \"arguments\": [\"--second\"],"
  "    \"capabilities\": [\"text-files\", \"dialogs\", \"app-info\", \"system-info\","
  "                       \"open-external\"],"
  "    \"origins\": [\"https://example.org\", \"http://localhost:5173\"],"
  "    \"grants\": [\"notes:*\"],"
  "    \"schemas\": { \"notes:save\": [{ \"type\": \"string\" }] },"
  "    \"programs\": { \"lint\": [\"node\", \"lint.js\"] },"
  "    \"topics\": [\"news\", \"notes/saved\"],"
  "    \"bus\": \"org.example.Shared\","
  "    \"contentSecurityPolicy\": \"default-src 'self'\","
  "    \"appId\": \"org.example.App\" } }";

static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest = load_good (fixture, full_text);
  const char *const *origins = mullion_manifest_get_origins (manifest);

  g_assert_cmpstr (mullion_manifest_get_name (manifest), ==, "The App");
  g_assert_cmpstr (mullion_manifest_get_version (manifest), ==, "1.2.3");
  g_assert_cmpstr (mullion_manifest_get_app_id (manifest), ==, "org.example.App");
  g_assert_cmpstr (mullion_manifest_get_page (manifest), ==, "sub/page.html");
  g_assert_cmpstr (mullion_manifest_get_preload (manifest), ==, "preload.js");
  g_assert_cmpstr (mullion_manifest_get_module (manifest), ==, "module.so");
  g_assert_cmpstr (mullion_manifest_get_policy (manifest), ==, "default-src 'self'");
  g_assert_cmpint (g_strv_length ((GStrv) mullion_manifest_get_capabilities (manifest)), ==, 5);
  g_assert_cmpint (g_strv_length ((GStrv) origins), ==, 2);
  g_assert_cmpstr (origins[1], ==, "http://localhost:5173");
  g_assert_true (MULLION_IS_GRANTS (mullion_manifest_get_grants (manifest)));
  g_assert_cmpstr (((GStrv) g_hash_table_lookup (mullion_manifest_get_programs (manifest),
                                                 "lint"))[1], ==, "lint.js");
  g_assert_cmpstr (mullion_manifest_get_topics (manifest)[1], ==, "notes/saved");
  g_assert_cmpstr (mullion_manifest_get_bus (manifest), ==, "org.example.Shared");
  g_assert_cmpuint (g_hash_table_size (mullion_manifest_get_schemas (manifest)), ==, 1);
  g_assert_true (MULLION_IS_SCHEMA (g_hash_table_lookup (mullion_manifest_get_schemas (manifest),
                                                         "notes:save")));
  g_assert_null (mullion_manifest_get_warnings (manifest)[0]);
}

/* A server in the place of a local bus. */
static void
test_redis (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest =
    load_good (fixture, "{ \"name\": \"a\", \"mullion\": { \"page\": \"index.html\", "
                        "\"bus\": \"rediss://me:secret@example.org\" } }");

  g_assert_cmpstr (mullion_manifest_get_bus (manifest), ==, "rediss://me:secret@example.org");
}

/* The web writes an origin in one way. */
static void
test_rules (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest =
    load_good (fixture, "{ \"name\": \"a\", \"mullion\": {"
                        "  \"navigation\": [ \"https://Example.org:443\" ],"
                        "  \"downloads\": { \"to\": \"data\", \"maxBytes\": 1000 }, \"windows\": {},"
                        "  \"permissions\": [ \"media\", { \"permissions\": [ \"media\" ],"
                        "    \"origin\": \"https://EXAMPLE.org\", \"mediaTypes\": [ \"audio\" ] } ] } }");
  MullionPermissionRules *permissions = mullion_manifest_get_permissions (manifest);
  const char *const audio[] = { "audio", NULL };
  const char *const both[] = { "audio", "video", NULL };

  g_assert_cmpstr (mullion_manifest_get_navigation (manifest)[0], ==, "https://example.org");
  g_assert_nonnull (mullion_manifest_get_downloads (manifest));
  g_assert_nonnull (mullion_manifest_get_windows (manifest));
  g_assert_true (mullion_permission_rules_allow (permissions, "media", NULL, both));
  g_assert_true (mullion_permission_rules_allow (permissions, "media", NULL, NULL));
  g_assert_true (mullion_permission_rules_allow (permissions, "media", "https://example.org", audio));
  g_assert_false (mullion_permission_rules_allow (permissions, "media", "https://example.org", both));
  /* What is not said is not given. */
  g_assert_false (mullion_permission_rules_allow (permissions, "media", "https://example.org", NULL));
  g_assert_false (mullion_permission_rules_allow (permissions, "media", "https://example.com", audio));
  g_assert_false (mullion_permission_rules_allow (permissions, "geolocation", NULL, NULL));
}

static void
test_window_options (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest = load_good (fixture, full_text);
  const char *const arguments[] = { "--third", NULL };
  g_autoptr (JsonObject) options = NULL;
  g_autoptr (JsonObject) again = NULL;
  JsonObject *preferences;
  JsonArray *all;

  options = mullion_manifest_create_window_options (manifest, arguments);
  g_assert_cmpint (json_object_get_int_member (options, "width"), ==, 700);
  g_assert_cmpstr (json_object_get_string_member (options, "title"), ==, "Hello");
  preferences = json_object_get_object_member (options, "webPreferences");
  g_assert_cmpstr (json_object_get_string_member (preferences, "preload"), ==, "preload.js");
  g_assert_cmpfloat (json_object_get_double_member (preferences, "zoomFactor"), ==, 1.5);
  all = json_object_get_array_member (preferences, "additionalArguments");
  g_assert_cmpint (json_array_get_length (all), ==, 3);
  g_assert_cmpstr (json_array_get_string_element (all, 0), ==, "--first");
  g_assert_cmpstr (json_array_get_string_element (all, 1), ==, "--second");
  g_assert_cmpstr (json_array_get_string_element (all, 2), ==, "--third");

  /* The first options were ours to change: the manifest is not. */
  again = mullion_manifest_create_window_options (manifest, NULL);
  preferences = json_object_get_object_member (again, "webPreferences");
  all = json_object_get_array_member (preferences, "additionalArguments");
  g_assert_cmpint (json_array_get_length (all), ==, 2);
}

static void
test_window_title (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest = load_good (fixture, "{ \"name\": \"my-app\" }");
  g_autoptr (JsonObject) options = mullion_manifest_create_window_options (manifest, NULL);

  g_assert_cmpstr (json_object_get_string_member (options, "title"), ==, "my-app");
  g_assert_false (json_object_has_member (json_object_get_object_member (options, "webPreferences"),
                                          "preload"));
}

static void
test_unknown_key (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest = NULL;
  const char *const *warnings;

  manifest = load_good (fixture, "{ \"name\": \"a\", \"scripts\": {}, "
                                 "\"mullion\": { \"pages\": \"index.html\" } }");
  warnings = mullion_manifest_get_warnings (manifest);
  g_assert_cmpint (g_strv_length ((GStrv) warnings), ==, 1);
  g_assert_nonnull (strstr (warnings[0], "package.json"));
  g_assert_nonnull (strstr (warnings[0], "\"mullion.pages\""));
}

static void
test_link_inside (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (MullionManifest) manifest = NULL;

  manifest = load_good (fixture, "{ \"name\": \"a\", \"mullion\": { \"page\": \"inside.html\" } }");
  g_assert_cmpstr (mullion_manifest_get_page (manifest), ==, "inside.html");
}

static void
test_package_file (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "package.json", NULL);
  g_autoptr (MullionManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture, "package.json", "{ \"name\": \"my-app\" }");
  manifest = mullion_manifest_load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mullion_manifest_get_folder (manifest), ==, fixture->folder);
}

static void
test_bare_page (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "index.html", NULL);
  g_autofree char *other_file = g_build_filename (fixture->folder, "sub", "page.html", NULL);
  g_autoptr (MullionManifest) manifest = mullion_manifest_load (file, NULL);
  g_autoptr (MullionManifest) other = mullion_manifest_load (other_file, NULL);

  g_assert_nonnull (manifest);
  g_assert_nonnull (other);
  g_assert_cmpstr (mullion_manifest_get_folder (manifest), ==, fixture->folder);
  g_assert_cmpstr (mullion_manifest_get_page (manifest), ==, "index.html");
  g_assert_null (mullion_manifest_get_capabilities (manifest)[0]);
  g_assert_true (g_application_id_is_valid (mullion_manifest_get_app_id (manifest)));
  g_assert_cmpstr (mullion_manifest_get_app_id (manifest), !=,
                   mullion_manifest_get_app_id (other));
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "nowhere", NULL);
  g_autoptr (MullionManifest) manifest = NULL;
  g_autoptr (GError) no_folder = NULL;
  g_autoptr (GError) no_file = NULL;

  manifest = mullion_manifest_load (nowhere, &no_folder);
  g_assert_null (manifest);
  g_assert_error (no_folder, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (no_folder->message, nowhere));

  manifest = mullion_manifest_load (fixture->folder, &no_file);
  g_assert_null (manifest);
  g_assert_error (no_file, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (no_file->message, "package.json"));
}

static void
test_no_index (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *index = g_build_filename (fixture->folder, "index.html", NULL);
  g_autoptr (MullionManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_remove (index), ==, 0);
  manifest = load_text (fixture, "{ \"name\": \"a\" }", &error);
  g_assert_null (manifest);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "\"mullion.page\""));
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *blanks = g_strnfill (1024 * 1024 + 1, ' ');
  g_autoptr (MullionManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;

  manifest = load_text (fixture, blanks, &error);
  g_assert_null (manifest);
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "1 MiB"));
}

/* What is wrong, what the message names, and what it says was expected. */
typedef struct
{
  const char *name;
  const char *text;
  int code;
  const char *key;
  const char *expected;
} BadCase;

#define IN_MULLION(text) "{ \"name\": \"a\", \"mullion\": { " text " } }"

#define BAD(name, key, text, expected) \
  { name, "{ \"name\": \"a\", \"mullion\": { \"" key "\": " text " } }", \
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion." key "\"", expected }

static const BadCase bad_cases[] = {
  BAD ("permissions-type", "permissions", "\"media\"", "must be an array of permissions"),
  BAD ("permissions-name", "permissions", "[ \"camera\" ]", "\"camera\", which is no permission"),
  BAD ("permissions-element", "permissions", "[ 1 ]", "must be a string, not a number"),
  BAD ("permissions-none", "permissions", "[ { \"origin\": \"https://a.example\" } ]",
       "without \"permissions\""),
  BAD ("permissions-key", "permissions", "[ { \"permission\": [] } ]", "unknown key \"permission\""),
  BAD ("permissions-origin", "permissions",
       "[ { \"permissions\": [ \"media\" ], \"origin\": \"http://a.example\" } ]",
       "expected an origin"),
  BAD ("permissions-types", "permissions",
       "[ { \"permissions\": [ \"geolocation\" ], \"mediaTypes\": [ \"audio\" ] } ]",
       "for \"media\" alone"),
  BAD ("permissions-no-types", "permissions",
       "[ { \"permissions\": [ \"media\" ], \"mediaTypes\": [] } ]", "no \"mediaTypes\""),
  BAD ("downloads-type", "downloads", "true", "must be a string, not a boolean"),
  BAD ("downloads-place", "downloads", "\"/tmp\"", "must say where files go"),
  BAD ("downloads-no-place", "downloads", "{ \"maxBytes\": 5 }", "must say where files go"),
  BAD ("downloads-bytes", "downloads", "{ \"to\": \"data\", \"maxBytes\": 0.5 }",
       "\"maxBytes\" that is no whole number"),
  BAD ("downloads-count", "downloads", "{ \"to\": \"data\", \"maxAtOnce\": 0 }",
       "\"maxAtOnce\" that is no whole number"),
  BAD ("downloads-key", "downloads", "{ \"to\": \"data\", \"limit\": 1 }", "unknown key \"limit\""),
  BAD ("schemes-type", "schemes", "[]", "must be an object with up to 16 schemes"),
  BAD ("schemes-name", "schemes", "{ \"My Notes\": { \"folder\": \"sub\" } }",
       "names \"My Notes\": \"My Notes\" is no scheme: expected small letters"),
  { "schemes-reserved", IN_MULLION ("\"schemes\": { \"https\": { \"folder\": \"sub\" } }"),
    MULLION_ERROR_NOT_ALLOWED, "\"mullion.schemes\"", "has somebody who answers it" },
#define SCHEME(name, rule, code, expected) \
  { name, IN_MULLION ("\"schemes\": { \"notes\": " rule " }"), code, \
    "\"mullion.schemes.notes\"", expected }
  SCHEME ("scheme-type", "\"sub\"", MULLION_ERROR_INVALID_ARGUMENT, "a folder of the app, or"),
  SCHEME ("scheme-none", "{}", MULLION_ERROR_INVALID_ARGUMENT, "a folder of the app, or"),
  SCHEME ("scheme-both", "{ \"folder\": \"sub\", \"data\": \"a\" }", MULLION_ERROR_INVALID_ARGUMENT,
          "a folder of the app, or"),
  SCHEME ("scheme-key", "{ \"path\": \"sub\" }", MULLION_ERROR_INVALID_ARGUMENT,
          "a folder of the app, or"),
  SCHEME ("scheme-missing", "{ \"folder\": \"none\" }", MULLION_ERROR_NOT_FOUND,
          "there is no such folder in"),
  SCHEME ("scheme-file", "{ \"folder\": \"index.html\" }", MULLION_ERROR_INVALID_ARGUMENT,
          "expected a folder, and this is none"),
  SCHEME ("scheme-up", "{ \"folder\": \"..\" }", MULLION_ERROR_NOT_ALLOWED, "stays in it"),
  SCHEME ("scheme-out", "{ \"folder\": \"outside\" }", MULLION_ERROR_NOT_ALLOWED,
          "this link leads out of the app's folder"),
  SCHEME ("scheme-data-up", "{ \"data\": \"../..\" }", MULLION_ERROR_NOT_ALLOWED,
          "no folder as in text-files"),
  SCHEME ("scheme-data-absolute", "{ \"data\": \"/etc\" }", MULLION_ERROR_NOT_ALLOWED,
          "no folder as in text-files"),
  BAD ("filters-type", "contentFilters", "[]", "must be an object with the rules of filters"),
  BAD ("filters-name", "contentFilters", "{ \"a b\": [] }", "names \"a b\""),
  { "filters-rules", IN_MULLION ("\"contentFilters\": { \"ads\": {} }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.contentFilters.ads\"", "must be an array of rules" },
  { "filters-missing", IN_MULLION ("\"contentFilters\": { \"ads\": \"none.json\" }"),
    MULLION_ERROR_NOT_FOUND, "\"mullion.contentFilters.ads\"", "there is no such file" },
  BAD ("user-agent-lines", "userAgent", "\"a\\r\\nb: c\"", "of one line"),
  BAD ("user-agent-letters", "userAgent", "\"N\u00f6tes\"", "printable ASCII"),
  BAD ("proxy-type", "proxy", "\"proxy:80\"", "must be an object such as"),
  BAD ("proxy-key", "proxy", "{ \"pacScript\": \"a\" }", "unknown key \"pacScript\""),
  BAD ("navigation-type", "navigation", "\"https://a.example\"", "must be an array of strings"),
  BAD ("navigation-path", "navigation", "[ \"https://a.example/page\" ]", "without path"),
  BAD ("windows-type", "windows", "true", "must be an object"),
  BAD ("windows-max", "windows", "{ \"max\": -1 }", "\"max\" that is no whole number"),
  BAD ("windows-options", "windows", "{ \"options\": [] }", "that are no object"),
  BAD ("windows-preferences", "windows", "{ \"options\": { \"webPreferences\": {} } }",
       "those of its opener"),
  BAD ("windows-origins", "windows", "{ \"origins\": [ \"*\" ] }", "expected an origin"),
  { "broken", "{ \"name\": \"a\",\n \"mullion\": {", MULLION_ERROR_INVALID_ARGUMENT, "not JSON: 2:",
    "Parse error" },
  { "empty", "", MULLION_ERROR_INVALID_ARGUMENT, "package.json", "JSON" },
  { "no-object", "[]", MULLION_ERROR_INVALID_ARGUMENT, "package.json", "a JSON object" },
  { "not-utf8", "{ \"name\": \"\xff\" }", MULLION_ERROR_INVALID_ARGUMENT, "package.json", "UTF-8" },
  { "no-name", "{}", MULLION_ERROR_INVALID_ARGUMENT, "\"name\"", "is missing" },
  { "name-type", "{ \"name\": 1 }", MULLION_ERROR_INVALID_ARGUMENT, "\"name\"",
    "must be a string, not a number" },
  { "name-empty", "{ \"name\": \"\" }", MULLION_ERROR_INVALID_ARGUMENT, "\"name\"", "not empty" },
  { "version-type", "{ \"name\": \"a\", \"version\": true }", MULLION_ERROR_INVALID_ARGUMENT,
    "\"version\"", "not a boolean" },
  { "product-type", "{ \"name\": \"a\", \"productName\": null }", MULLION_ERROR_INVALID_ARGUMENT,
    "\"productName\"", "not null" },
  { "mullion-type", "{ \"name\": \"a\", \"mullion\": [] }", MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion\"", "must be an object" },
  { "page-type", IN_MULLION ("\"page\": {}"), MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.page\"",
    "not an object" },
  { "page-missing", IN_MULLION ("\"page\": \"x.html\""), MULLION_ERROR_NOT_FOUND,
    "\"mullion.page\"", "x.html" },
  { "page-folder", IN_MULLION ("\"page\": \"sub\""), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.page\"", "expected a file" },
  { "page-absolute", IN_MULLION ("\"page\": \"/etc/passwd\""), MULLION_ERROR_NOT_ALLOWED,
    "\"mullion.page\"", "relative to the app's folder" },
  { "page-parent", IN_MULLION ("\"page\": \"sub/../../x.html\""), MULLION_ERROR_NOT_ALLOWED,
    "\"mullion.page\"", "stays in it" },
  { "page-link", IN_MULLION ("\"page\": \"outside.html\""), MULLION_ERROR_NOT_ALLOWED,
    "\"mullion.page\"", "leads out of the app's folder" },
  { "page-dangling", IN_MULLION ("\"page\": \"dangling.html\""), MULLION_ERROR_NOT_FOUND,
    "\"mullion.page\"", "no such file" },
  { "page-uri", IN_MULLION ("\"page\": \"https://example.org\""), MULLION_ERROR_NOT_ALLOWED,
    "\"mullion.page\"", "relative to the app's folder" },
  { "preload-missing", IN_MULLION ("\"preload\": \"p.js\""), MULLION_ERROR_NOT_FOUND,
    "\"mullion.preload\"", "p.js" },
  { "preload-twice", IN_MULLION ("\"preload\": \"preload.js\", \"window\": { \"webPreferences\": "
                                 "{ \"preload\": \"preload.js\" } }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.window.webPreferences.preload\"", "twice" },
  { "preload-out", IN_MULLION ("\"window\": { \"webPreferences\": { \"preload\": \"../p.js\" } }"),
    MULLION_ERROR_NOT_ALLOWED, "\"mullion.window.webPreferences.preload\"", "relative" },
  { "window-type", IN_MULLION ("\"window\": 800"), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.window\"", "an object" },
  { "preferences-type", IN_MULLION ("\"window\": { \"webPreferences\": [] }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.window.webPreferences\"", "an object" },
  { "additional-type", IN_MULLION ("\"window\": { \"webPreferences\": { \"additionalArguments\": "
                                   "\"x\" } }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.window.webPreferences.additionalArguments\"",
    "an array of strings" },
  { "arguments-type", IN_MULLION ("\"arguments\": [\"a\", 2]"), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.arguments\"", "element 1 is a number" },
  { "capabilities-type", IN_MULLION ("\"capabilities\": \"dialogs\""),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities\"", "an array of strings" },
  { "capability-option", IN_MULLION ("\"capabilities\": { \"shell\": { \"scheme\": \"https\" } }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities.shell\"", "scheme" },
  { "capability-options", IN_MULLION ("\"capabilities\": { \"dialog\": {} }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities.dialog\"",
    "must be true or false: this capability has no options" },
  { "capability-value", IN_MULLION ("\"capabilities\": { \"dialog\": \"yes\" }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities.dialog\"",
    "must be true, false, or an object" },
  { "capability-actions",
    IN_MULLION ("\"capabilities\": { \"actions\": { \"names\": [\"app.save\", \"save\"] } }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities.actions\"",
    "value.names[1]: expected the name of an action, with app., win. or menu. before it" },
  { "capability-member", IN_MULLION ("\"capabilities\": { \"magic\": false }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities\"", "\"magic\", which is no capability" },
  { "capability-unknown", IN_MULLION ("\"capabilities\": [\"magic\"]"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities\"",
    "actions, app, app-info, capture, clipboard, clipboard-read, clipboard-write, contentFilters, "
    "dialog, dialogs, downloads, drag, find, " },
  { "capability-origins",
    IN_MULLION ("\"capabilities\": { \"views\": { \"origins\": [\"https://*.example.org\"] } }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities.views\"", "without path or wildcard" },
  { "capability-limit", IN_MULLION ("\"capabilities\": { \"views\": { \"max\": 0 } }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.capabilities.views\"", "is not what it must be" },
  { "grants-type", IN_MULLION ("\"grants\": \"notes:*\""), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.grants\"", "grants are an array" },
  { "grants-pattern", IN_MULLION ("\"grants\": [\"a\", \"**\"]"), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.grants\"", "grant 1 cannot be given: '**' is no channel" },
  { "programs-type", IN_MULLION ("\"programs\": [\"sh\"]"), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.programs\"", "must be an object, not an array" },
  { "programs-name", IN_MULLION ("\"programs\": { \"*\": [\"sh\"] }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.programs\"", "names \"*\"" },
  { "programs-shell", IN_MULLION ("\"programs\": { \"lint\": \"node lint.js\" }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.programs\"", "an array of strings" },
  { "programs-empty", IN_MULLION ("\"programs\": { \"lint\": [] }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.programs\"", "nothing to run for \"lint\"" },
  { "topics-name", IN_MULLION ("\"topics\": [\"news*\"]"), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.topics\"", "names \"news*\"" },
  { "bus-path", IN_MULLION ("\"bus\": \"../bus\""), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.bus\"", "expected an application id" },
  { "bus-address", IN_MULLION ("\"bus\": \"redis://:secret@\""), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.bus\"", "is no address of a Redis server" },
  { "schemas-type", IN_MULLION ("\"schemas\": []"), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.schemas\"", "an object with the schemas of channels" },
  { "schemas-keyword", IN_MULLION ("\"schemas\": { \"save\": [{ \"typ\": \"string\" }] }"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.schemas\"",
    "\"save\": schema at /0: \"typ\" is no keyword that is checked here" },
  { "origin-http", IN_MULLION ("\"origins\": [\"http://example.org\"]"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.origins\"", "https://example.org" },
  { "origin-path", IN_MULLION ("\"origins\": [\"https://example.org/x\"]"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.origins\"", "without path" },
  { "origin-wildcard", IN_MULLION ("\"origins\": [\"https://*.example.org\"]"),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.origins\"", "wildcard" },
  { "origin-none", IN_MULLION ("\"origins\": [\"null\"]"), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.origins\"", "expected an origin" },
  { "policy-lines", IN_MULLION ("\"contentSecurityPolicy\": \"a\\nX-Header: b\""),
    MULLION_ERROR_INVALID_ARGUMENT, "\"mullion.contentSecurityPolicy\"", "one line" },
  { "app-id", IN_MULLION ("\"appId\": \"app\""), MULLION_ERROR_INVALID_ARGUMENT,
    "\"mullion.appId\"", "org.example.App" },
  { "module-missing", IN_MULLION ("\"module\": \"build/x.so\""), MULLION_ERROR_NOT_FOUND,
    "\"mullion.module\"", "build/x.so" },
};

static void
test_bad (Fixture       *fixture,
          gconstpointer  data)
{
  const BadCase *bad = data;
  g_autoptr (MullionManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;

  manifest = load_text (fixture, bad->text, &error);
  g_assert_null (manifest);
  g_assert_error (error, MULLION_ERROR, bad->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, fixture->folder));
  g_assert_nonnull (strstr (error->message, "package.json"));
  g_assert_nonnull (strstr (error->message, bad->key));
  g_assert_nonnull (strstr (error->message, bad->expected));
}

static void
test_derived_id (void)
{
  static const struct
  {
    const char *name;
    const char *id;
  } cases[] = {
    { "my-app", "io.github.mullion.app.my-app" },
    { "@team/app", "io.github.mullion.app.team.app" },
    { "7zip", "io.github.mullion.app._7zip" },
  };
  static const char *const odd[] = { "My App", "my.app", "my_app", "@/", "ä", "/", "a//b", "-", "@",
                                     "A", "a" };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *long_name = g_strnfill (600, 'x');
  g_autofree char *long_id = mullion_manifest_derive_app_id (long_name);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = mullion_manifest_derive_app_id (cases[i].name);

      g_assert_cmpstr (id, ==, cases[i].id);
    }
  /* Whatever a name is, its id is one, and no other name has it. */
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      char *id = mullion_manifest_derive_app_id (odd[i]);

      g_test_message ("%s → %s", odd[i], id);
      g_assert_true (g_application_id_is_valid (id));
      g_assert_true (g_hash_table_add (seen, id));
    }
  g_assert_true (g_application_id_is_valid (long_id));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/manifest/defaults", test_defaults);
  ADD ("/manifest/full", test_full);
  ADD ("/manifest/redis", test_redis);
  ADD ("/manifest/capabilities", test_capabilities);
  ADD ("/manifest/rules", test_rules);
  ADD ("/manifest/window-options", test_window_options);
  ADD ("/manifest/window-title", test_window_title);
  ADD ("/manifest/unknown-key", test_unknown_key);
  ADD ("/manifest/link-inside", test_link_inside);
  ADD ("/manifest/package-file", test_package_file);
  ADD ("/manifest/bare-page", test_bare_page);
  ADD ("/manifest/missing", test_missing);
  ADD ("/manifest/no-index", test_no_index);
  ADD ("/manifest/too-large", test_too_large);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/manifest/bad/", bad_cases[i].name, NULL);

      g_test_add (path, Fixture, &bad_cases[i], set_up, test_bad, tear_down);
    }
  g_test_add_func ("/manifest/derived-id", test_derived_id);

  return g_test_run ();
}
