/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "bench-webkit.h"

#include "bench-floor.h"

/*
 * What WebKitGTK itself offers for messages between a page and its program: script messages, with
 * and without a reply, and the evaluation of JavaScript. It is what we are compared with.
 */

#define ROUND_TRIPS 300

typedef struct
{
  void (*arrived) (gpointer user_data);
  gpointer user_data;
} Arrived;

static gboolean
message_with_reply_cb (WebKitUserContentManager *manager,
                       JSCValue                 *value,
                       WebKitScriptMessageReply *reply,
                       Arrived                  *arrived)
{
  arrived->arrived (arrived->user_data);
  webkit_script_message_reply_return_value (reply, value);

  return TRUE;
}

static void
message_cb (WebKitUserContentManager *manager,
            JSCValue                 *value,
            gpointer                  user_data)
{
}

static void
free_arrived (gpointer  arrived,
              GClosure *closure)
{
  g_free (arrived);
}

void
bench_webkit_add_handlers (WebKitWebView *view,
                           GCallback      arrived,
                           gpointer       user_data)
{
  WebKitUserContentManager *manager = webkit_web_view_get_user_content_manager (view);
  Arrived *data = g_new (Arrived, 1);

  data->arrived = (void (*) (gpointer)) arrived;
  data->user_data = user_data;

  g_signal_connect_data (manager, "script-message-with-reply-received::benchReply",
                         G_CALLBACK (message_with_reply_cb), data, free_arrived, 0);
  g_signal_connect (manager, "script-message-received::benchSend", G_CALLBACK (message_cb), NULL);
  webkit_user_content_manager_register_script_message_handler_with_reply (manager, "benchReply",
                                                                          NULL);
  webkit_user_content_manager_register_script_message_handler (manager, "benchSend", NULL);
}

typedef struct
{
  BenchDoneFunc done;
  gpointer user_data;
  JsonArray *samples;
  gint64 start;
} Evaluation;

static void evaluate_next (WebKitWebView *view,
                           Evaluation    *evaluation);

static void
evaluated_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  WebKitWebView *view = WEBKIT_WEB_VIEW (object);
  Evaluation *evaluation = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JSCValue) value = webkit_web_view_evaluate_javascript_finish (view, result, &error);

  if (value == NULL)
    g_error ("Evaluating JavaScript failed: %s", error->message);

  json_array_add_double_element (evaluation->samples,
                                 (bench_clock () - evaluation->start) / 1000.0);
  if (json_array_get_length (evaluation->samples) < ROUND_TRIPS)
    {
      evaluate_next (view, evaluation);
      return;
    }

  evaluation->done (evaluation->samples, evaluation->user_data);
  g_free (evaluation);
}

static void
evaluate_next (WebKitWebView *view,
               Evaluation    *evaluation)
{
  evaluation->start = bench_clock ();
  webkit_web_view_evaluate_javascript (view, "42", -1, NULL, NULL, NULL, evaluated_cb, evaluation);
}

void
bench_webkit_evaluate (WebKitWebView *view,
                       BenchDoneFunc  done,
                       gpointer       user_data)
{
  Evaluation *evaluation = g_new (Evaluation, 1);

  evaluation->done = done;
  evaluation->user_data = user_data;
  evaluation->samples = json_array_sized_new (ROUND_TRIPS);
  evaluate_next (view, evaluation);
}
