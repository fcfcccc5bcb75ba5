/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-message-bus.h"

G_BEGIN_DECLS

/* Of a topic or a queue, in bytes. */
#define MULLION_BUS_MAX_NAME 256

/* In bytes that wait for one connection: from there on nothing more is published, */
#define MULLION_BUS_MAX_PUBLISHED (32u * 1024 * 1024)
/* so that there is room for jobs, which the ledger limits, and for the few words that somebody waits for. */
#define MULLION_BUS_MAX_QUEUED (3 * MULLION_BUS_MAX_PUBLISHED)

gboolean mullion_message_bus_check_name      (const char         *name,
                                              GError            **error);
/* Whether more can be published, when @queued bytes wait. */
gboolean mullion_message_bus_check_queued    (gsize               queued,
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
