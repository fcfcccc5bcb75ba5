/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-spawn-options.h"

G_BEGIN_DECLS

#define MULLION_TYPE_NODE_CHANNEL (mullion_node_channel_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionNodeChannel, mullion_node_channel, MULLION, NODE_CHANNEL, GObject)

MULLION_AVAILABLE_IN_ALL
MullionNodeChannel *mullion_node_channel_get_parent     (GError              **error);

MULLION_AVAILABLE_IN_ALL
gboolean            mullion_node_channel_send           (MullionNodeChannel   *self,
                                                         JsonNode             *message,
                                                         GSocket              *handle,
                                                         GError              **error);
MULLION_AVAILABLE_IN_ALL
void                mullion_node_channel_disconnect     (MullionNodeChannel   *self);
MULLION_AVAILABLE_IN_ALL
gboolean            mullion_node_channel_is_connected   (MullionNodeChannel   *self);

MULLION_AVAILABLE_IN_ALL
gsize               mullion_node_channel_get_queued     (MullionNodeChannel   *self);
MULLION_AVAILABLE_IN_ALL
void                mullion_node_channel_set_max_queued (MullionNodeChannel   *self,
                                                         gsize                 max_queued);
MULLION_AVAILABLE_IN_ALL
void                mullion_node_channel_set_max_size   (MullionNodeChannel   *self,
                                                         gsize                 max_size);
MULLION_AVAILABLE_IN_ALL
void                mullion_node_channel_set_reading    (MullionNodeChannel   *self,
                                                         gboolean              reading);

G_END_DECLS
