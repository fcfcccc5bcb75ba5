/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mullion-page-host.h"

G_BEGIN_DECLS

typedef struct _MullionEvaluations MullionEvaluations;

MullionEvaluations *mullion_evaluations_new    (void);
void                mullion_evaluations_free   (MullionEvaluations *self);
/* Takes @task, whose task data is the code as text. */
void                mullion_evaluations_queue  (MullionEvaluations *self,
                                                GTask              *task);
/* Runs all that waits in @host, or fails it when there is none. */
void                mullion_evaluations_run    (MullionEvaluations *self,
                                                MullionPageHost    *host);
void                mullion_evaluations_settle (MullionEvaluations *self,
                                                guint64             id,
                                                gboolean            succeeded,
                                                JsonNode           *value);
/* The page is gone, and with it whatever runs there. */
void                mullion_evaluations_fail   (MullionEvaluations *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MullionEvaluations, mullion_evaluations_free)

G_END_DECLS
