/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a user did with a notification. */
typedef enum
{
  MULLION_NOTIFICATION_CLICKED,
  MULLION_NOTIFICATION_ACTION,
  MULLION_NOTIFICATION_REPLIED,
  MULLION_NOTIFICATION_CLOSED,
} MullionNotificationEvent;

/* @value: the index of the action, or why it closed: 1 expired, 2 the user, 3 the app, 4 other.
 * @reply: (nullable): what the user wrote. */
typedef void (*MullionNotificationHeard) (gpointer                 listener,
                                          MullionNotificationEvent event,
                                          guint                    value,
                                          const char              *reply);

/* @arguments: of Notify, with a plain body: it is escaped where the service reads markup. @reply:
 * (nullable): asks for a reply where the service can, with this label; it may be empty. The answer is
 * the id; from then on till it closes, @heard is called for what happens to that notification. */
void  mullion_notification_server_notify_async  (GVariant                 *arguments,
                                                 const char               *reply,
                                                 GAsyncReadyCallback       callback,
                                                 gpointer                  user_data);
guint mullion_notification_server_notify_finish (GAsyncResult             *result,
                                                 MullionNotificationHeard  heard,
                                                 gpointer                  listener,
                                                 GError                  **error);

void  mullion_notification_server_close         (guint                     id);
void  mullion_notification_server_forget        (guint                     id);

/* Whether the service lets the user write a reply. */
void     mullion_notification_server_takes_replies_async  (GCancellable         *cancellable,
                                                           GAsyncReadyCallback   callback,
                                                           gpointer              user_data);
gboolean mullion_notification_server_takes_replies_finish (GAsyncResult         *result,
                                                           GError              **error);

/* Whether anybody shows notifications, or would be started for it. */
gboolean mullion_notification_server_is_there   (void);

G_END_DECLS
