/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_NOTIFICATION (mullion_notification_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionNotification, mullion_notification, MULLION, NOTIFICATION, GObject)

MULLION_AVAILABLE_IN_ALL
MullionNotification *mullion_notification_new          (JsonObject          *options,
                                                        GError             **error);
MULLION_AVAILABLE_IN_ALL
gboolean             mullion_notification_is_supported (void);

MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_show         (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_close        (MullionNotification *self);

MULLION_AVAILABLE_IN_ALL
const char          *mullion_notification_get_title    (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_set_title    (MullionNotification *self,
                                                        const char          *title);
MULLION_AVAILABLE_IN_ALL
const char          *mullion_notification_get_body     (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_set_body     (MullionNotification *self,
                                                        const char          *body);

MULLION_AVAILABLE_IN_ALL
const char          *mullion_notification_get_urgency      (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_set_urgency      (MullionNotification *self,
                                                            const char          *urgency);
MULLION_AVAILABLE_IN_ALL
const char          *mullion_notification_get_timeout_type (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_set_timeout_type (MullionNotification *self,
                                                            const char          *timeout_type);
MULLION_AVAILABLE_IN_ALL
const char *const   *mullion_notification_get_actions      (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_set_actions      (MullionNotification *self,
                                                            const char *const   *labels);
MULLION_AVAILABLE_IN_ALL
gboolean             mullion_notification_get_silent       (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_set_silent       (MullionNotification *self,
                                                            gboolean             silent);

MULLION_AVAILABLE_IN_ALL
void     mullion_notification_is_reply_supported_async  (GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_notification_is_reply_supported_finish (GAsyncResult         *result,
                                                         GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean             mullion_notification_get_has_reply         (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_set_has_reply         (MullionNotification *self,
                                                                 gboolean             has_reply);
MULLION_AVAILABLE_IN_ALL
const char          *mullion_notification_get_reply_placeholder (MullionNotification *self);
MULLION_AVAILABLE_IN_ALL
void                 mullion_notification_set_reply_placeholder (MullionNotification *self,
                                                                 const char          *placeholder);

MULLION_AVAILABLE_IN_ALL
JsonNode            *mullion_notification_dup_record   (void);

G_END_DECLS
