/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "tests/test-folder.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include <gtk/gtk.h>

/*
 * The program `mullion` on a display: an app folder runs, its page reaches what its manifest lists
 * and nothing else, and --screenshot tells the truth by its picture and by its exit status. Every
 * run has a home of its own, and a page ends its app itself by closing its window.
 */

typedef struct
{
  char *home;
  char *out;
  char *err;
  int status;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->home = g_dir_make_tmp ("mullion-home-XXXXXX", NULL);
  g_assert_nonnull (fixture->home);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  remove_folder (fixture->home);
  g_free (fixture->home);
  g_free (fixture->out);
  g_free (fixture->err);
}

static char *
in_home (Fixture    *fixture,
         const char *name)
{
  return g_build_filename (fixture->home, name, NULL);
}

static void
set_folder (GSubprocessLauncher *launcher,
            Fixture             *fixture,
            const char          *variable,
            const char          *name)
{
  g_autofree char *path = in_home (fixture, name);

  g_subprocess_launcher_setenv (launcher, variable, path, TRUE);
}

/* Runs to the end: the arguments are a strv without the program. */
static void
run_program (Fixture           *fixture,
             const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  g_strv_builder_add (builder, g_getenv ("MULLION_PROGRAM"));
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, "HOME", fixture->home, TRUE);
  set_folder (launcher, fixture, "XDG_DATA_HOME", "data");
  set_folder (launcher, fixture, "XDG_CONFIG_HOME", "config");
  set_folder (launcher, fixture, "XDG_CACHE_HOME", "cache");
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->err, g_free);
  g_clear_pointer (&fixture->out, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->status = g_subprocess_get_exit_status (process);
  g_test_message ("%s", fixture->err);
}

#define RUN(fixture, ...) run_program (fixture, (const char *const[]) { __VA_ARGS__, NULL })

static char *
get_page_only (void)
{
  return g_test_build_filename (G_TEST_DIST, "ipc", "page-only", NULL);
}

/* What the page of the app @id left in its data folder. */
static JsonObject *
read_result (Fixture    *fixture,
             const char *id)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  path = g_build_filename (fixture->home, "data", id, "files", "result.json", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = json_from_string (text, NULL);
  g_assert_nonnull (node);
  return json_object_ref (json_node_get_object (node));
}

static void
assert_step (JsonObject *result,
             const char *name,
             const char *expected)
{
  g_test_message ("%s", name);
  g_assert_cmpstr (json_object_get_string_member (result, name), ==, expected);
}

static void
assert_rejected (JsonObject *result,
                 const char *name,
                 const char *channel,
                 const char *message)
{
  g_autofree char *expected = NULL;

  expected = g_strdup_printf ("rejected: Error invoking remote method '%s': Error: %s", channel,
                              message);
  assert_step (result, name, expected);
}

static void
check_text_files (JsonObject *result)
{
  static const char read[] = "mullion:text-files.read";

  assert_step (result, "write", "undefined");
  assert_step (result, "read", "Grüße\n");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (result, "list"), 0),
                   ==, "ä.txt");
  assert_step (result, "remove", "undefined");
  assert_rejected (result, "read-removed", read, "\"notes/ä.txt\": No such file or directory");
  assert_rejected (result, "read-parent", read,
                   "\"../secret\": a path with \"..\" leads out of the app's data folder");
  assert_rejected (result, "read-absolute", read,
                   "\"/etc/passwd\": the user did not choose this file, and outside the app's data "
                   "folder only chosen files are in reach");
  assert_rejected (result, "read-number", read, "path: expected a string");
  assert_rejected (result, "read-nul", read, "path: expected a string");
  assert_rejected (result, "write-object", "mullion:text-files.write", "text: expected a string");
  assert_step (result, "order", "19");
}

static void
check_others (JsonObject *result)
{
  JsonObject *app = json_object_get_object_member (result, "app");
  JsonObject *system = json_object_get_object_member (result, "system");

  g_assert_cmpstr (json_object_get_string_member (app, "name"), ==, "Page only");
  g_assert_cmpstr (json_object_get_string_member (app, "version"), ==, "3.2.1");
  g_assert_cmpstr (json_object_get_string_member (app, "appId"), ==, "io.github.mullion.PageOnly");
  assert_rejected (result, "app-extra", "mullion:app.info",
                   "expected at most 0 arguments, not 1");
  g_assert_cmpstr (json_object_get_string_member (system, "platform"), ==, "linux");
  assert_rejected (result, "ask-bad", "mullion:dialogs.message", "message: expected a string");
  assert_rejected (result, "choose-bad", "mullion:dialogs.open",
                   "properties: expected some of openFile, openDirectory, multiSelections");
  /* It is not in the manifest. */
  assert_rejected (result, "external", "mullion:open-external",
                   "No handler registered for 'mullion:open-external'");
}

static void
check_processes (JsonObject *result)
{
  assert_step (result, "program", "Hello Müllion $HOME\n3");
  assert_step (result, "topic", "Grüße");
}

static void
test_page_only (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *folder = get_page_only ();
  g_autoptr (JsonObject) result = NULL;
  JsonArray *argv;

  RUN (fixture, folder, "--", "--quit", "--help");
  g_assert_cmpint (fixture->status, ==, 0);
  result = read_result (fixture, "io.github.mullion.PageOnly");
  argv = json_object_get_array_member (result, "argv");
  g_assert_cmpstr (json_array_get_string_element (argv, 0), ==, "--from-manifest");
  g_assert_cmpstr (json_array_get_string_element (argv, 1), ==, "--quit");
  g_assert_cmpstr (json_array_get_string_element (argv, 2), ==, "--help");
  check_text_files (result);
  check_others (result);
  check_processes (result);
}

static GdkTexture *
load_picture (const char *path)
{
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = gdk_texture_new_from_filename (path, &error);

  g_assert_no_error (error);
  return texture;
}

/* 0xRRGGBB of one pixel. */
static guint32
get_pixel (GdkTexture *texture,
           int         x,
           int         y)
{
  int width = gdk_texture_get_width (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * gdk_texture_get_height (texture));

  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  return pixels[y * width + x] & 0xffffff;
}

static void
test_screenshot (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = get_page_only ();
  g_autofree char *picture = in_home (fixture, "a.png");
  g_autoptr (GdkTexture) texture = NULL;

  RUN (fixture, "--screenshot", picture, "--size", "640x333", folder);
  g_assert_cmpint (fixture->status, ==, 0);
  texture = load_picture (picture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 640);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 333);
  /* The colours of its style sheet: the page itself was painted, and not its background alone. */
  g_assert_cmphex (get_pixel (texture, 630, 320), ==, 0xffcc00);
  g_assert_cmphex (get_pixel (texture, 600, 20), ==, 0x0000ff);
}

static char *
make_app (Fixture    *fixture,
          const char *mullion,
          const char *html)
{
  char *folder = in_home (fixture, "app");
  g_autofree char *package = g_build_filename (folder, "package.json", NULL);
  g_autofree char *index = g_build_filename (folder, "index.html", NULL);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("{ \"name\": \"made\", \"mullion\": { \"appId\": \"org.example.Made\" %s } }",
                          mullion);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (package, text, -1, NULL));
  g_assert_true (g_file_set_contents (index, html, -1, NULL));
  return folder;
}

static void
add_file (const char *folder,
          const char *name,
          const char *text,
          gssize      length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
}

static void
test_bare_page (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *folder = make_app (fixture, "", "<body style='background: #00ff00'>");
  g_autofree char *page = g_build_filename (folder, "index.html", NULL);
  g_autofree char *picture = in_home (fixture, "a.png");
  g_autoptr (GdkTexture) texture = NULL;

  RUN (fixture, "--screenshot", picture, "--size", "200x100", page);
  g_assert_cmpint (fixture->status, ==, 0);
  texture = load_picture (picture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 200);
  g_assert_cmphex (get_pixel (texture, 100, 50), ==, 0x00ff00);
}

/* Only WebKit can say what is wrong with them, and that is before there is a page. */
static void
test_bad_filter (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = make_app (fixture, ", \"contentFilters\": { \"ads\": [ {} ] }", "");

  RUN (fixture, folder);
  g_assert_cmpint (fixture->status, ==, 2);
  g_assert_nonnull (strstr (fixture->err,
                            "package.json: \"mullion.contentFilters.ads\" cannot be compiled: "));
}

/* A page that never stops: the time runs out, and no picture is left behind. */
static void
test_timeout (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *folder = make_app (fixture, "", "<script src='loop.js'></script>");
  g_autofree char *picture = in_home (fixture, "a.png");

  add_file (folder, "loop.js", "for (;;) {}", -1);
  RUN (fixture, "--screenshot", picture, "--timeout", "3", folder);
  g_assert_cmpint (fixture->status, ==, 1);
  g_assert_nonnull (strstr (fixture->err, "no screenshot: the page did not finish to load in time"));
  g_assert_false (g_file_test (picture, G_FILE_TEST_EXISTS));
}

static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *folder = make_app (fixture, "", "<p>text");
  g_autofree char *picture = in_home (fixture, "none/a.png");

  RUN (fixture, "--screenshot", picture, folder);
  g_assert_cmpint (fixture->status, ==, 1);
  g_assert_nonnull (strstr (fixture->err, "no screenshot: "));
  g_assert_nonnull (strstr (fixture->err, "No such file or directory"));
}

/* The preload of the apps that are made here, and the page that asks and then closes. */
static const char made_preload[] =
  "const { contextBridge, ipcRenderer } = require('electron');"
  "contextBridge.exposeInMainWorld('call', (...args) => ipcRenderer.invoke(...args));";

static void
test_module (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *built = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *module = NULL;
  g_autoptr (JsonObject) result = NULL;
  gsize length;

  built = g_build_filename (g_getenv ("MULLION_TEST_MODULES"), "libmodule-greeter.so", NULL);
  folder = make_app (fixture, ", \"module\": \"greeter.so\", \"preload\": \"preload.js\", "
                              "\"capabilities\": [\"text-files\", \"text-files\"]",
                     "<script type='module' src='page.js'></script>");
  g_assert_true (g_file_get_contents (built, &module, &length, NULL));
  add_file (folder, "greeter.so", module, length);
  add_file (folder, "preload.js", made_preload, -1);
  add_file (folder, "page.js",
            "const said = await window.call('greet');"
            "await window.call('mullion:text-files.write', 'result.json', JSON.stringify({ said }));"
            "window.close();", -1);

  RUN (fixture, folder);
  g_assert_cmpint (fixture->status, ==, 0);
  result = read_result (fixture, "org.example.Made");
  assert_step (result, "said", "hello from C");
}

static void
set_manifest (const char *folder,
              const char *mullion)
{
  g_autofree char *text =
    g_strdup_printf ("{ \"name\": \"made\", \"mullion\": %s }", mullion);

  add_file (folder, "package.json", text, -1);
}

/* What an audit prints goes into the manifest as it is, and is all that the app then may. */
static void
test_audit (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *folder = make_app (fixture, ", \"preload\": \"preload.js\", \"grants\": []",
                                      "<script type='module' src='page.js'></script>");
  g_autoptr (JsonNode) report = NULL;
  g_autofree char *manifest = NULL;
  g_autoptr (JsonObject) result = NULL;
  JsonObject *object;

  add_file (folder, "preload.js", made_preload, -1);
  add_file (folder, "page.js",
            "const write = (o) => window.call('mullion:text-files.write', 'result.json',"
            "                                 JSON.stringify(o));"
            "const { name } = await window.call('mullion:app.info');"
            "await write({ name });"
            "window.close();", -1);
  RUN (fixture, "--audit", folder);
  g_assert_cmpint (fixture->status, ==, 0);
  report = json_from_string (fixture->out, NULL);
  g_assert_nonnull (report);
  object = json_node_get_object (report);
  json_object_set_string_member (object, "appId", "org.example.Made");
  json_object_set_string_member (object, "preload", "preload.js");
  manifest = json_to_string (report, FALSE);
  g_assert_cmpstr (manifest, ==,
                   "{\"capabilities\":[\"app-info\",\"text-files\"],"
                   "\"grants\":[\"mullion:app.info\",\"mullion:text-files.write\"],"
                   "\"appId\":\"org.example.Made\",\"preload\":\"preload.js\"}");

  set_manifest (folder, manifest);
  RUN (fixture, folder);
  g_assert_cmpint (fixture->status, ==, 0);
  result = read_result (fixture, "org.example.Made");
  assert_step (result, "name", "made");
  g_assert_null (strstr (fixture->err, "denied"));

  g_clear_pointer (&result, json_object_unref);
  add_file (folder, "page.js",
            "const system = await window.call('mullion:system.info').catch ("
            "  (e) => `rejected: ${e.message}`);"
            "await window.call('mullion:text-files.write', 'result.json',"
            "                  JSON.stringify({ system }));"
            "window.close();", -1);
  RUN (fixture, folder);
  result = read_result (fixture, "org.example.Made");
  assert_rejected (result, "system", "mullion:system.info",
                   "'mullion:system.info' is not granted to the main frame of app://org.example.made");
  g_assert_nonnull (strstr (fixture->err, "denied ipcRenderer.invoke(): 'mullion:system.info'"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("MULLION_PROGRAM"));
  g_assert_nonnull (g_getenv ("MULLION_TEST_MODULES"));

  ADD ("/launcher-run/page-only", test_page_only);
  ADD ("/launcher-run/screenshot", test_screenshot);
  ADD ("/launcher-run/bare-page", test_bare_page);
  ADD ("/launcher-run/bad-filter", test_bad_filter);
  ADD ("/launcher-run/timeout", test_timeout);
  ADD ("/launcher-run/unwritable", test_unwritable);
  ADD ("/launcher-run/module", test_module);
  ADD ("/launcher-run/audit", test_audit);

  return g_test_run ();
}
