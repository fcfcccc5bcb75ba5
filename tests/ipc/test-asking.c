/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"
#include "tests/test-warnings.h"

#include <signal.h>

/* What the main process asks a page, with real web processes: mullion_web_contents_invoke_async ()
 * and ipcRenderer.handle. tests/ipc/apps/asking/preload.js has the handlers. */

#define OPTIONS "{ \"show\": false, \"webPreferences\": { \"preload\": \"asking/preload.js\" } }"
#define FAILED "Error invoking remote method "
#define MOST_WAITING 10000

typedef struct
{
  IpcWindow *window;
  guint n_waiting;
  GQueue aborted; /* of the name of the reason */
} Fixture;

static void
waiting_cb (MullionIpcMainEvent *event,
            JsonArray           *args,
            gpointer             user_data)
{
  Fixture *fixture = user_data;

  fixture->n_waiting++;
}

static void
aborted_cb (MullionIpcMainEvent *event,
            JsonArray           *args,
            gpointer             user_data)
{
  Fixture *fixture = user_data;

  g_queue_push_tail (&fixture->aborted, g_strdup (json_array_get_string_element (args, 0)));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  g_queue_init (&fixture->aborted);
  mullion_ipc_main_on (ipc, "waiting", waiting_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "aborted", aborted_cb, fixture, NULL);
  fixture->window = ipc_window_new (OPTIONS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  mullion_ipc_main_remove_all_listeners (mullion_app_get_ipc_main (ipc_app_get ()), NULL);
  g_clear_pointer (&fixture->window, ipc_window_free);
  g_queue_clear_full (&fixture->aborted, g_free);
  assert_warned ();
}

static void
load (Fixture *fixture)
{
  ipc_window_load (fixture->window, "asking/index.html");
}

/* -- A question -- */

typedef struct
{
  char *answer; /* JSON */
  GError *error;
} Question;

static void
answered_cb (GObject      *contents,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr(JsonNode) answer = NULL;

  g_assert_null (question->answer);
  g_assert_no_error (question->error);
  answer = mullion_web_contents_invoke_finish (MULLION_WEB_CONTENTS (contents), result,
                                               &question->error);
  if (answer != NULL)
    question->answer = json_to_string (answer, FALSE);
}

static JsonArray *
parse_args (const char *args)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (args, &error);

  g_assert_no_error (error);
  return json_node_dup_array (node);
}

static void
ask_within (Fixture      *fixture,
            Question     *question,
            const char   *channel,
            const char   *args,
            guint         timeout_msec,
            GCancellable *cancellable)
{
  mullion_web_contents_invoke_async (fixture->window->contents, channel,
                                     args != NULL ? parse_args (args) : NULL,
                                     timeout_msec, cancellable, answered_cb, question);
}

static void
ask (Fixture    *fixture,
     Question   *question,
     const char *channel,
     const char *args)
{
  ask_within (fixture, question, channel, args, 0, NULL);
}

static void
assert_answer (Question   *question,
               const char *expected)
{
  ipc_wait_until (question->answer != NULL || question->error != NULL);
  g_assert_no_error (question->error);
  g_assert_cmpstr (question->answer, ==, expected);
  g_clear_pointer (&question->answer, g_free);
}

static void
assert_failure (Question     *question,
                MullionError  code,
                const char   *message)
{
  ipc_wait_until (question->answer != NULL || question->error != NULL);
  g_assert_cmpstr (question->answer, ==, NULL);
  g_assert_error (question->error, MULLION_ERROR, (int) code);
  g_assert_cmpstr (question->error->message, ==, message);
  g_clear_error (&question->error);
}

static void
assert_asked (Fixture    *fixture,
              const char *channel,
              const char *args,
              const char *expected)
{
  Question question = { NULL };

  ask (fixture, &question, channel, args);
  assert_answer (&question, expected);
}

static void
assert_asked_in_vain (Fixture      *fixture,
                      const char   *channel,
                      MullionError  code,
                      const char   *message)
{
  Question question = { NULL };

  ask (fixture, &question, channel, NULL);
  assert_failure (&question, code, message);
}

/* -- Answers -- */

static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  load (fixture);
  assert_asked (fixture, "sum", "[1, 2, 39]", "42");
  assert_asked (fixture, "sum", NULL, "0");
  assert_asked (fixture, "later", "[\"now\"]", "\"now, later\"");
  assert_asked (fixture, "undefined", NULL, "null");
  assert_asked (fixture, "echo", "[{\"deep\":[1,\"x\",null,true]}]",
                "{\"deep\":[1,\"x\",null,true]}");
  assert_asked (fixture, "event", NULL, "[true,0,0,false]");
}

static void
binary_cb (GObject      *contents,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) answer =
    mullion_web_contents_invoke_finish (MULLION_WEB_CONTENTS (contents), result, &error);
  GBytes **bytes = user_data;

  g_assert_no_error (error);
  *bytes = mullion_value_dup_bytes (answer);
  g_assert_nonnull (*bytes);
}

/* Large enough to travel as shared memory, both ways. */
static void
test_binary (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GBytes) sent = g_bytes_new_take (g_strnfill (1024 * 1024, 'm'), 1024 * 1024);
  g_autoptr(GBytes) received = NULL;
  JsonArray *args = json_array_new ();

  load (fixture);
  json_array_add_element (args, mullion_value_new_bytes (g_bytes_ref (sent)));
  mullion_web_contents_invoke_async (fixture->window->contents, "echo", args, 0, NULL, binary_cb,
                                     &received);
  ipc_wait_until (received != NULL);
  g_assert_true (g_bytes_equal (sent, received));
}

static void
frame_answered_cb (GObject      *frame,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr(JsonNode) answer =
    mullion_web_frame_main_invoke_finish (MULLION_WEB_FRAME_MAIN (frame), result,
                                          &question->error);

  if (answer != NULL)
    question->answer = json_to_string (answer, FALSE);
}

static void
test_frame (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(MullionWebFrameMain) frame = NULL;
  Question question = { NULL };

  load (fixture);
  frame = g_object_ref (mullion_web_contents_get_main_frame (fixture->window->contents));
  mullion_web_frame_main_invoke_async (frame, "sum", parse_args ("[20, 22]"), 0, NULL,
                                       frame_answered_cb, &question);
  assert_answer (&question, "42");

  load (fixture);
  mullion_web_frame_main_invoke_async (frame, "sum", NULL, 0, NULL, frame_answered_cb, &question);
  assert_failure (&question, MULLION_ERROR_GONE, FAILED "'sum': The page is gone");
}

/* -- Failures -- */

static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  load (fixture);
  assert_asked_in_vain (fixture, "throws", MULLION_ERROR_SCRIPT,
                        FAILED "'throws': RangeError: too far");
  assert_asked_in_vain (fixture, "rejects", MULLION_ERROR_SCRIPT, FAILED "'rejects': only text");
  assert_asked_in_vain (fixture, "function", MULLION_ERROR_DATA_CLONE,
                        FAILED "'function': Error: An object could not be cloned.");
  assert_asked_in_vain (fixture, "nobody", MULLION_ERROR_NOT_FOUND,
                        FAILED "'nobody': No handler registered for 'nobody'");
  assert_asked (fixture, "once", NULL, "\"the only time\"");
  assert_asked_in_vain (fixture, "once", MULLION_ERROR_NOT_FOUND,
                        FAILED "'once': No handler registered for 'once'");
}

static void
test_registration (Fixture       *fixture,
                   gconstpointer  data)
{
  load (fixture);
  ipc_assert_run (fixture->window, "void (window.attempt = (action) => {"
                                   "  try { action(); return 'done'; } catch (e) { return e.message; }"
                                   "})", "null");
  ipc_assert_run (fixture->window, "attempt(() => api.handle('sum', () => 1))",
                  "\"Attempted to register a second handler for 'sum'\"");
  ipc_assert_run (fixture->window, "attempt(() => api.handle('mine', 'no function'))",
                  "\"Expected handler to be a function, but found type 'string'\"");
  ipc_assert_run (fixture->window, "attempt(() => api.handle(5, () => 1)) !== 'done'", "true");
  ipc_assert_run (fixture->window,
                  "api.removeHandler('sum'), attempt(() => api.handle('sum', () => 'mine'))",
                  "\"done\"");
  assert_asked (fixture, "sum", "[1]", "\"mine\"");
}

static void
test_timeout (Fixture       *fixture,
              gconstpointer  data)
{
  Question question = { NULL };

  load (fixture);
  ask_within (fixture, &question, "waits", NULL, 50, NULL);
  assert_failure (&question, MULLION_ERROR_TIMED_OUT, FAILED "'waits': The page did not answer in "
                                                             "time");
  ipc_wait_until (fixture->aborted.length == 1);
  g_assert_cmpstr (fixture->aborted.head->data, ==, "AbortError");
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Question question = { NULL };

  load (fixture);
  ask_within (fixture, &question, "waits", NULL, 0, cancellable);
  ipc_wait_until (fixture->n_waiting == 1);
  g_cancellable_cancel (cancellable);
  ipc_wait_until (question.error != NULL);
  g_assert_error (question.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&question.error);
  ipc_wait_until (fixture->aborted.length == 1);

  /* Cancelled before it was asked: the page does not hear of it. */
  ask_within (fixture, &question, "waits", NULL, 0, cancellable);
  ipc_wait_until (question.error != NULL);
  g_assert_error (question.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&question.error);
  assert_asked (fixture, "sum", "[1]", "1");
}

/* -- A page that comes, and one that goes -- */

/* Questions and messages wait together, and arrive in their order. */
static void
test_while_loading (Fixture       *fixture,
                    gconstpointer  data)
{
  Question first = { NULL };
  Question last = { NULL };
  JsonArray *args = json_array_new ();

  mullion_web_contents_load_file (fixture->window->contents, "asking/index.html");
  ask (fixture, &first, "heard", "[\"first\"]");
  json_array_add_string_element (args, "pushed");
  mullion_web_contents_send (fixture->window->contents, "push", args);
  ask (fixture, &last, "heard", "[\"last\"]");
  assert_answer (&first, "[\"first\"]");
  assert_answer (&last, "[\"first\",\"pushed\",\"last\"]");
}

static void
test_too_many (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree Question *questions = g_new0 (Question, MOST_WAITING + 1);

  mullion_web_contents_load_file (fixture->window->contents, "asking/index.html");
  for (guint i = 0; i <= MOST_WAITING; i++)
    ask (fixture, &questions[i], "sum", "[1]");

  assert_failure (&questions[0], MULLION_ERROR_TOO_LARGE,
                  FAILED "'sum': Too many messages wait for the page to load");
  for (guint i = 1; i <= MOST_WAITING; i++)
    assert_answer (&questions[i], "1");
}

static void
test_no_page (Fixture       *fixture,
              gconstpointer  data)
{
  assert_asked_in_vain (fixture, "sum", MULLION_ERROR_GONE, FAILED "'sum': There is no page");
}

static void
navigate (Fixture *fixture)
{
  mullion_web_contents_load_file (fixture->window->contents, "lifecycle/second.html");
}

static void
close_window (Fixture *fixture)
{
  mullion_browser_window_destroy (fixture->window->window);
}

static void
crash (Fixture *fixture)
{
  expect_warning ("The web process of WebContents #* is gone: crashed");
  g_assert_no_errno (kill (mullion_web_contents_get_os_process_id (fixture->window->contents),
                           SIGKILL));
  g_free (ipc_window_wait (fixture->window, "render-process-gone"));
}

static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  void (*leave) (Fixture *) = (void (*) (Fixture *)) data;
  Question question = { NULL };

  load (fixture);
  ask (fixture, &question, "waits", NULL);
  ipc_wait_until (fixture->n_waiting == 1);
  leave (fixture);
  assert_failure (&question, MULLION_ERROR_GONE,
                  FAILED "'waits': The page went away before it answered");
}

/* A load that never gets a document ends what waits for one. */
static void
test_gone_while_loading (Fixture       *fixture,
                         gconstpointer  data)
{
  Question question = { NULL };

  mullion_web_contents_load_file (fixture->window->contents, "asking/index.html");
  ask (fixture, &question, "sum", "[1]");
  close_window (fixture);
  assert_failure (&question, MULLION_ERROR_GONE, FAILED "'sum': There is no page");
}

int
main (int    argc,
      char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
    void (*leave) (Fixture *);
  } tests[] = {
    { "/asking/answers", test_answers, NULL },
    { "/asking/binary", test_binary, NULL },
    { "/asking/frame", test_frame, NULL },
    { "/asking/failures", test_failures, NULL },
    { "/asking/registration", test_registration, NULL },
    { "/asking/timeout", test_timeout, NULL },
    { "/asking/cancel", test_cancel, NULL },
    { "/asking/while-loading", test_while_loading, NULL },
    { "/asking/too-many", test_too_many, NULL },
    { "/asking/no-page", test_no_page, NULL },
    { "/asking/navigated", test_gone, navigate },
    { "/asking/closed", test_gone, close_window },
    { "/asking/crashed", test_gone, crash },
    { "/asking/closed-while-loading", test_gone_while_loading, NULL },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestAsking");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, (gpointer) tests[i].leave, set_up, tests[i].test, tear_down);
  status = g_test_run ();
  g_object_unref (app);

  return status;
}
