/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gunixfdlist.h>

#include "mullion-question.h"

G_BEGIN_DECLS

typedef struct _MullionOutbox MullionOutbox;

MullionOutbox *mullion_outbox_new            (void);
void           mullion_outbox_free           (MullionOutbox       *self);
/* Takes @args (nullable). */
void           mullion_outbox_put            (MullionOutbox       *self,
                                              const char          *channel,
                                              JsonArray           *args);
/* The same with sockets: takes @ports too. */
void           mullion_outbox_put_ports      (MullionOutbox       *self,
                                              const char          *channel,
                                              JsonArray           *args,
                                              GUnixFDList         *ports);
/* Takes @question. */
void           mullion_outbox_put_question   (MullionOutbox       *self,
                                              MullionQuestion     *question);
/* Says and asks @frame all that waits. */
void           mullion_outbox_flush          (MullionOutbox       *self,
                                              MullionWebFrameMain *frame);
/* No page comes that could answer: messages go on waiting. */
void           mullion_outbox_fail_questions (MullionOutbox       *self);
void           mullion_outbox_clear          (MullionOutbox       *self);

G_END_DECLS
