/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"

/* The declared arguments of channels, as a real page meets them. */

#define ID "io.github.mullion.TestSchemas"
#define OPTIONS "{ \"show\": false, \"webPreferences\": { \"preload\": \"schemas/preload.js\" } }"

/* What notes:save takes: a note, and how often to save it. */
#define SCHEMA \
  "[{ \"type\": \"object\", \"required\": [\"title\"], \"additionalProperties\": false," \
  "   \"properties\": { \"title\": { \"type\": \"string\", \"maxLength\": 10 }," \
  "                     \"first\": true, \"second\": true } }," \
  " { \"type\": \"integer\", \"minimum\": 1 }]"

typedef struct
{
  IpcWindow *window;
  GString *heard;  /* what reached a listener or handler */
  GString *denied; /* the channels of which the signal told */
} Fixture;

static void
listener_cb (MullionIpcMainEvent *event,
             JsonArray           *args,
             gpointer             user_data)
{
  Fixture *fixture = user_data;

  g_string_append_printf (fixture->heard, "%s ", mullion_ipc_main_event_get_channel (event));
  mullion_ipc_main_event_set_return_value (event, json_node_init_int (json_node_alloc (), 1));
}

static void
handler_cb (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  Fixture *fixture = user_data;

  g_string_append (fixture->heard, "call ");
  mullion_ipc_main_invoke_event_return (event, json_node_init_int (json_node_alloc (), 1));
}

static void
denied_cb (MullionWebContents  *contents,
           MullionWebFrameMain *frame,
           const char          *channel,
           Fixture             *fixture)
{
  g_string_append_printf (fixture->denied, "%s ", channel);
}

static void
set_schema (MullionIpcMain *ipc,
            const char     *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionSchema) schema = mullion_schema_new_from_text (text, &error);

  g_assert_no_error (error);
  mullion_ipc_main_set_schema (ipc, "notes:save", schema);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->heard = g_string_new (NULL);
  fixture->denied = g_string_new (NULL);
  mullion_ipc_main_on (ipc, "notes:save", listener_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "notes:save", handler_cb, fixture, NULL);
  set_schema (ipc, SCHEMA);
  fixture->window = ipc_window_new (OPTIONS);
  g_signal_connect (fixture->window->contents, "denied", G_CALLBACK (denied_cb), fixture);
  ipc_window_load (fixture->window, "schemas/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  assert_warned ();
  g_signal_handlers_disconnect_by_data (fixture->window->contents, fixture);
  ipc_window_free (fixture->window);
  mullion_ipc_main_remove_all_listeners (ipc, NULL);
  mullion_ipc_main_remove_handler (ipc, "notes:save");
  mullion_ipc_main_set_schema (ipc, "notes:save", NULL);
  g_string_free (fixture->heard, TRUE);
  g_string_free (fixture->denied, TRUE);
}

static void
assert_heard (Fixture    *fixture,
              const char *heard,
              const char *denied)
{
  g_assert_cmpstr (fixture->heard->str, ==, heard);
  g_assert_cmpstr (fixture->denied->str, ==, denied);
}

#define INVALID "Invalid arguments for 'notes:save': "
#define CALL_FAILED "\"Error: Error invoking remote method 'notes:save': Error: " INVALID

static void
test_invoke (Fixture       *fixture,
             gconstpointer  data)
{
  ipc_assert_run (fixture->window, "api.invoke('notes:save', { title: 'a' }, 1)", "1");
  assert_heard (fixture, "call ", "");

  expect_warning ("*was denied ipcRenderer.invoke(): " INVALID "arguments[0].title: *");
  ipc_assert_run (fixture->window, "api.invoke('notes:save', { title: 7 }, 1)",
                  CALL_FAILED "arguments[0].title: expected a string, not an integer\"");
  expect_warning ("*was denied ipcRenderer.invoke(): " INVALID "arguments: *");
  ipc_assert_run (fixture->window, "api.invoke('notes:save')",
                  CALL_FAILED "arguments: expected at least 2 elements, not 0\"");
  expect_warning ("*was denied ipcRenderer.invoke(): " INVALID "arguments: *");
  ipc_assert_run (fixture->window, "api.invoke('notes:save', { title: '' }, 1, 1)",
                  CALL_FAILED "arguments: expected at most 2 elements, not 3\"");
  expect_warning ("*was denied ipcRenderer.invoke(): " INVALID "arguments[1]: *");
  ipc_assert_run (fixture->window, "api.invoke('notes:save', { title: '' }, NaN)",
                  CALL_FAILED "arguments[1]: expected an integer, "
                  "not a value of the tag \\\"number\\\"\"");
  assert_heard (fixture, "call ", "notes:save notes:save notes:save notes:save ");
}

/* What is met twice is a reference, in the first place too: no object as a handler reads it. */
static void
test_references (Fixture       *fixture,
                 gconstpointer  data)
{
  set_schema (mullion_app_get_ipc_main (ipc_app_get ()),
              "[{ \"properties\": { \"first\": { \"type\": \"object\" } } }]");
  expect_warning ("*was denied ipcRenderer.invoke(): *");
  ipc_assert_run (fixture->window, "api.shared('notes:save')",
                  CALL_FAILED "arguments[0].first: expected an object, "
                  "not a value of the tag \\\"ref\\\"\"");
  assert_heard (fixture, "", "notes:save ");
}

static void
test_send_sync (Fixture       *fixture,
                gconstpointer  data)
{
  ipc_assert_run (fixture->window, "api.sendSync('notes:save', { title: 'a' }, 1)", "1");
  assert_heard (fixture, "notes:save ", "");

  expect_warning ("*was denied ipcRenderer.sendSync(): " INVALID "*");
  ipc_assert_run (fixture->window, "api.sendSync('notes:save', { title: 'a', x: 1 }, 1)",
                  "\"Error: " INVALID "arguments[0].x: nothing may be here\"");
  assert_heard (fixture, "notes:save ", "notes:save ");
}

/* Whoever only sends is told nothing but in the console; the call that follows has its turn. */
static void
test_send (Fixture       *fixture,
           gconstpointer  data)
{
  expect_warning ("*was denied ipcRenderer.send(): " INVALID "arguments[0]: *");
  expect_warning ("*was denied ipcRenderer.postMessage(): " INVALID "arguments: *");
  ipc_assert_run (fixture->window,
                  "api.send('notes:save', 'a', 1);"
                  "api.postMessage('notes:save', { title: 'a' });"
                  "api.send('notes:save', { title: 'a' }, 2);"
                  "api.invoke('notes:save', { title: 'a' }, 1)", "1");
  assert_heard (fixture, "notes:save call ", "notes:save notes:save ");
}

/* A message suits all that it passes. */
static void
test_contents (Fixture       *fixture,
               gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_web_contents_get_ipc (fixture->window->contents);

  set_schema (ipc, "[true, { \"maximum\": 3 }]");
  ipc_assert_run (fixture->window, "api.invoke('notes:save', { title: 'a' }, 3)", "1");
  expect_warning ("*was denied *");
  ipc_assert_run (fixture->window, "api.invoke('notes:save', { title: 'a' }, 4)",
                  CALL_FAILED "arguments[1]: expected a number up to 3\"");
  expect_warning ("*was denied *");
  ipc_assert_run (fixture->window, "api.invoke('notes:save', { title: 'a' }, 0)",
                  CALL_FAILED "arguments[1]: expected a number from 1\"");
  mullion_ipc_main_set_schema (ipc, "notes:save", NULL);
  ipc_assert_run (fixture->window, "api.invoke('notes:save', { title: 'a' }, 4)", "1");
}

/* Who may not use a channel learns nothing about it. */
static void
test_not_granted (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(MullionGrants) grants = mullion_grants_new ();

  mullion_web_contents_set_grants (fixture->window->contents, grants);
  expect_warning ("*was denied ipcRenderer.invoke(): 'notes:save' is not granted *");
  ipc_assert_run (fixture->window, "api.invoke('notes:save', 1)",
                  "\"Error: Error invoking remote method 'notes:save': Error: 'notes:save' is not "
                  "granted to the main frame of app://io.github.mullion.testschemas\"");
  assert_heard (fixture, "", "notes:save ");
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/schemas/invoke", test_invoke },
    { "/schemas/references", test_references },
    { "/schemas/send-sync", test_send_sync },
    { "/schemas/send", test_send },
    { "/schemas/contents", test_contents },
    { "/schemas/not-granted", test_not_granted },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new (ID);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();
  g_object_unref (app);

  return status;
}
