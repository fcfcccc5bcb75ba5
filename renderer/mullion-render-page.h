/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <webkit/webkit-web-process-extension.h>

#include "mullion-channel.h"
#include "mullion-page-config.h"

G_BEGIN_DECLS

#define MULLION_TYPE_RENDER_PAGE (mullion_render_page_get_type ())

G_DECLARE_FINAL_TYPE (MullionRenderPage, mullion_render_page, MULLION, RENDER_PAGE, GObject)

MullionRenderPage       *mullion_render_page_new         (WebKitWebPage     *web_page,
                                                          WebKitScriptWorld *preload_world);
/* WebKit has made the page's realm of a frame, or says so again. */
void                     mullion_render_page_take_realm  (MullionRenderPage *self,
                                                          WebKitFrame       *frame);
void                     mullion_render_page_begin_document (MullionRenderPage *self,
                                                             WebKitFrame       *frame);
MullionChannel          *mullion_render_page_get_channel (MullionRenderPage *self);
const MullionPageConfig *mullion_render_page_get_config  (MullionRenderPage *self);
WebKitScriptWorld       *mullion_render_page_get_preload_world (MullionRenderPage *self);

/* Sends a frame whose body is a JSON object of the members that follow, a name and a string each,
 * ended by NULL. What cannot be sent is dropped: the channel is gone, and so is this page soon. */
void                     mullion_render_page_send        (MullionRenderPage *self,
                                                          MullionFrameKind   kind,
                                                          guint64            document,
                                                          JsonObject        *body);

G_END_DECLS
