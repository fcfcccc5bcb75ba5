/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

/*
 * A run of an app with a C module is recorded, with its display and its web process, and replayed
 * without either: to the same module, and to one that was changed.
 */

typedef struct
{
  char *home;
  char *app;
  char *recording;
  char *out;
  char *err;
  int status;
} Fixture;

static const char manifest[] =
  "{ \"name\": \"recorded\", \"mullion\": { \"appId\": \"org.example.Recorded\","
  "  \"page\": \"index.html\", \"preload\": \"preload.js\", \"module\": \"greeter.so\","
  "  \"capabilities\": [\"text-files\"] } }";

static const char preload[] =
  "const { contextBridge, ipcRenderer } = require('electron');"
  "contextBridge.exposeInMainWorld('call', (...args) => ipcRenderer.invoke(...args));";

static void
add_file (Fixture    *fixture,
          const char *name,
          const char *text,
          gssize      length)
{
  g_autofree char *path = g_build_filename (fixture->app, name, NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
}

static void
add_module (Fixture    *fixture,
            const char *name)
{
  g_autofree char *built = g_build_filename (g_getenv ("MULLION_TEST_MODULES"), name, NULL);
  g_autofree char *module = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (built, &module, &length, NULL));
  add_file (fixture, "greeter.so", module, length);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  page)
{
  fixture->home = g_dir_make_tmp ("mullion-record-XXXXXX", NULL);
  g_assert_nonnull (fixture->home);
  fixture->app = g_build_filename (fixture->home, "app", NULL);
  fixture->recording = g_build_filename (fixture->home, "recording", NULL);
  g_assert_cmpint (g_mkdir (fixture->app, 0700), ==, 0);
  add_file (fixture, "package.json", manifest, -1);
  add_file (fixture, "preload.js", preload, -1);
  add_file (fixture, "index.html", "<script type='module' src='page.js'></script>", -1);
  add_file (fixture, "page.js", page, -1);
  add_module (fixture, "libmodule-greeter.so");
}

static void
remove_all (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  page)
{
  remove_all (fixture->home);
  g_free (fixture->home);
  g_free (fixture->app);
  g_free (fixture->recording);
  g_free (fixture->out);
  g_free (fixture->err);
}

static GSubprocess *
start (Fixture           *fixture,
       gboolean           has_display,
       const char *const *arguments)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) argv = NULL;
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add (builder, g_getenv ("MULLION_PROGRAM"));
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  g_subprocess_launcher_setenv (launcher, "HOME", fixture->home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", fixture->home, TRUE);
  if (!has_display)
    {
      g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
      g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
      g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
    }
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);

  return process;
}

static void
run (Fixture           *fixture,
     gboolean           has_display,
     const char *const *arguments)
{
  g_autoptr(GSubprocess) process = start (fixture, has_display, arguments);

  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &fixture->out, &fixture->err,
                                                NULL));
  g_test_message ("%s%s", fixture->out, fixture->err);
  g_assert_true (g_subprocess_get_if_exited (process));
  fixture->status = g_subprocess_get_exit_status (process);
}

#define RECORD(fixture, ...) \
  run (fixture, TRUE, (const char *const[]) { "--record", fixture->recording, __VA_ARGS__, \
                                              fixture->app, NULL })
#define REPLAY(fixture, ...) \
  run (fixture, FALSE, (const char *const[]) { "replay", __VA_ARGS__, fixture->recording, \
                                               fixture->app, NULL })

static const char greeting_page[] =
  "await window.call('greet', new Uint8Array([1, 2, 3]), 1n);"
  "await window.call('mullion:text-files.write', 'secret.txt', 'a password');"
  "await window.call('nobody').catch(() => {});"
  "await window.call('greet', new ReadableStream());"
  "window.close();";

static void
test_run (Fixture       *fixture,
          gconstpointer  page)
{
  g_autofree char *text = NULL;

  RECORD (fixture, "--record-redact", "mullion:text-files.*");
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_true (g_file_get_contents (fixture->recording, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"channel\":\"greet\",\"args\":[\"hello from C\"]"));
  g_assert_nonnull (strstr (text, "\"base64\":\"AQID\""));
  g_assert_nonnull (strstr (text, "\"channel\":\"greet\",\"args\":[{\"$mullion\":\"readable\"}]"));
  g_assert_nonnull (strstr (text, "\"channel\":\"mullion:text-files.write\",\"omitted\":"));
  g_assert_null (strstr (text, "a password"));
  g_assert_true (g_str_has_suffix (text, "\"event\":\"end\"}\n"));

  REPLAY (fixture, "--timeout=5");
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->out, "write' was not replayed: redacted"));
  g_assert_nonnull (strstr (fixture->out, "'greet' was not replayed: what goes through streams"));
  g_assert_nonnull (strstr (fixture->out, "2 messages replayed, 2 not, 2 compared, 0 different"));
}

static void
test_changed (Fixture       *fixture,
              gconstpointer  page)
{
  g_autoptr(JsonNode) report = NULL;
  JsonArray *differences;
  JsonObject *difference;

  RECORD (fixture, "--record-redact", "nobody");
  add_module (fixture, "libmodule-greeter-changed.so");

  REPLAY (fixture, "--timeout=5");
  g_assert_cmpint (fixture->status, ==, 1);
  g_assert_nonnull (strstr (fixture->out, "reply of 'greet' differs\n"
                                          "  recorded: [\"hello from C\"]\n"
                                          "  now:      [\"hello again\"]\n"));

  REPLAY (fixture, "--json");
  g_assert_cmpint (fixture->status, ==, 1);
  report = json_from_string (fixture->out, NULL);
  g_assert_nonnull (report);
  differences = json_object_get_array_member (json_node_get_object (report), "differences");
  g_assert_cmpuint (json_array_get_length (differences), ==, 1);
  difference = json_array_get_object_element (differences, 0);
  g_assert_cmpstr (json_object_get_string_member (difference, "channel"), ==, "greet");
  g_assert_cmpint (json_object_get_int_member (difference, "line"), >, 1);

  REPLAY (fixture, "--ignore=greet");
  g_assert_cmpint (fixture->status, ==, 0);
}

static void
test_misused (Fixture       *fixture,
              gconstpointer  page)
{
  g_assert_true (g_file_set_contents (fixture->recording, "{\n", -1, NULL));
  REPLAY (fixture, "--json");
  g_assert_cmpint (fixture->status, ==, 2);
  g_assert_nonnull (strstr (fixture->err, "recording: line 1: "));

  run (fixture, FALSE, (const char *const[]) { "replay", NULL });
  g_assert_cmpint (fixture->status, ==, 2);
  g_assert_nonnull (strstr (fixture->err, "replay needs the FILE of a recording"));

  run (fixture, FALSE, (const char *const[]) { "--record", "/nowhere/file", fixture->app, NULL });
  g_assert_cmpint (fixture->status, ==, 2);
  g_assert_nonnull (strstr (fixture->err, "cannot record to /nowhere/file: "));
}

/* The page says nothing more, and the app lives until it is killed. */
static const char lasting_page[] =
  "await window.call('greet');"
  "await window.call('mullion:text-files.write', 'done.txt', '');";

static gboolean
is_written_cb (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *text = NULL;

  return !g_file_get_contents (fixture->recording, &text, NULL, NULL) ||
         strstr (text, "\"kind\":\"reply\",\"id\":2,") == NULL;
}

/* What was written before a kill is whole, and can be replayed. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  page)
{
  g_autoptr(GSubprocess) process = start (fixture, TRUE, (const char *const[]) {
    "--record", fixture->recording, fixture->app, NULL });
  guint source = g_timeout_add (20, is_written_cb, fixture);

  while (g_main_context_find_source_by_id (NULL, source) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);

  REPLAY (fixture, "--timeout=5");
  g_assert_cmpint (fixture->status, ==, 0);
  g_assert_nonnull (strstr (fixture->out, "The recording has no end"));
  g_assert_nonnull (strstr (fixture->out, "2 messages replayed, 0 not, 2 compared, 0 different"));
}

#define ADD(path, page, test) g_test_add (path, Fixture, page, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/record/run", greeting_page, test_run);
  ADD ("/record/changed", greeting_page, test_changed);
  ADD ("/record/misused", greeting_page, test_misused);
  ADD ("/record/killed", lasting_page, test_killed);

  return g_test_run ();
}
