/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-automation-settle.h"

/*
 * When a page has heard of input: a driver must not look for what a click does before it was done.
 *
 * Three queues are between the display and the page. GDK reads what the display has sent when it
 * is asked to wait for it. It keeps motion for the next frame, so a frame is waited for. And
 * WebKit has one event at a time on its way to the page: the next goes when the page has
 * answered, which it does to a motion only when it is painted next. So does each script that is
 * run, and so as many frames as there were motions, and as many scripts as there were events, are
 * behind all of them.
 */

/* A page that hangs runs no scripts. */
#define TIME_LIMIT_MSEC 5000

/* A world of their own, where nothing is as the page has made it. */
#define WORLD "mullion-automation"
/* A page has no more frames when its window goes, which a click may have closed: a script that waited
 * for one would keep the page, and WebKit's driver would count it among the windows. */
#define NEXT_FRAME \
  "if (!document.hidden)" \
  "  await new Promise ((go) => {" \
  "    requestAnimationFrame (go);" \
  "    document.addEventListener ('visibilitychange', go, { once: true });" \
  "  });"
#define NEXT_TURN "return;"

typedef struct
{
  WebKitWebView *view; /* owned */
  guint n_frames_left;
  guint n_left;
  guint tick;
  guint time_limit;
  GCancellable *cancellable; /* owned */
  MullionAutomationSettled settled; /* (nullable) once called */
  gpointer user_data;
} Wait;

static void run_script (Wait *wait);

static void
tell (Wait *wait)
{
  MullionAutomationSettled settled = wait->settled;

  wait->settled = NULL;
  g_clear_handle_id (&wait->time_limit, g_source_remove);
  g_signal_handlers_disconnect_by_data (wait->view, wait);
  if (settled != NULL)
    settled (wait->user_data);
}

static void
free_wait (Wait *wait)
{
  tell (wait);
  g_object_unref (wait->view);
  g_object_unref (wait->cancellable);
  g_free (wait);
}

static void
ran_cb (GObject      *view,
        GAsyncResult *result,
        gpointer      user_data)
{
  Wait *wait = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JSCValue) value =
    webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (view), result, &error);

  if (wait->n_frames_left > 0)
    wait->n_frames_left--;
  else
    wait->n_left--;

  if (wait->settled == NULL || value == NULL || wait->n_left == 0)
    free_wait (wait);
  else
    run_script (wait);
}

static void
run_script (Wait *wait)
{
  const char *body = wait->n_frames_left > 0 ? NEXT_FRAME : NEXT_TURN;

  webkit_web_view_call_async_javascript_function (wait->view, body, -1, NULL, WORLD, NULL,
                                                  wait->cancellable, ran_cb, wait);
}

static void
give_up (Wait *wait)
{
  tell (wait);
  if (wait->tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (wait->view), wait->tick);
      free_wait (wait);
    }
  else
    {
      g_cancellable_cancel (wait->cancellable);
    }
}

static gboolean
time_limit_cb (gpointer user_data)
{
  Wait *wait = user_data;

  wait->time_limit = 0;
  give_up (wait);
  return G_SOURCE_REMOVE;
}

/* While an alert is shown, no script runs. */
static gboolean
script_dialog_cb (WebKitWebView      *view,
                  WebKitScriptDialog *dialog,
                  gpointer            user_data)
{
  give_up (user_data);
  return FALSE;
}

static gboolean
tick_cb (GtkWidget     *view,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Wait *wait = user_data;

  wait->tick = 0;
  run_script (wait);
  return G_SOURCE_REMOVE;
}

void
mullion_automation_settle (WebKitWebView            *view,
                           guint                     n_events,
                           guint                     n_motions,
                           MullionAutomationSettled  settled,
                           gpointer                  user_data)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->view = g_object_ref (view);
  wait->n_left = MAX (n_events, 1);
  /* GTK tells of a motion once more where a button is pressed. */
  wait->n_frames_left = n_motions > 0 ? n_motions + 1 : 0;
  wait->cancellable = g_cancellable_new ();
  wait->settled = settled;
  wait->user_data = user_data;
  wait->time_limit = g_timeout_add (TIME_LIMIT_MSEC, time_limit_cb, wait);
  g_signal_connect (view, "script-dialog", G_CALLBACK (script_dialog_cb), wait);

  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (view)));
  wait->tick = gtk_widget_add_tick_callback (GTK_WIDGET (view), tick_cb, wait, NULL);
}
