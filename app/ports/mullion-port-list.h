/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixfdlist.h>

#include "mullion-message-port-main.h"
#include "mullion-port-quota.h"

G_BEGIN_DECLS

/* Whether all of @ports can be sent away, in Electron's words.
 * @source: (nullable): the port that they would be sent through */
gboolean     mullion_port_list_check    (MullionMessagePortMain **ports,
                                         guint                    n_ports,
                                         MullionMessagePortMain  *source,
                                         GError                 **error);
/* (transfer full) (nullable): their sockets; NULL if there are none. Each port that gave its socket
 * cannot be used any more. They have been checked. */
GUnixFDList *mullion_port_list_take     (MullionMessagePortMain **ports,
                                         guint                    n_ports,
                                         GError                 **error);

/* (transfer full) (nullable): the ports that @list, (nullable), brought; NULL when they are more than
 * @quota, (nullable), allows. */
GPtrArray   *mullion_port_list_receive  (GUnixFDList             *list,
                                         MullionPortQuota        *quota,
                                         GError                 **error);

G_END_DECLS
