/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "app/mullion-web-contents-private.h"
#include "tests/test-memory.h"
#include "tests/test-warnings.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* MullionPageHost and the router, with a web process in the hands of an attacker: the test holds
 * the other end of a page's channel, and says what no renderer would.
 *
 * Each lie ends its channel with one warning that names the reason. A second window, whose page
 * behaves, is served all the while. */

typedef struct
{
  Page *page;    /* the liar */
  Page *witness; /* who must not suffer from it */
  GString *heard;
  guint n_heard;
  GPtrArray *calls; /* MullionIpcMainInvokeEvent that wait */
} Fixture;

/* -- The host -- */

static void
heard_cb (MullionIpcMainEvent *event,
          JsonArray           *args,
          gpointer             user_data)
{
  Fixture *fixture = user_data;

  fixture->n_heard++;
  if (json_array_get_length (args) > 0 && fixture->n_heard <= 100)
    g_string_append_printf (fixture->heard, "%" G_GINT64_FORMAT " ",
                            json_array_get_int_element (args, 0));
}

static void
answer_cb (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  mullion_ipc_main_event_set_return_value (event, json_node_init_int (json_node_alloc (), 42));
}

static void
echo_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, json_array_dup_element (args, 0));
}

static void
keep_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->calls, g_object_ref (event));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->heard = g_string_new (NULL);
  fixture->calls = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_on (ipc, "tell", heard_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "ask", answer_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "echo", echo_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "keep", keep_cb, fixture, NULL);
  fixture->page = page_new ();
  fixture->witness = page_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  /* The witness is served as ever. */
  page_send (fixture->witness, MULLION_FRAME_MESSAGES, 1, 0, "[[2,77,\"echo\",[\"alive\"]]]");
  page_expect (fixture->witness, MULLION_FRAME_DELIVER, 1, 0, "[[2,77,\"\",[\"alive\"]]]");
  assert_warned ();

  mullion_ipc_main_remove_all_listeners (ipc, NULL);
  mullion_ipc_main_remove_handler (ipc, "echo");
  mullion_ipc_main_remove_handler (ipc, "keep");
  g_ptr_array_unref (fixture->calls);
  page_free (fixture->page);
  page_free (fixture->witness);
  g_string_free (fixture->heard, TRUE);
}

/* The page's channel ends, with this reason. */
static void
expect_end (Fixture    *fixture,
            const char *reason)
{
  g_autofree char *pattern = g_strdup_printf ("The channel of WebContents #%u was cut off: %s",
    mullion_web_contents_get_id (fixture->page->window->contents), reason);

  expect_warning (pattern);
}

/* And with it the web process that broke the rules. */
static void
assert_gone (Fixture *fixture)
{
  g_autofree char *event = ipc_window_wait (fixture->page->window, "render-process-gone");

  g_assert_cmpstr (event, ==, "render-process-gone killed");
  g_assert_nonnull (mullion_web_contents_get_gone_message (fixture->page->window->contents));
}

static void
assert_ended (Fixture *fixture)
{
  page_wait_end (fixture->page);
  assert_warned ();
  assert_gone (fixture);
  g_assert_null (mullion_web_contents_get_main_frame (fixture->page->window->contents));
}

/* -- A page that behaves, so that the lies can only be what makes the difference -- */

static void
test_behaves (Fixture       *fixture,
              gconstpointer  data)
{
  Page *page = fixture->page;

  page_send (page, MULLION_FRAME_MESSAGES, 1, 0, "[[1,0,\"tell\",[1]],[2,5,\"echo\",[{\"a\":1}]],"
                                                 "[1,0,\"tell\",[2]],[4,0,\"tell\",[3]]]");
  page_expect (page, MULLION_FRAME_DELIVER, 1, 0, "[[2,5,\"\",[{\"a\":1}]]]");
  /* A turn may end with the answer. */
  ipc_wait_until (g_str_equal (fixture->heard->str, "1 2 3 "));

  page_send (page, MULLION_FRAME_MESSAGES_SYNC, 1, 9, "[[1,0,\"tell\",[4]],[3,6,\"ask\",[]]]");
  page_expect (page, MULLION_FRAME_SYNC_REPLY, 1, 9, "[2,0,\"\",[42]]");
  g_assert_cmpstr (fixture->heard->str, ==, "1 2 3 4 ");

  page_send (page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,7,\"none\",[]]]");
  page_expect (page, MULLION_FRAME_DELIVER, 1, 0,
               "[[3,7,\"\",[\"Error: No handler registered for 'none'\"]]]");

  expect_warning ("WebContents #* called ipcRenderer.sendSync() with 'none' channel without "
                  "listeners.");
  page_send (page, MULLION_FRAME_MESSAGES_SYNC, 1, 10, "[[3,8,\"none\",[]]]");
  g_free (page_wait_frame (page, MULLION_FRAME_SYNC_REPLY));
}

/* -- Lies of one frame -- */

typedef struct
{
  const char *path;
  guint16 kind;
  guint64 document;
  guint64 id;
  const char *body;
  const char *reason;
} Lie;

#define SHAPE(kind) "A frame of kind " #kind " is not of the shape that it must have"
#define NO_JSON(kind) "A frame of kind " #kind " holds no JSON: *"

static const Lie lies[] = {
  { "kind/unknown", 99, 1, 0, "{}", "A frame is of the unknown kind 99" },
  { "kind/none", 0, 1, 0, "{}", "A frame is of the unknown kind 0" },
  { "kind/of-main", MULLION_FRAME_DELIVER, 1, 0, "[]", "A frame is of the unknown kind 33" },
  { "json/empty", 5, 1, 0, "", NO_JSON (5) },
  { "json/cut", 5, 1, 0, "[[1,0,\"tell\",[1]]", NO_JSON (5) },
  { "json/two", 5, 1, 0, "[][]", NO_JSON (5) },
  { "json/not-utf8", 5, 1, 0, "[\"\xff\"]", NO_JSON (5) },
  { "json/script", 5, 1, 0, "[undefined]", NO_JSON (5) },
  { "document/never-was", 5, 2, 0, "[]",
    "A frame of kind 5 is from document 2, which does not live" },
  { "document/zero", 5, 0, 0, "[]", "A frame of kind 5 is from document 0, which does not live" },
  { "document/huge", 3, G_MAXUINT64, 0, "{}",
    "A frame of kind 3 is from document 18446744073709551615, which does not live" },
  { "document/again", 1, 1, 0,
    "{\"frame\":1,\"url\":\"a\",\"origin\":\"a\",\"isMainFrame\":true}", SHAPE (1) },
  { "document/number-zero", 1, 0, 0,
    "{\"frame\":1,\"url\":\"a\",\"origin\":\"a\",\"isMainFrame\":true}", SHAPE (1) },
  { "document/frame-zero", 1, 2, 0, "{\"frame\":0,\"url\":\"a\",\"origin\":\"a\"}", SHAPE (1) },
  { "document/frame-negative", 1, 2, 0,
    "{\"frame\":-1,\"url\":\"a\",\"origin\":\"a\"}", SHAPE (1) },
  { "document/frame-text", 1, 2, 0, "{\"frame\":\"1\",\"url\":\"a\",\"origin\":\"a\"}", SHAPE (1) },
  { "document/no-url", 1, 2, 0, "{\"frame\":2,\"origin\":\"a\"}", SHAPE (1) },
  { "document/no-origin", 1, 2, 0, "{\"frame\":2,\"url\":\"a\",\"origin\":null}", SHAPE (1) },
  { "document/origin-list", 1, 2, 0, "{\"frame\":2,\"url\":\"a\",\"origin\":[\"a\"]}", SHAPE (1) },
  { "document/array", 1, 2, 0, "[]", SHAPE (1) },
  { "ready/array", 2, 1, 0, "[]", SHAPE (2) },
  { "preload-error/no-path", 7, 1, 0, "{\"message\":\"a\"}", SHAPE (7) },
  { "preload-error/number", 7, 1, 0, "{\"path\":\"a\",\"message\":1}", SHAPE (7) },
  { "console/no-text", 8, 0, 0, "{\"source\":\"a\"}", SHAPE (8) },
  { "console/null", 8, 0, 0, "null", SHAPE (8) },
  { "messages/object", 5, 1, 0, "{}", SHAPE (5) },
  { "messages/number", 5, 1, 0, "7", SHAPE (5) },
  { "message/number", 5, 1, 0, "[7]", SHAPE (5) },
  { "message/object", 5, 1, 0, "[{}]", SHAPE (5) },
  { "message/empty", 5, 1, 0, "[[]]", SHAPE (5) },
  { "message/short", 5, 1, 0, "[[1,0,\"tell\"]]", SHAPE (5) },
  { "message/long", 5, 1, 0, "[[1,0,\"tell\",[],0]]", SHAPE (5) },
  { "message/kind-text", 5, 1, 0, "[[\"1\",0,\"tell\",[]]]", SHAPE (5) },
  { "message/kind-real", 5, 1, 0, "[[1.5,0,\"tell\",[]]]", SHAPE (5) },
  { "message/kind-unknown", 5, 1, 0, "[[99,0,\"tell\",[]]]", SHAPE (5) },
  { "message/kind-zero", 5, 1, 0, "[[0,0,\"tell\",[]]]", SHAPE (5) },
  { "message/kind-huge", 5, 1, 0, "[[4294967297,0,\"tell\",[]]]", SHAPE (5) },
  { "message/id-negative", 5, 1, 0, "[[2,-1,\"echo\",[1]]]", SHAPE (5) },
  { "message/id-huge", 5, 1, 0, "[[2,9007199254740993,\"echo\",[1]]]", SHAPE (5) },
  { "message/id-null", 5, 1, 0, "[[2,null,\"echo\",[1]]]", SHAPE (5) },
  { "message/channel-number", 5, 1, 0, "[[1,0,7,[]]]", SHAPE (5) },
  { "message/channel-null", 5, 1, 0, "[[1,0,null,[]]]", SHAPE (5) },
  { "message/args-object", 5, 1, 0, "[[1,0,\"tell\",{}]]", SHAPE (5) },
  { "message/args-null", 5, 1, 0, "[[1,0,\"tell\",null]]", SHAPE (5) },
  { "sync/without-waiting", 5, 1, 0, "[[3,1,\"ask\",[]]]", SHAPE (5) },
  { "sync/control-without-waiting", 5, 1, 0, "[[8,1,\"zoom.get\",[]]]", SHAPE (5) },
  { "sync/not-last", 6, 1, 1, "[[3,1,\"ask\",[]],[3,2,\"ask\",[]]]", SHAPE (6) },
  { "sync/waiting-for-send", 6, 1, 1, "[[1,0,\"tell\",[]]]", SHAPE (6) },
  { "sync/waiting-for-invoke", 6, 1, 1, "[[2,1,\"echo\",[1]]]", SHAPE (6) },
  { "sync/waiting-for-nothing", 6, 1, 1, "[]", SHAPE (6) },
  { "sync/no-number", 6, 1, 0, "[[3,1,\"ask\",[]]]", SHAPE (6) },
};

static void
test_lie (Fixture       *fixture,
          gconstpointer  data)
{
  const Lie *lie = data;

  expect_end (fixture, lie->reason);
  page_send (fixture->page, lie->kind, lie->document, lie->id, lie->body);
  /* And nothing that follows is heard. */
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[1,0,\"tell\",[9]]]");
  assert_ended (fixture);
  g_assert_null (strchr (fixture->heard->str, '9'));
}

/* -- Lies that take more -- */

static void
test_too_long (Fixture       *fixture,
               gconstpointer  data)
{
  MullionFrameHeader header = {
    .length = MULLION_WIRE_MAX_LENGTH + 1, .kind = MULLION_FRAME_MESSAGES, .document = 1,
  };

  expect_end (fixture, "A frame of kind 5 announced more bytes than the limit: 134217729");
  page_write (fixture->page, (const guint8 *) &header, sizeof header);
  assert_ended (fixture);
}

static void
test_unknown_flags (Fixture       *fixture,
                   gconstpointer  data)
{
  MullionFrameHeader header = { .kind = MULLION_FRAME_MESSAGES, .document = 1, .flags = 2 };

  expect_end (fixture, "A frame of kind 5 announced flags that this version does not know: 2");
  page_write (fixture->page, (const guint8 *) &header, sizeof header);
  assert_ended (fixture);
}

static void
test_deep (Fixture       *fixture,
           gconstpointer  data)
{
  const guint depth = 100000;
  g_autoptr(GString) body = g_string_new ("[[1,0,\"tell\",[");

  for (guint i = 0; i < depth; i++)
    g_string_append_c (body, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (body, ']');
  g_string_append (body, "]]]");

  expect_end (fixture, NO_JSON (5));
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, body->str);
  assert_ended (fixture);
}

/* A frame within its limit, of values that would fill the memory. */
static void
test_too_many_values (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GString) body = g_string_new ("[[1,0,\"tell\",[0");

  for (guint i = 0; i < 3000000; i++)
    g_string_append (body, ",[]");
  g_string_append (body, "]]]");

  expect_end (fixture, NO_JSON (5));
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, body->str);
  assert_ended (fixture);
}

static void
test_dead_document (Fixture       *fixture,
                    gconstpointer  data)
{
  page_send (fixture->page, MULLION_FRAME_DOCUMENT_GONE, 1, 0, "{}");
  expect_end (fixture, "A frame of kind 5 is from document 1, which does not live");
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[1,0,\"tell\",[1]]]");
  assert_ended (fixture);
  g_assert_cmpuint (fixture->n_heard, ==, 0);
}

/* A number that was used before would inherit what was meant for another document. */
static void
test_reused_document (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *origin = mullion_app_get_origin (ipc_app_get ());

  page_begin_document (fixture->page, 5, 1, origin, TRUE);
  expect_end (fixture, SHAPE (1));
  page_begin_document (fixture->page, 4, 1, origin, TRUE);
  assert_ended (fixture);
}

/* Frames may say nothing unless they are granted something. */
static void
grant_frames (Fixture *fixture)
{
  g_autoptr(MullionGrants) grants = mullion_grants_new ();

  mullion_grants_add_for (grants, "*", NULL, MULLION_GRANT_MAIN_FRAME | MULLION_GRANT_SUB_FRAMES);
  mullion_web_contents_set_grants (fixture->page->window->contents, grants);
}

static void
test_too_many_documents (Fixture       *fixture,
                         gconstpointer  data)
{
  const char *origin = mullion_app_get_origin (ipc_app_get ());

  for (guint i = 2; i <= 1000; i++)
    page_begin_document (fixture->page, i, i, origin, FALSE);
  /* It counts those that live, and the last one still does. */
  grant_frames (fixture);
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1000, 0, "[[2,1,\"echo\",[1]]]");
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1000, 0, "[[2,1,\"\",[1]]]");

  expect_end (fixture, SHAPE (1));
  page_begin_document (fixture->page, 1001, 1001, origin, FALSE);
  assert_ended (fixture);
}

/* Two calls of one number could not both be cancelled. */
static void
test_reused_call (Fixture       *fixture,
                  gconstpointer  data)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"keep\",[]],[2,2,\"keep\",[]]]");
  ipc_wait_until (fixture->calls->len == 2);
  expect_end (fixture, SHAPE (5));
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"keep\",[]]]");
  assert_ended (fixture);

  g_assert_cmpuint (fixture->calls->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      MullionIpcMainInvokeEvent *event = fixture->calls->pdata[i];

      g_assert_true (g_cancellable_is_cancelled (
        mullion_ipc_main_invoke_event_get_cancellable (event)));
      g_assert_null (mullion_ipc_main_invoke_event_get_sender_frame (event));
      mullion_ipc_main_invoke_event_return (event, NULL);
    }
}

/* A number whose call was answered is free again. */
static void
test_call_after_answer (Fixture       *fixture,
                        gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"echo\",[1]]]");
      page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[2,1,\"\",[1]]]");
    }
}

/* A page that the app does not list may tell what it is, and answer scripts; no more. */
static void
test_foreign_origin (Fixture       *fixture,
                     gconstpointer  data)
{
  page_begin_document (fixture->page, 2, 1, "https://example.org", TRUE);
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 2, 0, "[[6,999,\"\",[1]]]");
  expect_end (fixture, SHAPE (5));
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 2, 0, "[[1,0,\"tell\",[1]]]");
  assert_ended (fixture);
  g_assert_cmpuint (fixture->n_heard, ==, 0);
}

/* -- Two pages in one view -- */

static void
evaluated_cb (GObject      *contents,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node =
    mullion_web_contents_execute_javascript_finish (MULLION_WEB_CONTENTS (contents), result,
                                                    &error);

  g_assert_no_error (error);
  *(char **) user_data = json_to_string (node, FALSE);
}

/* A page that is not shown answers for nobody but itself. */
static void
test_forged_result (Fixture       *fixture,
                    gconstpointer  data)
{
  const char *origin = mullion_app_get_origin (ipc_app_get ());
  Page *other = page_offer (fixture->page->window);
  g_autofree char *text = NULL;

  mullion_web_contents_execute_javascript_async (fixture->page->window->contents, "1", NULL,
                                                 evaluated_cb, &text);
  page_expect (fixture->page, MULLION_FRAME_EVALUATE, 1, 1, "{\"code\":\"1\"}");

  grant_frames (fixture);
  page_begin_document (other, 1, 2, origin, FALSE);
  page_send (other, MULLION_FRAME_MESSAGES, 1, 0, "[[6,1,\"\",[\"forged\"]],[2,1,\"echo\",[1]]]");
  page_expect (other, MULLION_FRAME_DELIVER, 1, 0, "[[2,1,\"\",[1]]]");
  g_assert_null (text);

  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[6,1,\"\",[\"true\"]]]");
  ipc_wait_until (text != NULL);
  g_assert_cmpstr (text, ==, "\"true\"");

  other->window = NULL;
  page_free (other);
}

/* What one process waits for is not answered to another. */
static void
test_sync_of_another (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *origin = mullion_app_get_origin (ipc_app_get ());
  Page *other = page_offer (fixture->page->window);

  grant_frames (fixture);
  page_begin_document (other, 1, 2, origin, FALSE);
  page_send (other, MULLION_FRAME_MESSAGES_SYNC, 1, 3, "[[3,1,\"ask\",[]]]");
  page_expect (other, MULLION_FRAME_SYNC_REPLY, 1, 3, "[2,0,\"\",[42]]");
  page_send (other, MULLION_FRAME_MESSAGES_SYNC, 1, 4, "[[8,1,\"zoom.get\",[]]]");
  page_expect (other, MULLION_FRAME_SYNC_REPLY, 1, 4, "[2,0,\"\",[1]]");

  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"echo\",[1]]]");
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[2,1,\"\",[1]]]");
  g_assert_null (mullion_frame_reader_steal (fixture->page->reader, MULLION_FRAME_SYNC_REPLY,
                                             G_MAXUINT64));
  other->window = NULL;
  page_free (other);
}

/* -- The shared object -- */

static void
test_remote_off (Fixture       *fixture,
                 gconstpointer  data)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES_SYNC, 1, 1, "[[8,1,\"remote.get\",[\"g\",[]]]]");
  page_expect (fixture->page, MULLION_FRAME_SYNC_REPLY, 1, 1,
               "[3,0,\"\",[\"The shared object is off for this window: see "
               "enableRemoteModule\"]]");
  page_send (fixture->page, MULLION_FRAME_MESSAGES_SYNC, 1, 2, "[[8,1,\"remote.everything\",[]]]");
  page_expect (fixture->page, MULLION_FRAME_SYNC_REPLY, 1, 2,
               "[3,0,\"\",[\"The preload runtime asked for 'remote.everything', which is not "
               "known\"]]");
}

/* Each writing is short, but together they would nest without end. */
static void
test_remote_deep (Fixture       *fixture,
                  gconstpointer  data)
{
  Page *page = page_offer (ipc_window_new ("{ \"show\": false, \"webPreferences\": "
                                           "{ \"enableRemoteModule\": true } }"));
  g_autoptr(GString) keys = g_string_new ("\"a\"");

  mullion_app_set_global (ipc_app_get (), "g",
                          json_node_init_object (json_node_alloc (), json_object_new ()));
  page_begin_document (page, 1, 1, mullion_app_get_origin (ipc_app_get ()), TRUE);
  for (guint i = 1; i <= 101; i++)
    {
      g_autofree char *body =
        g_strdup_printf ("[[8,1,\"remote.set\",[\"g\",[%s],{}]]]", keys->str);

      page_send (page, MULLION_FRAME_MESSAGES_SYNC, 1, i, body);
      page_expect (page, MULLION_FRAME_SYNC_REPLY, 1, i, i <= 100 ? "[2,0,\"\",[]]" :
                   "[3,0,\"\",[\"A place in a shared object is a name and a path\"]]");
      g_string_append (keys, ",\"a\"");
    }
  page_free (page);
}

static gboolean
push_cb (gpointer contents)
{
  mullion_web_contents_send (contents, "push", NULL);
  return G_SOURCE_REMOVE;
}

static void
nest_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  Fixture *fixture = user_data;

  g_idle_add (push_cb, mullion_ipc_main_event_get_sender (event));
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[1,0,\"push\",[]]]");
  fixture->n_heard++;
}

/* A handler that runs a loop of its own, for a dialog say, keeps no messages back. */
static void
test_loop_in_handler (Fixture       *fixture,
                      gconstpointer  data)
{
  mullion_ipc_main_on (mullion_app_get_ipc_main (ipc_app_get ()), "nest", nest_cb, fixture, NULL);
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[1,0,\"nest\",[]]]");
  ipc_wait_until (fixture->n_heard == 1);
}

/* -- Numbers -- */

static gboolean
tick_cb (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_CONTINUE;
}

static void
test_flood (Fixture       *fixture,
            gconstpointer  data)
{
  const guint n_frames = 20000;
  g_autofree char *text = g_strnfill (4000, 'x');
  g_autofree char *body =
    g_strdup_printf ("[[1,0,\"tell\",[1,\"%s\"]],[1,0,\"nobody\",[]]]", text);
  gsize before = read_resident_kib (getpid ());
  guint ticks = 0;
  guint ticker = g_timeout_add (1, tick_cb, &ticks);

  for (guint i = 0; i < n_frames; i++)
    page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, body);
  ipc_wait_until (fixture->n_heard == n_frames);
  g_source_remove (ticker);

  /* 80 MB came in. */
  g_test_message ("%u ticks, from %zu to %zu KiB", ticks, before, read_resident_kib (getpid ()));
  g_assert_cmpuint (ticks, >, 5);
  g_assert_cmpuint (read_resident_kib (getpid ()), <, before + 20 * 1024);
}

/* Who asks without reading the answers is not served on and on. */
static void
test_deaf (Fixture       *fixture,
           gconstpointer  data)
{
  Page *page = fixture->page;
  g_autofree char *text = g_strnfill (60000, 'x');
  gsize before = read_resident_kib (getpid ());
  gsize written = 0;
  guint64 id = 0;
  guint patience = 0;

  /* No page_send: that would wait for ever. */
  while (patience < 1000)
    {
      g_autofree char *body =
        g_strdup_printf ("[[2,%" G_GUINT64_FORMAT ",\"echo\",[\"%s\"]]]", ++id, text);
      MullionFrameHeader header = {
        .length = strlen (body), .kind = MULLION_FRAME_MESSAGES, .document = 1,
      };
      g_autoptr(GByteArray) bytes = g_byte_array_new ();
      gsize done = 0;

      g_byte_array_append (bytes, (const guint8 *) &header, sizeof header);
      g_byte_array_append (bytes, (const guint8 *) body, header.length);
      for (patience = 0; done < bytes->len && patience < 1000; patience++)
        {
          gssize n = send (page->fd, bytes->data + done, bytes->len - done,
                           MSG_DONTWAIT | MSG_NOSIGNAL);

          g_assert_true (n > 0 || errno == EAGAIN);
          if (n > 0)
            patience = 0;
          done += MAX (n, 0);
          ipc_settle ();
        }
      written += done;
      if (done == bytes->len)
        patience = 0;
      g_assert_cmpuint (written, <, 64 * 1024 * 1024);
    }

  g_test_message ("%zu bytes were taken", written);
  g_assert_cmpuint (read_resident_kib (getpid ()), <, before + 64 * 1024);
  g_assert_nonnull (mullion_web_contents_get_main_frame (page->window->contents));
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/page-host/behaves", test_behaves },
    { "/page-host/too-long", test_too_long },
    { "/page-host/unknown-flags", test_unknown_flags },
    { "/page-host/deep", test_deep },
    { "/page-host/too-many-values", test_too_many_values },
    { "/page-host/dead-document", test_dead_document },
    { "/page-host/reused-document", test_reused_document },
    { "/page-host/too-many-documents", test_too_many_documents },
    { "/page-host/reused-call", test_reused_call },
    { "/page-host/call-after-answer", test_call_after_answer },
    { "/page-host/foreign-origin", test_foreign_origin },
    { "/page-host/forged-result", test_forged_result },
    { "/page-host/sync-of-another", test_sync_of_another },
    { "/page-host/remote-off", test_remote_off },
    { "/page-host/remote-deep", test_remote_deep },
    { "/page-host/loop-in-handler", test_loop_in_handler },
    { "/page-host/flood", test_flood },
    { "/page-host/deaf", test_deaf },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageHost");

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/page-host/lie/", lies[i].path, NULL);

      g_test_add (path, Fixture, &lies[i], set_up, test_lie, tear_down);
    }
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
