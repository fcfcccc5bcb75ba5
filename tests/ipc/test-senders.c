/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"

/* Who a message is from: documents of every kind, in real windows. The table of SECURITY.md has a row
 * for each test. */

#define ID "io.github.mullion.TestSenders"
#define OWN "app://io.github.mullion.testsenders"
#define OPTIONS \
  "{ \"show\": false, \"webPreferences\": { \"preload\": \"senders/preload.js\"," \
  "  \"grants\": [{ \"channels\": [\"here\", \"ask\"], \"frames\": [\"main\", \"sub\"] }] } }"

typedef struct
{
  IpcWindow *window;
  GPtrArray *senders; /* of text: kind of frame, origin, address */
} Fixture;

static char *
describe (MullionWebFrameMain *frame)
{
  return g_strdup_printf ("%s %s %s",
                          mullion_web_frame_main_is_main_frame (frame) ? "main" : "sub",
                          mullion_web_frame_main_get_origin (frame),
                          mullion_web_frame_main_get_url (frame));
}

static void
here_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;
  MullionWebFrameMain *frame = mullion_ipc_main_event_get_sender_frame (event);
  char *sender = describe (frame);

  g_test_message ("%s", sender);
  g_assert_true (mullion_web_frame_main_get_web_contents (frame) ==
                 mullion_ipc_main_event_get_sender (event));
  g_ptr_array_add (fixture->senders, sender);
}

static void
ask_cb (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  g_autofree char *sender = describe (mullion_ipc_main_invoke_event_get_sender_frame (event));

  mullion_ipc_main_invoke_event_return (event,
                                        json_node_init_string (json_node_alloc (), sender));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->senders = g_ptr_array_new_with_free_func (g_free);
  mullion_ipc_main_on (ipc, "here", here_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "ask", ask_cb, fixture, NULL);
  fixture->window = ipc_window_new (OPTIONS);
  ipc_window_load (fixture->window, "senders/index.html");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  ipc_window_free (fixture->window);
  mullion_ipc_main_remove_all_listeners (ipc, NULL);
  mullion_ipc_main_remove_handler (ipc, "ask");
  g_ptr_array_unref (fixture->senders);
  assert_warned ();
}

typedef struct
{
  const char *path;
  const char *make;   /* a script that adds the document */
  const char *page;   /* what the document says of itself: has it the api, its origin */
  const char *sender; /* (nullable): the beginning of what the main process is told of it */
} Row;

#define CHILD_IS(has_api, origin) "[\"" has_api "\",\"" origin "\",true]"

static const Row rows[] = {
  { "iframe", "add({ src: 'child.html' })", CHILD_IS ("object", OWN),
    "sub " OWN " " OWN "/senders/child.html" },
  { "iframe-sandboxed", "add({ src: 'child.html', sandbox: 'allow-scripts' })",
    CHILD_IS ("undefined", "null"), NULL },
  { "iframe-sandboxed-same-origin",
    "add({ src: 'child.html', sandbox: 'allow-scripts allow-same-origin' })",
    CHILD_IS ("object", OWN), "sub " OWN " " OWN "/senders/child.html" },
  { "srcdoc", "add({ srcdoc: CHILD })", CHILD_IS ("object", OWN), "sub " OWN " about:srcdoc" },
  { "srcdoc-sandboxed", "add({ srcdoc: CHILD, sandbox: 'allow-scripts' })",
    CHILD_IS ("undefined", "null"), NULL },
  { "data", "add({ src: 'data:text/html,' + encodeURIComponent(CHILD) })",
    CHILD_IS ("undefined", "null"), NULL },
  { "blob", "add({ src: blobOf(CHILD) })", CHILD_IS ("object", OWN), "sub " OWN " blob:" OWN "/" },
  { "blob-sandboxed", "add({ src: blobOf(CHILD), sandbox: 'allow-scripts' })",
    CHILD_IS ("undefined", "null"), NULL },
  { "about-blank", "add({ src: 'about:blank' }, insert)", CHILD_IS ("object", OWN),
    "sub " OWN " about:blank" },
  { "written", "add({}, (document) => document.write(CHILD))", CHILD_IS ("object", OWN), "sub " OWN " about:blank" },
  { "popup", "[typeof open('child.html'), String(open('child.html'))]",
    "[\"object\",\"null\"]", NULL },
};

static void
test_row (Fixture       *fixture,
          gconstpointer  data)
{
  const Row *row = data;

  g_assert_cmpuint (fixture->senders->len, ==, 1);
  ipc_assert_run (fixture->window, row->make, row->page);
  /* What the document sent has come by now, for this comes after it. */
  ipc_assert_run (fixture->window, "api.ask()", "\"main " OWN " " OWN "/senders/index.html\"");
  for (guint i = 1; i < fixture->senders->len; i++)
    g_test_message ("%s", (char *) fixture->senders->pdata[i]);
  if (row->sender == NULL)
    {
      g_assert_cmpuint (fixture->senders->len, ==, 1);
      return;
    }
  g_assert_cmpuint (fixture->senders->len, ==, 2);
  g_assert_true (g_str_has_prefix (fixture->senders->pdata[1], row->sender));
}

int
main (int    argc,
      char **argv)
{
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new (ID);
  expect_warning ("The Content-Security-Policy of " OWN " is weak: *");
  mullion_app_set_content_security_policy (
    app, "default-src 'self'; script-src 'self' 'unsafe-inline'; frame-src 'self' data: blob:");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/senders/", rows[i].path, NULL);

      g_test_add (path, Fixture, &rows[i], set_up, test_row, tear_down);
    }
  status = g_test_run ();
  g_object_unref (app);

  return status;
}
