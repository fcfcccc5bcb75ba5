/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-window-open-request-private.h"

/**
 * MullionWindowOpenRequest:
 *
 * A page wants another window: by `window.open ()`, or by a link or form with a `target`.
 *
 * It is what a [callback@WindowOpenHandler] decides about. All that it says is the page's choice.
 * WebKitGTK does not tell the features of `window.open`; their size is used when the window shows.
 *
 * Since: 0.1
 */

struct _MullionWindowOpenRequest
{
  GObject parent_instance;

  char *url;
  char *frame_name;
  const char *disposition;
  gboolean is_user_gesture;

  JsonObject *options; /* (nullable): Electron's overrideBrowserWindowOptions */
  gboolean outlives_opener;
};

G_DEFINE_FINAL_TYPE (MullionWindowOpenRequest, mullion_window_open_request, G_TYPE_OBJECT)

static void
mullion_window_open_request_finalize (GObject *object)
{
  MullionWindowOpenRequest *self = MULLION_WINDOW_OPEN_REQUEST (object);

  g_free (self->url);
  g_free (self->frame_name);
  g_clear_pointer (&self->options, json_object_unref);

  G_OBJECT_CLASS (mullion_window_open_request_parent_class)->finalize (object);
}

static void
mullion_window_open_request_class_init (MullionWindowOpenRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_window_open_request_finalize;
}

static void
mullion_window_open_request_init (MullionWindowOpenRequest *self)
{
}

static gboolean
has_modifier (WebKitNavigationAction *action,
              GdkModifierType         modifier)
{
  return (webkit_navigation_action_get_modifiers (action) & modifier) != 0;
}

gboolean
mullion_window_open_request_is_meant (WebKitNavigationAction *action)
{
  guint button = webkit_navigation_action_get_mouse_button (action);

  if (webkit_navigation_action_get_navigation_type (action) != WEBKIT_NAVIGATION_TYPE_LINK_CLICKED)
    return FALSE;

  return button == GDK_BUTTON_MIDDLE ||
         (button == GDK_BUTTON_PRIMARY &&
          (has_modifier (action, GDK_CONTROL_MASK) || has_modifier (action, GDK_SHIFT_MASK)));
}

static const char *
find_disposition (WebKitNavigationAction *action)
{
  if (!mullion_window_open_request_is_meant (action))
    return "foreground-tab";
  if (webkit_navigation_action_get_mouse_button (action) == GDK_BUTTON_MIDDLE ||
      has_modifier (action, GDK_CONTROL_MASK))
    return has_modifier (action, GDK_SHIFT_MASK) ? "foreground-tab" : "background-tab";

  return "new-window";
}

MullionWindowOpenRequest *
mullion_window_open_request_new (WebKitNavigationAction *action,
                                 const char             *frame_name)
{
  MullionWindowOpenRequest *self = g_object_new (MULLION_TYPE_WINDOW_OPEN_REQUEST, NULL);
  const char *url = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));

  /* window.open () without an address is about an empty page. */
  self->url = g_strdup (url != NULL && *url != '\0' ? url : "about:blank");
  self->frame_name = g_strdup (g_strcmp0 (frame_name, "_blank") != 0 && frame_name != NULL
                               ? frame_name : "");
  self->disposition = find_disposition (action);
  self->is_user_gesture = webkit_navigation_action_is_user_gesture (action);

  return self;
}

/**
 * mullion_window_open_request_get_url:
 * @self: a request
 *
 * Gets what the window shall show.
 *
 * Returns: the address, `about:blank` when the page named none
 *
 * Since: 0.1
 */
const char *
mullion_window_open_request_get_url (MullionWindowOpenRequest *self)
{
  g_return_val_if_fail (MULLION_IS_WINDOW_OPEN_REQUEST (self), NULL);

  return self->url;
}

/**
 * mullion_window_open_request_get_frame_name:
 * @self: a request
 *
 * Gets the name that a link gave the window with its `target`.
 *
 * Returns: the name, "" without one
 *
 * Since: 0.1
 */
const char *
mullion_window_open_request_get_frame_name (MullionWindowOpenRequest *self)
{
  g_return_val_if_fail (MULLION_IS_WINDOW_OPEN_REQUEST (self), NULL);

  return self->frame_name;
}

/**
 * mullion_window_open_request_get_disposition:
 * @self: a request
 *
 * Gets what kind of window is asked for, as far as WebKit says it: `background-tab` for a click with
 * the middle button or with Ctrl, `new-window` for one with Shift, else `foreground-tab`.
 *
 * Returns: Electron's `disposition`
 *
 * Since: 0.1
 */
const char *
mullion_window_open_request_get_disposition (MullionWindowOpenRequest *self)
{
  g_return_val_if_fail (MULLION_IS_WINDOW_OPEN_REQUEST (self), NULL);

  return self->disposition;
}

/**
 * mullion_window_open_request_is_user_gesture:
 * @self: a request
 *
 * Asks whether the user did something that led to this.
 *
 * Returns: whether a click or a key is behind it, as the page's process says
 *
 * Since: 0.1
 */
gboolean
mullion_window_open_request_is_user_gesture (MullionWindowOpenRequest *self)
{
  g_return_val_if_fail (MULLION_IS_WINDOW_OPEN_REQUEST (self), FALSE);

  return self->is_user_gesture;
}

/**
 * mullion_window_open_request_override_options:
 * @self: a request
 * @options: (nullable) (transfer none): options of a window
 *
 * Sets options of the new window, like Electron's `overrideBrowserWindowOptions`. Where they say
 * nothing, the web preferences of the opener hold, among them its preload script and its grants. The
 * window always belongs to its opener's session.
 *
 * Since: 0.1
 */
void
mullion_window_open_request_override_options (MullionWindowOpenRequest *self,
                                              JsonObject               *options)
{
  g_return_if_fail (MULLION_IS_WINDOW_OPEN_REQUEST (self));

  g_clear_pointer (&self->options, json_object_unref);
  self->options = options != NULL ? json_object_ref (options) : NULL;
}

/**
 * mullion_window_open_request_set_outlives_opener:
 * @self: a request
 * @outlives: whether the window stays when its opener closes
 *
 * Sets what happens to the window when its opener is closed. Unless told otherwise, it closes too.
 *
 * Since: 0.1
 */
void
mullion_window_open_request_set_outlives_opener (MullionWindowOpenRequest *self,
                                                 gboolean                  outlives)
{
  g_return_if_fail (MULLION_IS_WINDOW_OPEN_REQUEST (self));

  self->outlives_opener = outlives;
}

JsonObject *
mullion_window_open_request_get_options (MullionWindowOpenRequest *self)
{
  return self->options;
}

gboolean
mullion_window_open_request_outlives_opener (MullionWindowOpenRequest *self)
{
  return self->outlives_opener;
}
