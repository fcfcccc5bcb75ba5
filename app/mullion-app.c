/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-app-private.h"

#include "mullion-browser-window.h"
#include "mullion-error.h"
#include "mullion-graphics.h"
#include "mullion-home.h"
#include "mullion-ipc-main.h"
#include "mullion-native-theme.h"
#include "mullion-sandbox-helpers.h"
#include "mullion-web-contents.h"

/**
 * MullionApp:
 *
 * The app: a [class@Gtk.Application] with Electron's life cycle.
 *
 * Make windows in [signal@App::ready]. The app runs until [method@App.quit], which also happens
 * when the last window is closed, unless a handler of [signal@App::window-all-closed] wishes
 * otherwise.
 *
 * An app is unique by its id: a second start of it hands its command line to the first, which hears
 * [signal@App::second-instance], and ends. Without a session bus every start is a first one.
 *
 * It lives in the main process and is used from the thread of the main loop.
 *
 * Since: 0.1
 */
enum
{
  READY,
  BEFORE_QUIT,
  WILL_QUIT,
  WINDOW_ALL_CLOSED,
  WEB_CONTENTS_CREATED,
  BROWSER_WINDOW_CREATED,
  SESSION_CREATED,
  SECOND_INSTANCE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Files come with a command line, and over the bus without one. */
#define HANDLED (G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN)

G_DEFINE_TYPE_WITH_PRIVATE (MullionApp, mullion_app, GTK_TYPE_APPLICATION)

MullionAppPrivate *
mullion_app_get_private (MullionApp *self)
{
  return mullion_app_get_instance_private (self);
}

/* -- Its life -- */

/**
 * mullion_app_run:
 * @self: an app
 * @argc: how many arguments the program got
 * @argv: (array length=argc) (nullable): the arguments of the program
 *
 * Runs the app until it quits. Where WebKit's sandbox cannot be made, for a program is missing, it says
 * so on the standard error and returns 1 at once.
 *
 * Returns: what the program shall return: the code of [method@App.exit], else what
 *   [method@Gio.Application.run] returned
 *
 * Since: 0.1
 */
int
mullion_app_run (MullionApp  *self,
                 int          argc,
                 char       **argv)
{
  g_autofree char *fault = NULL;
  int status;
  int exit_code;

  g_return_val_if_fail (MULLION_IS_APP (self), 1);

  fault = mullion_sandbox_helpers_dup_fault ("/");
  if (fault != NULL)
    {
      g_printerr ("%s: %s\n", g_get_prgname () != NULL ? g_get_prgname () : "mullion", fault);
      return 1;
    }

  status = g_application_run (G_APPLICATION (self), argc, argv);
  exit_code = mullion_app_get_private (self)->exit_code;
  mullion_app_start_again (self, argc > 0 ? (const char *const *) argv + 1 : NULL);

  return exit_code != 0 ? exit_code : status;
}

/**
 * mullion_app_is_ready:
 * @self: an app
 *
 * Asks whether the app has started, like Electron's `app.isReady`.
 *
 * Returns: whether windows can be made, which is so from [signal@App::ready] on
 *
 * Since: 0.1
 */
gboolean
mullion_app_is_ready (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), FALSE);

  return mullion_app_get_private (self)->is_ready;
}

static void
finish_quit (MullionApp *self)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);

  if (priv->has_quit)
    return;

  priv->has_quit = TRUE;
  g_signal_emit (self, signals[WILL_QUIT], 0);
  g_application_quit (G_APPLICATION (self));
}

static void
close_window (GtkWindow *window)
{
  /* GTK takes no notice of a close before the window was ever shown, and then the
   * app would wait for a hidden window for ever. */
  if (!MULLION_IS_BROWSER_WINDOW (window))
    gtk_window_close (window);
  else if (!mullion_browser_window_is_destroyed (MULLION_BROWSER_WINDOW (window)))
    mullion_browser_window_close (MULLION_BROWSER_WINDOW (window));
}

/**
 * mullion_app_quit:
 * @self: an app
 *
 * Closes all windows and ends the app, like Electron's `app.quit`. A handler of
 * [signal@App::before-quit], a window or a page may object, and then the app goes on.
 *
 * Since: 0.1
 */
void
mullion_app_quit (MullionApp *self)
{
  MullionAppPrivate *priv;
  g_autoptr(GList) windows = NULL;
  gboolean is_prevented = FALSE;

  g_return_if_fail (MULLION_IS_APP (self));

  priv = mullion_app_get_private (self);
  if (priv->has_quit)
    return;

  g_signal_emit (self, signals[BEFORE_QUIT], 0, &is_prevented);
  if (is_prevented)
    return;

  windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));
  if (windows == NULL)
    {
      finish_quit (self);
      return;
    }

  priv->is_quitting = TRUE;
  g_list_foreach (windows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  for (GList *l = windows; l != NULL; l = l->next)
    {
      close_window (l->data);
      g_object_unref (l->data);
    }
}

/* A window stays open, and so the app stays. */
void
mullion_app_cancel_quit (MullionApp *self)
{
  mullion_app_get_private (self)->is_quitting = FALSE;
}

/**
 * mullion_app_exit:
 * @self: an app
 * @exit_code: what [method@App.run] shall return
 *
 * Ends the app at once: windows are destroyed without asking.
 *
 * Since: 0.1
 */
void
mullion_app_exit (MullionApp *self,
                  int         exit_code)
{
  MullionAppPrivate *priv;
  g_autoptr(GList) windows = NULL;

  g_return_if_fail (MULLION_IS_APP (self));

  priv = mullion_app_get_private (self);
  priv->exit_code = exit_code;
  priv->is_quitting = TRUE;
  windows = mullion_browser_window_get_all ();
  g_list_foreach (windows, (GFunc) (void (*) (void)) g_object_ref, NULL);
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (!mullion_browser_window_is_destroyed (l->data))
        mullion_browser_window_destroy (l->data);
      g_object_unref (l->data);
    }
  finish_quit (self);
}

static void
mullion_app_startup (GApplication *application)
{
  MullionApp *self = MULLION_APP (application);

  G_APPLICATION_CLASS (mullion_app_parent_class)->startup (application);

  /* Light or dark is asked for before the first window is made. */
  mullion_native_theme_get_default ();

  /* As in Electron, the app and not its windows decide when it ends. */
  g_application_hold (application);
  mullion_app_record_from_environment (self);
  mullion_app_get_private (self)->is_ready = TRUE;
  g_signal_emit (self, signals[READY], 0);
}

/* The recording has all that was said until now. */
static void
mullion_app_shutdown (GApplication *application)
{
  G_APPLICATION_CLASS (mullion_app_parent_class)->shutdown (application);

  mullion_app_stop_recording (MULLION_APP (application));
}

void
mullion_app_begin_replay (MullionApp *self)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);

  priv->is_replaying = TRUE;
  priv->is_ready = TRUE;
  g_signal_emit (self, signals[READY], 0);
}

/* Another start of an app that has its windows already wants to see them. */
static void
mullion_app_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL && gtk_widget_get_visible (GTK_WIDGET (window)))
    gtk_window_present (window);
}

/* Each program that a driver starts is driven, whatever else runs. */
static gboolean
mullion_app_local_command_line (GApplication   *application,
                                char         ***arguments,
                                int            *exit_status)
{
  if (mullion_app_get_private (MULLION_APP (application))->automation != NULL)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return G_APPLICATION_CLASS (mullion_app_parent_class)->local_command_line (application, arguments,
                                                                             exit_status);
}

static int
mullion_app_command_line (GApplication            *application,
                          GApplicationCommandLine *command_line)
{
  g_auto(GStrv) arguments = g_application_command_line_get_arguments (command_line, NULL);

  if (g_application_command_line_get_is_remote (command_line))
    g_signal_emit (application, signals[SECOND_INSTANCE], 0, arguments,
                   g_application_command_line_get_cwd (command_line));
  g_application_activate (application);
  mullion_app_open_arguments (MULLION_APP (application), command_line, arguments);

  return 0;
}

/* Over the bus, from a desktop that starts us by it. */
static void
mullion_app_open (GApplication  *application,
                  GFile        **files,
                  int            n_files,
                  const char    *hint)
{
  g_application_activate (application);
  mullion_app_open_files (MULLION_APP (application), files, n_files);
}

static void
mullion_app_window_added (GtkApplication *application,
                          GtkWindow      *window)
{
  GTK_APPLICATION_CLASS (mullion_app_parent_class)->window_added (application, window);

  if (MULLION_IS_BROWSER_WINDOW (window))
    g_signal_emit (application, signals[BROWSER_WINDOW_CREATED], 0, window);
}

static void
mullion_app_window_removed (GtkApplication *application,
                            GtkWindow      *window)
{
  MullionApp *self = MULLION_APP (application);

  GTK_APPLICATION_CLASS (mullion_app_parent_class)->window_removed (application, window);

  if (gtk_application_get_windows (application) != NULL)
    return;

  if (mullion_app_get_private (self)->is_quitting)
    finish_quit (self);
  else
    g_signal_emit (self, signals[WINDOW_ALL_CLOSED], 0);
}

/* What happens when nobody else decides what shall. */
static void
mullion_app_window_all_closed (MullionApp *self)
{
  guint id = signals[WINDOW_ALL_CLOSED];

  if (!g_signal_has_handler_pending (self, id, 0, FALSE))
    mullion_app_quit (self);
}

/* -- What it has -- */

/**
 * mullion_app_get_default:
 *
 * Gets the one app of this program.
 *
 * Returns: (transfer none) (nullable): the app of this process, %NULL before it is made
 *
 * Since: 0.1
 */
MullionApp *
mullion_app_get_default (void)
{
  GApplication *application = g_application_get_default ();

  return MULLION_IS_APP (application) ? MULLION_APP (application) : NULL;
}

/**
 * mullion_app_get_ipc_main:
 * @self: an app
 *
 * Gets Electron's `ipcMain`: where the messages of all pages of the app arrive.
 *
 * Returns: (transfer none): the app's `ipcMain`
 *
 * Since: 0.1
 */
MullionIpcMain *
mullion_app_get_ipc_main (MullionApp *self)
{
  g_return_val_if_fail (MULLION_IS_APP (self), NULL);

  return mullion_app_get_private (self)->ipc;
}

MullionIpcMain *
mullion_app_find_mock (MullionApp *self,
                       const char *channel)
{
  MullionAutomation *automation = mullion_app_get_private (self)->automation;

  return automation != NULL
           ? mullion_automation_mocks_find (mullion_automation_get_mocks (automation), channel)
           : NULL;
}

static void
session_created_cb (MullionApp     *self,
                    MullionSession *session)
{
  g_signal_emit (self, signals[SESSION_CREATED], 0, session);
}

MullionWebEngine *
mullion_app_get_engine (MullionApp *self)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);

  if (priv->engine == NULL)
    {
      g_autofree char *data_dir = mullion_app_dup_path (self, "sessionData", NULL);
      g_autofree char *cache_dir = mullion_app_dup_path (self, "cache", NULL);

      priv->engine = mullion_web_engine_new (priv->origin + strlen ("app://"), data_dir, cache_dir);
      g_signal_connect_object (priv->engine, "session-created", G_CALLBACK (session_created_cb), self,
                               G_CONNECT_SWAPPED);
      mullion_app_configure_scheme (self);
      if (priv->is_unaccelerated)
        mullion_web_engine_set_unaccelerated (priv->engine);
      if (priv->automation != NULL)
        mullion_web_engine_set_automation (priv->engine, priv->automation);
    }

  return priv->engine;
}

/* -- Its beginning and its end -- */

/* Before GTK starts, and before GApplication starts the thread of the bus. */
static void
choose_graphics (void)
{
  g_autoptr(MullionGraphics) graphics =
    mullion_graphics_look ("/", mullion_graphics_get_wish ());

  g_debug ("Graphics: %s", graphics->reason);
  mullion_graphics_apply (graphics->kind);
}

static void
mullion_app_constructed (GObject *object)
{
  MullionApp *self = MULLION_APP (object);
  const char *id = g_application_get_application_id (G_APPLICATION (self));
  g_autofree char *host = g_ascii_strdown (id != NULL ? id : "app", -1);

  G_OBJECT_CLASS (mullion_app_parent_class)->constructed (object);

  mullion_home_prepare ();
  choose_graphics ();
  mullion_app_get_private (self)->origin = g_strconcat ("app://", host, NULL);
  g_application_set_flags (G_APPLICATION (self),
                           g_application_get_flags (G_APPLICATION (self)) |
                           HANDLED);
  mullion_app_get_private (self)->automation = mullion_automation_new_from_environment (self);
}

static void
mullion_app_finalize (GObject *object)
{
  MullionAppPrivate *priv = mullion_app_get_private (MULLION_APP (object));

  mullion_app_stop_recording (MULLION_APP (object));
  g_clear_object (&priv->menu);
  g_clear_object (&priv->ipc);
  g_clear_object (&priv->engine);
  g_clear_object (&priv->automation);
  g_clear_pointer (&priv->allowed_origins, g_ptr_array_unref);
  g_clear_object (&priv->grants);
  g_clear_object (&priv->audit);
  g_clear_pointer (&priv->globals, g_hash_table_unref);
  g_strfreev (priv->relaunch_args);
  g_free (priv->app_path);
  g_free (priv->name);
  g_free (priv->version);
  g_free (priv->policy);
  g_free (priv->origin);

  G_OBJECT_CLASS (mullion_app_parent_class)->finalize (object);
}

static void
add_signals (MullionAppClass *klass)
{
  /**
   * MullionApp::ready:
   * @self: an app
   *
   * The app has started, and windows can be made. This comes once, in the first instance.
   *
   * Since: 0.1
   */
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionApp::before-quit:
   * @self: an app
   *
   * The app is about to close its windows and to quit.
   *
   * Returns: %TRUE to prevent that
   *
   * Since: 0.1
   */
  signals[BEFORE_QUIT] = g_signal_new ("before-quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, g_signal_accumulator_true_handled, NULL, NULL,
                                       G_TYPE_BOOLEAN, 0);

  /**
   * MullionApp::will-quit:
   * @self: an app
   *
   * All windows are closed, and the app ends.
   *
   * Since: 0.1
   */
  signals[WILL_QUIT] = g_signal_new ("will-quit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionApp::window-all-closed:
   * @self: an app
   *
   * The last window was closed. When nobody listens, the app quits; a handler decides otherwise, or
   * calls [method@App.quit].
   *
   * Since: 0.1
   */
  signals[WINDOW_ALL_CLOSED] =
    g_signal_new_class_handler ("window-all-closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                G_CALLBACK (mullion_app_window_all_closed), NULL, NULL, NULL,
                                G_TYPE_NONE, 0);

  /**
   * MullionApp::web-contents-created:
   * @self: an app
   * @contents: the new contents
   *
   * A window got its web contents.
   *
   * Since: 0.1
   */
  signals[WEB_CONTENTS_CREATED] =
    g_signal_new ("web-contents-created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, MULLION_TYPE_WEB_CONTENTS);

  /**
   * MullionApp::session-created:
   * @self: an app
   * @session: the new session
   *
   * There is a session, the default one or that of another partition, and no page in it yet.
   *
   * Since: 0.1
   */
  signals[SESSION_CREATED] =
    g_signal_new ("session-created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, MULLION_TYPE_SESSION);
  mullion_app_add_page_signals (G_TYPE_FROM_CLASS (klass));

  /**
   * MullionApp::child-process-gone:
   * @self: an app
   * @type: `Utility`, the one kind of process that is told of
   * @reason: `abnormal-exit`, `killed`, `crashed` or `launch-failed`
   * @exit_code: the status of `waitpid ()`, as in Electron: `WEXITSTATUS ()` and `WTERMSIG ()` read it
   * @name: the name of the program or module, without its folder
   *
   * A [class@UtilityProcess] ended unexpectedly: it returned something other than 0
   * (`abnormal-exit`), a signal for what it did itself ended it (`crashed`), or any other signal
   * (`killed`); or it never ran what it was to run (`launch-failed`), which
   * [signal@UtilityProcess::error] tells more of. This comes after [signal@UtilityProcess::exit].
   *
   * An end with 0 is not told, nor is one that the app asked for with
   * [method@UtilityProcess.kill], unless the helper crashes at it. A helper that is killed for want
   * of memory has `killed` to it; one that cannot be started is the error of
   * [ctor@UtilityProcess.fork]. Pages have [signal@App::render-process-gone].
   *
   * Since: 0.1
   */
  g_signal_new ("child-process-gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT, G_TYPE_STRING);

  /**
   * MullionApp::browser-window-created:
   * @self: an app
   * @window: the new window
   *
   * A window was made.
   *
   * Since: 0.1
   */
  signals[BROWSER_WINDOW_CREATED] =
    g_signal_new ("browser-window-created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, MULLION_TYPE_BROWSER_WINDOW);

  /**
   * MullionApp::browser-window-focus:
   * @self: an app
   * @window: the window that has the focus now
   *
   * A window got the focus. This comes after [signal@BrowserWindow::focus].
   *
   * Since: 0.1
   */
  g_signal_new ("browser-window-focus", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 1, MULLION_TYPE_BROWSER_WINDOW);

  /**
   * MullionApp::browser-window-blur:
   * @self: an app
   * @window: the window that had the focus
   *
   * A window lost the focus. This comes after [signal@BrowserWindow::blur].
   *
   * Since: 0.1
   */
  g_signal_new ("browser-window-blur", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 1, MULLION_TYPE_BROWSER_WINDOW);

  /**
   * MullionApp::second-instance:
   * @self: an app
   * @arguments: (array zero-terminated=1): the command line of the other start
   * @cwd: (nullable): the folder in which it was started
   *
   * The app was started a second time. That start has ended; this one may open a window for it.
   *
   * Since: 0.1
   */
  signals[SECOND_INSTANCE] =
    g_signal_new ("second-instance", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRV, G_TYPE_STRING);
}

static void
mullion_app_class_init (MullionAppClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  GtkApplicationClass *gtk_application_class = GTK_APPLICATION_CLASS (klass);

  object_class->constructed = mullion_app_constructed;
  object_class->finalize = mullion_app_finalize;
  application_class->startup = mullion_app_startup;
  application_class->shutdown = mullion_app_shutdown;
  application_class->activate = mullion_app_activate;
  application_class->local_command_line = mullion_app_local_command_line;
  application_class->command_line = mullion_app_command_line;
  application_class->open = mullion_app_open;
  gtk_application_class->window_added = mullion_app_window_added;
  gtk_application_class->window_removed = mullion_app_window_removed;

  add_signals (klass);
  mullion_app_add_open_signals (G_TYPE_FROM_CLASS (klass));
}

static void
mullion_app_init (MullionApp *self)
{
  MullionAppPrivate *priv = mullion_app_get_private (self);

  priv->ipc = mullion_ipc_main_new ();
  priv->allowed_origins = g_ptr_array_new_with_free_func (g_free);
  priv->globals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) json_node_unref);
}

/**
 * mullion_app_new:
 * @application_id: (nullable): an id like `org.example.App`, see [func@Gio.Application.id_is_valid]
 * @flags: how the app behaves
 *
 * Makes the app. A program has one.
 *
 * Returns: (transfer full): a new app
 *
 * Since: 0.1
 */
MullionApp *
mullion_app_new (const char        *application_id,
                 GApplicationFlags  flags)
{
  /* "flags" is set after construction and would take back what constructed () added. */
  return g_object_new (MULLION_TYPE_APP,
                       "application-id", application_id,
                       "flags", flags | HANDLED,
                       NULL);
}
