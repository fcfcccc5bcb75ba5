/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "mullion-browser-window-private.h"

#include "mullion-app-private.h"
#include "mullion-web-contents-private.h"
#include "mullion-window-closing.h"
#include "mullion-window-content.h"
#include "mullion-window-edges.h"
#include "mullion-window-events.h"
#include "mullion-window-family.h"
#include "mullion-window-keeper.h"
#include "mullion-window-page.h"
#include "mullion-window-ready.h"
#include "mullion-window-setup.h"

/**
 * MullionBrowserWindow:
 *
 * A window with a web page in it.
 *
 * It takes the constructor options of Electron's `BrowserWindow` as a
 * [struct@Json.Object], and has its methods and events. It is a
 * [class@Gtk.ApplicationWindow] as well: what GTK does to a window, by
 * [method@Gtk.Window.close] or from the window manager, goes the same way.
 *
 * GTK owns the window from its creation until it is destroyed. Who wants to look
 * at it afterwards takes a reference; all it answers then is that it is
 * destroyed, and what its number was.
 *
 * The events `show` and `hide` are the signals [signal@Gtk.Widget::show] and
 * [signal@Gtk.Widget::hide].
 *
 * Since: 0.1
 */

/* It lives in the main process. The page in it is not trusted: it may set the
 * title, close the window, or hold the closing back for as long as its
 * beforeunload handler is given, and nothing else.
 *
 * Every road to the end, be it ours, GTK's or the page's, leads into
 * destroy_window (), which runs once.
 */

struct _MullionBrowserWindow
{
  GtkApplicationWindow parent_instance;

  guint id;
  MullionWindowOptions *options;
  MullionWebContents *contents;         /* NULL before the app is known, and once destroyed */
  MullionWebContents *related;          /* (unowned) (nullable): whose page opens this one, for now */

  GtkWidget *content;                   /* (unowned): while there are contents */
  MullionWindowMenu *menu;              /* until it is destroyed */
  MullionWindowEvents *events;
  MullionWindowHints *hints;
  MullionWindowMoves *moves;
  MullionWindowKeeper *keeper;          /* (nullable): until it is destroyed */
  MullionWindowReady *ready;            /* until ready-to-show */
  MullionWindowClosing *closing;        /* while there are contents */

  gboolean attaching;
  gboolean destroyed;
};

G_DEFINE_FINAL_TYPE (MullionBrowserWindow, mullion_browser_window, GTK_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_OPTIONS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The end. */

static void
release_contents (MullionBrowserWindow *self)
{
  g_autoptr(MullionWebContents) contents = g_steal_pointer (&self->contents);

  if (contents == NULL)
    return;

  mullion_browser_window_release_views (self);
  self->content = NULL;
  mullion_window_page_leave (self, contents);
  mullion_web_contents_destroy (contents);
  gtk_window_set_child (GTK_WINDOW (self), NULL);
}

static void
destroy_window (MullionBrowserWindow *self)
{
  if (self->destroyed)
    return;

  g_object_ref (self);
  self->destroyed = TRUE;
  mullion_browser_window_strike (self);

  /* First of all, so that no event follows `closed`. */
  g_clear_pointer (&self->keeper, mullion_window_keeper_free);
  g_clear_pointer (&self->moves, mullion_window_moves_free);
  g_clear_pointer (&self->events, mullion_window_events_free);
  g_clear_pointer (&self->hints, mullion_window_hints_free);
  g_clear_pointer (&self->ready, mullion_window_ready_free);
  g_clear_pointer (&self->closing, mullion_window_closing_free);
  g_clear_pointer (&self->menu, mullion_window_menu_free);

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  mullion_window_family_destroy_children (self);
  release_contents (self);
  g_signal_emit_by_name (self, "closed");

  /* GTK takes the window out of the application here, and that may be the last
   * one: `window-all-closed` comes after `closed`, as in Electron. */
  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
}

/* Without a page, there is only the app to ask. */
static void
request_close (MullionBrowserWindow *self)
{
  g_autoptr(MullionBrowserWindow) alive = g_object_ref (self);

  if (self->closing != NULL)
    mullion_window_closing_request (self->closing);
  else if (!mullion_window_closing_is_prevented (self))
    destroy_window (self);
}

static gboolean
mullion_browser_window_close_request (GtkWindow *window)
{
  MullionBrowserWindow *self = MULLION_BROWSER_WINDOW (window);

  if (!self->destroyed)
    request_close (self);

  /* GTK would destroy the window by itself, without a word to the page. */
  return TRUE;
}

/* Somebody called gtk_window_destroy (): GTK has no virtual function for it. */
static void
window_removed_cb (MullionBrowserWindow *self,
                   GtkWindow            *window)
{
  g_autoptr(GList) toplevels = NULL;

  if (window != GTK_WINDOW (self) || self->destroyed)
    return;

  toplevels = gtk_window_list_toplevels ();
  if (g_list_find (toplevels, self) == NULL)
    destroy_window (self);
}

static void
ready_cb (gpointer user_data)
{
  MullionBrowserWindow *self = user_data;

  g_clear_pointer (&self->ready, mullion_window_ready_free);
  g_signal_emit_by_name (self, "ready-to-show");
}

/* The beginning. */

static void
attach (MullionBrowserWindow *self,
        MullionApp           *app)
{
  MullionWindowOptions *options = self->options;
  g_autoptr(GError) error = NULL;
  WebKitWebView *view;

  /* Handlers of web-contents-created may ask for the contents in here. */
  self->attaching = TRUE;
  self->contents = mullion_web_contents_new (
    app, mullion_web_preferences_new_from_json (options->preferences), self->related);
  self->attaching = FALSE;
  view = mullion_web_contents_get_web_view (self->contents);

  /* Before any load: what the view shows until the first frame of the page. */
  if (options->background.is_set)
    mullion_window_setup_set_background (GTK_WINDOW (self), view, &options->background.rgba);
  self->content = mullion_window_content_new (GTK_WIDGET (view), options);
  if (!options->frame)
    mullion_window_edges_add (GTK_WINDOW (self), GTK_OVERLAY (self->content));
  mullion_window_menu_set_view (self->menu, self->content);
  mullion_window_menu_set (self->menu, mullion_app_get_application_menu (app));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (view));

  if (options->title == NULL)
    gtk_window_set_title (GTK_WINDOW (self), mullion_app_get_name (app));
  if (options->icon != NULL && !mullion_browser_window_set_icon (self, options->icon, &error))
    g_warning ("Window option \"icon\" is no picture: %s: ignored", error->message);

  mullion_window_page_follow (self, self->contents);
  mullion_browser_window_place (self);
  mullion_browser_window_hint (self);
  self->keeper = mullion_window_keeper_new (
    self, options, g_application_get_application_id (G_APPLICATION (app)));
  self->closing = mullion_window_closing_new (self, self->contents);
  self->ready = mullion_window_ready_new (self->contents, ready_cb, self);
}

/* The contents belong to an app, which the window learns only after its
 * construction; a handler of window-added can ask for them before that. */
static void
ensure_contents (MullionBrowserWindow *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  if (self->contents != NULL || self->attaching || self->destroyed)
    return;

  if (MULLION_IS_APP (app))
    attach (self, MULLION_APP (app));
  else if (mullion_app_get_default () != NULL)
    attach (self, mullion_app_get_default ());
}

static void
notify_application_cb (MullionBrowserWindow *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  if (app == NULL || self->destroyed)
    return;

  g_signal_connect_object (app, "window-removed", G_CALLBACK (window_removed_cb), self,
                           G_CONNECT_SWAPPED);
  ensure_contents (self);
  if (self->options->show)
    gtk_window_present (GTK_WINDOW (self));

  /* Moved to another application, the window stays as it is. */
  g_signal_handlers_disconnect_by_func (self, notify_application_cb, NULL);
}

static void
notify_default_size_cb (MullionBrowserWindow *self)
{
  mullion_window_setup_keep_within (GTK_WINDOW (self), self->options);
}

/* Connected before any handler of an app: hiding the window is how it ends, and
 * a destroyed window has no events. */
static void
hide_cb (MullionBrowserWindow *self)
{
  if (self->destroyed)
    g_signal_stop_emission_by_name (self, "hide");
}

static void
mullion_browser_window_realize (GtkWidget *widget)
{
  MullionBrowserWindow *self = MULLION_BROWSER_WINDOW (widget);

  GTK_WIDGET_CLASS (mullion_browser_window_parent_class)->realize (widget);

  /* Once: later on, the size is the user's. */
  if (self->options->use_content_size)
    mullion_window_setup_resize_content (GTK_WINDOW (self), self->options);
  self->options->use_content_size = FALSE;
}

static void
mullion_browser_window_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  MullionBrowserWindow *self = MULLION_BROWSER_WINDOW (object);

  switch (property_id)
    {
    case PROP_OPTIONS:
      self->options = mullion_window_options_new (g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
mullion_browser_window_constructed (GObject *object)
{
  MullionBrowserWindow *self = MULLION_BROWSER_WINDOW (object);

  G_OBJECT_CLASS (mullion_browser_window_parent_class)->constructed (object);

  g_signal_connect (self, "hide", G_CALLBACK (hide_cb), NULL);
  g_signal_connect (self, "notify::application", G_CALLBACK (notify_application_cb), NULL);
  g_signal_connect (self, "notify::default-width", G_CALLBACK (notify_default_size_cb), NULL);
  g_signal_connect (self, "notify::default-height", G_CALLBACK (notify_default_size_cb), NULL);

  self->menu = mullion_window_menu_new (self);
  self->events = mullion_window_events_new (GTK_WINDOW (self));
  self->hints = mullion_window_hints_new (GTK_WINDOW (self));
  self->moves = mullion_window_moves_new (self);
  mullion_window_family_join (self);
  mullion_window_setup_apply (GTK_WINDOW (self), self->options);
}

static void
mullion_browser_window_dispose (GObject *object)
{
  destroy_window (MULLION_BROWSER_WINDOW (object));

  G_OBJECT_CLASS (mullion_browser_window_parent_class)->dispose (object);
}

static void
mullion_browser_window_finalize (GObject *object)
{
  MullionBrowserWindow *self = MULLION_BROWSER_WINDOW (object);

  g_clear_pointer (&self->options, mullion_window_options_free);

  G_OBJECT_CLASS (mullion_browser_window_parent_class)->finalize (object);
}

static void
mullion_browser_window_class_init (MullionBrowserWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = mullion_browser_window_set_property;
  object_class->constructed = mullion_browser_window_constructed;
  object_class->dispose = mullion_browser_window_dispose;
  object_class->finalize = mullion_browser_window_finalize;
  GTK_WIDGET_CLASS (klass)->realize = mullion_browser_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = mullion_browser_window_close_request;

  /**
   * MullionBrowserWindow:options:
   *
   * Electron's constructor options.
   *
   * Since: 0.1
   */
  properties[PROP_OPTIONS] =
    g_param_spec_boxed ("options", NULL, NULL, JSON_TYPE_OBJECT,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  mullion_browser_window_add_signals (G_TYPE_FROM_CLASS (klass));
}

static void
mullion_browser_window_init (MullionBrowserWindow *self)
{
  self->id = mullion_browser_window_enlist (self);
}

/**
 * mullion_browser_window_new:
 * @app: the app
 * @options: (nullable) (transfer none): Electron's constructor options
 *
 * Creates a window, and shows it unless the options say `"show": false`.
 *
 * An option that is unknown, ill-typed or cannot be honoured is warned about,
 * and the window has its default; see `docs/window-options.md` for all of them.
 *
 * Returns: (transfer none): the window, which GTK owns until it is destroyed
 *
 * Since: 0.1
 */
MullionBrowserWindow *
mullion_browser_window_new (MullionApp *app,
                            JsonObject *options)
{
  g_return_val_if_fail (MULLION_IS_APP (app), NULL);

  if (!mullion_app_has_windows (app))
    return NULL;

  return g_object_new (MULLION_TYPE_BROWSER_WINDOW,
                       "options", options,
                       "application", app,
                       NULL);
}

/* The app comes last: with it come the contents. */
MullionBrowserWindow *
mullion_browser_window_new_related (MullionWebContents *related,
                                    JsonObject         *options)
{
  MullionBrowserWindow *self = g_object_new (MULLION_TYPE_BROWSER_WINDOW, "options", options, NULL);

  self->related = related;
  gtk_window_set_application (GTK_WINDOW (self),
                              GTK_APPLICATION (mullion_web_contents_get_app (related)));
  self->related = NULL;

  return self;
}

/**
 * mullion_browser_window_get_id:
 * @self: the window
 *
 * Gets the number of the window. The first is 1, and none is used twice.
 *
 * Returns: the number, also when the window is destroyed
 *
 * Since: 0.1
 */
guint
mullion_browser_window_get_id (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), 0);

  return self->id;
}

/**
 * mullion_browser_window_get_web_contents:
 * @self: the window
 *
 * Gets the web contents of the window.
 *
 * Returns: (nullable) (transfer none): the web contents, or %NULL once the window
 *   is destroyed
 *
 * Since: 0.1
 */
MullionWebContents *
mullion_browser_window_get_web_contents (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), NULL);

  ensure_contents (self);
  return self->contents;
}

/**
 * mullion_browser_window_close:
 * @self: the window
 *
 * Closes the window, as if the user did.
 *
 * Both the app, in [signal@BrowserWindow::close], and the page, in its
 * `beforeunload` handler, may prevent it. A page that has not answered for two
 * seconds is not asked again: the next call destroys the window.
 *
 * Since: 0.1
 */
void
mullion_browser_window_close (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  if (mullion_browser_window_is_gone (self, G_STRFUNC))
    return;

  /* GTK takes no notice of a close before the window was ever shown. */
  if (gtk_widget_get_realized (GTK_WIDGET (self)))
    gtk_window_close (GTK_WINDOW (self));
  else
    request_close (self);
}

/**
 * mullion_browser_window_destroy:
 * @self: the window
 *
 * Ends the window at once. Nobody is asked, and [signal@BrowserWindow::closed] is
 * emitted. A destroyed window stays destroyed, so that it is no mistake to do it
 * again.
 *
 * Since: 0.1
 */
void
mullion_browser_window_destroy (MullionBrowserWindow *self)
{
  g_return_if_fail (MULLION_IS_BROWSER_WINDOW (self));

  destroy_window (self);
}

/**
 * mullion_browser_window_is_destroyed:
 * @self: the window
 *
 * Tells whether the window is destroyed. Most functions do nothing then, but for
 * a warning.
 *
 * Returns: %TRUE if the window is destroyed
 *
 * Since: 0.1
 */
gboolean
mullion_browser_window_is_destroyed (MullionBrowserWindow *self)
{
  g_return_val_if_fail (MULLION_IS_BROWSER_WINDOW (self), TRUE);

  return self->destroyed;
}

const MullionWindowOptions *
mullion_browser_window_get_options (MullionBrowserWindow *self)
{
  return self->options;
}

MullionWindowOptions *
mullion_browser_window_change_options (MullionBrowserWindow *self)
{
  return self->options;
}

GtkWidget *
mullion_browser_window_get_content (MullionBrowserWindow *self)
{
  ensure_contents (self);
  return self->content;
}

MullionWindowMenu *
mullion_browser_window_get_window_menu (MullionBrowserWindow *self)
{
  return self->menu;
}

MullionWindowHints *
mullion_browser_window_get_hints (MullionBrowserWindow *self)
{
  return self->hints;
}

MullionWindowMoves *
mullion_browser_window_get_moves (MullionBrowserWindow *self)
{
  return self->moves;
}

gboolean
mullion_browser_window_is_ready (MullionBrowserWindow *self)
{
  return self->ready == NULL;
}

gboolean
mullion_browser_window_is_gone (MullionBrowserWindow *self,
                                const char           *function)
{
  if (self->destroyed)
    g_warning ("%s: Object has been destroyed", function);
  return self->destroyed;
}
