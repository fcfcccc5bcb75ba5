/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include <mullion.h>

#include "app/record/mullion-record-file.h"
#include "tests/test-warnings.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/*
 * Recordings that are replayed to handlers, in a process without a display; what is wrong with a
 * recording; and the file that a recording goes to. tests/ipc/test-record.c records a real run.
 */

#define HEADER "{\"mullion\":\"recording\",\"version\":1,\"app\":\"org.example.Replay\"}\n"
#define PLACE "\"contents\":3,\"page\":8,\"document\":2"
#define CREATED "{" PLACE ",\"event\":\"document-created\",\"body\":{\"frame\":5,\"url\":" \
  "\"app://org.example.replay/\",\"origin\":\"app://org.example.replay\",\"isMainFrame\":true}}\n"
#define READY "{" PLACE ",\"event\":\"document-ready\",\"body\":{}}\n"
#define BEGIN HEADER CREATED READY
#define FROM(kind, id, channel, args) "{" PLACE ",\"direction\":\"from-page\",\"kind\":\"" kind \
  "\",\"id\":" #id ",\"channel\":\"" channel "\",\"args\":" args "}\n"
#define TO(kind, id, channel, args) "{" PLACE ",\"direction\":\"to-page\",\"kind\":\"" kind \
  "\",\"id\":" #id ",\"channel\":\"" channel "\",\"args\":" args "}\n"
#define END "{\"event\":\"end\"}\n"

typedef struct
{
  MullionApp *app;
  char *folder;
  char *path;
  MullionIpcMainInvokeEvent *kept; /* (nullable) */
} Fixture;

static void
add_one (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (
    event, json_node_init_int (json_node_alloc (), json_array_get_int_element (args, 0) + 1));
}

static gboolean
answer_cb (gpointer event)
{
  mullion_ipc_main_invoke_event_return (event, NULL);
  return G_SOURCE_REMOVE;
}

static void
answer_late (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  g_idle_add_full (G_PRIORITY_LOW, answer_cb, g_object_ref (event), g_object_unref);
}

static void
count_bytes (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  g_autoptr(GBytes) bytes = mullion_value_dup_bytes (json_array_get_element (args, 0));

  g_assert_nonnull (bytes);
  mullion_ipc_main_invoke_event_return (event, mullion_value_new_array_buffer (g_steal_pointer (&bytes)));
}

static void
keep (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  ((Fixture *) user_data)->kept = g_object_ref (event);
}

static void
push (MullionIpcMainEvent *event,
      JsonArray           *args,
      gpointer             user_data)
{
  JsonArray *id = json_array_new ();

  json_array_add_int_element (id, mullion_web_contents_get_id (
                                    mullion_ipc_main_event_get_sender (event)));
  mullion_ipc_main_event_reply (event, "pushed", id);
}

static void
say_origin (MullionIpcMainEvent *event,
            JsonArray           *args,
            gpointer             user_data)
{
  const char *origin =
    mullion_web_frame_main_get_origin (mullion_ipc_main_event_get_sender_frame (event));

  mullion_ipc_main_event_set_return_value (event, json_node_init_string (json_node_alloc (), origin));
}

static void
ready_cb (MullionApp *app,
          gboolean   *was_ready)
{
  *was_ready = TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc;

  fixture->app = mullion_app_new ("org.example.Replay", G_APPLICATION_NON_UNIQUE);
  fixture->folder = g_dir_make_tmp ("mullion-replay-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "recording", NULL);
  ipc = mullion_app_get_ipc_main (fixture->app);
  mullion_ipc_main_handle (ipc, "add-one", add_one, NULL, NULL);
  mullion_ipc_main_handle (ipc, "late", answer_late, NULL, NULL);
  mullion_ipc_main_handle (ipc, "bytes", count_bytes, NULL, NULL);
  mullion_ipc_main_handle (ipc, "keep", keep, fixture, NULL);
  mullion_ipc_main_on (ipc, "push", push, NULL, NULL);
  mullion_ipc_main_on (ipc, "origin", say_origin, NULL, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->kept);
  g_assert_finalize_object (fixture->app);
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
  assert_warned ();
}

static JsonObject *
replay (Fixture    *fixture,
        const char *text,
        const char *ignored)
{
  const char *patterns[] = { ignored, NULL };
  g_autoptr(JsonNode) report = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  report = mullion_app_replay (fixture->app, fixture->path, patterns, 200, &error);
  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (report));
}

static void
assert_difference (JsonObject *report,
                   guint       index,
                   const char *type,
                   const char *channel)
{
  JsonArray *differences = json_object_get_array_member (report, "differences");
  JsonObject *difference;

  g_assert_cmpuint (json_array_get_length (differences), >, index);
  difference = json_array_get_object_element (differences, index);
  g_assert_cmpstr (json_object_get_string_member (difference, "type"), ==, type);
  g_assert_cmpstr (json_object_get_string_member (difference, "channel"), ==, channel);
}

static guint
count_differences (JsonObject *report)
{
  return json_array_get_length (json_object_get_array_member (report, "differences"));
}

/* -- What is replayed -- */

static void
test_same (Fixture       *fixture,
           gconstpointer  data)
{
  gboolean was_ready = FALSE;
  g_autoptr(JsonObject) report = NULL;

  g_signal_connect (fixture->app, "ready", G_CALLBACK (ready_cb), &was_ready);
  report = replay (
    fixture, BEGIN
    FROM ("invoke", 1, "add-one", "[41]") TO ("reply", 1, "add-one", "[42]")
    FROM ("invoke", 2, "late", "[]") FROM ("send", 0, "push", "[]")
    TO ("message", 0, "pushed", "[3]") TO ("reply", 2, "late", "[]")
    FROM ("send-sync", 3, "origin", "[]")
    TO ("sync-reply", 3, "origin", "[\"app://org.example.replay\"]")
    FROM ("invoke", 4, "bytes", "[{\"$mullion\":\"buffer\",\"size\":3,\"base64\":\"AQID\"}]")
    TO ("reply", 4, "bytes", "[{\"$mullion\":\"buffer\",\"size\":3,\"base64\":\"AQID\"}]")
    FROM ("invoke", 5, "gone", "[]")
    TO ("reply-error", 5, "gone", "[\"Error: No handler registered for 'gone'\"]")
    END, NULL);

  g_assert_true (was_ready);
  g_assert_cmpuint (count_differences (report), ==, 0);
  g_assert_cmpint (json_object_get_int_member (report, "messages"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (report, "compared"), ==, 6);
  g_assert_true (json_object_get_boolean_member (report, "complete"));
}

static void
test_different (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(JsonObject) report = replay (
    fixture, BEGIN
    FROM ("invoke", 1, "add-one", "[41]") TO ("reply", 1, "add-one", "[43]")
    FROM ("invoke", 2, "add-one", "[1]") TO ("reply-error", 2, "add-one", "[\"broken\"]")
    FROM ("invoke", 3, "keep", "[]") TO ("reply", 3, "keep", "[]")
    TO ("message", 0, "tick", "[]") TO ("message", 0, "tick", "[]")
    FROM ("send", 0, "push", "[]"), NULL);

  g_assert_cmpuint (count_differences (report), ==, 6);
  assert_difference (report, 0, "changed", "add-one");
  assert_difference (report, 1, "changed", "add-one");
  assert_difference (report, 2, "missing", "keep");
  assert_difference (report, 3, "missing", "tick");
  assert_difference (report, 4, "missing", "tick");
  assert_difference (report, 5, "added", "pushed");
  g_assert_false (json_object_get_boolean_member (report, "complete"));
}

static void
test_ignored (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(JsonObject) report = replay (
    fixture, BEGIN
    FROM ("invoke", 1, "add-one", "[41]") TO ("reply", 1, "add-one", "[43]")
    FROM ("invoke", 2, "late", "[]") TO ("reply", 2, "late", "[]") END, "add-*");

  g_assert_cmpuint (count_differences (report), ==, 0);
  g_assert_cmpint (json_object_get_int_member (report, "compared"), ==, 1);
}

/* What was left out cannot be said again, and its answer is not missed. */
static void
test_gaps (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(JsonObject) report = replay (
    fixture, BEGIN
    "{" PLACE ",\"direction\":\"from-page\",\"kind\":\"invoke\",\"id\":1,\"channel\":\"add-one\","
    "\"omitted\":\"redacted\"}\n"
    TO ("reply", 1, "add-one", "[42]")
    FROM ("invoke", 2, "bytes", "[{\"$mullion\":\"buffer\",\"size\":3,\"sha256\":\"00\"}]")
    TO ("reply", 2, "bytes", "[3]")
    FROM ("invoke", 3, "bytes", "[{\"a\":{\"$mullion\":\"writable\"}}]")
    TO ("reply", 3, "bytes", "[3]") END, NULL);

  g_assert_cmpuint (count_differences (report), ==, 0);
  g_assert_cmpint (json_object_get_int_member (report, "messages"), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "skipped")), ==, 3);
}

/* The page of a call that was not answered goes: the handler is told, as it was then. */
static void
test_page_gone (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(JsonObject) report = replay (
    fixture, BEGIN FROM ("invoke", 1, "keep", "[]")
    "{\"contents\":3,\"page\":8,\"event\":\"page-gone\"}\n" END, NULL);

  g_assert_cmpuint (count_differences (report), ==, 0);
  g_assert_nonnull (fixture->kept);
  g_assert_true (g_cancellable_is_cancelled (
    mullion_ipc_main_invoke_event_get_cancellable (fixture->kept)));
}

static void
test_no_windows (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(JsonObject) report = replay (fixture, BEGIN END, NULL);

  expect_warning ("A replay has no windows");
  g_assert_null (mullion_browser_window_new (fixture->app, NULL));
}

/* -- What is none -- */

static const struct
{
  const char *name;
  const char *text;
  const char *message;
} bad[] = {
  { "empty", "", "line 1: the file is empty" },
  { "text", "hello\n", "line 1: " },
  { "other-json", "{}\n", "line 1: this is not the beginning of a recording" },
  { "version", "{\"mullion\":\"recording\",\"version\":2,\"app\":\"a\"}\n",
    "line 1: the recording is of version 2, and this program reads version 1" },
  { "app", "{\"mullion\":\"recording\",\"version\":1,\"app\":\"org.example.Other\"}\n",
    "line 1: this was recorded of the app \"org.example.Other\"" },
  { "malformed", BEGIN "{\"contents\":\n", "line 4: " },
  { "array", BEGIN "[]\n", "line 4: it is not a JSON object" },
  { "cut", BEGIN "{\"contents\":3", "line 4: the line is cut off" },
  { "no-newline", BEGIN "{\"event\":\"end\"}", "line 4: the line is cut off" },
  { "after-end", BEGIN END END, "line 5: there is something after the end" },
  { "event", BEGIN "{" PLACE ",\"event\":\"rain\"}\n", "line 4: \"event\" is \"rain\"" },
  { "direction", BEGIN "{" PLACE ",\"kind\":\"send\"}\n", "line 4: \"direction\" is neither" },
  { "kind", BEGIN FROM ("reply", 1, "a", "[]"), "line 4: \"kind\" is \"reply\"" },
  { "number", BEGIN FROM ("invoke", -1, "a", "[]"), "line 4: \"id\" is not a number" },
  { "no-id", BEGIN FROM ("invoke", 0, "a", "[]"), "line 4: \"id\" is not a number" },
  { "args", BEGIN FROM ("send", 0, "a", "{}"), "line 4: a message needs \"args\"" },
  { "no-document", HEADER FROM ("send", 0, "a", "[]"), "line 2: document 2 of page 8 was not" },
  { "unknown-channel", BEGIN FROM ("invoke", 1, "gone", "[]") TO ("reply", 1, "gone", "[]"),
    "line 5: the channel 'gone' was answered when this was recorded" },
  { "same-call", BEGIN FROM ("invoke", 1, "keep", "[]") FROM ("invoke", 1, "keep", "[]"),
    "line 5: the app cuts the page off" },
};

static void
test_bad (Fixture       *fixture,
          gconstpointer  data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(JsonNode) report = NULL;
  g_autoptr(GError) error = NULL;

  if (g_str_equal (bad[i].name, "same-call"))
    expect_warning ("The channel of WebContents #3 was cut off*");
  g_assert_true (g_file_set_contents (fixture->path, bad[i].text, -1, NULL));
  report = mullion_app_replay (fixture->app, fixture->path, NULL, 200, &error);
  g_assert_null (report);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, fixture->path));
  g_assert_nonnull (strstr (error->message, bad[i].message));
}

static void
test_missing_file (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mullion_app_replay (fixture->app, fixture->path, NULL, 0, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* -- The file -- */

static void
test_file_mode (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;

  g_assert_true (g_file_set_contents_full (fixture->path, "what was there\n", -1,
                                           G_FILE_SET_CONTENTS_NONE, 0644, NULL));
  g_assert_true (mullion_app_start_recording (fixture->app, fixture->path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  mullion_app_stop_recording (fixture->app);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "{\"mullion\":\"recording\",\"version\":1,"));
  g_assert_true (g_str_has_suffix (text, ",\"event\":\"end\"}\n"));
}

static void
test_file_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  const char *const patterns[] = { "a*b*", NULL };
  g_autoptr(GError) error = NULL;

  g_assert_false (mullion_app_start_recording (fixture->app, fixture->folder, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  g_assert_false (mullion_app_start_recording (fixture->app, fixture->path, patterns, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  /* Nobody reads it, and the app would wait for that. */
  g_clear_error (&error);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_false (mullion_app_start_recording (fixture->app, fixture->path, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_file_full (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(MullionRecordFile) file = mullion_record_file_new ("/dev/full", NULL);

  g_assert_nonnull (file);
  expect_warning ("Recording to /dev/full ends here: No space left on device. The app goes on.");
  mullion_record_file_add (file, "{}\n", 3);
  mullion_record_file_add (file, "{}\n", 3);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  watch_warnings ();
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");
  g_test_init (&argc, &argv, NULL);

  ADD ("/replay/same", test_same);
  ADD ("/replay/different", test_different);
  ADD ("/replay/ignored", test_ignored);
  ADD ("/replay/gaps", test_gaps);
  ADD ("/replay/page-gone", test_page_gone);
  ADD ("/replay/no-windows", test_no_windows);
  ADD ("/replay/missing-file", test_missing_file);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/replay/bad/", bad[i].name, NULL);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_bad, tear_down);
    }
  ADD ("/record-file/mode", test_file_mode);
  ADD ("/record-file/refused", test_file_refused);
  ADD ("/record-file/full", test_file_full);

  return g_test_run ();
}
