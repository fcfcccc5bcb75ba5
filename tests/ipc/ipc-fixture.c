/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "ipc-fixture.h"

static MullionApp *app;

static gboolean
expire_cb (gpointer what)
{
  g_error ("This did not come: %s", (char *) what);
  return G_SOURCE_REMOVE;
}

/* Ends the program unless the returned source is removed in time. */
guint
ipc_limit_begin (const char *what)
{
  return g_timeout_add_seconds_full (G_PRIORITY_HIGH, IPC_TIME_LIMIT_SECONDS, expire_cb,
                                     g_strdup (what), g_free);
}

/* What is ready now is done now. */
void
ipc_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
go_on_cb (MullionApp *ended_app)
{
  /* The app stays when its last window closes. */
}

MullionApp *
ipc_app_new_with (const char *id,
                  void      (*prepare) (MullionApp *app))
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "ipc", "apps", NULL);

  app = mullion_app_new (id, G_APPLICATION_NON_UNIQUE);
  mullion_app_set_app_path (app, folder);
  g_signal_connect (app, "window-all-closed", G_CALLBACK (go_on_cb), NULL);
  if (prepare != NULL)
    prepare (app);
  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (app));

  return app;
}

MullionApp *
ipc_app_new (const char *id)
{
  return ipc_app_new_with (id, NULL);
}

MullionApp *
ipc_app_get (void)
{
  return app;
}

/* -- What happens to a window -- */

static void
note (IpcWindow *self,
      char      *event)
{
  g_test_message ("#%u %s", mullion_web_contents_get_id (self->contents), event);
  g_queue_push_tail (&self->events, event);
}

static void
note_name (IpcWindow  *self,
           const char *name)
{
  note (self, g_strdup (name));
}

#define NAMED_CALLBACK(function, name) \
  static void \
  function (IpcWindow *self) \
  { \
    note_name (self, name); \
  }

NAMED_CALLBACK (started_cb, "did-start-loading")
NAMED_CALLBACK (stopped_cb, "did-stop-loading")
NAMED_CALLBACK (dom_ready_cb, "dom-ready")
NAMED_CALLBACK (finished_cb, "did-finish-load")
NAMED_CALLBACK (dev_tools_opened_cb, "devtools-opened")
NAMED_CALLBACK (dev_tools_closed_cb, "devtools-closed")
NAMED_CALLBACK (closed_cb, "closed")

static void
failed_cb (MullionWebContents *contents,
           int                 code,
           const char         *description,
           const char         *url,
           IpcWindow          *self)
{
  note (self, g_strdup_printf ("did-fail-load %d %s %s", code, description, url));
}

static void
preload_error_cb (MullionWebContents *contents,
                  const char         *path,
                  const char         *message,
                  IpcWindow          *self)
{
  note (self, g_strdup_printf ("preload-error %s %s", path, message));
}

static void
console_cb (MullionWebContents *contents,
            int                 level,
            const char         *message,
            int                 line,
            const char         *source,
            IpcWindow          *self)
{
  note (self, g_strdup_printf ("console-message %d %s %s:%d", level, message, source, line));
}

static void
gone_cb (MullionWebContents *contents,
         const char         *reason,
         IpcWindow          *self)
{
  note (self, g_strdup_printf ("render-process-gone %s", reason));
}

static void
text_cb (MullionWebContents *contents,
         const char         *text,
         IpcWindow          *self)
{
  note (self, g_strdup_printf ("text %s", text));
}

static void
navigated_cb (MullionWebContents *contents,
              const char         *url,
              IpcWindow          *self)
{
  note (self, g_strdup_printf ("did-navigate %s", url));
}

static void
connect (IpcWindow *self)
{
  const struct { const char *signal; GCallback callback; } named[] = {
    { "did-start-loading", G_CALLBACK (started_cb) },
    { "did-stop-loading", G_CALLBACK (stopped_cb) },
    { "dom-ready", G_CALLBACK (dom_ready_cb) },
    { "did-finish-load", G_CALLBACK (finished_cb) },
    { "devtools-opened", G_CALLBACK (dev_tools_opened_cb) },
    { "devtools-closed", G_CALLBACK (dev_tools_closed_cb) },
    { "closed", G_CALLBACK (closed_cb) },
  };
  const struct { const char *signal; GCallback callback; } telling[] = {
    { "did-fail-load", G_CALLBACK (failed_cb) },
    { "preload-error", G_CALLBACK (preload_error_cb) },
    { "console-message", G_CALLBACK (console_cb) },
    { "render-process-gone", G_CALLBACK (gone_cb) },
    { "page-title-updated", G_CALLBACK (text_cb) },
    { "did-navigate", G_CALLBACK (navigated_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    g_signal_connect_swapped (self->contents, named[i].signal, named[i].callback, self);
  for (gsize i = 0; i < G_N_ELEMENTS (telling); i++)
    g_signal_connect (self->contents, telling[i].signal, telling[i].callback, self);
}

IpcWindow *
ipc_window_new (const char *options)
{
  g_autoptr(GError) error = NULL;
  MullionBrowserWindow *window = mullion_browser_window_new_from_json (app, options, &error);

  g_assert_no_error (error);

  return ipc_window_watch (window);
}

IpcWindow *
ipc_window_watch (MullionBrowserWindow *window)
{
  IpcWindow *self = g_new0 (IpcWindow, 1);

  g_queue_init (&self->events);
  self->window = g_object_ref (window);
  self->contents = g_object_ref (mullion_browser_window_get_web_contents (self->window));
  connect (self);

  return self;
}

void
ipc_window_free (IpcWindow *self)
{
  gpointer window = self->window;
  gpointer contents = self->contents;

  mullion_browser_window_destroy (self->window);
  g_signal_handlers_disconnect_by_data (self->contents, self);

  /* Whoever still holds one of them leaks it. */
  g_object_add_weak_pointer (window, &window);
  g_object_add_weak_pointer (contents, &contents);
  g_object_unref (self->window);
  g_object_unref (self->contents);
  ipc_wait_until (window == NULL && contents == NULL);

  g_queue_clear_full (&self->events, g_free);
  g_free (self);
}

gboolean
ipc_window_has (IpcWindow  *self,
                const char *prefix)
{
  for (GList *l = self->events.head; l != NULL; l = l->next)
    if (g_str_has_prefix (l->data, prefix))
      return TRUE;

  return FALSE;
}

char *
ipc_window_wait (IpcWindow  *self,
                 const char *prefix)
{
  guint limit = ipc_limit_begin (prefix);
  char *event;

  while (!ipc_window_has (self, prefix))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);

  while (!g_str_has_prefix ((event = g_queue_pop_head (&self->events)), prefix))
    g_free (event);

  return event;
}

void
ipc_window_load (IpcWindow  *self,
                 const char *path)
{
  g_queue_clear_full (&self->events, g_free);
  mullion_web_contents_load_file (self->contents, path);
  g_free (ipc_window_wait (self, "did-finish-load"));
}

/* -- Scripts -- */

static void
ran_cb (GObject      *contents,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node =
    mullion_web_contents_execute_javascript_finish (MULLION_WEB_CONTENTS (contents), result,
                                                    &error);

  *(char **) user_data = error != NULL ? g_strconcat ("!", error->message, NULL)
                                       : json_to_string (node, FALSE);
}

char *
ipc_window_run (IpcWindow  *self,
                const char *code)
{
  char *text = NULL;

  mullion_web_contents_execute_javascript_async (self->contents, code, NULL, ran_cb, &text);
  ipc_wait_until (text != NULL);

  return text;
}
