/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-message-port-main.h"
#include "mullion-port-quota.h"

G_BEGIN_DECLS

/* Takes @fd. @quota: (nullable): was taken for this port, and gets it back when it is gone */
MullionMessagePortMain *mullion_message_port_main_new     (int                      fd,
                                                           MullionPortQuota        *quota);
/* The socket, to be sent away; -1 with an error. The port is open before and not after. */
int                     mullion_message_port_main_take_fd (MullionMessagePortMain  *self,
                                                           GError                 **error);

G_END_DECLS
