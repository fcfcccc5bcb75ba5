/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "tests/test-warnings.h"

/* What a page may say, at the place where that is decided. The page here is no renderer of ours, and
 * so asks for everything, by every kind of message there is. */

typedef struct
{
  Page *page;
  GString *heard;  /* what got through, each as its channel and a space */
  GString *denied; /* what did not, each as `main` or `sub`, a colon, the channel and a space */
} Fixture;

#define OWN "app://io.github.mullion.testgate"

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
  mullion_ipc_main_invoke_event_return (event, json_node_init_int (json_node_alloc (), 1));
}

static void
denied_cb (MullionWebContents  *contents,
           MullionWebFrameMain *frame,
           const char          *channel,
           Fixture             *fixture)
{
  g_assert_true (mullion_web_frame_main_get_web_contents (frame) == contents);
  g_string_append_printf (fixture->denied, "%s:%s ",
                          mullion_web_frame_main_is_main_frame (frame) ? "main" : "sub", channel);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());
  static const char *const channels[] = { "granted", "notes:save", "other" };

  fixture->heard = g_string_new (NULL);
  fixture->denied = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      mullion_ipc_main_on (ipc, channels[i], listener_cb, fixture, NULL);
      mullion_ipc_main_handle (ipc, channels[i], handler_cb, fixture, NULL);
    }
  fixture->page = page_new ();
  g_signal_connect (fixture->page->window->contents, "denied", G_CALLBACK (denied_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  assert_warned ();
  mullion_app_set_grants (ipc_app_get (), NULL);
  mullion_app_audit_grants (ipc_app_get (), NULL);
  g_signal_handlers_disconnect_by_data (fixture->page->window->contents, fixture);
  page_free (fixture->page);
  mullion_ipc_main_remove_all_listeners (ipc, NULL);
  mullion_ipc_main_remove_handler (ipc, "granted");
  mullion_ipc_main_remove_handler (ipc, "notes:save");
  mullion_ipc_main_remove_handler (ipc, "other");
  g_string_free (fixture->heard, TRUE);
  g_string_free (fixture->denied, TRUE);
}

static void
set_grants (Fixture    *fixture,
            const char *text)
{
  g_autoptr(JsonNode) json = json_from_string (text, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(MullionGrants) grants = mullion_grants_new_from_json (json, &error);

  g_assert_no_error (error);
  mullion_web_contents_set_grants (fixture->page->window->contents, grants);
}

#define MAIN " is not granted to the main frame of " OWN
#define SUB " is not granted to a sub-frame of " OWN
#define FAILED "Error invoking remote method "

static void
say (Fixture    *fixture,
     guint64     document,
     const char *messages)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES, document, 0, messages);
}

/* A call, and what it comes to. */
static void
assert_call (Fixture    *fixture,
             guint64     document,
             const char *channel,
             const char *error)
{
  static guint id;
  g_autofree char *call = g_strdup_printf ("[[2,%u,\"%s\",[]]]", ++id, channel);
  g_autofree char *answer =
    error != NULL ? g_strdup_printf ("[[3,%u,\"\",[\"Error: '%s'%s\"]]]", id, channel, error)
                  : g_strdup_printf ("[[2,%u,\"\",[1]]]", id);

  if (error != NULL)
    expect_warning ("*was denied ipcRenderer.invoke(): *");
  say (fixture, document, call);
  page_expect (fixture->page, MULLION_FRAME_DELIVER, document, 0, answer);
}

static void
assert_sync (Fixture    *fixture,
             guint16     kind,
             const char *channel,
             const char *args,
             const char *answer)
{
  static guint id = 1000;
  g_autofree char *call = g_strdup_printf ("[[%u,%u,\"%s\",%s]]", kind, ++id, channel, args);

  page_send (fixture->page, MULLION_FRAME_MESSAGES_SYNC, 1, id, call);
  page_expect (fixture->page, MULLION_FRAME_SYNC_REPLY, 1, id, answer);
}

/* The page itself may say all, and its frames nothing. */
static void
test_default (Fixture       *fixture,
              gconstpointer  data)
{
  page_begin_document (fixture->page, 2, 2, OWN, FALSE);
  assert_call (fixture, 1, "granted", NULL);
  assert_call (fixture, 1, "other", NULL);
  assert_call (fixture, 2, "granted", SUB);
  g_assert_cmpstr (fixture->denied->str, ==, "sub:granted ");
}

static void
test_invoke (Fixture       *fixture,
             gconstpointer  data)
{
  set_grants (fixture, "[\"granted\", \"notes:*\"]");
  assert_call (fixture, 1, "granted", NULL);
  assert_call (fixture, 1, "notes:save", NULL);
  assert_call (fixture, 1, "other", MAIN);
  g_assert_cmpstr (fixture->denied->str, ==, "main:other ");
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Nobody hears what is denied, the contents' own signal neither. */
static void
test_send (Fixture       *fixture,
           gconstpointer  data)
{
  guint n_messages = 0;
  gulong id = g_signal_connect_swapped (fixture->page->window->contents, "ipc-message",
                                        G_CALLBACK (count_cb), &n_messages);

  set_grants (fixture, "[\"granted\"]");
  expect_warning ("*was denied ipcRenderer.send(): 'other'" MAIN);
  expect_warning ("*was denied ipcRenderer.postMessage(): 'notes:save'" MAIN);
  say (fixture, 1, "[[1,0,\"granted\",[]],[1,0,\"other\",[]],[4,0,\"granted\",[1]],"
                   "[4,0,\"notes:save\",[1]]]");
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0,
               "[[6,0,\"\",[\"ipcRenderer.send() was denied: 'other'" MAIN "\"]],"
               "[6,0,\"\",[\"ipcRenderer.postMessage() was denied: 'notes:save'" MAIN "\"]]]");
  g_assert_cmpstr (fixture->heard->str, ==, "granted granted ");
  g_assert_cmpuint (n_messages, ==, 2);
  g_signal_handler_disconnect (fixture->page->window->contents, id);
  g_assert_cmpstr (fixture->denied->str, ==, "main:other main:notes:save ");
}

static void
test_send_sync (Fixture       *fixture,
                gconstpointer  data)
{
  set_grants (fixture, "[\"granted\"]");
  assert_sync (fixture, 3, "granted", "[]", "[2,0,\"\",[1]]");
  expect_warning ("*was denied ipcRenderer.sendSync(): 'other'" MAIN);
  assert_sync (fixture, 3, "other", "[]", "[3,0,\"\",[\"'other'" MAIN "\"]]");
  g_assert_cmpstr (fixture->heard->str, ==, "granted ");
}

static void
test_send_to (Fixture       *fixture,
              gconstpointer  data)
{
  Page *other = page_new ();
  guint id = mullion_web_contents_get_id (other->window->contents);
  g_autofree char *text = g_strdup_printf ("[[5,%u,\"other\",[]],[5,%u,\"granted\",[]]]", id, id);
  g_autofree char *delivered =
    g_strdup_printf ("[[1,%u,\"granted\",[]]]",
                     mullion_web_contents_get_id (fixture->page->window->contents));

  set_grants (fixture, "[\"granted\"]");
  expect_warning ("*was denied ipcRenderer.sendTo(): 'other'" MAIN);
  say (fixture, 1, text);
  page_expect (other, MULLION_FRAME_DELIVER, 1, 0, delivered);
  page_free (other);
}

/* What the runtime asks for on the page's behalf has names of its own. */
static void
test_control (Fixture       *fixture,
              gconstpointer  data)
{
  MullionWebContents *contents = fixture->page->window->contents;

  set_grants (fixture, "[\"mullion:zoom\", \"mullion:remote.mine\"]");
  assert_sync (fixture, 8, "zoom.get", "[]", "[2,0,\"\",[1]]");
  assert_sync (fixture, 8, "remote.get", "[\"mine\",[]]",
               "[3,0,\"\",[\"The shared object is off for this window: see enableRemoteModule\"]]");
  expect_warning ("*was denied remote or webFrame: 'mullion:remote.yours'" MAIN);
  assert_sync (fixture, 8, "remote.get", "[\"yours\",[]]",
               "[3,0,\"\",[\"'mullion:remote.yours'" MAIN "\"]]");
  expect_warning ("*was denied remote or webFrame: 'mullion:remote.'" MAIN);
  assert_sync (fixture, 8, "remote.keys", "[]", "[3,0,\"\",[\"'mullion:remote.'" MAIN "\"]]");

  set_grants (fixture, "[\"granted\"]");
  expect_warning ("*was denied webFrame: 'mullion:zoom'" MAIN);
  say (fixture, 1, "[[7,0,\"zoom.set\",[2]]]");
  expect_warning ("*'mullion:nonsense'" MAIN);
  assert_sync (fixture, 8, "nonsense", "[]", "[3,0,\"\",[\"'mullion:nonsense'" MAIN "\"]]");
  g_assert_cmpfloat (mullion_web_contents_get_zoom_factor (contents), ==, 1.0);
}

/* A frame has what frames are granted, and no more of what its page is. */
static void
test_frames (Fixture       *fixture,
             gconstpointer  data)
{
  set_grants (fixture, "[\"granted\", { \"channels\": [\"notes:*\"], \"frames\": [\"sub\"] }]");
  page_begin_document (fixture->page, 2, 2, OWN, FALSE);
  assert_call (fixture, 2, "notes:save", NULL);
  assert_call (fixture, 2, "granted", SUB);
  assert_call (fixture, 1, "granted", NULL);
  assert_call (fixture, 1, "notes:save", MAIN);
}

/* The same document, before and after. */
static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(MullionGrants) grants = mullion_grants_new ();
  g_autoptr(MullionGrants) others = mullion_grants_new ();
  MullionWebContents *contents = fixture->page->window->contents;

  assert_call (fixture, 1, "granted", NULL);
  mullion_app_set_grants (ipc_app_get (), grants);
  g_assert_true (mullion_app_get_grants (ipc_app_get ()) == grants);
  assert_call (fixture, 1, "granted", MAIN);
  mullion_grants_add (grants, "granted");
  assert_call (fixture, 1, "granted", NULL);

  /* A window's own come before the app's, and are no addition to them. */
  mullion_grants_add (others, "other");
  mullion_web_contents_set_grants (contents, others);
  g_assert_true (mullion_web_contents_get_grants (contents) == others);
  assert_call (fixture, 1, "other", NULL);
  assert_call (fixture, 1, "granted", MAIN);
  mullion_web_contents_set_grants (contents, NULL);
  assert_call (fixture, 1, "granted", NULL);
  assert_call (fixture, 1, "other", MAIN);
}

/* An origin is let in by name, as a page or as a frame. Who is not, ends the channel by speaking. */
static void
test_origins (Fixture       *fixture,
              gconstpointer  data)
{
  set_grants (fixture, "[\"granted\","
                       " { \"channels\": [\"other\"], \"origin\": \"https://example.org\","
                       "   \"frames\": [\"sub\"] }]");
  page_begin_document (fixture->page, 2, 2, "https://example.org", FALSE);
  assert_call (fixture, 2, "other", NULL);
  assert_call (fixture, 2, "granted", " is not granted to a sub-frame of https://example.org");

  /* What it was given is not taken back by ending all that the window does. */
  set_grants (fixture, "[\"granted\"]");
  assert_call (fixture, 2, "other", " is not granted to a sub-frame of https://example.org");
  assert_call (fixture, 1, "granted", NULL);

  expect_warning ("*was cut off: A frame of kind 5 is not of the shape that it must have*");
  page_begin_document (fixture->page, 3, 3, "https://example.com", FALSE);
  say (fixture, 3, "[[2,1,\"other\",[]]]");
  page_wait_end (fixture->page);
}

/* What is no wish of the page needs no grant: its answers, and giving up its own calls. */
static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  set_grants (fixture, "[]");
  say (fixture, 1, "[[9,7,\"\",[]],[10,7,\"\",[1]],[6,7,\"\",[1]]]");
  assert_call (fixture, 1, "granted", MAIN);
  g_assert_cmpstr (fixture->denied->str, ==, "main:granted ");
}

/* The name is the page's: no line of its own in the log, and no end of text. */
static void
test_odd_names (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autofree char *text = g_strdup_printf ("[[1,0,\"%s\",[]],[1,0,\"a\\nb\\u001b[2J\",[]]]", name);
  g_autofree char *shown = g_strnfill (100, 'x');
  g_autofree char *warning =
    g_strdup_printf ("WebContents #* was denied ipcRenderer.send(): '%s…'" MAIN, shown);

  set_grants (fixture, "[]");
  expect_warning (warning);
  expect_warning ("WebContents #* was denied ipcRenderer.send(): 'a�b�[2J'" MAIN);
  say (fixture, 1, text);
  g_free (page_wait_frame (fixture->page, MULLION_FRAME_DELIVER));
}

static guint
count_console_lines (Fixture *fixture)
{
  g_autoptr(MullionFrame) frame = page_wait_frame (fixture->page, MULLION_FRAME_DELIVER);
  guint n = 0;

  for (const char *c = frame->body; (c = strstr (c, "[6,0,")) != NULL; c++)
    n++;
  return n;
}

/* Every denial is a signal; the log, and the page's console, get a few. The batch takes as many turns
 * as the machine needs, and so many frames go back. */
static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new ("[");
  guint n_told = 0;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "%s[1,0,\"n\",[]]", i > 0 ? "," : "");
  g_string_append_c (text, ']');
  for (guint i = 0; i < 5; i++)
    expect_warning ("*was denied ipcRenderer.send(): 'n'" MAIN);

  set_grants (fixture, "[]");
  say (fixture, 1, text->str);
  while (n_told < 5)
    n_told += count_console_lines (fixture);
  g_assert_cmpuint (n_told, ==, 5);
  ipc_wait_until (fixture->denied->len == 1000 * strlen ("main:n "));
}

static void
close_cb (MullionWebContents  *contents,
          MullionWebFrameMain *frame,
          const char          *channel,
          Fixture             *fixture)
{
  mullion_browser_window_destroy (fixture->page->window->window);
}

static void
test_close_on_denied (Fixture       *fixture,
                      gconstpointer  data)
{
  set_grants (fixture, "[]");
  g_signal_connect (fixture->page->window->contents, "denied", G_CALLBACK (close_cb), fixture);
  expect_warning ("*was denied ipcRenderer.send(): 'a'" MAIN);
  say (fixture, 1, "[[1,0,\"a\",[]],[1,0,\"granted\",[]],[2,1,\"granted\",[]]]");
  page_wait_end (fixture->page);
  g_assert_cmpstr (fixture->denied->str, ==, "main:a ");
  g_assert_cmpstr (fixture->heard->str, ==, "");
}

/* Nothing is denied, and what was used is what would have to be granted. */
static void
test_audit (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(MullionGrants) used = mullion_grants_new ();
  g_autoptr(JsonNode) json = NULL;
  g_autofree char *text = NULL;

  set_grants (fixture, "[{ \"channels\": [\"x\"], \"origin\": \"https://example.org\" }]");
  mullion_app_audit_grants (ipc_app_get (), used);
  page_begin_document (fixture->page, 2, 2, OWN, FALSE);
  assert_call (fixture, 1, "notes:save", NULL);
  assert_call (fixture, 1, "granted", NULL);
  assert_call (fixture, 2, "granted", NULL);
  page_begin_document (fixture->page, 3, 1, "https://example.org", TRUE);
  assert_call (fixture, 3, "other", NULL);

  json = mullion_grants_to_json (used);
  text = json_to_string (json, FALSE);
  g_assert_cmpstr (text, ==,
                   "[\"notes:save\",{\"frames\":[\"main\",\"sub\"],\"channels\":[\"granted\"]},"
                   "{\"origin\":\"https://example.org\",\"channels\":[\"other\"]}]");
  g_assert_cmpstr (fixture->denied->str, ==, "");

  mullion_app_audit_grants (ipc_app_get (), NULL);
  mullion_web_contents_set_grants (fixture->page->window->contents, used);
  assert_call (fixture, 3, "other", NULL);
  assert_call (fixture, 3, "granted", " is not granted to the main frame of https://example.org");
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/gate/default", test_default },
    { "/gate/invoke", test_invoke },
    { "/gate/send", test_send },
    { "/gate/send-sync", test_send_sync },
    { "/gate/send-to", test_send_to },
    { "/gate/control", test_control },
    { "/gate/frames", test_frames },
    { "/gate/changes", test_changes },
    { "/gate/origins", test_origins },
    { "/gate/answers", test_answers },
    { "/gate/odd-names", test_odd_names },
    { "/gate/flood", test_flood },
    { "/gate/close-on-denied", test_close_on_denied },
    { "/gate/audit", test_audit },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestGate");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();
  g_object_unref (app);

  return status;
}
