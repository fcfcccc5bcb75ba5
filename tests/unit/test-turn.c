/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-turn.h"

/* What the sources of one page may take of a turn of the main loop, all together. */

#define N_SOURCES 20

/* Longer than a turn may be. */
#define LONG_US 5000

typedef struct
{
  GSource *source;
  guint n_calls;
  guint n_left;   /* calls, before it is done */
  gboolean works; /* long, in each */
  gboolean loops; /* runs a loop of its own in its first call */
  GPtrArray *order;
} Worker;

static MullionTurn *turn;

static void
work (void)
{
  gint64 end = g_get_monotonic_time () + LONG_US;

  while (g_get_monotonic_time () < end)
    ;
}

static gboolean
worker_cb (gpointer user_data)
{
  Worker *worker = user_data;

  worker->n_calls++;
  g_ptr_array_add (worker->order, worker);
  if (worker->works)
    work ();
  if (worker->loops && worker->n_calls == 1)
    while (worker->n_calls < 3)
      g_main_context_iteration (NULL, TRUE);

  return --worker->n_left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
worker_begin (Worker    *worker,
              guint      n_calls,
              GPtrArray *order)
{
  worker->n_left = n_calls;
  worker->order = order;
  worker->source = mullion_turn_add_source (turn, "worker", G_PRIORITY_DEFAULT, worker_cb, worker);
  g_source_set_ready_time (worker->source, 0);
}

static void
worker_end (Worker *worker)
{
  g_source_destroy (worker->source);
  g_source_unref (worker->source);
}

/* However many there are that take long, one is enough for a turn of the loop; and the first do not
 * leave the others behind. */
static void
test_bound (void)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Worker workers[N_SOURCES] = { 0 };

  for (guint i = 0; i < N_SOURCES; i++)
    {
      workers[i].works = TRUE;
      worker_begin (&workers[i], G_MAXUINT, order);
    }

  while (order->len < 2 * N_SOURCES)
    {
      guint before = order->len;

      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (order->len, <=, before + 1);
    }
  for (guint i = 0; i < N_SOURCES; i++)
    {
      g_assert_cmpuint (workers[i].n_calls, ==, 2);
      worker_end (&workers[i]);
    }
}

/* Who takes little lets all the others have their turn. */
static void
test_small (void)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Worker workers[N_SOURCES] = { 0 };
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < N_SOURCES; i++)
    worker_begin (&workers[i], G_MAXUINT, order);
  g_main_context_iteration (NULL, TRUE);
  if (g_get_monotonic_time () < begin + 4000)
    g_assert_cmpuint (order->len, ==, N_SOURCES);
  else
    g_test_message ("Others kept the processor");

  for (guint i = 0; i < N_SOURCES; i++)
    worker_end (&workers[i]);
}

/* Those that want no more, or are gone, keep nobody waiting. */
static void
test_gone (void)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Worker workers[3] = { { .works = TRUE }, { .works = TRUE }, { .works = TRUE } };

  worker_begin (&workers[0], G_MAXUINT, order);
  worker_begin (&workers[1], 1, order);
  worker_begin (&workers[2], 1, order);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (order->len, ==, 1);
  g_source_destroy (workers[2].source);
  while (workers[0].n_calls < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (workers[1].n_calls, ==, 1);
  g_assert_cmpuint (workers[2].n_calls, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    worker_end (&workers[i]);
}

/* A handler may run a loop of its own, and hears its page there. */
static void
test_nested (void)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Worker workers[2] = { { .works = TRUE, .loops = TRUE }, { .works = TRUE } };

  worker_begin (&workers[0], G_MAXUINT, order);
  worker_begin (&workers[1], G_MAXUINT, order);
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (workers[0].n_calls, ==, 3);
  g_assert_cmpuint (workers[1].n_calls, >=, 1);
  while (workers[1].n_calls < 4)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    worker_end (&workers[i]);
}

/* Pages do not share anything. */
static void
test_two_pages (void)
{
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  MullionTurn *first = turn;
  MullionTurn *second = mullion_turn_new ();
  Worker workers[2] = { { .works = TRUE }, { .works = TRUE } };

  worker_begin (&workers[0], G_MAXUINT, order);
  turn = second;
  worker_begin (&workers[1], G_MAXUINT, order);
  turn = first;
  g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (order->len, ==, 2);

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    worker_end (&workers[i]);
  mullion_turn_unref (second);
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  turn = mullion_turn_new ();
  g_test_add_func ("/turn/bound", test_bound);
  g_test_add_func ("/turn/small", test_small);
  g_test_add_func ("/turn/gone", test_gone);
  g_test_add_func ("/turn/nested", test_nested);
  g_test_add_func ("/turn/two-pages", test_two_pages);
  status = g_test_run ();
  mullion_turn_unref (turn);

  return status;
}
