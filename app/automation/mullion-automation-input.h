/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-automation-arrival.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Answers on @driver, at @path, what a driver asks about its input, as long as @arrival lives. */
void mullion_automation_input_serve (GDBusConnection          *driver,
                                     const char               *path,
                                     MullionAutomationArrival *arrival);

G_END_DECLS
