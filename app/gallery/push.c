/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "gallery.h"

#include "gallery-args.h"
#include "gallery-ticker.h"

/*
 * Main to page: a greeting after each load, a clock, and the progress of some work.
 *
 * webContents.send needs no question from the page. What is sent while the page still loads
 * reaches it as soon as its preload script listens.
 */

#define WORK_STEPS 20
#define WORK_INTERVAL 60

static guint loads = 0;

static void
greet_cb (MullionWebContents *contents)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");
  g_autofree char *text = g_strdup_printf ("The main process saw this page finish loading at %s. "
                                           "Pages loaded so far: %u.", time, ++loads);

  mullion_web_contents_send (contents, "push:loaded",
                             gallery_args_new (gallery_string_node (text), NULL));
}

static void
created_cb (MullionApp         *app,
            MullionWebContents *contents)
{
  g_signal_connect (contents, "did-finish-load", G_CALLBACK (greet_cb), NULL);
}

static void
tick (MullionWebContents *contents)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");

  mullion_web_contents_send (contents, "push:tick",
                             gallery_args_new (gallery_string_node (time), NULL));
}

static void
switch_clock (MullionIpcMainEvent *event,
              JsonArray           *args,
              gpointer             user_data)
{
  MullionWebContents *sender = mullion_ipc_main_event_get_sender (event);
  gboolean on = FALSE;

  if (gallery_args_get_boolean (args, 0, &on, NULL) && on)
    gallery_ticker_start (sender, "gallery-clock", tick);
  else
    gallery_ticker_stop (sender, "gallery-clock");
}

typedef struct
{
  MullionIpcMainInvokeEvent *event;
  guint step;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_object_unref (work->event);
  g_free (work);
}

static gboolean
work_cb (gpointer user_data)
{
  Work *work = user_data;
  GCancellable *cancellable = mullion_ipc_main_invoke_event_get_cancellable (work->event);
  guint percent = 0;

  /* The page went away: nobody waits for the rest. */
  if (g_cancellable_is_cancelled (cancellable))
    return G_SOURCE_REMOVE;

  percent = 100 * ++work->step / WORK_STEPS;
  mullion_web_contents_send (mullion_ipc_main_invoke_event_get_sender (work->event),
                             "push:progress",
                             gallery_args_new (gallery_number_node (percent), NULL));
  if (work->step < WORK_STEPS)
    return G_SOURCE_CONTINUE;

  mullion_ipc_main_invoke_event_return (work->event, gallery_string_node ("All done"));
  return G_SOURCE_REMOVE;
}

static void
start_work (MullionIpcMainInvokeEvent *event,
            JsonArray                 *args,
            gpointer                   user_data)
{
  Work *work = g_new0 (Work, 1);

  work->event = g_object_ref (event);
  g_timeout_add_full (G_PRIORITY_DEFAULT, WORK_INTERVAL, work_cb, work, free_work);
}

void
gallery_push_register (MullionApp *app)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (app);

  g_signal_connect (app, "web-contents-created", G_CALLBACK (created_cb), NULL);
  mullion_ipc_main_on (ipc, "push:clock", switch_clock, NULL, NULL);
  mullion_ipc_main_handle (ipc, "push:work", start_work, NULL, NULL);
}
