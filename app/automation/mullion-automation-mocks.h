/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

#define MULLION_TYPE_AUTOMATION_MOCKS (mullion_automation_mocks_get_type ())
G_DECLARE_FINAL_TYPE (MullionAutomationMocks, mullion_automation_mocks, MULLION, AUTOMATION_MOCKS, GObject)

MullionAutomationMocks *mullion_automation_mocks_new        (void);

/* @channel is the test's from now on. @value: (transfer full): what is answered; @error: (nullable):
 * with what a call fails instead */
void                    mullion_automation_mocks_set        (MullionAutomationMocks *self,
                                                             const char             *channel,
                                                             JsonNode               *value,
                                                             const char             *error);
/* @channel: (nullable): %NULL is all of them. Returns whether there was one. */
gboolean                mullion_automation_mocks_unset      (MullionAutomationMocks *self,
                                                             const char             *channel);
/* (transfer full): what pages have sent to such channels since the last time */
JsonArray              *mullion_automation_mocks_take_calls (MullionAutomationMocks *self);

/* (nullable) (transfer none): who answers in the app's place, where @channel is the test's */
MullionIpcMain         *mullion_automation_mocks_find       (MullionAutomationMocks *self,
                                                             const char             *channel);

G_END_DECLS
