/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-navigation-event-private.h"

/**
 * MullionNavigationEvent:
 *
 * A frame is about to show another address, because its page or its user wants it to.
 *
 * It comes with [signal@WebContents::will-frame-navigate], [signal@WebContents::will-navigate] and
 * [signal@WebContents::will-redirect]. A page of the app stays with the app: where the main frame
 * would leave for an origin that is none of the app's, the navigation is prevented from the
 * beginning, and happens only if a handler calls [method@NavigationEvent.allow]. Every other
 * navigation happens unless a handler calls [method@NavigationEvent.prevent_default].
 *
 * A decision counts until the last handler has returned. The event lives in the main process; its
 * address is the page's choice.
 *
 * Since: 0.1
 */

struct _MullionNavigationEvent
{
  GObject parent_instance;

  char *url;
  MullionNavigationFlags flags;
  gboolean is_decided;
  gboolean is_prevented;
};

G_DEFINE_FINAL_TYPE (MullionNavigationEvent, mullion_navigation_event, G_TYPE_OBJECT)

static void
mullion_navigation_event_finalize (GObject *object)
{
  g_free (MULLION_NAVIGATION_EVENT (object)->url);

  G_OBJECT_CLASS (mullion_navigation_event_parent_class)->finalize (object);
}

static void
mullion_navigation_event_class_init (MullionNavigationEventClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mullion_navigation_event_finalize;
}

static void
mullion_navigation_event_init (MullionNavigationEvent *self)
{
}

MullionNavigationEvent *
mullion_navigation_event_new (const char             *url,
                              MullionNavigationFlags  flags)
{
  MullionNavigationEvent *self = g_object_new (MULLION_TYPE_NAVIGATION_EVENT, NULL);

  self->url = g_strdup (url);
  self->flags = flags;
  self->is_prevented = (flags & MULLION_NAVIGATION_STAYS) == 0;

  return self;
}

gboolean
mullion_navigation_event_is_decided (MullionNavigationEvent *self)
{
  return self->is_decided;
}

/**
 * mullion_navigation_event_get_url:
 * @self: an event
 *
 * Gets where the frame wants to go.
 *
 * Returns: the address
 *
 * Since: 0.1
 */
const char *
mullion_navigation_event_get_url (MullionNavigationEvent *self)
{
  g_return_val_if_fail (MULLION_IS_NAVIGATION_EVENT (self), NULL);

  return self->url;
}

/**
 * mullion_navigation_event_is_main_frame:
 * @self: an event
 *
 * Asks which frame is about to navigate.
 *
 * Returns: whether it is the page itself, and not a frame in it
 *
 * Since: 0.1
 */
gboolean
mullion_navigation_event_is_main_frame (MullionNavigationEvent *self)
{
  g_return_val_if_fail (MULLION_IS_NAVIGATION_EVENT (self), FALSE);

  return (self->flags & MULLION_NAVIGATION_MAIN_FRAME) != 0;
}

/**
 * mullion_navigation_event_is_redirect:
 * @self: an event
 *
 * Asks whether a server sends the frame on to this address.
 *
 * Returns: whether this is a redirect
 *
 * Since: 0.1
 */
gboolean
mullion_navigation_event_is_redirect (MullionNavigationEvent *self)
{
  g_return_val_if_fail (MULLION_IS_NAVIGATION_EVENT (self), FALSE);

  return (self->flags & MULLION_NAVIGATION_REDIRECT) != 0;
}

/**
 * mullion_navigation_event_is_user_gesture:
 * @self: an event
 *
 * Asks whether the user did something that led to this. The page's process says so, and a hostile
 * one says what it likes. Of a navigation that was decided only when its answer came, nobody knows,
 * and it is %FALSE.
 *
 * Returns: whether a click or a key is behind it
 *
 * Since: 0.1
 */
gboolean
mullion_navigation_event_is_user_gesture (MullionNavigationEvent *self)
{
  g_return_val_if_fail (MULLION_IS_NAVIGATION_EVENT (self), FALSE);

  return (self->flags & MULLION_NAVIGATION_USER_GESTURE) != 0;
}

/**
 * mullion_navigation_event_allow:
 * @self: an event
 *
 * Lets the navigation happen. An address that is never shown, such as that of a file or of another
 * app, is not shown all the same.
 *
 * Since: 0.1
 */
void
mullion_navigation_event_allow (MullionNavigationEvent *self)
{
  g_return_if_fail (MULLION_IS_NAVIGATION_EVENT (self));

  self->is_decided = TRUE;
  self->is_prevented = FALSE;
}

/**
 * mullion_navigation_event_prevent_default:
 * @self: an event
 *
 * Stops the navigation: the frame stays with what it shows.
 *
 * Since: 0.1
 */
void
mullion_navigation_event_prevent_default (MullionNavigationEvent *self)
{
  g_return_if_fail (MULLION_IS_NAVIGATION_EVENT (self));

  self->is_decided = TRUE;
  self->is_prevented = TRUE;
}

/**
 * mullion_navigation_event_is_default_prevented:
 * @self: an event
 *
 * Asks what will happen as things are.
 *
 * Returns: whether the navigation is stopped, by a handler or by Mullion
 *
 * Since: 0.1
 */
gboolean
mullion_navigation_event_is_default_prevented (MullionNavigationEvent *self)
{
  g_return_val_if_fail (MULLION_IS_NAVIGATION_EVENT (self), TRUE);

  return self->is_prevented;
}
