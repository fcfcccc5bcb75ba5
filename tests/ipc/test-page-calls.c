/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "tests/test-warnings.h"

/* Calls of a page that is no renderer of ours, and calls to it. It gives up what it never asked for,
 * uses a number again while its first call is still in somebody's hands, and answers what it was not
 * asked. */

typedef struct
{
  Page *page;
  GPtrArray *calls; /* MullionIpcMainInvokeEvent that wait */
} Fixture;

static void
keep_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->calls, g_object_ref (event));
}

static void
echo_cb (MullionIpcMainInvokeEvent *event,
         JsonArray                 *args,
         gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, json_array_dup_element (args, 0));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  fixture->calls = g_ptr_array_new_with_free_func (g_object_unref);
  mullion_ipc_main_handle (ipc, "keep", keep_cb, fixture, NULL);
  mullion_ipc_main_handle (ipc, "echo", echo_cb, fixture, NULL);
  fixture->page = page_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  assert_warned ();
  mullion_ipc_main_remove_handler (ipc, "keep");
  mullion_ipc_main_remove_handler (ipc, "echo");
  g_ptr_array_unref (fixture->calls);
  page_free (fixture->page);
}

/* The page is served as ever, and got nothing before this. */
static void
assert_served (Fixture *fixture)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,99,\"echo\",[\"alive\"]]]");
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[2,99,\"\",[\"alive\"]]]");
}

static MullionIpcMainInvokeEvent *
nth_call (Fixture *fixture,
          guint    n)
{
  ipc_wait_until (fixture->calls->len > n);
  return fixture->calls->pdata[n];
}

static gboolean
is_cancelled (MullionIpcMainInvokeEvent *event)
{
  return g_cancellable_is_cancelled (mullion_ipc_main_invoke_event_get_cancellable (event));
}

static void
test_abort (Fixture       *fixture,
            gconstpointer  data)
{
  MullionIpcMainInvokeEvent *first;
  MullionIpcMainInvokeEvent *second;

  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"keep\",[]],[2,2,\"keep\",[]],"
                                                          "[9,1,\"\",[]]]");
  first = nth_call (fixture, 0);
  second = nth_call (fixture, 1);
  assert_served (fixture);
  g_assert_true (is_cancelled (first));
  g_assert_false (is_cancelled (second));

  mullion_ipc_main_invoke_event_return (first, NULL);
  assert_served (fixture);
  mullion_ipc_main_invoke_event_return (second, NULL);
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[2,2,\"\",[]]]");
}

static void
test_abort_nothing (Fixture       *fixture,
                    gconstpointer  data)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0,
             "[[9,0,\"\",[]],[9,1,\"\",[]],[9,9007199254740992,\"any\",[1,2]],"
             "[2,5,\"echo\",[1]],[9,5,\"\",[]],[9,5,\"\",[]]]");
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[2,5,\"\",[1]]]");
  assert_served (fixture);
}

/* The answer to a call that was given up is not the answer to the next one of its number. */
static void
test_reuse (Fixture       *fixture,
            gconstpointer  data)
{
  MullionIpcMainInvokeEvent *first;
  MullionIpcMainInvokeEvent *second;

  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"keep\",[]],[9,1,\"\",[]],"
                                                          "[2,1,\"keep\",[]]]");
  first = nth_call (fixture, 0);
  second = nth_call (fixture, 1);
  mullion_ipc_main_invoke_event_return_new_error (first, MULLION_ERROR, MULLION_ERROR_FAILED, "x");
  assert_served (fixture);
  g_assert_true (is_cancelled (first));
  g_assert_false (is_cancelled (second));

  mullion_ipc_main_invoke_event_return (second, NULL);
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[2,1,\"\",[]]]");
}

/* Another document has other calls, of whatever number. */
static void
test_abort_of_another (Fixture       *fixture,
                       gconstpointer  data)
{
  MullionIpcMainInvokeEvent *call;

  page_begin_document (fixture->page, 2, 2, mullion_app_get_origin (ipc_app_get ()), FALSE);
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"keep\",[]]]");
  call = nth_call (fixture, 0);
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 2, 0, "[[9,1,\"\",[]]]");
  assert_served (fixture);
  g_assert_false (is_cancelled (call));
}

static void
close_cb (GCancellable *cancellable,
          Fixture      *fixture)
{
  mullion_browser_window_destroy (fixture->page->window->window);
}

/* Whoever is told of it may close the window, with messages still to come. */
static void
test_close_on_abort (Fixture       *fixture,
                     gconstpointer  data)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"keep\",[]]]");
  g_signal_connect (mullion_ipc_main_invoke_event_get_cancellable (nth_call (fixture, 0)),
                    "cancelled", G_CALLBACK (close_cb), fixture);
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0,
             "[[9,1,\"\",[]],[2,2,\"keep\",[]]]");
  page_wait_end (fixture->page);
  g_assert_cmpuint (fixture->calls->len, ==, 1);
}

/* What an app says of an error travels beside its text. */
static void
test_typed_error (Fixture       *fixture,
                  gconstpointer  data)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, "[[2,1,\"keep\",[]],[2,2,\"keep\",[]]]");
  mullion_ipc_main_invoke_event_return_new_error (nth_call (fixture, 0), MULLION_ERROR,
                                                  MULLION_ERROR_FAILED, "%s", "boom");
  mullion_ipc_main_invoke_event_return_error_with_details (
    nth_call (fixture, 1), g_error_new_literal (G_IO_ERROR, G_IO_ERROR_EXISTS, "there"),
    json_node_init_boolean (json_node_alloc (), TRUE));
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0,
               "[[3,1,\"\",[\"Error: boom\",\"mullion-error-quark\",0]],"
               "[3,2,\"\",[\"Error: there\",\"g-io-error-quark\",2,true]]]");
}

/* -- What the page is asked -- */

typedef struct
{
  JsonNode *answer;
  GError *error;
} Asked;

static void
answered_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  Asked *self = user_data;

  g_assert_null (self->answer);
  g_assert_no_error (self->error);
  self->answer = mullion_web_contents_invoke_finish (MULLION_WEB_CONTENTS (contents), result,
                                                     &self->error);
}

static void
ask (Fixture      *fixture,
     Asked        *self,
     guint         timeout_msec,
     GCancellable *cancellable)
{
  mullion_web_contents_invoke_async (fixture->page->window->contents, "q", NULL, timeout_msec,
                                     cancellable, answered_cb, self);
}

static void
answer (Fixture    *fixture,
        guint64     document,
        const char *messages)
{
  page_send (fixture->page, MULLION_FRAME_MESSAGES, document, 0, messages);
}

static void
assert_pending (Fixture *fixture,
                Asked   *self)
{
  assert_served (fixture);
  g_assert_null (self->answer);
  g_assert_no_error (self->error);
}

static void
assert_failed (Asked        *self,
               MullionError  code,
               const char   *message)
{
  ipc_wait_until (self->error != NULL);
  g_assert_error (self->error, MULLION_ERROR, (int) code);
  g_assert_cmpstr (self->error->message, ==, message);
  g_clear_error (&self->error);
}

static void
assert_answered (Asked  *self,
                 gint64  value)
{
  ipc_wait_until (self->answer != NULL);
  g_assert_cmpint (json_node_get_int (self->answer), ==, value);
  g_clear_pointer (&self->answer, json_node_unref);
}

#define Q "Error invoking remote method 'q': "

static void
test_ask (Fixture       *fixture,
          gconstpointer  data)
{
  Asked first = { NULL }, second = { NULL };

  ask (fixture, &first, 0, NULL);
  ask (fixture, &second, 0, NULL);
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[4,1,\"q\",[]],[4,2,\"q\",[]]]");
  answer (fixture, 1, "[[10,2,\"\",[22]]]");
  assert_answered (&second, 22);
  assert_pending (fixture, &first);
  answer (fixture, 1, "[[10,1,\"\",[11]]]");
  assert_answered (&first, 11);
}

static void
test_answer_nothing (Fixture       *fixture,
                     gconstpointer  data)
{
  Asked asked = { NULL };

  answer (fixture, 1, "[[10,0,\"\",[1]],[10,1,\"\",[1]],[10,9007199254740992,\"error\",[\"x\"]]]");
  assert_served (fixture);

  ask (fixture, &asked, 0, NULL);
  answer (fixture, 1, "[[10,2,\"\",[2]],[10,1,\"\",[1]],[10,1,\"\",[3]],[10,1,\"error\",[]]]");
  assert_answered (&asked, 1);
  g_free (page_wait_frame (fixture->page, MULLION_FRAME_DELIVER));
  assert_pending (fixture, &asked);
}

/* Only who was asked can answer. */
static void
test_answer_of_another (Fixture       *fixture,
                        gconstpointer  data)
{
  Asked asked = { NULL };

  page_begin_document (fixture->page, 2, 2, mullion_app_get_origin (ipc_app_get ()), FALSE);
  ask (fixture, &asked, 0, NULL);
  g_free (page_wait_frame (fixture->page, MULLION_FRAME_DELIVER));
  answer (fixture, 2, "[[10,1,\"\",[666]]]");
  assert_pending (fixture, &asked);
  answer (fixture, 1, "[[10,1,\"\",[1]]]");
  assert_answered (&asked, 1);
}

static void
test_odd_answers (Fixture       *fixture,
                  gconstpointer  data)
{
  const struct { const char *rest; MullionError code; const char *message; } answers[] = {
    { "\"error\",[\"E: x\"]", MULLION_ERROR_SCRIPT, Q "E: x" },
    { "\"error\",[]", MULLION_ERROR_SCRIPT, Q "The page said nothing of it" },
    { "\"error\",[{}]", MULLION_ERROR_SCRIPT, Q "The page said nothing of it" },
    { "\"clone\",[7]", MULLION_ERROR_DATA_CLONE, Q "The page said nothing of it" },
    { "\"missing\",[]", MULLION_ERROR_NOT_FOUND, Q "No handler registered for 'q'" },
    { "\"missing\",[\"x\"]", MULLION_ERROR_NOT_FOUND, Q "No handler registered for 'q'" },
    { "\"other\",[\"x\"]", MULLION_ERROR_SCRIPT, Q "The page's answer cannot be read" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *body = g_strdup_printf ("[[10,%zu,%s]]", i + 1, answers[i].rest);
      Asked asked = { NULL };

      ask (fixture, &asked, 0, NULL);
      answer (fixture, 1, body);
      assert_failed (&asked, answers[i].code, answers[i].message);
    }
}

static void
test_no_answer (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Asked timed = { NULL }, cancelled = { NULL };

  ask (fixture, &timed, 20, NULL);
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[4,1,\"q\",[]]]");
  assert_failed (&timed, MULLION_ERROR_TIMED_OUT, Q "The page did not answer in time");
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[5,1,\"\",[]]]");

  ask (fixture, &cancelled, 0, cancellable);
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[4,2,\"q\",[]]]");
  g_cancellable_cancel (cancellable);
  ipc_wait_until (cancelled.error != NULL);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancelled.error);
  page_expect (fixture->page, MULLION_FRAME_DELIVER, 1, 0, "[[5,2,\"\",[]]]");

  answer (fixture, 1, "[[10,1,\"\",[1]],[10,2,\"\",[2]]]");
  assert_pending (fixture, &timed);
  assert_pending (fixture, &cancelled);
}

static void
test_asked_gone (Fixture       *fixture,
                 gconstpointer  data)
{
  Asked asked = { NULL }, after = { NULL };

  ask (fixture, &asked, 0, NULL);
  g_free (page_wait_frame (fixture->page, MULLION_FRAME_DELIVER));
  page_send (fixture->page, MULLION_FRAME_DOCUMENT_GONE, 1, 0, "{}");
  assert_failed (&asked, MULLION_ERROR_GONE, Q "The page went away before it answered");
  ask (fixture, &after, 0, NULL);
  assert_failed (&after, MULLION_ERROR_GONE, Q "There is no page");

  page_begin_document (fixture->page, 2, 1, mullion_app_get_origin (ipc_app_get ()), TRUE);
  page_send (fixture->page, MULLION_FRAME_DOCUMENT_READY, 2, 0, "{}");
  ipc_wait_until (mullion_web_contents_get_main_frame (fixture->page->window->contents) != NULL);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/page-calls/abort", test_abort },
    { "/page-calls/abort-nothing", test_abort_nothing },
    { "/page-calls/reuse", test_reuse },
    { "/page-calls/abort-of-another", test_abort_of_another },
    { "/page-calls/close-on-abort", test_close_on_abort },
    { "/page-calls/typed-error", test_typed_error },
    { "/page-calls/ask", test_ask },
    { "/page-calls/answer-nothing", test_answer_nothing },
    { "/page-calls/answer-of-another", test_answer_of_another },
    { "/page-calls/odd-answers", test_odd_answers },
    { "/page-calls/no-answer", test_no_answer },
    { "/page-calls/asked-gone", test_asked_gone },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageCalls");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
