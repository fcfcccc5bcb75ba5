/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "tests/test-warnings.h"

/* Calls of a page that is no renderer of ours: it gives up what it never asked for, and uses a number
 * again while its first call is still in somebody's hands. */

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
