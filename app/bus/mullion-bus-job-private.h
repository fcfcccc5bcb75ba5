/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-bus-job.h"
#include "mullion-message-bus.h"

G_BEGIN_DECLS

MullionBusJob *mullion_bus_job_new (MullionMessageBus *bus,
                                    const char        *queue,
                                    const char        *id,
                                    JsonNode          *value);

G_END_DECLS
