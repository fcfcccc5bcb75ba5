/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-message-bus.h"

G_BEGIN_DECLS

#define MULLION_TYPE_REDIS_BUS (mullion_redis_bus_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionRedisBus, mullion_redis_bus, MULLION, REDIS_BUS, GObject)

MULLION_AVAILABLE_IN_ALL
MullionRedisBus *mullion_redis_bus_new             (const char      *host,
                                                    guint16          port);
MULLION_AVAILABLE_IN_ALL
MullionRedisBus *mullion_redis_bus_new_for_path    (const char      *path);
MULLION_AVAILABLE_IN_ALL
MullionRedisBus *mullion_redis_bus_new_for_uri     (const char      *uri,
                                                    GError         **error);

MULLION_AVAILABLE_IN_ALL
void             mullion_redis_bus_set_credentials (MullionRedisBus *self,
                                                    const char      *user,
                                                    const char      *password);
MULLION_AVAILABLE_IN_ALL
void             mullion_redis_bus_set_tls         (MullionRedisBus *self,
                                                    GTlsDatabase    *authorities,
                                                    GTlsCertificate *certificate);
MULLION_AVAILABLE_IN_ALL
void             mullion_redis_bus_set_prefix      (MullionRedisBus *self,
                                                    const char      *prefix);
MULLION_AVAILABLE_IN_ALL
void             mullion_redis_bus_set_claim_after (MullionRedisBus *self,
                                                    guint            milliseconds);

G_END_DECLS
