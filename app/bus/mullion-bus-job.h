/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_BUS_JOB (mullion_bus_job_get_type ())

MULLION_AVAILABLE_IN_ALL
G_DECLARE_FINAL_TYPE (MullionBusJob, mullion_bus_job, MULLION, BUS_JOB, GObject)

MULLION_AVAILABLE_IN_ALL
const char *mullion_bus_job_get_queue   (MullionBusJob *self);
MULLION_AVAILABLE_IN_ALL
const char *mullion_bus_job_get_id      (MullionBusJob *self);
MULLION_AVAILABLE_IN_ALL
JsonNode   *mullion_bus_job_get_value   (MullionBusJob *self);
MULLION_AVAILABLE_IN_ALL
void        mullion_bus_job_acknowledge (MullionBusJob *self);

G_END_DECLS
