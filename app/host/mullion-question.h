/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-error.h"
#include "mullion-types.h"

G_BEGIN_DECLS

typedef struct _MullionByteHold MullionByteHold;
typedef struct _MullionQuestion MullionQuestion;

/* Lets go of a question that ends before its answer. */
typedef void (*MullionQuestionLeaveFunc) (MullionQuestion *question,
                                          gpointer         holder);

struct _MullionQuestion
{
  guint64 id; /* of the document that is asked; 0 before that */
  char *channel;
  JsonArray *args;       /* (nullable) */
  MullionByteHold *hold; /* (nullable): the binary values of @args */
  GTask *task;

  MullionQuestionLeaveFunc leave; /* (nullable) */
  gpointer holder;                /* (unowned) */

  GSource *cancelled_source; /* (nullable) */
  GSource *timeout_source;   /* (nullable) */
};

/* Takes @task and @args (nullable). It begins to be cancellable, and its time to run. */
MullionQuestion *mullion_question_new        (GTask                    *task,
                                              const char               *channel,
                                              JsonArray                *args,
                                              guint                     timeout_msec);

/* Who has it now, for there is one at a time; (nullable): nobody. */
void             mullion_question_set_holder (MullionQuestion          *self,
                                              MullionQuestionLeaveFunc  leave,
                                              gpointer                  holder);

/* Each answers the task and frees the question, whose holder has let go of it. The answer is the last
 * thing done, for whoever asked may then do what they like. */
void             mullion_question_return     (MullionQuestion          *self,
                                              JsonNode                 *value);
void             mullion_question_fail       (MullionQuestion          *self,
                                              MullionError              code,
                                              const char               *reason);

G_END_DECLS
