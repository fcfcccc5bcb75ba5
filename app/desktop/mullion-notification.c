/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mullion-notification-private.h"

#include "mullion-app-private.h"
#include "mullion-icon-file.h"
#include "mullion-notification-server.h"

/**
 * MullionNotification:
 *
 * A notification of the desktop: Electron's `Notification` of the main process.
 *
 * Show it as often as you like: while it stands, the next one takes its place. What the user does
 * with it comes as [signal@Notification::click], [signal@Notification::action] and
 * [signal@Notification::close]. Where no service of the desktop shows notifications,
 * [signal@Notification::failed] says so.
 *
 * It lives in the main process. Its texts are shown as they are: none is taken for markup.
 *
 * Since: 0.1
 */

#define MAX_RECORD 100
#define ICON_SIZE 96

/* As org.freedesktop.Notifications counts time: 0 is for ever, -1 what the service likes. */
#define TIMEOUT_DEFAULT -1
#define TIMEOUT_NEVER 0

#define REASON_DISMISSED 2
#define REASON_CLOSED 3

enum
{
  SHOW,
  CLICK,
  CLOSE,
  ACTION,
  REPLY,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MullionNotification, mullion_notification, G_TYPE_OBJECT)

static GQueue record = G_QUEUE_INIT; /* of (owned) JsonObject */

/* -- The record -- */

static void
note_state (MullionNotification *self,
            const char          *state)
{
  if (self->entry != NULL)
    json_object_set_string_member (self->entry, "state", state);
}

static void
begin_record (MullionNotification *self)
{
  JsonArray *actions = json_array_new ();

  for (guint i = 0; self->actions[i] != NULL; i++)
    json_array_add_string_element (actions, self->actions[i]);

  g_clear_pointer (&self->entry, json_object_unref);
  self->entry = json_object_new ();
  json_object_set_string_member (self->entry, "title", self->title);
  json_object_set_string_member (self->entry, "body", self->body);
  json_object_set_string_member (self->entry, "icon", self->icon != NULL ? self->icon : "");
  json_object_set_string_member (self->entry, "urgency", mullion_notification_get_urgency (self));
  json_object_set_array_member (self->entry, "actions", actions);
  json_object_set_boolean_member (self->entry, "hasReply", self->has_reply);
  json_object_set_boolean_member (self->entry, "replaces", self->id != 0);
  note_state (self, "sent");

  g_queue_push_tail (&record, json_object_ref (self->entry));
  if (record.length > MAX_RECORD)
    json_object_unref (g_queue_pop_head (&record));
}

/* -- To the service and back -- */

static void
end (MullionNotification *self,
     guint                reason)
{
  mullion_notification_server_forget (self->id);
  self->id = 0;
  note_state (self, "closed");
  g_signal_emit (self, signals[CLOSE], 0,
                 reason == REASON_DISMISSED ? "userCanceled"
                 : reason == REASON_CLOSED  ? "applicationHidden"
                                            : "timedOut");
  /* What stands is kept alive, as its handlers wait for the user. */
  g_object_unref (self);
}

static void
heard_cb (gpointer                 listener,
          MullionNotificationEvent event,
          guint                    value,
          const char              *reply)
{
  g_autoptr(MullionNotification) self = g_object_ref (listener);

  if (event == MULLION_NOTIFICATION_CLICKED)
    g_signal_emit (self, signals[CLICK], 0);
  else if (event == MULLION_NOTIFICATION_CLOSED)
    end (self, value);
  else if (event == MULLION_NOTIFICATION_REPLIED)
    g_signal_emit (self, signals[REPLY], 0, reply);
  else if (value < g_strv_length (self->actions))
    g_signal_emit (self, signals[ACTION], 0, value);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(MullionNotification) self = user_data;
  g_autoptr(GError) error = NULL;
  guint id = mullion_notification_server_notify_finish (result, heard_cb, self, &error);

  if (error != NULL)
    {
      note_state (self, "failed");
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  if (self->id != 0 && self->id != id)
    mullion_notification_server_forget (self->id);
  if (self->id == 0)
    g_object_ref (self);
  self->id = id;
  note_state (self, "shown");
  g_signal_emit (self, signals[SHOW], 0);
  if (self->closes)
    mullion_notification_close (self);
}

/* Key and label in turn; "default" is a click on the notification itself. */
static void
add_actions (MullionNotification *self,
             GVariantBuilder     *builder)
{
  g_variant_builder_add (builder, "s", "default");
  g_variant_builder_add (builder, "s", "");
  for (guint i = 0; self->actions[i] != NULL; i++)
    {
      g_variant_builder_add_value (builder, g_variant_new_take_string (g_strdup_printf ("%u", i)));
      g_variant_builder_add (builder, "s", self->actions[i]);
    }
}

static void
add_hints (MullionNotification *self,
           GVariant            *picture,
           GVariantBuilder     *builder)
{
  GApplication *app = g_application_get_default ();
  const char *id = app != NULL ? g_application_get_application_id (app) : NULL;

  g_variant_builder_add (builder, "{sv}", "urgency", g_variant_new_byte ((guchar) self->urgency));
  if (id != NULL)
    g_variant_builder_add (builder, "{sv}", "desktop-entry", g_variant_new_string (id));
  if (self->is_silent)
    g_variant_builder_add (builder, "{sv}", "suppress-sound", g_variant_new_boolean (TRUE));
  if (picture != NULL)
    g_variant_builder_add (builder, "{sv}", "image-data", picture);
}

static const char *
get_app_name (void)
{
  MullionApp *app = mullion_app_get_default ();
  const char *name = app != NULL ? mullion_app_get_name (app) : NULL;

  return name != NULL ? name : g_get_prgname ();
}

/* (transfer full) (nullable): pixels, as the service takes them */
static GVariant *
create_picture (const char *icon)
{
  g_autoptr(GdkPixbuf) picture = mullion_icon_file_read (icon, ICON_SIZE);
  GVariant *pixels;

  if (picture == NULL)
    return NULL;

  pixels = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, gdk_pixbuf_read_pixels (picture),
                                      gdk_pixbuf_get_byte_length (picture), 1);
  return g_variant_ref_sink (g_variant_new (
    "(iiibii@ay)", gdk_pixbuf_get_width (picture), gdk_pixbuf_get_height (picture),
    gdk_pixbuf_get_rowstride (picture), gdk_pixbuf_get_has_alpha (picture),
    gdk_pixbuf_get_bits_per_sample (picture), gdk_pixbuf_get_n_channels (picture), pixels));
}

static GVariant *
create_message (MullionNotification *self)
{
  g_auto(GVariantBuilder) actions = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_auto(GVariantBuilder) hints = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sv}"));
  g_autoptr(GVariant) picture = self->icon != NULL ? create_picture (self->icon) : NULL;
  const char *name = self->icon != NULL && picture == NULL ? self->icon : "";

  add_actions (self, &actions);
  add_hints (self, picture, &hints);

  return g_variant_new ("(susssasa{sv}i)", get_app_name (), self->id, name, self->title,
                        self->body, &actions, &hints,
                        self->timeout_type == MULLION_NOTIFICATION_TIMEOUT_DEFAULT
                          ? TIMEOUT_DEFAULT : TIMEOUT_NEVER);
}

/**
 * mullion_notification_show:
 * @self: a notification
 *
 * Shows it, like Electron's `notification.show`. [signal@Notification::show] or
 * [signal@Notification::failed] follows. Where it stands already, this one takes its place.
 *
 * Since: 0.1
 */
void
mullion_notification_show (MullionNotification *self)
{
  g_return_if_fail (MULLION_IS_NOTIFICATION (self));

  self->closes = FALSE;
  begin_record (self);
  mullion_notification_server_notify_async (create_message (self),
                                            self->has_reply ? self->reply_placeholder : NULL,
                                            shown_cb, g_object_ref (self));
}

/**
 * mullion_notification_close:
 * @self: a notification
 *
 * Takes it away, like Electron's `notification.close`. [signal@Notification::close] follows.
 *
 * Since: 0.1
 */
void
mullion_notification_close (MullionNotification *self)
{
  g_return_if_fail (MULLION_IS_NOTIFICATION (self));

  self->closes = TRUE;
  if (self->id != 0)
    mullion_notification_server_close (self->id);
}

/**
 * mullion_notification_is_supported:
 *
 * Asks whether the desktop shows notifications, like Electron's `Notification.isSupported`.
 *
 * Returns: whether there is a service for them, or would be one at the first
 *
 * Since: 0.1
 */
gboolean
mullion_notification_is_supported (void)
{
  return mullion_notification_server_is_there ();
}

/**
 * mullion_notification_is_reply_supported_async:
 * @cancellable: (nullable): ends the wait for the answer
 * @callback: (scope async): what is called with the answer
 * @user_data: data for @callback
 *
 * Asks whether this desktop lets the user write a reply in a notification. KDE's does.
 *
 * Since: 0.1
 */
void
mullion_notification_is_reply_supported_async (GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data)
{
  mullion_notification_server_takes_replies_async (cancellable, callback, user_data);
}

/**
 * mullion_notification_is_reply_supported_finish:
 * @result: what the callback got
 * @error: (nullable): where to put an error
 *
 * Ends what [func@Notification.is_reply_supported_async] began.
 *
 * Returns: whether it does; %FALSE with @error set, which is %MULLION_ERROR_UNAVAILABLE where the
 *   desktop has no service for notifications
 *
 * Since: 0.1
 */
gboolean
mullion_notification_is_reply_supported_finish (GAsyncResult  *result,
                                                GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return mullion_notification_server_takes_replies_finish (result, error);
}

/**
 * mullion_notification_dup_record:
 *
 * Gets which notifications the program has sent, for tests: the latest hundred, the oldest first.
 * Each is an object with its `title`, `body`, `icon`, `urgency`, `actions`, `hasReply`, whether
 * it `replaces` one that stood, and its `state`: `sent`, `shown`, `closed` or `failed`.
 *
 * Returns: (transfer full): an array
 *
 * Since: 0.1
 */
JsonNode *
mullion_notification_dup_record (void)
{
  JsonArray *array = json_array_new ();

  for (GList *l = record.head; l != NULL; l = l->next)
    json_array_add_object_element (array, json_object_ref (l->data));
  return json_node_init_array (json_node_alloc (), array);
}

/* -- Its beginning and its end -- */

static void
mullion_notification_finalize (GObject *object)
{
  MullionNotification *self = MULLION_NOTIFICATION (object);

  g_free (self->title);
  g_free (self->body);
  g_free (self->icon);
  g_strfreev (self->actions);
  g_free (self->reply_placeholder);
  g_clear_pointer (&self->entry, json_object_unref);

  G_OBJECT_CLASS (mullion_notification_parent_class)->finalize (object);
}

static void
mullion_notification_class_init (MullionNotificationClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mullion_notification_finalize;

  /**
   * MullionNotification::show:
   * @self: a notification
   *
   * The desktop shows it.
   *
   * Since: 0.1
   */
  signals[SHOW] =
    g_signal_new ("show", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionNotification::click:
   * @self: a notification
   *
   * The user clicked it.
   *
   * Since: 0.1
   */
  signals[CLICK] =
    g_signal_new ("click", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * MullionNotification::close:
   * @self: a notification
   * @reason: `userCanceled`, `applicationHidden` or `timedOut`, as in Electron
   *
   * It stands no longer.
   *
   * Since: 0.1
   */
  signals[CLOSE] = g_signal_new ("close", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * MullionNotification::action:
   * @self: a notification
   * @index: which of its actions, from 0
   *
   * The user pressed one of its buttons.
   *
   * Since: 0.1
   */
  signals[ACTION] = g_signal_new ("action", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * MullionNotification::reply:
   * @self: a notification
   * @reply: the text
   *
   * The user wrote a reply, where [method@Notification.set_has_reply] asked for one.
   *
   * Since: 0.1
   */
  signals[REPLY] = g_signal_new ("reply", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * MullionNotification::failed:
   * @self: a notification
   * @error: why: %MULLION_ERROR_UNAVAILABLE where the desktop has no service for notifications
   *
   * It could not be shown.
   *
   * Since: 0.1
   */
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
mullion_notification_init (MullionNotification *self)
{
  self->urgency = MULLION_NOTIFICATION_URGENCY_NORMAL;
  self->timeout_type = MULLION_NOTIFICATION_TIMEOUT_DEFAULT;
}

/**
 * mullion_notification_new:
 * @options: (nullable): what Electron's `new Notification` takes: `title`, `body`, `icon`,
 *   `silent`, `urgency` (`low`, `normal` or `critical`), `timeoutType` (`default` or `never`),
 *   `actions`, objects with the `type` `button` and a `text`, `hasReply` and `replyPlaceholder`
 * @error: (nullable): where to put an error
 *
 * Makes a notification. The icon is a file of the app, an absolute path, or the name of an icon of
 * the theme.
 *
 * Returns: (transfer full) (nullable): a new notification, %NULL with @error set where an option
 *   is not what it must be
 *
 * Since: 0.1
 */
MullionNotification *
mullion_notification_new (JsonObject  *options,
                          GError     **error)
{
  g_autoptr(MullionNotification) self = g_object_new (MULLION_TYPE_NOTIFICATION, NULL);

  return mullion_notification_read_options (self, options, error) ? g_steal_pointer (&self) : NULL;
}
