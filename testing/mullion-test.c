/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-test-private.h"

#include "mullion-launcher.h"

/**
 * MullionTest:
 *
 * An app in this process, for tests with GTest.
 *
 * Every function that waits has a deadline, 10 seconds unless [method@Test.set_timeout] says another.
 * When it passes, the test fails and says what was waited for and what the page showed. All is done on
 * the thread of the main loop, which runs while a function waits, so handlers and pages go on.
 *
 * The last reference ends the app: its windows are closed, and waited for.
 *
 * Since: 0.1
 */

/*
 * Whoever links this is a test: it trusts the app and its pages, and a failure ends the process, as
 * g_assert () does.
 */

G_DEFINE_FINAL_TYPE (MullionTest, mullion_test, G_TYPE_OBJECT)

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

/**
 * mullion_test_wait_for_channel:
 * @self: an app under test
 * @channel: the name of a channel
 *
 * Waits for a message that a page sends with `send`, `sendSync` or `postMessage`.
 *
 * Messages are kept from the start of the app on, and each is returned once: what came before the test
 * asked is not lost.
 *
 * Returns: (transfer full): the arguments of the next message
 *
 * Since: 0.1
 */
JsonArray *
mullion_test_wait_for_channel (MullionTest *self,
                               const char  *channel)
{
  Expectation expectation = { self, channel };
  JsonArray *args;
  GList *found;

  g_return_val_if_fail (MULLION_IS_TEST (self) && channel != NULL, NULL);

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

/**
 * mullion_test_new: (constructor)
 * @app: (transfer full): an app that is not running
 *
 * Makes @app ready, as [method@Mullion.App.run] does, and waits for its first window to have loaded.
 *
 * A process can do that once, so the tests of a program share the app.
 *
 * Returns: (transfer full): the app under test
 *
 * Since: 0.1
 */
MullionTest *
mullion_test_new (MullionApp *app)
{
  MullionTest *self;

  g_return_val_if_fail (MULLION_IS_APP (app), NULL);

  if (was_started)
    g_error ("A process runs one app: make it once, or run each test in a process of its own");
  was_started = TRUE;
  self = g_object_new (MULLION_TYPE_TEST, NULL);
  self->app = app;
  /* Tests of one app may run at the same time. */
  g_application_set_flags (G_APPLICATION (app), g_application_get_flags (G_APPLICATION (app)) |
                                                G_APPLICATION_NON_UNIQUE);
  start (self);

  return self;
}

/**
 * mullion_test_new_for_folder: (constructor)
 * @folder: (type filename): a folder with a `package.json`
 *
 * Starts the app of a folder as the program `mullion` does, else like [ctor@Test.new]. A folder that
 * is no app ends the process with the reason.
 *
 * Returns: (transfer full): the app under test
 *
 * Since: 0.1
 */
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

static void
end (MullionTest *self)
{
  mullion_app_exit (self->app, 0);
  if (!mullion_test_run_until (self, has_no_windows, NULL))
    g_error ("The windows of the app do not close");

  g_signal_handlers_disconnect_by_data (self->app, self);
  g_clear_object (&self->app);
}

static void
mullion_test_dispose (GObject *object)
{
  MullionTest *self = MULLION_TEST (object);

  if (self->app != NULL)
    end (self);
  g_clear_weak_pointer (&self->window);
  g_queue_clear_full (&self->messages, free_message);

  G_OBJECT_CLASS (mullion_test_parent_class)->dispose (object);
}

static void
mullion_test_class_init (MullionTestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mullion_test_dispose;
}

static void
mullion_test_init (MullionTest *self)
{
  self->timeout_msec = DEFAULT_TIMEOUT_MSEC;
  g_queue_init (&self->messages);
}

/**
 * mullion_test_get_app:
 * @self: an app under test
 *
 * Gets the app.
 *
 * Returns: (transfer none): the app
 *
 * Since: 0.1
 */
MullionApp *
mullion_test_get_app (MullionTest *self)
{
  g_return_val_if_fail (MULLION_IS_TEST (self), NULL);

  return self->app;
}

/**
 * mullion_test_get_window:
 * @self: an app under test
 *
 * Gets the window that scripts, input and pictures are about.
 *
 * Returns: (transfer none) (nullable): the first window, or the one that was set; %NULL when it is gone
 *
 * Since: 0.1
 */
MullionBrowserWindow *
mullion_test_get_window (MullionTest *self)
{
  g_return_val_if_fail (MULLION_IS_TEST (self), NULL);

  return self->window;
}

/**
 * mullion_test_set_window:
 * @self: an app under test
 * @window: (nullable): a window of the app
 *
 * Sets the window that scripts, input and pictures are about from now on.
 *
 * Since: 0.1
 */
void
mullion_test_set_window (MullionTest          *self,
                         MullionBrowserWindow *window)
{
  g_return_if_fail (MULLION_IS_TEST (self));

  g_set_weak_pointer (&self->window, window);
}

/**
 * mullion_test_set_timeout:
 * @self: an app under test
 * @msec: milliseconds
 *
 * Sets how long a function waits before the test fails. It is 10 seconds at first.
 *
 * Since: 0.1
 */
void
mullion_test_set_timeout (MullionTest *self,
                          guint        msec)
{
  g_return_if_fail (MULLION_IS_TEST (self));

  self->timeout_msec = msec;
}
