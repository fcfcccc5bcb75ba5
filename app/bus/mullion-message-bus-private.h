/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-message-bus.h"

G_BEGIN_DECLS

/* Of a topic or a queue, in bytes. */
#define MULLION_BUS_MAX_NAME 256

gboolean mullion_message_bus_check_name      (const char         *name,
                                              GError            **error);
/* For the engines: they tell what happened. Values are borrowed. */
void     mullion_message_bus_tell_message    (MullionMessageBus  *self,
                                              const char         *topic,
                                              JsonNode           *value);
void     mullion_message_bus_tell_subscribed (MullionMessageBus  *self,
                                              const char         *topic);
void     mullion_message_bus_tell_job        (MullionMessageBus  *self,
                                              const char         *queue,
                                              const char         *id,
                                              JsonNode           *value);
void     mullion_message_bus_tell_state      (MullionMessageBus  *self,
                                              gboolean            is_connected);
/* Takes @error. */
void     mullion_message_bus_tell_error      (MullionMessageBus  *self,
                                              GError             *error);
/* (nullable) (transfer full): a member of what came that is a text. */
char    *mullion_message_bus_dup_text        (JsonNode           *data,
                                              const char         *name);

G_END_DECLS
