/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-message-bus.h"

G_BEGIN_DECLS

#define MULLION_TYPE_LOCAL_BUS (mullion_local_bus_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionLocalBus, mullion_local_bus, MULLION, LOCAL_BUS, GObject)

MULLION_AVAILABLE_IN_ALL
MullionLocalBus *mullion_local_bus_new (const char *name);

G_END_DECLS
