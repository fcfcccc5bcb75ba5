/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <mullion.h>

#include "bytes-handlers.h"
#include "call-handlers.h"
#include "value-remaker.h"

#include <stdlib.h>

/*
 * Runs a suite of tests that is written as an app: a preload script and a page, in a real window.
 *
 * The page reports each test on the channel `test:result` and ends with `test:done`; this program
 * turns that into TAP. Besides, it is a host with plain handlers, so that pages have somebody to
 * talk to: echoes, errors, late answers and none.
 *
 * Usage: test-pages FOLDER SUITE, where FOLDER/SUITE has index.html, preload.js and, if need be,
 * window.json with options of the window.
 */

#define TIME_LIMIT_SECONDS 120

typedef struct
{
  MullionApp *app;
  const char *folder;
  const char *suite;
  GPtrArray *order;
  JsonArray *preload_errors;
  guint n_tests;
  guint n_failed;
  gboolean is_done;
  guint time_limit;
} Host;

/* -- The report -- */

static void
finish (Host       *host,
        const char *bail_out)
{
  if (host->is_done)
    return;

  host->is_done = TRUE;
  g_clear_handle_id (&host->time_limit, g_source_remove);
  if (bail_out != NULL)
    g_print ("Bail out! %s\n", bail_out);
  else
    g_print ("1..%u\n", host->n_tests);
  mullion_app_exit (host->app, bail_out != NULL || host->n_failed > 0 || host->n_tests == 0);
}

static void
result_cb (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  Host *host = user_data;
  JsonObject *result = json_array_get_object_element (args, 0);
  gboolean ok = json_object_get_boolean_member_with_default (result, "ok", FALSE);
  const char *detail = json_object_get_string_member_with_default (result, "detail", "");
  g_autofree char *first_line = g_strndup (detail, strcspn (detail, "\n"));

  host->n_tests++;
  if (!ok)
    host->n_failed++;
  g_print ("%s %u - %s\n", ok ? "ok" : "not ok", host->n_tests,
           json_object_get_string_member_with_default (result, "name", "?"));
  if (!ok)
    g_print ("# %s\n", first_line);
}

static void
done_cb (MullionIpcMainEvent *event,
         JsonArray           *args,
         gpointer             user_data)
{
  finish (user_data, NULL);
}

static gboolean
time_limit_cb (gpointer user_data)
{
  Host *host = user_data;

  host->time_limit = 0;
  finish (host, "the suite did not end in time");
  return G_SOURCE_REMOVE;
}

static void
failed_cb (MullionWebContents *contents,
           int                 code,
           const char         *description,
           const char         *url,
           Host               *host)
{
  g_autofree char *text = g_strdup_printf ("loading %s failed: %s", url, description);

  finish (host, text);
}

static void
console_cb (MullionWebContents *contents,
            int                 level,
            const char         *message,
            int                 line,
            const char         *source,
            Host               *host)
{
  g_autofree char *first_line = g_strndup (message, strcspn (message, "\n"));

  g_print ("# console: %s (%s:%d)\n", first_line, source, line);
}

static void
preload_error_cb (MullionWebContents *contents,
                  const char         *path,
                  const char         *message,
                  Host               *host)
{
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "path", path);
  json_object_set_string_member (error, "message", message);
  json_array_add_object_element (host->preload_errors, error);
}

/* -- The handlers that pages talk to -- */

static JsonNode *
dup_first (JsonArray *args)
{
  return json_array_get_length (args) > 0 ? json_array_dup_element (args, 0) : NULL;
}

static JsonNode *
node_of_array (JsonArray *array)
{
  return json_node_init_array (json_node_alloc (), array);
}

static void
echo (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, dup_first (args));
}

static void
echo_all (MullionIpcMainInvokeEvent *event,
          JsonArray                 *args,
          gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, node_of_array (args));
}

static void
throws (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR, MULLION_ERROR_FAILED,
                                                  "boom");
}

static void
never (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
}

static void
kind (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  const char *name = get_kind_name (json_array_get_element (args, 0));

  mullion_ipc_main_invoke_event_return (event, json_node_init_string (json_node_alloc (), name));
}

static void
remake (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  JsonNode *value = json_array_get_element (args, 0);

  mullion_ipc_main_invoke_event_return (event, remake_value (value));
}

/* Returns the value that a JSON text says, whatever it is. */
static void
parse (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  JsonNode *value = json_from_string (json_array_get_string_element (args, 0), NULL);

  mullion_ipc_main_invoke_event_return (event, value);
}

typedef struct
{
  MullionIpcMainInvokeEvent *event;
  JsonNode *value;
} Later;

static gboolean
answer_later_cb (gpointer data)
{
  Later *later = data;

  mullion_ipc_main_invoke_event_return (later->event, later->value);
  g_object_unref (later->event);
  g_free (later);

  return G_SOURCE_REMOVE;
}

static void
later (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  Later *answer = g_new (Later, 1);

  answer->event = g_object_ref (event);
  answer->value = dup_first (args);
  g_timeout_add (20, answer_later_cb, answer);
}

static gpointer
answer_in_thread (gpointer data)
{
  answer_later_cb (data);
  return NULL;
}

static void
from_thread (MullionIpcMainInvokeEvent *event,
             JsonArray                 *args,
             gpointer                   user_data)
{
  Later *answer = g_new (Later, 1);

  answer->event = g_object_ref (event);
  answer->value = dup_first (args);
  g_thread_unref (g_thread_new ("answer", answer_in_thread, answer));
}

static void
twice (MullionIpcMainInvokeEvent *event,
       JsonArray                 *args,
       gpointer                   user_data)
{
  mullion_ipc_main_invoke_event_return (event, dup_first (args));
  mullion_ipc_main_invoke_event_return (event, json_node_init_string (json_node_alloc (), "second"));
}

static void
sender (MullionIpcMainInvokeEvent *event,
        JsonArray                 *args,
        gpointer                   user_data)
{
  MullionWebFrameMain *frame = mullion_ipc_main_invoke_event_get_sender_frame (event);
  MullionWebContents *contents = mullion_ipc_main_invoke_event_get_sender (event);
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "id", mullion_web_contents_get_id (contents));
  json_object_set_string_member (object, "url", mullion_web_frame_main_get_url (frame));
  json_object_set_string_member (object, "origin", mullion_web_frame_main_get_origin (frame));
  json_object_set_boolean_member (object, "isMainFrame",
                                  mullion_web_frame_main_is_main_frame (frame));
  json_object_set_boolean_member (object, "isContentsMainFrame",
                                  mullion_web_contents_get_main_frame (contents) == frame);
  mullion_ipc_main_invoke_event_return (event,
                                        json_node_init_object (json_node_alloc (), object));
}

static void
echo_listener (MullionIpcMainEvent *event,
               JsonArray           *args,
               gpointer             user_data)
{
  mullion_ipc_main_event_reply (event, "echo-reply", json_array_ref (args));
}

static void
echo_sync (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  mullion_ipc_main_event_set_return_value (event, dup_first (args));
}

static void
sync_twice (MullionIpcMainEvent *event,
            JsonArray           *args,
            gpointer             user_data)
{
  mullion_ipc_main_event_set_return_value (event, json_node_init_int (json_node_alloc (), 1));
  mullion_ipc_main_event_set_return_value (event, json_node_init_int (json_node_alloc (), 2));
}

static void
sync_never (MullionIpcMainEvent *event,
            JsonArray           *args,
            gpointer             user_data)
{
}

static void
push (MullionIpcMainEvent *event,
      JsonArray           *args,
      gpointer             user_data)
{
  gint64 n = json_array_get_int_element (args, 0);

  for (gint64 i = 0; i < n; i++)
    {
      JsonArray *pushed = json_array_new ();

      json_array_add_int_element (pushed, i);
      mullion_web_contents_send (mullion_ipc_main_event_get_sender (event), "pushed", pushed);
    }
}

static void
note_order (Host      *host,
            JsonArray *args)
{
  g_ptr_array_add (host->order, dup_first (args));
}

static void
order (MullionIpcMainEvent *event,
       JsonArray           *args,
       gpointer             user_data)
{
  note_order (user_data, args);
  if (mullion_ipc_main_event_is_sync (event))
    mullion_ipc_main_event_set_return_value (event, dup_first (args));
}

static void
order_invoked (MullionIpcMainInvokeEvent *event,
               JsonArray                 *args,
               gpointer                   user_data)
{
  note_order (user_data, args);
  mullion_ipc_main_invoke_event_return (event, dup_first (args));
}

static void
order_log (MullionIpcMainEvent *event,
           JsonArray           *args,
           gpointer             user_data)
{
  Host *host = user_data;
  g_autoptr(JsonArray) log = json_array_new ();

  for (guint i = 0; i < host->order->len; i++)
    json_array_add_element (log, json_node_ref (host->order->pdata[i]));
  g_ptr_array_set_size (host->order, 0);
  mullion_ipc_main_event_set_return_value (event, node_of_array (log));
}

static void
preload_errors (MullionIpcMainInvokeEvent *event,
                JsonArray                 *args,
                gpointer                   user_data)
{
  Host *host = user_data;

  mullion_ipc_main_invoke_event_return (event, node_of_array (host->preload_errors));
}

static void
open_dev_tools (MullionIpcMainEvent *event,
                JsonArray           *args,
                gpointer             user_data)
{
  mullion_web_contents_open_dev_tools (mullion_ipc_main_event_get_sender (event));
}

static void
add_handlers (Host *host)
{
  MullionIpcMain *ipc = mullion_app_get_ipc_main (host->app);
  const struct { const char *channel; MullionIpcMainHandler handler; } handlers[] = {
    { "echo", echo }, { "echo-all", echo_all }, { "throws", throws }, { "never", never },
    { "later", later }, { "from-thread", from_thread }, { "twice", twice }, { "sender", sender },
    { "kind", kind }, { "order", order_invoked }, { "parse", parse },
    { "preload-errors", preload_errors }, { "remake", remake },
  };
  const struct { const char *channel; MullionIpcMainListener listener; } listeners[] = {
    { "test:result", result_cb }, { "test:done", done_cb }, { "echo", echo_listener },
    { "echo-sync", echo_sync }, { "sync-twice", sync_twice }, { "sync-never", sync_never },
    { "push", push }, { "order", order }, { "order-log", order_log },
    { "open-dev-tools", open_dev_tools },
  };

  add_bytes_handlers (ipc);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    mullion_ipc_main_handle (ipc, handlers[i].channel, handlers[i].handler, host, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (listeners); i++)
    mullion_ipc_main_on (ipc, listeners[i].channel, listeners[i].listener, host, NULL);
  add_call_handlers (ipc);
}

/* What `remote.getGlobal` of the suites finds. */
static void
share_object (Host *host)
{
  g_autoptr(JsonNode) node =
    json_from_string ("{ \"text\": \"a\", \"list\": [1, { \"deep\": true }], \"none\": null }", NULL);

  mullion_app_set_global (host->app, "shared", g_steal_pointer (&node));
}

/* -- The window -- */

static JsonObject *
read_options (Host *host)
{
  g_autofree char *path = g_build_filename (host->folder, host->suite, "window.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    node = json_from_string (text, NULL);

  return node != NULL ? json_object_ref (json_node_get_object (node)) : json_object_new ();
}

static void
ready_cb (MullionApp *app,
          Host       *host)
{
  g_autoptr(JsonObject) options = read_options (host);
  g_autofree char *preload = g_build_filename (host->suite, "preload.js", NULL);
  g_autofree char *page = g_build_filename (host->suite, "index.html", NULL);
  JsonObject *preferences;
  MullionBrowserWindow *window;
  MullionWebContents *contents;

  if (!json_object_has_member (options, "webPreferences"))
    json_object_set_object_member (options, "webPreferences", json_object_new ());
  preferences = json_object_get_object_member (options, "webPreferences");
  json_object_set_string_member (preferences, "preload", preload);

  window = mullion_browser_window_new (app, options);
  contents = mullion_browser_window_get_web_contents (window);
  g_signal_connect (contents, "did-fail-load", G_CALLBACK (failed_cb), host);
  g_signal_connect (contents, "console-message", G_CALLBACK (console_cb), host);
  g_signal_connect (contents, "preload-error", G_CALLBACK (preload_error_cb), host);
  mullion_web_contents_load_file_with_query (contents, page, "a=1", "top");
}

int
main (int    argc,
      char **argv)
{
  Host host = { NULL };
  g_autofree char *id = NULL;
  int status;

  if (argc != 3)
    {
      g_printerr ("Usage: test-pages FOLDER SUITE\n");
      return 2;
    }

  host.folder = argv[1];
  host.suite = argv[2];
  host.order = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  host.preload_errors = json_array_new ();
  id = g_strconcat ("io.github.mullion.Test.", host.suite, NULL);

  host.app = mullion_app_new (id, G_APPLICATION_NON_UNIQUE);
  mullion_app_set_app_path (host.app, host.folder);
  add_handlers (&host);
  share_object (&host);
  g_signal_connect (host.app, "ready", G_CALLBACK (ready_cb), &host);
  host.time_limit = g_timeout_add_seconds (TIME_LIMIT_SECONDS, time_limit_cb, &host);

  status = mullion_app_run (host.app, 1, argv);
  if (!host.is_done)
    g_print ("Bail out! the window was closed before the suite had ended\n");

  g_object_unref (host.app);
  g_ptr_array_unref (host.order);
  json_array_unref (host.preload_errors);

  return host.is_done ? status : 1;
}
