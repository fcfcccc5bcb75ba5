/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"

/*
 * Calls that can be given up: the work goes on in a thread till its GCancellable fires.
 *
 * It fires when the page aborts its signal, when the deadline of the call has passed, and when the
 * page reloads, closes or crashes. The handler does not have to know which.
 */

#define LARGEST 1e9
#define NUMBERS_BETWEEN_LOOKS 1000

typedef struct
{
  MullionIpcMainInvokeEvent *event;
  guint limit;
  guint reached;
  guint primes;
} Search;

static void
free_search (gpointer data)
{
  Search *search = data;

  g_object_unref (search->event);
  g_free (search);
}

static gboolean
is_prime (guint number)
{
  if (number % 2 == 0)
    return number == 2;

  for (guint divisor = 3; (guint64) divisor * divisor <= number; divisor += 2)
    if (number % divisor == 0)
      return FALSE;

  return number > 1;
}

static void
count_primes (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Search *search = data;

  for (guint number = 1; number <= search->limit; number++)
    {
      if (number % NUMBERS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (cancellable))
        break;

      search->reached = number;
      search->primes += is_prime (number);
    }

  g_task_return_boolean (task, TRUE);
}

/* An answer to a call that was given up goes nowhere; so what the thread had reached by then is a
 * message of its own. */
static void
finish_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Search *search = g_task_get_task_data (G_TASK (result));
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (search->event);

  if (search->reached == search->limit)
    mullion_ipc_main_invoke_event_return (search->event, gallery_number_node (search->primes));
  else
    mullion_web_contents_send (sender, "cancel:stopped",
                               gallery_args_new (gallery_number_node (search->reached), NULL));
}

static void
start_search (MullionIpcMainInvokeEvent *event,
              JsonArray                 *args,
              gpointer                   user_data)
{
  GCancellable *cancellable = mullion_ipc_main_invoke_event_get_cancellable (event);
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  Search *search = NULL;
  double limit = 0;

  if (!gallery_args_get_number (args, 0, 1, LARGEST, &limit, &error))
    {
      mullion_ipc_main_invoke_event_return_error (event, g_steal_pointer (&error));
      return;
    }

  search = g_new0 (Search, 1);
  search->event = g_object_ref (event);
  search->limit = (guint) limit;

  task = g_task_new (NULL, cancellable, finish_cb, NULL);
  g_task_set_task_data (task, search, free_search);
  g_task_run_in_thread (task, count_primes);
}

void
gallery_cancel_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  mullion_ipc_main_handle (ipc, "cancel:count", start_search, NULL, NULL);
}
