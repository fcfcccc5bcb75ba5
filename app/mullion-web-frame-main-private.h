/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-call.h"
#include "mullion-page-host.h"
#include "mullion-web-frame-main.h"

G_BEGIN_DECLS

MullionWebFrameMain *mullion_web_frame_main_new         (MullionPageHost           *host,
                                                         guint64                    document,
                                                         guint64                    frame_id,
                                                         const char                *url,
                                                         const char                *origin,
                                                         gboolean                   is_main_frame);
guint64              mullion_web_frame_main_get_document (MullionWebFrameMain       *self);
gboolean             mullion_web_frame_main_has_ipc     (MullionWebFrameMain       *self);

/* The document is gone. Calls that it waits for are cancelled, and nothing reaches it any more. */
void                 mullion_web_frame_main_detach      (MullionWebFrameMain       *self);

/* Releases the document from its sendSync, if it still stands in it. */
void                 mullion_web_frame_main_reply_sync  (MullionWebFrameMain       *self,
                                                         guint64                    sync_id,
                                                         MullionMessageKind         kind,
                                                         JsonArray                 *args);

/* A call that waits for its answer, and is cancelled if the document goes first. */
void                 mullion_web_frame_main_add_call    (MullionWebFrameMain       *self,
                                                         MullionCall               *call);
gboolean             mullion_web_frame_main_has_call    (MullionWebFrameMain       *self,
                                                         guint64                    id);
/* The document waits no more for the call, if it ever did. */
void                 mullion_web_frame_main_cancel_call (MullionWebFrameMain       *self,
                                                         guint64                    id);
/* Sends REPLY or REPLY_ERROR, unless the document does not wait for it any more. */
void                 mullion_web_frame_main_answer_call (MullionWebFrameMain       *self,
                                                         MullionCall               *call,
                                                         MullionMessageKind         kind,
                                                         JsonArray                 *args);
gboolean             mullion_web_frame_main_deliver     (MullionWebFrameMain       *self,
                                                         guint64                    sender_id,
                                                         const char                *channel,
                                                         JsonArray                 *args);

G_END_DECLS
