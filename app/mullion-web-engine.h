/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-app-scheme.h"
#include "mullion-automation.h"
#include "mullion-session-private.h"
#include "mullion-web-preferences.h"

G_BEGIN_DECLS

#define MULLION_TYPE_WEB_ENGINE (mullion_web_engine_get_type ())

G_DECLARE_FINAL_TYPE (MullionWebEngine, mullion_web_engine, MULLION, WEB_ENGINE, GObject)

MullionWebEngine *mullion_web_engine_new        (const char                  *host,
                                                 const char                  *data_dir,
                                                 const char                  *cache_dir);
MullionAppScheme *mullion_web_engine_get_scheme (MullionWebEngine            *self);
void              mullion_web_engine_set_unaccelerated
                                                (MullionWebEngine            *self);
void              mullion_web_engine_set_automation
                                                (MullionWebEngine            *self,
                                                 MullionAutomation           *automation);
WebKitWebView    *mullion_web_engine_new_view   (MullionWebEngine            *self,
                                                 const MullionWebPreferences *preferences,
                                                 MullionSession              *session,
                                                 WebKitWebView               *related);
WebKitWebContext *mullion_web_engine_get_context
                                                (MullionWebEngine            *self);
/* Once a scheme: @callback gets the engine. */
void              mullion_web_engine_register_scheme
                                                (MullionWebEngine            *self,
                                                 const char                  *scheme,
                                                 WebKitURISchemeRequestCallback callback);
MullionSession   *mullion_web_engine_get_session
                                                (MullionWebEngine            *self,
                                                 const char                  *partition);

/* (transfer full): where our module for the web processes should be */
char             *mullion_web_engine_dup_extension_path
                                                (void);

G_END_DECLS
