/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-call.h"

/* MullionCall: its cancellable is made when it is asked for, on whatever thread, and fires however
 * asking and cancelling fall together. */

static void
test_before (void)
{
  g_autoptr(MullionCall) call = mullion_call_new (7);
  GCancellable *cancellable;

  g_assert_cmpuint (call->id, ==, 7);
  g_assert_null (call->cancellable);
  mullion_call_cancel (call);
  g_assert_null (call->cancellable);

  cancellable = mullion_call_get_cancellable (call);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_true (mullion_call_get_cancellable (call) == cancellable);
}

static void
count_cb (GCancellable *cancellable,
          gpointer      user_data)
{
  ++*(guint *) user_data;
}

static void
test_after (void)
{
  g_autoptr(MullionCall) call = mullion_call_new (1);
  g_autoptr(GCancellable) cancellable = g_object_ref (mullion_call_get_cancellable (call));
  guint n_fired = 0;

  g_assert_false (g_cancellable_is_cancelled (cancellable));
  g_cancellable_connect (cancellable, G_CALLBACK (count_cb), &n_fired, NULL);
  mullion_call_cancel (call);
  mullion_call_cancel (call);
  g_assert_cmpuint (n_fired, ==, 1);

  /* Who keeps it may: the call goes without it. */
  g_clear_pointer (&call, mullion_call_unref);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_finalize_object (g_steal_pointer (&cancellable));
}

static gpointer
ask (gpointer call)
{
  return g_object_ref (mullion_call_get_cancellable (call));
}

static void
test_threads (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr(MullionCall) call = mullion_call_new (i);
      GThread *threads[] = { g_thread_new ("ask", ask, call), g_thread_new ("ask", ask, call) };
      g_autoptr(GCancellable) first = NULL;
      g_autoptr(GCancellable) second = NULL;

      mullion_call_cancel (call);
      first = g_thread_join (threads[0]);
      second = g_thread_join (threads[1]);
      g_assert_true (first == second);
      g_assert_true (g_cancellable_is_cancelled (first));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call/cancel-before", test_before);
  g_test_add_func ("/call/cancel-after", test_after);
  g_test_add_func ("/call/threads", test_threads);

  return g_test_run ();
}
