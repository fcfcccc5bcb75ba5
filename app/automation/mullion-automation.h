/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-automation-mocks.h"

#include <webkit/webkit.h>

G_BEGIN_DECLS

#define MULLION_TYPE_AUTOMATION (mullion_automation_get_type ())
G_DECLARE_FINAL_TYPE (MullionAutomation, mullion_automation, MULLION, AUTOMATION, GObject)

/* (nullable) (transfer full): %NULL unless a driver has started this program. */
MullionAutomation *mullion_automation_new_from_environment (MullionApp        *app);

/* The windows of @context can be driven from now on. */
void               mullion_automation_attach               (MullionAutomation *self,
                                                            WebKitWebContext  *context);

/* (transfer none): the channels that the test answers */
MullionAutomationMocks *mullion_automation_get_mocks       (MullionAutomation *self);

G_END_DECLS
