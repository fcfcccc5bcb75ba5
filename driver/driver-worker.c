/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "driver-worker.h"

/*
 * DriverWorker: a thread that does one thing after another, in the order in which they came.
 *
 * Each session has one. It lives as long as the session's programs, for the kernel ends those when
 * the thread that has started them ends.
 */

typedef struct
{
  DriverWork work; /* (nullable): the end */
  gpointer user_data;
} Item;

struct _DriverWorker
{
  GThread *thread;
  GAsyncQueue *items;
};

static gpointer
run (gpointer data)
{
  g_autoptr(GAsyncQueue) items = data;

  for (;;)
    {
      g_autofree Item *item = g_async_queue_pop (items);

      if (item->work == NULL)
        return NULL;
      item->work (item->user_data);
    }
}

DriverWorker *
driver_worker_new (void)
{
  DriverWorker *self = g_new0 (DriverWorker, 1);

  self->items = g_async_queue_new ();
  self->thread = g_thread_new ("session", run, g_async_queue_ref (self->items));
  return self;
}

void
driver_worker_push (DriverWorker *self,
                    DriverWork    work,
                    gpointer      user_data)
{
  Item *item = g_new (Item, 1);

  item->work = work;
  item->user_data = user_data;
  g_async_queue_push (self->items, item);
}

void
driver_worker_free (DriverWorker *self)
{
  driver_worker_push (self, NULL, NULL);
  g_thread_join (self->thread);
  g_async_queue_unref (self->items);
  g_free (self);
}
