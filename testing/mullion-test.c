/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-test-private.h"

#include "mullion-launcher.h"

/*
 * MullionTest: an app that a test runs in its own process.
 *
 * Whoever links this is a test: it trusts the app and its pages, and a failure ends the process, as
 * g_assert () does. The loop runs in here, so handlers and pages go on while a test waits.
 */

#define DEFAULT_TIMEOUT_MSEC 10000

typedef struct
{
  char *channel;
  JsonArray *args;
} Message;

static void
free_message (gpointer data)
{
  Message *message = data;

  g_free (message->channel);
  json_array_unref (message->args);
  g_free (message);
}

/* -- The loop -- */

static gboolean
time_is_up_cb (gpointer is_up)
{
  *(gboolean *) is_up = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
mullion_test_run_until (MullionTest          *self,
                        MullionTestCondition  is_met,
                        gpointer              data)
{
  gboolean is_up = FALSE;
  guint source = g_timeout_add (self->timeout_msec, time_is_up_cb, &is_up);

  while (!is_met (data) && !is_up)
    g_main_context_iteration (NULL, TRUE);
  if (!is_up)
    g_source_remove (source);

  return is_met (data);
}

/* -- Messages of pages -- */

static void
ipc_message_cb (MullionWebContents  *contents,
                MullionIpcMainEvent *event,
                JsonArray           *args,
                MullionTest         *self)
{
  Message *message = g_new0 (Message, 1);

  message->channel = g_strdup (mullion_ipc_main_event_get_channel (event));
  message->args = json_array_ref (args);
  g_queue_push_tail (&self->messages, message);
}

static void
finish_load_cb (MullionWebContents *contents,
                MullionTest        *self)
{
  self->has_loaded = TRUE;
}

static void
contents_created_cb (MullionApp         *app,
                     MullionWebContents *contents,
                     MullionTest        *self)
{
  g_signal_connect (contents, "ipc-message", G_CALLBACK (ipc_message_cb), self);
  g_signal_connect (contents, "did-finish-load", G_CALLBACK (finish_load_cb), self);
}

typedef struct
{
  MullionTest *self;
  const char *channel;
} Expectation;

static GList *
find_message (const Expectation *expectation)
{
  for (GList *l = expectation->self->messages.head; l != NULL; l = l->next)
    if (g_str_equal (((Message *) l->data)->channel, expectation->channel))
      return l;

  return NULL;
}

static gboolean
has_message (gpointer data)
{
  return find_message (data) != NULL;
}

static char *
list_channels (MullionTest *self)
{
  GString *text = g_string_new (NULL);

  for (GList *l = self->messages.head; l != NULL; l = l->next)
    g_string_append_printf (text, "%s'%s'", l->prev != NULL ? ", " : "",
                            ((Message *) l->data)->channel);

  return g_string_free (text, FALSE);
}

JsonArray *
mullion_test_wait_for_channel (MullionTest *self,
                               const char  *channel)
{
  Expectation expectation = { self, channel };
  JsonArray *args;
  GList *found;

  g_return_val_if_fail (self != NULL && channel != NULL, NULL);

  if (!mullion_test_run_until (self, has_message, &expectation))
    {
      g_autofree char *others = list_channels (self);

      mullion_test_fail (self, "no message on the channel '%s'; not taken: %s", channel,
                         *others != '\0' ? others : "none");
    }

  found = find_message (&expectation);
  g_assert (found != NULL);
  args = json_array_ref (((Message *) found->data)->args);
  free_message (found->data);
  g_queue_delete_link (&self->messages, found);

  return args;
}

/* -- Its beginning and its end -- */

static gboolean
has_page (gpointer data)
{
  MullionTest *self = data;

  return self->has_loaded;
}

static void
start (MullionTest *self)
{
  g_autoptr(GList) windows = NULL;
  g_autoptr(GError) error = NULL;

  g_signal_connect (self->app, "web-contents-created", G_CALLBACK (contents_created_cb), self);
  if (!g_application_register (G_APPLICATION (self->app), NULL, &error))
    g_error ("The app does not start: %s", error->message);
  g_application_activate (G_APPLICATION (self->app));
  if (!mullion_test_run_until (self, has_page, self))
    mullion_test_fail (self, "no window has loaded its page");

  windows = mullion_browser_window_get_all ();
  mullion_test_set_window (self, windows != NULL ? windows->data : NULL);
}

/* GTK starts once, and GApplication leaves the bus only with the process. */
static gboolean was_started;

MullionTest *
mullion_test_new (MullionApp *app)
{
  MullionTest *self;

  g_return_val_if_fail (MULLION_IS_APP (app), NULL);

  if (was_started)
    g_error ("A process runs one app: make it once, or run each test in a process of its own");
  was_started = TRUE;
  self = g_new0 (MullionTest, 1);
  self->app = app;
  self->timeout_msec = DEFAULT_TIMEOUT_MSEC;
  g_queue_init (&self->messages);
  /* Tests of one app may run at the same time. */
  g_application_set_flags (G_APPLICATION (app), g_application_get_flags (G_APPLICATION (app)) |
                                                G_APPLICATION_NON_UNIQUE);
  start (self);

  return self;
}

MullionTest *
mullion_test_new_for_folder (const char *folder)
{
  g_autoptr(GError) error = NULL;
  MullionApp *app;

  g_return_val_if_fail (folder != NULL, NULL);

  app = mullion_launcher_open (folder, &error);
  if (app == NULL)
    g_error ("The app in %s does not start: %s", folder, error->message);

  return mullion_test_new (app);
}

static gboolean
has_no_windows (gpointer nothing)
{
  g_autoptr(GList) windows = mullion_browser_window_get_all ();

  return windows == NULL;
}

void
mullion_test_free (MullionTest *self)
{
  mullion_app_exit (self->app, 0);
  if (!mullion_test_run_until (self, has_no_windows, NULL))
    g_error ("The windows of the app do not close");

  g_signal_handlers_disconnect_by_data (self->app, self);
  g_clear_weak_pointer (&self->window);
  g_queue_clear_full (&self->messages, free_message);
  g_object_unref (self->app);
  g_free (self);
}

MullionApp *
mullion_test_get_app (MullionTest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->app;
}

MullionBrowserWindow *
mullion_test_get_window (MullionTest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->window;
}

void
mullion_test_set_window (MullionTest          *self,
                         MullionBrowserWindow *window)
{
  g_return_if_fail (self != NULL);

  g_set_weak_pointer (&self->window, window);
}

void
mullion_test_set_timeout (MullionTest *self,
                          guint        msec)
{
  g_return_if_fail (self != NULL);

  self->timeout_msec = msec;
}
