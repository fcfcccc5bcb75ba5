/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-opener.h"

#include "mullion-browser-window-private.h"
#include "mullion-refusal.h"
#include "mullion-web-contents-private.h"
#include "mullion-window-open-request-private.h"

/*
 * MullionWindowOpener: window.open (), target="_blank", and clicks that mean a window of its own.
 *
 * Lives in the main process and belongs to the opener's web contents. A page that is allowed a
 * window gets what Electron would give it: a browser window of the app, with the opener's web
 * preferences and in its web process, which is what makes `opener` and the returned proxy work. A
 * click with the middle button or with Ctrl opens a window that is no relation of the page.
 */

struct _MullionWindowOpener
{
  MullionWebContents *contents; /* (unowned): owns us */

  MullionWindowOpenHandler handler;
  gpointer user_data;
  GDestroyNotify destroy;

  char *frame_name; /* (nullable): the target of the link that WebKit is about to open */
};

/* -- The options of the new window -- */

static void
merge (JsonObject *target,
       JsonObject *source)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (source == NULL)
    return;

  json_object_iter_init_ordered (&iter, source);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (target, name, json_node_copy (value));
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The window is of its opener's session, whatever the overrides say: a page may have written a
 * cookie for the next one. */
static void
keep_partition (JsonObject *preferences,
                JsonObject *from_opener)
{
  JsonNode *partition = from_opener != NULL ? json_object_get_member (from_opener, "partition")
                                            : NULL;

  json_object_remove_member (preferences, "partition");
  if (partition != NULL)
    json_object_set_member (preferences, "partition", json_node_copy (partition));
}

static JsonObject *
create_options (MullionBrowserWindow *opener,
                JsonObject           *overrides)
{
  JsonObject *options = json_object_new ();
  JsonObject *preferences = json_object_new ();
  JsonObject *from_opener =
    opener != NULL ? mullion_browser_window_get_options (opener)->preferences : NULL;

  merge (preferences, from_opener);
  merge (preferences, get_object (overrides, "webPreferences"));
  keep_partition (preferences, from_opener);
  merge (options, overrides);
  json_object_set_object_member (options, "webPreferences", preferences);

  return options;
}

/* -- The new window -- */

static gboolean
is_to_be_shown (JsonObject *overrides)
{
  JsonNode *show = overrides != NULL ? json_object_get_member (overrides, "show") : NULL;

  return show == NULL || !JSON_NODE_HOLDS_VALUE (show) ||
         json_node_get_value_type (show) != G_TYPE_BOOLEAN || json_node_get_boolean (show);
}

/* What the page asked for in the third argument of window.open (). The app's own words win. */
static void
apply_features (MullionBrowserWindow *window,
                WebKitWebView        *view,
                JsonObject           *overrides)
{
  WebKitWindowProperties *features = webkit_web_view_get_window_properties (view);
  GdkRectangle geometry;
  int width, height;

  webkit_window_properties_get_geometry (features, &geometry);
  mullion_browser_window_get_size (window, &width, &height);
  if (geometry.width > 0 && (overrides == NULL || !json_object_has_member (overrides, "width")))
    width = geometry.width;
  if (geometry.height > 0 && (overrides == NULL || !json_object_has_member (overrides, "height")))
    height = geometry.height;
  mullion_browser_window_set_size (window, CLAMP (width, 100, 32767), CLAMP (height, 100, 32767));
}

static void
ready_to_show_cb (WebKitWebView *view,
                  gpointer       user_data)
{
  MullionWindowOpenRequest *request = user_data;
  JsonObject *overrides = mullion_window_open_request_get_options (request);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));

  if (!MULLION_IS_BROWSER_WINDOW (root))
    return;

  apply_features (MULLION_BROWSER_WINDOW (root), view, overrides);
  if (is_to_be_shown (overrides))
    mullion_browser_window_show (MULLION_BROWSER_WINDOW (root));
}

static void
unref_request (gpointer  request,
               GClosure *closure)
{
  g_object_unref (request);
}

static void
tell_about (MullionWindowOpener      *self,
            MullionBrowserWindow     *window,
            MullionWindowOpenRequest *request)
{
  if (!mullion_window_open_request_outlives_opener (request))
    g_signal_connect_object (self->contents, "closed", G_CALLBACK (mullion_browser_window_destroy),
                             window, G_CONNECT_SWAPPED);
  g_signal_emit_by_name (self->contents, "did-create-window", window, request);
}

/* The window stays hidden until WebKit has told its size. */
static WebKitWebView *
open_related (MullionWindowOpener      *self,
              MullionWindowOpenRequest *request)
{
  g_autoptr(JsonObject) options =
    create_options (mullion_browser_window_from_web_contents (self->contents),
                    mullion_window_open_request_get_options (request));
  g_autoptr(MullionBrowserWindow) window = NULL;
  MullionWebContents *contents;
  WebKitWebView *view;

  json_object_set_boolean_member (options, "show", FALSE);
  window = g_object_ref (mullion_browser_window_new_related (self->contents, options));
  contents = mullion_browser_window_get_web_contents (window);
  if (contents == NULL)
    return NULL;

  view = mullion_web_contents_get_web_view (contents);
  mullion_navigation_policy_open (contents->navigation, self->contents->navigation,
                                  mullion_window_open_request_get_url (request));
  g_signal_connect_data (view, "ready-to-show", G_CALLBACK (ready_to_show_cb),
                         g_object_ref (request), unref_request, 0);
  tell_about (self, window, request);

  return mullion_browser_window_is_destroyed (window) ? NULL : view;
}

static void
open_unrelated (MullionWindowOpener      *self,
                MullionWindowOpenRequest *request)
{
  g_autoptr(JsonObject) options =
    create_options (mullion_browser_window_from_web_contents (self->contents),
                    mullion_window_open_request_get_options (request));
  g_autoptr(MullionBrowserWindow) window =
    g_object_ref (mullion_browser_window_new (mullion_web_contents_get_app (self->contents),
                                              options));

  tell_about (self, window, request);
  if (!mullion_browser_window_is_destroyed (window))
    mullion_web_contents_load_uri (mullion_browser_window_get_web_contents (window),
                                   mullion_window_open_request_get_url (request));
}

/* -- What the page asks for -- */

static gboolean
is_allowed (MullionWindowOpener      *self,
            MullionWindowOpenRequest *request)
{
  const char *url = mullion_window_open_request_get_url (request);
  const char *never = mullion_navigation_policy_explain_never (self->contents->navigation, url);

  if (self->contents->is_destroyed)
    return FALSE;
  if (never == NULL && self->handler != NULL)
    return self->handler (self->contents, request, self->user_data) &&
           !self->contents->is_destroyed;

  mullion_refusal_log (self->contents, "a window for", url,
                       never != NULL ? never : "there is no window open handler");
  return FALSE;
}

static GtkWidget *
create_cb (WebKitWebView          *view,
           WebKitNavigationAction *action,
           MullionWebContents     *contents)
{
  g_autoptr(MullionWebContents) alive = g_object_ref (contents);
  g_autofree char *frame_name = g_steal_pointer (&contents->opener->frame_name);
  g_autoptr(MullionWindowOpenRequest) request =
    mullion_window_open_request_new (action, frame_name);
  WebKitWebView *new_view = NULL;

  if (is_allowed (contents->opener, request))
    new_view = open_related (contents->opener, request);

  return (GtkWidget *) new_view;
}

/* WebKit would follow the link in this very view. Where it does mean a window, it says the name of
 * that now and not when it creates it. */
gboolean
mullion_window_opener_decide (MullionWindowOpener      *self,
                              WebKitPolicyDecision     *decision,
                              WebKitPolicyDecisionType  type)
{
  g_autoptr(MullionWebContents) alive = g_object_ref (self->contents);
  g_autoptr(MullionWindowOpenRequest) request = NULL;
  WebKitNavigationAction *action;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return FALSE;

  action = webkit_navigation_policy_decision_get_navigation_action (
    WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  g_clear_pointer (&self->frame_name, g_free);
  if (type == WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION)
    self->frame_name = g_strdup (webkit_navigation_action_get_frame_name (action));
  if (!mullion_window_open_request_is_meant (action))
    return FALSE;

  webkit_policy_decision_ignore (decision);
  request = mullion_window_open_request_new (action, self->frame_name);
  g_clear_pointer (&self->frame_name, g_free);
  if (is_allowed (self, request))
    open_unrelated (self, request);

  return TRUE;
}

void
mullion_window_opener_connect (MullionWindowOpener *self)
{
  g_signal_connect_object (mullion_web_contents_get_web_view (self->contents), "create",
                           G_CALLBACK (create_cb), self->contents, 0);
}

/* With a handler, windows are its decision, and not WebKit's guess about what the user wants. */
void
mullion_window_opener_set_handler (MullionWindowOpener      *self,
                                   MullionWindowOpenHandler  handler,
                                   gpointer                  user_data,
                                   GDestroyNotify            destroy)
{
  WebKitWebView *view = mullion_web_contents_get_web_view (self->contents);

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  self->handler = handler;
  self->user_data = user_data;
  self->destroy = destroy;

  if (view != NULL)
    webkit_settings_set_javascript_can_open_windows_automatically (
      webkit_web_view_get_settings (view), handler != NULL);
}

/**
 * mullion_web_contents_set_window_open_handler:
 * @self: web contents
 * @handler: (nullable) (scope notified) (closure user_data) (destroy destroy): decides about
 *   windows, %NULL to deny all
 * @user_data: given to @handler
 * @destroy: (nullable): frees @user_data
 *
 * Sets who decides whether the page may open windows, like Electron's `setWindowOpenHandler`.
 * Without a handler none is opened, with a line in the log. A window that a handler allows comes
 * with [signal@WebContents::did-create-window].
 *
 * Since: 0.1
 */
void
mullion_web_contents_set_window_open_handler (MullionWebContents       *self,
                                              MullionWindowOpenHandler  handler,
                                              gpointer                  user_data,
                                              GDestroyNotify            destroy)
{
  g_return_if_fail (MULLION_IS_WEB_CONTENTS (self));

  mullion_window_opener_set_handler (self->opener, handler, user_data, destroy);
}

void
mullion_window_opener_free (MullionWindowOpener *self)
{
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->frame_name);
  g_free (self);
}

MullionWindowOpener *
mullion_window_opener_new (MullionWebContents *contents)
{
  MullionWindowOpener *self = g_new0 (MullionWindowOpener, 1);

  self->contents = contents;

  return self;
}
