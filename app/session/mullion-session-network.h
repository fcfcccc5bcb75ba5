/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-types.h"

G_BEGIN_DECLS

MULLION_AVAILABLE_IN_ALL
gboolean mullion_session_set_proxy (MullionSession  *self,
                                    JsonObject      *config,
                                    GError         **error);

MULLION_AVAILABLE_IN_ALL
const char *mullion_session_get_user_agent (MullionSession *self);
MULLION_AVAILABLE_IN_ALL
void mullion_session_set_user_agent (MullionSession *self,
                                     const char     *user_agent);

MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_is_spell_checker_enabled (MullionApp *app);
MULLION_AVAILABLE_IN_ALL
void mullion_app_set_spell_checker_enabled (MullionApp *app,
                                            gboolean    enabled);
MULLION_AVAILABLE_IN_ALL
const char *const *mullion_app_get_spell_checker_languages (MullionApp *app);
MULLION_AVAILABLE_IN_ALL
gboolean mullion_app_set_spell_checker_languages (MullionApp         *app,
                                                  const char *const  *languages,
                                                  GError            **error);

G_END_DECLS
