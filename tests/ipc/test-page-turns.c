/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "hostile-page.h"

#include "tests/test-warnings.h"

#include <unistd.h>

/* What a page sends that is too much for one turn of the main loop: it comes in many, whole and in
 * its order, and whatever happens between them is no surprise. */

#define N_MESSAGES 100000

typedef struct
{
  Page *page;
  gint64 n_heard; /* messages, which come with a number each */
  gint64 close_at;
  JsonNode *kept;
} Fixture;

static void
count_cb (MullionIpcMainEvent *event,
          JsonArray           *args,
          gpointer             user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpint (json_array_get_int_element (args, 0), ==, fixture->n_heard);
  if (++fixture->n_heard == fixture->close_at)
    mullion_browser_window_destroy (fixture->page->window->window);
}

static void
keep_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  ((Fixture *) user_data)->kept = json_array_dup_element (args, 0);
}

static void
how_many_cb (MullionIpcMainEvent *event,
             JsonArray           *args,
             gpointer             user_data)
{
  Fixture *fixture = user_data;

  mullion_ipc_main_event_set_return_value (
    event, json_node_init_int (json_node_alloc (), fixture->n_heard));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (ipc_app_get ());

  mullion_ipc_main_on (ipc, "count", count_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "keep", keep_cb, fixture, NULL);
  mullion_ipc_main_on (ipc, "how-many", how_many_cb, fixture, NULL);
  fixture->page = page_new ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  assert_warned ();
  mullion_ipc_main_remove_all_listeners (mullion_app_get_ipc_main (ipc_app_get ()), NULL);
  g_clear_pointer (&fixture->kept, json_node_unref);
  page_free (fixture->page);
}

/* Messages with the numbers from @first on; @last: what follows them. */
static char *
make_batch (guint       first,
            guint       n,
            const char *last)
{
  g_autoptr(GString) body = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (body, "%s[1,0,\"count\",[%u]]", i == 0 ? "" : ",", first + i);
  g_string_append (body, last);

  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *many = make_batch (i * (N_MESSAGES + 1), N_MESSAGES, "]");
      g_autofree char *one = make_batch (i * (N_MESSAGES + 1) + N_MESSAGES, 1, "]");

      page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, many);
      page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, one);
    }
  ipc_wait_until (fixture->n_heard == 3 * (N_MESSAGES + 1));
}

/* The last message of a batch is answered when all before it have been heard. */
static void
test_sync (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *body = make_batch (0, N_MESSAGES, ",[3,1,\"how-many\",[]]]");

  page_send (fixture->page, MULLION_FRAME_MESSAGES_SYNC, 1, 1, body);
  page_expect (fixture->page, MULLION_FRAME_SYNC_REPLY, 1, 1, "[2,0,\"\",[100000]]");
}

static void
test_end (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *body = make_batch (0, N_MESSAGES, "]");

  /* What was sent before the end counts. */
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, body);
  g_assert_cmpint (fixture->n_heard, <, N_MESSAGES);
  close (fixture->page->fd);
  fixture->page->fd = -1;
  ipc_wait_until (fixture->n_heard == N_MESSAGES &&
                  mullion_web_contents_get_main_frame (fixture->page->window->contents) == NULL);
}

static void
test_closed_between (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *body = make_batch (0, N_MESSAGES, "]");

  fixture->close_at = N_MESSAGES / 2;
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, body);
  page_wait_end (fixture->page);
  g_assert_cmpint (fixture->n_heard, ==, N_MESSAGES / 2);
}

static void
test_lie_at_the_end (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *body = make_batch (0, N_MESSAGES, ",[99,0,\"\",[]]]");

  expect_warning ("The channel of WebContents #* was cut off: A frame of kind 5 is not of the shape "
                  "that it must have");
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, body);
  page_wait_end (fixture->page);
  g_assert_cmpint (fixture->n_heard, ==, N_MESSAGES);
}

/* What a handler keeps stays whole while the rest is freed. */
static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GString) body = g_string_new ("[[1,0,\"keep\",[[0");
  g_autofree char *next = make_batch (0, 1, "]");
  JsonArray *kept;

  for (guint i = 1; i < N_MESSAGES; i++)
    g_string_append_printf (body, ",%u", i);
  g_string_append (body, "]]]]");
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, body->str);
  page_send (fixture->page, MULLION_FRAME_MESSAGES, 1, 0, next);
  /* It is not heard before all that can be freed has been. */
  ipc_wait_until (fixture->n_heard == 1);

  kept = json_node_get_array (fixture->kept);
  g_assert_cmpuint (json_array_get_length (kept), ==, N_MESSAGES);
  for (guint i = 0; i < N_MESSAGES; i++)
    g_assert_cmpint (json_array_get_int_element (kept, i), ==, i);
}

int
main (int    argc,
      char **argv)
{
  const struct { const char *path; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "/page-turns/order", test_order },
    { "/page-turns/sync", test_sync },
    { "/page-turns/end", test_end },
    { "/page-turns/closed-between", test_closed_between },
    { "/page-turns/lie-at-the-end", test_lie_at_the_end },
    { "/page-turns/kept", test_kept },
  };
  MullionApp *app;
  int status;

  watch_warnings ();
  g_test_init (&argc, &argv, NULL);
  app = ipc_app_new ("io.github.mullion.TestPageTurns");
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();

  g_object_unref (app);
  return status;
}
