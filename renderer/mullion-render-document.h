/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-render-page.h"
#include "mullion-render-sides.h"
#include "mullion-render-sockets.h"
#include "mullion-render-streams.h"

G_BEGIN_DECLS

#define MULLION_TYPE_RENDER_DOCUMENT (mullion_render_document_get_type ())

G_DECLARE_FINAL_TYPE (MullionRenderDocument, mullion_render_document, MULLION, RENDER_DOCUMENT, GObject)

MullionRenderDocument *mullion_render_document_new       (MullionRenderPage     *page,
                                                          WebKitFrame           *frame,
                                                          JSCValue              *page_kit,
                                                          guint64                serial);
guint64                mullion_render_document_get_serial (MullionRenderDocument *self);
gboolean               mullion_render_document_is_main_frame (MullionRenderDocument *self);
void                   mullion_render_document_announce  (MullionRenderDocument *self);
void                   mullion_render_document_run_preload (MullionRenderDocument *self);
void                   mullion_render_document_deliver   (MullionRenderDocument *self,
                                                          const MullionFrame    *frame);
void                   mullion_render_document_evaluate  (MullionRenderDocument *self,
                                                          guint64                id,
                                                          const char            *code);
/* The document's realm is gone: nothing may run in it any more. */
void                   mullion_render_document_detach    (MullionRenderDocument *self);

/* For the native door: the realm of a world of this document's frame. (nullable): when detached */
JSCContext            *mullion_render_document_get_context (MullionRenderDocument *self,
                                                            WebKitScriptWorld     *world);
/* For the native door: what came beside the messages. */
MullionRenderSides    *mullion_render_document_get_sides (MullionRenderDocument *self);
/* For the native door: the ends of ports and streams. */
MullionRenderSockets  *mullion_render_document_get_sockets (MullionRenderDocument *self);
MullionRenderStreams  *mullion_render_document_get_streams (MullionRenderDocument *self);
MullionRenderPage     *mullion_render_document_get_page  (MullionRenderDocument *self);

G_END_DECLS
