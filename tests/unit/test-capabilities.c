/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "launcher/capabilities/mullion-arguments.h"
#include "launcher/capabilities/mullion-capability.h"
#include "launcher/capabilities/mullion-open-external.h"
#include "launcher/capabilities/mullion-system-info.h"

#include "mullion-dialog-options.h"
#include "mullion-options.h"

/*
 * What a page may hand to a capability, and which links it may open. Every case runs with criticals
 * fatal, as all tests do: whatever the page sends, json-glib is never asked for the wrong type.
 */

static JsonArray *
parse_args (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_array_ref (json_node_get_array (node));
}

static JsonObject *
parse_options (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_object_ref (json_node_get_object (node));
}

static void
test_names (void)
{
  g_autofree char *names = mullion_capability_dup_names ();

  g_assert_cmpstr (names, ==,
                   "actions, app, app-info, capture, clipboard, clipboard-read, "
                   "clipboard-write, contentFilters, dialog, dialogs, downloads, drag, find, "
                   "globalShortcut, menu, nativeTheme, notification, notifications, open-external, "
                   "powerMonitor, powerSaveBlocker, print, safeStorage, screen, session, shell, "
                   "system-info, text-files, tray, views, window, windows, zoom");
  g_assert_nonnull (mullion_capability_find ("dialogs"));
  g_assert_null (mullion_capability_find ("Dialogs"));
  g_assert_null (mullion_capability_find (""));
  g_assert_null (mullion_capability_find ("magic"));
}

static void
test_string_arguments (void)
{
  static const char *const bad[] = {
    "[]", "[null]", "[1]", "[true]", "[[]]", "[{}]", "[{\"$mullion\":\"undefined\"}]",
    /* How a string with a NUL in it comes: JSON strings of C cannot carry one. */
    "[{\"$mullion\":\"string\",\"value\":\"a\\u0000b\"}]",
  };
  g_autoptr (JsonArray) good = parse_args ("[\"text\", \"xyz\"]");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (mullion_arguments_get_string (good, 0, "a", 100, &error), ==, "text");
  g_assert_cmpstr (mullion_arguments_get_string (good, 1, "a", 3, &error), ==, "xyz");
  g_assert_no_error (error);
  g_assert_null (mullion_arguments_get_string (good, 1, "path", 2, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "path"));

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonArray) args = parse_args (bad[i]);

      g_clear_error (&error);
      g_assert_null (mullion_arguments_get_string (args, 0, "path", 100, &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_assert_cmpstr (error->message, ==, "path: expected a string");
    }
}

static void
test_string_utf8 (void)
{
  g_autoptr (JsonArray) args = json_array_new ();
  g_autoptr (GError) error = NULL;

  json_array_add_string_element (args, "\xc3\x28");
  g_assert_null (mullion_arguments_get_string (args, 0, "path", 100, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
}

static void
test_count (void)
{
  g_autoptr (JsonArray) args = parse_args ("[1, 2]");
  g_autoptr (GError) error = NULL;

  g_assert_true (mullion_arguments_check_count (args, 2, &error));
  g_assert_false (mullion_arguments_check_count (args, 1, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
  g_assert_false (mullion_arguments_is_missing (args, 1));
  g_assert_true (mullion_arguments_is_missing (args, 2));
}

static void
test_options_argument (void)
{
  static const char *const none[] = { "[]", "[null]", "[{\"$mullion\":\"undefined\"}]" };
  static const char *const bad[] = { "[1]", "[\"x\"]", "[[]]", "[{\"$mullion\":\"map\"}]" };
  g_autoptr (GError) error = NULL;
  JsonObject *options;

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (JsonArray) args = parse_args (none[i]);

      g_assert_true (mullion_arguments_get_options (args, 0, &options, &error));
      g_assert_null (options);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonArray) args = parse_args (bad[i]);

      g_assert_false (mullion_arguments_get_options (args, 0, &options, &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
    }
}

static void
test_numbers (void)
{
  static const char *const bad[] = { "{\"n\":1.5}", "{\"n\":1e99}", "{\"n\":\"1\"}",
                                     "{\"n\":-2147483649}",  "{\"n\":{\"$mullion\":\"number\"}}" };
  g_autoptr (JsonObject) good = parse_options ("{\"n\":-7,\"m\":3.0,\"u\":null}");
  g_autoptr (GError) error = NULL;
  int value = 42;

  g_assert_true (mullion_options_get_int (good, "none", &value, &error));
  g_assert_true (mullion_options_get_int (good, "u", &value, &error));
  g_assert_true (mullion_options_get_int (NULL, "n", &value, &error));
  g_assert_cmpint (value, ==, 42);
  g_assert_true (mullion_options_get_int (good, "n", &value, &error));
  g_assert_cmpint (value, ==, -7);
  g_assert_true (mullion_options_get_int (good, "m", &value, &error));
  g_assert_cmpint (value, ==, 3);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) options = parse_options (bad[i]);

      g_assert_false (mullion_options_get_int (options, "n", &value, &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
    }
}

static void
test_open_options (void)
{
  g_autoptr (JsonObject) options = NULL;
  g_autoptr (MullionFileChooserRequest) request = NULL;
  g_autoptr (MullionFileChooserRequest) plain = NULL;
  g_autoptr (GtkFileFilter) filter = NULL;
  g_autoptr (GError) error = NULL;

  options = parse_options ("{ \"title\": \"Open\", \"defaultPath\": \"/\", \"buttonLabel\": \"x\","
                           "  \"filters\": [{ \"name\": \"Text\", \"extensions\": [\"txt\"] },"
                           "                { \"name\": \"All\", \"extensions\": [\"*\"] }],"
                           "  \"properties\": [\"openDirectory\", \"multiSelections\"] }");
  request = mullion_dialog_options_read_open (options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (request->mode, ==, MULLION_FILE_CHOOSER_OPEN_FOLDER);
  g_assert_true (request->is_multiple);
  g_assert_cmpstr (request->title, ==, "Open");
  g_assert_cmpstr (request->folder, ==, "/");
  g_assert_null (request->name);
  g_assert_cmpint (g_list_model_get_n_items (G_LIST_MODEL (request->filters)), ==, 2);
  filter = g_list_model_get_item (G_LIST_MODEL (request->filters), 0);
  g_assert_cmpstr (gtk_file_filter_get_name (filter), ==, "Text");

  plain = mullion_dialog_options_read_open (NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (plain->mode, ==, MULLION_FILE_CHOOSER_OPEN_FILE);
  g_assert_false (plain->is_multiple);
}

static void
test_save_options (void)
{
  g_autoptr (JsonObject) bare = parse_options ("{ \"defaultPath\": \"note.txt\" }");
  g_autoptr (JsonObject) full = parse_options ("{ \"defaultPath\": \"/nowhere/note.txt\" }");
  g_autoptr (MullionFileChooserRequest) bare_request = NULL;
  g_autoptr (MullionFileChooserRequest) full_request = NULL;

  bare_request = mullion_dialog_options_read_save (bare, NULL);
  g_assert_cmpint (bare_request->mode, ==, MULLION_FILE_CHOOSER_SAVE);
  g_assert_cmpstr (bare_request->name, ==, "note.txt");
  g_assert_null (bare_request->folder);
  full_request = mullion_dialog_options_read_save (full, NULL);
  g_assert_cmpstr (full_request->name, ==, "note.txt");
  g_assert_cmpstr (full_request->folder, ==, "/nowhere");
}

static void
test_bad_dialog_options (void)
{
  static const char *const bad[] = {
    "{ \"title\": 1 }",
    "{ \"defaultPath\": [] }",
    "{ \"filters\": {} }",
    "{ \"filters\": [1] }",
    "{ \"filters\": [{}] }",
    "{ \"filters\": [{ \"name\": \"x\" }] }",
    "{ \"filters\": [{ \"name\": \"x\", \"extensions\": [] }] }",
    "{ \"filters\": [{ \"name\": \"x\", \"extensions\": [2] }] }",
    "{ \"filters\": [{ \"name\": \"x\", \"extensions\": [\".txt\"] }] }",
    "{ \"filters\": [{ \"name\": \"x\", \"extensions\": [\"\"] }] }",
    "{ \"filters\": [{ \"name\": \"x\", \"extensions\": [\"t*\"] }] }",
    "{ \"filters\": [{ \"name\": 7, \"extensions\": [\"t\"] }] }",
    "{ \"properties\": \"openFile\" }",
    "{ \"properties\": [\"openAnything\"] }",
    "{ \"properties\": [null] }",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) options = parse_options (bad[i]);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (mullion_dialog_options_read_open (options, &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_too_many_filters (void)
{
  g_autoptr (GString) text = g_string_new ("{ \"filters\": [0");
  g_autoptr (JsonObject) options = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 64; i++)
    g_string_append (text, ", 0");
  g_string_append (text, "] }");
  options = parse_options (text->str);
  g_assert_null (mullion_dialog_options_read_save (options, &error));
  g_assert_error (error, MULLION_ERROR, MULLION_ERROR_TOO_LARGE);
}

static void
test_message_options (void)
{
  g_autoptr (JsonObject) options = NULL;
  g_autoptr (JsonObject) plain = parse_options ("{ \"message\": \"Hello\" }");
  MullionMessageBoxRequest request = { 0 };
  MullionMessageBoxRequest plain_request = { 0 };
  g_auto (GStrv) buttons = NULL;
  g_auto (GStrv) plain_buttons = NULL;
  g_autoptr (GError) error = NULL;

  options = parse_options ("{ \"type\": \"question\", \"title\": \"T\", \"message\": \"M\","
                           "  \"detail\": \"D\", \"buttons\": [\"Yes\", \"No\"],"
                           "  \"defaultId\": 0 }");
  g_assert_true (mullion_dialog_options_read_message (options, &request, &buttons, &error));
  g_assert_no_error (error);
  g_assert_cmpint (request.type, ==, GTK_MESSAGE_QUESTION);
  g_assert_cmpstr (request.title, ==, "T");
  g_assert_cmpstr (request.message, ==, "M");
  g_assert_cmpstr (request.detail, ==, "D");
  g_assert_cmpstr (request.buttons[1], ==, "No");
  g_assert_cmpint (request.default_id, ==, 0);
  /* Electron's rule: "No" is what closing the box means. */
  g_assert_cmpint (request.cancel_id, ==, 1);

  g_assert_true (mullion_dialog_options_read_message (plain, &plain_request, &plain_buttons,
                                                      &error));
  g_assert_cmpstr (plain_request.buttons[0], ==, "OK");
  g_assert_null (plain_request.buttons[1]);
  g_assert_cmpint (plain_request.default_id, ==, -1);
  g_assert_cmpint (plain_request.cancel_id, ==, 0);
}

static void
test_bad_message_options (void)
{
  static const char *const bad[] = {
    "{}",
    "{ \"message\": 1 }",
    "{ \"message\": \"m\", \"type\": \"fancy\" }",
    "{ \"message\": \"m\", \"type\": 1 }",
    "{ \"message\": \"m\", \"buttons\": \"OK\" }",
    "{ \"message\": \"m\", \"buttons\": [1] }",
    "{ \"message\": \"m\", \"defaultId\": 1 }",
    "{ \"message\": \"m\", \"defaultId\": -2 }",
    "{ \"message\": \"m\", \"cancelId\": 1 }",
    "{ \"message\": \"m\", \"cancelId\": -1 }",
    "{ \"message\": \"m\", \"cancelId\": \"0\" }",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) options = parse_options (bad[i]);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) buttons = NULL;
      MullionMessageBoxRequest request = { 0 };

      g_test_message ("%s", bad[i]);
      g_assert_false (mullion_dialog_options_read_message (options, &request, &buttons, &error));
      g_assert_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT);
    }
  g_assert_false (mullion_dialog_options_read_message (NULL, &(MullionMessageBoxRequest) { 0 },
                                                       &(GStrv) { NULL }, NULL));
}

static void
test_external_links (void)
{
  static const struct
  {
    const char *url;
    int code; /* -1: opens */
  } cases[] = {
    { "https://example.org", -1 },
    { "https://example.org:8443/a/b?c=d#e", -1 },
    { "HTTPS://EXAMPLE.ORG/", -1 },
    { "https://[::1]/", -1 },
    { "http://example.org", MULLION_ERROR_NOT_ALLOWED },
    { "file:///etc/passwd", MULLION_ERROR_NOT_ALLOWED },
    { "javascript:alert(1)", MULLION_ERROR_NOT_ALLOWED },
    { "data:text/html,x", MULLION_ERROR_NOT_ALLOWED },
    { "mailto:a@example.org", MULLION_ERROR_NOT_ALLOWED },
    { "app://io.github.mullion.gallery/index.html", MULLION_ERROR_NOT_ALLOWED },
    { "smb://host/share", MULLION_ERROR_NOT_ALLOWED },
    { "vscode://file/etc/passwd", MULLION_ERROR_NOT_ALLOWED },
    { "https-x://example.org", MULLION_ERROR_NOT_ALLOWED },
    { "https://user@example.org", MULLION_ERROR_NOT_ALLOWED },
    { "https://user:secret@example.org", MULLION_ERROR_NOT_ALLOWED },
    { "", MULLION_ERROR_INVALID_ARGUMENT },
    { "example.org", MULLION_ERROR_INVALID_ARGUMENT },
    { "/etc/passwd", MULLION_ERROR_INVALID_ARGUMENT },
    { "//example.org", MULLION_ERROR_INVALID_ARGUMENT },
    { "https:", MULLION_ERROR_INVALID_ARGUMENT },
    { "https:///path", MULLION_ERROR_INVALID_ARGUMENT },
    { "https://example.org/a b", MULLION_ERROR_INVALID_ARGUMENT },
    { " https://example.org", MULLION_ERROR_INVALID_ARGUMENT },
    { "https://example.org\n", MULLION_ERROR_INVALID_ARGUMENT },
    { "https://example.org\\@evil.example", MULLION_ERROR_INVALID_ARGUMENT },
    { "--help", MULLION_ERROR_INVALID_ARGUMENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean opens = mullion_open_external_check (cases[i].url, &error);

      g_test_message ("%s: %s", cases[i].url, opens ? "opens" : error->message);
      g_assert_cmpint (opens, ==, cases[i].code == -1);
      if (!opens)
        g_assert_error (error, MULLION_ERROR, cases[i].code);
    }
}

static void
test_system_info (void)
{
  g_autoptr (JsonNode) info = mullion_system_info_describe ();
  JsonObject *object = json_node_get_object (info);
  JsonObject *memory = json_object_get_object_member (object, "memory");
  JsonObject *process = json_object_get_object_member (object, "process");

  g_assert_cmpstr (json_object_get_string_member (object, "platform"), ==, "linux");
  g_assert_cmpstr (json_object_get_string_member (object, "release"), !=, "");
  g_assert_cmpstr (json_object_get_string_member (object, "arch"), !=, "x86_64");
  g_assert_cmpstr (json_object_get_string_member (object, "hostname"), !=, "");
  g_assert_cmpint (json_object_get_int_member (object, "cpus"), >=, 1);
  g_assert_cmpfloat (json_object_get_double_member (object, "uptime"), >, 0);
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (object, "loadavg")), ==, 3);
  g_assert_cmpint (json_object_get_int_member (memory, "total"), >, 1024 * 1024);
  g_assert_cmpint (json_object_get_int_member (memory, "available"), <=,
                   json_object_get_int_member (memory, "total"));
  g_assert_cmpint (json_object_get_int_member (process, "rss"), >, 1024 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/capabilities/names", test_names);
  g_test_add_func ("/capabilities/arguments/strings", test_string_arguments);
  g_test_add_func ("/capabilities/arguments/utf8", test_string_utf8);
  g_test_add_func ("/capabilities/arguments/count", test_count);
  g_test_add_func ("/capabilities/arguments/options", test_options_argument);
  g_test_add_func ("/capabilities/arguments/numbers", test_numbers);
  g_test_add_func ("/capabilities/dialogs/open", test_open_options);
  g_test_add_func ("/capabilities/dialogs/save", test_save_options);
  g_test_add_func ("/capabilities/dialogs/bad", test_bad_dialog_options);
  g_test_add_func ("/capabilities/dialogs/too-many", test_too_many_filters);
  g_test_add_func ("/capabilities/dialogs/message", test_message_options);
  g_test_add_func ("/capabilities/dialogs/bad-message", test_bad_message_options);
  g_test_add_func ("/capabilities/open-external", test_external_links);
  g_test_add_func ("/capabilities/system-info", test_system_info);

  return g_test_run ();
}
