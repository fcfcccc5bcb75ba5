/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-notification-private.h"

#include "mullion-error.h"
#include "mullion-options.h"

/*
 * What a MullionNotification says: the options that it is made with, and the same one by one. All of
 * it is for the next time that it is shown.
 */

#define MAX_TEXT 10000
#define MAX_PATH 4096
#define MAX_ACTIONS 16

static const char *const urgencies[] = { "low", "normal", "critical" };
static const char *const timeout_types[] = { "never", "default" };

/* -- The options -- */

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

/* Returns: -1 where it is none of them */
static int
find_choice (const char *const  *choices,
             gsize               n_choices,
             const char         *text)
{
  for (gsize i = 0; i < n_choices; i++)
    if (g_strcmp0 (choices[i], text) == 0)
      return (int) i;
  return -1;
}

/* @index stays as it is where the option is missing. */
static gboolean
read_choice (JsonObject         *options,
             const char         *name,
             const char *const  *choices,
             gsize               n_choices,
             int                *index,
             GError            **error)
{
  const char *text = NULL;
  int found;

  if (!mullion_options_get_string (options, name, MAX_TEXT, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  found = find_choice (choices, n_choices, text);
  if (found >= 0)
    {
      *index = found;
      return TRUE;
    }

  g_set_error (error, MULLION_ERROR, MULLION_ERROR_INVALID_ARGUMENT, "%s: there is no “%s”", name,
               text);
  return FALSE;
}

static gboolean
read_action (JsonNode      *node,
             GStrvBuilder  *labels,
             GError       **error)
{
  const char *type = "button";
  const char *text = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "actions: expected objects with type and text");
  if (!mullion_options_get_string (json_node_get_object (node), "type", MAX_TEXT, &type, error)
      || !mullion_options_get_string (json_node_get_object (node), "text", MAX_TEXT, &text, error))
    return FALSE;
  if (!g_str_equal (type, "button") || text == NULL)
    return fail (error, "actions: expected the type “button”, and a text");

  g_strv_builder_add (labels, text);
  return TRUE;
}

static gboolean
read_actions (MullionNotification  *self,
              JsonObject           *options,
              GError              **error)
{
  g_autoptr(GStrvBuilder) labels = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (!mullion_options_get_array (options, "actions", MAX_ACTIONS, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!read_action (json_array_get_element (array, i), labels, error))
      return FALSE;

  self->actions = g_strv_builder_end (labels);
  return TRUE;
}

gboolean
mullion_notification_read_options (MullionNotification  *self,
                                   JsonObject           *options,
                                   GError              **error)
{
  const char *title = "";
  const char *body = "";
  const char *icon = NULL;
  const char *placeholder = "";

  if (!mullion_options_get_string (options, "title", MAX_TEXT, &title, error)
      || !mullion_options_get_string (options, "body", MAX_TEXT, &body, error)
      || !mullion_options_get_string (options, "icon", MAX_PATH, &icon, error)
      || !mullion_options_get_boolean (options, "silent", &self->is_silent, error)
      || !read_choice (options, "urgency", urgencies, G_N_ELEMENTS (urgencies), &self->urgency,
                       error)
      || !read_choice (options, "timeoutType", timeout_types, G_N_ELEMENTS (timeout_types),
                       &self->timeout_type, error)
      || !mullion_options_get_boolean (options, "hasReply", &self->has_reply, error)
      || !mullion_options_get_string (options, "replyPlaceholder", MAX_TEXT, &placeholder, error)
      || !read_actions (self, options, error))
    return FALSE;

  self->title = g_strdup (title);
  self->body = g_strdup (body);
  self->icon = g_strdup (icon);
  self->reply_placeholder = g_strdup (placeholder);
  return TRUE;
}

/* -- One by one -- */

/**
 * mullion_notification_get_title:
 * @self: a notification
 *
 * Gets the title.
 *
 * Returns: the title
 *
 * Since: 0.1
 */
const char *
mullion_notification_get_title (MullionNotification *self)
{
  g_return_val_if_fail (MULLION_IS_NOTIFICATION (self), NULL);

  return self->title;
}

/**
 * mullion_notification_set_title:
 * @self: a notification
 * @title: the title
 *
 * Sets the title, for the next [method@Notification.show].
 *
 * Since: 0.1
 */
void
mullion_notification_set_title (MullionNotification *self,
                                const char          *title)
{
  g_return_if_fail (MULLION_IS_NOTIFICATION (self));
  g_return_if_fail (title != NULL);

  g_free (self->title);
  self->title = g_strdup (title);
}

/**
 * mullion_notification_get_body:
 * @self: a notification
 *
 * Gets the text below the title.
 *
 * Returns: the text
 *
 * Since: 0.1
 */
const char *
mullion_notification_get_body (MullionNotification *self)
{
  g_return_val_if_fail (MULLION_IS_NOTIFICATION (self), NULL);

  return self->body;
}

/**
 * mullion_notification_set_body:
 * @self: a notification
 * @body: the text below the title
 *
 * Sets the text below the title, for the next [method@Notification.show].
 *
 * Since: 0.1
 */
void
mullion_notification_set_body (MullionNotification *self,
                               const char          *body)
{
  g_return_if_fail (MULLION_IS_NOTIFICATION (self));
  g_return_if_fail (body != NULL);

  g_free (self->body);
  self->body = g_strdup (body);
}

/**
 * mullion_notification_get_urgency:
 * @self: a notification
 *
 * Gets how urgent it is.
 *
 * Returns: `low`, `normal` or `critical`
 *
 * Since: 0.1
 */
const char *
mullion_notification_get_urgency (MullionNotification *self)
{
  g_return_val_if_fail (MULLION_IS_NOTIFICATION (self), NULL);

  return urgencies[self->urgency];
}

/**
 * mullion_notification_set_urgency:
 * @self: a notification
 * @urgency: `low`, `normal` or `critical`
 *
 * Sets how urgent it is, for the next [method@Notification.show].
 *
 * Since: 0.1
 */
void
mullion_notification_set_urgency (MullionNotification *self,
                                  const char          *urgency)
{
  int index = find_choice (urgencies, G_N_ELEMENTS (urgencies), urgency);

  g_return_if_fail (MULLION_IS_NOTIFICATION (self));
  g_return_if_fail (index >= 0);

  self->urgency = index;
}

/**
 * mullion_notification_get_timeout_type:
 * @self: a notification
 *
 * Gets when the desktop takes it away by itself.
 *
 * Returns: `default` or `never`
 *
 * Since: 0.1
 */
const char *
mullion_notification_get_timeout_type (MullionNotification *self)
{
  g_return_val_if_fail (MULLION_IS_NOTIFICATION (self), NULL);

  return timeout_types[self->timeout_type];
}

/**
 * mullion_notification_set_timeout_type:
 * @self: a notification
 * @timeout_type: `default` or `never`
 *
 * Sets when the desktop takes it away by itself, for the next [method@Notification.show].
 *
 * Since: 0.1
 */
void
mullion_notification_set_timeout_type (MullionNotification *self,
                                       const char          *timeout_type)
{
  int index = find_choice (timeout_types, G_N_ELEMENTS (timeout_types), timeout_type);

  g_return_if_fail (MULLION_IS_NOTIFICATION (self));
  g_return_if_fail (index >= 0);

  self->timeout_type = index;
}

/**
 * mullion_notification_get_actions:
 * @self: a notification
 *
 * Gets the labels of its buttons.
 *
 * Returns: (transfer none) (array zero-terminated=1): the labels
 *
 * Since: 0.1
 */
const char *const *
mullion_notification_get_actions (MullionNotification *self)
{
  g_return_val_if_fail (MULLION_IS_NOTIFICATION (self), NULL);

  return (const char *const *) self->actions;
}

/**
 * mullion_notification_set_actions:
 * @self: a notification
 * @labels: (array zero-terminated=1): the labels, sixteen at most
 *
 * Sets the labels of its buttons, for the next [method@Notification.show].
 *
 * Since: 0.1
 */
void
mullion_notification_set_actions (MullionNotification *self,
                                  const char *const   *labels)
{
  g_return_if_fail (MULLION_IS_NOTIFICATION (self));
  g_return_if_fail (labels != NULL && g_strv_length ((char **) labels) <= MAX_ACTIONS);

  g_strfreev (self->actions);
  self->actions = g_strdupv ((char **) labels);
}

/**
 * mullion_notification_get_silent:
 * @self: a notification
 *
 * Asks whether it makes no sound.
 *
 * Returns: whether it is silent
 *
 * Since: 0.1
 */
gboolean
mullion_notification_get_silent (MullionNotification *self)
{
  g_return_val_if_fail (MULLION_IS_NOTIFICATION (self), FALSE);

  return self->is_silent;
}

/**
 * mullion_notification_set_silent:
 * @self: a notification
 * @silent: whether it makes no sound
 *
 * Sets whether it makes no sound, for the next [method@Notification.show].
 *
 * Since: 0.1
 */
void
mullion_notification_set_silent (MullionNotification *self,
                                 gboolean             silent)
{
  g_return_if_fail (MULLION_IS_NOTIFICATION (self));

  self->is_silent = silent;
}

/**
 * mullion_notification_get_has_reply:
 * @self: a notification
 *
 * Asks whether the user is let write a reply.
 *
 * Returns: whether a reply was asked for
 *
 * Since: 0.1
 */
gboolean
mullion_notification_get_has_reply (MullionNotification *self)
{
  g_return_val_if_fail (MULLION_IS_NOTIFICATION (self), FALSE);

  return self->has_reply;
}

/**
 * mullion_notification_set_has_reply:
 * @self: a notification
 * @has_reply: whether to ask for a reply
 *
 * Sets whether the user is let write a reply, for the next [method@Notification.show]. A desktop that
 * takes no replies shows it without: see [func@Notification.is_reply_supported_async].
 *
 * Since: 0.1
 */
void
mullion_notification_set_has_reply (MullionNotification *self,
                                    gboolean             has_reply)
{
  g_return_if_fail (MULLION_IS_NOTIFICATION (self));

  self->has_reply = has_reply;
}

/**
 * mullion_notification_get_reply_placeholder:
 * @self: a notification
 *
 * Gets what is shown where the user writes the reply.
 *
 * Returns: the text, which may be empty
 *
 * Since: 0.1
 */
const char *
mullion_notification_get_reply_placeholder (MullionNotification *self)
{
  g_return_val_if_fail (MULLION_IS_NOTIFICATION (self), NULL);

  return self->reply_placeholder;
}

/**
 * mullion_notification_set_reply_placeholder:
 * @self: a notification
 * @placeholder: the text
 *
 * Sets what is shown where the user writes the reply, and on the button that leads there, for the
 * next [method@Notification.show].
 *
 * Since: 0.1
 */
void
mullion_notification_set_reply_placeholder (MullionNotification *self,
                                            const char          *placeholder)
{
  g_return_if_fail (MULLION_IS_NOTIFICATION (self));
  g_return_if_fail (placeholder != NULL);

  g_free (self->reply_placeholder);
  self->reply_placeholder = g_strdup (placeholder);
}
