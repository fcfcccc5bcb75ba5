/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_MESSAGE_BUS (mullion_message_bus_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_INTERFACE (MullionMessageBus, mullion_message_bus, MULLION, MESSAGE_BUS, GObject)

/**
 * MullionMessageBusInterface:
 * @parent_iface: the parent
 * @open: begins to connect
 * @close: ends the connection
 * @is_connected: whether there is one
 * @publish: sends to those who listen; @value is borrowed
 * @subscribe: listens, or no longer
 * @push: puts a job into a queue; @value is borrowed, @task is taken and answered
 * @work: takes jobs, or no longer
 * @acknowledge: a job is done
 *
 * What an engine does. Names were checked.
 *
 * Since: 0.1
 */
struct _MullionMessageBusInterface
{
  GTypeInterface parent_iface;

  void     (*open)         (MullionMessageBus  *self);
  void     (*close)        (MullionMessageBus  *self);
  gboolean (*is_connected) (MullionMessageBus  *self);
  gboolean (*publish)      (MullionMessageBus  *self,
                            const char         *topic,
                            JsonNode           *value,
                            GError            **error);
  void     (*subscribe)    (MullionMessageBus  *self,
                            const char         *topic,
                            gboolean            listens);
  void     (*push)         (MullionMessageBus  *self,
                            const char         *queue,
                            JsonNode           *value,
                            GTask              *task);
  void     (*work)         (MullionMessageBus  *self,
                            const char         *queue,
                            gboolean            takes);
  void     (*acknowledge)  (MullionMessageBus  *self,
                            const char         *queue,
                            const char         *id);
};

MULLION_AVAILABLE_IN_ALL
void     mullion_message_bus_open         (MullionMessageBus    *self);
MULLION_AVAILABLE_IN_ALL
void     mullion_message_bus_close        (MullionMessageBus    *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_message_bus_is_connected (MullionMessageBus    *self);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_message_bus_publish      (MullionMessageBus    *self,
                                           const char           *topic,
                                           JsonNode             *value,
                                           GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_message_bus_subscribe    (MullionMessageBus    *self,
                                           const char           *topic,
                                           GError              **error);
MULLION_AVAILABLE_IN_ALL
void     mullion_message_bus_unsubscribe  (MullionMessageBus    *self,
                                           const char           *topic);

MULLION_AVAILABLE_IN_ALL
void     mullion_message_bus_push_async   (MullionMessageBus    *self,
                                           const char           *queue,
                                           JsonNode             *value,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_message_bus_push_finish  (MullionMessageBus    *self,
                                           GAsyncResult         *result,
                                           GError              **error);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_message_bus_work         (MullionMessageBus    *self,
                                           const char           *queue,
                                           GError              **error);
MULLION_AVAILABLE_IN_ALL
void     mullion_message_bus_rest         (MullionMessageBus    *self,
                                           const char           *queue);

G_END_DECLS
