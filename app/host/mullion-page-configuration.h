/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"
#include "mullion-web-preferences.h"

G_BEGIN_DECLS

JsonNode *mullion_page_configuration_new (MullionApp                   *app,
                                          const MullionWebPreferences  *preferences,
                                          MullionGrants                *grants,
                                          GError                      **error);

G_END_DECLS
