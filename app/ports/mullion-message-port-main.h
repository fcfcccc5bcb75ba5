/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_MESSAGE_PORT_MAIN (mullion_message_port_main_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionMessagePortMain, mullion_message_port_main, MULLION, MESSAGE_PORT_MAIN, GObject)

MULLION_AVAILABLE_IN_ALL
void mullion_message_port_main_start (MullionMessagePortMain *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_message_port_main_post_message (MullionMessagePortMain  *self,
                                                 JsonNode                *message,
                                                 MullionMessagePortMain **ports,
                                                 guint                    n_ports,
                                                 GError                 **error);
MULLION_AVAILABLE_IN_ALL
void mullion_message_port_main_close (MullionMessagePortMain *self);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_message_port_main_is_open (MullionMessagePortMain *self);

G_END_DECLS
