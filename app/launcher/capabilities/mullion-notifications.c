/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-arguments.h"
#include "mullion-capability.h"

/*
 * The capabilities `notification` and `notifications`: the desktop's own notifications. Main process.
 *
 * A page has a few at a time, so that a loop in it cannot bury the desktop. What becomes of one is
 * told to the page that showed it, as long as it is there. Its icon is a file of the app or one of
 * the theme: a page cannot have other files of the user shown.
 */

#define EVENT "mullion:notifications.event"
#define MAX_STANDING 8
#define STANDING "mullion-standing"

typedef struct
{
  MullionDesktop *desktop; /* (unowned) (nullable): NULL for `notifications` */
  GHashTable *standing;    /* number → (owned) MullionNotification */
  guint last_number;
} Notifications;

/* One notification: whose it is, and who waits for it to be shown. */
typedef struct
{
  Notifications *owner;
  MullionIpcMainInvokeEvent *event; /* (nullable): answered already */
  MullionWebFrameMain *frame;       /* (nullable): gone already */
  guint contents_id;
  guint number;
} Standing;

static void
free_standing (gpointer data)
{
  Standing *standing = data;

  g_clear_object (&standing->event);
  g_clear_object (&standing->frame);
  g_free (standing);
}

/* `notification` tells the document that showed it, if it listens. */
static void
tell_document (Standing   *standing,
               const char *name,
               JsonNode   *detail)
{
  JsonArray *args = json_array_new ();

  json_array_add_int_element (args, standing->number);
  json_array_add_element (args, detail);
  mullion_desktop_tell (standing->owner->desktop, standing->frame, name, args);
}

static void
tell_page (Standing           *standing,
           MullionWebContents *contents,
           const char         *name,
           JsonNode           *detail)
{
  JsonArray *args = json_array_new ();

  json_array_add_int_element (args, standing->number);
  json_array_add_string_element (args, name);
  json_array_add_element (args, detail);
  mullion_web_contents_send (contents, EVENT, args);
}

static void
tell (Standing   *standing,
      const char *name,
      JsonNode   *detail)
{
  MullionWebContents *contents = mullion_web_contents_from_id (standing->contents_id);

  if (standing->owner->desktop != NULL && standing->frame != NULL)
    tell_document (standing, name, detail);
  else if (standing->owner->desktop == NULL && contents != NULL)
    tell_page (standing, contents, name, detail);
  else
    json_node_unref (detail);
}

static void
show_cb (MullionNotification *notification,
         Standing            *standing)
{
  if (standing->event != NULL)
    mullion_ipc_main_invoke_event_return (
      standing->event, json_node_init_int (json_node_alloc (), standing->number));
  g_clear_object (&standing->event);
}

static void
click_cb (MullionNotification *notification,
          Standing            *standing)
{
  tell (standing, "click", json_node_new (JSON_NODE_NULL));
}

static void
action_cb (MullionNotification *notification,
           guint                index,
           Standing            *standing)
{
  tell (standing, "action", json_node_init_int (json_node_alloc (), index));
}

static void
reply_cb (MullionNotification *notification,
          const char          *reply,
          Standing            *standing)
{
  tell (standing, "reply", json_node_init_string (json_node_alloc (), reply));
}

/* The last of it: @standing goes with the notification. */
static void
forget (Standing *standing)
{
  g_hash_table_remove (standing->owner->standing, GUINT_TO_POINTER (standing->number));
}

static void
close_cb (MullionNotification *notification,
          const char          *reason,
          Standing            *standing)
{
  g_autoptr (MullionNotification) kept = g_object_ref (notification);

  tell (standing, "close", json_node_init_string (json_node_alloc (), reason));
  forget (standing);
}

static void
failed_cb (MullionNotification *notification,
           const GError        *error,
           Standing            *standing)
{
  g_autoptr (MullionNotification) kept = g_object_ref (notification);

  if (standing->event != NULL)
    mullion_ipc_main_invoke_event_return_error (standing->event, g_error_copy (error));
  g_clear_object (&standing->event);
  forget (standing);
}

static MullionNotification *
create (Notifications  *self,
        JsonArray      *args,
        GError        **error)
{
  JsonObject *options = NULL;

  if (!mullion_arguments_check_count (args, 1, error)
      || !mullion_arguments_get_options (args, 0, &options, error)
      || !mullion_desktop_check_icon_option (options, error))
    return NULL;
  if (g_hash_table_size (self->standing) >= MAX_STANDING)
    {
      g_set_error (error, MULLION_ERROR, MULLION_ERROR_NOT_ALLOWED,
                   "there are %u notifications already", MAX_STANDING);
      return NULL;
    }
  return mullion_notification_new (options, error);
}

static void
show (MullionIpcMainInvokeEvent *event,
      JsonArray                 *args,
      gpointer                   user_data)
{
  Notifications *self = user_data;
  MullionWebContents *sender = mullion_ipc_main_invoke_event_get_sender (event);
  MullionWebFrameMain *frame = mullion_ipc_main_invoke_event_get_sender_frame (event);
  GError *error = NULL;
  MullionNotification *notification = create (self, args, &error);
  Standing *standing;

  if (notification == NULL)
    {
      mullion_ipc_main_invoke_event_return_error (event, error);
      return;
    }

  standing = g_new0 (Standing, 1);
  standing->owner = self;
  standing->event = g_object_ref (event);
  standing->frame = frame != NULL ? g_object_ref (frame) : NULL;
  standing->contents_id = sender != NULL ? mullion_web_contents_get_id (sender) : 0;
  standing->number = ++self->last_number;
  g_hash_table_insert (self->standing, GUINT_TO_POINTER (standing->number), notification);
  g_object_set_data_full (G_OBJECT (notification), STANDING, standing, free_standing);
  g_signal_connect (notification, "show", G_CALLBACK (show_cb), standing);
  g_signal_connect (notification, "click", G_CALLBACK (click_cb), standing);
  g_signal_connect (notification, "action", G_CALLBACK (action_cb), standing);
  g_signal_connect (notification, "reply", G_CALLBACK (reply_cb), standing);
  g_signal_connect (notification, "close", G_CALLBACK (close_cb), standing);
  g_signal_connect (notification, "failed", G_CALLBACK (failed_cb), standing);
  mullion_notification_show (notification);
}

static void
take_away (MullionIpcMainInvokeEvent *event,
           JsonArray                 *args,
           gpointer                   user_data)
{
  Notifications *self = user_data;
  double number = 0;
  MullionNotification *notification = NULL;

  if (json_array_get_length (args) != 1
      || !mullion_value_get_number (json_array_get_element (args, 0), &number))
    {
      mullion_ipc_main_invoke_event_return_new_error (event, MULLION_ERROR,
                                                      MULLION_ERROR_INVALID_ARGUMENT,
                                                      "id: expected the number of a notification");
      return;
    }
  if (number >= 1 && number <= self->last_number)
    notification = g_hash_table_lookup (self->standing, GUINT_TO_POINTER ((guint) number));
  if (notification != NULL)
    mullion_notification_close (notification);
  mullion_ipc_main_invoke_event_return (event, NULL);
}

/* What stands is closed with the app: nobody would hear what becomes of it. */
static void
free_notifications (gpointer data)
{
  Notifications *self = data;
  GHashTableIter iter;
  gpointer notification;

  g_hash_table_iter_init (&iter, self->standing);
  while (g_hash_table_iter_next (&iter, NULL, &notification))
    {
      g_signal_handlers_disconnect_by_data (
        notification, g_object_get_data (G_OBJECT (notification), STANDING));
      mullion_notification_close (notification);
    }
  g_hash_table_unref (self->standing);
  g_free (self);
}

static void
is_supported_cb (MullionIpcMainInvokeEvent *event,
                 JsonArray                 *args,
                 gpointer                   user_data)
{
  mullion_desktop_answer_boolean (event, mullion_notification_is_supported ());
}

static void
reply_supported_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(MullionIpcMainInvokeEvent) event = user_data;
  GError *error = NULL;
  gboolean is_supported = mullion_notification_is_reply_supported_finish (result, &error);

  if (error != NULL)
    mullion_ipc_main_invoke_event_return_error (event, error);
  else
    mullion_desktop_answer_boolean (event, is_supported);
}

static void
is_reply_supported_cb (MullionIpcMainInvokeEvent *event,
                       JsonArray                 *args,
                       gpointer                   user_data)
{
  mullion_notification_is_reply_supported_async (
    mullion_ipc_main_invoke_event_get_cancellable (event), reply_supported_cb,
    g_object_ref (event));
}

static Notifications *
new_notifications (void)
{
  Notifications *self = g_new0 (Notifications, 1);

  self->standing = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  return self;
}

static gpointer
open_module (MullionDesktop *desktop)
{
  Notifications *self = new_notifications ();

  self->desktop = desktop;

  return self;
}

static const MullionDesktopMethod methods[] = {
  { "close", take_away, "[{\"type\":\"integer\"}]" },
  { "isReplySupported", is_reply_supported_cb, MULLION_DESKTOP_NOTHING },
  { "isSupported", is_supported_cb, MULLION_DESKTOP_NOTHING },
  { "show", show, MULLION_DESKTOP_OPTIONS },
  { NULL },
};

static const char *const events[] = { "action", "click", "close", "reply", NULL };

const MullionDesktopModule mullion_desktop_notification = {
  .name = "notification",
  .methods = methods,
  .events = events,
  .open = open_module,
  .close = free_notifications,
};

void
mullion_notifications_add_handlers (MullionCapabilitySet *set)
{
  Notifications *self = new_notifications ();

  mullion_capability_set_own (set, self, free_notifications);
  mullion_capability_set_handle (set, "mullion:notifications.show", show, self);
  mullion_capability_set_handle (set, "mullion:notifications.close", take_away, self);
}
