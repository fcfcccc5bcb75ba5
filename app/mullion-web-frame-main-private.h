/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-call.h"
#include "mullion-gate.h"
#include "mullion-page-host.h"
#include "mullion-question.h"
#include "mullion-web-frame-main.h"

G_BEGIN_DECLS

struct _MullionWebFrameMain
{
  GObject parent_instance;

  MullionPageHost *host; /* (nullable): (unowned): NULL when detached */
  guint64 document;
  guint64 frame_id;
  char *url;
  char *origin;
  gboolean is_main_frame;
  MullionGate gate;

  MullionIpcMain *ipc; /* (nullable) until asked for */
  GHashTable *calls;   /* id → MullionCall that waits for its answer */

  GHashTable *questions; /* id → (owned) MullionQuestion that the document has not answered */
  guint64 last_question;
};

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
guint                mullion_web_frame_main_count_calls (MullionWebFrameMain       *self);
/* How many bytes wait for the page of the document to read them. */
guint64              mullion_web_frame_main_count_unread (MullionWebFrameMain      *self);
/* The document waits no more for the call, if it ever did. */
void                 mullion_web_frame_main_cancel_call (MullionWebFrameMain       *self,
                                                         guint64                    id);
/* Sends REPLY or REPLY_ERROR, unless the document does not wait for it any more. */
void                 mullion_web_frame_main_answer_call (MullionWebFrameMain       *self,
                                                         MullionCall               *call,
                                                         MullionMessageKind         kind,
                                                         JsonArray                 *args);

/* What the document is asked: takes @question. */
void                 mullion_web_frame_main_ask         (MullionWebFrameMain       *self,
                                                         MullionQuestion           *question);
/* @outcome: "" for a value, or the name of a failure, whose text @value (nullable) is */
void                 mullion_web_frame_main_answer_question (MullionWebFrameMain   *self,
                                                         guint64                    id,
                                                         const char                *outcome,
                                                         JsonNode                  *value);
/* The document is gone, and answers no more. */
void                 mullion_web_frame_main_fail_questions (MullionWebFrameMain    *self);

/* Says on the document's console why something it sent was refused. */
void                 mullion_web_frame_main_refuse      (MullionWebFrameMain       *self,
                                                         const char                *reason);
gboolean             mullion_web_frame_main_deliver     (MullionWebFrameMain       *self,
                                                         guint64                    sender_id,
                                                         const char                *channel,
                                                         JsonArray                 *args);
/* The same with sockets. Takes @ports (nullable). */
gboolean             mullion_web_frame_main_deliver_ports (MullionWebFrameMain     *self,
                                                         guint64                    sender_id,
                                                         const char                *channel,
                                                         JsonArray                 *args,
                                                         GUnixFDList               *ports);

G_END_DECLS
